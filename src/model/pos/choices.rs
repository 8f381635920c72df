//! Which tags a word may have at all, which makes the model fast and sure.
//!
//! A word that training met often may have the tags that it had there. Of all others the dictionary's tag tells: what the rare words
//! with this tag were in training.

use rustc_hash::FxHashMap;

use super::shape::Word;

/// Tags that a model tells apart at most.
pub(super) const LABELS: usize = 64;
/// Rare words with a dictionary's tag have another one if one in so many has it, and two at least.
const SHARE: u64 = 400;
/// A tag that a word has once in so many times is a slip.
const SLIP: u64 = 1000;

/// Sets of tags, as bits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Choices {
    /// All sets there are; the first is that of words of which nothing is known.
    pub(super) sets: Vec<u64>,
    /// Words that training met often, by their hashes, in order; each with the number of its set.
    pub(super) words: Vec<(u32, u16)>,
    /// Dictionary's tags, in order.
    pub(super) tags: Vec<(u64, u16)>,
    /// Where the words with the same high bits begin.
    starts: Vec<u32>,
}

/// High bits of a hash that lead to a word.
const HIGH: u32 = 14;

impl Choices {
    /// As they are stored.
    pub(super) fn new(sets: Vec<u64>, words: Vec<(u32, u16)>, tags: Vec<(u64, u16)>) -> Self {
        let mut starts = vec![0_u32; (1 << HIGH) + 1];
        for (hash, _) in &words {
            starts[(hash >> (u32::BITS - HIGH)) as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self {
            sets,
            words,
            tags,
            starts,
        }
    }

    /// Of samples with the words' shapes and tags; words that are met `often` are known by themselves.
    pub(super) fn of(samples: &[(Vec<Word>, Vec<u8>)], often: u32) -> Self {
        let mut counts: FxHashMap<u32, (u64, FxHashMap<u8, u64>)> = FxHashMap::default();
        for (word, label) in samples
            .iter()
            .flat_map(|(words, labels)| words.iter().zip(labels))
        {
            let (_, labels) = counts
                .entry(check(word))
                .or_insert((word.tag(), FxHashMap::default()));
            *labels.entry(*label).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(hash, _)| *hash);
        let mut rare: FxHashMap<u64, [u64; LABELS]> = FxHashMap::default();
        let mut all = [0; LABELS];
        let (mut sets, mut words) = (Vec::new(), Vec::new());
        for (hash, (tag, labels)) in &counts {
            let total: u64 = labels.values().sum();
            if total >= u64::from(often) {
                let kept = labels.iter().filter(|(_, count)| **count * SLIP >= total);
                let set = kept.fold(0, |set, (label, _)| set | 1_u64 << label);
                words.push((*hash, set));
            } else {
                let counts = rare.entry(*tag).or_insert([0; LABELS]);
                for label in labels.keys() {
                    counts[usize::from(*label)] += 1;
                    all[usize::from(*label)] += 1;
                }
            }
        }
        let set = |counts: &[u64; LABELS]| {
            let total: u64 = counts.iter().sum();
            let some = counts.iter().enumerate();
            let some = some.filter(|(_, count)| **count > 1 && **count * SHARE >= total);
            some.fold(0, |set, (label, _)| set | 1_u64 << label)
        };
        let mut tags: Vec<(u64, u64)> = rare
            .iter()
            .map(|(tag, counts)| (*tag, set(counts)))
            .collect();
        tags.retain(|(_, set)| *set != 0);
        tags.sort_unstable();
        sets.push(set(&all).max(1));
        let mut place = |set: u64| {
            let at = sets.iter().position(|one| *one == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            });
            u16::try_from(at).unwrap_or(0)
        };
        let words = words
            .into_iter()
            .map(|(hash, set)| (hash, place(set)))
            .collect();
        let tags = tags
            .into_iter()
            .map(|(tag, set)| (tag, place(set)))
            .collect();
        Self::new(sets, words, tags)
    }

    /// The number of a word's set, if the word is known by itself.
    #[inline]
    pub(super) fn known(&self, word: &Word) -> Option<u16> {
        let hash = check(word);
        let high = (hash >> (u32::BITS - HIGH)) as usize;
        let range = self.starts[high] as usize..self.starts[high + 1] as usize;
        let near = self.words.get(range).unwrap_or_default();
        let found = near.iter().find(|(other, _)| *other == hash);
        found.map(|(_, set)| *set)
    }

    /// The number of the set that a word has by the dictionary's tag.
    #[inline]
    pub(super) fn by_tag(&self, tag: u64) -> u16 {
        let tag = self.tags.binary_search_by_key(&tag, |(tag, _)| *tag);
        tag.map_or(0, |at| self.tags[at].1)
    }

    /// The tags of a set.
    #[inline]
    pub(super) fn set(&self, class: u16) -> u64 {
        self.sets.get(usize::from(class)).copied().unwrap_or(1)
    }
}

fn check(word: &Word) -> u32 {
    u32::try_from(word.hash >> 32).unwrap_or(0)
}

/// The labels of a set, in order.
#[inline]
pub(super) fn labels(mut set: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let label = u8::try_from(set.trailing_zeros()).unwrap_or(0);
        (set != 0).then(|| {
            set &= set - 1;
            label
        })
    })
}
