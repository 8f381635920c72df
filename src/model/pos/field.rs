//! A conditional random field over the tags that words may have: what a sample asks of the weights.

use super::super::train::Sparse;
use super::choices::LABELS;
use super::encode::{Choice, Encoded, Place};

/// Weights of steps from tag to tag; what stands before the first word is the last row.
pub(super) const STEPS: usize = (LABELS + 1) * LABELS;
/// The smallest factor: a sum of such factors along any text stays a number.
const LEAST: f32 = 1e-18;

/// The weight of a step.
#[inline]
pub(super) fn step(from: usize, to: u8) -> usize {
    from * LABELS + usize::from(to)
}

/// Memory.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Factors of choices, then chances up to them and behind them.
    own: Vec<f32>,
    ahead: Vec<f32>,
    behind: Vec<f32>,
    /// Where a word's choices begin.
    starts: Vec<usize>,
    /// What steps lack.
    lacks: Vec<(usize, f32)>,
}

/// One step's share of the penalty, and how far it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) rate: f32,
    /// What is looked at stands for what is not.
    pub(super) factor: f32,
}

impl Field {
    /// One step. Returns the loss in nats. `keeps` says which weights are looked at.
    pub(super) fn learn(
        &mut self,
        weights: &mut Sparse,
        all: &Encoded,
        sample: &[Place],
        pace: Pace,
        keeps: impl Fn(u32) -> bool,
    ) -> f64 {
        let mut loss = self.fill(weights, all, sample, pace, &keeps);
        loss += self.forward(weights, all, sample);
        self.backward(weights, all, sample);
        for (number, place) in sample.iter().enumerate() {
            let start = self.starts[number];
            let choices = choices(all, place);
            let chance = |at: usize| self.ahead[start + at] * self.behind[start + at];
            let sum: f32 = (0..choices.len()).map(chance).sum();
            let Some(truth) = place.truth.filter(|_| choices.len() > 1) else {
                continue;
            };
            for (at, choice) in choices.iter().enumerate() {
                let is = f32::from(u8::from(at == truth as usize));
                let lack = (is - chance(at) / sum.max(f32::MIN_POSITIVE)) * pace.rate * pace.factor;
                for weight in own_weights(all, choice).filter(|weight| keeps(**weight)) {
                    weights.values[*weight as usize] += lack;
                }
            }
        }
        self.learn_steps(weights, all, sample, pace.rate);
        loss
    }

    /// Fills the choices' own factors; returns what the truth's own are, less.
    fn fill(
        &mut self,
        weights: &mut Sparse,
        all: &Encoded,
        sample: &[Place],
        pace: Pace,
        keeps: &impl Fn(u32) -> bool,
    ) -> f64 {
        self.own.clear();
        self.starts.clear();
        let mut loss = 0.0;
        for place in sample {
            let start = self.own.len();
            self.starts.push(start);
            for choice in choices(all, place) {
                let own = own_weights(all, choice).filter(|weight| keeps(**weight));
                let sum: f32 = own.map(|weight| weights.settle(*weight as usize)).sum();
                self.own.push(sum * pace.factor);
            }
            let own = &mut self.own[start..];
            let top = own.iter().copied().fold(f32::MIN, f32::max);
            if let Some(truth) = place.truth {
                loss -= f64::from(own[truth as usize] - top);
            }
            for own in own {
                *own = (*own - top).exp().max(LEAST);
            }
        }
        loss
    }

