//! Spaces inside lines: which of them separate, and which are line ends of old or slips of a recogniser.
//!
//! ```text
//! 本报讯 市政府办公室 昨天上午召开会议,部 署防汛工作...
//!       |            |                  `- thirteen characters since the last one, and a word goes across: a former line end
//!       |            `- likewise, though the first piece is shorter by the indentation that was lost
//!       `- behind a dateline: a separator
//! ```
//!
//! Chinese is written without spaces, so that in prose a space between two Han characters is suspect; but names in a row, credits,
//! datelines, numbers of items, headlines and verse have them, and those stay. Two passes: the first finds the spaces that can't
//! be separators, the second takes their share in the document as evidence on the others.

use memchr::memchr;

use super::apply::{Confidences, Cut};
use super::class::{Class, first};
use super::lines::{Line, WIDEST};
use super::margin::{AGREED, Margin, more_even};
use super::marks::{
    is_blank, is_latin, is_mark, is_opening, is_pause, is_stop, never_begins, width,
};
use super::neighbours::{is_separator, particles};
use super::words::{Seam, Words};
use crate::record::EditRule;
use crate::text::{han_prefix, is_han};

/// Columns of the narrowest column.
const NARROWEST: u16 = 18;
/// Columns by which a former line may miss its margin.
const RAGGED: u16 = 3;
/// Spaces on which the dictionary is asked in the first pass.
const SAMPLE: usize = 64;
/// Spaces whose surroundings are looked for elsewhere in the text.
const SOUGHT: usize = 16;
/// Characters on either side that are looked for.
const AROUND: usize = 4;
/// Score from which on a space is surely none.
const SURE: f32 = 1.5;

/// What stands on both sides of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sides {
    /// Chinese characters or marks.
    Chinese,
    /// Chinese on one side, Latin on the other.
    Mixed,
    /// Parts of a figure.
    Digits,
}

/// A run of spaces inside a line.
#[derive(Debug)]
pub(super) struct Space {
    line: u32,
    /// Its first byte.
    at: u32,
    len: u16,
    sides: Sides,
    /// Columns since the suspect before, or the line's beginning.
    columns: u16,
    /// The same in characters, each as two columns.
    chars: u16,
    score: f32,
}

/// What the spaces of a text say.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Share of the suspects that surely are no separators, 0 to 1.
    pub(super) broken: f32,
    /// Whether Han characters and Latin words have spaces between them.
    pub(super) spaced_latin: bool,
}

/// Judges the spaces inside `lines`; adds those that are to be taken out to `cuts`, in order.
/// `spaces` is memory.
pub(super) fn find(
    text: &str,
    lines: &[Line],
    words: &mut Words,
    spaces: &mut Vec<Space>,
    cuts: &mut Vec<Cut>,
) -> Found {
    spaces.clear();
    for (number, line) in lines.iter().enumerate() {
        collect(
            line.of(text),
            u32::try_from(number).unwrap_or(u32::MAX),
            line.start,
            spaces,
        );
    }
    if spaces.is_empty() {
        return Found::default();
    }
    // A long text comes in parts, and each part is searched by itself.
    let part = lines.first().zip(lines.last());
    let part = part.and_then(|(first, last)| text.get(first.start as usize..last.end as usize));
    let part = part.unwrap_or_default();
    let spaced_latin = spaced_latin(part, spaces);
    measure(text, lines, spaces, spaced_latin);
    let broken = ask(text, lines, spaces, words);
    let mut confidences = Confidences::default();
    let mut sought = 0;
    for (number, space) in spaces.iter().enumerate() {
        let mut score = space.score + 2.0 * broken;
        let doubtful = score.abs() < SURE && space.sides == Sides::Chinese;
        if number >= SAMPLE && doubtful {
            score += seam(text, lines, space, words);
        }
        if doubtful && score < 0.0 && sought < SOUGHT {
            sought += 1;
            score += if is_repeated(text, part, lines, space) {
                3.0
            } else {
                0.0
            };
        }
        if score > 0.0 {
            let end = space.at + u32::from(space.len);
            let confidence = confidences.of(score);
            cuts.push(Cut::new(space.at, end, EditRule::InnerSpace, confidence));
        }
    }
    Found {
        broken,
        spaced_latin,
    }
}

/// Asks the dictionary about some doubtful spaces, and tells the share of those between Chinese that surely are no separators.
fn ask(text: &str, lines: &[Line], spaces: &mut [Space], words: &mut Words) -> f32 {
    let doubtful = |space: &&mut Space| {
        space.sides == Sides::Chinese && space.score > -2.0 && space.score < SURE
    };
    for space in spaces.iter_mut().filter(doubtful).take(SAMPLE) {
        space.score += seam(text, lines, space, words);
    }
    let sure = spaces.iter().filter(|space| space.score >= SURE).count();
    let pool = |space: &&Space| space.sides == Sides::Chinese && space.score > -2.0;
    let pool = spaces.iter().filter(pool).count();
    if sure >= 2 {
        share(sure, pool + 1)
    } else {
        0.0
    }
}

