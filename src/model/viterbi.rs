//! The best sequence of labels, and how much better it is than others.
//!
//! Only six steps lead to a label inside of a name, forty-nine to the others: steps that no sequence may take are never looked at.

use super::label::{LABELS, OUTSIDE, WIDTH};

/// What all features say of each label, for a character.
pub(super) type Row = [i16; WIDTH];
/// What a label says of the next one.
pub(super) type Steps = [[i32; WIDTH]; WIDTH];

/// Labels behind which a name is over.
const CLOSED: [usize; 7] = [0, 3, 4, 7, 8, 11, 12];
/// Labels at which no name goes on.
const FRESH: [usize; 7] = [0, 1, 4, 5, 8, 9, 12];
/// Worse than any sequence.
const NEVER: i32 = i32::MIN / 4;

/// Memory, kept from text to text.
#[derive(Clone, Debug, Default)]
pub(super) struct Viterbi {
    /// The best score of a sequence up to a label.
    upto: Vec<[i32; WIDTH]>,
    /// The best score of what can come behind a label.
    behind: Vec<[i32; WIDTH]>,
    from: Vec<[u8; WIDTH]>,
    /// The answer.
    pub(super) labels: Vec<u8>,
}

impl Viterbi {
    /// Finds the best labels.
    pub(super) fn run(&mut self, rows: &[Row], steps: &Steps) {
        self.upto.clear();
        self.from.clear();
        self.labels.clear();
        let mut last = [NEVER; WIDTH];
        last[usize::from(OUTSIDE)] = 0;
        for row in rows {
            let (next, from) = step(&last, row, steps);
            self.upto.push(next);
            self.from.push(from);
            last = next;
        }
        let mut label = CLOSED
            .into_iter()
            .rev()
            .max_by_key(|label| last[*label])
            .unwrap_or(0);
        self.labels.resize(rows.len(), OUTSIDE);
        for (place, from) in self.labels.iter_mut().zip(&self.from).rev() {
            *place = u8::try_from(label).unwrap_or(OUTSIDE);
            label = usize::from(from[label]);
        }
    }

    /// Prepares [`margin`](Self::margin).
    pub(super) fn look_back(&mut self, rows: &[Row], steps: &Steps) {
        self.behind.clear();
        self.behind.resize(rows.len(), [NEVER; WIDTH]);
        let mut next = [NEVER; WIDTH];
        for label in CLOSED {
            next[label] = 0;
        }
        for (place, row) in self.behind.iter_mut().zip(rows).rev() {
            *place = next;
            let mut ahead = next;
            for (score, weight) in ahead.iter_mut().zip(row) {
                *score += i32::from(*weight);
            }
            next = back(&ahead, steps);
        }
    }

    /// How much the best sequence is better than the best that has another label here.
    pub(super) fn margin(&self, at: usize) -> i32 {
        let label = usize::from(self.labels[at]);
        let (upto, behind) = (&self.upto[at], &self.behind[at]);
        let score = |label: usize| upto[label].saturating_add(behind[label]);
        let others = (0..LABELS).filter(|other| *other != label).map(score);
        score(label) - others.max().unwrap_or(NEVER).max(NEVER)
    }
}

#[inline]
fn step(last: &[i32; WIDTH], row: &Row, steps: &Steps) -> ([i32; WIDTH], [u8; WIDTH]) {
    let mut best = [NEVER; WIDTH];
    let mut from = [0; WIDTH];
    for (label, role) in (0..).zip(CLOSED) {
        let _: u8 = label;
        let score = last[role];
        for next in FRESH {
            let new = score + steps[role][next];
            let better = new > best[next];
            best[next] = if better { new } else { best[next] };
            from[next] = if better {
                CLOSED_CODES[usize::from(label)]
            } else {
                from[next]
            };
        }
    }
    for begin in [1_u8, 5, 9] {
        let (b, i, e) = (
            usize::from(begin),
            usize::from(begin) + 1,
            usize::from(begin) + 2,
        );
        for next in [i, e] {
            let (fresh, inner) = (last[b] + steps[b][next], last[i] + steps[i][next]);
            best[next] = fresh.max(inner);
            from[next] = if fresh >= inner { begin } else { begin + 1 };
        }
    }
    for (score, weight) in best.iter_mut().zip(row) {
        *score += i32::from(*weight);
    }
    (best, from)
}

/// [`CLOSED`] as bytes.
const CLOSED_CODES: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];

fn back(ahead: &[i32; WIDTH], steps: &Steps) -> [i32; WIDTH] {
    let mut best = [NEVER; WIDTH];
    for label in CLOSED {
        for next in FRESH {
            best[label] = best[label].max(steps[label][next] + ahead[next]);
        }
    }
    for begin in [1, 5, 9] {
        for label in [begin, begin + 1] {
            for next in [begin + 1, begin + 2] {
                best[label] = best[label].max(steps[label][next] + ahead[next]);
            }
        }
    }
    best
}
