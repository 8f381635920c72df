//! Regions: stretches of lines that stand in one column.
//!
//! A page has several: a headline over a narrow column, a box beside it, a paragraph that was put together already. A region is a
//! stretch of lines with one margin; blank lines may lie in it, since a column goes on at the top of the next. Lines are measured in
//! columns and in characters, as a typist counts either, and the region takes the measure by which its lines are more even.

use std::ops::Range;

use super::lines::Line;
use super::margin::{Margin, more_even};
use super::marks::{End, is_latin};
use super::running::Tally;
use super::starts::Start;

/// Columns of the narrowest column: eight or nine characters.
const NARROWEST: u16 = 18;
/// How much the margin may change from a line to the next of its region.
const DRIFT: u16 = 2;
/// Lines of a stretch that is too short to have a margin of its own.
const SHORT: usize = 6;
/// Columns that an indentation has at most.
const INDENT: u16 = 8;
/// Odds of a region of two lines at most: there is nothing to compare them with.
const PAIR: f32 = -3.5;
/// What speaks against a region none of whose full lines ends in mid-sentence: paragraphs of a line each may be of one length.
const WHOLE: f32 = 6.0;

/// A stretch of lines in one column.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that do not depend on each other"
)]
pub(super) struct Region {
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// Its right edge, in its measure.
    pub(super) margin: u16,
    /// Whether it is measured in characters, each as two columns.
    pub(super) by_chars: bool,
    /// Its left edge.
    pub(super) base: u16,
    /// Whether lines that surely go on all reach the margin.
    pub(super) tight: bool,
    /// Whether they all reach it to the column, so that nothing but the width can have broken them.
    pub(super) exact: bool,
    /// Whether paragraphs are set in.
    pub(super) indents: bool,
    /// Whether first lines of paragraphs may be shorter by an indentation that was lost.
    pub(super) sheds: bool,
    /// Whether lines that go on have a blank one behind them all the same.
    pub(super) spaced: bool,
    /// How much speaks for running text.
    pub(super) odds: f32,
}

impl Region {
    /// How wide a line is by the region's measure, its indentation included.
    pub(super) fn width(&self, line: &Line) -> u16 {
        measure(line, self.by_chars, self.base)
    }

    /// Columns that are left in a line; negative where it goes beyond the margin.
    pub(super) fn slack(&self, line: &Line) -> i32 {
        i32::from(self.margin) - i32::from(self.width(line))
    }

    /// The same by either measure, whichever leaves less: a line with digits in it may be full by the other.
    pub(super) fn least_slack(&self, line: &Line) -> i32 {
        i32::from(self.margin) - i32::from(measure(line, true, self.base))
    }
}

fn measure(line: &Line, by_chars: bool, base: u16) -> u16 {
    let indent = line.indent.saturating_sub(base);
    let indent = if indent <= INDENT { indent } else { 0 };
    indent
        + if by_chars {
            line.chars * 2
        } else {
            line.columns
        }
}

/// The regions of `lines`, none of which is long.
pub(super) fn regions(lines: &[Line]) -> Vec<Region> {
    let base = lines
        .iter()
        .map(|line| line.indent)
        .min()
        .unwrap_or_default();
    let (by_chars, margins) = more_even(&widths(lines, false, base), &widths(lines, true, base));
    stretches(&margins)
        .into_iter()
        .map(|range| region(lines, range, &margins, by_chars, base))
        .collect()
}

/// Stretches of lines with one margin. Where a stretch is short, its margin is uncertain, and it goes with a neighbour of nearly
/// the same.
fn stretches(margins: &[Margin]) -> Vec<Range<usize>> {
    let mut found: Vec<(Range<usize>, Margin)> = Vec::new();
    for (at, margin) in margins.iter().enumerate() {
        match found.last_mut() {
            Some((range, last)) if last.columns.abs_diff(margin.columns) <= DRIFT => {
                range.end = at + 1;
                *last = *margin;
            }
            _ => found.push((at..at + 1, *margin)),
        }
    }
    let near = |one: Margin, other: Margin, by| one.columns.abs_diff(other.columns) <= by;
    let mut merged: Vec<(Range<usize>, Margin)> = Vec::new();
    for (index, (range, margin)) in found.iter().enumerate() {
        let ahead = found.get(index + 1).map(|(_, margin)| margin.columns);
        match merged.last_mut() {
            // Two short lines between full ones are the ends of paragraphs, no column of their own.
            Some((before, last))
                if range.len() <= 2
                    && margin.columns < last.columns
                    && ahead.is_some_and(|ahead| ahead.abs_diff(last.columns) <= DRIFT) =>
            {
                before.end = range.end;
            }
            Some((before, last))
                if near(*last, *margin, DRIFT)
                    || before.len().min(range.len()) < SHORT && near(*last, *margin, 2 * DRIFT) =>
            {
                before.end = range.end;
                *last = std::cmp::max_by_key(*last, *margin, |margin| margin.support);
            }
            _ => merged.push((range.clone(), *margin)),
        }
    }
    merged.into_iter().map(|(range, _)| range).collect()
}

