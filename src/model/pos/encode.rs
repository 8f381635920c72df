//! Samples as weights: which keys have one for which tag.

use rustc_hash::FxHashMap;

use super::choices::{Choices, labels};
use super::shape::{KEYS, MARGIN, Word, keys};

/// A tag that a word may have.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) label: u8,
    /// Where its weights are among those of all.
    pub(super) weights: std::ops::Range<u32>,
}

/// A word of a sample.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Where its choices are among those of all.
    pub(super) choices: std::ops::Range<u32>,
    /// Which of them is right; `None` where the truth is a slip that no word may have.
    pub(super) truth: Option<u32>,
}

/// All samples.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    pub(super) samples: Vec<Vec<Place>>,
    pub(super) choices: Vec<Choice>,
    pub(super) weights: Vec<u32>,
}

/// Keys and tags that have a weight.
#[derive(Debug, Default)]
pub(super) struct Space(FxHashMap<(u32, u8), u32>);

impl Space {
    /// Of samples, whose words have their margins. A key has weights for the tags that it was met with; where it was met fewer than
    /// `least` times it has none. The first `before` weights are others.
    pub(super) fn of(
        samples: &[(Vec<Word>, Vec<u8>)],
        choices: &Choices,
        least: u32,
        before: usize,
    ) -> (Self, Encoded) {
        let mut space = Self::default();
        let mut found = [0; KEYS];
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut each_asked = |each: &mut dyn FnMut(&[u32], u8, u64)| {
            for (words, labels) in samples {
                for (at, label) in labels.iter().enumerate() {
                    let set = choices.set(words[at + MARGIN].class);
                    if set.count_ones() > 1 {
                        let count = keys(words, at, &mut found);
                        each(&found[..count], *label, set);
                    }
                }
            }
        };
        each_asked(&mut |keys, _, _| {
            for key in keys {
                *counts.entry(*key).or_default() += 1;
            }
        });
        let mut next = u32::try_from(before).unwrap_or(0);
        each_asked(&mut |keys, label, set| {
            for key in keys.iter().filter(|_| set >> label & 1 == 1) {
                if counts.get(key).is_some_and(|count| *count >= least) {
                    space.0.entry((*key, label)).or_insert_with(|| {
                        next += 1;
                        next - 1
                    });
                }
            }
        });
        drop(counts);
        let mut encoded = Encoded::default();
        for (words, truths) in samples {
            let places = truths.iter().enumerate();
            let places = places.map(|(at, truth)| {
                let set = choices.set(words[at + MARGIN].class);
                let count = match set.count_ones() {
                    1 => 0,
                    _ => keys(words, at, &mut found),
                };
                encoded.place(&space, &found[..count], set, *truth)
            });
            let places = places.collect();
            encoded.samples.push(places);
        }
        (space, encoded)
    }

    /// How many weights there are, the others apart.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All keys and tags, in order, each with its weight.
    pub(super) fn rows(&self) -> Vec<((u32, u8), u32)> {
        let mut rows: Vec<_> = self.0.iter().map(|(key, at)| (*key, *at)).collect();
        rows.sort_unstable();
        rows
    }
}

impl Encoded {
    fn place(&mut self, space: &Space, keys: &[u32], set: u64, truth: u8) -> Place {
        let narrow = |length: usize| {
            u32::try_from(length).expect("a corpus has fewer than 2^32 weights in place")
        };
        let first = narrow(self.choices.len());
        let mut right = None;
        for (number, label) in (0..).zip(labels(set)) {
            let from = narrow(self.weights.len());
            let known = keys.iter().filter_map(|key| space.0.get(&(*key, label)));
            self.weights.extend(known);
            self.choices.push(Choice {
                label,
                weights: from..narrow(self.weights.len()),
            });
            if label == truth {
                right = Some(number);
            }
        }
        Place {
            choices: first..narrow(self.choices.len()),
            truth: right,
        }
    }
}
