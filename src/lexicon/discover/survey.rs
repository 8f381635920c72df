//! The first reading: how often strings of one to six Chinese characters stand in the texts, roughly.
//!
//! Strings are kept as hashes of 64 bits, 17 bytes each, and no more than [`MOST`] of them (some 70 MB). Two things keep them few:
//!
//! - a string of three or more characters is counted only when the one without its last character has been met before;
//! - when the memory is full, the rarer half is forgotten (after Manku and Motwani's lossy counting). A count is too low by at most [`Survey::short_by`], plus one for each character
//!   beyond the second.

use rustc_hash::FxHashMap;

use super::super::script::is_han;

/// Longest word that is looked for, in characters.
pub(super) const LONGEST: usize = 6;

/// Strings in memory: as many as a table of 2^22 places takes.
const MOST: usize = (1 << 22) / 8 * 7;

/// Counts strings in any number of texts.
#[derive(Debug)]
pub struct Survey {
    counts: FxHashMap<u64, u32>,
    most: usize,
    /// Chinese characters read.
    chars: u64,
    short_by: u32,
}

impl Default for Survey {
    fn default() -> Self {
        Self::with_room_for(MOST)
    }
}

impl Survey {
    /// Keeps at most `most` strings.
    pub(super) fn with_room_for(most: usize) -> Self {
        Self {
            counts: FxHashMap::default(),
            most,
            chars: 0,
            short_by: 0,
        }
    }

    /// Counts the strings of a text. Nothing is counted across its ends, nor across anything that is no Chinese character.
    pub fn read(&mut self, text: &str) {
        each_start(text, |chars, _| {
            self.chars += 1;
            let mut before = u32::MAX;
            for (length, hash) in (1_usize..).zip(hashes(chars)) {
                if before < 2 {
                    break;
                }
                let count = self.counts.entry(hash).or_default();
                *count = count.saturating_add(1);
                before = if length == 1 { u32::MAX } else { *count };
            }
            if self.counts.len() > self.most {
                self.forget();
            }
        });
    }

    fn forget(&mut self) {
        let mut counts: Vec<u32> = self.counts.values().copied().collect();
        let middle = counts.len() / 2;
        let (_, rare, _) = counts.select_nth_unstable(middle);
        let rare = *rare;
        self.counts.retain(|_, count| *count > rare);
        self.short_by += rare;
    }

    /// Chinese characters read.
    pub fn chars(&self) -> u64 {
        self.chars
    }

    /// How much too low a count may be.
    pub fn short_by(&self) -> u32 {
        self.short_by
    }

    /// Strings in memory.
    #[cfg(test)]
    pub(super) fn strings_held(&self) -> usize {
        self.counts.len()
    }

    /// How often the string with this hash was met.
    pub(super) fn count(&self, hash: u64) -> u32 {
        self.counts.get(&hash).copied().unwrap_or(0)
    }

    /// The smallest count, `least` at least, that no more than `most` strings have.
    pub(super) fn floor(&self, least: u32, most: usize) -> u32 {
        let mut counts: Vec<u32> = self
            .counts
            .values()
            .copied()
            .filter(|count| *count >= least)
            .collect();
        if counts.len() <= most {
            return least;
        }
        let at = counts.len() - most - 1;
        let (_, limit, _) = counts.select_nth_unstable(at);
        limit.saturating_add(1)
    }
}

/// Calls `start` for each Chinese character with it and up to six more in the same run, and with the character before.
pub(super) fn each_start(text: &str, mut start: impl FnMut(&[char], Option<char>)) {
    let mut run: Vec<char> = Vec::new();
    let mut flush = |run: &mut Vec<char>| {
        for at in 0..run.len() {
            let end = run.len().min(at + LONGEST + 1);
            let before = at
                .checked_sub(1)
                .and_then(|before| run.get(before))
                .copied();
            start(run.get(at..end).unwrap_or_default(), before);
        }
        run.clear();
    };
    for ch in text.chars() {
        if is_han(ch) {
            run.push(ch);
        } else {
            flush(&mut run);
        }
    }
    flush(&mut run);
}

/// The hashes of the first one, two, … six characters.
pub(super) fn hashes(chars: &[char]) -> impl Iterator<Item = u64> {
    chars.iter().take(LONGEST).scan(0, |hash, ch| {
        *hash = step(*hash, *ch);
        Some(*hash)
    })
}

/// The hash of a string.
pub(super) fn hash_of(chars: &[char]) -> u64 {
    chars.iter().fold(0, |hash, ch| step(hash, *ch))
}

fn step(hash: u64, ch: char) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (hash ^ u64::from(u32::from(ch))).wrapping_mul(ODD);
    mixed ^ (mixed >> 29)
}
