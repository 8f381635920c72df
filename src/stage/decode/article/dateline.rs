//! How a report begins: 本报讯, 新华社临澜3月11日电（记者 沈知远）, 記者葉聞笛／臺北報導.
//!
//! It is the best evidence that there is for the beginning of an article, since nobody writes it anywhere else. So it is read
//! narrowly: an agency or a paper, a place, a day and 电 or 讯, then a mark that ends it.

use super::byline::{behind_role, byline, names_in};
use crate::stage::decode::hint::Hint;

/// Characters in which a dateline must end.
const LONGEST: usize = 32;
/// Characters of a paper's name: 临澜日报.
const PAPER: usize = 10;
/// Papers and agencies that are known by name or call themselves so.
const AGENCIES: [&str; 35] = [
    "本报",
    "本報",
    "本刊",
    "本网",
    "本網",
    "本台",
    "本社",
    "本市",
    "新华社",
    "新華社",
    "新华网",
    "新華網",
    "中新社",
    "中新网",
    "中新網",
    "中央社",
    "中通社",
    "人民网",
    "人民網",
    "人民日报",
    "央视",
    "央視",
    "路透社",
    "路透",
    "法新社",
    "美联社",
    "美聯社",
    "共同社",
    "塔斯社",
    "俄新社",
    "合众社",
    "合眾社",
    "彭博社",
    "韩联社",
    "韓聯社",
];
/// What a paper's name ends with.
const PAPERS: [char; 10] = ['报', '報', '社', '网', '網', '台', '臺', '刊', '端', '线'];
/// What a report by a named reporter ends its dateline with.
const REPORTS: [&str; 5] = ["报道", "報導", "報道", "专电", "專電"];

/// The beginning of a report.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline<'t> {
    /// 本报临澜3月11日电
    pub(super) line: &'t str,
    /// What follows.
    pub(super) rest: &'t str,
}

/// The dateline at the head of a paragraph.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline<'_>> {
    let inner = paragraph.trim_start_matches([
        '【', '［', '[', '（', '(', '〔', '■', '□', '●', '▲', '◎', ' ',
    ]);
    let line = inner
        .strip_prefix(['据', '據'])
        .map_or(inner, str::trim_start);
    let len = wire(line).or_else(|| report(line))?;
    let (line, rest) = line.split_at_checked(len)?;
    let rest = rest
        .trim_start_matches(['】', '］', ']', '）', ')', '〕'])
        .trim_start();
    Some(Dateline { line, rest })
}

impl Dateline<'_> {
    /// The reporters it names, in it or in the bracket behind it.
    pub(super) fn reporters(&self) -> Option<Vec<String>> {
        if let Some(behind) = behind_role(self.line) {
            let text = REPORTS.iter().find_map(|word| behind.strip_suffix(word));
            // A place may stand between the names and the word.
            return names_in(text.unwrap_or(behind)).or_else(|| names_in(behind));
        }
        let close = |char: char| matches!(char, '）' | ')' | '】' | ']' | '〕');
        let Some(inner) = self.rest.strip_prefix(['（', '(', '【', '[', '〔']) else {
            let len = report(self.rest)?;
            return byline(self.rest.get(..len)?);
        };
        let end = inner
            .char_indices()
            .take(LONGEST * 2)
            .find(|(_, char)| close(*char))?
            .0;
        byline(inner.get(..end)?)
    }
}

/// What a dateline of an agency ends with: few other characters are looked at.
static WIRED: Hint = Hint::of(&['电', '電', '讯', '訊', '息']);

/// The length of an agency's dateline at the head of `text`.
fn wire(text: &str) -> Option<usize> {
    let (mut at, mut left) = (0, LONGEST);
    loop {
        let plain = WIRED.without(text.get(at..)?, left);
        at += plain;
        left = (left - plain / 3).checked_sub(1)?;
        let char = text.get(at..)?.chars().next()?;
        let end = at + char.len_utf8();
        match char {
            '，' | '。' | '！' | '？' | '；' | '：' | '、' | '“' | '”' | '《' | '\u{3000}'
            | '"' | ',' | ':' => return None,
            '电' | '電' | '讯' | '訊' | '息' if at > 0 => {
                let (before, behind) = (text.get(..at)?, text.get(end..)?);
                if ends_wire(before, char, behind.chars().next()) {
                    return Some(end);
                }
            }
            _ => {}
        }
        at = end;
    }
}

