//! The scan: sentence by sentence, character by character, to where a value may begin.

use std::ops::ControlFlow;

use chrono::Datelike;

use super::super::model::Walker;
use super::amount::amount;
use super::clock::clock;
use super::cursor::{char_at, char_before, past_range_mark, past_space};
use super::date::date;
use super::found::{Context, Found};
use super::numeral::{near_end, run_end};
use super::ordinal::{first_places, ordinal};
use super::scan::{Special, Trigger, ValueScratch, may_follow, trigger};
use super::share::share;
use super::units::Units;
use super::words::{century, five_years, word};
use crate::record::{Document, Entity, Label, Method};
use crate::text::is_han;

/// Finds values. Made once; it never changes.
#[derive(Debug)]
pub struct Values {
    units: Units,
    special: Special,
}

impl Default for Values {
    fn default() -> Self {
        Self::new()
    }
}

impl Values {
    /// With the table of units.
    pub fn new() -> Self {
        Self {
            units: Units::new(),
            special: Special::new(),
        }
    }

    /// Adds the values of a document, in its order.
    pub fn find(&self, document: &Document, scratch: &mut ValueScratch, out: &mut Vec<Entity>) {
        let view = document.view();
        for (number, sentence) in (0..).zip(&document.sentences) {
            let text = sentence.span.of(view);
            if !scratch.fill(text, &self.special) {
                continue;
            }
            let mut walker = Walker::new(sentence.span, text);
            let mut context = Context {
                chars: &scratch.chars,
                units: &self.units,
                marks: &scratch.marks,
                published: document.published,
                month: None,
            };
            each(&mut context, &self.special, |found| {
                out.push(Entity {
                    sentence: number,
                    label: found.label,
                    span: walker.span(found.start, found.end),
                    quantity: Some(Box::new(found.quantity)),
                    titles: Vec::new(),
                    full: None,
                    concept: None,
                    method: Method::Rule,
                    score: 1.0,
                });
            });
        }
        scratch.forget();
    }
}

/// Gives the values of a sentence in order. Whatever fails to be one is passed as a whole, so that each character is read
/// a bounded number of times.
fn each(cx: &mut Context<'_>, special: &Special, mut put: impl FnMut(Found)) {
    let mut at = 0;
    let mut last = 0;
    while at < cx.chars.len() {
        let here = char_at(cx.chars, at);
        if !special.has(here) {
            at += 1;
            continue;
        }
        let trigger = trigger(here);
        if trigger == Trigger::Nothing || cx.marks.in_title(at) {
            at += 1;
            continue;
        }
        match at_trigger(cx, at, trigger) {
            ControlFlow::Break(mut found) => {
                // A qualifier before it may reach into the value before that: it stays with the first.
                found.start = found.start.max(last);
                remember(cx, &found);
                at = found.end.max(at + 1);
                last = at;
                put(found);
            }
            ControlFlow::Continue(next) => at = next.max(at + 1),
        }
    }
}

/// The value at a character, or where to go on.
fn at_trigger(cx: &Context<'_>, at: usize, trigger: Trigger) -> ControlFlow<Found, usize> {
    let found = match trigger {
        Trigger::Number => number(cx, at),
        // 零时 as well as 零下5度.
        Trigger::Sign if char_at(cx.chars, at) == '零' => clock(cx, at).or_else(|| amount(cx, at)),
        Trigger::Sign => amount(cx, at),
        Trigger::Order => order(cx, at),
        Trigger::Word => when(cx, at),
        Trigger::Letter => {
            return match amount(cx, at) {
                Some(found) if !char_before(cx.chars, at).is_ascii_alphanumeric() => {
                    ControlFlow::Break(found)
                }
                _ => ControlFlow::Continue(code_end(cx.chars, at)),
            };
        }
        Trigger::Nothing => None,
    };
    match found {
        Some(found) => ControlFlow::Break(found),
        None if trigger == Trigger::Number => ControlFlow::Continue(run_end(cx.chars, at)),
        None => ControlFlow::Continue(at + 1),
    }
}

