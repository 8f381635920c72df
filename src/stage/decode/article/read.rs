//! The whole of it: paragraphs in, articles out.

use chrono::NaiveDate;

use std::ops::Range;

use super::byline::{author, byline, closing};
use super::dateline::dateline;
use super::day::{day_line, find, masthead};
use super::headline::{Slice, repeats, slices, title_of};
use super::kind::label;
use super::line::{Line, Role, is_author, look};
use super::notice::{Notice, notice};
use super::split::{Head, heads};
use crate::record::SentenceKind;
use crate::stage::decode::paragraph::Paragraph;

/// Lines at the head of an article that can say its day and its source.
const HEAD: usize = 10;
/// Lines at the head of a page that can say its day.
const PAGE: usize = 6;
/// Paragraphs at the end of an article that can say who wrote it.
const LAST: usize = 3;

/// A part of a text that is a document by itself.
#[derive(Debug, Default)]
pub(in crate::stage::decode) struct Article {
    /// Its paragraphs.
    pub(in crate::stage::decode) paragraphs: Range<usize>,
    /// Bytes of the text at which it begins; it ends where the next begins.
    pub(in crate::stage::decode) start: usize,
    /// How sure it is that an article begins there.
    pub(in crate::stage::decode) confidence: f32,
    /// What it is called.
    pub(in crate::stage::decode) title: Option<String>,
    /// Who wrote it.
    pub(in crate::stage::decode) byline: Option<String>,
    /// The agency, the place and the day that it is reported from.
    pub(in crate::stage::decode) dateline: Option<String>,
    /// The day it was published.
    pub(in crate::stage::decode) published: Option<NaiveDate>,
    /// What its header says, where it is a notice.
    pub(in crate::stage::decode) notice: Option<Notice>,
}

/// What is known of a text before it is read.
#[derive(Clone, Copy, Debug)]
pub(in crate::stage::decode) struct Known<'k> {
    /// It has no markup that says what is a title.
    pub(in crate::stage::decode) plain: bool,
    /// It may hold several articles.
    pub(in crate::stage::decode) splits: bool,
    /// The title that the record has of its own.
    pub(in crate::stage::decode) title: Option<&'k str>,
}

/// The articles of `text`, whose `paragraphs` learn what they are for.
pub(in crate::stage::decode) fn read(
    text: &str,
    paragraphs: &mut [Paragraph],
    known: Known<'_>,
) -> Vec<Article> {
    let lines = look(text, paragraphs);
    let whole = [Head {
        gap: 0,
        line: 0,
        confidence: 1.0,
    }];
    let found = if known.splits {
        heads(&lines, known.title.is_some())
    } else {
        whole.to_vec()
    };
    let mut slices = slices(&lines, &found);
    if let [whole] = slices.as_mut_slice() {
        let title = |at: &usize| {
            let kind = paragraphs.get(*at).map(|paragraph| paragraph.kind);
            kind == Some(SentenceKind::Title)
        };
        if !known.plain {
            whole.title = (0..paragraphs.len()).filter(title).collect();
        } else if let Some(title) = known.title {
            whole
                .title
                .retain(|at| lines.get(*at).is_some_and(|line| repeats(line.text, title)));
        }
    }
    let page = lines.iter().take(PAGE).find_map(|line| masthead(line.text));
    for slice in &slices {
        label(&lines, slice, slices.len() > 1, paragraphs);
    }
    slices
        .iter()
        .enumerate()
        .map(|(number, slice)| Article {
            paragraphs: slice.lines.clone(),
            start: if number == 0 { 0 } else { start(&lines, slice) },
            confidence: slice.confidence,
            title: title_of(&lines, &slice.title),
            byline: who(&lines, slice),
            dateline: first(&lines, slice)
                .and_then(|line| Some(dateline(line.text)?.line.trim().to_owned())),
            published: when(&lines, slice).or(page),
            notice: lines.get(slice.lines.clone()).and_then(notice),
        })
        .collect()
}

fn start(lines: &[Line<'_>], slice: &Slice) -> usize {
    lines.get(slice.lines.start).map_or(0, |line| line.start)
}

/// The first paragraph that has a dateline.
fn first<'l, 't>(lines: &'l [Line<'t>], slice: &Slice) -> Option<&'l Line<'t>> {
    lines
        .get(slice.lines.clone())?
        .iter()
        .find(|line| line.role == Role::Dateline)
}

/// The names on a line near the title, in or behind the dateline, or at the end.
fn who(lines: &[Line<'_>], slice: &Slice) -> Option<String> {
    let own = lines.get(slice.lines.clone())?;
    let (lead, trail) = slice.edges(lines);
    let titled = slice.title.iter().any(|at| lead.contains(at));
    let untitled = lead.filter(|at| !slice.title.contains(at));
    let at_head = untitled
        .filter_map(|at| lines.get(at))
        .find_map(|line| match line.role {
            Role::Byline => byline(line.text).or_else(|| dateline(line.text)?.reporters()),
            _ if titled && is_author(line) => Some(vec![author(line.text)?]),
            _ => None,
        });
    let reported = || first(lines, slice).and_then(|line| dateline(line.text)?.reporters());
    let signed = || lines.get(trail)?.iter().find_map(|line| byline(line.text));
    let closed = || {
        own.iter()
            .rev()
            .filter(|line| line.is_body())
            .take(LAST)
            .find_map(|line| closing(line.text))
    };
    let names = at_head.or_else(reported).or_else(signed).or_else(closed)?;
    Some(names.join("、"))
}

/// The day near the title, in the dateline, or under the text.
fn when(lines: &[Line<'_>], slice: &Slice) -> Option<NaiveDate> {
    let (lead, trail) = slice.edges(lines);
    let day = |line: &Line<'_>| match line.role {
        Role::Day => day_line(line.text).or_else(|| masthead(line.text)),
        Role::Boilerplate => find(line.text),
        _ => None,
    };
    let reported = || first(lines, slice).and_then(|line| find(dateline(line.text)?.line));
    let above = lines.get(lead)?.iter().find_map(day);
    // Pages of the web say it between a summary and the text.
    let said = |line: &&Line<'_>| line.role == Role::Boilerplate;
    let own = lines.get(slice.lines.clone())?;
    let near = || own.iter().take(HEAD).filter(said).find_map(day);
    above
        .or_else(near)
        .or_else(reported)
        .or_else(|| lines.get(trail)?.iter().rev().find_map(day))
}
