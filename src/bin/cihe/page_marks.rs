//! What was taken out of a text, shown at its place in the text.

use std::io::{self, Write};
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use cihe::record::{Document, Edit};

use crate::paint::{Paint, Style, printable};

/// A line end that was taken out.
const LINE: char = '⏎';
/// A space that was taken out.
const SPACE: char = '␣';
/// Anything else that was changed.
const OTHER: char = '✎';

/// The marks of a document, in the order of its text.
pub(crate) struct Marks {
    left: Peekable<IntoIter<(usize, char)>>,
}

impl Marks {
    /// A mark for each edit that changed the text, with its byte.
    pub(crate) fn of(document: &Document) -> Self {
        let mut edits = document
            .edits
            .iter()
            .filter(|edit| changes(edit))
            .peekable();
        let mut marks = Vec::with_capacity(document.edits.len());
        let ends = document.text.char_indices().map(|(byte, _)| byte);
        for (char, byte) in ends.chain([document.text.len()]).enumerate() {
            while let Some(edit) = edits.next_if(|edit| edit.char_start.get() <= char) {
                marks.push((byte, mark(edit)));
            }
        }
        Self {
            left: marks.into_iter().peekable(),
        }
    }

    /// What the marks that follow mean; nothing where there are none.
    pub(crate) fn legend(&self) -> Option<String> {
        let left = self.left.clone();
        let has = |wanted: char| left.clone().any(|(_, mark)| mark == wanted);
        let meanings = [
            (LINE, "a line end taken out"),
            (SPACE, "a space taken out"),
            (OTHER, "another change"),
        ];
        let said: Vec<String> = meanings
            .iter()
            .filter(|(mark, _)| has(*mark))
            .map(|(mark, meaning)| format!("{mark} {meaning}"))
            .collect();
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// Writes a piece of the text with the marks that stand before its end.
    pub(crate) fn write(
        &mut self,
        out: &mut impl Write,
        paint: Paint,
        text: &str,
        bytes: Range<usize>,
        style: Option<Style>,
    ) -> io::Result<()> {
        let mut at = bytes.start;
        let piece = |out: &mut dyn Write, from: usize, to: usize| {
            let piece = printable(text.get(from..to).unwrap_or_default());
            match style.filter(|_| !piece.is_empty()) {
                Some(style) => write!(out, "{}", paint.of(style, piece)),
                None => write!(out, "{piece}"),
            }
        };
        while let Some((byte, mark)) = self.left.next_if(|(byte, _)| *byte < bytes.end) {
            let until = byte.max(at);
            piece(out, at, until)?;
            write!(out, "{}", paint.of(Style::Mark, mark))?;
            at = until;
        }
        piece(out, at, bytes.end)
    }
}

/// Whether an edit took something out or put something in; the beginning of an article does neither.
fn changes(edit: &Edit) -> bool {
    !(edit.before().is_empty() && edit.after().is_empty())
}

fn mark(edit: &Edit) -> char {
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    match (
        blank(edit.before()) && blank(edit.after()),
        edit.before().contains(['\n', '\r']),
    ) {
        (true, true) => LINE,
        (true, false) => SPACE,
        (false, _) => OTHER,
    }
}
