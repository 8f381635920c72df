//! Dates that name a year, a month or a day, and ranges of them.
//!
//! ```text
//! 2023年7月1日   二〇二三年   5月1日至7日   2020—2025年   今年一季度   去年底   7月中旬   2019年以来   2023-07-01   23日
//! ```

use chrono::{Datelike, Days};

use super::calendar::{Part, Point, Year, nearest, nearest_day};
use super::cursor::{after, after_any, char_at, char_before, past_range_mark, past_space};
use super::found::{Context, Found};
use super::numeral::{Numeral, Shape, digits, numeral};
use super::words;

/// The last year that is written as one.
const LAST_YEAR: u32 = 2200;
/// What is no date behind a month: 三月球, 十月革命.
const NOT_MONTH: &[&str] = &[
    "球",
    "饼",
    "光",
    "亮",
    "薪",
    "均",
    "票",
    "革命",
    "嫂",
    "子中心",
    "租",
    "供",
    "息",
    "费",
    "销",
    "产",
];
/// What is no date behind a bare day: 日元, 日报; what makes a length of time of it.
const NOT_DAY: &[&str] = &[
    "元", "圆", "本币", "报社", "报业", "报》", "程", "常", "用", "均", "内", "之内", "以内",
    "以上", "以下", "游", "间", "夜", "龄", "趋", "益", "后", "新增", "产", "行", "榜", "线", "租",
];
/// What makes a length of time of the days behind it.
const SPAN: &[&str] = &[
    "为期", "历时", "连续", "长达", "近", "约", "共", "每", "超过", "不到", "至少", "少于", "满",
    "持续", "仅", "个", "第", "届满",
];

/// The date that begins at `at`, or the range of dates.
pub(super) fn date(cx: &Context<'_>, at: usize) -> Option<Found> {
    if let Some(found) = digital(cx, at).or_else(|| short_range(cx, at)) {
        return Some(found);
    }
    let Some((first, end)) = point(cx, at) else {
        return days_of_month(cx, at);
    };
    if let Some(found) = long_range(cx, at, &first, end) {
        return Some(found);
    }
    let days = first.days(cx.published);
    let days = if first.year == Year::Missing {
        inherited(cx, &first).or(days)
    } else {
        days
    };
    let mut found = Found::date(at, end, days);
    since(cx, &mut found);
    Some(found)
}

/// 以来, 至今: up to the day of publication.
pub(super) fn since(cx: &Context<'_>, found: &mut Found) {
    let words = ["以来", "至今", "迄今", "到现在", "到目前"];
    if let Some(end) = after_any(cx.chars, found.end, &words) {
        found.end = end;
        let start = found.quantity.date_start;
        let sound = cx
            .published
            .filter(|day| start.is_none_or(|start| start <= *day));
        found.quantity.date_end = sound.filter(|_| start.is_some());
    }
}

/// A day of a month in the year that the sentence has named before.
fn inherited(cx: &Context<'_>, point: &Point) -> Option<super::calendar::Period> {
    let (year, _) = cx.month.filter(|_| point.month.is_some())?;
    Point {
        year: Year::Known(year),
        ..*point
    }
    .days(None)
}

/// 2023-07-01, 2023/7/1, 2023.7.1.
fn digital(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let (year, mut end) = digits(chars, at).filter(|(_, end)| end - at == 4)?;
    let mark = char_at(chars, end);
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let (month, behind) = digits(chars, end + 1).filter(|(_, behind)| behind - end <= 3)?;
    if char_at(chars, behind) != mark {
        return None;
    }
    end = behind;
    let (day, end) = digits(chars, end + 1).filter(|(_, behind)| behind - end <= 3)?;
    let number = |value: i128| u32::try_from(value).ok();
    let year = number(year).filter(|year| (1800..LAST_YEAR).contains(year))?;
    let point = Point {
        year: Year::Known(i32::try_from(year).ok()?),
        month: Some(number(month)?),
        day: Some(number(day)?),
        part: Part::Whole,
    };
    let next = char_at(chars, end);
    let code = next.is_ascii_alphanumeric() || next == mark && mark != '-' || next == '_';
    let coded = matches!(char_before(chars, at), '-' | '/' | '.' | '_')
        || char_before(chars, at).is_ascii_alphanumeric();
    (!code && !coded).then_some(())?;
    point
        .days(None)
        .map(|days| Found::date(at, end, Some(days)))
}

