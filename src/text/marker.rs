//! How a line begins that stands by itself: 第一章, 一、, （二）, 1., ①, •, 一是.
//!
//! Whoever joins broken lines must not join such a line to the one before, and whoever says what a paragraph is for asks the
//! same question. So it is answered once, here. Only the first dozen characters are looked at, and what they mean is left to
//! the caller: 一、 begins a heading where the line is short, and a paragraph where it goes on.

/// What the beginning of a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkerKind {
    /// 第一章, 第二节, 第三编: parts of a book or a law.
    Chapter,
    /// 第一条, 第二款: articles of a law.
    Article,
    /// 一、
    Section,
    /// （一）
    Subsection,
    /// 1.2 with a space behind it.
    Decimal,
    /// `1.`, `1、`, `1)`, `（1）`
    Number,
    /// ①
    Circled,
    /// 一是, 其一, 第一，
    Ordinal,
    /// `•`, or `-` with a space behind it.
    Bullet,
}

/// The beginning of a line that counts or lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// What it counts.
    pub kind: MarkerKind,
    /// Its bytes, white space behind it included.
    pub len: usize,
}

/// Characters of a number at most.
const DIGITS: usize = 4;
/// What is counted in a book or a law, but for its articles.
const CHAPTERS: [&str; 15] = [
    "编", "編", "章", "节", "節", "部分", "篇", "卷", "回", "集", "讲", "講", "课", "課", "幕",
];
/// Articles of a law and their parts.
const ARTICLES: [&str; 5] = ["条", "條", "款", "项", "項"];
/// Signs that list by themselves.
const SIGNS: [char; 14] = [
    '•', '·', '●', '○', '■', '□', '◆', '◇', '▪', '▲', '★', '☆', '※', '➢',
];

/// The marker at the head of `line`, which begins with no white space.
///
/// ```
/// use cihe::text::{MarkerKind, marker};
/// let kind = |line| marker(line).map(|marker| marker.kind);
/// assert_eq!(kind("第三章　附则"), Some(MarkerKind::Chapter));
/// assert_eq!(kind("（二）修桥"), Some(MarkerKind::Subsection));
/// assert_eq!(kind("1.5万人来看灯"), None);
/// ```
pub fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let (kind, rest) = match first {
        // Most lines begin with a Han character that says no such thing.
        '\u{4E00}'..='\u{9FFF}' if !matches!(first, '第' | '其') && !is_han_numeral(first) => {
            return None;
        }
        '第' => counted(line)?,
        '其' => (MarkerKind::Ordinal, ordinal(line.strip_prefix('其')?)?),
        '（' | '(' => bracketed(line)?,
        '①'..='⑳' | '❶'..='❿' => (MarkerKind::Circled, behind(line, first)),
        '-' | '*' | '+' | '–' => (MarkerKind::Bullet, spaced(behind(line, first))?),
        _ if SIGNS.contains(&first) => (MarkerKind::Bullet, behind(line, first)),
        _ if is_digit(first) => numbered(line)?,
        _ if is_han_numeral(first) => numeral(line)?,
        _ => return None,
    };
    Some(Marker {
        kind,
        len: line.len() - rest.trim_start().len(),
    })
}

/// 第三章, 第三条, 第三，
fn counted(line: &str) -> Option<(MarkerKind, &str)> {
    let rest = line.strip_prefix('第')?.trim_start();
    let rest = some(rest, DIGITS, |char| is_han_numeral(char) || is_digit(char))?;
    let unit = rest.trim_start();
    let of = |units: &[&str]| units.iter().find_map(|name| unit.strip_prefix(name));
    if let Some(rest) = of(&CHAPTERS) {
        return Some((MarkerKind::Chapter, rest));
    }
    if let Some(rest) = of(&ARTICLES) {
        return Some((MarkerKind::Article, rest));
    }
    let rest = rest.strip_prefix(['，', ',', '、'])?;
    Some((MarkerKind::Ordinal, rest))
}

/// （一） or （1）
fn bracketed(line: &str) -> Option<(MarkerKind, &str)> {
    let inner = line.strip_prefix(['（', '('])?;
    let close = ['）', ')'];
    if let Some(rest) = some(inner, DIGITS, is_han_numeral) {
        return Some((MarkerKind::Subsection, rest.strip_prefix(close)?));
    }
    let rest = some(inner, DIGITS, is_digit)?;
    Some((MarkerKind::Number, rest.strip_prefix(close)?))
}

