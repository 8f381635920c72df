//! Chinese numerals.

use super::cursor::char_at;
use super::decimal::{DIGITS, Decimal};
use super::numeral::{Numeral, Shape};
use crate::text::han_digit;

/// Whether a character may stand in a Chinese numeral.
pub(super) fn is_numeral(char: char) -> bool {
    digit(char).is_some()
        || matches!(
            char,
            '零' | '〇' | '十' | '拾' | '百' | '佰' | '千' | '仟' | '万' | '亿' | '廿' | '卅'
        )
}

/// 一 to 九, as banks write them, too, and 两.
pub(super) fn digit(char: char) -> Option<i128> {
    let formal = match char {
        '壹' => 1,
        '两' | '贰' => 2,
        '叁' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return han_digit(char).map(i128::from),
    };
    Some(formal)
}

/// A digit of a number that is written digit by digit.
pub(super) fn place_digit(char: char) -> Option<i128> {
    match char {
        '零' | '〇' => Some(0),
        '两' => None,
        _ => digit(char),
    }
}

/// What a digit is multiplied by.
fn step(char: char) -> Option<i128> {
    match char {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// Digits that stand for "one or the other": 两三, 七八, 三五.
fn is_pair(one: i128, two: i128) -> bool {
    two == one + 1 || (one, two) == (3, 5)
}

/// 万, 亿, 万亿 as a power of ten, and their end.
fn power(chars: &[char], at: usize) -> Option<(u32, usize)> {
    match (char_at(chars, at), char_at(chars, at + 1)) {
        ('万', '亿') => Some((12, at + 2)),
        // 万万 is what older texts have for 亿.
        ('万', '万') => Some((8, at + 2)),
        ('万', _) => Some((4, at + 1)),
        ('亿', _) => Some((8, at + 1)),
        _ => None,
    }
}

/// The Chinese numeral that begins at `at`.
pub(super) fn numeral(chars: &[char], at: usize) -> Option<Numeral> {
    if let Some(found) = positional(chars, at) {
        return Some(found);
    }
    if char_at(chars, at) == '零' && char_at(chars, at + 1) == '点' {
        let mut found = Numeral::exact(Decimal::whole(0), Shape::Han, at + 1);
        pointed(chars, &mut found);
        return (found.end > at + 1).then_some(found);
    }
    let mut found = structured(chars, at)?;
    if char_at(chars, found.end) == '点' && found.vague.is_none() {
        pointed(chars, &mut found);
    }
    Some(found)
}

/// Digit by digit: three and more, or two that are no pair.
fn positional(chars: &[char], at: usize) -> Option<Numeral> {
    let mut value = 0;
    let mut end = at;
    while let Some(digit) = place_digit(char_at(chars, end)) {
        if end - at == DIGITS {
            return None;
        }
        value = value * 10 + digit;
        end += 1;
    }
    let next = char_at(chars, end);
    let structured = step(next).is_some() || power(chars, end).is_some();
    let pair = || {
        let (one, two) = (digit(char_at(chars, at)), digit(char_at(chars, at + 1)));
        one.zip(two).is_some_and(|(one, two)| is_pair(one, two))
    };
    let whole = match end - at {
        0 | 1 => false,
        2 => !structured && !pair(),
        _ => !structured,
    };
    whole.then(|| Numeral::exact(Decimal::whole(value), Shape::Positional, end))
}

/// What is below 万: between `low` and `high`.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    low: i128,
    high: i128,
    /// Before the vague part: 10 of 十几.
    base: i128,
    vague: Option<char>,
    /// 两三 and the like.
    pair: bool,
    /// A single digit, and none of the steps.
    single: bool,
    /// Began with 零.
    zero: bool,
    end: usize,
}

impl Section {
    fn add(&mut self, low: i128, high: i128, length: usize) {
        self.base = self.low;
        self.low += low;
        self.high += high;
        self.end += length;
    }
}

/// The section at `at`; 零 begins one only if it is `part` of a larger number.
fn section(chars: &[char], at: usize, part: bool) -> Option<Section> {
    let mut found = Section {
        end: at,
        ..Section::default()
    };
    let mut scale = 10_000;
    let mut zero = false;
    loop {
        let here = char_at(chars, found.end);
        let next = char_at(chars, found.end + 1);
        if matches!(here, '零' | '〇') {
            let inside = found.end > at || part;
            if !inside || digit(next).is_none() && next != '十' {
                break;
            }
            found.zero |= found.end == at;
            found.end += 1;
            zero = true;
        } else if let Some(tens) = tens(here).filter(|_| scale > 10) {
            found.add(tens, tens, 1);
            scale = 10;
        } else if matches!(here, '几' | '数') {
            vague(chars, &mut found, scale, at);
            break;
        } else if let Some(one) = digit(here) {
            let Some(smaller) = with_digit(chars, &mut found, one, (scale, zero)) else {
                break;
            };
            scale = smaller;
            zero = false;
        } else {
            break;
        }
    }
    (found.end > at && found.high > 0).then_some(found)
}

/// 十, 廿 and 卅 by themselves.
fn tens(char: char) -> Option<i128> {
    match char {
        '十' | '拾' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// 几十, 数百, 十几; 几 and 数 before 万.
fn vague(chars: &[char], found: &mut Section, scale: i128, at: usize) {
    let here = char_at(chars, found.end);
    let start = found.end == at;
    if let Some(step) = step(char_at(chars, found.end + 1)).filter(|step| *step < scale && start) {
        found.add(2 * step, 10 * step - 1, 2);
    } else if scale == 10 && here == '几' {
        found.add(1, 9, 1);
    } else if start && power(chars, found.end + 1).is_some() {
        found.add(2, 9, 1);
    } else {
        return;
    }
    found.vague = Some(here);
}

/// A digit with its step; the step, where more may follow.
fn with_digit(
    chars: &[char],
    found: &mut Section,
    one: i128,
    (scale, zero): (i128, bool),
) -> Option<i128> {
    let next = char_at(chars, found.end + 1);
    let behind = char_at(chars, found.end + 2);
    let fresh = scale == 10_000;
    if let Some(two) = digit(next).filter(|two| is_pair(one, *two)) {
        let own = step(behind).filter(|step| *step < scale);
        if let Some(step) = own {
            found.add(one * step, two * step, 3);
        } else if fresh || scale == 10 {
            found.add(one, two, 2);
        } else {
            return None;
        }
        found.pair = true;
        return None;
    }
    if let Some(step) = step(next).filter(|step| *step < scale) {
        found.add(one * step, one * step, 2);
        return Some(step);
    }
    if fresh || zero || scale == 10 {
        found.single = fresh;
        found.add(one, one, 1);
    } else if one > 1 && !is_numeral(next) {
        // 一百二, 三千五: tens of what stands before.
        found.add(one * scale / 10, one * scale / 10, 1);
    }
    None
}

/// Sections with 万 and 亿.
fn structured(chars: &[char], at: usize) -> Option<Numeral> {
    let mut total = (0i128, 0i128);
    let mut scale = i128::MAX;
    let mut at_end = at;
    let mut last = Section::default();
    let mut last_power = 0;
    let mut alone = false;
    let mut vague = None;
    loop {
        let part = if at_end == at {
            first(chars, at, &mut alone)?
        } else {
            match section(chars, at_end, true) {
                Some(part) => part,
                None => break,
            }
        };
        let inside = matches!(char_at(chars, part.end), '余' | '多' | '来')
            && power(chars, part.end + 1).is_some();
        let (power, end) = power(chars, part.end + usize::from(inside)).unwrap_or((0, part.end));
        let factor = 10i128.pow(power);
        if power == 8 && scale == 10_000 {
            // 一万零五百亿: both count in 亿.
            total = (
                (total.0 + part.low) * factor,
                (total.1 + part.high) * factor,
            );
            (last, last_power, at_end) = (Section::default(), power, end);
            vague = inside.then(|| char_at(chars, part.end));
            break;
        }
        if factor >= scale {
            break;
        }
        let short = power == 0 && part.single && !part.zero && scale != i128::MAX;
        if short && (part.low == 1 || is_numeral(char_at(chars, end))) {
            break;
        }
        let factor = if short { scale / 10 } else { factor };
        vague = inside.then(|| char_at(chars, part.end)).or(part.vague);
        let base = total.0 + part.base * factor;
        total = (total.0 + part.low * factor, total.1 + part.high * factor);
        last = Section { base, ..part };
        (last_power, scale, at_end) = (power, factor, end);
        if power == 0 || vague.is_some() || part.pair {
            break;
        }
    }
    let shape = if alone {
        Shape::Bare
    } else {
        shape(chars, at, at_end)
    };
    let mut found = Numeral::exact(Decimal::whole(total.0), shape, at_end);
    found.power = i32::try_from(last_power).unwrap_or_default();
    found.vague = vague;
    if last.pair || last.vague.is_some() {
        found.low = Some(Decimal::whole(total.0));
        found.high = Some(Decimal::whole(total.1));
        found.value = (last.base > 0 && !last.pair).then(|| Decimal::whole(last.base));
    }
    Some(found)
}

/// The shape of a numeral that has a number.
fn shape(chars: &[char], at: usize, end: usize) -> Shape {
    match char_at(chars, at) {
        '一' if end == at + 1 => Shape::One,
        '二' if end == at + 1 => Shape::Two,
        _ => Shape::Han,
    }
}

/// The first section; a power by itself counts once.
fn first(chars: &[char], at: usize, alone: &mut bool) -> Option<Section> {
    if let Some(found) = section(chars, at, false) {
        return Some(found);
    }
    let here = char_at(chars, at);
    let hundreds = step(here).filter(|step| *step > 10);
    *alone = true;
    let (low, end) = match hundreds {
        Some(step) => (step, at + 1),
        None => power(chars, at).map(|_| (1, at))?,
    };
    Some(Section {
        low,
        high: low,
        end,
        ..Section::default()
    })
}

/// 点六 behind 三, and the powers behind that.
fn pointed(chars: &[char], found: &mut Numeral) {
    let start = found.end + 1;
    let mut fraction = 0;
    let mut end = start;
    while let Some(digit) = place_digit(char_at(chars, end)).filter(|_| end - start < DIGITS / 2) {
        fraction = fraction * 10 + digit;
        end += 1;
    }
    let minutes = matches!(char_at(chars, end), '分' | '刻') && char_at(chars, end + 1) != '之';
    let steps = step(char_at(chars, end)).is_some();
    let whole = found.value.and_then(Decimal::integer);
    let (Some(whole), false) = (whole, end == start || minutes || steps) else {
        return;
    };
    let places = end - start;
    let Ok(shift) = u32::try_from(places) else {
        return;
    };
    let mantissa = 10i128
        .checked_pow(shift)
        .and_then(|shift| whole.checked_mul(shift))
        .and_then(|whole| whole.checked_add(fraction));
    let Some(mantissa) = mantissa else { return };
    let (power, end) = power(chars, end).unwrap_or((0, end));
    let power = i32::try_from(power).unwrap_or_default();
    *found = Numeral {
        power,
        ..Numeral::exact(
            Decimal::with_fraction(mantissa, places).scaled(power),
            Shape::Han,
            end,
        )
    };
}