fn share(part: usize, whole: usize) -> f32 {
    let figure = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    if whole > usize::from(u16::MAX) {
        return share(part / 64, whole / 64);
    }
    (figure(part) / figure(whole).max(1.0)).min(1.0)
}

/// The spaces of a line that may be none.
fn collect(line: &str, number: u32, start: u32, spaces: &mut Vec<Space>) {
    let (mut columns, mut count): (u16, u16) = (0, 0);
    let (mut before, mut last) = ('\0', '\0');
    let mut from = 0;
    while let Some(len) = memchr(b' ', line.as_bytes().get(from..).unwrap_or_default()) {
        let at = from + len;
        let piece = line.get(from..at).unwrap_or_default();
        let mut chars = piece.chars().rev();
        if let Some(char) = chars.next() {
            (before, last) = (chars.next().unwrap_or(last), char);
        }
        add_widths(piece, &mut columns, &mut count);
        let rest = line.get(at..).unwrap_or_default();
        let blanks = rest.bytes().take_while(|byte| *byte == b' ').count();
        let len = u16::try_from(blanks).unwrap_or(u16::MAX);
        from = at + blanks;
        let next = line.get(from..).and_then(|rest| rest.chars().next());
        if let Some(sides) = sides(before, last, next.unwrap_or('\0')) {
            let at = start + u32::try_from(at).unwrap_or_default();
            spaces.push(Space {
                line: number,
                at,
                len,
                sides,
                columns,
                chars: count,
                score: 0.0,
            });
            (columns, count) = (0, 0);
            continue;
        }
        columns = columns.saturating_add(len).min(WIDEST + 1);
        count = count.saturating_add(len.saturating_mul(2)).min(WIDEST + 1);
    }
}

/// Adds the width of a piece without spaces, in columns and in characters of two columns each. What is wider than any column
/// is not looked at to its end.
fn add_widths(piece: &str, columns: &mut u16, count: &mut u16) {
    const ENOUGH: u16 = WIDEST + 1;
    let mut add = |chars: u16, each: u16| {
        *columns = columns
            .saturating_add(chars.saturating_mul(each))
            .min(ENOUGH);
        *count = count.saturating_add(chars.saturating_mul(2)).min(ENOUGH);
        *columns < ENOUGH || *count < ENOUGH
    };
    let mut rest = piece;
    loop {
        let bytes = han_prefix(rest, ENOUGH.into());
        if bytes > 0 && !add(u16::try_from(bytes / 3).unwrap_or(ENOUGH), 2) {
            return;
        }
        rest = rest.get(bytes..).unwrap_or_default();
        let Some((class, bytes)) = first(rest) else {
            return;
        };
        rest = rest.get(bytes..).unwrap_or_default();
        if !add(1, 1 + u16::from(class.has(Class::WIDE))) {
            return;
        }
    }
}

/// A space is a suspect between Chinese, beside it, and within a number.
fn sides(before: char, last: char, next: char) -> Option<Sides> {
    let chinese = |char: char| is_han(char) || width(char) == 2;
    let figure = match (last, next) {
        ('.', next) => before.is_ascii_digit() && next.is_ascii_digit(),
        (last, next) => {
            last.is_ascii_digit() && (next.is_ascii_digit() || matches!(next, '.' | '%'))
        }
    };
    if figure {
        return Some(Sides::Digits);
    }
    if is_blank(last) || is_blank(next) || last == '.' {
        return None;
    }
    match (chinese(last), chinese(next)) {
        (true, false) if is_latin(next) => Some(Sides::Mixed),
        (false, true) if is_latin(last) => Some(Sides::Mixed),
        (true, _) | (_, true) => Some(Sides::Chinese),
        _ => None,
    }
}

/// Whether most places where Han characters and Latin words meet have a space.
fn spaced_latin(text: &str, spaces: &[Space]) -> bool {
    let mixed = spaces
        .iter()
        .filter(|space| space.sides == Sides::Mixed)
        .take(SAMPLE * 4)
        .count();
    if mixed == 0 {
        return false;
    }
    let (mut close, mut last) = (0, ' ');
    for char in text.chars() {
        if is_latin(char) && is_han(last) || is_han(char) && is_latin(last) {
            close += 1;
            if close >= mixed {
                return false;
            }
        }
        last = char;
    }
    true
}

