//! Stochastic gradient descent with an L1 penalty, which is taken from a row of weights when the row is next met.

use super::super::corpus::Sample;
use super::super::file::Packed;
use super::super::grams::{MARGIN, TEMPLATES, reach};
use super::super::label::{LABELS, WIDTH};
use super::super::lists::Lists;
use super::crf::{Chain, Row, Steps};
use super::epochs::{Learn, epochs};
use super::options::{Progress, TrainOptions};
use super::pack::pack;
use super::random::{mixed, of_65536};
use super::source;
use super::space::{Encoded, NONE, Space};
use crate::lexicon::Lexicon;

/// Where a row keeps the penalty that was due when it was last met: behind its labels, so that it comes from memory with them.
const PAID: usize = LABELS;

/// The weights while they are learned.
pub(super) struct Weights {
    pub(super) rows: Vec<Row>,
    /// The penalty that is due by now.
    due: f32,
    /// For each part.
    pub(super) steps: Vec<Steps>,
}

impl Weights {
    /// Takes what is due from a row.
    fn settle(&mut self, at: usize) -> &mut Row {
        let row = &mut self.rows[at];
        let owed = self.due - row[PAID];
        if owed > 0.0 {
            row[PAID] = self.due;
            for weight in row.iter_mut().take(LABELS) {
                *weight = (weight.abs() - owed).max(0.0).copysign(*weight);
            }
        }
        row
    }

    fn count(&mut self) -> usize {
        let mut count = 0;
        for at in 0..self.rows.len() {
            let row = self.settle(at).iter().take(LABELS);
            count += row.filter(|weight| **weight != 0.0).count();
        }
        count
    }
}

/// The mean of the weights at several times.
#[derive(Default)]
struct Mean {
    rows: Vec<[f32; LABELS]>,
    steps: Vec<Steps>,
    times: f32,
}

impl Mean {
    fn add(&mut self, weights: &mut Weights) {
        self.rows.resize(weights.rows.len(), [0.0; LABELS]);
        self.steps
            .resize(weights.steps.len(), [[0.0; WIDTH]; WIDTH]);
        self.times += 1.0;
        for (at, sum) in self.rows.iter_mut().enumerate() {
            for (sum, weight) in sum.iter_mut().zip(weights.settle(at)) {
                *sum += *weight;
            }
        }
        for (sum, steps) in self.steps.iter_mut().zip(&weights.steps) {
            add(sum, steps, 1.0);
        }
    }

    /// In the weights' place.
    fn put(self, weights: &mut Weights) {
        for (row, sum) in weights.rows.iter_mut().zip(self.rows) {
            for (weight, sum) in row.iter_mut().zip(sum) {
                *weight = sum / self.times;
            }
        }
        for (steps, sum) in weights.steps.iter_mut().zip(self.steps) {
            *steps = sum.map(|row| row.map(|sum| sum / self.times));
        }
    }
}

/// What is passed over in a sample.
#[derive(Clone, Copy)]
struct Drop {
    seed: u64,
    /// Of 2^16.
    share: u64,
}

impl Drop {
    #[expect(clippy::cast_precision_loss, reason = "below 2^16")]
    fn factor(self) -> f32 {
        65_536.0 / (65_536 - self.share) as f32
    }

    fn keeps(self, number: u32) -> bool {
        self.share == 0 || mixed(self.seed ^ u64::from(number)) & 0xFFFF >= self.share
    }
}

/// Calls `meet` with each character and each row of weights that speaks for it.
fn each_row(sample: &Encoded, lists: &[u32], drop: Drop, mut meet: impl FnMut(usize, usize)) {
    let length = sample.labels.len();
    let parts = if sample.part == 0 { 1 } else { 2 };
    for (blocks, part) in sample.blocks.iter().zip([0, sample.part]).take(parts) {
        let mut rest = blocks.as_slice();
        for template in TEMPLATES {
            let places = (length + 2 * MARGIN + 1).saturating_sub(template.length);
            let (own, after) = rest.split_at(places);
            rest = after;
            for (at, block) in own
                .iter()
                .enumerate()
                .filter(|(_, block)| **block != NONE && drop.keeps(**block))
            {
                let (first, skipped, count) = reach(template, at, length);
                for offset in 0..count {
                    meet(first + offset, *block as usize + skipped + offset);
                }
            }
        }
        let base = lists[part] as usize;
        for (number, found) in (0..).zip(&sample.matches) {
            if drop.keeps(number) {
                found.rows(length, |at, row| meet(at, base + row));
            }
        }
    }
}