/// A number of at most four digits that a year, month or day may be.
fn small(chars: &[char], at: usize) -> Option<(u32, Numeral)> {
    let number = numeral(chars, at)?;
    let plain = matches!(
        number.shape,
        Shape::Arabic {
            grouped: false,
            point: false
        } | Shape::Han
            | Shape::One
            | Shape::Two
            | Shape::Positional
    );
    let count = number.count().filter(|_| plain && number.power == 0)?;
    Some((count, number))
}

/// Both ends with one unit: 2020—2025年, 1-6月, 5至7日.
fn short_range(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let (low, first) = small(chars, at)?;
    let behind = past_range_mark(chars, first.end)?;
    let (high, second) = small(chars, behind)?;
    let unit = past_space(chars, second.end);
    if low >= high || !is_free(chars, at) {
        return None;
    }
    let year = Year::Missing;
    match char_at(chars, unit) {
        '年' if is_year(&first, low) && is_year(&second, high) => {
            let days = super::calendar::years(i32::try_from(low).ok()?, i32::try_from(high).ok()?);
            Some(Found::date(at, unit + 1, days))
        }
        '月' if high <= 12 && low > 0 => {
            let one = Point {
                year,
                month: Some(low),
                day: None,
                part: Part::Whole,
            };
            let end = after(chars, unit + 1, "份").unwrap_or(unit + 1);
            if char_at(chars, end).is_ascii_digit() || super::han::is_numeral(char_at(chars, end)) {
                return None;
            }
            Some(between(
                cx,
                at,
                end,
                &one,
                &Point {
                    month: Some(high),
                    ..one
                },
            ))
        }
        '日' if high <= 31 && low > 0 && first.is_arabic() == second.is_arabic() => {
            is_day(chars, at, unit + 1).then_some(())?;
            let published = cx.published;
            let first = published.and_then(|published| nearest_day(published, low));
            let last = first.and_then(|first| first.with_day(high));
            Some(Found::date(at, unit + 1, first.zip(last)))
        }
        _ => None,
    }
}

/// From one date to another, the second of which may leave out what it shares with the first.
fn long_range(cx: &Context<'_>, at: usize, first: &Point, end: usize) -> Option<Found> {
    let chars = cx.chars;
    let begin = past_range_mark(chars, end)?;
    let (mut second, end) = point(cx, begin).or_else(|| second_day(cx, begin))?;
    if second.year == Year::Missing {
        second.year = first.year;
    }
    if second.month.is_none() && second.day.is_some() {
        second.month = Some(first.month.filter(|_| first.day.is_some())?);
    }
    second
        .is_sound()
        .then(|| between(cx, at, end, first, &second))
}

/// 7日 behind 5月1日至.
fn second_day(cx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let (day, number) = small(cx.chars, at)?;
    let unit = past_space(cx.chars, number.end);
    let marked = matches!(char_at(cx.chars, unit), '日' | '号') && (1..=31).contains(&day);
    let point = Point {
        year: Year::Missing,
        month: None,
        day: Some(day),
        part: Part::Whole,
    };
    marked.then_some((point, unit + 1))
}

fn between(cx: &Context<'_>, at: usize, end: usize, first: &Point, last: &Point) -> Found {
    let year = cx
        .month
        .filter(|_| first.month.is_some())
        .map(|(year, _)| year);
    let days = match first.year {
        Year::Known(year) => first.until(last, year),
        Year::Open => None,
        Year::Missing => match year {
            Some(year) => first.until(last, year),
            None => nearest(cx.published, |year| first.until(last, year)),
        },
    };
    Found::date(at, end, days)
}

/// Whether a number is written as a year is: four digits.
fn is_year(number: &Numeral, count: u32) -> bool {
    let written = number.is_arabic() || number.shape == Shape::Positional;
    written && (1000..LAST_YEAR).contains(&count)
}

/// Not in the middle of a code or another number.
fn is_free(chars: &[char], at: usize) -> bool {
    let before = char_before(chars, at);
    let earlier = at.checked_sub(2).map_or(' ', |at| char_at(chars, at));
    let own = !char_at(chars, at).is_ascii_digit();
    let joined = matches!(before, '-' | '/' | '.' | '+' | '_') && earlier.is_ascii_alphanumeric();
    before != '第' && (own || !before.is_ascii_alphanumeric() && !joined)
}