/// Gives each space the score of its own evidence.
fn measure(text: &str, lines: &[Line], spaces: &mut [Space], spaced_latin: bool) {
    let (pieces, margins) = rhythm(spaces, spaced_latin);
    let (mut line, mut carried) = (u32::MAX, 0);
    let mut prose = false;
    for (number, space) in spaces.iter_mut().enumerate() {
        let of = lines.get(space.line as usize);
        let whole = of.map_or("", |line| line.of(text));
        if space.line != line {
            (line, carried) = (space.line, 0);
            prose = of.is_some_and(Line::is_long) && whole.contains(is_mark)
                || of.is_some_and(Line::is_marked);
        }
        let margin = margins.get(number).copied().unwrap_or_default();
        let first = of.is_some_and(|line| space.at - line.start < 150) && carried == 0;
        let (before, after) = around(text, of, space);
        // A word that did not fit was carried to the next line.
        let word: u16 = after
            .chars()
            .take_while(|char| is_latin(*char) || matches!(char, '.' | '%'))
            .take(16)
            .map(width)
            .sum();
        let piece = pieces.get(number).copied().unwrap_or_default();
        let full = [word.saturating_sub(1), 0].into_iter().any(|word| {
            let columns = piece + word;
            is_full(columns, margin, first)
                || carried > 0 && is_full(carried + columns, margin, true)
        });
        space.score = evidence(before, after, space.len, prose) + if full { 2.5 } else { 0.0 };
        space.score -= match space.sides {
            Sides::Chinese => 0.0,
            Sides::Mixed if spaced_latin => 4.0,
            Sides::Mixed => 2.0,
            Sides::Digits => 2.5,
        };
        carried = match full {
            true => 0,
            false if piece == 0 => carried,
            false => (carried + piece + 1).min(WIDEST),
        };
    }
}

/// The widths of the pieces before the spaces, and the margins that they have together; in columns or in characters, as they are
/// more even. Where Latin words have spaces around them anyway, those cut no pieces.
fn rhythm(spaces: &[Space], spaced_latin: bool) -> (Vec<u16>, Vec<Margin>) {
    let pieces = |by_chars| -> Vec<u16> {
        let (mut pending, mut line) = (0, u32::MAX);
        let piece = |space: &Space| {
            let before = if space.line == line { pending } else { 0 };
            line = space.line;
            let width = before + if by_chars { space.chars } else { space.columns };
            pending = 0;
            if spaced_latin && space.sides != Sides::Chinese {
                pending = (width + 1).min(WIDEST + 1);
                return 0;
            }
            // A piece wider than any column is no former line.
            if width > WIDEST { 0 } else { width }
        };
        spaces.iter().map(piece).collect()
    };
    let (columns, chars) = (pieces(false), pieces(true));
    let (by_chars, margins) = more_even(&columns, &chars);
    (if by_chars { chars } else { columns }, margins)
}

/// Whether a piece of so many columns fills its margin. The first of a paragraph may have lost its indentation.
fn is_full(columns: u16, margin: Margin, first: bool) -> bool {
    margin.columns >= NARROWEST
        && margin.support >= AGREED
        && columns <= margin.columns + RAGGED
        && columns + RAGGED + if first { 4 } else { 0 } >= margin.columns
}

/// The line up to a space, and from it on.
fn around<'t>(text: &'t str, line: Option<&Line>, space: &Space) -> (&'t str, &'t str) {
    let Some(line) = line else { return ("", "") };
    let at = space.at as usize;
    let before = text.get(line.start as usize..at).unwrap_or_default();
    let after = text
        .get(at + usize::from(space.len)..line.end as usize)
        .unwrap_or_default();
    (before, after)
}

/// What marks and particles around a space say.
fn evidence(before: &str, after: &str, len: u16, prose: bool) -> f32 {
    let last = before.chars().next_back().unwrap_or_default();
    let next = after.chars().next().unwrap_or_default();
    if never_begins(next) && (is_han(last) || last.is_ascii_digit()) {
        return if width(next) == 2 { 3.0 } else { 1.5 };
    }
    if is_separator(before, after, prose) {
        return -6.0;
    }
    let mut score = if prose { 0.0 } else { -1.5 };
    score += match last {
        last if is_opening(last) => 3.0,
        last if is_pause(last) && width(last) == 2 => 1.5,
        last if is_stop(last) => -0.5,
        _ => 0.0,
    };
    score += particles(last, next);
    score
        - match len {
            1 => 0.0,
            2 => 1.5,
            _ => 3.0,
        }
}

/// Whether this part of the text has the same characters without the space elsewhere: a headline and the sentence it was taken from.
fn is_repeated(text: &str, part: &str, lines: &[Line], space: &Space) -> bool {
    let (before, after) = around(text, lines.get(space.line as usize), space);
    let left = before.char_indices().rev().nth(AROUND - 1);
    let right = after.char_indices().nth(AROUND);
    let (Some((left, _)), Some((right, _))) = (left, right) else {
        return false;
    };
    let mut sought = before.get(left..).unwrap_or_default().to_owned();
    sought.push_str(after.get(..right).unwrap_or_default());
    sought.chars().all(is_han) && part.contains(&sought)
}

fn seam(text: &str, lines: &[Line], space: &Space, words: &mut Words) -> f32 {
    let (before, after) = around(text, lines.get(space.line as usize), space);
    match words.seam(before, after) {
        Seam::Across => 2.0,
        Seam::Between => -0.7,
        Seam::Unknown => 0.0,
    }
}
