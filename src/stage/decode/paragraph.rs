//! Paragraphs of plain text and Markdown, and the sentences of any paragraph.

use std::ops::Range;

use super::repair::lines;
use crate::record::{Sentence, SentenceKind};
use crate::text::{SpanWalker, sentences};

/// A stretch of text that no sentence crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Bytes of the text.
    pub(super) bytes: Range<usize>,
    /// What its sentences are for.
    pub(super) kind: SentenceKind,
}

/// The lines of `text` that are not blank.
pub(super) fn plain(text: &str) -> Vec<Paragraph> {
    let filled = |bytes: &Range<usize>| {
        let line = text.get(bytes.clone()).unwrap_or_default();
        !line.trim().is_empty()
    };
    lines(text)
        .filter(filled)
        .map(|bytes| Paragraph {
            bytes,
            kind: SentenceKind::Body,
        })
        .collect()
}

/// The same with Markdown's headings and list items. The first heading of the first level is the title.
pub(super) fn markdown(text: &str) -> (Vec<Paragraph>, Option<String>) {
    let mut title = None;
    let mut paragraphs = plain(text);
    for paragraph in &mut paragraphs {
        let line = text.get(paragraph.bytes.clone()).unwrap_or_default().trim();
        let level = line.chars().take_while(|char| *char == '#').count();
        let heading = line.get(level..).unwrap_or_default();
        if (1..=6).contains(&level) && heading.starts_with([' ', '\t']) {
            paragraph.kind = SentenceKind::Heading;
            if level == 1 && title.is_none() {
                paragraph.kind = SentenceKind::Title;
                title = Some(heading.trim().trim_end_matches('#').trim_end().to_owned());
            }
        } else if is_item(line) {
            paragraph.kind = SentenceKind::List;
        }
    }
    (paragraphs, title.filter(|title| !title.is_empty()))
}

fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// The sentences of `paragraphs`, in order.
pub(super) fn cut(text: &str, paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut walker = SpanWalker::new(text);
    let mut found = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let piece = text.get(paragraph.bytes.clone()).unwrap_or_default();
        let start = paragraph.bytes.start;
        found.extend(sentences(piece).map(|at| Sentence {
            paragraph: u32::try_from(number).unwrap_or(u32::MAX),
            kind: paragraph.kind,
            span: walker.span(start + at.start..start + at.end),
            speaker: None,
        }));
    }
    found
}
