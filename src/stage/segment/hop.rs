//! What runs: sentence by sentence through the engine, then into the document's coordinates.

use std::sync::Arc;

use super::pieces::{Piece, pieces};
use super::{Engine, PIECE_CHARS, Word};
use crate::record::{Document, Hop, Segmented, Sentence, Token};
use crate::stage::{Map, Output};
use crate::text::{ByteOffset, CharOffset, FullWidth, Span};

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// The `segment` hop.
#[derive(Clone, Debug)]
pub struct Segment {
    engine: Arc<dyn Engine>,
}

/// A worker's memory.
#[derive(Debug, Default)]
pub struct SegmentScratch {
    /// The engine's answer for one piece.
    words: Vec<Word>,
    /// The piece with its marks at full width.
    reading: FullWidth,
    /// The tokens of the document at hand.
    tokens: Vec<Token>,
}

impl Segment {
    /// With this engine, which all workers share.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine }
    }

    fn cut(&self, document: &Document, scratch: &mut SegmentScratch) {
        let view = document.view();
        for (number, sentence) in (0_u32..).zip(&document.sentences) {
            let text = sentence.span.of(view);
            if sentence.span.char_len() as usize <= PIECE_CHARS {
                let whole = Piece {
                    text,
                    byte: 0,
                    char: 0,
                };
                self.cut_piece(whole, number, sentence, scratch);
            } else {
                for piece in pieces(text) {
                    self.cut_piece(piece, number, sentence, scratch);
                }
            }
        }
    }

    fn cut_piece(&self, piece: Piece<'_>, number: u32, of: &Sentence, to: &mut SegmentScratch) {
        let byte = ByteOffset::of(of.span.byte_start.get() + piece.byte);
        let char = CharOffset::of(of.span.char_start.get() + piece.char);
        to.words.clear();
        if let Some(read) = to.reading.of(piece.text) {
            self.engine.segment(read, &mut to.words);
            for Word { span, .. } in &mut to.words {
                let in_text = |at: ByteOffset| ByteOffset::of(to.reading.byte_in_text(at.get()));
                span.byte_start = in_text(span.byte_start);
                span.byte_end = in_text(span.byte_end);
            }
        } else {
            self.engine.segment(piece.text, &mut to.words);
        }
        let token = |span: Span, pos| Token {
            span: Span {
                byte_start: byte + span.byte_start.raw(),
                byte_end: byte + span.byte_end.raw(),
                char_start: char + span.char_start.raw(),
                char_end: char + span.char_end.raw(),
            },
            sentence: number,
            pos,
        };
        let text = piece.text.as_bytes();
        let end = end_of_space(text);
        let plain = to
            .words
            .partition_point(|it| it.span.byte_start.get() < end);
        let (spaced, plain) = to.words.split_at(plain);
        to.tokens.reserve(to.words.len());
        to.tokens.extend(spaced.iter().filter_map(|word| {
            let whole = !may_have_space(text, &word.span);
            let rest = if whole {
                word.span
            } else {
                trimmed(piece.text, word.span)?
            };
            Some(token(rest, word.pos))
        }));
        to.tokens
            .extend(plain.iter().map(|word| token(word.span, word.pos)));
    }
}

/// Where the last white space ends at the latest; 0 where there is none for sure. Most sentences have none, or have it near their
/// beginning, behind the number of an item. Within a block there is no branch, so that many bytes are looked at together.
fn end_of_space(text: &[u8]) -> usize {
    let mut blocks = (0..text.len()).step_by(BLOCK).map(|from| {
        // White space of several bytes may begin in a block and end in the next.
        let to = text.len().min(from + BLOCK + 2);
        (from, text.get(from..to).unwrap_or_default())
    });
    let spaced = blocks.rfind(|(_, block)| has_space(block));
    spaced.map_or(0, |(from, block)| from + block.len())
}

