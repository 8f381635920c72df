//! Words that say when: 今年, 上个月, 昨天, 上周三, 近年来, 春节.
//!
//! Those that refer to the day of publication are resolved against it. 日前, 近年来, 当时 and festivals of the moon's calendar have no
//! days that the word itself tells; they are dates all the same, and open.

use chrono::{Datelike, Days, Months};

use super::calendar::{Part, Period, Point, Year, week, years};
use super::cursor::{after, after_any, char_at, char_before, past_space};
use super::date::{offset, since};
use super::found::{Context, Found};
use super::numeral::numeral;

/// Years from that of publication.
const YEARS: &[(&str, i32)] = &[
    ("今年", 0),
    ("去年", -1),
    ("前年", -2),
    ("明年", 1),
    ("后年", 2),
    ("本年度", 0),
    ("上年度", -1),
    ("下年度", 1),
    ("上一年度", -1),
    ("上年", -1),
];
/// Years that depend on what was said before.
const OPEN_YEARS: &[&str] = &["当年", "同年", "次年", "翌年"];
/// Months from that of publication.
const MONTHS: &[(&str, i32)] = &[
    ("本月", 0),
    ("这个月", 0),
    ("上个月", -1),
    ("上月", -1),
    ("下个月", 1),
    ("下月", 1),
];
/// Days from that of publication.
const DAYS: &[(&str, i64)] = &[
    ("大前天", -3),
    ("前天", -2),
    ("前日", -2),
    ("昨天", -1),
    ("昨日", -1),
    ("昨晚", -1),
    ("昨夜", -1),
    ("昨晨", -1),
    ("今天", 0),
    ("今日", 0),
    ("今晚", 0),
    ("今晨", 0),
    ("今早", 0),
    ("今夜", 0),
    ("明天", 1),
    ("明日", 1),
    ("明晚", 1),
    ("明晨", 1),
];
/// Dates that the word does not tell.
const OPEN: &[&str] = &[
    "日前",
    "近日",
    "近年来",
    "近些年来",
    "近几年来",
    "近几年",
    "近些年",
    "近年",
    "近期",
    "当天",
    "当日",
    "当晚",
    "当月",
    "次日",
    "翌日",
    "同日",
    "周末",
    "除夕",
    "春节",
    "元宵节",
    "清明节",
    "端午节",
    "中秋节",
    "重阳节",
    "腊八节",
    "国庆期间",
];
/// Weeks from that of publication.
const WEEKS: &[(&str, i64)] = &[("本周", 0), ("这周", 0), ("上周", -1), ("下周", 1)];
/// Festivals of the sun's calendar, which the nearest year has.
const FESTIVALS: &[(&str, u32, u32)] = &[
    ("元旦", 1, 1),
    ("劳动节", 5, 1),
    ("儿童节", 6, 1),
    ("建党节", 7, 1),
    ("建军节", 8, 1),
    ("教师节", 9, 10),
    ("国庆节", 10, 1),
];
/// What makes another word of it.
const NOT_BEHIND: &[&str] = &[
    "头条", "之星", "级", "龄", "纪", "联欢", "晚会", "档期", "帝国", "黄花", "下", "说法",
];

/// 今年, 去年.
pub(super) fn year(cx: &Context<'_>, at: usize) -> Option<(Year, usize)> {
    let chars = cx.chars;
    if !matches!(
        char_at(chars, at),
        '今' | '去' | '前' | '明' | '后' | '本' | '上' | '下' | '当' | '同' | '次' | '翌'
    ) {
        return None;
    }
    let mut years = YEARS.iter();
    let found = years.find_map(|(word, offset)| Some((after(chars, at, word)?, *offset)));
    if let Some((end, offset)) = found {
        let counted = super::han::is_numeral(char_before(chars, at))
            || char_before(chars, at).is_ascii_digit();
        let year = cx.published.map(|day| Year::Known(day.year() + offset));
        let other = counted || after_any(chars, end, &["级", "纪", "龄", "均"]).is_some();
        return (!other).then(|| (year.unwrap_or(Year::Open), end));
    }
    let end = after_any(chars, at, OPEN_YEARS)?;
    (!matches!(char_at(chars, end), '级' | '龄')).then_some((Year::Open, end))
}