/// What a number begins: what stands behind its digits tells which parts of the grammar are worth asking.
fn number(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    if is_inside_number_word(chars, at) {
        return None;
    }
    let end = near_end(chars, at);
    if is_bare(cx, at, end) {
        return None;
    }
    let next = char_at(chars, past_space(chars, end));
    let ranged = past_range_mark(chars, end).is_some();
    let date_like = ranged || matches!(next, '年' | '月' | '日' | '季' | '/' | '.' | '个' | '号');
    let clock_like = ranged || matches!(next, '时' | '点' | ':' | '：');
    let share_like = ranged || matches!(next, '分' | '成' | '数' | '半' | '/');
    let own = |asked: bool, part: fn(&Context<'_>, usize) -> Option<Found>| {
        if asked { part(cx, at) } else { None }
    };
    own(char_before(chars, end) == '五', five_years)
        .or_else(|| own(matches!(next, '世' | '年'), century))
        .or_else(|| own(date_like, date))
        .or_else(|| own(clock_like, clock))
        .or_else(|| own(share_like, share))
        .or_else(|| amount(cx, at))
}

/// Whether nothing behind a numeral in characters counts or goes on: 一定, 两国, 三大. Most numerals are such, and this is told at once.
fn is_bare(cx: &Context<'_>, at: usize, end: usize) -> bool {
    let next = char_at(cx.chars, end);
    let last = char_before(cx.chars, end);
    let goes_on = matches!(
        next,
        '点' | '分'
            | '成'
            | '年'
            | '月'
            | '日'
            | '时'
            | '世'
            | '季'
            | '至'
            | '到'
            | '多'
            | '余'
            | '来'
            | '几'
            | '半'
            | '号'
            | '数'
            | '个'
    );
    !char_at(cx.chars, at).is_ascii_digit()
        && super::han::is_numeral(last)
        && !matches!(last, '万' | '亿' | '五')
        && !goes_on
        && is_han(next)
        && !cx.units.begin(next)
}

/// What 第 begins.
fn order(cx: &Context<'_>, at: usize) -> Option<Found> {
    let end = near_end(cx.chars, past_space(cx.chars, at + 1));
    let found = match char_at(cx.chars, past_space(cx.chars, end)) {
        '季' => date(cx, at),
        '个' => five_years(cx, at),
        _ => None,
    };
    found.or_else(|| ordinal(cx, at))
}

/// What a word begins that says when, if the character behind it is one that may follow.
fn when(cx: &Context<'_>, at: usize) -> Option<Found> {
    let first = char_at(cx.chars, at);
    let next = char_at(cx.chars, at + 1);
    if first == '前' && !may_follow(first, next) {
        return part_behind_front(cx, at);
    }
    if !may_follow(first, next) {
        return None;
    }
    if first == '人' {
        return amount(cx, at);
    }
    clock(cx, at)
        .or_else(|| century(cx, at))
        .or_else(|| date(cx, at))
        .or_else(|| word(cx, at))
}

/// 前三季度, 前三名.
fn part_behind_front(cx: &Context<'_>, at: usize) -> Option<Found> {
    let begin = past_space(cx.chars, at + 1);
    if trigger(char_at(cx.chars, begin)) != Trigger::Number {
        return None;
    }
    date(cx, at).or_else(|| first_places(cx, at))
}

/// 人数, 上半, 年半, 好几: the character belongs to what stands before it.
fn is_inside_number_word(chars: &[char], at: usize) -> bool {
    let previous = char_before(chars, at);
    match char_at(chars, at) {
        '数' => "人总多少次户件岁个倍代函参指分系整奇偶基常变计读算无位级额因半大级点天字"
            .contains(previous),
        '半' if previous == '过' => char_at(chars, at + 1) != '数',
        '半' => "上下前后大多一折参对各占小".contains(previous),
        _ => false,
    }
}

/// The end of letters, digits and what joins them: a code, an address, a word.
fn code_end(chars: &[char], at: usize) -> usize {
    let run = chars.get(at..).unwrap_or_default();
    let joins = |char: &char| {
        char.is_ascii_alphanumeric()
            || matches!(
                char,
                '-' | '_' | '.' | '/' | '@' | '#' | '?' | '=' | '&' | '+' | '%' | '~'
            )
    };
    at + run.iter().take_while(|char| joins(char)).count().max(1)
}

/// Keeps the year and month of a date for those that leave it out.
fn remember(cx: &mut Context<'_>, found: &Found) {
    if found.label != Label::Date {
        return;
    }
    if let (Some(start), Some(end)) = (found.quantity.date_start, found.quantity.date_end) {
        let month = (start.year(), start.month());
        cx.month = (month == (end.year(), end.month())).then_some(month);
    }
}