/// `1.`, `1、`, `1)`, or `1.2` with a space.
fn numbered(line: &str) -> Option<(MarkerKind, &str)> {
    let rest = some(line, DIGITS - 1, is_digit)?;
    if let Some(rest) = rest.strip_prefix(['、', ')', '）']) {
        return Some((MarkerKind::Number, rest));
    }
    let rest = rest.strip_prefix(['.', '．'])?;
    if !rest.starts_with(is_digit) {
        return Some((MarkerKind::Number, rest));
    }
    let mut rest = some(rest, DIGITS - 2, is_digit)?;
    if let Some(deeper) = rest.strip_prefix('.') {
        rest = some(deeper, DIGITS - 2, is_digit)?;
    }
    Some((MarkerKind::Decimal, spaced(rest)?))
}

/// 一、 or 一是
fn numeral(line: &str) -> Option<(MarkerKind, &str)> {
    let rest = some(line, DIGITS, is_han_numeral)?;
    if let Some(rest) = rest.strip_prefix(['、', '．', '.']) {
        return Some((MarkerKind::Section, rest));
    }
    Some((MarkerKind::Ordinal, ordinal(line)?.strip_prefix('是')?))
}

/// What follows a single numeral.
fn ordinal(text: &str) -> Option<&str> {
    some(text, 1, is_han_numeral)
}

/// What follows one to `most` characters of a kind.
fn some(text: &str, most: usize, of: impl Fn(char) -> bool) -> Option<&str> {
    let end: usize = text
        .chars()
        .take_while(|char| of(*char))
        .take(most + 1)
        .map(char::len_utf8)
        .sum();
    let taken = text.get(..end)?.chars().count();
    (1..=most).contains(&taken).then(|| text.get(end..))?
}

fn behind(line: &str, first: char) -> &str {
    line.strip_prefix(first).unwrap_or_default()
}

/// `rest` where it begins with white space.
fn spaced(rest: &str) -> Option<&str> {
    rest.starts_with(char::is_whitespace).then_some(rest)
}

/// The value of 一 to 九; none of other characters.
///
/// ```
/// use cihe::text::han_digit;
/// assert_eq!((han_digit('九'), han_digit('十'), han_digit('9')), (Some(9), None, None));
/// ```
pub const fn han_digit(char: char) -> Option<u32> {
    Some(match char {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether it is a numeral of Chinese counting, in either script or the form of banks.
pub fn is_han_numeral(char: char) -> bool {
    matches!(
        char,
        '〇' | '一'
            | '七'
            | '三'
            | '两'
            | '九'
            | '二'
            | '五'
            | '伍'
            | '兩'
            | '八'
            | '六'
            | '十'
            | '千'
            | '叁'
            | '四'
            | '壹'
            | '拾'
            | '捌'
            | '柒'
            | '玖'
            | '百'
            | '肆'
            | '贰'
            | '陆'
            | '零'
    )
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: MarkerKind, lines: &[(&str, &str)]) {
        for (line, rest) in lines {
            let found = marker(line).unwrap_or_else(|| panic!("{line} begins with a marker"));
            assert_eq!((found.kind, line.get(found.len..)), (kind, Some(*rest)));
        }
    }

    #[test]
    fn books_and_laws_count_their_parts() {
        check(
            MarkerKind::Chapter,
            &[
                ("第一章　总则", "总则"),
                ("第 12 節 渡口", "渡口"),
                ("第三部分", ""),
            ],
        );
        check(
            MarkerKind::Article,
            &[("第二十一条 本办法", "本办法"), ("第3條", "")],
        );
    }

    #[test]
    fn sections_and_numbers_are_told_apart() {
        check(
            MarkerKind::Section,
            &[("一、河道", "河道"), ("十二、桥", "桥")],
        );
        check(
            MarkerKind::Subsection,
            &[("（一）河道", "河道"), ("(二) 桥", "桥")],
        );
        check(
            MarkerKind::Decimal,
            &[("1.2 河道", "河道"), ("1.2.3 桥", "桥")],
        );
        check(
            MarkerKind::Number,
            &[
                ("1. 桥", "桥"),
                ("２、桥", "桥"),
                ("（3）桥", "桥"),
                ("4)桥", "桥"),
            ],
        );
    }

    #[test]
    fn items_have_signs_or_words() {
        check(MarkerKind::Circled, &[("①桥", "桥")]);
        check(
            MarkerKind::Ordinal,
            &[("一是修桥", "修桥"), ("其二，", "，"), ("第三，桥", "桥")],
        );
        check(
            MarkerKind::Bullet,
            &[("• 桥", "桥"), ("- 桥", "桥"), ("●桥", "桥")],
        );
    }

    #[test]
    fn numbers_and_words_of_a_sentence_are_no_markers() {
        for line in [
            "",
            "河水涨了",
            "1.5万人来看灯",
            "2024年",
            "一个人",
            "第三方说",
            "-桥",
            "（笑）",
            "12345.",
            "一九四九年",
            "其中一人",
            "十里长街",
            "100多人",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
