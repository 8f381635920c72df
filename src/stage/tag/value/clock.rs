//! Times of day: 上午9时30分, 14:30, 下午三点, 9:00—17:00, 凌晨.
//!
//! The value is hours since midnight (14:30 is 14.5, 下午三点 is 15) with the unit 时; a part of the day by itself has none.

use super::cursor::{after, after_any, before, char_at, char_before, past_range_mark, past_space};
use super::decimal::Decimal;
use super::found::{Context, Found};
use super::numeral::{Numeral, Shape, digits, numeral};
use super::qualifier;
use crate::record::Label;

/// What a part of the day makes of the hours behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// They are as they are written.
    Plain,
    /// Twelve is the beginning of the day.
    Dawn,
    /// One to three are those after noon.
    Noon,
    /// Up to eleven, they are those after noon.
    Afternoon,
    /// Up to four, they are those after midnight; twelve is the end of the day.
    Evening,
    /// Up to five, they are those after midnight; twelve is the end of the day.
    Night,
}

/// Parts of the day.
const PARTS: &[(&str, Part)] = &[
    ("凌晨", Part::Dawn),
    ("清晨", Part::Plain),
    ("早晨", Part::Plain),
    ("早上", Part::Plain),
    ("上午", Part::Plain),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("下午", Part::Afternoon),
    ("午后", Part::Afternoon),
    ("傍晚", Part::Afternoon),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
    ("夜间", Part::Night),
    ("夜里", Part::Night),
    ("深夜", Part::Night),
    ("午夜", Part::Night),
];
/// What makes another word of a part of the day.
const NOT_BEHIND: &[char] = &['茶', '班', '场', '市'];

/// What makes another word of 时 and 点, or of the number before it.
const NOT_BEHIND_HOUR: &str = "间代候期常装报空速评位差建意要原共收希启体五思名";

/// A moment: seconds since midnight.
#[derive(Clone, Copy, Debug)]
struct Moment {
    seconds: u32,
    end: usize,
}

impl Moment {
    /// The same in a part of the day: 晚上8点 is twenty, 夜里2点 two, 晚上12点 the end of the day, and half past that half past zero.
    fn within(self, part: Part) -> Self {
        const NOON: u32 = 12 * 3600;
        let hour = self.seconds / 3600;
        let seconds = match (part, hour) {
            (Part::Noon, 1..=3)
            | (Part::Afternoon, 0..=11)
            | (Part::Evening, 5..=11)
            | (Part::Night, 6..=11) => self.seconds + NOON,
            (Part::Evening | Part::Night, 12) if self.seconds == NOON => 2 * NOON,
            (Part::Dawn | Part::Evening | Part::Night, 12) => self.seconds - NOON,
            _ => self.seconds,
        };
        Self { seconds, ..self }
    }
}

/// The time of day at `at`.
pub(super) fn clock(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let mut parts = PARTS.iter();
    let part = parts.find_map(|(word, part)| Some((after(chars, at, word)?, *part)));
    // 今晚8点, 当晚9时.
    let evening = char_before(chars, at) == '晚' && is_day_word(chars, at);
    let own = if evening { Part::Evening } else { Part::Plain };
    let of_day = part.map_or(own, |(_, part)| part);
    let begin = past_space(chars, part.map_or(at, |(end, _)| end));
    let dated =
        part.is_some() || evening || matches!(char_before(chars, at), '日' | '天' | '晨' | '早');
    let full = moment(chars, begin, dated);
    let Some(first) = full.or_else(|| open_hour(chars, begin)) else {
        let (end, _) = part?;
        return (!NOT_BEHIND.contains(&char_at(chars, end)))
            .then(|| Found::new(Label::Time, at, end));
    };
    let first = first.within(of_day);
    if let Some(found) = range(chars, at, first, of_day) {
        return Some(found);
    }
    full?;
    let mut found = Found::new(Label::Time, at, first.end).with_unit("时");
    found.quantity.value = Some(hours(first));
    if let Some(end) = after_any(chars, found.end, &["许", "多", "整"]) {
        let word = char_at(chars, found.end);
        found.end = end;
        if word != '整' {
            found.qualify(word.encode_utf8(&mut [0; 4]), qualifier::Bound::Neither);
        }
    }
    if let Some(behind) = after(chars, found.end, "左右") {
        found.qualify("左右", qualifier::Bound::Neither);
        found.end = behind;
    }
    Some(found)
}

fn is_day_word(chars: &[char], at: usize) -> bool {
    ["今晚", "昨晚", "明晚", "当晚", "日晚"]
        .iter()
        .any(|word| before(chars, at, word).is_some())
}

fn range(chars: &[char], at: usize, first: Moment, of_day: Part) -> Option<Found> {
    let begin = past_range_mark(chars, first.end)?;
    let mut parts = PARTS.iter();
    let part = parts.find_map(|(word, part)| Some((after(chars, begin, word)?, *part)));
    let begin = part.map_or(begin, |(end, _)| end);
    let last = moment(chars, begin, true)?;
    let last = last.within(part.map_or(of_day, |(_, part)| part));
    (last.seconds > first.seconds).then(|| {
        let mut found = Found::new(Label::Time, at, last.end).with_unit("时");
        found.quantity.low = Some(hours(first));
        found.quantity.high = Some(hours(last));
        found
    })
}

fn hours(moment: Moment) -> f64 {
    f64::from(moment.seconds) / 3600.0
}

