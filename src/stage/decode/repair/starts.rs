//! How a line begins: whether it can go on with the line before it, or opens something of its own.
//!
//! Closed lists of marks and words, matched at the beginning only; nothing here looks further than a dozen characters.

use super::marks::{is_blank, is_figure, is_latin, is_mark, is_stop, never_begins};
use crate::stage::decode::hint::Hint;
use crate::text::{is_han, is_han_numeral};

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With a mark or a particle that nothing begins with.
    Never,
    /// With the last character or two of a sentence.
    Tail,
    /// With the number or bullet of an item.
    Item,
    /// With the words that open a news item.
    Dateline,
    /// With a speaker, or a label, and a colon.
    Turn,
    /// With words that open a paragraph more often than not.
    Opener,
    /// Otherwise.
    Plain,
}

/// What is counted with 第.
const PARTS: &str = "条章节款项篇编部讲课回卷";
/// What opens a news item or a caption.
const DATELINES: &[&str] = &[
    "本报讯",
    "本报记者",
    "本报北京",
    "本报上海",
    "本报综合",
    "本网讯",
    "本台消息",
    "新华社",
    "据新华社",
    "中新网",
    "中新社",
    "人民网",
    "央视网",
    "图为",
    "图①",
    "（记者",
    "(记者",
    "责任编辑",
    "责编",
    "编者按",
    "（下转",
    "(下转",
    "（上接",
    "(上接",
];
/// What opens a paragraph, where a mark follows.
const OPENERS: &[&str] = &[
    "当前",
    "目前",
    "近年来",
    "近日",
    "日前",
    "下一步",
    "今年",
    "去年",
    "昨天",
    "昨日",
    "此外",
    "另外",
    "同时",
    "与此同时",
    "总之",
    "综上所述",
    "首先",
    "其次",
    "最后",
    "然而",
    "因此",
];

/// Characters of a label and its colon at most.
const LABEL: usize = 10;
/// The Han characters that anything told by its words begins with: most lines are seen to be plain by their first.
static FIRSTS: Hint = Hint::of(&[
    '的', '们', '第', '甲', '乙', '丙', '丁', '〇', '一', '七', '三', '两', '九', '二', '五', '伍',
    '兩', '八', '六', '十', '千', '叁', '四', '壹', '拾', '捌', '柒', '玖', '百', '肆', '贰', '陆',
    '零', '本', '据', '新', '中', '人', '央', '图', '责', '编', '当', '目', '近', '日', '下', '今',
    '去', '昨', '此', '另', '同', '与', '总', '综', '首', '其', '最', '然', '因',
]);

/// How `line` begins, whose first `run` bytes are common ideographs.
pub(super) fn start(line: &str, run: usize) -> Start {
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return Start::Plain;
    };
    let second = chars.next();
    if matches!(first, '\u{4E00}'..='\u{9FFF}') && !FIRSTS.may_hold(first) {
        return match second {
            Some(second) if is_stop(second) => Start::Tail,
            _ if is_turn(line, run) => Start::Turn,
            _ => Start::Plain,
        };
    }
    if never_begins(first) || matches!(first, '的' | '们') {
        return Start::Never;
    }
    if is_item(line) {
        return Start::Item;
    }
    if second.is_some_and(is_stop) && is_han(first) {
        return Start::Tail;
    }
    if matches!(
        first,
        '本' | '据' | '新' | '中' | '人' | '央' | '图' | '（' | '(' | '责' | '编'
    ) && DATELINES.iter().any(|words| line.starts_with(words))
    {
        return Start::Dateline;
    }
    if is_turn(line, run) {
        return Start::Turn;
    }
    let behind = |words: &&str| {
        line.strip_prefix(*words)
            .and_then(|rest| rest.chars().next())
    };
    if matches!(
        first,
        '当' | '目'
            | '近'
            | '日'
            | '下'
            | '今'
            | '去'
            | '昨'
            | '此'
            | '另'
            | '同'
            | '与'
            | '总'
            | '综'
            | '首'
            | '其'
            | '最'
            | '然'
            | '因'
    ) && OPENERS.iter().filter_map(behind).any(is_mark)
    {
        return Start::Opener;
    }
    Start::Plain
}

/// Whether `line` begins with the number or bullet of an item.
pub(super) fn is_item(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    match first {
        '第' => {
            let rest = line.trim_start_matches('第').trim_start_matches(is_numeral);
            rest.starts_with(|char| PARTS.contains(char))
        }
        '（' | '(' | '【' | '〔' => {
            let mut rest = line.chars().skip(1).skip_while(|char| is_numeral(*char));
            let figures = line.chars().skip(1).take(4);
            let figures = figures.take_while(|char| is_numeral(*char)).count();
            (1..=3).contains(&figures) && matches!(rest.next(), Some('）' | ')' | '】' | '〕'))
        }
        '—' => line.starts_with("——"),
        // Bullets, and what headings and quotations of Markdown begin with.
        '①'..='⓿'
        | '❶'..='➓'
        | '·'
        | '-'
        | '*'
        | '+'
        | '•'
        | '●'
        | '■'
        | '◆'
        | '▲'
        | '★'
        | '※'
        | '○'
        | '□'
        | '△'
        | '◇'
        | '▪'
        | '‣'
        | '#'
        | '<'
        | '>'
        | '|' => true,
        first if is_numeral(first) => is_numbered(line),
        _ => false,
    }
}

/// A figure, a numeral of Chinese counting, or one of the stems that count too.
fn is_numeral(char: char) -> bool {
    is_figure(char) || is_han_numeral(char) || matches!(char, '甲' | '乙' | '丙' | '丁')
}

/// A number of up to three figures with the mark that numbers of items have.
fn is_numbered(line: &str) -> bool {
    let number = line
        .chars()
        .take(4)
        .take_while(|char| is_numeral(*char))
        .count();
    let mut rest = line.chars().skip(number);
    if number > 3 {
        return false;
    }
    match rest.next() {
        Some('、' | ')' | '）') => true,
        Some('.' | '．') => !rest.next().is_some_and(is_figure),
        _ => false,
    }
}

/// A name or label of up to eight characters before a colon.
fn is_turn(line: &str, run: usize) -> bool {
    let rest = line.get(run..).unwrap_or_default();
    for (at, char) in (run / 3..LABEL).zip(rest.chars()) {
        match char {
            '：' | ':' => return at > 0,
            char if is_han(char) || is_latin(char) || is_blank(char) => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_character_never_hides_what_a_line_begins_with() {
        let words = DATELINES.iter().chain(OPENERS);
        let first = words.filter_map(|word| word.chars().next());
        let alone = ['的', '们', '第'].into_iter();
        let counted = ('\u{4E00}'..='\u{9FFF}')
            .filter(|char| is_numeral(*char) || is_item(&format!("{char}、")));
        for char in first
            .chain(alone)
            .chain(counted)
            .filter(|char| is_han(*char))
        {
            assert!(FIRSTS.may_hold(char), "{char}");
        }
    }
}
