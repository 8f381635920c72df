//! Learning: a conditional random field over words, by stochastic gradient descent with an L1 penalty.
//!
//! One thread and one seed: the same samples give the same file.

use rustc_hash::FxHashMap;

use super::super::train::{Glance, Learn, Progress, Sparse, TrainOptions, epochs, stored, wide};
use super::choices::{Choices, LABELS};
use super::corpus::TaggedSample;
use super::encode::{Encoded, Space};
use super::field::{Field, Pace, STEPS, step};
use super::file::{PackedTags, SCALE, Weight};
use super::shape::{MARGIN, Word};
use super::vary::{Tagged, Variation};
use crate::lexicon::{Lexicon, MatchScratch};
use crate::record::Pos;

/// A word that is met so often may have no tag but those that it was met with.
const OFTEN: u32 = 8;

/// Learns a model of parts of speech; `tell` hears of each epoch. Of the options `repeat` is not looked at: corpora have no names here. The
/// rarest tags beyond 64 are left out, with their samples' words.
///
/// # Panics
///
/// At a corpus whose words have 2^32 keys for their tags in all or more, which take 16 GiB: some tens of millions of words.
pub fn train_tags(
    samples: &[TaggedSample],
    lexicon: &Lexicon,
    options: &TrainOptions,
    tell: impl FnMut(Progress),
) -> PackedTags {
    let (names, read, choices) = read(samples, lexicon);
    let (space, encoded) = Space::of(&read, &choices, options.least, STEPS);
    drop(read);
    let mut learner = Learner {
        encoded: &encoded,
        glance: Glance::new(options.drop),
        weights: Sparse::new(STEPS + space.len()),
        field: Field::default(),
    };
    let order = (0..).take(encoded.samples.len()).collect();
    epochs(&mut learner, order, options, tell);
    pack(names, choices, &space, &learner.weights, options.prune)
}

/// What is kept from step to step.
struct Learner<'a> {
    encoded: &'a Encoded,
    glance: Glance,
    weights: Sparse,
    field: Field,
}

impl Learn for Learner<'_> {
    fn step(&mut self, sample: usize, seed: u64, rate: f32) -> f64 {
        let Self {
            encoded, glance, ..
        } = *self;
        let pace = Pace {
            rate,
            factor: glance.factor,
        };
        let sample = &encoded.samples[sample];
        let keeps = |weight| glance.keeps(seed, weight);
        self.field
            .learn(&mut self.weights, encoded, sample, pace, keeps)
    }

    fn owe(&mut self, penalty: f32) {
        self.weights.due += penalty;
    }

    fn remember(&mut self) {
        self.weights.remember();
    }

    fn count(&mut self) -> usize {
        self.weights.count()
    }
}

/// All tags, the most frequent first.
fn tags(samples: &[Tagged]) -> Vec<Pos> {
    let mut counts: FxHashMap<Pos, u32> = FxHashMap::default();
    for tag in samples.iter().flat_map(|(_, tags)| tags) {
        *counts.entry(*tag).or_default() += 1;
    }
    let mut tags: Vec<(Pos, u32)> = counts.into_iter().collect();
    tags.sort_unstable_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    tags.into_iter().take(LABELS).map(|(tag, _)| tag).collect()
}

/// A sample's words, with their margins, and the numbers of their tags.
type Read = (Vec<Word>, Vec<u8>);

/// All tags, the samples as the model sees them, and which tags words may have.
fn read(samples: &[TaggedSample], lexicon: &Lexicon) -> (Vec<Pos>, Vec<Read>, Choices) {
    let mut variation = Variation::new(lexicon);
    let varied = samples.iter().map(|sample| variation.of(sample));
    let varied: Vec<Tagged> = varied.collect();
    let names = tags(&varied);
    let numbers: FxHashMap<Pos, u8> = names.iter().copied().zip(0..).collect();
    let mut scratch = MatchScratch::default();
    let read = varied.into_iter().map(|(words, tags)| {
        let known = words.iter().zip(tags).filter_map(|(word, tag)| {
            let dictionary = lexicon.pos_or_guess(&mut scratch, word);
            let label = *numbers.get(&tag)?;
            let mut read = Word::new(word, dictionary);
            read.guess(word, lexicon);
            Some((read, label))
        });
        known.unzip()
    });
    let mut read: Vec<Read> = read.collect();
    let choices = Choices::of(&read, OFTEN);
    for (words, _) in &mut read {
        for word in words.iter_mut() {
            word.choose(&choices);
        }
        words.splice(..0, [Word::EDGE; MARGIN]);
        words.extend([Word::EDGE; MARGIN]);
    }
    (names, read, choices)
}

fn pack(
    labels: Vec<Pos>,
    choices: Choices,
    space: &Space,
    weights: &Sparse,
    prune: f32,
) -> PackedTags {
    let rows = (0..labels.len()).chain([LABELS]);
    let steps = rows.flat_map(|from| (0..).take(labels.len()).map(move |to| step(from, to)));
    let mut packed = PackedTags {
        steps: steps.map(|at| wide(weights.mean(at) * SCALE)).collect(),
        labels,
        choices,
        ..PackedTags::default()
    };
    for ((key, label), at) in space.rows() {
        let value = stored(weights.mean(at as usize), prune, SCALE);
        if value == 0 {
            continue;
        }
        packed.weights.push(Weight { label, value });
        match (packed.keys.last(), packed.counts.last_mut()) {
            (Some(last), Some(count)) if *last == key => *count += 1,
            _ => {
                packed.keys.push(key);
                packed.counts.push(1);
            }
        }
    }
    packed
}
