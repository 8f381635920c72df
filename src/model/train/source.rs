//! Which source a text is like: sources differ in what they take for a name, and a text is best judged by its own kind's conventions.

use rustc_hash::FxHashMap;

use super::super::corpus::Sample;
use super::super::file::VOTES;
use super::super::grams::{MARGIN, TEMPLATES, VOTERS, kind_of};
use super::pack::small;
use super::random::Random;
use super::space::{Encoded, Space};

/// How much a vote of a thousandth is stored as.
const SCALE: f32 = 32.0;
const EPOCHS: u8 = 5;
/// The first epoch, from 0, whose weights count for the mean.
const LATER: u8 = 1;
/// The first step size.
const RATE: f32 = 0.1;
/// Steps after which weights are made smaller, and added to the mean.
const PAUSE: u32 = 500;
/// How much smaller, as a share for a step size of 1.
const SMALLER: f32 = 0.1;
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
    /// The number of each n-gram in `votes`, by its key.
    numbers: FxHashMap<u64, u32>,
    votes: Vec<[f32; VOTES]>,
    bias: [f32; VOTES],
}

impl Classifier {
    pub(super) fn votes(&self, key: u64) -> [i8; VOTES] {
        let number = self.numbers.get(&key).map(|number| *number as usize);
        let votes = number.and_then(|number| self.votes.get(number));
        votes.map_or([0; VOTES], |votes| votes.map(|vote| small(vote * SCALE)))
    }

    pub(super) fn bias(&self) -> [i8; VOTES] {
        self.bias.map(|vote| small(vote * SCALE))
    }
}

/// A text: its source, and its n-grams by their numbers.
struct Text {
    source: usize,
    grams: Vec<u32>,
}

/// The n-grams that vote, numbered, and the texts that are such as are met in their sources.
fn texts(encoded: &[Encoded], space: &Space) -> (FxHashMap<u64, u32>, Vec<Text>) {
    let voters = space.blocks[0]
        .iter()
        .filter(|(key, _)| VOTERS.contains(&kind_of(**key)));
    let mut voters: Vec<(u64, u32)> = voters.map(|(key, block)| (*key, *block)).collect();
    voters.sort_unstable();
    let mut numbers = FxHashMap::default();
    let mut of_block = FxHashMap::default();
    for (number, (key, block)) in (0..).zip(voters) {
        numbers.insert(key, number);
        of_block.insert(block, number);
    }
    let typical = encoded.iter().filter(|sample| sample.typical);
    let texts = typical.filter_map(|sample| {
        let length = sample.labels.len();
        // The templates that vote stand first.
        let places = TEMPLATES[VOTERS]
            .iter()
            .map(|template| length + 2 * MARGIN + 1 - template.length)
            .sum();
        let blocks = sample.blocks[0].iter().take(places);
        Some(Text {
            source: sample.part.checked_sub(1)?,
            grams: blocks
                .filter_map(|block| of_block.get(block).copied())
                .collect(),
        })
    });
    let texts = texts.collect();
    (numbers, texts)
}

/// Learns votes by multinomial logistic regression over characters, pairs and triples. Weights are held small, and their mean over the later
/// epochs is what votes: what is met once in a source's training part says little of its other texts.
pub(super) fn learn(encoded: &[Encoded], sources: usize, space: &Space, seed: u64) -> Classifier {
    let (numbers, texts) = texts(encoded, space);
    let mut random = Random(seed);
    // The bias stands last.
    let mut weights = vec![[0.0; VOTES]; numbers.len() + 1];
    let mut mean = weights.clone();
    let (mut steps, mut times) = (0_u32, 0.0_f32);
    for epoch in 0..EPOCHS {
        let rate = RATE / f32::from(epoch + 1);
        for at in order(&texts, sources, &mut random) {
            step(&texts[at], sources, &mut weights, rate);
            steps += 1;
            if steps.is_multiple_of(PAUSE) {
                let counts = epoch >= LATER;
                times += f32::from(u8::from(counts));
                for (mean, weight) in mean.iter_mut().flatten().zip(weights.iter_mut().flatten()) {
                    *weight *= 1.0 - SMALLER * rate;
                    *mean += if counts { *weight } else { 0.0 };
                }
            }
        }
    }
    for sum in mean.iter_mut().flatten() {
        *sum /= times.max(1.0);
    }
    Classifier {
        numbers,
        bias: mean.pop().unwrap_or_default(),
        votes: mean,
    }
}

/// The texts to read in an epoch: as many of each source.
fn order(texts: &[Text], sources: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    for source in 0..sources {
        let own = (0..texts.len()).filter(|at| texts[*at].source == source);
        let mut own: Vec<usize> = own.collect();
        random.shuffle(&mut own);
        let count = if own.is_empty() { 0 } else { BALANCE };
        order.extend(own.iter().cycle().take(count));
    }
    random.shuffle(&mut order);
    order
}

fn step(text: &Text, sources: usize, weights: &mut [[f32; VOTES]], rate: f32) {
    let Some((bias, weights)) = weights.split_last_mut() else {
        return;
    };
    let mut sums = *bias;
    for gram in &text.grams {
        for (sum, vote) in sums.iter_mut().zip(weights[*gram as usize]) {
            *sum += vote;
        }
    }
    let top = sums.iter().take(sources).copied().fold(f32::MIN, f32::max);
    let mut chances = [0.0; VOTES];
    for (chance, sum) in chances.iter_mut().zip(&sums).take(sources) {
        *chance = (sum - top).exp();
    }
    let total: f32 = chances.iter().sum();
    let mut lack = [0.0; VOTES];
    for (source, (lack, chance)) in lack.iter_mut().zip(&chances).enumerate() {
        let truth = f32::from(u8::from(source == text.source));
        *lack = rate * (truth - chance / total);
    }
    for gram in &text.grams {
        for (vote, lack) in weights[*gram as usize].iter_mut().zip(&lack) {
            *vote += lack;
        }
    }
    for (vote, lack) in bias.iter_mut().zip(&lack) {
        *vote += lack;
    }
}