/// Hours with minutes; full hours only where what stands before or behind says that they are no length of time.
fn moment(chars: &[char], at: usize, dated: bool) -> Option<Moment> {
    if let Some(found) = digital(chars, at) {
        return Some(found);
    }
    let number = numeral(chars, at).or_else(|| zero(chars, at))?;
    let hour = number.count().filter(|hour| *hour <= 24)?;
    let plain = is_plain(&number);
    let previous = char_before(chars, at);
    let coded = number.is_arabic()
        && (previous.is_ascii_alphanumeric() || matches!(previous, '.' | '-' | '/' | '第'));
    let unit = past_space(chars, number.end);
    let mark = char_at(chars, unit);
    if !plain || coded || !matches!(mark, '时' | '点') {
        return pointed(chars, at, dated);
    }
    let end = unit + 1;
    if let Some((minutes, end)) = minutes(chars, end) {
        return Some(Moment {
            seconds: hour * 3600 + minutes * 60,
            end,
        });
    }
    let more = match char_at(chars, end) {
        '半' => Some(1800),
        '钟' | '整' => Some(0),
        _ => None,
    };
    if let Some(more) = more.filter(|_| mark == '点' || dated) {
        return Some(Moment {
            seconds: hour * 3600 + more,
            end: end + 1,
        });
    }
    let other = NOT_BEHIND_HOUR.contains(char_at(chars, end));
    let arabic = mark == '时' && number.is_arabic();
    // 零时起, 零时至六时: nothing else is counted from zero.
    let zero = char_at(chars, at) == '零'
        && (char_at(chars, end) == '起' || past_range_mark(chars, end).is_some());
    let told = dated
        || arabic
        || zero
        || after_any(chars, end, &["许", "左右"]).is_some() && number.shape != Shape::One;
    (told && !other).then_some(Moment {
        seconds: hour * 3600,
        end,
    })
}

/// 零 of 零时 and 零点, which counts nothing else.
fn zero(chars: &[char], at: usize) -> Option<Numeral> {
    let own = matches!(char_at(chars, at), '零' | '〇')
        && matches!(char_at(chars, at + 1), '时' | '点')
        && !super::han::is_numeral(char_before(chars, at));
    own.then(|| Numeral::exact(Decimal::whole(0), Shape::Han, at + 1))
}

/// A whole number without commas, as hours are.
fn is_plain(number: &Numeral) -> bool {
    let digits = Shape::Arabic {
        point: false,
        grouped: false,
    };
    number.shape == digits || matches!(number.shape, Shape::Han | Shape::One | Shape::Two)
}

/// 0 of 0—24时.
fn open_hour(chars: &[char], at: usize) -> Option<Moment> {
    let (hour, end) = digits(chars, at).filter(|(hour, end)| *hour <= 24 && end - at <= 2)?;
    let begin = past_range_mark(chars, end)?;
    let (_, unit) = digits(chars, begin).filter(|(last, _)| (hour + 1..=24).contains(last))?;
    let previous = char_before(chars, at);
    let coded = previous.is_ascii_alphanumeric() || matches!(previous, '.' | '-' | '/' | ':');
    let told = char_at(chars, unit) == '时' && !coded;
    let seconds = u32::try_from(hour * 3600).ok()?;
    told.then_some(Moment { seconds, end })
}

/// 下午三点五十, whose 三点五 reads as a decimal.
fn pointed(chars: &[char], at: usize, dated: bool) -> Option<Moment> {
    let mark = (at + 1..=at + 3)
        .find(|at| char_at(chars, *at) == '点')
        .filter(|_| dated)?;
    let number = numeral(chars.get(..mark)?, at).filter(|number| number.end == mark)?;
    let hour = number.count().filter(|hour| *hour <= 24)?;
    let minute = numeral(chars, mark + 1)?;
    let count = minute.count().filter(|count| *count < 60)?;
    let end = after(chars, minute.end, "分").unwrap_or(minute.end);
    Some(Moment {
        seconds: hour * 3600 + count * 60,
        end,
    })
}

/// 30分, 一刻 behind the hour, with 20秒 behind that.
fn minutes(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let number = numeral(chars, past_space(chars, at))?;
    let count = number.count().filter(|count| *count < 60)?;
    if let Some(end) = after(chars, number.end, "刻").filter(|_| count < 4) {
        return Some((15 * count, end));
    }
    let end = after(chars, past_space(chars, number.end), "分")?;
    (char_at(chars, end) != '钟').then_some(())?;
    let seconds = numeral(chars, end).and_then(|number| after(chars, number.end, "秒"));
    Some((count, seconds.unwrap_or(end)))
}

/// 14:30, 14:30:05.
fn digital(chars: &[char], at: usize) -> Option<Moment> {
    let colon = |at: usize| matches!(char_at(chars, at), ':' | '：');
    let (hour, end) = digits(chars, at).filter(|(hour, end)| *hour <= 24 && end - at <= 2)?;
    let (minute, behind) = digits(chars, end + 1).filter(|_| colon(end))?;
    if behind != end + 3 || minute > 59 {
        return None;
    }
    let previous = char_before(chars, at);
    let score =
        matches!(previous, '以' | '胜' | '负' | '分' | '比' | '平' | '为') && previous != '\0';
    let coded = previous.is_ascii_alphanumeric() || matches!(previous, '.' | ':' | '：' | '/');
    let (second, end) = match digits(chars, behind + 1)
        .filter(|(second, end)| colon(behind) && *second < 60 && end - behind == 3)
    {
        Some((second, end)) => (second, end),
        None => (0, behind),
    };
    let joined = colon(end) || char_at(chars, end).is_ascii_alphanumeric();
    if score || coded || joined {
        return None;
    }
    let seconds = u32::try_from(hour * 3600 + minute * 60 + second).ok()?;
    Some(Moment { seconds, end })
}
