//! A line end in a column of running text: what speaks for the machine, and what for the writer.
//!
//! All figures are logarithms of odds and add up. A line that is full and ends in mid-sentence scores about five; the last line of
//! a paragraph, short and with a full stop, minus five. What is rare but telling (a mark that no line begins with, a bracket left
//! open) weighs more than what is common.

use super::lines::Line;
use super::marks::{End, is_figure, is_latin, is_opening, never_begins, width};
use super::neighbours::particles;
use super::pair::Pair;
use super::regions::Region;
use super::starts::Start;

/// Columns of a word that was carried to the next line, at most.
const CARRIED: u16 = 24;

/// The score in a column of running text.
pub(super) fn wrapped(pair: &Pair<'_>, region: &Region, text: &str, gapped: bool) -> f32 {
    let Pair { line, next, .. } = *pair;
    let lead = if region.exact { 2 } else { lead(next.of(text)) };
    let set_in = line.indent > region.base && region.indents;
    let lost = region.sheds
        && pair.paragraph.first
        && line.indent <= region.base + 4
        && (line.is_open_ended() || set_in);
    let slack = region.slack(line) - i32::from(lead.saturating_sub(2)) - if lost { 4 } else { 0 };
    let room = slack > if region.tight { 1 } else { 3 };
    let mut score = region.odds.min(1.0);
    score += match region.slack(line) {
        ..-4 => -2.0,
        _ if region.odds < 0.0 => fullness(slack, region).min(1.0),
        _ => fullness(slack, region),
    };
    score += match line.ends {
        End::Open => 4.0,
        // In verse, lines end with commas, too.
        End::Pause if region.odds < 0.0 => 1.0,
        End::Pause => 2.5,
        End::Han | End::Latin => 1.5,
        End::Closed => 0.5,
        End::Other => 0.0,
        End::Semicolon if room => -2.0,
        End::Semicolon => -0.5,
        End::Stop | End::Colon if room => -3.0,
        End::Stop | End::Colon => -1.0,
    };
    if pair.paragraph.is_open() {
        score += 1.5;
    }
    if gapped && next.gap == 0 && !line.is_open_ended() {
        score += match region.slack(line) {
            ..=4 => 4.0,
            5..=8 => 2.0,
            _ => 0.5,
        };
    }
    if next.gap > 0 && !(region.spaced && next.gap == 1) {
        score -= if next.gap == 1 { 2.5 } else { 3.5 };
    }
    if next.ruled || line.ruled {
        score -= 3.0;
    }
    score + ends(pair) + indentation(pair, region) + beginning(pair, !room) + heading(pair, region)
}

/// What the characters on both sides of the line end say.
pub(super) fn ends(pair: &Pair<'_>) -> f32 {
    let (last, next) = (pair.line.last, pair.next.first);
    let number = is_figure(last) && is_figure(next);
    particles(last, '\0') * 2.0 + if number { 2.0 } else { 0.0 }
}

fn indentation(pair: &Pair<'_>, region: &Region) -> f32 {
    let Pair { line, next, .. } = *pair;
    if next.indent > line.indent + 1 {
        // The lines of an item are set in under its text.
        let hangs = pair.paragraph.begins == Start::Item
            && pair.paragraph.first
            && next.begins != Start::Item;
        return if hangs { -0.5 } else { -4.5 };
    }
    if next.indent >= region.base + 2
        && next.indent == line.indent
        && region.indents
        && pair.paragraph.begins == Start::Item
    {
        return -3.0;
    }
    if line.indent > region.base + 8 {
        return -2.0;
    }
    match region.indents && next.indent == region.base && !line.is_open_ended() {
        false => 0.0,
        true if region.slack(line) <= 6 => 3.0,
        true => 1.0,
    }
}

/// What the next line's beginning says.
fn beginning(pair: &Pair<'_>, full: bool) -> f32 {
    let open = pair.line.is_open_ended();
    match pair.next.begins {
        Start::Never => 4.0,
        Start::Tail => 2.0,
        Start::Item if open && full => -1.5,
        Start::Item => -4.0,
        Start::Dateline if open && full && pair.next.gap == 0 => -2.0,
        Start::Dateline => -4.5,
        Start::Turn if pair.paragraph.begins == Start::Turn => -5.0,
        Start::Turn | Start::Opener if open && pair.next.gap == 0 => -0.3,
        Start::Turn => -2.5,
        Start::Opener => -1.5,
        Start::Plain => 0.0,
    }
}

/// Whether one of the lines looks like a heading: no mark in it, and a paragraph's end before it.
fn heading(pair: &Pair<'_>, region: &Region) -> f32 {
    let Pair { line, next, .. } = *pair;
    let mut score = 0.0;
    let unmarked =
        |line: &Line| line.marks == 0 && matches!(line.ends, End::Han | End::Latin | End::Closed);
    if pair.paragraph.first && unmarked(line) && line.indent == region.base {
        let exactly = region.tight && region.slack(line) <= 1 && region.lines.len() > 4;
        score -= match (pair.top, line.gap > 0 || region.indents) {
            (true, _) if !exactly => 4.0,
            (false, true) => 2.0,
            (true, _) => 1.0,
            (false, false) => 0.5,
        };
        if next.gap > 0 {
            score -= 2.0;
        }
    }
    let alone = next.gap > 0 && pair.behind.is_none_or(|behind| behind.gap > 0);
    if alone && unmarked(next) {
        score -= 3.0;
    }
    score
}

/// What a line's fullness says, given the columns left in it.
fn fullness(slack: i32, region: &Region) -> f32 {
    match (slack, region.tight) {
        (..=1, _) => 2.0,
        (..=3, false) => 1.0,
        (..=3, true) => -0.5,
        (..=5, false) => 0.0,
        (..=5, true) => -1.5,
        _ => {
            let more = i16::try_from(slack - 5).unwrap_or(i16::MAX);
            -1.5 - (f32::from(more) * 0.25).min(2.5)
        }
    }
}

/// Columns of the piece at a line's beginning that could not have been broken off: a word, a character with its marks.
fn lead(line: &str) -> u16 {
    let mut chars = line.chars().peekable();
    let mut columns = 0;
    let latin = |char: &char| is_latin(*char) || matches!(char, '.' | '-' | '%' | '/');
    while let Some(char) = chars.next_if(latin) {
        columns += width(char);
        if columns >= CARRIED {
            return CARRIED;
        }
    }
    if columns == 0 {
        let first = chars.next().unwrap_or_default();
        columns += width(first);
        if is_opening(first) {
            columns += chars.next().map_or(0, width);
        }
    }
    for mark in chars.take(3).take_while(|char| never_begins(*char)) {
        columns += width(mark);
    }
    columns
}
