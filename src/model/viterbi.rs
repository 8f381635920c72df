//! The best sequence of labels, and how much better it is than others.
//!
//! A step from one character to the next is the same few operations on whole rows: no branch. Labels that may follow the same ones stand side by
//! side, in *lanes*, so that half a row, one register, is enough for each:
//!
//! ```text
//! lane   0   1  2  3   4  5  6   7   8   9 10 11  12  13 14 15
//! label  O   B  B  B   S  S  S               I  I  I       E  E  E
//!        behind O, E and S alike              behind B and I of their kind
//! ```
//!
//! Scores are told relative to that of `OUTSIDE` at the same place, which any sequence may
//! have, so that sixteen bits do for texts of any length.

use super::label::{LABELS, OUTSIDE, WIDTH, may_follow};

/// What all features say of each label, for a character, in lanes.
pub(super) type Row = [i16; WIDTH];
/// What a label says of the next one.
pub(super) type Steps = [[i32; WIDTH]; WIDTH];
/// The labels that begin something, or those that go on with it.
type Half = [i16; HALF];

const HALF: usize = WIDTH / 2;
/// The lane of each label.
pub(super) const LANES: [usize; LABELS] = [0, 1, 9, 13, 4, 2, 10, 14, 5, 3, 11, 15, 6];
/// Labels behind which a name is over.
const CLOSED: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];
/// Worse than any sequence.
const NEVER: i16 = i16::MIN;
/// What a step may say at most.
const MOST: i32 = 8_000;

/// A row of labels, in lanes.
pub(super) fn in_lanes<T: Copy + Default>(row: &[T; WIDTH]) -> [T; WIDTH] {
    let mut lanes = [T::default(); WIDTH];
    for (lane, value) in LANES.iter().zip(row) {
        lanes[*lane] = *value;
    }
    lanes
}

/// Steps in both directions, those that no sequence may take among them; in lanes.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// From each label behind which a name is over to what begins something.
    opens: [Half; CLOSED.len()],
    /// From `B`, and from `I`, to what goes on.
    begun: Half,
    inside: Half,
    /// By the label behind.
    back: [Row; LABELS],
}

impl Paths {
    pub(super) fn new(steps: &Steps) -> Self {
        let step = |last: u8, next: u8| {
            let step = steps[usize::from(last)][usize::from(next)].clamp(-MOST, MOST);
            i16::try_from(step).unwrap_or(0)
        };
        let mut paths = Self {
            opens: [[NEVER; HALF]; CLOSED.len()],
            begun: [NEVER; HALF],
            inside: [NEVER; HALF],
            back: [[NEVER; WIDTH]; LABELS],
        };
        for (next, (lane, back)) in (0..).zip(LANES.iter().zip(&mut paths.back)) {
            for (last, before) in (0..).zip(LANES) {
                if may_follow(last, next) {
                    back[before] = step(last, next);
                }
            }
            let Some(goes_on) = lane.checked_sub(HALF) else {
                for (opens, last) in paths.opens.iter_mut().zip(CLOSED) {
                    opens[*lane] = step(last, next);
                }
                continue;
            };
            // `B` and `I` of its kind are the labels before it.
            let begin = (next - 1) / 4 * 4 + 1;
            paths.begun[goes_on] = step(begin, next);
            paths.inside[goes_on] = step(begin + 1, next);
        }
        paths
    }

    /// For each label the best score of a step to it.
    #[inline]
    fn ahead(&self, from: &Row) -> Row {
        let mut opened = [NEVER; HALF];
        for (label, steps) in CLOSED.iter().zip(&self.opens) {
            let score = from[LANES[usize::from(*label)]];
            opened =
                std::array::from_fn(|lane| opened[lane].max(score.saturating_add(steps[lane])));
        }
        // Lanes 1 to 3, and 9 to 11, once for `I` and once for `E`.
        let goes_on: Half = std::array::from_fn(|lane| {
            let begun = from[lane % 4].saturating_add(self.begun[lane]);
            begun.max(from[HALF + lane % 4].saturating_add(self.inside[lane]))
        });
        std::array::from_fn(|lane| match lane.checked_sub(HALF) {
            Some(lane) => goes_on[lane],
            None => opened[lane],
        })
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
            last = relative(&sum(&paths.ahead(&last), row));
            self.upto.push(last);
        }
        let mut label = best(&CLOSED, |lane| last[lane]);
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
            let score = |lane: usize| last[lane].saturating_add(back[lane]);
            label = match label {
                // Nearly always it is `OUTSIDE` behind `OUTSIDE`.
                OUTSIDE if is_first_best(&sum(last, back)) => OUTSIDE,
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
            next[LANES[usize::from(label)]] = 0;
        }
        for (place, row) in self.behind.iter_mut().zip(rows).rev() {
            *place = next;
            next = relative(&through(&sum(&next, row), &paths.back));
        }
    }

    /// How much the best sequence is better than the best that has another label here.
    pub(super) fn margin(&self, at: usize) -> i32 {
        let own = LANES[usize::from(self.labels[at])];
        let (upto, behind) = (&self.upto[at], &self.behind[at]);
        let score = |lane: usize| i32::from(upto[lane]) + i32::from(behind[lane]);
        let others = LANES.iter().filter(|lane| **lane != own);
        score(own) - others.map(|lane| score(*lane)).max().unwrap_or(0)
    }
}

/// The label with the best score, which is asked for by its lane; the first of equals.
#[inline]
fn best(labels: &[u8], score: impl Fn(usize) -> i16) -> u8 {
    let (mut best, mut most) = (OUTSIDE, None);
    for label in labels {
        let score = score(LANES[usize::from(*label)]);
        if most.is_none_or(|most| score > most) {
            (best, most) = (*label, Some(score));
        }
    }
    best
}

/// Whether none is better than the first.
#[inline]
fn is_first_best(scores: &Row) -> bool {
    let most = scores.iter().fold(NEVER, |most, score| most.max(*score));
    most == scores[0]
}

/// For each label the best score of a step from it.
#[inline]
fn through(to: &Row, steps: &[Row; LABELS]) -> Row {
    let mut best = [NEVER; WIDTH];
    for (lane, steps) in LANES.iter().zip(steps) {
        let score = to[*lane];
        best = std::array::from_fn(|lane| best[lane].max(score.saturating_add(steps[lane])));
    }
    best
}

#[inline]
fn sum(one: &Row, other: &Row) -> Row {
    std::array::from_fn(|lane| one[lane].saturating_add(other[lane]))
}

/// Scores less that of `OUTSIDE`, which is in the first lane.
#[inline]
fn relative(scores: &Row) -> Row {
    let outside = scores[0];
    scores.map(|score| score.saturating_sub(outside))
}
