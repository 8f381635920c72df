//! Where words end: which gaps no model is asked about, and the best answer for all others together.

use super::shape::{BEFORE, DIGIT, HAN, JOINER, LETTER, Reading, SPACE};

/// What is known of a gap before the model is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// The model decides.
    Free,
    /// Two words.
    Cut,
    /// One word.
    Joined,
}

/// What is known of the gap before character `at`.
///
/// Letters and digits in a row are one word, with single connectors between them (`3.5`, `a-b`); white space is none. Of the marks that stand in
/// words only the point of foreign names (列昂·布鲁姆) joins Chinese characters.
pub(super) fn gap(reading: &Reading, at: usize) -> Gap {
    let chars = &reading.chars;
    let Some(before) = at.checked_sub(1).filter(|_| at < chars.len()) else {
        return Gap::Cut;
    };
    let is_letter = |at: usize| matches!(reading.class(at), DIGIT | LETTER);
    let connects = |at: usize| {
        let is_connector = matches!(chars.get(at), Some('.' | '_' | '-' | '．' | '＿' | '－'));
        is_connector && at > 0 && is_letter(at - 1) && is_letter(at + 1)
    };
    let is_point = |at: usize| matches!(chars.get(at), Some('·' | '•' | '・' | '‧' | '∙'));
    match (reading.class(before), reading.class(at)) {
        (SPACE, _) | (_, SPACE) => Gap::Cut,
        (DIGIT | LETTER, DIGIT | LETTER) => Gap::Joined,
        (DIGIT | LETTER, _) if connects(at) => Gap::Joined,
        (_, DIGIT | LETTER) if connects(before) => Gap::Joined,
        (HAN, JOINER) if !is_point(at) => Gap::Cut,
        (JOINER, HAN) if !is_point(before) => Gap::Cut,
        _ => Gap::Free,
    }
}

/// Worse than any answer.
const NEVER: i32 = i32::MIN / 2;

/// Finds the best answer. `scores` has those of all places; a word of one character has what is said of its character besides, and a
/// character without a word's end on either side has `within`. `ends` gets the gaps where words end, in order.
pub(super) fn best(
    reading: &Reading,
    scores: &[i16],
    within: i16,
    steps: &mut Vec<[bool; 2]>,
    ends: &mut Vec<usize>,
) {
    let length = reading.chars.len();
    steps.clear();
    ends.clear();
    // Of all answers up to a gap: the best with no end there, the best with one.
    let (mut open, mut closed) = (NEVER, 0);
    let places = scores.get(BEFORE + 1..).unwrap_or_default();
    for (at, pair) in (1..=length).zip(places.chunks_exact(2)) {
        let [single, end] = [i32::from(pair[0]), i32::from(pair[1])];
        let known = gap(reading, at);
        // Whether the gap before is an end, too.
        let (goes_on, begins) = (open + i32::from(within), closed);
        let (ends_long, ends_single) = (open, closed + single);
        steps.push([begins > goes_on, ends_single >= ends_long]);
        open = if known == Gap::Cut {
            NEVER
        } else {
            goes_on.max(begins)
        };
        closed = match known {
            Gap::Joined => NEVER,
            _ => ends_long.max(ends_single) + end,
        };
        // Only the difference counts, and stays small.
        let base = open.max(closed);
        open = (open - base).max(NEVER);
        closed = (closed - base).max(NEVER);
    }
    let mut is_end = true;
    for (at, step) in steps.iter().enumerate().rev() {
        if is_end {
            ends.push(at + 1);
        }
        is_end = step[usize::from(is_end)];
    }
    ends.reverse();
}
