//! The best sequence of labels, and how much better it is than others.
//!
//! A step from one character to the next is the same few operations on whole rows for each of the thirteen labels that may be there: no
//! branch, and sixteen labels to two registers. Scores are told relative to that of `OUTSIDE` at the same place, which any sequence may
//! have, so that sixteen bits do for texts of any length.

use super::label::{LABELS, OUTSIDE, WIDTH, may_follow};

/// What all features say of each label, for a character.
pub(super) type Row = [i16; WIDTH];
/// What a label says of the next one.
pub(super) type Steps = [[i32; WIDTH]; WIDTH];

/// Labels behind which a name is over.
const CLOSED: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];
/// Worse than any sequence.
const NEVER: i16 = i16::MIN;
/// What a step may say at most.
const MOST: i32 = 8_000;

/// Steps in both directions, those that no sequence may take among them.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// By the label before.
    ahead: [Row; LABELS],
    /// By the label behind.
    back: [Row; LABELS],
}

impl Paths {
    pub(super) fn new(steps: &Steps) -> Self {
        let mut paths = Self {
            ahead: [[NEVER; WIDTH]; LABELS],
            back: [[NEVER; WIDTH]; LABELS],
        };
        for (last, label) in (0..LABELS).zip(0..) {
            for (next, follower) in (0..LABELS).zip(0..) {
                if may_follow(label, follower) {
                    let step = steps[last][next].clamp(-MOST, MOST);
                    let step = i16::try_from(step).unwrap_or(0);
                    paths.ahead[last][next] = step;
                    paths.back[next][last] = step;
                }
            }
        }
        paths
    }
}

/// Memory, kept from text to text.
#[derive(Clone, Debug, Default)]
pub(super) struct Viterbi {
    /// The best score of a sequence up to a label.
    upto: Vec<Row>,
    /// The best score of what can come behind a label.
    behind: Vec<Row>,
    /// The answer.
    pub(super) labels: Vec<u8>,
}

impl Viterbi {
    /// Finds the best labels.
    pub(super) fn run(&mut self, rows: &[Row], paths: &Paths) {
        self.upto.clear();
        self.upto.reserve(rows.len());
        let mut last = [NEVER; WIDTH];
        last[usize::from(OUTSIDE)] = 0;
        for row in rows {
            last = relative(&sum(&through(&last, &paths.ahead), row));
            self.upto.push(last);
        }
        let mut label = best(&CLOSED, |label| last[label]);
        self.labels.clear();
        self.labels.resize(rows.len(), OUTSIDE);
        let before = self.upto.iter().rev().skip(1);
        let mut before = before.map(Some).chain([None]);
        for place in self.labels.iter_mut().rev() {
            *place = label;
            let Some(last) = before.next().flatten() else {
                break;
            };
            let back = &paths.back[usize::from(label)];
            let score = |from: usize| last[from].saturating_add(back[from]);
            label = match label {
                0 | 1 | 4 | 5 | 8 | 9 | 12 => best(&CLOSED, score),
                2 | 3 => best(&[1, 2], score),
                6 | 7 => best(&[5, 6], score),
                _ => best(&[9, 10], score),
            };
        }
    }

    /// Prepares [`margin`](Self::margin).
    pub(super) fn look_back(&mut self, rows: &[Row], paths: &Paths) {
        self.behind.clear();
        self.behind.resize(rows.len(), [NEVER; WIDTH]);
        let mut next = [NEVER; WIDTH];
        for label in CLOSED {
            next[usize::from(label)] = 0;
        }
        for (place, row) in self.behind.iter_mut().zip(rows).rev() {
            *place = next;
            next = relative(&through(&sum(&next, row), &paths.back));
        }
    }

    /// How much the best sequence is better than the best that has another label here.
    pub(super) fn margin(&self, at: usize) -> i32 {
        let label = usize::from(self.labels[at]);
        let (upto, behind) = (&self.upto[at], &self.behind[at]);
        let score = |label: usize| i32::from(upto[label]) + i32::from(behind[label]);
        let others = (0..LABELS).filter(|other| *other != label).map(score);
        score(label) - others.max().unwrap_or(0)
    }
}

/// The label with the best score, the first of equals.
#[inline]
fn best(labels: &[u8], score: impl Fn(usize) -> i16) -> u8 {
    let (mut best, mut most) = (OUTSIDE, None);
    for label in labels {
        let score = score(usize::from(*label));
        if most.is_none_or(|most| score > most) {
            (best, most) = (*label, Some(score));
        }
    }
    best
}

/// For each label the best score of a step to it.
#[inline]
fn through(from: &Row, steps: &[Row; LABELS]) -> Row {
    let mut best = [NEVER; WIDTH];
    for (score, steps) in from.iter().zip(steps) {
        best = std::array::from_fn(|label| best[label].max(score.saturating_add(steps[label])));
    }
    best
}

#[inline]
fn sum(one: &Row, other: &Row) -> Row {
    std::array::from_fn(|label| one[label].saturating_add(other[label]))
}

/// Scores less that of `OUTSIDE`.
#[inline]
fn relative(scores: &Row) -> Row {
    let outside = scores[usize::from(OUTSIDE)];
    scores.map(|score| score.saturating_sub(outside))
}
