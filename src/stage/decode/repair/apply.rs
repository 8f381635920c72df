//! From places to take out to the repaired text, with its way back.

use std::ops::Range;

use crate::text::{Alignment, AlignmentBuilder};

/// White space that is taken out.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::stage::decode) struct Cut {
    /// Bytes of the text before the repair.
    pub(in crate::stage::decode) before: Range<usize>,
    /// Whether a space stands for it, between two Latin words.
    pub(in crate::stage::decode) space: bool,
    /// The rule: `hard-wrap`, `column-break` or `inner-space`.
    pub(in crate::stage::decode) rule: &'static str,
    /// How sure the rule is, 0.5 to 1.
    pub(in crate::stage::decode) confidence: f32,
}

/// A repaired text: lines again, each a paragraph.
#[derive(Debug)]
pub(in crate::stage::decode) struct Repaired {
    /// The text.
    pub(in crate::stage::decode) text: String,
    /// From the repaired text to the text before.
    pub(in crate::stage::decode) alignment: Alignment,
    /// What was taken out, in order.
    pub(in crate::stage::decode) edits: Vec<Cut>,
    /// Where each of them was, in bytes of the repaired text.
    pub(in crate::stage::decode) places: Vec<usize>,
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

/// Takes out `cuts`, which are in order and apart.
pub(super) fn apply(text: &str, cuts: Vec<Cut>) -> Repaired {
    let mut repaired = String::with_capacity(text.len());
    let mut builder = AlignmentBuilder::default();
    let mut places = Vec::with_capacity(cuts.len());
    let mut at = 0;
    for cut in &cuts {
        let kept = text.get(at..cut.before.start).unwrap_or_default();
        repaired.push_str(kept);
        builder.verbatim(kept.len());
        places.push(repaired.len());
        if cut.space {
            repaired.push(' ');
        }
        builder.replaced(usize::from(cut.space), cut.before.len());
        at = cut.before.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    repaired.push_str(rest);
    builder.verbatim(rest.len());
    Repaired {
        text: repaired,
        alignment: builder.build(),
        edits: cuts,
        places,
    }
}
