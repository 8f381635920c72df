//! Alignments built from arbitrary scripts, and composed: ranges stay inside, ascend, and do not depend
//! on whom they are asked of.

#![no_main]

use arbitrary::Arbitrary;
use cihe::text::{Alignment, AlignmentBuilder, ByteOffset, SourceOffset};
use libfuzzer_sys::fuzz_target;

/// A piece of one step of decoding; it covers whole characters, as every step does.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Piece {
    Verbatim { chars: u8 },
    Scaled { chars: u8, text: u8, source: u8 },
    Replaced { chars: u8, text: u8 },
}

/// The second step describes pieces of what the first one made; what it leaves out it deletes.
#[derive(Arbitrary, Debug)]
struct Script {
    inner: Vec<Piece>,
    outer: Vec<Piece>,
    asks: Vec<(u16, u16)>,
}

/// A step and the widths of the characters that it makes.
struct Step {
    alignment: Alignment,
    chars: Vec<u8>,
}

/// Widths that characters have in the charsets that there are.
fn width(raw: u8) -> u8 {
    raw % 4 + 1
}

fn sum(widths: &[u8]) -> usize {
    widths.iter().map(|width| usize::from(*width)).sum()
}

/// From bytes to characters: nothing is known of the bytes, so every script is legal.
fn first(pieces: &[Piece]) -> Step {
    let mut builder = AlignmentBuilder::default();
    let mut made = Vec::new();
    for piece in pieces {
        match *piece {
            Piece::Verbatim { chars } => {
                builder.verbatim(chars.into());
                made.extend(std::iter::repeat_n(1, chars.into()));
            }
            Piece::Scaled {
                chars,
                text,
                source,
            } => {
                builder.scaled(chars.into(), width(text), width(source));
                made.extend(std::iter::repeat_n(width(text), chars.into()));
            }
            Piece::Replaced { chars, text } => {
                builder.replaced((text % 5).into(), chars.into());
                made.extend((text % 5 > 0).then_some(text % 5));
            }
        }
    }
    Step {
        alignment: builder.build(),
        chars: made,
    }
}

/// From the characters of one step to those of the next: pieces end where characters do.
fn second(pieces: &[Piece], before: &Step) -> Step {
    let mut builder = AlignmentBuilder::default();
    let mut made = Vec::new();
    let mut left = before.chars.as_slice();
    for piece in pieces {
        let (Piece::Verbatim { chars }
        | Piece::Scaled { chars, .. }
        | Piece::Replaced { chars, .. }) = *piece;
        let (mut taken, mut rest) = left.split_at(left.len().min(chars.into()));
        match *piece {
            Piece::Verbatim { .. } => {
                builder.verbatim(sum(taken));
                made.extend(taken);
            }
            Piece::Scaled { text, .. } => {
                let Some(source) = taken.first().copied() else {
                    continue;
                };
                let alike = taken.iter().take_while(|width| **width == source).count();
                (taken, rest) = left.split_at(alike);
                builder.scaled(taken.len(), width(text), source);
                made.extend(std::iter::repeat_n(width(text), taken.len()));
            }
            Piece::Replaced { text, .. } => {
                builder.replaced((text % 5).into(), sum(taken));
                made.extend((text % 5 > 0).then_some(text % 5));
            }
        }
        left = rest;
    }
    builder.replaced(0, sum(left));
    Step {
        alignment: builder.build(),
        chars: made,
    }
}

/// A range of whole characters.
fn text_of(ask: (u16, u16), chars: &[u8]) -> std::ops::Range<ByteOffset> {
    let count = chars.len() + 1;
    let (a, b) = (usize::from(ask.0) % count, usize::from(ask.1) % count);
    let byte = |at: usize| ByteOffset::of(chars.get(..at).map_or(0, sum));
    byte(a.min(b))..byte(a.max(b))
}

/// Answers are inside the source, and do not depend on whom they are asked of.
fn answers_hold(alignment: &Alignment, chars: &[u8], asks: &[(u16, u16)]) {
    let mut cursor = alignment.cursor();
    let mut ordered: Vec<_> = asks.iter().map(|ask| text_of(*ask, chars)).collect();
    ordered.sort_by_key(|text| text.start);
    let mut before = SourceOffset::ZERO;
    for text in ordered {
        let source = cursor.source_range(&text);
        assert_eq!(
            source,
            alignment.source_range(&text),
            "cursor and look-up at {text:?}"
        );
        assert!(source.start <= source.end, "{text:?} gives {source:?}");
        assert!(
            source.end <= alignment.source_len(),
            "{text:?} gives {source:?}"
        );
        assert!(
            before <= source.start,
            "starts ascend with the text at {text:?}"
        );
        before = source.start;
        let back = alignment.text_range(&source);
        assert!(back.start <= back.end && back.end <= alignment.text_len());
        // No more can be asked of the way back: a deletion at the edge of a range is not part of it.
    }
}

fuzz_target!(|script: Script| {
    let (inner, asks) = (first(&script.inner), &script.asks);
    answers_hold(&inner.alignment, &inner.chars, asks);
    let outer = second(&script.outer, &inner);
    answers_hold(&outer.alignment, &outer.chars, asks);
    let both = inner.alignment.compose(&outer.alignment);
    assert_eq!(both.text_len(), outer.alignment.text_len());
    assert_eq!(both.source_len(), inner.alignment.source_len());
    answers_hold(&both, &outer.chars, asks);
    let identity = Alignment::identity(sum(&inner.chars));
    assert_eq!(inner.alignment.compose(&identity), inner.alignment);
});
