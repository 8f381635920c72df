//! A text with the names that are in it.

use super::super::{Kind, Name};

/// A sentence with its names, from a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The text.
    pub text: String,
    /// In order, without overlap.
    pub names: Vec<Name>,
    /// Which corpus it is of, where the file says; texts of one source share conventions.
    pub source: String,
}

/// Puts a sample together from pieces of text with BIO, BIOES or BMES tags.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    text: String,
    chars: usize,
    names: Vec<Name>,
    /// The name that has begun: what the corpus calls it, and where it begins.
    open: Option<(String, usize)>,
}

impl Assembler {
    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text without a tag, which does not end a name: a space between the words of one.
    pub(super) fn glue(&mut self, text: &str) {
        self.text.push_str(text);
        self.chars += text.chars().count();
    }

    /// Adds a piece with its tag.
    pub(super) fn push(&mut self, piece: &str, tag: &str) {
        let (role, kind) = tag.split_once('-').unwrap_or(("O", ""));
        let goes_on = matches!(role, "I" | "M" | "E")
            && self.open.as_ref().is_some_and(|(open, _)| open == kind);
        if !goes_on {
            self.close();
            if role != "O" {
                self.open = Some((kind.to_owned(), self.chars));
            }
        }
        self.glue(piece);
        if matches!(role, "E" | "S") {
            self.close();
        }
    }

    /// Ends the name that has begun.
    pub(super) fn close(&mut self) {
        let Some((kind, start)) = self.open.take() else {
            return;
        };
        let spaces = self.text.chars().rev().take_while(|ch| ch.is_whitespace());
        let read = self.chars - spaces.count();
        if let Some(kind) = Kind::named(&kind) {
            self.names.push(Name {
                start,
                end: read,
                kind,
            });
        }
    }

    /// The sample; the next one can begin.
    pub(super) fn take(&mut self) -> Sample {
        self.close();
        let done = std::mem::take(self);
        Sample {
            text: done.text,
            names: done.names,
            source: String::new(),
        }
    }
}
