//! A linear-chain conditional random field: what a sample asks of the weights.

use super::super::label::{LABELS, OUTSIDE, WIDTH, may_follow};

/// What features say of each label, for a character.
pub(super) type Row = [f32; WIDTH];
/// What labels say of the next one.
pub(super) type Steps = [Row; WIDTH];

/// The smallest factor of a label: a sum of such factors along any text stays a number.
const LEAST: f32 = 1e-18;

/// Expectations over all sequences of labels, and the loss.
#[derive(Default)]
pub(super) struct Chain {
    scores: Vec<Row>,
    ahead: Vec<Row>,
    behind: Vec<Row>,
    /// What each character's weights lack: truth less expectation.
    pub(super) lack: Vec<Row>,
    /// What the steps lack.
    pub(super) steps_lack: Steps,
}

impl Chain {
    /// Compares `labels` with what the weights expect; the loss is in nats.
    pub(super) fn run(&mut self, rows: &[Row], steps: &Steps, labels: &[u8]) -> f64 {
        let moves = moves(steps);
        let mut loss = self.forward(rows, &moves);
        self.backward(&moves);
        self.steps_lack = [[0.0; WIDTH]; WIDTH];
        self.lack.clear();
        let mut last = usize::from(OUTSIDE);
        for (at, label) in labels.iter().map(|label| usize::from(*label)).enumerate() {
            loss -= f64::from(rows[at][label] + steps[last][label]);
            let mut lack = [0.0; WIDTH];
            for (lack, (ahead, behind)) in lack
                .iter_mut()
                .zip(self.ahead[at].iter().zip(&self.behind[at]))
            {
                *lack = -ahead * behind;
            }
            lack[label] += 1.0;
            self.lack.push(lack);
            self.steps_lack[last][label] += 1.0;
            self.expect(at, &moves);
            last = label;
        }
        loss
    }

    /// Fills `ahead` with what is likely up to each character, and `scores` with each character's own part, both so
    /// that the sum over `ahead` is 1. Returns the logarithm of the sum over all sequences.
    fn forward(&mut self, rows: &[Row], moves: &Steps) -> f64 {
        self.scores.clear();
        self.ahead.clear();
        let mut log = 0.0;
        let mut last = [0.0; WIDTH];
        last[usize::from(OUTSIDE)] = 1.0;
        for (at, row) in rows.iter().enumerate() {
            let top = row.iter().take(LABELS).copied().fold(f32::MIN, f32::max);
            let mut score = [0.0; WIDTH];
            for (score, weight) in score.iter_mut().zip(row).take(LABELS) {
                *score = (weight - top).exp().max(LEAST);
            }
            if at + 1 == rows.len() {
                // A name that has begun has to end.
                for (label, score) in (0..).zip(&mut score) {
                    if !may_follow(label, OUTSIDE) {
                        *score = 0.0;
                    }
                }
            }
            let mut next = [0.0; WIDTH];
            for (last, moves) in last.iter().zip(moves) {
                for (next, step) in next.iter_mut().zip(moves) {
                    *next += last * step;
                }
            }
            for (next, score) in next.iter_mut().zip(&score) {
                *next *= score;
            }
            let sum: f32 = next.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            log += f64::from(top) + f64::from(sum).ln();
            for (next, score) in next.iter_mut().zip(&mut score) {
                *next /= sum;
                *score /= sum;
            }
            self.scores.push(score);
            self.ahead.push(next);
            last = next;
        }
        log
    }

    fn backward(&mut self, moves: &Steps) {
        self.behind.clear();
        self.behind.resize(self.scores.len(), [0.0; WIDTH]);
        let mut next = [1.0; WIDTH];
        for (place, score) in self.behind.iter_mut().zip(&self.scores).rev() {
            *place = next;
            let mut inner = [0.0; WIDTH];
            for (inner, (next, score)) in inner.iter_mut().zip(next.iter().zip(score)) {
                *inner = next * score;
            }
            for (next, moves) in next.iter_mut().zip(moves) {
                *next = moves
                    .iter()
                    .zip(&inner)
                    .map(|(step, inner)| step * inner)
                    .sum();
            }
        }
    }

    /// Takes the expected steps to the character at `at` from what the steps lack.
    fn expect(&mut self, at: usize, moves: &Steps) {
        let mut before = [0.0; WIDTH];
        match at.checked_sub(1).and_then(|at| self.ahead.get(at)) {
            Some(ahead) => before = *ahead,
            None => before[usize::from(OUTSIDE)] = 1.0,
        }
        let mut inner = [0.0; WIDTH];
        for (inner, (score, behind)) in inner
            .iter_mut()
            .zip(self.scores[at].iter().zip(&self.behind[at]))
        {
            *inner = score * behind;
        }
        for (lack, (before, moves)) in self.steps_lack.iter_mut().zip(before.iter().zip(moves)) {
            for (lack, (step, inner)) in lack.iter_mut().zip(moves.iter().zip(&inner)) {
                *lack -= before * step * inner;
            }
        }
    }
}

/// Steps as factors; 0 for those that no sequence may take.
fn moves(steps: &Steps) -> Steps {
    let mut moves = [[0.0; WIDTH]; WIDTH];
    for (label, (moves, steps)) in (0..).zip(moves.iter_mut().zip(steps)).take(LABELS) {
        for (next, (factor, step)) in (0..).zip(moves.iter_mut().zip(steps)).take(LABELS) {
            if may_follow(label, next) {
                *factor = step.exp();
            }
        }
    }
    moves
}
