//! A number with what it counts: money, shares, lengths of time, quantities; one, or from one to another.

use super::cursor::{after, after_any, char_at, char_before, past_range_mark, past_space};
use super::decimal::Decimal;
use super::found::{Context, Found, finite};
use super::judge::{self, Reading};
use super::numeral::{Numeral, Shape, numeral};
use super::qualifier::{self, Bound};
use super::units::UnitKind;
use crate::record::Label;

/// A number with its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Numeral,
    pub(super) unit: Option<(UnitKind, &'static str)>,
}

/// Currencies that stand before the number.
const SIGNS: &[(&str, &str)] = &[
    ("人民币", "CNY"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("HK$", "HKD"),
    ("HKD", "HKD"),
    ("NT$", "TWD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("¥", "CNY"),
    ("￥", "CNY"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// The value that begins at `at`.
pub(super) fn amount(cx: &Context<'_>, at: usize) -> Option<Found> {
    let first = term(cx, at)?;
    if let Some(found) = range(cx, &first) {
        return Some(found);
    }
    let ahead = qualifier::ahead(cx.chars, first.start, first.number.shape == Shape::Bare);
    let reading = Reading {
        term: &first,
        qualified: ahead.is_some(),
    };
    let label = judge::label(cx, &reading)?;
    let first = compound(cx, first);
    let value = first.number.value;
    let mut found = Found::new(label, first.start, first.end)
        .with_value(value)
        .with_bounds(first.number.low, first.number.high);
    if let Some((_, name)) = first.unit {
        found = found.with_unit(name);
    }
    if let Some(ahead) = &ahead {
        let mut ahead = ahead.clone();
        // 近三年 is the last three years, no less than three.
        if ahead.word == "近" && is_span_of_days(&first) {
            ahead.bound = Bound::Neither;
        }
        found.take(&ahead);
    }
    if let Some(vague) = first.number.vague {
        let low = matches!(vague, '多' | '余');
        let bound = if low { Bound::Low } else { Bound::Neither };
        found.qualify(vague.encode_utf8(&mut [0; 4]), bound);
    }
    if let Some(behind) = qualifier::behind(cx.chars, found.end) {
        found.take(&behind);
        if behind.word.ends_with("以上") {
            up_to(cx, &first, &mut found);
        }
    }
    changed(cx, &mut found);
    Some(found)
}

/// 三万元以上十万元以下: the second number is the upper bound of both.
fn up_to(cx: &Context<'_>, first: &Term, found: &mut Found) {
    let Some(second) = term(cx, found.end) else {
        return;
    };
    let bounds = first.number.value.zip(second.number.value);
    let behind = qualifier::behind(cx.chars, second.end).filter(|it| it.bound == Bound::High);
    if let (Some((low, high)), Some(behind)) = (bounds, behind)
        && let Some((kind, name)) = second.unit
        && (first.unit == second.unit || first.unit.is_none() && kind == UnitKind::Money)
        && low.less_than(high)
    {
        if kind == UnitKind::Money {
            found.label = Label::Money;
            found.quantity.unit = Some(name.to_owned());
        }
        found.end = behind.edge;
        found.quantity.value = None;
        found.quantity.low = finite(low);
        found.quantity.high = finite(high);
    }
}

fn is_span_of_days(term: &Term) -> bool {
    matches!(term.unit, Some((UnitKind::Time, "年" | "月" | "周" | "天")))
}

/// The direction of a change, where nothing else is said.
pub(super) fn changed(cx: &Context<'_>, found: &mut Found) {
    if found.quantity.qualifier.is_none()
        && found.label != Label::Duration
        && let Some(word) = qualifier::change(cx.chars, found.start)
    {
        found.qualify(word, Bound::Neither);
    }
}

/// A currency before the number, or a minus, and the number's place.
fn prefix(chars: &[char], at: usize) -> (usize, Option<&'static str>, bool) {
    let first = char_at(chars, at);
    if first.is_ascii_digit() || super::han::is_numeral(first) && first != '零' {
        return (at, None, false);
    }
    let mut signs = SIGNS.iter();
    if let Some((end, code)) = signs.find_map(|(sign, code)| Some((after(chars, at, sign)?, *code)))
    {
        return (past_space(chars, end), Some(code), false);
    }
    if let Some(end) = after(chars, at, "零下") {
        return (end, None, true);
    }
    if matches!(char_at(chars, at), '-' | '−' | '－' | '负') {
        return (at + 1, None, true);
    }
    (at, None, false)
}

/// The number at `at` with its unit.
pub(super) fn term(cx: &Context<'_>, at: usize) -> Option<Term> {
    let chars = cx.chars;
    let (begin, currency, negative) = prefix(chars, at);
    let mut number = if char_at(chars, begin) == '半' {
        half(begin)
    } else {
        numeral(chars, begin)?
    };
    let end = trailing(cx, &mut number);
    let (unit, end) = unit(cx, &mut number, end);
    let mut term = Term {
        start: at,
        end,
        number,
        unit,
    };
    if let Some(code) = currency {
        if unit.is_some_and(|(kind, _)| kind != UnitKind::Money) {
            term.end = number.end;
        }
        term.unit = Some((UnitKind::Money, code));
    }
    if negative {
        let degrees = matches!(term.unit, Some((UnitKind::Share, _) | (_, "摄氏度" | "度")));
        let own = !char_before(chars, at).is_ascii_alphanumeric() && char_before(chars, at) != '%';
        if !degrees || !own || char_at(chars, begin) == '半' {
            return None;
        }
        term.number.value = term.number.value.map(Decimal::negated);
    }
    if matches!(term.unit, Some((UnitKind::Share, "‰"))) {
        term.number.value = term.number.value.map(|value| value.scaled(-1));
        term.unit = Some((UnitKind::Share, "%"));
    }
    Some(term)
}

fn half(at: usize) -> Numeral {
    Numeral::exact(Decimal::with_fraction(5, 1), Shape::Han, at + 1)
}

/// Behind 多, 余 or 来 that stand between the number and its unit.
fn trailing(cx: &Context<'_>, number: &mut Numeral) -> usize {
    let at = past_space(cx.chars, number.end);
    let vague = char_at(cx.chars, at);
    if number.vague.is_some() || !matches!(vague, '多' | '余' | '来' | '几') {
        return number.end;
    }
    let behind = past_space(cx.chars, at + 1);
    let counted = cx.units.at(cx.chars, behind).is_some();
    let large =
        number.power > 0 && matches!(vague, '多' | '余') && char_at(cx.chars, behind) != '元';
    if !counted && !large {
        return number.end;
    }
    number.vague = Some(vague);
    number.end = at + 1;
    if vague == '几'
        && let Some(value) = number.value
    {
        number.low = value.plus(Decimal::whole(1));
        number.high = value.plus(Decimal::whole(9));
    }
    number.end
}

/// The unit behind a number, and 半 or 多 in or behind it.
fn unit(
    cx: &Context<'_>,
    number: &mut Numeral,
    at: usize,
) -> (Option<(UnitKind, &'static str)>, usize) {
    let chars = cx.chars;
    let begin = past_space(chars, at);
    if let Some(end) = split_unit(cx, number, begin) {
        return end;
    }
    let begin = if char_at(chars, begin) == '个' && is_large(chars, begin + 1) {
        return large(cx, number, begin + 1);
    } else {
        begin
    };
    let Some((unit, mut end)) = cx.units.at(chars, begin) else {
        return (None, number.end);
    };
    let measures = matches!(unit.kind, UnitKind::Time | UnitKind::Measure);
    match char_at(chars, end) {
        '半' if measures && add_half(number) => end += 1,
        '多' | '余' if measures && number.vague.is_none() && !is_more_word(chars, end) => {
            number.vague = Some(char_at(chars, end));
            end += 1;
        }
        _ => {}
    }
    (Some((unit.kind, unit.name)), end)
}

/// 多 of 多少, 多样, 多元.
fn is_more_word(chars: &[char], at: usize) -> bool {
    matches!(
        char_at(chars, at + 1),
        '少' | '样' | '元' | '次' | '种' | '数' | '项' | '方'
    )
}

fn add_half(number: &mut Numeral) -> bool {
    let sum = number
        .value
        .and_then(|value| value.plus(Decimal::with_fraction(5, 1)));
    let own = sum.filter(|_| number.vague.is_none());
    number.value = own.or(number.value);
    own.is_some()
}

/// 亿 of 3个亿, not of 3个亿元级 or 3个万亿级.
fn is_large(chars: &[char], at: usize) -> bool {
    let unit = after(chars, at + 1, "元").unwrap_or(at + 1);
    matches!(char_at(chars, at), '亿' | '万') && !matches!(char_at(chars, unit), '级' | '亿' | '达')
}

/// 3个亿.
fn large(
    cx: &Context<'_>,
    number: &mut Numeral,
    at: usize,
) -> (Option<(UnitKind, &'static str)>, usize) {
    let power = if char_at(cx.chars, at) == '亿' { 8 } else { 4 };
    number.value = number.value.map(|value| value.scaled(power));
    number.power = power;
    number.end = at + 1;
    match cx.units.at(cx.chars, at + 1) {
        Some((unit, end)) => (Some((unit.kind, unit.name)), end),
        None => (None, at + 1),
    }
}

/// Lengths of time that 半 and 多 stand before, behind 个.
const TIMES: &[(&str, &str)] = &[
    ("月", "月"),
    ("小时", "小时"),
    ("钟头", "小时"),
    ("星期", "周"),
    ("世纪", "世纪"),
    ("季度", "季度"),
];

/// 个半小时, 个多月.
fn split_unit(
    cx: &Context<'_>,
    number: &mut Numeral,
    at: usize,
) -> Option<(Option<(UnitKind, &'static str)>, usize)> {
    let chars = cx.chars;
    let vague = char_at(chars, at + 1);
    if char_at(chars, at) != '个' || !matches!(vague, '半' | '多' | '来' | '余') {
        return None;
    }
    let mut times = TIMES.iter();
    let (end, name) = times.find_map(|(form, name)| Some((after(chars, at + 2, form)?, *name)))?;
    if vague == '半' {
        add_half(number).then_some(())?;
    } else {
        number.vague = Some(vague);
    }
    Some((Some((UnitKind::Time, name)), end))
}

/// From one number to another: 3至5年, 10%—15%, 3~5万元.
fn range(cx: &Context<'_>, first: &Term) -> Option<Found> {
    let begin = past_range_mark(cx.chars, first.end)?;
    let second = term(cx, begin)?;
    let (_, name) = second.unit?;
    let alike = first.unit.is_none_or(|(_, own)| own == name);
    let vague = first.number.vague.or(second.number.vague).is_some();
    let own = first.number.is_arabic() == second.number.is_arabic();
    if !alike || vague || !own || first.number.shape == Shape::Bare {
        return None;
    }
    let high = second.number.value?;
    let mut low = first.number.value?;
    let shared = second.number.power;
    if first.unit.is_none() && first.number.power == 0 && shared > 0 {
        // 3至5万元: both count in 万.
        let scaled = low.scaled(shared);
        low = if scaled.less_than(high) { scaled } else { low };
    }
    if !low.less_than(high) {
        return None;
    }
    let reading = Reading {
        term: &Term {
            start: first.start,
            number: Numeral {
                shape: widest(&first.number, &second.number),
                ..second.number
            },
            ..second
        },
        qualified: true,
    };
    let label = judge::label(cx, &reading)?;
    let mut found = Found::new(label, first.start, second.end)
        .with_bounds(Some(low), Some(high))
        .with_unit(name);
    if let Some(ahead) = qualifier::ahead(cx.chars, first.start, false) {
        found.take(&ahead);
    }
    if let Some(behind) = qualifier::behind(cx.chars, found.end) {
        found.take(&behind);
    }
    changed(cx, &mut found);
    Some(found)
}

/// The shape of a range: that of its numbers, but 一 and 二 count in one.
fn widest(first: &Numeral, second: &Numeral) -> Shape {
    match (first.shape, second.shape) {
        (Shape::Positional, _) | (_, Shape::Positional) => Shape::Positional,
        (_, Shape::One | Shape::Two) => Shape::Han,
        (_, shape) => shape,
    }
}

/// Goes on with smaller units: 3元5角, 2小时30分钟, 1年6个月.
fn compound(cx: &Context<'_>, term: Term) -> Term {
    const STEPS: &[(&str, &[&str], i128, &str)] = &[
        ("小时", &["分钟", "分"], 60, "分钟"),
        ("分钟", &["秒钟", "秒"], 60, "秒"),
        ("年", &["个月"], 12, "月"),
    ];
    let (Some((kind, name)), None) = (term.unit, term.number.vague) else {
        return term;
    };
    if name == "CNY" {
        return coins(cx, term);
    }
    let mut steps = STEPS.iter();
    let Some((_, forms, factor, smaller)) = steps.find(|(unit, ..)| *unit == name) else {
        return term;
    };
    let sum = || {
        // 一年零三个月, 一年又三个月.
        let begin = after_any(cx.chars, term.end, &["零", "又"]).unwrap_or(term.end);
        let next = numeral(cx.chars, begin)?;
        let count = next.count().map(i128::from)?;
        let end = after_any(cx.chars, next.end, forms)?;
        let whole = term.number.value?.integer()?.checked_mul(*factor)?;
        (count < *factor).then_some((whole + count, end))
    };
    let Some((whole, end)) = sum() else {
        return term;
    };
    Term {
        end,
        number: Numeral {
            value: Some(Decimal::whole(whole)),
            ..term.number
        },
        unit: Some((kind, smaller)),
        ..term
    }
}

/// 5角, 5角2分 behind 元.
fn coins(cx: &Context<'_>, mut term: Term) -> Term {
    for (coin, places) in [('角', 1), ('分', 2)] {
        let Some(next) = numeral(cx.chars, term.end) else {
            break;
        };
        let small = next.count().filter(|count| *count < 10);
        let (Some(count), Some(value)) = (small, term.number.value) else {
            break;
        };
        if char_at(cx.chars, next.end) == coin {
            let part = Decimal::with_fraction(i128::from(count), places);
            term.number.value = value.plus(part);
            term.end = next.end + 1;
        }
    }
    term
}
