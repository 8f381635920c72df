//! What a sample asks of the weights: truth less expectation, over all ways to cut it.

use super::encode::Encoded;
use super::route::Gap;

/// Scores beyond are as good as certain, and their factors still numbers.
const MOST: f32 = 30.0;

/// Chances of a gap: no word ends there, or one does.
type Pair = [f32; 2];

/// Memory.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Factors of each character: it is a word by itself, a word ends behind it.
    factors: Vec<Pair>,
    ahead: Vec<Pair>,
    behind: Vec<Pair>,
}

impl Field {
    /// Compares the truth with what scores expect and puts in their place what they lack, from the first gap's on. Returns the loss in
    /// nats, and what `within` lacks.
    pub(super) fn run<'s>(
        &mut self,
        scores: impl Iterator<Item = &'s mut f32>,
        within: f32,
        sample: &Encoded,
    ) -> (f64, f32) {
        let mut scores: Vec<&mut f32> = scores.skip(1).collect();
        let factor = |score: &f32| score.clamp(-MOST, MOST).exp();
        self.factors.clear();
        let pairs = scores.chunks_exact(2);
        self.factors
            .extend(pairs.map(|pair| [factor(pair[0]), factor(pair[1])]));
        let inner = factor(&within);
        let mut loss = self.forward(inner, &sample.gaps);
        self.backward(inner, &sample.gaps);
        let mut within_lack = 0.0;
        let truths = sample.truth.windows(2).zip(self.factors.iter().enumerate());
        for (pair, (truth, (at, factors))) in scores.chunks_exact_mut(2).zip(truths) {
            let (before, after) = (self.ahead[at], self.behind[at + 1]);
            let mut joint = moves(inner, *factors, sample.gaps[at + 1]);
            let mut sum = 0.0;
            for (from, before) in joint.iter_mut().zip(before) {
                for (chance, after) in from.iter_mut().zip(after) {
                    *chance *= before * after;
                    sum += *chance;
                }
            }
            let chance = |from: usize, to: usize| joint[from][to] / sum;
            let is = |truth: bool| f32::from(u8::from(truth));
            let (single, end) = (is(truth[0] && truth[1]), is(truth[1]));
            let inside = is(!truth[0] && !truth[1]);
            loss -= f64::from(single * *pair[0] + end * *pair[1] + inside * within);
            *pair[0] = single - chance(1, 1);
            *pair[1] = end - chance(0, 1) - chance(1, 1);
            within_lack += inside - chance(0, 0);
        }
        (loss, within_lack)
    }

    /// Fills `ahead`; returns the logarithm of the sum over all ways.
    fn forward(&mut self, inner: f32, gaps: &[Gap]) -> f64 {
        self.ahead.clear();
        let (mut last, mut log) = ([0.0, 1.0], 0.0);
        self.ahead.push(last);
        for (factors, gap) in self.factors.iter().zip(gaps.iter().skip(1)) {
            let [open, closed] = moves(inner, *factors, *gap);
            let next = [0, 1].map(|to| last[0] * open[to] + last[1] * closed[to]);
            let sum = (next[0] + next[1]).max(f32::MIN_POSITIVE);
            log += f64::from(sum).ln();
            last = next.map(|chance| chance / sum);
            self.ahead.push(last);
        }
        log
    }

    fn backward(&mut self, inner: f32, gaps: &[Gap]) {
        self.behind.clear();
        self.behind.resize(self.ahead.len(), [1.0, 1.0]);
        let mut next = [1.0, 1.0];
        let places = self
            .behind
            .iter_mut()
            .zip(self.factors.iter().zip(gaps.iter().skip(1)));
        for (place, (factors, gap)) in places.rev() {
            let before =
                moves(inner, *factors, *gap).map(|moves| moves[0] * next[0] + moves[1] * next[1]);
            let sum = (before[0] + before[1]).max(f32::MIN_POSITIVE);
            next = before.map(|chance| chance / sum);
            *place = next;
        }
    }
}

/// From each state of the gap before a character to each of the gap behind it.
#[inline]
fn moves(inner: f32, [single, end]: Pair, gap: Gap) -> [Pair; 2] {
    let (open, closed) = match gap {
        Gap::Free => (1.0, 1.0),
        Gap::Cut => (0.0, 1.0),
        Gap::Joined => (1.0, 0.0),
    };
    [[inner * open, end * closed], [open, single * end * closed]]
}