/// Whether there may be white space anywhere; a no is sure.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch would end the looking at many bytes together"
)]
fn has_space(text: &[u8]) -> bool {
    // The last two bytes begin no window.
    let edge = text.iter().rev().take(2);
    let at_edge = edge.fold(false, |found, byte| {
        found | (*byte <= b' ') | (*byte == 0xC2)
    });
    // U+85, U+A0; U+1680; U+3000 and U+2000; U+2001 to U+200A, U+2028 to U+202F, U+205F. What else it says yes to is rare.
    text.array_windows().fold(at_edge, |found, [a, b, c]| {
        let rare = ((*a == 0xC2) & (*b <= 0xA0)) | (*a == 0xE1);
        let wide = (*b == 0x80) & (*c == 0x80);
        let general = (*a == 0xE2) & ((*c <= 0x8A) | (*c >= 0xA8) | (*c == 0x9F));
        found | (*a <= b' ') | rare | wide | general
    })
}

/// Whether the bytes at either end of the word allow for white space: a quick look that spares most words a thorough one.
fn may_have_space(text: &[u8], span: &Span) -> bool {
    let leads = |byte: u8| byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3);
    let (start, end) = (span.byte_start.get(), span.byte_end.get());
    // All white space takes one to three bytes.
    let last = (1..=3).filter_map(|back| text.get(end.checked_sub(back)?).copied());
    text.get(start).copied().is_none_or(leads) || last.into_iter().any(leads)
}

/// `span` without white space at its ends; `None` when nothing is left.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let word = span.of(text);
    if !word.starts_with(char::is_whitespace) && !word.ends_with(char::is_whitespace) {
        return Some(span);
    }
    let rest = word.trim_start();
    let kept = rest.trim_end();
    let before = word.len() - rest.len();
    let chars_before = word.chars().count() - rest.chars().count();
    let byte_start = ByteOffset::of(span.byte_start.get() + before);
    let char_start = CharOffset::of(span.char_start.get() + chars_before);
    (!kept.is_empty()).then(|| Span {
        byte_start,
        byte_end: ByteOffset::of(byte_start.get() + kept.len()),
        char_start,
        char_end: CharOffset::of(char_start.get() + kept.chars().count()),
    })
}

impl Map for Segment {
    type In = Document;
    type Out = Segmented;
    type Scratch = SegmentScratch;
    const HOP: Hop = Hop::Segment;

    fn scratch(&self) -> SegmentScratch {
        SegmentScratch::default()
    }

    fn map(&self, document: Document, scratch: &mut SegmentScratch, out: &mut Output<Segmented>) {
        // Chinese text has a word every five bytes or so: it need not grow in steps.
        scratch.tokens = Vec::with_capacity(document.text.len() / 4 + 1);
        self.cut(&document, scratch);
        if scratch.tokens.len() < scratch.tokens.capacity() / 2 {
            scratch.tokens.shrink_to_fit();
        }
        out.items.push(Segmented {
            document,
            tokens: std::mem::take(&mut scratch.tokens),
            reconciled: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_seen_wherever_it_stands() {
        for char in ('\0'..=char::MAX).filter(|char| char.is_whitespace()) {
            for text in [
                format!("{char}"),
                format!("{char}河"),
                format!("河{char}"),
                format!("a{char}"),
                format!("河水{char}涨了"),
            ] {
                assert!(has_space(text.as_bytes()), "{text:?}");
                for before in BLOCK - 3..=BLOCK {
                    let text = format!("{}{text}", "a".repeat(before));
                    let end = text.rfind(char).map_or(0, |at| at + char.len_utf8());
                    assert!(end_of_space(text.as_bytes()) >= end, "{text:?}");
                }
            }
        }
        let text = format!("1. {}", "河".repeat(200));
        assert!((3..=BLOCK + 2).contains(&end_of_space(text.as_bytes())));
        let text = format!("{text} 水{}", "河".repeat(200));
        let end = end_of_space(text.as_bytes());
        assert!((604..=604 + BLOCK + 2).contains(&end), "{end}");
        assert_eq!(
            end_of_space("“河水”涨了……——，。a1%".repeat(40).as_bytes()),
            0
        );
        for text in ["", "河", "“河水”涨了……——·，。a1%"] {
            assert!(!has_space(text.as_bytes()), "{text}");
        }
    }
}
