//! Numerals: Arabic, Chinese, and both together.
//!
//! ```text
//! 1,234.5   4.72万亿   20多万   1亿5000万   二百余万   两千零五   三点六   两三   十几   数十   二〇二三   百万
//! ```
//!
//! A numeral is exact (`value`), or lies between bounds that the words name (`low`, `high`), or both (十几 is ten and a few).
//! What it counts is not looked at here.

use super::cursor::{char_at, past_space};
use super::decimal::{DIGITS, Decimal};
use super::han;

/// Characters of a numeral that a text means, at most.
const LONGEST: usize = 48;

/// How a numeral is written; what it may mean depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits; `grouped` with commas between thousands.
    Arabic { grouped: bool, point: bool },
    /// 二百零五.
    Han,
    /// 一 by itself: mostly no number but an article.
    One,
    /// 二 by itself, which doesn't count (that is 两).
    Two,
    /// Digit by digit: 二〇二三.
    Positional,
    /// A power without a number before it: 百万, 千.
    Bare,
}

/// A numeral.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// The number that is named, if one is.
    pub(super) value: Option<Decimal>,
    /// Bounds, where the numeral itself has them.
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    /// 多, 余, 来, 几 or 数, where it stands in the numeral.
    pub(super) vague: Option<char>,
    pub(super) shape: Shape,
    /// Power of ten of the words 万 and 亿 at its end; 0 without.
    pub(super) power: i32,
    /// One past its last character.
    pub(super) end: usize,
}

impl Numeral {
    pub(super) fn exact(value: Decimal, shape: Shape, end: usize) -> Self {
        Self {
            value: Some(value),
            low: None,
            high: None,
            vague: None,
            shape,
            power: 0,
            end,
        }
    }

    /// The small whole number that it is exactly.
    pub(super) fn count(&self) -> Option<u32> {
        let exact = self.value.filter(|_| self.vague.is_none())?;
        exact.integer().and_then(|value| u32::try_from(value).ok())
    }

    pub(super) fn is_arabic(&self) -> bool {
        matches!(self.shape, Shape::Arabic { .. })
    }
}

/// The numeral that begins at `at`.
pub(super) fn numeral(chars: &[char], at: usize) -> Option<Numeral> {
    if char_at(chars, at).is_ascii_digit() {
        arabic(chars, at)
    } else {
        han::numeral(chars, at)
    }
}

/// The end of all that could belong to a numeral at `at`.
pub(super) fn run_end(chars: &[char], at: usize) -> usize {
    run_end_within(chars, at, usize::MAX)
}

/// The same, but for no more than [`LONGEST`] characters: for those who go on inside of the run, and would read it again and again.
pub(super) fn near_end(chars: &[char], at: usize) -> usize {
    run_end_within(chars, at, LONGEST)
}

fn run_end_within(chars: &[char], at: usize, most: usize) -> usize {
    let run = chars.get(at..).unwrap_or_default().iter().take(most);
    let length = run
        .take_while(|char| char.is_ascii_digit() || han::is_numeral(**char))
        .count();
    at + length.max(1)
}

/// Digits with their value, as far as they go; none where there are too many.
pub(super) fn digits(chars: &[char], at: usize) -> Option<(i128, usize)> {
    let mut value = 0;
    let mut end = at;
    while let Some(digit) = char_at(chars, end).to_digit(10) {
        if end - at == DIGITS {
            return None;
        }
        value = value * 10 + i128::from(digit);
        end += 1;
    }
    (end > at).then_some((value, end))
}

fn arabic(chars: &[char], at: usize) -> Option<Numeral> {
    let (mut mantissa, mut end) = digits(chars, at)?;
    let mut grouped = false;
    while let Some(value) = group(chars, at, end) {
        mantissa = mantissa.checked_mul(1000)?.checked_add(value)?;
        end += 4;
        grouped = true;
        if end - at > DIGITS {
            return None;
        }
    }
    let mut value = Decimal::whole(mantissa);
    let mut point = false;
    // Older text sets a middle dot for the point.
    if matches!(char_at(chars, end), '.' | '·')
        && let Some((fraction, behind)) = digits(chars, end + 1)
    {
        let places = behind - end - 1;
        if end - at + places > DIGITS {
            return None;
        }
        let shift = 10i128.checked_pow(u32::try_from(places).ok()?)?;
        value = Decimal::with_fraction(mantissa.checked_mul(shift)?.checked_add(fraction)?, places);
        (end, point) = (behind, true);
    }
    let shape = Shape::Arabic { grouped, point };
    Some(multiplied(chars, Numeral::exact(value, shape, end)))
}

/// Three digits behind a comma, where there are one to three before the first and no fourth behind.
fn group(chars: &[char], at: usize, end: usize) -> Option<i128> {
    if !matches!(char_at(chars, end), ',' | '，') || char_at(chars, at) == '0' {
        return None;
    }
    let first = (at..end)
        .take_while(|at| char_at(chars, *at).is_ascii_digit())
        .count();
    let (value, behind) = digits(chars, end + 1)?;
    (first <= 3 && behind == end + 4).then_some(value)
}

/// With the words 百, 千, 万, 亿 behind digits.
fn multiplied(chars: &[char], mut found: Numeral) -> Numeral {
    let mut at = past_space(chars, found.end);
    let vague = char_at(chars, at);
    let inside = matches!(vague, '多' | '余' | '来') && power(chars, at + 1).is_some();
    if inside {
        at += 1;
    }
    let Some((power, end)) = power(chars, at) else {
        return found;
    };
    if inside {
        found.vague = Some(vague);
    }
    found.value = found.value.map(|value| value.scaled(power));
    found.power = power;
    found.end = end;
    if !inside && let Some((rest, end)) = rest(chars, end, power) {
        found.value = found.value.and_then(|value| value.plus(rest));
        found.power = 0;
        found.end = end;
    }
    found
}

/// The words of a power of ten behind digits, and their end. 千 in 千米 is the unit's.
fn power(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let mut power = 0;
    let mut end = at;
    loop {
        let next = char_at(chars, end + 1);
        let large = matches!(next, '万' | '亿');
        power += match char_at(chars, end) {
            // Both only begin: without that, their powers would add up without an end.
            '百' if power == 0 && (large || matches!(next, '元' | '余' | '多')) => 2,
            '千' if power == 0 && !is_prefixed(next) => 3,
            '万' if power <= 3 => 4,
            '亿' if power <= 4 => 8,
            _ => break,
        };
        end += 1;
    }
    (end > at).then_some((power, end))
}

/// Whether 千 before this belongs to a unit.
fn is_prefixed(unit: char) -> bool {
    matches!(
        unit,
        '米' | '克' | '瓦' | '伏' | '卡' | '焦' | '帕' | '赫' | '字' | '比' | '年' | '秋'
    )
}

/// What goes on in smaller steps: 5000万 behind 1亿, 5千 or 2000 behind 3万.
fn rest(chars: &[char], at: usize, larger: i32) -> Option<(Decimal, usize)> {
    let (value, end) = digits(chars, at)?;
    let places = i32::try_from(end - at).ok()?;
    let (smaller, end) = match power(chars, end) {
        Some((power, behind)) => (power, behind),
        None if places == 4 && larger == 4 => (0, end),
        None => return None,
    };
    let dated = smaller == 0 && matches!(char_at(chars, end), '年' | '-' | '.' | '/');
    (places + smaller <= larger && !dated).then(|| (Decimal::whole(value).scaled(smaller), end))
}