    /// Fills `ahead`; returns the logarithm of the sum over all ways, less the steps of the truth.
    fn forward(&mut self, weights: &mut Sparse, all: &Encoded, sample: &[Place]) -> f64 {
        self.ahead.clear();
        let mut log = 0.0;
        for (number, place) in sample.iter().enumerate() {
            let start = self.starts[number];
            let before = number.checked_sub(1).and_then(|at| sample.get(at));
            for (at, choice) in choices(all, place).iter().enumerate() {
                let mut sum = 0.0;
                each_before(all, before, |from, label| {
                    let chance = before.map_or(1.0, |_| self.ahead[self.starts[number - 1] + from]);
                    sum += chance * weights.settle(step(label, choice.label)).exp();
                });
                self.ahead.push(sum * self.own[start + at]);
            }
            let sum: f32 = self.ahead[start..]
                .iter()
                .sum::<f32>()
                .max(f32::MIN_POSITIVE);
            log += f64::from(sum).ln();
            self.ahead[start..]
                .iter_mut()
                .for_each(|chance| *chance /= sum);
            self.own[start..]
                .iter_mut()
                .take(choices(all, place).len())
                .for_each(|own| *own /= sum);
            if let Some((from, to)) = true_step(all, before, place) {
                log -= f64::from(weights.values[step(from, to)]);
            }
        }
        log
    }

    fn backward(&mut self, weights: &mut Sparse, all: &Encoded, sample: &[Place]) {
        self.behind.clear();
        self.behind.resize(self.own.len(), 1.0);
        for number in (1..sample.len()).rev() {
            let (start, last) = (self.starts[number], self.starts[number - 1]);
            for (from, before) in choices(all, &sample[number - 1]).iter().enumerate() {
                let mut sum = 0.0;
                for (at, choice) in choices(all, &sample[number]).iter().enumerate() {
                    let step = weights.values[step(usize::from(before.label), choice.label)].exp();
                    sum += step * self.own[start + at] * self.behind[start + at];
                }
                self.behind[last + from] = sum;
            }
        }
    }

    /// Moves the steps to what they lack.
    fn learn_steps(&mut self, weights: &mut Sparse, all: &Encoded, sample: &[Place], rate: f32) {
        let mut lacks = std::mem::take(&mut self.lacks);
        lacks.clear();
        for (number, place) in sample.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|at| sample.get(at));
            let Some((true_from, true_to)) = true_step(all, before, place) else {
                continue;
            };
            let many = before.map_or(1, |before| before.choices.len()) * place.choices.len();
            if many == 1 {
                continue;
            }
            let start = self.starts[number];
            for (at, choice) in choices(all, place).iter().enumerate() {
                let to = self.own[start + at] * self.behind[start + at];
                each_before(all, before, |from, label| {
                    let chance = before.map_or(1.0, |_| self.ahead[self.starts[number - 1] + from]);
                    let step = step(label, choice.label);
                    lacks.push((step, -rate * chance * weights.values[step].exp() * to));
                });
            }
            lacks.push((step(true_from, true_to), rate));
        }
        for (step, lack) in &lacks {
            weights.values[*step] += lack;
        }
        self.lacks = lacks;
    }
}

fn choices<'a>(all: &'a Encoded, place: &Place) -> &'a [Choice] {
    let range = place.choices.start as usize..place.choices.end as usize;
    all.choices.get(range).unwrap_or_default()
}

fn own_weights<'a>(all: &'a Encoded, choice: &Choice) -> impl Iterator<Item = &'a u32> {
    let range = choice.weights.start as usize..choice.weights.end as usize;
    all.weights.get(range).unwrap_or_default().iter()
}

/// Calls `each` with the number and the tag of what may stand before.
fn each_before(all: &Encoded, before: Option<&Place>, mut each: impl FnMut(usize, usize)) {
    match before {
        None => each(0, LABELS),
        Some(before) => {
            for (at, choice) in choices(all, before).iter().enumerate() {
                each(at, usize::from(choice.label));
            }
        }
    }
}

fn true_step(all: &Encoded, before: Option<&Place>, place: &Place) -> Option<(usize, u8)> {
    let label = |place: &Place| {
        let truth = place.truth? as usize;
        choices(all, place).get(truth).map(|choice| choice.label)
    };
    let from = match before {
        None => LABELS,
        Some(before) => usize::from(label(before)?),
    };
    Some((from, label(place)?))
}
