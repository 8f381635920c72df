//! From places to take out to the repaired text, with its way back.

use std::ops::Range;

use crate::record::EditRule;
use crate::text::{Alignment, AlignmentBuilder, ByteOffset};

/// White space that is taken out.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::stage::decode) struct Cut {
    /// Its first byte in the text before the repair.
    start: u32,
    /// One past its last byte.
    end: u32,
    /// Where it was, in bytes of the repaired text.
    place: u32,
    /// How sure the rule is, 0.5 to 1.
    pub(in crate::stage::decode) confidence: f32,
    /// Which rule it is.
    pub(in crate::stage::decode) rule: EditRule,
    /// Whether a space stands for it, between two Latin words.
    pub(in crate::stage::decode) space: bool,
}

impl Cut {
    /// A cut of bytes `start` to `end` whose place is yet to be found.
    pub(super) fn new(start: u32, end: u32, rule: EditRule, confidence: f32) -> Self {
        Self {
            start,
            end,
            place: 0,
            confidence,
            rule,
            space: false,
        }
    }

    /// The same with a space for it, if `space` says so.
    pub(super) fn with_space(self, space: bool) -> Self {
        Self { space, ..self }
    }

    /// Its bytes of the text before the repair.
    pub(in crate::stage::decode) fn before(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where it was, in bytes of the repaired text.
    pub(in crate::stage::decode) fn place(&self) -> usize {
        self.place as usize
    }
}

/// A repaired text: lines again, each a paragraph.
#[derive(Debug)]
pub(in crate::stage::decode) struct Repaired {
    /// The text.
    pub(in crate::stage::decode) text: String,
    /// From the repaired text to the text before.
    pub(in crate::stage::decode) alignment: Alignment,
}

/// The confidences of scores: there are few, and an exponential takes as long as all else about an edit.
#[derive(Debug, Default)]
pub(super) struct Confidences([(f32, f32); 32]);

impl Confidences {
    /// The same as [`confidence`], remembered.
    pub(super) fn of(&mut self, score: f32) -> f32 {
        let mixed = score.to_bits().wrapping_mul(0x9E37_79B1) >> 27;
        let Some(known) = self.0.get_mut(mixed as usize) else {
            return confidence(score);
        };
        // None was asked yet of the score 0, which is no edit.
        if known.0.to_bits() != score.to_bits() {
            *known = (score, confidence(score));
        }
        known.1
    }
}

/// The probability that a score means: logarithm of odds to a figure of two digits.
fn confidence(score: f32) -> f32 {
    let probability = 1.0 / (1.0 + (-score).exp());
    (probability * 100.0).round() / 100.0
}

/// Takes out `cuts`, which are in order and apart, and learn where they were.
pub(super) fn apply(text: &str, cuts: &mut [Cut]) -> Repaired {
    let mut repaired = String::with_capacity(text.len());
    // A cut is a run, and so is what stands between two.
    let mut builder = AlignmentBuilder::with_capacity(2 * cuts.len() + 1);
    let mut at = 0;
    for cut in cuts {
        let before = cut.before();
        let kept = text.get(at..before.start).unwrap_or_default();
        repaired.push_str(kept);
        builder.verbatim(kept.len());
        cut.place = ByteOffset::of(repaired.len()).raw();
        if cut.space {
            repaired.push(' ');
        }
        builder.replaced(usize::from(cut.space), before.len());
        at = before.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    repaired.push_str(rest);
    builder.verbatim(rest.len());
    Repaired {
        text: repaired,
        alignment: builder.build(),
    }
}