/// 本月, 上个月.
pub(super) fn month(cx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    if !matches!(char_at(cx.chars, at), '本' | '这' | '上' | '下') {
        return None;
    }
    let mut months = MONTHS.iter();
    let (end, offset) =
        months.find_map(|(word, offset)| Some((after(cx.chars, at, word)?, *offset)))?;
    let shift = Months::new(offset.unsigned_abs());
    let day = cx.published.and_then(|day| {
        if offset < 0 {
            day.checked_sub_months(shift)
        } else {
            day.checked_add_months(shift)
        }
    });
    let year = day.map_or(Year::Open, |day| Year::Known(day.year()));
    let point = Point {
        month: Some(day.map_or(1, |day| day.month())),
        ..Point::year(year)
    };
    let other = matches!(char_at(cx.chars, end), '球' | '薪' | '饼' | '台');
    (!other).then_some((point, end))
}

/// 上半年, 一季度, 前三季度, 前5个月, 年底; what needs a year before it only if `known`.
pub(super) fn part_of_year(chars: &[char], at: usize, known: bool) -> Option<(Part, usize)> {
    const PARTS: &[(&str, Part)] = &[
        ("上半年", Part::Half(1)),
        ("下半年", Part::Half(2)),
        ("年底", Part::Within),
        ("年末", Part::Within),
        ("年初", Part::Within),
        ("年中", Part::Within),
        ("年内", Part::Whole),
        ("岁末", Part::Within),
        ("全年", Part::Whole),
    ];
    const BEHIND_YEAR: &[(&str, Part)] = &[
        ("底", Part::Within),
        ("末", Part::Within),
        ("初", Part::Within),
        ("春节", Part::Within),
        ("春季", Part::Within),
        ("夏季", Part::Within),
        ("秋季", Part::Within),
        ("冬季", Part::Within),
        ("春天", Part::Within),
        ("夏天", Part::Within),
        ("秋天", Part::Within),
        ("冬天", Part::Within),
    ];
    let find = |words: &[(&str, Part)]| {
        let mut words = words.iter();
        words.find_map(|(word, part)| Some((*part, after(chars, at, word)?)))
    };
    if let Some((part, end)) = find(PARTS) {
        let bare = char_at(chars, at) == '年';
        let counted = !known && bare && is_counted(char_before(chars, at));
        let whole = !known && part == Part::Whole || bare && char_at(chars, end) == '轻';
        return (!counted && !whole).then_some((part, end));
    }
    if let Some(found) = known.then(|| find(BEHIND_YEAR)).flatten() {
        return Some(found);
    }
    quarter(chars, at).or_else(|| first_months(chars, at, known))
}

fn is_counted(previous: char) -> bool {
    previous.is_ascii_digit()
        || super::han::is_numeral(previous)
        || matches!(
            previous,
            '几' | '多' | '半' | '数' | '青' | '老' | '少' | '历' | '学' | '周' | '成' | '余'
        )
}

/// 一季度, 第三季度, 前三季度.
fn quarter(chars: &[char], at: usize) -> Option<(Part, usize)> {
    let first = after(chars, at, "前");
    let begin = first.or_else(|| after(chars, at, "第")).unwrap_or(at);
    let number = numeral(chars, begin)?;
    let count = number.count().filter(|count| (1..=4).contains(count))?;
    let end = after_any(chars, past_space(chars, number.end), &["季度", "个季度"])?;
    let plain = char_at(chars, past_space(chars, number.end)) != '个';
    if first.is_some() {
        return (count > 1).then_some((Part::Months(3 * count), end));
    }
    plain.then_some((Part::Quarter(count), end))
}

/// 前5个月 behind a year.
fn first_months(chars: &[char], at: usize, known: bool) -> Option<(Part, usize)> {
    let number = numeral(chars, after(chars, at, "前").filter(|_| known)?)?;
    let count = number.count().filter(|count| (2..12).contains(count))?;
    let end = after(chars, past_space(chars, number.end), "个月")?;
    Some((Part::Months(count), end))
}

