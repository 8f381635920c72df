//! Learning: a conditional random field over gaps, by stochastic gradient descent with an L1 penalty.
//!
//! Each gap is an end of a word or none, and a word of one character has a say of its own, which makes this as much as labels of four
//! (begin, middle, end, single) can tell, at the price of two. One thread and one seed: the same samples give the same file.

use rustc_hash::FxHashMap;

use super::super::alphabet::plain;
use super::super::train::{Progress, Random, Sparse, TrainOptions, of_65536, small, wide};
use super::corpus::WordSample;
use super::encode::{Encoded, Space};
use super::field::Field;
use super::file::{PackedSegmentation, Part, SCALE};
use super::shape::{BEFORE, Kind, ROW, Shape, seen};
use crate::lexicon::Lexicon;

/// How often in an epoch weights are added to the mean.
const SNAPSHOTS: usize = 8;
/// The step size of what a character says that neither begins nor ends a word, by that of all others: it is met everywhere.
const WITHIN_RATE: f32 = 0.1;

/// The weights while they are learned.
struct Weights {
    rows: Sparse,
    within: f32,
    within_sum: f32,
}

impl Weights {
    fn remember(&mut self) {
        self.rows.remember();
        self.within_sum += self.within;
    }
}

/// Learns a model of words; `tell` hears of each epoch. Of the options `repeat` names conventions.
pub fn train_words(
    samples: &[WordSample],
    lexicon: &Lexicon,
    options: &TrainOptions,
    mut tell: impl FnMut(Progress),
) -> PackedSegmentation {
    let conventions = conventions(samples);
    let shape = Shape::new(alphabet(samples), lexicon);
    let (space, encoded) = Space::of(&shape, samples, &conventions, options.least);
    let mut weights = Weights {
        rows: Sparse::new(space.count()),
        within: 0.0,
        within_sum: 0.0,
    };
    let mut order = order(samples, options);
    let mut random = Random(options.seed);
    let mut learner = Learner::new(options.drop);
    let mut rate = options.rate;
    let total = f32::from(u16::try_from(order.len() / 1024 + 1).unwrap_or(u16::MAX)) * 1024.0;
    let pause = (order.len() / SNAPSHOTS).max(1);
    let fall = options.decay.powf(1.0 / total);
    for epoch in 1..=options.epochs {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for (number, at) in (1..).zip(&order) {
            let seed = random.next();
            loss += learner.learn(&mut weights, &encoded[*at as usize], seed, rate);
            weights.rows.due += rate * options.penalty / total;
            rate *= fall;
            if epoch.saturating_add(options.average) > options.epochs && number % pause == 0 {
                weights.remember();
            }
        }
        let count = f64::from(u32::try_from(order.len().max(1)).unwrap_or(u32::MAX));
        tell(Progress {
            epoch,
            loss: loss / count,
            weights: weights.rows.count(),
        });
    }
    if weights.rows.times == 0.0 {
        weights.remember();
    }
    pack(&shape, &space, &weights, conventions, options.prune)
}

/// What is kept from step to step.
struct Learner {
    field: Field,
    scores: Vec<f32>,
    /// Of 2^16.
    drop: u64,
    factor: f32,
}

impl Learner {
    fn new(drop: f32) -> Self {
        Self {
            field: Field::default(),
            scores: Vec::new(),
            drop: of_65536(drop),
            // What is looked at stands for what is not.
            factor: 1.0 / (1.0 - drop.clamp(0.0, 0.9)),
        }
    }

    /// One step. Returns the loss.
    fn learn(&mut self, weights: &mut Weights, sample: &Encoded, seed: u64, rate: f32) -> f64 {
        let keeps =
            |row: u32| self.drop == 0 || Random(seed ^ u64::from(row)).next() & 0xFFFF >= self.drop;
        let places = 2 * sample.truth.len() - 1;
        self.scores.clear();
        self.scores.resize(places + BEFORE + 2 * ROW, 0.0);
        for met in sample.met.iter().filter(|met| keeps(met.row)) {
            let scores = self.scores.iter_mut().skip(met.place());
            for (score, at) in scores.zip(met.weights()) {
                *score += weights.rows.settle(at) * self.factor;
            }
        }
        let scores = self.scores.iter_mut().skip(BEFORE).take(places);
        let (loss, within) = self.field.run(scores, weights.within, sample);
        // What lies before the first character and behind the last one lacks nothing.
        let inner = BEFORE + 1..BEFORE + places;
        for (place, lack) in self.scores.iter_mut().enumerate() {
            *lack *= f32::from(u8::from(inner.contains(&place))) * rate * self.factor;
        }
        for met in sample.met.iter().filter(|met| keeps(met.row)) {
            let lacks = self.scores.iter().skip(met.place());
            for (lack, at) in lacks.zip(met.weights()) {
                weights.rows.values[at] += lack;
            }
        }
        weights.within += within * rate * WITHIN_RATE;
        loss
    }
}

/// The samples to read in an epoch.
fn order(samples: &[WordSample], options: &TrainOptions) -> Vec<u32> {
    let mut order = Vec::new();
    for (number, sample) in (0..).zip(samples) {
        let mut repeats = options.repeat.iter();
        let repeat = repeats.find(|(name, _)| *name == sample.convention);
        let times = repeat.map_or(1, |(_, times)| *times);
        if !sample.words.is_empty() {
            order.extend(std::iter::repeat_n(number, times as usize));
        }
    }
    order
}

/// All conventions but the nameless one, in the order they come.
fn conventions(samples: &[WordSample]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for sample in samples {
        if !sample.convention.is_empty() && !names.contains(&sample.convention) {
            names.push(sample.convention.clone());
        }
    }
    names
}

/// All characters in their one form, the most frequent first.
fn alphabet(samples: &[WordSample]) -> Vec<char> {
    let mut counts: FxHashMap<char, u32> = FxHashMap::default();
    for ch in samples
        .iter()
        .flat_map(|sample| &sample.words)
        .flat_map(|word| word.chars())
    {
        *counts.entry(plain(seen(ch))).or_default() += 1;
    }
    let mut chars: Vec<(char, u32)> = counts.into_iter().collect();
    chars.sort_unstable_by_key(|(ch, count)| (std::cmp::Reverse(*count), *ch));
    chars.into_iter().map(|(ch, _)| ch).collect()
}

fn pack(
    shape: &Shape,
    space: &Space,
    weights: &Weights,
    conventions: Vec<String>,
    prune: f32,
) -> PackedSegmentation {
    let mut parts = vec![Part::default(); conventions.len() + 1];
    for (part, rows) in parts.iter_mut().zip(space.rows()) {
        for (key, first) in rows {
            let width = Kind::of(key).map_or(0, Kind::width);
            let mut row = [0; ROW];
            let means = weights.rows.sums.iter().skip(first as usize).take(width);
            for (stored, sum) in row.iter_mut().zip(means) {
                let mean = sum / weights.rows.times;
                if mean.abs() >= prune {
                    *stored = small(mean * SCALE);
                }
            }
            part.push(key, row);
        }
    }
    PackedSegmentation {
        chars: shape.alphabet.chars().to_vec(),
        conventions,
        within: wide(weights.within_sum / weights.rows.times * SCALE),
        parts,
    }
}