/// Whether 电 or 讯 ends a dateline, given what stands before and behind it.
fn ends_wire(before: &str, word: char, next: Option<char>) -> bool {
    // 临澜网消息
    let before = if word == '息' {
        before.strip_suffix('消').unwrap_or_default()
    } else {
        before
    };
    let before = before.trim_end();
    let known = AGENCIES.iter().find_map(|name| before.strip_prefix(name));
    let dated = before.ends_with('日')
        && before.contains(|char: char| char.is_numeric() || "一二三四五六七八九十".contains(char));
    let is_paper = known.is_some() || is_paper(before, dated);
    let ended =
        next.is_none_or(|next| next.is_whitespace() || "（(：:】］]）)〕〔【，".contains(next));
    let message = matches!(word, '讯' | '訊');
    let own = message
        && known == Some("")
        && before.starts_with('本')
        && next.is_none_or(|next| !"息号號".contains(next));
    is_paper && (own || dated || ended)
}

/// Whether `text` is a paper's name, or begins with one and ends with a day.
fn is_paper(text: &str, dated: bool) -> bool {
    if dated {
        return text.chars().take(PAPER).any(|char| PAPERS.contains(&char));
    }
    text.ends_with(PAPERS) && text.chars().take(PAPER + 1).count() <= PAPER
}

/// The length of a dateline that names its reporter and ends with 报道.
fn report(text: &str) -> Option<usize> {
    let behind = behind_role(text)?;
    let start = text.len() - behind.len();
    let mut at = 0;
    for char in behind.chars().take(LONGEST) {
        let rest = behind.get(at..)?;
        if let Some(rest) = REPORTS.iter().find_map(|word| rest.strip_prefix(word)) {
            let next = rest.chars().next();
            let ended =
                next.is_none_or(|next| next.is_whitespace() || "（(：:】］]）)〕".contains(next));
            let names = behind.get(..behind.len() - rest.len())?;
            return (ended && names_in(names).is_some()).then_some(start + names.len());
        }
        if "，。！？；：、“”《,:".contains(char) && char != '、' {
            return None;
        }
        at += char.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, line: &str, reporters: &[&str]) {
        let found = dateline(paragraph).unwrap_or_else(|| panic!("{paragraph} has a dateline"));
        assert_eq!(found.line, line);
        assert_eq!(found.reporters().unwrap_or_default(), reporters);
    }

    #[test]
    fn agencies_and_papers_begin_their_reports() {
        check("本报讯 昨天，大桥通车了。", "本报讯", &[]);
        check("本报讯连日来，河水上涨。", "本报讯", &[]);
        check(
            "【本报讯】（记者 沈知远）大桥通车了。",
            "本报讯",
            &["沈知远"],
        );
        check(
            "本报临澜3月11日电（记者 沈知远 秦若溪）大桥",
            "本报临澜3月11日电",
            &["沈知远", "秦若溪"],
        );
        check(
            "新华社临澜3月11日电 大桥通车了。",
            "新华社临澜3月11日电",
            &[],
        );
        check("临澜网消息（记者 方明）：大桥", "临澜网消息", &["方明"]);
        check("临澜日报讯（通讯员 方明）大桥", "临澜日报讯", &["方明"]);
        check("本報訊 大橋通車了。", "本報訊", &[]);
        check(
            "（中央社記者葉聞笛臺北3日電）大橋",
            "中央社記者葉聞笛臺北3日電",
            &[],
        );
    }

    #[test]
    fn reporters_begin_their_reports() {
        check(
            "本报记者 沈知远 报道：大桥通车了。",
            "本报记者 沈知远 报道",
            &["沈知远"],
        );
        check(
            "〔記者葉聞笛／臺北報導〕大橋通車了。",
            "記者葉聞笛／臺北報導",
            &["葉聞笛"],
        );
        check(
            "本报讯 记者 沈知远 报道 大桥通车了。",
            "本报讯",
            &["沈知远"],
        );
    }

    #[test]
    fn sentences_about_papers_are_no_datelines() {
        for text in [
            "本报电子版今天上线了。",
            "本报记者从镇里了解到，大桥通车了。",
            "本报通讯员在河边看到",
            "记者昨天报道了这件事。",
            "新华社的消息说，河水涨了。",
            "本报消息灵通，河水涨了。",
            "他给社里打电话，没有人接。",
            "3月11日电影院开门了。",
            "电",
            "",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
