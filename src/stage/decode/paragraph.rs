//! Paragraphs of plain text and Markdown, and the sentences of any paragraph.

use std::ops::Range;
use std::sync::Arc;

use super::repair::lines;
use crate::record::{Sentence, SentenceKind};
use crate::text::{ByteOffset, CharOffset, MarkerKind, Span, marker, sentences};

/// A stretch of text that no sentence crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Bytes of the text.
    pub(super) bytes: Range<usize>,
    /// What its sentences are for.
    pub(super) kind: SentenceKind,
    /// Who says it.
    pub(super) speaker: Option<Arc<str>>,
}

impl Paragraph {
    /// A paragraph of which no speaker is known.
    pub(super) fn new(bytes: Range<usize>, kind: SentenceKind) -> Self {
        Self {
            bytes,
            kind,
            speaker: None,
        }
    }
}

/// The lines of `text` that are not blank.
pub(super) fn plain(text: &str) -> Vec<Paragraph> {
    let filled = |bytes: &Range<usize>| {
        let line = text.get(bytes.clone()).unwrap_or_default();
        !line.trim_start().is_empty()
    };
    lines(text)
        .filter(filled)
        .map(|bytes| Paragraph::new(bytes, SentenceKind::Body))
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

/// Markdown wants a space behind its marks.
fn is_item(line: &str) -> bool {
    let Some(marker) = marker(line) else {
        return false;
    };
    let mark = line.get(..marker.len).unwrap_or_default();
    let listed = match marker.kind {
        MarkerKind::Bullet => mark.starts_with(['-', '*', '+']),
        MarkerKind::Number => {
            mark.trim_end().ends_with(['.', ')'])
                && mark.starts_with(|char: char| char.is_ascii_digit())
        }
        _ => false,
    };
    listed && mark.ends_with(char::is_whitespace)
}

/// The sentences of `paragraphs`, in order. Their bytes are counted from `origin`, which is the beginning of `text`.
pub(super) fn cut(text: &str, paragraphs: &[Paragraph], origin: usize) -> Vec<Sentence> {
    // A line has two or three of them.
    let mut found = Vec::with_capacity(2 * paragraphs.len());
    let (mut byte, mut char) = (0, CharOffset::ZERO);
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let start = paragraph.bytes.start - origin;
        let piece = text
            .get(start..paragraph.bytes.end - origin)
            .unwrap_or_default();
        let gap = text.get(byte..start).unwrap_or_default();
        let first = char + CharOffset::of(gap.chars().count()).raw();
        (byte, char) = (start, first);
        let mut sentences = sentences(piece);
        while let Some(sentence) = sentences.next_piece() {
            (byte, char) = (start + sentence.bytes.end, first + sentence.chars.end);
            found.push(Sentence {
                paragraph: u32::try_from(number).unwrap_or(u32::MAX),
                kind: paragraph.kind,
                span: Span {
                    byte_start: ByteOffset::of(start + sentence.bytes.start),
                    byte_end: ByteOffset::of(byte),
                    char_start: first + sentence.chars.start,
                    char_end: char,
                },
                speaker: paragraph.speaker.clone(),
            });
        }
    }
    found
}