fn widths(lines: &[Line], by_chars: bool, base: u16) -> Vec<u16> {
    let width = |line| measure(line, by_chars, base);
    lines.iter().map(width).collect()
}

fn region(
    lines: &[Line],
    range: Range<usize>,
    margins: &[Margin],
    by_chars: bool,
    base: u16,
) -> Region {
    let own = lines.get(range.clone()).unwrap_or_default();
    let margin = margins.get(range.clone()).unwrap_or_default();
    let best = margin.iter().max_by_key(|margin| margin.support);
    let mut region = Region {
        margin: best.map_or(0, |margin| margin.columns),
        lines: range,
        by_chars,
        base,
        tight: false,
        exact: false,
        indents: false,
        sheds: true,
        spaced: false,
        odds: f32::NEG_INFINITY,
    };
    if region.margin >= NARROWEST {
        region.judge(own);
    }
    region
}

impl Region {
    /// Fills in what the lines say together.
    fn judge(&mut self, own: &[Line]) {
        let mut tally = Tally::default();
        let (mut sure, mut short, mut inexact, mut set_in) = (0_u32, 0_u32, 0_u32, 0_u32);
        let (mut gaps, mut open, mut loose) = (0_u32, 0_u32, 0_u32);
        let mut broken = false;
        for (at, line) in own.iter().enumerate() {
            let next = own.get(at + 1);
            let set = next.is_some_and(|next| next.indent > line.indent + 1);
            let slack = self.slack(line);
            let followed = next.is_some() && !set && slack <= 4;
            tally.add(line, followed);
            broken |= followed && line.is_open_ended();
            set_in += u32::from(line.indent >= self.base + 2);
            let spaced = next.is_some_and(|next| next.gap == 1) && slack <= 4;
            gaps += u32::from(spaced && line.is_open_ended());
            let plain = next.is_some_and(|next| next.gap == 0 && !is_latin(next.first));
            if line.is_open_ended() && !set && next.is_some_and(|next| next.gap == 0) {
                open += 1;
                loose += u32::from(slack > 6);
            }
            if plain && !set && matches!(line.ends, End::Han) && line.indent == self.base {
                sure += 1;
                short += u32::from(slack > 2);
                inexact += u32::from((..4).contains(&slack) && slack != 0);
            }
        }
        let count = u32::try_from(own.len()).unwrap_or(u32::MAX);
        self.tight = short * 8 <= sure;
        // Lines that are much shorter may be headings; one or two columns less are a ragged edge.
        self.exact = sure > 3 && inexact * 12 <= sure && short * 3 <= sure;
        self.sheds = !self.exact || self.has_shed(own);
        self.indents = set_in >= 2 && set_in * 4 < count * 3;
        self.spaced = count > 4 && gaps * 3 > count * 2;
        let ragged = sure >= 3 && short * 2 > sure || open >= 2 && loose * 2 >= open;
        self.odds = tally.odds(own).min(1.0) - if ragged { 3.0 } else { 0.0 };
        if tally.lines() <= 2 {
            self.odds = self.odds.min(PAIR);
        }
        if !broken {
            self.odds -= WHOLE;
        }
        if own.iter().filter(|line| line.begins == Start::Item).count() * 2 > own.len() {
            self.odds -= 1.0;
        }
    }

    /// Whether lines behind the last of a paragraph are shorter than the column by an indentation more often than not. Lines
    /// without a mark are left out: they may be headings.
    fn has_shed(&self, own: &[Line]) -> bool {
        let (mut shed, mut full) = (0_u32, 0_u32);
        for pair in own.windows(2) {
            let [last, first] = pair else { continue };
            if self.slack(last) > 5 && first.marks > 0 && first.is_open_ended() {
                match self.slack(first) {
                    3..=5 => shed += 1,
                    ..3 => full += 1,
                    _ => {}
                }
            }
        }
        shed > full
    }
}