/// A date, as far as it is written.
pub(super) fn point(cx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let chars = cx.chars;
    if !is_free(chars, at) {
        return None;
    }
    let (year, behind) = year(cx, at).map_or((Year::Missing, at), |(year, end)| (year, end));
    let begin = past_space(chars, behind);
    let known = behind > at;
    let bare = Point::year(year);
    let between = months(chars, bare, begin).filter(|_| known);
    let found = between
        .or_else(|| month(cx, bare, begin, known))
        .or_else(|| {
            words::part_of_year(chars, begin, known)
                .map(|(part, end)| (Point { part, ..bare }, end))
        });
    match found {
        Some((point, end)) if point.is_sound() => Some((point, end)),
        _ if known => Some((bare, behind)),
        _ => None,
    }
}

/// 2023年, 二〇二三年, 今年.
fn year(cx: &Context<'_>, at: usize) -> Option<(Year, usize)> {
    let chars = cx.chars;
    if let Some(found) = words::year(cx, at) {
        return Some(found);
    }
    let ancient = after(chars, at, "公元前");
    let begin = ancient.or_else(|| after(chars, at, "公元")).unwrap_or(at);
    let (count, number) = small(chars, begin)?;
    let unit = past_space(chars, number.end);
    let mut end = after(chars, unit, "年")?;
    let next = char_at(chars, end);
    if begin > at {
        let year = i32::try_from(count).ok().filter(|_| ancient.is_none());
        return Some((year.map_or(Year::Open, Year::Known), end));
    }
    let short = number.end - at == 2 && is_short_year(chars, &number, end);
    if !short && !is_year(&number, count) || is_length(chars, at, end) || matches!(next, '代') {
        return None;
    }
    end = after(chars, end, "度")
        .filter(|end| char_at(chars, *end) != '假')
        .unwrap_or(end);
    let century = if count < 50 { 2000 } else { 1900 };
    let year = i32::try_from(if short { century + count } else { count }).ok()?;
    Some((Year::Known(year), end))
}

/// 98年7月, 08年: two digits that can't be a length of time.
fn is_short_year(chars: &[char], number: &Numeral, end: usize) -> bool {
    let begin = past_space(chars, end);
    let month = small(chars, begin).is_some_and(|(month, next)| {
        (1..=12).contains(&month) && char_at(chars, past_space(chars, next.end)) == '月'
    });
    let led = number.is_arabic() && char_at(chars, number.end - 2) == '0';
    let written = number.is_arabic() || number.shape == Shape::Positional;
    written && (month || led)
}

/// 近2000年, 2000年历史: a length of time.
fn is_length(chars: &[char], at: usize, end: usize) -> bool {
    let before = ["近", "约", "超过", "距今", "长达", "逾", "超"];
    let behind = ["历史", "的历史", "文明", "的文明", "古", "前的", "来的"];
    before
        .iter()
        .any(|word| super::cursor::before(chars, at, word).is_some())
        || after_any(chars, end, &behind).is_some()
}

/// 1—6月 behind a year.
fn months(chars: &[char], point: Point, at: usize) -> Option<(Point, usize)> {
    let (low, first) = small(chars, at).filter(|(low, _)| *low > 0)?;
    let (high, second) = small(chars, past_range_mark(chars, first.end)?)?;
    let end = after(chars, past_space(chars, second.end), "月")?;
    let end = after(chars, end, "份").unwrap_or(end);
    let part = Part::Between(low, high);
    (low < high && high <= 12).then_some((Point { part, ..point }, end))
}

/// 7月, 7月1日, 7月中旬, 本月5日.
fn month(cx: &Context<'_>, point: Point, at: usize, known: bool) -> Option<(Point, usize)> {
    let chars = cx.chars;
    if let Some((found, end)) = words::month(cx, at).filter(|_| !known) {
        return Some(day(chars, found, end));
    }
    let (count, number) = small(chars, at).filter(|(count, _)| (1..=12).contains(count))?;
    let unit = past_space(chars, number.end);
    let end = after(chars, unit, "月")?;
    let found = Point {
        month: Some(count),
        ..point
    };
    let (found, behind) = day(chars, found, end);
    let other = behind == end && after_any(chars, end, NOT_MONTH).is_some();
    let counted = !known && matches!(char_before(chars, at), '个' | '每' | '数');
    (!other && !counted).then_some((found, behind))
}

