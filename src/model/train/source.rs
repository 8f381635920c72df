//! Which source a text is like: sources differ in what they take for a name, and a text is best judged by its own kind's conventions.

use rustc_hash::FxHashMap;

use super::super::corpus::Sample;
use super::super::file::VOTES;
use super::super::grams::{MARGIN, TEMPLATES, VOTERS};
use super::learn::Random;
use super::pack::small;
use super::space::{Encoded, NONE, Space};

/// How much a vote of a thousandth is stored as.
const SCALE: f32 = 32.0;
const EPOCHS: u8 = 5;
/// Samples of a source in an epoch at most: the small sources are as probable as the large ones.
const BALANCE: usize = 10_000;

/// The sources of the samples, in the order in which they come.
pub(super) fn sources(samples: &[Sample]) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for source in samples.iter().map(|sample| named(&sample.source).0) {
        let new = !source.is_empty() && !sources.iter().any(|known| known == source);
        if new && sources.len() < VOTES {
            sources.push(source.to_owned());
        }
    }
    sources
}

/// A source, and whether its text is such as is met there: `uner~` is other text that was labelled by the conventions of `uner`.
pub(super) fn named(source: &str) -> (&str, bool) {
    match source.strip_suffix('~') {
        Some(source) => (source, false),
        None => (source, true),
    }
}

/// Votes of n-grams for sources.
pub(super) struct Classifier {
    votes: FxHashMap<u64, [f32; VOTES]>,
    bias: [f32; VOTES],
}

impl Classifier {
    pub(super) fn votes(&self, key: u64) -> [i8; VOTES] {
        let votes = self.votes.get(&key).copied().unwrap_or_default();
        votes.map(|vote| small(vote * SCALE))
    }

    pub(super) fn bias(&self) -> [i8; VOTES] {
        self.bias.map(|vote| small(vote * SCALE))
    }
}

/// Learns votes by multinomial logistic regression over characters, pairs and triples.
pub(super) fn learn(encoded: &[Encoded], sources: usize, space: &Space, seed: u64) -> Classifier {
    let mut names: FxHashMap<u32, u64> = FxHashMap::default();
    for (key, block) in &space.blocks[0] {
        names.insert(*block, *key);
    }
    let mut random = Random(seed);
    let mut classifier = Classifier {
        votes: FxHashMap::default(),
        bias: [0.0; VOTES],
    };
    for epoch in 0..EPOCHS {
        let mut order: Vec<usize> = Vec::new();
        for part in 1..=sources {
            let mut of: Vec<usize> = (0..encoded.len())
                .filter(|at| encoded[*at].part == part && encoded[*at].typical)
                .collect();
            random.shuffle(&mut of);
            order.extend(
                of.iter()
                    .cycle()
                    .take(if of.is_empty() { 0 } else { BALANCE }),
            );
        }
        random.shuffle(&mut order);
        let rate = 0.1 / f32::from(epoch + 1);
        for at in order {
            step(&encoded[at], sources, &names, &mut classifier, rate);
        }
    }
    classifier
}

fn step(
    sample: &Encoded,
    sources: usize,
    names: &FxHashMap<u32, u64>,
    classifier: &mut Classifier,
    rate: f32,
) {
    let length = sample.labels.len();
    // The templates that vote stand first.
    let places = TEMPLATES[VOTERS]
        .iter()
        .map(|template| length + 2 * MARGIN + 1 - template.length)
        .sum();
    let keys = || {
        let blocks = sample.blocks[0]
            .iter()
            .take(places)
            .filter(|block| **block != NONE);
        blocks.filter_map(|block| names.get(block).copied())
    };
    let mut sums = classifier.bias;
    for key in keys() {
        if let Some(votes) = classifier.votes.get(&key) {
            for (sum, vote) in sums.iter_mut().zip(votes) {
                *sum += vote;
            }
        }
    }
    let top = sums.iter().take(sources).copied().fold(f32::MIN, f32::max);
    let mut chances = [0.0; VOTES];
    for (chance, sum) in chances.iter_mut().zip(&sums).take(sources) {
        *chance = (sum - top).exp();
    }
    let total: f32 = chances.iter().sum();
    let mut lack = [0.0; VOTES];
    for (part, (lack, chance)) in (1..).zip(lack.iter_mut().zip(&chances)) {
        let truth = f32::from(u8::from(part == sample.part));
        *lack = rate * (truth - chance / total);
    }
    for key in keys() {
        let votes = classifier.votes.entry(key).or_default();
        for (vote, lack) in votes.iter_mut().zip(&lack) {
            *vote += lack;
        }
    }
    for (vote, lack) in classifier.bias.iter_mut().zip(&lack) {
        *vote += lack;
    }
}
