//! Shares in words: 百分之三点六, 三分之二, 三成五, 半数. All are told in hundredths.

use super::amount::changed;
use super::cursor::{after, after_any, char_at, char_before, past_range_mark};
use super::decimal::Decimal;
use super::found::{Context, Found};
use super::numeral::{Numeral, Shape, digits, numeral};
use super::qualifier;
use crate::record::Label;

/// What makes another word of 成 when it follows.
const NOT_BEHIND_TENTHS: &str = "立为员功长果本品熟就绩都分交型效语人年了不材群因虫见名片行套排线";

/// The share in words that begins at `at`.
pub(super) fn share(cx: &Context<'_>, at: usize) -> Option<Found> {
    let mut found = fraction(cx, at)
        .or_else(|| slashed(cx, at))
        .or_else(|| tenths_range(cx, at))
        .or_else(|| tenths(cx, at))
        .or_else(|| half(cx, at))?;
    if let Some(ahead) = qualifier::ahead(cx.chars, found.start, true) {
        found.take(&ahead);
    }
    if char_at(cx.chars, found.end) == '多' {
        found.qualify("多", qualifier::Bound::Low);
        found.end += 1;
    }
    if let Some(behind) = qualifier::behind(cx.chars, found.end) {
        found.take(&behind);
    }
    changed(cx, &mut found);
    Some(found)
}

/// Hundredths of a numeral, with its bounds.
fn told(label: Label, start: usize, number: &Numeral, end: usize, power: i32) -> Found {
    let scaled = |value: Option<Decimal>| value.map(|value| value.scaled(power));
    Found::new(label, start, end)
        .with_unit("%")
        .with_value(scaled(number.value))
        .with_bounds(scaled(number.low), scaled(number.high))
}

/// 百分之三点六, 三分之二, 百分之三到五.
fn fraction(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let (whole, upper) = parted(chars, at)?;
    let hundredths = match whole {
        100 => Some(0),
        1000 => Some(-1),
        10_000 => Some(-2),
        _ => None,
    };
    if let Some(power) = hundredths {
        if let Some(behind) = past_range_mark(chars, upper.end) {
            let second = parted(chars, behind)
                .filter(|(other, _)| *other == whole)
                .map(|(_, number)| number)
                .or_else(|| numeral(chars, behind));
            let bounds = upper.value.zip(second.and_then(|second| second.value));
            if let (Some((low, high)), Some(second)) = (bounds, second)
                && low.less_than(high)
                && cx.units.at(chars, second.end).is_none()
            {
                let found = Found::new(Label::Percent, at, second.end).with_unit("%");
                return Some(found.with_bounds(Some(low.scaled(power)), Some(high.scaled(power))));
            }
        }
        return Some(told(Label::Percent, at, &upper, upper.end, power));
    }
    let upper_value = upper.value.filter(|_| upper.vague.is_none())?;
    let part = Decimal::scaled(upper_value, 2).nearest();
    let mut found = Found::new(Label::Percent, at, upper.end).with_unit("%");
    // Thirds have no end as decimals; the quotient of two exact numbers is the nearest that there is.
    found.quantity.value = Some(part / Decimal::whole(whole).nearest());
    Some(found)
}

/// 1/3: small parts of a small whole; larger ones are dates and codes.
fn slashed(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let (upper, slash) = digits(chars, at)?;
    let (whole, end) = digits(chars, after(chars, slash, "/")?)?;
    let before = char_before(chars, at);
    let next = char_at(chars, end);
    let coded = before.is_ascii_alphanumeric() || matches!(before, '/' | '.' | '-' | '$');
    let more = next.is_ascii_alphanumeric() || matches!(next, '/' | '.' | '-');
    if coded || more || !(2..=10).contains(&whole) || !(1..whole).contains(&upper) {
        return None;
    }
    let part = Decimal::whole(upper).scaled(2).nearest();
    let mut found = Found::new(Label::Percent, at, end).with_unit("%");
    found.quantity.value = Some(part / Decimal::whole(whole).nearest());
    Some(found)
}

/// The parts of a whole, and the number of them.
fn parted(chars: &[char], at: usize) -> Option<(i128, Numeral)> {
    let lower = numeral(chars, at).filter(|number| number.vague.is_none())?;
    let begin = after(chars, lower.end, "分之")?;
    let whole = lower.value?.integer().filter(|whole| *whole > 1)?;
    let upper = numeral(chars, begin)?;
    Some((whole, upper))
}

/// 两至三成.
fn tenths_range(cx: &Context<'_>, at: usize) -> Option<Found> {
    let low = numeral(cx.chars, at)?;
    let own = low.count().filter(|count| *count < 10);
    let begin = past_range_mark(cx.chars, low.end)?;
    let high = tenths(cx, begin)?;
    let (low, last) = (f64::from(own?) * 10.0, high.quantity.value?);
    let mut found = Found::new(Label::Percent, at, high.end).with_unit("%");
    found.quantity.low = Some(low);
    found.quantity.high = Some(last);
    (low < last).then_some(found)
}

/// 三成, 三成五, 七八成.
fn tenths(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let number = numeral(chars, at)?;
    let small = number
        .value
        .or(number.high)?
        .integer()
        .is_some_and(|count| (1..=10).contains(&count));
    let shaped = !matches!(number.shape, Shape::Bare | Shape::Positional);
    let end = after(chars, number.end, "成")?;
    let next = char_at(chars, end);
    if !small || !shaped || number.vague.is_some() || char_before(chars, at) == '第' {
        return None;
    }
    let value = number.value.map(|value| value.scaled(1));
    if next == '半' {
        let half = value?.plus(Decimal::whole(5));
        return Some(told(Label::Percent, at, &number, end + 1, 1).with_value(half));
    }
    if let Some(digit) =
        super::han::digit(next).filter(|_| !super::han::is_numeral(char_at(chars, end + 1)))
    {
        let sum = value?.plus(Decimal::whole(digit));
        return Some(told(Label::Percent, at, &number, end + 1, 1).with_value(sum));
    }
    // 一成 by itself is as often part of another word.
    let doubtful =
        number.shape == Shape::One && !matches!(next, '多' | '左' | '以' | '的' | '，' | '。');
    (!NOT_BEHIND_TENTHS.contains(next) && !doubtful)
        .then(|| told(Label::Percent, at, &number, end, 1))
}

/// 一半, 半数.
fn half(cx: &Context<'_>, at: usize) -> Option<Found> {
    let end = after_any(cx.chars, at, &["一半", "半数"])?;
    let other = matches!(
        char_before(cx.chars, at),
        '另' | '前' | '后' | '上' | '下' | '那' | '这' | '一' | '大' | '多'
    );
    let more = matches!(
        char_at(cx.chars, end),
        '是' | '个' | '天' | '年' | '点' | '导' | '径'
    );
    let value = Some(Decimal::whole(50));
    let found = Found::new(Label::Percent, at, end).with_unit("%");
    (!other && !more).then(|| found.with_value(value))
}
