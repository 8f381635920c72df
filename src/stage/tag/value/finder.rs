//! The scan: sentence by sentence, character by character, to where a value may begin.

use std::ops::ControlFlow;

use chrono::Datelike;

use super::super::model::Walker;
use super::amount::amount;
use super::clock::clock;
use super::cursor::{char_at, char_before};
use super::date::date;
use super::found::{Context, Found};
use super::marks::Marks;
use super::numeral::run_end;
use super::ordinal::{first_places, ordinal};
use super::share::share;
use super::units::Units;
use super::words::{century, five_years, word};
use crate::record::{Document, Entity, Label, Method};

/// Characters for which memory is kept from document to document: what a huge one needs is given back.
const KEPT: usize = 1 << 16;

/// Finds values. Made once; it never changes.
#[derive(Debug)]
pub struct Values {
    units: Units,
}

/// A worker's memory.
#[derive(Debug, Default)]
pub struct ValueScratch {
    chars: Vec<char>,
    marks: Marks,
}

/// What may begin at a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trigger {
    Nothing,
    /// A number of any kind.
    Number,
    /// A currency or sign before one.
    Sign,
    /// A word that says when.
    Word,
    /// 第.
    Order,
    /// A Latin letter.
    Letter,
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
        }
    }

    /// Adds the values of a document, in its order.
    pub fn find(&self, document: &Document, scratch: &mut ValueScratch, out: &mut Vec<Entity>) {
        let view = document.view();
        for (number, sentence) in (0..).zip(&document.sentences) {
            let text = sentence.span.of(view);
            if !fill(scratch, text) {
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
            each(&mut context, |found| {
                out.push(Entity {
                    sentence: number,
                    label: found.label,
                    span: walker.span(found.start, found.end),
                    quantity: Some(Box::new(found.quantity)),
                    titles: Vec::new(),
                    concept: None,
                    method: Method::Rule,
                    score: 1.0,
                });
            });
        }
        if scratch.chars.capacity() > KEPT {
            *scratch = ValueScratch::default();
        }
    }
}

/// Reads a sentence: full-width digits, letters and signs as those of half width. Whether anything may be a value in it.
fn fill(scratch: &mut ValueScratch, text: &str) -> bool {
    scratch.chars.clear();
    scratch.marks.clear();
    let mut any = false;
    for (at, char) in text.chars().enumerate() {
        let char = narrow(char);
        any |= trigger(char) != Trigger::Nothing;
        scratch.marks.step(at, char);
        scratch.chars.push(char);
    }
    any
}

/// The half-width form of digits, letters and the signs of numbers; commas and brackets keep their width.
fn narrow(char: char) -> char {
    match char {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '＋' | '－' | '＄' => {
            char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char)
        }
        '○' => '〇',
        _ => char,
    }
}

/// What may begin at a character.
fn trigger(char: char) -> Trigger {
    match char {
        '0'..='9' => Trigger::Number,
        'A'..='Z' | 'a'..='z' => Trigger::Letter,
        '$' | '¥' | '￥' | '€' | '£' | '-' | '−' => Trigger::Sign,
        ..'\u{3000}' => Trigger::Nothing,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
        | '万' | '亿' | '两' | '半' | '几' | '数' | '〇' | '廿' | '卅' | '壹' | '贰' | '叁'
        | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' => Trigger::Number,
        '第' => Trigger::Order,
        '零' | '负' => Trigger::Sign,
        '今' | '去' | '前' | '明' | '后' | '本' | '上' | '下' | '当' | '同' | '次' | '翌'
        | '这' | '大' | '昨' | '日' | '近' | '周' | '星' | '礼' | '除' | '春' | '元' | '清'
        | '端' | '中' | '重' | '腊' | '国' | '劳' | '儿' | '建' | '教' | '农' | '阴' | '正'
        | '年' | '岁' | '公' | '凌' | '早' | '午' | '傍' | '晚' | '夜' | '深' | '人' | '冬' => {
            Trigger::Word
        }
        _ => Trigger::Nothing,
    }
}

/// Gives the values of a sentence in order. Whatever fails to be one is passed as a whole, so that each character is read
/// a bounded number of times.
fn each(cx: &mut Context<'_>, mut put: impl FnMut(Found)) {
    let mut at = 0;
    let mut last = 0;
    while at < cx.chars.len() {
        let trigger = trigger(char_at(cx.chars, at));
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
        Trigger::Sign => share(cx, at).or_else(|| amount(cx, at)),
        Trigger::Order => date(cx, at)
            .or_else(|| five_years(cx, at))
            .or_else(|| ordinal(cx, at)),
        Trigger::Word => clock(cx, at)
            .or_else(|| century(cx, at))
            .or_else(|| date(cx, at))
            .or_else(|| word(cx, at))
            .or_else(|| first_places(cx, at))
            .or_else(|| {
                if char_at(cx.chars, at) == '人' {
                    amount(cx, at)
                } else {
                    None
                }
            }),
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
        None if matches!(trigger, Trigger::Number) => ControlFlow::Continue(run_end(cx.chars, at)),
        None => ControlFlow::Continue(at + 1),
    }
}

fn number(cx: &Context<'_>, at: usize) -> Option<Found> {
    if is_inside_number_word(cx.chars, at) {
        return None;
    }
    five_years(cx, at)
        .or_else(|| century(cx, at))
        .or_else(|| date(cx, at))
        .or_else(|| clock(cx, at))
        .or_else(|| share(cx, at))
        .or_else(|| amount(cx, at))
}

/// 人数, 上半, 年半, 好几: the character belongs to what stands before it.
fn is_inside_number_word(chars: &[char], at: usize) -> bool {
    let previous = char_before(chars, at);
    match char_at(chars, at) {
        '数' => "人总多少次户件岁个倍代函参指分系整奇偶基常变计读算无位级额因半大级点天字"
            .contains(previous),
        '半' => "上下前后大多一过折参对各占小".contains(previous),
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
                '-' | '_' | '.' | '/' | ':' | '@' | '#' | '?' | '=' | '&' | '+' | '%' | '~'
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
