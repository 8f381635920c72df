//! Tokens: words with their place and part of speech.

use std::fmt;

use super::{Document, Located, Place};
use crate::text::Span;

/// A part-of-speech tag: at most eight bytes of ASCII, held in place, so that a token owns no memory.
///
/// Up to the `tag` hop the set is the engine's, jieba's that of ICTCLAS (`n`, `nr`, `ns`, `nt`, `v`, `m`, `x`, …); behind it the one that `tag.tagset`
/// names: that of ICTCLAS still, or that of Universal Dependencies (`NOUN`, `PROPN`, `VERB`, `NUM`, `PUNCT`, …). A user's words may have tags of their own.
///
/// ```
/// use cihe::record::Pos;
/// assert_eq!(Pos::new("nrt").unwrap().as_str(), "nrt");
/// assert!(Pos::new("far-too-long").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos([u8; 8]);

impl Pos {
    /// jieba's tag for what it can't place.
    pub const UNKNOWN: Self = Self(*b"x\0\0\0\0\0\0\0");

    /// A tag; `None` when it is empty, over eight bytes, or not printable ASCII.
    pub fn new(tag: &str) -> Option<Self> {
        let bytes = tag.as_bytes();
        if bytes.is_empty() || bytes.len() > 8 || !bytes.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let mut held = [0; 8];
        for (to, from) in held.iter_mut().zip(bytes) {
            *to = *from;
        }
        Some(Self(held))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        let end = self
            .0
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(self.0.len());
        self.0
            .get(..end)
            .and_then(|held| std::str::from_utf8(held).ok())
            .unwrap_or_default()
    }

    /// A number of up to `bits` bits in which few tags agree.
    pub(crate) fn hash(self, bits: u32) -> usize {
        // Fibonacci hashing: the high bits depend on all bytes.
        let mixed = u64::from_le_bytes(self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mixed >> (u64::BITS - bits)).unwrap_or_default()
    }

    /// Whether the tag is one of a family: `nrt` is one of `nr`, and `nr` of `n`.
    pub fn is_a(&self, family: &str) -> bool {
        self.as_str().starts_with(family)
    }
}

impl fmt::Debug for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word. Tokens are in order, do not overlap, and cover all of the text but white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where in the document's text.
    pub span: Span,
    /// The sentence it stands in: an index into `Document::sentences`.
    pub sentence: u32,
    /// Part of speech.
    pub pos: Pos,
}

/// A document with its words.
#[derive(Clone, Debug)]
pub struct Segmented {
    /// The text they stand in.
    pub document: Document,
    /// Ordered by place, so that the tokens of one sentence stand together.
    pub tokens: Vec<Token>,
    /// The numbers of those that were cut anew since, so that no entity's edge lies inside a word; in order.
    pub reconciled: Vec<u32>,
}

impl Located for Segmented {
    fn place(&self) -> &Place {
        &self.document.place
    }
}
