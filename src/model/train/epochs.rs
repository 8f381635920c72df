//! The way all models are learned: epochs of steps in an order by chance, at a rate that falls, under a penalty that grows.

use super::options::{Progress, TrainOptions};
use super::random::Random;

/// How often in an epoch weights are added to the mean.
const SNAPSHOTS: usize = 8;

/// Weights, and what moves them.
pub(in super::super) trait Learn {
    /// One step; returns the loss in nats. `seed` is for what is left to chance in it.
    fn step(&mut self, sample: usize, seed: u64, rate: f32) -> f64;

    /// Makes more of the penalty due.
    fn owe(&mut self, penalty: f32);

    /// Adds all weights to their mean: each step goes too far for some sample, and the mean of many doesn't.
    fn remember(&mut self);

    /// How many weights are not zero.
    fn count(&mut self) -> usize;
}

/// Learns from samples, whose numbers these are, so that there is a mean at the end; `tell` hears of each epoch.
pub(in super::super) fn epochs(
    learner: &mut impl Learn,
    mut samples: Vec<u32>,
    options: &TrainOptions,
    mut tell: impl FnMut(Progress),
) {
    let mut random = Random(options.seed);
    let mut rate = options.rate;
    let total = f32::from(u16::try_from(samples.len() / 1024 + 1).unwrap_or(u16::MAX)) * 1024.0;
    let pause = (samples.len() / SNAPSHOTS).max(1);
    let fall = options.decay.powf(1.0 / total);
    let mut remembered = false;
    for epoch in 1..=options.epochs {
        random.shuffle(&mut samples);
        let mut loss = 0.0;
        let averages = epoch.saturating_add(options.average) > options.epochs;
        for (number, sample) in (1..).zip(&samples) {
            loss += learner.step(*sample as usize, random.next(), rate);
            learner.owe(rate * options.penalty / total);
            rate *= fall;
            if averages && number % pause == 0 {
                learner.remember();
                remembered = true;
            }
        }
        let count = f64::from(u32::try_from(samples.len().max(1)).unwrap_or(u32::MAX));
        tell(Progress {
            epoch,
            loss: loss / count,
            weights: learner.count(),
        });
    }
    if !remembered {
        learner.remember();
    }
}
