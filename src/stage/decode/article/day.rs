//! The day a text was published, where it says so on a line of its own or in its dateline.

use chrono::NaiveDate;

use super::phrase::is_within;
use crate::text::han_digit;

/// Characters that a date and the time of day have at most, with a label.
const LONGEST: usize = 40;
/// What stands before the day of publication.
const LABELS: [&str; 14] = [
    "发布时间",
    "发布日期",
    "發布時間",
    "發佈時間",
    "發布日期",
    "刊登日期",
    "发表时间",
    "发表于",
    "發表於",
    "更新时间",
    "更新時間",
    "日期",
    "成文日期",
    "印发日期",
];
/// What the head of a page says besides.
const WEEK: [&str; 9] = [
    "星期", "版", "周一", "周二", "周三", "周四", "周五", "周六", "周日",
];

/// The date at the head of `text`, and what follows it.
///
/// 2024年5月8日, 2024-05-08, 2024/5/8, 2024.5.8, 二〇二四年五月八日; spaces may stand between its parts.
pub(super) fn date(text: &str) -> Option<(NaiveDate, &str)> {
    let (year, rest) = number(text.trim_start(), 4)?;
    let rest = rest.trim_start();
    let mark = rest
        .chars()
        .next()
        .filter(|char| "年-/.－．／".contains(*char))?;
    let (month, rest) = number(behind(rest, mark).trim_start(), 2)?;
    let rest = rest.trim_start();
    let (day, rest) = if mark == '年' {
        let (day, rest) = number(rest.strip_prefix('月')?.trim_start(), 2)?;
        (day, rest.trim_start().strip_prefix(['日', '号', '號'])?)
    } else {
        number(rest.strip_prefix(mark)?, 2)?
    };
    if !(1900..2200).contains(&year) || rest.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((date, rest))
}

/// The day that a whole line is about: a date, with a label, a weekday, the time or the page besides.
pub(super) fn day_line(line: &str) -> Option<NaiveDate> {
    let first = line.chars().next()?;
    // A line about a day begins with it, with a bracket, or with one of the labels.
    let opens = is_digit(first)
        || matches!(
            first,
            '（' | '(' | '【' | '[' | '发' | '發' | '刊' | '更' | '日' | '时' | '時' | '成' | '印'
        );
    if !opens || !is_within(line, LONGEST) {
        return None;
    }
    let bare = line
        .trim_matches(['（', '）', '(', ')', '【', '】', '[', ']'])
        .trim();
    let label = LABELS.iter().find_map(|label| bare.strip_prefix(label));
    let bare = label.map_or(bare, |rest| {
        rest.trim_start_matches([':', '：', ' ', '\u{3000}'])
    });
    if !is_digit(first) && label.is_none() && bare.len() == line.len() {
        return None;
    }
    let (day, rest) = date(bare)?;
    rest.split([' ', '\u{3000}', ',', '，', '|', '｜'])
        .all(is_beside)
        .then_some(day)
}

/// The day in the head of a page: 临澜日报 2024年3月12日 星期二 第03版.
pub(super) fn masthead(line: &str) -> Option<NaiveDate> {
    if !is_within(line, LONGEST) {
        return None;
    }
    let (head, day, rest) = line.char_indices().find_map(|(at, char)| {
        let (day, rest) = is_digit(char).then(|| date(line.get(at..)?)).flatten()?;
        Some((line.get(..at)?, day, rest))
    })?;
    let is_head = WEEK
        .iter()
        .any(|word| rest.contains(word) || head.contains(word));
    is_head.then_some(day)
}

/// The first date in a short line.
pub(super) fn find(line: &str) -> Option<NaiveDate> {
    let at = |(at, char): (usize, char)| is_digit(char).then(|| date(line.get(at..)?)).flatten();
    line.char_indices()
        .take(LONGEST * 2)
        .find_map(at)
        .map(|(day, _)| day)
}

/// What may stand beside a date: a weekday, a time, a page, a source.
fn is_beside(word: &str) -> bool {
    let word = word.trim();
    word.is_empty()
        || word.contains("星期")
        || word.starts_with(['周', '来', '來', '责', '編', '编', '作', '浏'])
        || word.ends_with(['版', '讯', '訊', '电', '電'])
        || word
            .chars()
            .all(|char| char.is_ascii_digit() || char == ':' || char == '：')
}

fn is_digit(char: char) -> bool {
    value(char).is_some()
}

fn value(char: char) -> Option<u32> {
    Some(match char {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '十' => 10,
        '０'..='９' => u32::from(char) - u32::from('０'),
        _ => return han_digit(char).or_else(|| char.to_digit(10)),
    })
}

/// A number of at most `most` digits, or of as many in Han numerals, at the head of `text`.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let digits: usize = text
        .chars()
        .take_while(|char| is_digit(*char))
        .map(char::len_utf8)
        .sum();
    let (word, rest) = text.split_at_checked(digits)?;
    let count = word.chars().count();
    let tens = word.contains('十');
    if count == 0 || count > most + usize::from(tens) {
        return None;
    }
    let mut sum = 0;
    for value in word.chars().filter_map(value) {
        sum = match value {
            // 十二 is 12, 二十 is 20, 二十三 is 23.
            10 => sum.max(1) * 10,
            digit if tens => sum + digit,
            digit => sum * 10 + digit,
        };
    }
    Some((sum, rest))
}

fn behind(text: &str, first: char) -> &str {
    text.strip_prefix(first).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<NaiveDate>, expected: &str) {
        assert_eq!(
            found.map(|day| day.to_string()).unwrap_or_default(),
            expected
        );
    }

    #[test]
    fn dates_are_written_in_many_ways() {
        for text in [
            "2024年5月8日",
            "2024 年 5 月 8 日",
            "2024-05-08",
            "2024/5/8 10:30",
            "2024.5.8",
            "二〇二四年五月八日",
            "２０２４年５月８日",
        ] {
            check(date(text).map(|(day, _)| day), "2024-05-08");
        }
        check(
            date("二〇二四年十二月二十三日").map(|(day, _)| day),
            "2024-12-23",
        );
        check(date("2024年13月8日").map(|(day, _)| day), "");
        check(date("12345-1-1").map(|(day, _)| day), "");
    }

    #[test]
    fn a_line_is_a_day_when_nothing_else_is_on_it() {
        check(day_line("2024年5月8日"), "2024-05-08");
        check(day_line("（2024年5月8日）"), "2024-05-08");
        check(
            day_line("发布时间：2024-05-08 10:30 来源：临澜网"),
            "2024-05-08",
        );
        check(day_line("2024年5月8日，大桥通车了"), "");
        check(day_line("大桥2024年5月8日"), "");
        check(day_line(""), "");
        for label in LABELS {
            check(day_line(&format!("{label}：2024-05-08")), "2024-05-08");
        }
    }

    #[test]
    fn the_head_of_a_page_says_the_day() {
        check(
            masthead("临澜日报 2024年3月12日 星期二 第03版"),
            "2024-03-12",
        );
        check(masthead("2024年3月12日的大桥"), "");
    }
}