/// The date that a word at `at` says, where no number does.
pub(super) fn word(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let mut days = DAYS.iter();
    if let Some((end, count)) = days.find_map(|(word, days)| Some((after(chars, at, word)?, *days)))
    {
        let other = after_any(chars, end, NOT_BEHIND).filter(|_| char_at(chars, end + 1) != '午');
        let suffixed =
            char_before(chars, at) == '先' || is_counted(char_before(chars, at)) && count == -2;
        return (other.is_none() && !suffixed).then(|| Found::date(at, end, offset(cx, count)));
    }
    if let Some(found) = weekday(cx, at).or_else(|| lunar(cx, at)) {
        return Some(found);
    }
    if let Some((end, month, day)) = festival(chars, at) {
        let point = Point {
            month: Some(month),
            day: Some(day),
            ..Point::year(Year::Missing)
        };
        return Some(Found::date(at, end, point.days(cx.published)));
    }
    let end = after_any(chars, at, OPEN)?;
    let joined = matches!(
        char_before(chars, at),
        '附' | '最'
            | '临'
            | '接'
            | '靠'
            | '亲'
            | '远'
            | '今'
            | '昨'
            | '生'
            | '节'
            | '假'
            | '应'
            | '相'
    );
    let other = after_any(chars, end, NOT_BEHIND).is_some();
    // 十日前, 施行之日前.
    let previous = char_before(chars, at);
    let joined = joined || char_at(chars, at) == '日' && (is_counted(previous) || previous == '之');
    (!joined && !other).then(|| Found::date(at, end, None))
}

fn festival(chars: &[char], at: usize) -> Option<(usize, u32, u32)> {
    let mut festivals = FESTIVALS.iter();
    festivals.find_map(|(word, month, day)| Some((after(chars, at, word)?, *month, *day)))
}

/// What stands behind 周五 and not behind a name that begins so.
const CLEARLY_BEHIND_DAY: &str = "，。、（()）上下晚早中凌至到起的表在公发宣说将举开";

/// 上周三, 周五, 星期天, 本周. Which week's 周五 it is, only 上, 本 and 下 tell.
fn weekday(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let mut weeks = WEEKS.iter();
    let told = weeks.find_map(|(word, offset)| Some((after(chars, at, word)?, *offset)));
    let begin = told
        .map(|(end, _)| end)
        .or_else(|| after_any(chars, at, &["星期", "礼拜", "周"]))?;
    let number = "一二三四五六日天"
        .chars()
        .position(|day| day == char_at(chars, begin));
    // 周一次, 三周三天, 每周一: no day.
    let counted = is_counted(char_before(chars, at))
        || matches!(
            char_before(chars, at),
            '每' | '个' | '一' | '四' | '圆' | '姓'
        );
    let long = told.is_some() || char_at(chars, at) != '周';
    let next = char_at(chars, begin + 1);
    let clear = CLEARLY_BEHIND_DAY.contains(next);
    let days = told.and_then(|(_, offset)| week(cx.published?, offset));
    match number {
        Some(number)
            if !counted && (long || clear) && !(super::han::is_numeral(next) || next == '次') =>
        {
            let day = days.and_then(|(monday, _)| {
                let days = u64::try_from(number.min(6)).ok()?;
                monday.checked_add_days(Days::new(days))
            });
            Some(Found::date(at, begin + 1, day.map(|day| (day, day))))
        }
        None if told.is_some() => {
            let other = matches!(
                char_at(chars, begin),
                '边' | '年' | '期' | '刊' | '报' | '转' | '全' | '密' | '岁' | '围' | '末'
            );
            let end = after(chars, begin, "末").unwrap_or(begin);
            (!other || end > begin).then(|| Found::date(at, end, days.filter(|_| end == begin)))
        }
        _ => None,
    }
}

/// 农历正月十五, 腊月二十三, 正月初一: open, since the moon's calendar is not computed.
fn lunar(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let named = after_any(chars, at, &["农历", "阴历"]);
    let mut begin = named.unwrap_or(at);
    if named.is_some()
        && let Some(number) = numeral(chars, begin)
        && let Some(end) = after(chars, number.end, "年")
    {
        begin = end;
    }
    let month = after_any(chars, begin, &["正月", "腊月", "冬月"]).or_else(|| {
        let leap = after(chars, begin, "闰").unwrap_or(begin);
        let number = numeral(chars, leap).filter(|_| named.is_some())?;
        after(chars, number.end, "月")
    });
    let Some(month) = month else {
        let end = after_any(chars, begin, &["除夕", "新年", "春节"])
            .or((begin > named?).then_some(begin))?;
        return Some(Found::date(at, end, None));
    };
    let day = after(chars, month, "初").unwrap_or(month);
    let end = numeral(chars, day).map_or(month, |number| number.end);
    Some(Found::date(at, end, None))
}

