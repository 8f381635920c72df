//! A piece of a document as characters, with the words and names in it.

use crate::record::{Document, Entity, Label, Token};
use crate::text::{ByteOffset, CharOffset, Span};

/// A name in a piece, by the piece's characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::stage::tag) struct Name {
    pub(in crate::stage::tag) start: usize,
    pub(in crate::stage::tag) end: usize,
    pub(in crate::stage::tag) label: Label,
    /// Which of the document's entities.
    pub(in crate::stage::tag) entity: usize,
}

/// Characters of the simplified view, and how to lead back from them; kept from piece to piece.
#[derive(Debug, Default)]
pub(in crate::stage::tag) struct Piece {
    pub(in crate::stage::tag) chars: Vec<char>,
    /// Bytes before each character, from the document's beginning, and the end of the last one.
    bytes: Vec<u32>,
    first: u32,
    /// Names of persons, organisations and places; no other entity.
    pub(in crate::stage::tag) names: Vec<Name>,
    /// First and one past the last of the document's tokens.
    tokens: (usize, usize),
}

impl Piece {
    /// Takes up a piece of the document. Its entities are those from `entity` on; gives the first behind the piece.
    pub(in crate::stage::tag) fn fill(
        &mut self,
        document: &Document,
        tokens: &[Token],
        entities: &[Entity],
        span: Span,
        entity: usize,
    ) -> usize {
        self.chars.clear();
        self.bytes.clear();
        self.names.clear();
        self.first = span.char_start.raw();
        let mut byte = span.byte_start.raw();
        for char in span.of(document.view()).chars() {
            self.chars.push(char);
            self.bytes.push(byte);
            byte += if char.is_ascii() { 1 } else { width(char) };
        }
        self.bytes.push(byte);
        let from = |at: ByteOffset| tokens.partition_point(|token| token.span.byte_start < at);
        self.tokens = (from(span.byte_start), from(span.byte_end));
        let mut next = entity;
        while let Some(one) = entities.get(next) {
            if one.span.byte_start >= span.byte_end {
                break;
            }
            let name = matches!(
                one.label,
                Label::Person | Label::Organisation | Label::Location
            );
            if name && one.span.byte_start >= span.byte_start && one.span.byte_end <= span.byte_end
            {
                self.names.push(Name {
                    start: self.index(one.span.char_start),
                    end: self.index(one.span.char_end),
                    label: one.label,
                    entity: next,
                });
            }
            next += 1;
        }
        next
    }

    fn index(&self, at: CharOffset) -> usize {
        (at - CharOffset::new(self.first)) as usize
    }

    /// The span of some of the characters.
    pub(in crate::stage::tag) fn span(&self, start: usize, end: usize) -> Span {
        let byte = |at: usize| ByteOffset::new(self.bytes.get(at).copied().unwrap_or_default());
        let char = |at: usize| CharOffset::of(at) + self.first;
        Span {
            byte_start: byte(start),
            byte_end: byte(end),
            char_start: char(start),
            char_end: char(end),
        }
    }

    /// The characters from `start` to `end`.
    pub(in crate::stage::tag) fn of(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    /// The character at a place.
    pub(in crate::stage::tag) fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The token that ends at a place or covers it, and where it begins.
    pub(in crate::stage::tag) fn token_before<'t>(
        &self,
        tokens: &'t [Token],
        at: usize,
    ) -> Option<(usize, &'t Token)> {
        let (own, behind) = self.around(tokens, at)?;
        let token = own.get(behind.checked_sub(1)?)?;
        Some((self.index(token.span.char_start), token))
    }

    /// The token that begins at a place, and where it ends.
    pub(in crate::stage::tag) fn token_at<'t>(
        &self,
        tokens: &'t [Token],
        at: usize,
    ) -> Option<(usize, &'t Token)> {
        let (own, behind) = self.around(tokens, at)?;
        let token = own.get(behind)?;
        (self.index(token.span.char_start) == at).then(|| (self.index(token.span.char_end), token))
    }

    /// The tokens of the piece, and how many of them begin before a place.
    fn around<'t>(&self, tokens: &'t [Token], at: usize) -> Option<(&'t [Token], usize)> {
        let own = tokens.get(self.tokens.0..self.tokens.1)?;
        let place = CharOffset::of(at) + self.first;
        Some((
            own,
            own.partition_point(|token| token.span.char_start < place),
        ))
    }

    /// The end of the token that covers a place and the one before.
    pub(super) fn token_over(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let (_, token) = self.token_before(tokens, at)?;
        Some(self.index(token.span.char_end)).filter(|end| *end > at)
    }

    /// Whether a word ends at a place, so that what begins there is no part of a longer one.
    pub(in crate::stage::tag) fn is_word_end(&self, tokens: &[Token], at: usize) -> bool {
        at == self.chars.len()
            || self
                .token_before(tokens, at)
                .is_some_and(|(_, token)| self.index(token.span.char_end) <= at)
    }

    /// The name that ends at a place; the longest.
    pub(in crate::stage::tag) fn name_before(&self, at: usize) -> Option<&Name> {
        let until = self.names.partition_point(|name| name.start < at);
        let near = self.names.get(until.saturating_sub(NEAR)..until)?;
        near.iter().find(|name| name.end == at)
    }

    /// The name that begins at a place; the longest.
    pub(in crate::stage::tag) fn name_at(&self, at: usize) -> Option<&Name> {
        let from = self.names.partition_point(|name| name.start < at);
        self.names.get(from).filter(|name| name.start == at)
    }
}

/// Names that are looked at for one that ends at a place: they hardly ever stand within each other.
const NEAR: usize = 3;

fn width(char: char) -> u32 {
    u32::try_from(char.len_utf8()).unwrap_or_default()
}

/// Whether a character is white space or a wide space.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace()
}
