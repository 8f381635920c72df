//! A paragraph by itself: what it looks like before its neighbours are asked.

use super::boilerplate::is_boilerplate;
use super::byline::{author, byline};
use super::caption::is_caption;
use super::dateline::dateline;
use super::day::{date, day_line, masthead};
use super::phrase::{is_address, is_bracketed, is_number, is_sentence, is_within, jumps, resumes};
use super::turn::{candidate, fills_in, speakers};
use crate::stage::decode::paragraph::Paragraph;
use crate::text::{MarkerKind, is_han, marker};

/// Characters of a headline at most.
pub(super) const HEADLINE: usize = 45;
/// Characters of a note in brackets that is part of a title: (送审稿)
const NOTE: usize = 14;
/// Bytes of a line above which it is running text, whatever it looks like; only its beginning is read.
const LONG: usize = 1200;

/// What a paragraph looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text, and what looks like nothing else.
    Body,
    /// A short line without a full stop.
    Headline,
    /// The beginning of a report.
    Dateline,
    /// Who wrote it, and nothing else.
    Byline,
    /// A day and nothing else.
    Day,
    /// The words under a picture.
    Caption,
    /// What every page of a site says.
    Boilerplate,
    /// The number of an official document.
    Number,
    /// A short line in brackets.
    Note,
    /// Whom it is for.
    Address,
    /// A line that counts or lists.
    Marked(MarkerKind),
    /// Somebody speaks.
    Turn,
}

/// A paragraph with what it looks like.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// Without white space around it.
    pub(super) text: &'t str,
    /// Bytes of the text at which it begins, with white space before it.
    pub(super) start: usize,
    /// Bytes of the text at which `text` begins.
    pub(super) at: usize,
    /// What it looks like.
    pub(super) role: Role,
    /// Who speaks, where somebody does.
    pub(super) speaker: Option<&'t str>,
    /// There is a blank line before it.
    pub(super) apart: bool,
}

impl Line<'_> {
    /// Whether it is running text.
    pub(super) fn is_body(&self) -> bool {
        matches!(
            self.role,
            Role::Body | Role::Dateline | Role::Turn | Role::Marked(_)
        ) && !self.is_short()
    }

    /// Whether it is as short as a headline and ends no sentence.
    pub(super) fn is_short(&self) -> bool {
        !ends_sentence(self.text) && is_within(self.text, HEADLINE) && !is_sentence(self.text)
    }

    /// Whether the text goes on elsewhere behind it.
    pub(super) fn jumps(&self) -> bool {
        jumps(self.text)
    }

    /// Whether the text goes on here.
    pub(super) fn resumes(&self) -> bool {
        resumes(self.text)
    }
}

/// A paragraph without white space around it, and the bytes of the text at which it begins.
fn bare<'t>(text: &'t str, paragraph: &Paragraph) -> (usize, &'t str) {
    let whole = text.get(paragraph.bytes.clone()).unwrap_or_default();
    let rest = whole.trim_start();
    let at = paragraph.bytes.start + whole.len() - rest.len();
    (at, rest.trim_end())
}

/// The paragraphs of `text`, one by one.
pub(super) fn look<'t>(text: &'t str, paragraphs: &[Paragraph]) -> Vec<Line<'t>> {
    let bare: Vec<(usize, &str)> = paragraphs.iter().map(|it| bare(text, it)).collect();
    let turns = speakers(bare.iter().map(|(_, line)| candidate(line)).collect());
    let mut end = 0;
    let mut introduced = false;
    let look = |((paragraph, (at, line)), speaker): (_, Option<&'t str>)| {
        let paragraph: &Paragraph = paragraph;
        let gap = text.get(end..paragraph.bytes.start).unwrap_or_default();
        end = paragraph.bytes.end;
        let role = match role(line) {
            _ if speaker.is_some() => Role::Turn,
            // Somebody reads it from a paper.
            Role::Dateline if introduced => Role::Body,
            role => role,
        };
        introduced = line.ends_with(['：', ':']);
        Line {
            text: line,
            start: paragraph.bytes.start,
            at,
            role,
            speaker,
            apart: gap.bytes().filter(|byte| *byte == b'\n').count() > 1,
        }
    };
    paragraphs.iter().zip(bare).zip(turns).map(look).collect()
}

/// What a line looks like. Headings of Markdown are headings in plain text, too.
fn role(line: &str) -> Role {
    let line = line.trim_start_matches('#').trim_start();
    let reported = dateline(line).map(|dateline| dateline.rest.is_empty());
    if reported == Some(false) {
        return Role::Dateline;
    }
    if line.len() <= LONG && is_boilerplate(line) {
        Role::Boilerplate
    } else if line.len() <= LONG && is_caption(line) {
        Role::Caption
    } else if reported.is_some() {
        Role::Byline
    } else if let Some(marker) = marker(line) {
        // Papers set a square before who wrote it.
        let signed = marker.kind == MarkerKind::Bullet && byline(line).is_some();
        if signed {
            Role::Byline
        } else {
            Role::Marked(marker.kind)
        }
    } else if line.len() > LONG || line.ends_with(['。', '；']) {
        // Nothing that stands on a line by itself ends so, and nearly all lines do.
        Role::Body
    } else {
        short(line)
    }
}

/// What a line without a full stop looks like.
fn short(line: &str) -> Role {
    if byline(line).is_some() {
        Role::Byline
    } else if let Some(role) = day(line) {
        role
    } else if is_number(line) {
        Role::Number
    } else if is_bracketed(line) {
        if is_within(line, NOTE) && !is_sentence(line) {
            Role::Note
        } else {
            Role::Body
        }
    } else if is_address(line) {
        Role::Address
    } else if is_headline(line) {
        Role::Headline
    } else {
        Role::Body
    }
}

fn day(line: &str) -> Option<Role> {
    (day_line(line).is_some() || masthead(line).is_some()).then_some(Role::Day)
}

/// Whether a line is one or more words of a title and no sentence.
fn is_headline(line: &str) -> bool {
    if !is_within(line, HEADLINE) || line.contains(['\t', '|', '｜', '＿']) || is_sentence(line) {
        return false;
    }
    let last = line.chars().next_back().unwrap_or('，');
    let pauses = matches!(
        last,
        '，' | '、'
            | '：'
            | '；'
            | '…'
            | ','
            | ':'
            | ';'
            | '—'
            | '-'
            | '～'
            | '．'
            | '.'
            | '='
            | '*'
            | '_'
    ) || matches!(last, '“' | '「' | '『' | '《' | '（' | '(' | '<')
        || line.starts_with('<');
    let words = line
        .chars()
        .filter(|char| is_han(*char) || char.is_alphabetic())
        .count();
    let visible = line.chars().filter(|char| !char.is_whitespace()).count();
    let spoken = line.ends_with(['”', '」', '』', '"'])
        && line.starts_with(['“', '「', '『', '"'])
        && line.contains(['！', '？', '，']);
    !pauses
        && !spoken
        && words >= 2
        && words * 2 >= visible
        && date(line).is_none()
        && !fills_in(line)
}

/// Whether a text ends with the mark of a sentence, in or behind a quotation.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '》'])
        .ends_with(['。', '！', '？', '…', '；', ';', '!', '?'])
}

/// Whether a line can be the name of an author: given below a title.
pub(super) fn is_author(line: &Line<'_>) -> bool {
    line.role == Role::Headline && author(line.text).is_some()
}