/// Learns a model; `tell` hears of each epoch.
pub fn train(
    samples: &[Sample],
    lexicon: &Lexicon,
    options: &TrainOptions,
    tell: impl FnMut(Progress),
) -> Packed {
    let sources = source::sources(samples);
    let space = Space::of(samples, &sources, options.least);
    let encoded = space.encode(samples, &Lists::new(lexicon));
    let mut learner = Learner {
        space: &space,
        encoded: &encoded,
        share: of_65536(options.drop),
        weights: Weights {
            rows: vec![[0.0; WIDTH]; space.rows],
            due: 0.0,
            steps: vec![[[0.0; WIDTH]; WIDTH]; sources.len() + 1],
        },
        mean: Mean::default(),
        chain: Chain::default(),
        rows: Vec::new(),
    };
    let order = order(&encoded, &sources, options);
    epochs(&mut learner, order, options, tell);
    let Learner {
        mut weights, mean, ..
    } = learner;
    mean.put(&mut weights);
    let classifier = source::learn(&encoded, sources.len(), &space, options.seed);
    pack(&space, &weights, &classifier, options.prune)
}

/// What is kept from step to step.
struct Learner<'a> {
    space: &'a Space,
    encoded: &'a [Encoded],
    /// What is passed over, of 2^16.
    share: u64,
    weights: Weights,
    mean: Mean,
    chain: Chain,
    rows: Vec<Row>,
}

impl Learn for Learner<'_> {
    fn step(&mut self, sample: usize, seed: u64, rate: f32) -> f64 {
        let Self {
            space,
            encoded,
            share,
            weights,
            chain,
            rows,
            ..
        } = self;
        let sample = &encoded[sample];
        let drop = Drop {
            seed,
            share: *share,
        };
        rows.clear();
        rows.resize(sample.labels.len(), [0.0; WIDTH]);
        // What is looked at stands for what is not.
        let factor = drop.factor();
        each_row(sample, &space.lists, drop, |at, row| {
            let row = weights.settle(row);
            for (sum, weight) in rows[at].iter_mut().zip(row) {
                *sum += *weight * factor;
            }
        });
        let mut steps = weights.steps[0];
        if sample.part > 0 {
            add(&mut steps, &weights.steps[sample.part], 1.0);
        }
        let loss = chain.run(rows, &steps, &sample.labels);
        for lack in &mut chain.lack {
            for lack in lack.iter_mut() {
                *lack *= rate * factor;
            }
        }
        each_row(sample, &space.lists, drop, |at, row| {
            for (weight, lack) in weights.rows[row].iter_mut().zip(&chain.lack[at]) {
                *weight += lack;
            }
        });
        add(&mut weights.steps[0], &chain.steps_lack, rate);
        if sample.part > 0 {
            add(&mut weights.steps[sample.part], &chain.steps_lack, rate);
        }
        loss
    }

    fn owe(&mut self, penalty: f32) {
        self.weights.due += penalty;
    }

    fn remember(&mut self) {
        self.mean.add(&mut self.weights);
    }

    fn count(&mut self) -> usize {
        self.weights.count()
    }
}

fn add(steps: &mut Steps, more: &Steps, factor: f32) {
    for (to, from) in steps.as_flattened_mut().iter_mut().zip(more.as_flattened()) {
        *to += factor * from;
    }
}

/// The samples to read in an epoch.
fn order(encoded: &[Encoded], sources: &[String], options: &TrainOptions) -> Vec<u32> {
    let mut order = Vec::new();
    for (number, sample) in (0..).zip(encoded) {
        let source = sample.part.checked_sub(1).and_then(|at| sources.get(at));
        let repeat = options.repeat.iter().find(|(name, _)| {
            let (name, typical) = source::named(name);
            Some(name) == source.map(String::as_str) && typical == sample.typical
        });
        let times = repeat.map_or(1, |(_, times)| *times);
        if !sample.labels.is_empty() {
            order.extend(std::iter::repeat_n(number, times as usize));
        }
    }
    order
}
