//! What runs: sentence by sentence through the engine, then into the document's coordinates.

use std::sync::Arc;

use super::pieces::{Piece, pieces};
use super::{Engine, PIECE_CHARS, Word};
use crate::record::{Document, Hop, Segmented, Sentence, Token};
use crate::stage::{Map, Output};
use crate::text::{ByteOffset, CharOffset, FullWidth, Span};

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
        to.tokens.reserve(to.words.len());
        for word in &to.words {
            let mut span = word.span;
            if may_have_space(piece.text.as_bytes(), &span) {
                match trimmed(piece.text, span) {
                    Some(rest) => span = rest,
                    None => continue,
                }
            }
            to.tokens.push(Token {
                span: Span {
                    byte_start: byte + span.byte_start.raw(),
                    byte_end: byte + span.byte_end.raw(),
                    char_start: char + span.char_start.raw(),
                    char_end: char + span.char_end.raw(),
                },
                sentence: number,
                pos: word.pos,
            });
        }
    }
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