/// 20世纪90年代, 上世纪八十年代, 21世纪, 90年代, 2010年代.
pub(super) fn century(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    // Which century is this one, the day of publication tells.
    let current = cx.published.map(|day| (day.year() - 1).div_euclid(100) + 1);
    let last = after_any(chars, at, &["上世纪", "上个世纪"]);
    let named = last.map(|end| (current.map(|century| century - 1), end));
    let named = named.or_else(|| Some((current, after(chars, at, "本世纪")?)));
    let numbered = || {
        let number = numeral(chars, at)?;
        let end = after(chars, past_space(chars, number.end), "世纪")?;
        let count = number.count().filter(|count| (1..=22).contains(count))?;
        Some((i32::try_from(count).ok(), end))
    };
    if let Some((century, end)) = named.or_else(numbered) {
        if let Some((decade, end)) = decade(chars, past_space(chars, end)) {
            let days = century.and_then(|century| {
                let first = 100 * (century - 1) + decade;
                years(first, first + 9)
            });
            return Some(Found::date(at, end, days));
        }
        let vague = after_any(
            chars,
            end,
            &["初", "末", "中叶", "中期", "下半叶", "上半叶"],
        );
        let days = century.and_then(|century| years(100 * (century - 1) + 1, 100 * century));
        let mut found = Found::date(at, vague.unwrap_or(end), days);
        since(cx, &mut found);
        return Some(found);
    }
    let (decade, end) = decade(chars, at)?;
    match decade {
        // Which century, only these tell; 20年代 may be either's.
        40..=90 => Some(decade_from(at, end, 1900 + decade)),
        1000.. => Some(decade_from(at, end, decade)),
        _ => Some(Found::date(at, end, None)),
    }
}

fn decade_from(at: usize, end: usize, first: i32) -> Found {
    Found::date(at, end, years(first, first + 9))
}

fn decade(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let number = numeral(chars, at)?;
    let end = after(chars, past_space(chars, number.end), "年代")?;
    let count = number.count().filter(|count| count % 10 == 0)?;
    let sound = (10..=90).contains(&count) || (1000..2200).contains(&count) || count == 0;
    Some((i32::try_from(count).ok().filter(|_| sound)?, end))
}

/// The years of a five-year plan, by its number: the third began in 1966, three years after the second.
fn plan(number: i32) -> Option<Period> {
    let first = match number {
        1 => 1953,
        2 => 1958,
        3..=30 => 1966 + 5 * (number - 3),
        _ => return None,
    };
    years(first, first + 4)
}

/// 十四五, “十五”, 八五期间, 第十四个五年规划.
pub(super) fn five_years(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    if let Some(begin) = after(chars, at, "第") {
        let number = numeral(chars, begin)?;
        let end = after_any(chars, number.end, &["个五年规划", "个五年计划"])?;
        let count = i32::try_from(number.count()?).ok()?;
        return Some(Found::date(at, end, Some(plan(count)?)));
    }
    let run = (at..chars.len().min(at + 5))
        .take_while(|at| super::han::is_numeral(char_at(chars, *at)))
        .count();
    let end = at + run;
    let count = plan_number(chars.get(at..end)?)?;
    let told = after_any(
        chars,
        end,
        &[
            "规划", "计划", "时期", "期间", "末", "以来", "开局", "收官", "初期", "中期",
        ],
    )
    .is_some();
    let quoted = cx.marks.quoted(at, end);
    let opens = matches!(char_before(chars, at), '“' | '"' | '「' | '‘' | '\'')
        && (quoted || after_any(chars, end, &["”", "\"", "」", "’", "'"]).is_some());
    // Three characters and more are no number: 十四五 would be fourteen or fifteen of something.
    let long = run > 2 && cx.units.at(chars, end).is_none();
    let previous = char_before(chars, at);
    // 八月十五期间 is a festival.
    let free = !matches!(previous, '第' | '月')
        && !previous.is_ascii_digit()
        && !super::han::is_numeral(previous);
    (free && (told || opens || long)).then(|| Found::date(at, end, plan(count)))
}

/// Which plan these characters name: 一五 to 十六五. 二十五 and 三十五 are numbers and nothing else.
fn plan_number(run: &[char]) -> Option<i32> {
    let number = match run {
        ['十', '五'] => 10,
        ['两', _] => return None,
        [one, '五'] => super::han::digit(*one)?,
        ['十', one @ ('一' | '二' | '三' | '四' | '五' | '六'), '五'] => {
            10 + super::han::digit(*one)?
        }
        _ => return None,
    };
    i32::try_from(number).ok()
}
