//! Who wrote a text: 本报记者 沈知远, （记者 沈知远 通讯员 方明）, 文／沈知远.

use super::person::{are_names, is_name, names};
use crate::stage::decode::hint::Hint;
use crate::text::is_han;

/// Characters of a line that says who wrote it, at most.
const LONGEST: usize = 48;
/// Characters before the word for a reporter: 本报驻青汀港特约.
const BEFORE: usize = 12;
/// Words for people who write for a paper.
const ROLES: [&str; 11] = [
    "撰稿人",
    "记者",
    "記者",
    "通讯员",
    "通訊員",
    "特派员",
    "特派員",
    "评论员",
    "評論員",
    "特约撰稿",
    "特約撰稿",
];
/// What they begin with.
static OPENS: Hint = Hint::of(&['撰', '记', '記', '通', '特', '评', '評']);
/// Words before a colon or a stroke and a name.
const LABELS: [&str; 19] = [
    "本文作者",
    "作者",
    "文字",
    "撰文",
    "撰稿",
    "采写",
    "採寫",
    "采访",
    "採訪",
    "口述",
    "整理",
    "编译",
    "編譯",
    "翻译",
    "翻譯",
    "译者",
    "文图",
    "图文",
    "文",
];
/// What a line about reporters may end with.
const ENDINGS: [&str; 14] = [
    "摄影报道",
    "攝影報導",
    "综合报道",
    "報導",
    "报道",
    "報道",
    "文并摄",
    "文/摄",
    "文/图",
    "图/文",
    "采写",
    "整理",
    "文",
    "摄",
];
/// Signs before a byline, and brackets around it.
const SIGNS: [char; 22] = [
    '■', '□', '●', '○', '◎', '▲', '△', '◆', '★', '▌', '（', '(', '【', '[', '〔', '）', ')', '】',
    ']', '〕', ' ', '\u{3000}',
];

/// The names on a line that says who wrote a text and nothing else.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    let bare = bare(line)?;
    if !bare.starts_with(is_han) {
        return None;
    }
    if let Some(rest) = behind_role(bare) {
        return names_in(rest);
    }
    names_in(behind_label(bare)?)
}

/// The name of an author on a line of its own: a name and nothing else.
pub(super) fn author(line: &str) -> Option<String> {
    let bare = bare(line)?;
    are_names(bare)
        .then(|| names_in(bare))
        .flatten()
        .map(|names| names.join("、"))
}

/// The names in a bracket at the end of a paragraph: …。（记者 沈知远）
pub(super) fn closing(paragraph: &str) -> Option<Vec<String>> {
    let inner = paragraph.strip_suffix(['）', ')'])?;
    // Brackets of reporters are short: what stands further ahead is not looked at.
    let open = inner
        .char_indices()
        .rev()
        .take(LONGEST)
        .find(|(_, char)| matches!(char, '（' | '('))?
        .0;
    byline(inner.get(open..)?)
}

/// What follows the word for a reporter near the beginning of `text`.
pub(super) fn behind_role(text: &str) -> Option<&str> {
    let (mut at, mut left) = (0, BEFORE + 1);
    loop {
        let plain = OPENS.without(text.get(at..)?, left);
        at += plain;
        left = (left - plain / 3).checked_sub(1)?;
        let rest = text.get(at..)?;
        let char = rest.chars().next()?;
        if matches!(
            char,
            '，' | '。' | '：' | '；' | '！' | '？' | '、' | '“' | '”' | ':' | ','
        ) {
            return None;
        }
        if let Some(behind) = ROLES.iter().find_map(|role| rest.strip_prefix(role)) {
            return Some(behind);
        }
        at += char.len_utf8();
    }
}

/// The names in what follows the word for a reporter; `None` where something else is said there.
pub(super) fn names_in(text: &str) -> Option<Vec<String>> {
    let text = text.trim_matches(['：', ':', '/', '／', '|', '｜', ' ', '\u{3000}']);
    let ending = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending));
    let text = ending.unwrap_or(text).trim_end();
    let mut found: Vec<String> = Vec::new();
    let mut single: Option<&str> = None;
    let mut words = names(text)
        .map(without_role)
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        if word.chars().count() == 1 {
            match single.take() {
                Some(surname) => found.push(format!("{surname}{word}")),
                None => single = Some(word),
            }
        } else if is_name(word) && single.is_none() {
            found.push(word.to_owned());
        } else if ending.is_some() && words.peek().is_none() && !found.is_empty() {
            // The place that it is reported from.
        } else {
            return None;
        }
    }
    let whole = single.is_none() && found.iter().all(|name| is_name(name));
    (whole && !found.is_empty()).then_some(found)
}

fn without_role(word: &str) -> &str {
    ROLES
        .iter()
        .find_map(|role| word.strip_prefix(role))
        .unwrap_or(word)
        .trim_start_matches([':', '：'])
}

fn behind_label(bare: &str) -> Option<&str> {
    let first = bare.chars().next()?;
    if !matches!(
        first,
        '本' | '作'
            | '文'
            | '撰'
            | '采'
            | '採'
            | '口'
            | '整'
            | '编'
            | '編'
            | '翻'
            | '译'
            | '譯'
            | '图'
    ) {
        return None;
    }
    let rest = LABELS.iter().find_map(|label| bare.strip_prefix(label))?;
    let mark = |char: char| {
        matches!(
            char,
            '：' | ':' | '/' | '／' | '|' | '｜' | ' ' | '\u{3000}'
        )
    };
    rest.starts_with(mark).then_some(rest)
}

/// The line without signs and brackets around it, where it is short enough.
fn bare(line: &str) -> Option<&str> {
    let bare = line.trim_matches(SIGNS);
    (bare.chars().take(LONGEST + 1).count() <= LONGEST && !bare.is_empty()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        assert_eq!(byline(line).unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn reporters_are_found_on_their_line() {
        check("本报记者 沈知远 秦若溪", &["沈知远", "秦若溪"]);
        check("■本报驻青汀港记者　方　明", &["方明"]);
        check("（记者沈知远 通讯员秦若溪）", &["沈知远", "秦若溪"]);
        check("記者 葉聞笛 報導", &["葉聞笛"]);
        check("記者葉聞笛／臺北報導", &["葉聞笛"]);
        check("文/沈知远", &["沈知远"]);
        check("作者：沈知远", &["沈知远"]);
    }

    #[test]
    fn a_first_character_never_hides_a_role() {
        let mut first = ROLES.iter().filter_map(|role| role.chars().next());
        assert!(first.all(|char| OPENS.may_hold(char)));
    }

    #[test]
    fn what_reporters_do_is_no_byline() {
        check("记者调查显示情况严重", &[]);
        check("记者：您怎么看这座桥？", &[]);
        check("文学的力量", &[]);
        check("本报记者在河边看到", &[]);
        check("", &[]);
    }

    #[test]
    fn reporters_stand_in_a_bracket_at_the_end() {
        assert_eq!(
            closing("桥通车了。（记者 沈知远）").unwrap_or_default(),
            ["沈知远"]
        );
        assert_eq!(closing("桥通车了（见图）"), None);
        assert_eq!(author("沈知远").as_deref(), Some("沈知远"));
        assert_eq!(author("河水涨了"), None);
    }
}
