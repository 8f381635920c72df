//! A piece of the repaired text, in bytes and in characters at once.

use std::ops::Range;

use super::offset::{ByteOffset, CharOffset, indices};

/// A piece of a text: half-open, in UTF-8 bytes and in code points. Both name the same piece.
///
/// ```
/// use cihe::text::{Span, SpanWalker};
/// let text = "词河 runs";
/// let span = SpanWalker::new(text).span(7..11);
/// assert_eq!((span.char_start.raw(), span.char_end.raw()), (3, 7));
/// assert_eq!(span.of(text), "runs");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub byte_start: ByteOffset,
    /// One past the last byte.
    pub byte_end: ByteOffset,
    /// First code point.
    pub char_start: CharOffset,
    /// One past the last code point.
    pub char_end: CharOffset,
}

impl Span {
    /// The whole of `text`.
    pub fn whole(text: &str) -> Self {
        Self {
            byte_end: ByteOffset::of(text.len()),
            char_end: CharOffset::of(text.chars().count()),
            ..Self::default()
        }
    }

    /// The piece of `text` that this span names.
    ///
    /// # Panics
    ///
    /// When the span was made for another text. A span always travels with its document.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(indices(&self.bytes()))
            .expect("a span is only used on the text it was made for")
    }

    /// The bytes it covers.
    pub fn bytes(&self) -> Range<ByteOffset> {
        self.byte_start..self.byte_end
    }

    /// The code points it covers.
    pub fn chars(&self) -> Range<CharOffset> {
        self.char_start..self.char_end
    }

    /// Whether it covers nothing.
    pub fn is_empty(&self) -> bool {
        self.byte_start == self.byte_end
    }

    /// How many code points it covers.
    pub fn char_len(&self) -> u32 {
        self.char_end - self.char_start
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self {
            byte_end: last.byte_end,
            char_end: last.char_end,
            ..self
        }
    }
}

/// Turns byte ranges that come in ascending order into [`Span`]s, counting each character once.
#[derive(Debug)]
pub struct SpanWalker<'t> {
    text: &'t str,
    /// Where the last answer begins: the next range may lie inside it (a sentence in its paragraph).
    start: Place,
    /// Where it ends: the next range may lie behind it.
    end: Place,
}

/// A place in the text, both ways.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    byte: usize,
    char: u32,
}

impl Place {
    fn walk(self, text: &str, to: usize) -> Self {
        let piece = text
            .get(self.byte..to)
            .expect("ranges ascend on character boundaries");
        Self {
            byte: to,
            char: self.char + CharOffset::of(piece.chars().count()).raw(),
        }
    }
}

impl<'t> SpanWalker<'t> {
    /// Stands at the beginning of `text`.
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            start: Place::default(),
            end: Place::default(),
        }
    }

    /// The span of `bytes`.
    ///
    /// # Panics
    ///
    /// When `bytes` begins before the end of an earlier answer's start, or cuts a character.
    pub fn span(&mut self, bytes: Range<usize>) -> Span {
        let behind = bytes.start >= self.end.byte;
        let known = if behind { self.end } else { self.start };
        self.start = known.walk(self.text, bytes.start);
        self.end = self.start.walk(self.text, bytes.end);
        Span {
            byte_start: ByteOffset::of(bytes.start),
            byte_end: ByteOffset::of(bytes.end),
            char_start: CharOffset::new(self.start.char),
            char_end: CharOffset::new(self.end.char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walker_answers_nested_ranges() {
        let text = "甲乙a丙";
        let mut walker = SpanWalker::new(text);
        let outer = walker.span(3..10);
        let inner = walker.span(6..7);
        assert_eq!(outer.of(text), "乙a丙");
        assert_eq!((outer.char_start.raw(), outer.char_end.raw()), (1, 4));
        assert_eq!((inner.char_start.raw(), inner.char_end.raw()), (2, 3));
    }
}
