//! Learning: a conditional random field over gaps, by stochastic gradient descent with an L1 penalty.
//!
//! Each gap is an end of a word or none, and a word of one character has a say of its own, which makes this as much as labels of four
//! (begin, middle, end, single) can tell, at the price of two. One thread and one seed: the same samples give the same file.

use rustc_hash::FxHashMap;

use super::super::alphabet::plain;
use super::super::train::{Glance, Learn, Progress, Sparse, TrainOptions, epochs, stored, wide};
use super::corpus::WordSample;
use super::encode::{Encoded, Space};
use super::field::Field;
use super::file::{PackedSegmentation, Part, SCALE};
use super::shape::{BEFORE, Kind, ROW, Shape, seen};
use crate::lexicon::Lexicon;

/// The step size of what a character says that neither begins nor ends a word, by that of all others: it is met everywhere.
const WITHIN_RATE: f32 = 0.1;

/// Learns a model of words; `tell` hears of each epoch. Of the options `repeat` names conventions.
pub fn train_words(
    samples: &[WordSample],
    lexicon: &Lexicon,
    options: &TrainOptions,
    tell: impl FnMut(Progress),
) -> PackedSegmentation {
    let conventions = conventions(samples);
    let shape = Shape::new(alphabet(samples), lexicon);
    let (space, encoded) = Space::of(&shape, samples, &conventions, options.least);
    let mut learner = Learner {
        encoded: &encoded,
        glance: Glance::new(options.drop),
        weights: Weights {
            rows: Sparse::new(space.count()),
            within: 0.0,
            within_sum: 0.0,
            times: 0.0,
        },
        field: Field::default(),
        scores: Vec::new(),
    };
    epochs(&mut learner, order(samples, options), options, tell);
    pack(&shape, &space, &learner.weights, conventions, options.prune)
}

/// The weights while they are learned.
struct Weights {
    rows: Sparse,
    within: f32,
    /// Of what it was at several times.
    within_sum: f32,
    times: f32,
}

/// What is kept from step to step.
struct Learner<'a> {
    encoded: &'a [Encoded],
    glance: Glance,
    weights: Weights,
    field: Field,
    scores: Vec<f32>,
}

impl Learn for Learner<'_> {
    fn step(&mut self, sample: usize, seed: u64, rate: f32) -> f64 {
        let Self {
            weights, glance, ..
        } = self;
        let sample = &self.encoded[sample];
        let looked = || sample.met.iter().filter(|met| glance.keeps(seed, met.row));
        let places = 2 * sample.truth.len() - 1;
        self.scores.clear();
        self.scores.resize(places + BEFORE + 2 * ROW, 0.0);
        for met in looked() {
            let scores = self.scores.iter_mut().skip(met.place());
            for (score, at) in scores.zip(met.weights()) {
                *score += weights.rows.settle(at) * glance.factor;
            }
        }
        let scores = self.scores.iter_mut().skip(BEFORE).take(places);
        let (loss, within) = self.field.run(scores, weights.within, sample);
        // What lies before the first character and behind the last one lacks nothing.
        let inner = BEFORE + 1..BEFORE + places;
        for (place, lack) in self.scores.iter_mut().enumerate() {
            *lack *= f32::from(u8::from(inner.contains(&place))) * rate * glance.factor;
        }
        for met in looked() {
            let lacks = self.scores.iter().skip(met.place());
            for (lack, at) in lacks.zip(met.weights()) {
                weights.rows.values[at] += lack;
            }
        }
        weights.within += within * rate * WITHIN_RATE;
        loss
    }

    fn owe(&mut self, penalty: f32) {
        self.weights.rows.due += penalty;
    }

    fn remember(&mut self) {
        self.weights.rows.remember();
        self.weights.within_sum += self.weights.within;
        self.weights.times += 1.0;
    }

    fn count(&mut self) -> usize {
        self.weights.rows.count()
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
            for (at, place) in (first as usize..).zip(row.iter_mut().take(width)) {
                *place = stored(weights.rows.mean(at), prune, SCALE);
            }
            part.push(key, row);
        }
    }
    PackedSegmentation {
        chars: shape.alphabet.chars().to_vec(),
        conventions,
        within: wide(weights.within_sum / weights.times * SCALE),
        parts,
    }
}