/// Parts of a month.
const PARTS: &[(&str, Part)] = &[
    ("上旬", Part::Third(0)),
    ("中旬", Part::Third(1)),
    ("下旬", Part::Third(2)),
    ("月底", Part::Within),
    ("月初", Part::Within),
    ("底", Part::Within),
    ("末", Part::Within),
    ("初", Part::Within),
    ("中", Part::Within),
    ("份", Part::Whole),
];

/// A day or part behind a month.
fn day(chars: &[char], point: Point, at: usize) -> (Point, usize) {
    let begin = past_space(chars, at);
    if let Some((day, number)) = small(chars, begin).filter(|(day, _)| (1..=31).contains(day)) {
        let unit = past_space(chars, number.end);
        let found = Point {
            day: Some(day),
            ..point
        };
        if matches!(char_at(chars, unit), '日' | '号') && found.is_sound() {
            return (found, unit + 1);
        }
    }
    let mut parts = PARTS.iter();
    let part = parts.find_map(|(word, part)| Some((*part, after(chars, at, word)?)));
    // 7月中国: 中 is the next word's.
    let part = part.filter(|(_, end)| {
        char_at(chars, end - 1) != '中' || matches!(char_at(chars, *end), '旬' | '，' | '。' | '、')
    });
    match part {
        Some((part, end)) => (Point { part, ..point }, end),
        None => (point, at),
    }
}

/// Whether days that end at `end` are a length of time: 为期3日, 15日内.
pub(super) fn is_span(chars: &[char], at: usize, end: usize) -> bool {
    let behind = ["内", "之内", "以内", "以上", "以下", "后", "游", "间"];
    let before = SPAN
        .iter()
        .any(|word| super::cursor::before(chars, at, word).is_some());
    // 十日前 is ten days before; 3日前 is as often before the third.
    let earlier = char_at(chars, end) == '前' && !char_at(chars, at).is_ascii_digit();
    before || earlier || after_any(chars, end, &behind).is_some()
}

/// Whether 日 that ends at `end` is a day of the month, not a length of time or another word.
fn is_day(chars: &[char], at: usize, end: usize) -> bool {
    let before = SPAN
        .iter()
        .any(|word| super::cursor::before(chars, at, word).is_some());
    let behind = after_any(chars, end, NOT_DAY).is_some();
    !before && !behind
}

/// 23日, 3日至5日.
fn days_of_month(cx: &Context<'_>, at: usize) -> Option<Found> {
    let mut found = bare_day(cx, at)?;
    let begin = past_range_mark(cx.chars, found.end);
    if let Some((last, end)) = begin.and_then(|begin| second_day(cx, begin)) {
        found.end = end;
        let start = found.quantity.date_start;
        let last = start
            .zip(last.day)
            .and_then(|(start, day)| start.with_day(day));
        let sound = start.filter(|start| last.is_some_and(|last| *start <= last));
        (found.quantity.date_start, found.quantity.date_end) =
            (sound, last.filter(|_| sound.is_some()));
    }
    Some(found)
}

/// 23日: of the month that the sentence names, or the one nearest to the day of publication.
fn bare_day(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let (day, number) = small(chars, at).filter(|(day, _)| (1..=31).contains(day))?;
    let end = after(chars, past_space(chars, number.end), "日")?;
    let listed = is_free(chars, at) && is_day(chars, at, end);
    // 三日 in words is more often a length of time, unless a year's months run before it.
    // So is 二十一日 where nothing says that the text is news of a day.
    let words = !number.is_arabic() && (day < 11 || cx.published.is_none());
    if !listed || words && cx.month.is_none() {
        return None;
    }
    let named = cx
        .month
        .and_then(|(year, month)| chrono::NaiveDate::from_ymd_opt(year, month, day));
    let day = named.or_else(|| nearest_day(cx.published?, day));
    let mut end = end;
    if after(chars, end, "起").is_none() {
        end = after(chars, end, "当天").unwrap_or(end);
    }
    Some(Found::date(at, end, day.map(|day| (day, day))))
}

/// The day that lies so many days from that of publication.
pub(super) fn offset(cx: &Context<'_>, days: i64) -> Option<super::calendar::Period> {
    let published = cx.published?;
    let count = Days::new(days.unsigned_abs());
    let day = if days < 0 {
        published.checked_sub_days(count)?
    } else {
        published.checked_add_days(count)?
    };
    Some((day, day))
}
