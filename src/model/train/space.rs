//! The weights that are learned: which n-grams have a block, and where it is.

use rustc_hash::FxHashMap;

use super::super::alphabet::{Alphabet, plain};
use super::super::corpus::Sample;
use super::super::grams::{Codes, SHARED, TEMPLATES, kind_of, reach};
use super::super::label::{OUTSIDE, labels_of};
use super::super::lists::{Lists, Match, ROWS};
use super::source;

/// An n-gram without a block.
pub(super) const NONE: u32 = u32::MAX;
/// Characters that are met less often are not told apart.
const LEAST_CHAR: u32 = 3;

/// A sample in numbers.
pub(super) struct Encoded {
    pub(super) labels: Vec<u8>,
    /// 0 for none, else the number of its source from 1.
    pub(super) part: usize,
    /// Whether its text is such as is met there.
    pub(super) typical: bool,
    /// The first row of each n-gram's block, template by template; those of all parts, those of its own.
    pub(super) blocks: [Vec<u32>; 2],
    pub(super) matches: Vec<Match>,
}

/// Where weights are.
pub(super) struct Space {
    pub(super) alphabet: Alphabet,
    pub(super) sources: Vec<String>,
    /// For each part the first rows of blocks.
    pub(super) blocks: Vec<FxHashMap<u64, u32>>,
    /// For each part the first row of the lists' weights.
    pub(super) lists: Vec<u32>,
    /// How many rows there are.
    pub(super) rows: usize,
}

/// What is needed of a sample to number it.
struct Reader<'a> {
    alphabet: &'a Alphabet,
    codes: Codes,
    chars: Vec<char>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        self.chars.clear();
        self.chars.extend(text.chars());
        self.codes.read(self.alphabet, &self.chars);
    }
}

impl Space {
    /// Finds the n-grams of `samples` that stand by names often enough.
    pub(super) fn of(samples: &[Sample], sources: &[String], least: u32) -> Self {
        let alphabet = alphabet(samples);
        let parts = sources.len() + 1;
        let mut counts: Vec<FxHashMap<u64, u32>> = vec![FxHashMap::default(); parts];
        let mut reader = Reader {
            alphabet: &alphabet,
            codes: Codes::default(),
            chars: Vec::new(),
        };
        for sample in samples {
            reader.read(&sample.text);
            let labels = labels_of(reader.chars.len(), &sample.names);
            let part = part_of(sources, &sample.source);
            for (kind, template) in TEMPLATES.iter().enumerate() {
                for (at, key) in reader.codes.keys(kind).enumerate() {
                    let (first, _, count) = reach(*template, at, labels.len());
                    let near = labels.iter().skip(first).take(count);
                    if near.into_iter().all(|label| *label == OUTSIDE) {
                        continue;
                    }
                    *counts[0].entry(key).or_default() += 1;
                    if part > 0 && kind < SHARED {
                        *counts[part].entry(key).or_default() += 1;
                    }
                }
            }
        }
        Self::number(alphabet, sources, counts, least)
    }

    fn number(
        alphabet: Alphabet,
        sources: &[String],
        counts: Vec<FxHashMap<u64, u32>>,
        least: u32,
    ) -> Self {
        let (mut rows, mut blocks, mut lists) = (0_usize, Vec::new(), Vec::new());
        let number = |rows: usize| u32::try_from(rows).expect("fewer than 2^32 rows fit in memory");
        for counts in counts {
            lists.push(number(rows));
            rows += ROWS;
            let kept = counts.iter().filter(|(_, count)| **count >= least);
            let mut keys: Vec<u64> = kept.map(|(key, _)| *key).collect();
            drop(counts);
            // In order, so that the same samples always give the same numbers.
            keys.sort_unstable();
            let mut map = FxHashMap::default();
            map.reserve(keys.len());
            for key in keys {
                map.insert(key, number(rows));
                rows += TEMPLATES[kind_of(key)].labels;
            }
            blocks.push(map);
        }
        Self {
            alphabet,
            sources: sources.to_vec(),
            blocks,
            lists,
            rows,
        }
    }

    /// All samples in numbers.
    pub(super) fn encode(&self, samples: &[Sample], lists: &Lists) -> Vec<Encoded> {
        let mut reader = Reader {
            alphabet: &self.alphabet,
            codes: Codes::default(),
            chars: Vec::new(),
        };
        let mut encoded = Vec::with_capacity(samples.len());
        for sample in samples {
            reader.read(&sample.text);
            let part = part_of(&self.sources, &sample.source);
            let blocks = [0, part].map(|part| {
                let keys = (0..TEMPLATES.len()).flat_map(|kind| reader.codes.keys(kind));
                keys.map(|key| self.blocks[part].get(&key).copied().unwrap_or(NONE))
                    .collect()
            });
            let mut matches = Vec::new();
            lists.find_each(&reader.chars, &mut matches);
            encoded.push(Encoded {
                labels: labels_of(reader.chars.len(), &sample.names),
                part,
                typical: source::named(&sample.source).1,
                blocks,
                matches,
            });
        }
        encoded
    }
}

/// The part of a source: 0 is what all have in common.
fn part_of(sources: &[String], source: &str) -> usize {
    let source = source::named(source).0;
    let place = sources.iter().position(|one| one == source);
    place.map_or(0, |place| place + 1)
}

/// The characters of the samples, the frequent ones first.
fn alphabet(samples: &[Sample]) -> Alphabet {
    let mut counts: FxHashMap<char, u32> = FxHashMap::default();
    for ch in samples.iter().flat_map(|sample| sample.text.chars()) {
        *counts.entry(plain(ch)).or_default() += 1;
    }
    let kept = counts.into_iter().filter(|(_, count)| *count >= LEAST_CHAR);
    let mut kept: Vec<(char, u32)> = kept.collect();
    kept.sort_unstable_by_key(|(ch, count)| (std::cmp::Reverse(*count), *ch));
    Alphabet::new(kept.into_iter().map(|(ch, _)| ch).collect())
}
