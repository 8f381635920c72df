//! What is known once a record's text stands, before it becomes documents.

use chrono::NaiveDate;

use std::ops::Range;

use super::book::Extract;
use super::html::{self, LeftOut, main_text};
use super::paragraph::Paragraph;
use super::repair::Cut;
use crate::record::{Edit, EditRule};
use crate::text::{Alignment, AlignmentCursor, ByteOffset, SourceOffset};

/// An edit whose place in the final text is yet to be found.
#[derive(Debug)]
pub(super) struct Pending {
    /// Its place in the decoded text.
    pub(super) decoded: Range<usize>,
    /// The edit, with its place in the source.
    pub(super) edit: Edit,
}

impl Pending {
    /// Visible text that is not in the main text, given the alignment of the decoded page.
    fn left_out(left: LeftOut, alignment: &Alignment) -> Self {
        let source = alignment.source_range(&range(&left.bytes));
        Self {
            decoded: left.bytes,
            edit: Edit::new(EditRule::MainText, left.text, "", html::CONFIDENCE, source),
        }
    }
}

/// White space that was taken out of the decoded text, given the way from there to the source.
pub(super) fn hard_wrap(cut: &Cut, decoded: &str, source: &mut AlignmentCursor<'_>) -> Edit {
    let before = decoded.get(cut.before()).unwrap_or_default();
    let after = if cut.space { " " } else { "" };
    let source = source.source_range(&range(&cut.before()));
    Edit::new(cut.rule, before, after, cut.confidence, source)
}

/// Bytes of a text as offsets.
pub(super) fn range(bytes: &Range<usize>) -> Range<ByteOffset> {
    ByteOffset::of(bytes.start)..ByteOffset::of(bytes.end)
}

/// The way from a text to the decoded text.
#[derive(Debug)]
pub(super) enum Last {
    /// It is that text.
    None,
    /// The decoded text is the source: the way there is the whole way.
    Whole,
    /// A way of its own.
    Own(Alignment),
}

impl Last {
    /// The whole way, given its two steps, and the last of them.
    pub(super) fn behind(decoded: &Alignment, last: Alignment) -> (Alignment, Self) {
        if decoded.is_identity() {
            (last, Self::Whole)
        } else {
            (decoded.compose(&last), Self::Own(last))
        }
    }
}

/// The text of a document with its structure.
#[derive(Debug)]
pub(super) struct Shaped {
    /// The final text.
    pub(super) text: String,
    /// From the text to the source.
    pub(super) alignment: Alignment,
    /// From the text to the decoded text.
    pub(super) last: Last,
    /// In order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// What the text says its title is.
    pub(super) title: Option<String>,
    /// What the text says of its day.
    pub(super) published: Option<NaiveDate>,
    /// In any order.
    pub(super) edits: Vec<Pending>,
    /// Those whose bytes of the text are known, in order.
    pub(super) placed: Vec<(usize, Edit)>,
    /// Line breaks taken out.
    pub(super) repaired_breaks: u32,
}

impl Shaped {
    /// The main text of the page `html`, which `alignment` leads back to the source.
    pub(super) fn of_page(html: &str, alignment: &Alignment) -> Self {
        let main = main_text(html);
        let left_out = main.left_out.into_iter();
        let edits = left_out
            .map(|left| Pending::left_out(left, alignment))
            .collect();
        let (alignment, last) = Last::behind(alignment, main.alignment);
        Self {
            alignment,
            last,
            text: main.text,
            paragraphs: main.paragraphs,
            title: main.title,
            published: main.published,
            edits,
            placed: Vec::new(),
            repaired_breaks: 0,
        }
    }

    /// A text that came with its paragraphs.
    pub(super) fn of_book(book: Extract) -> Self {
        Self {
            alignment: Alignment::identity(book.text.len()),
            last: Last::None,
            text: book.text,
            paragraphs: book.paragraphs.unwrap_or_default(),
            title: book.title,
            published: book.published,
            edits: Vec::new(),
            placed: Vec::new(),
            repaired_breaks: 0,
        }
    }

    /// From the text to the decoded text, where that is another.
    pub(super) fn last(&self) -> Option<&Alignment> {
        match &self.last {
            Last::None => None,
            Last::Whole => Some(&self.alignment),
            Last::Own(last) => Some(last),
        }
    }

    /// Adds the edits of an earlier step.
    pub(super) fn take(&mut self, edits: Vec<Pending>) {
        self.edits.extend(edits);
    }

    /// The edits with their bytes of the text, in order.
    pub(super) fn placed_edits(&mut self) -> Vec<(usize, Edit)> {
        let mut placed = std::mem::take(&mut self.placed);
        if self.edits.is_empty() {
            return placed;
        }
        let pending = std::mem::take(&mut self.edits).into_iter();
        placed.extend(pending.map(|Pending { decoded, edit }| {
            let at = match self.last() {
                Some(last) => {
                    let source = SourceOffset::of(decoded.start)..SourceOffset::of(decoded.end);
                    last.text_range(&source).start.get()
                }
                None => decoded.start,
            };
            (self.text.floor_char_boundary(at), edit)
        }));
        placed.sort_by_key(|(at, edit)| (*at, edit.byte_start));
        placed
    }
}
