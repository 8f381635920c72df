//! A document as the finder looks at it: its view, its words, and questions about places in it.

use std::ops::Range;

use crate::record::{Document, Entity, Label, Segmented, Sentence, Token};
use crate::text::{CharOffset, Span};

/// Bytes of a Chinese person's name at most: four characters.
const NAME: usize = 12;

/// A document with its words and names. Everything is asked of the simplified view; offsets into it are offsets into the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'d> {
    document: &'d Document,
    tokens: &'d [Token],
    entities: &'d [Entity],
    view: &'d str,
}

impl<'d> Page<'d> {
    pub(super) fn new(segmented: &'d Segmented, entities: &'d [Entity]) -> Self {
        Self {
            document: &segmented.document,
            tokens: &segmented.tokens,
            entities,
            view: segmented.document.view(),
        }
    }

    pub(super) fn view(&self) -> &'d str {
        self.view
    }

    /// A piece of the view; nothing where the range cuts a character.
    pub(super) fn piece(&self, range: &Range<usize>) -> &'d str {
        self.view.get(range.clone()).unwrap_or_default()
    }

    /// The same piece in the document's own script.
    pub(super) fn own(&self, range: &Range<usize>) -> &'d str {
        self.document.text.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn up_to(&self, end: usize) -> &'d str {
        self.piece(&(0..end))
    }

    pub(super) fn from(&self, start: usize) -> &'d str {
        self.piece(&(start..self.view.len()))
    }

    /// The character that ends at `end`.
    pub(super) fn before(&self, end: usize) -> Option<char> {
        self.up_to(end).chars().next_back()
    }

    /// The words that lie wholly in `range`.
    pub(super) fn words(&self, range: &Range<usize>) -> &'d [Token] {
        let first = self
            .tokens
            .partition_point(|token| token.span.byte_start.get() < range.start);
        let last = self
            .tokens
            .partition_point(|token| token.span.byte_end.get() <= range.end);
        self.tokens.get(first..last).unwrap_or_default()
    }

    /// The word that begins at `start`.
    pub(super) fn word_at(&self, start: usize) -> Option<&'d Token> {
        let at = self
            .tokens
            .partition_point(|token| token.span.byte_start.get() < start);
        self.tokens
            .get(at)
            .filter(|token| token.span.byte_start.get() == start)
    }

    /// The word that begins before `at` and goes on across it.
    pub(super) fn word_across(&self, at: usize) -> Option<&'d Token> {
        let before = self
            .tokens
            .partition_point(|token| token.span.byte_start.get() < at);
        self.tokens
            .get(before.checked_sub(1)?)
            .filter(|token| token.span.byte_end.get() > at)
    }

    /// Whether no word goes on across `at`.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        self.word_across(at).is_none()
    }

    pub(super) fn text_of(&self, token: &Token) -> &'d str {
        token.span.of(self.view)
    }

    pub(super) fn sentences(&self) -> &'d [Sentence] {
        &self.document.sentences
    }

    /// The sentence in which `at` lies.
    pub(super) fn sentence_of(&self, at: usize) -> Option<usize> {
        let sentences = &self.document.sentences;
        let next = sentences.partition_point(|one| one.span.byte_start.get() <= at);
        let last = next.checked_sub(1)?;
        (at < sentences.get(last)?.span.byte_end.get()).then_some(last)
    }

    /// The bytes of a sentence.
    pub(super) fn sentence(&self, number: usize) -> Range<usize> {
        self.sentences().get(number).map_or(0..0, |sentence| {
            sentence.span.byte_start.get()..sentence.span.byte_end.get()
        })
    }

    /// `range` cut to `bytes` from its beginning, at a character.
    pub(super) fn head(&self, range: Range<usize>, bytes: usize) -> Range<usize> {
        let end = range.end.max(range.start);
        range.start..self.view.floor_char_boundary(end.min(range.start + bytes))
    }

    /// `range` cut to `bytes` from its end, at a character.
    pub(super) fn tail(&self, range: Range<usize>, bytes: usize) -> Range<usize> {
        let start = range.start.min(range.end);
        self.view
            .ceil_char_boundary(start.max(range.end.saturating_sub(bytes)))..range.end
    }

    /// Where the name of a person begins that ends at `end`.
    pub(super) fn person_to(&self, end: usize) -> Option<usize> {
        let next = self
            .entities
            .partition_point(|entity| entity.span.byte_start.get() < end);
        // Names do not nest deeply: the person is one of the last few that begin before the end.
        let from = next.saturating_sub(4);
        self.entities
            .get(from..next)?
            .iter()
            .find(|entity| entity.label == Label::Person && entity.span.byte_end.get() == end)
            .map(|entity| entity.span.byte_start.get())
    }

    /// Whether all of `range` is the name of a person, a place or a body, by the entities or by the dictionary: 抗美援朝 names countries,
    /// and is none.
    pub(super) fn is_name(&self, range: &Range<usize>) -> bool {
        let next = self
            .entities
            .partition_point(|entity| entity.span.byte_start.get() <= range.start);
        let last = self.entities.get(next.saturating_sub(4)..next);
        let named = |label| matches!(label, Label::Person | Label::Location | Label::Organisation);
        let covers = |end: usize| end >= range.end;
        let words = self.words(range);
        let first = words.first();
        last.unwrap_or_default()
            .iter()
            .any(|entity| named(entity.label) && covers(entity.span.byte_end.get()))
            || first.is_some_and(|word| {
                let place = ["ns", "nt"].iter().any(|tag| word.pos.is_a(tag));
                // A Chinese name begins with a surname, and is short.
                word.pos.is_a("nr") && range.len() <= NAME
                    || place && covers(word.span.byte_end.get())
            })
    }

    /// The span of a piece of the view. Characters are counted from the word in which it begins.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let next = self
            .tokens
            .partition_point(|token| token.span.byte_start.get() <= range.start);
        let (byte, char) = next
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or((0, CharOffset::ZERO), |token| {
                (token.span.byte_start.get(), token.span.char_start)
            });
        let lead = Span::whole(self.piece(&(byte..range.start)));
        let inner = Span::whole(self.piece(range));
        let char_start = char + lead.char_len();
        Span {
            byte_start: crate::text::ByteOffset::of(range.start),
            byte_end: crate::text::ByteOffset::of(range.end),
            char_start,
            char_end: char_start + inner.char_len(),
        }
    }
}
