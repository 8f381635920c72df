//! The dictionary's words as a trie, made for one question: which words begin at this character?
//!
//! ```text
//! slot(parent, code) = parent.base + code, valid if check(slot) == code     (a double array)
//! slots 1..          = the first characters, by code
//! ```
//!
//! A step is one addition and one read of the two bytes that tell whether it exists: most pairs of characters begin no word, and
//! the checks by themselves are so small that they stay near the processor. A check names the code that leads here; as no two
//! prefixes have the same base, that names the parent, too. The eight bytes of the slot say where the next
//! step leads, and which word ends here. A leaf's base leads beyond the array, so that nothing is read to see that it ends.
//! A table of hashes (what jieba-rs has) must be half empty and needs longer keys: its hot part is spread over several
//! times as many cache lines, and waiting for those is what a segmenter does most of the time.

use std::hint::select_unpredictable;

use super::alphabet::Alphabet;
use crate::record::Pos;

/// The check of a slot that is free; no character has this code.
const FREE: u16 = u16::MAX;
/// The base of first characters, and of nothing else.
pub(super) const ROOT: u32 = 0;
/// The base of a slot without children; beyond the end of any array with any code added.
pub(super) const LEAF: u32 = 1 << 31;

/// A prefix of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// What added to a code makes a child's place.
    pub(super) base: u32,
    /// The number of the word's frequency and tag; 0 if no word ends here.
    pub(super) end: u32,
}

impl Slot {
    pub(super) const EMPTY: Self = Self { base: LEAF, end: 0 };

    /// Whether a word ends here, be it of frequency 0.
    #[inline]
    pub(super) fn is_word(self) -> bool {
        self.end != 0
    }
}

/// Words, frequencies, tags.
#[derive(Clone)]
pub(super) struct Trie {
    pub(super) alphabet: Alphabet,
    /// For each place the code that leads there. Never empty: place 0 belongs to characters without a code.
    checks: Vec<u16>,
    slots: Vec<Slot>,
    /// The logarithms of the frequencies of words, by number; the first is no word. Few words differ from all others in frequency and
    /// tag, so that what text needs of these stays near the processor.
    logs: Vec<f64>,
    /// For each of these the number of the part of speech.
    word_tags: Vec<u32>,
    /// For each of these the logarithm of the probability, by the sum that `set_total` was told: all that the search asks of a word.
    /// That of no word is not a number: any comparison with it is false, so that the search needs no test for it.
    weights: Vec<f64>,
    /// Parts of speech; the first is that of words without one.
    pub(super) tags: Vec<Pos>,
    /// The sum of all frequencies.
    pub(super) total: u64,
    /// Its logarithm.
    pub(super) log_total: f64,
}

impl Trie {
    /// Without words, with room for prefixes at `places` places.
    pub(super) fn new(alphabet: Alphabet, places: usize) -> Self {
        Self {
            alphabet,
            checks: vec![FREE; places],
            slots: vec![Slot::EMPTY; places],
            logs: vec![f64::NAN],
            word_tags: vec![0],
            weights: vec![f64::NAN],
            tags: vec![Pos::UNKNOWN],
            total: 0,
            log_total: log(0),
        }
    }

    /// How many places there are.
    pub(super) fn places(&self) -> usize {
        self.slots.len()
    }

    /// Gives the place `at` to a prefix that ends with the character of `code`. More places are made if need be.
    pub(super) fn put(&mut self, at: u32, code: u32, slot: Slot) {
        let index = at as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, Slot::EMPTY);
            self.checks.resize(index + 1, FREE);
        }
        debug_assert_eq!(self.checks[index], FREE, "a place is given once");
        self.slots[index] = slot;
        self.checks[index] =
            u16::try_from(code).expect("CHARS_LIMIT leaves all characters codes of two bytes");
    }

    /// Lets the children of the prefix at `at` begin at `base`.
    pub(super) fn set_base(&mut self, at: u32, base: u32) {
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.base = base;
        }
    }

    /// The slot at `at`, which is a code for words' first characters.
    #[inline]
    pub(super) fn slot(&self, at: u32) -> Slot {
        self.slots.get(at as usize).copied().unwrap_or(Slot::EMPTY)
    }

    /// The place of the child of the slot at `from`, 0 if it has none. Place 0 has none.
    ///
    /// There is nothing here for the processor to guess wrongly: what is beyond the array is read at place 0.
    #[inline]
    pub(super) fn child(&self, from: u32, code: u32) -> u32 {
        self.child_of(self.slot(from), code)
    }

    /// The place of the child of a slot, 0 if it has none.
    #[inline]
    pub(super) fn child_of(&self, from: Slot, code: u32) -> u32 {
        let at = from.base.wrapping_add(code);
        let inside = (at as usize) < self.checks.len();
        let at = select_unpredictable(inside, at, 0);
        let check = self.checks.get(at as usize).copied();
        select_unpredictable(check.map(u32::from) == Some(code), at, 0)
    }

    /// The place of the word with these codes.
    #[inline]
    pub(super) fn find(&self, codes: impl IntoIterator<Item = u32>) -> Option<u32> {
        let mut codes = codes.into_iter();
        let mut at = codes.next()?;
        for code in codes {
            at = self.child(at, code);
        }
        self.slot(at).is_word().then_some(at)
    }

    /// The place of `word`.
    pub(super) fn find_word(&self, word: &str) -> Option<u32> {
        self.find(word.chars().map(|ch| self.alphabet.code(ch)))
    }

    /// The logarithm of the frequency of the word in `slot`.
    #[inline]
    pub(super) fn log(&self, slot: Slot) -> f64 {
        let log = self.logs.get(slot.end as usize).copied();
        log.unwrap_or(f64::NAN)
    }

    /// The logarithm of the probability of the word in `slot`; not a number where there is none.
    #[inline]
    pub(super) fn weight(&self, slot: Slot) -> f64 {
        let weight = self.weights.get(slot.end as usize).copied();
        weight.unwrap_or(f64::NAN)
    }

    /// The part of speech of the word at `at`.
    #[inline]
    pub(super) fn tag(&self, at: u32) -> Pos {
        self.word_tag(self.slot(at).end)
    }

    /// The part of speech of the word of this number.
    #[inline]
    pub(super) fn word_tag(&self, word: u32) -> Pos {
        let tag = self.word_tags.get(word as usize).copied();
        let tag = self.tags.get(tag.unwrap_or_default() as usize).copied();
        tag.unwrap_or(Pos::UNKNOWN)
    }

    /// The number in `tags` of the part of speech of the word in `slot`.
    #[inline]
    pub(super) fn tag_number(&self, slot: Slot) -> usize {
        let tag = self.word_tags.get(slot.end as usize);
        tag.map_or(0, |tag| *tag as usize)
    }

    /// What is known of words, by number.
    pub(super) fn ranks(&self) -> impl Iterator<Item = (f64, Pos)> {
        let words = (0_u32..).zip(&self.logs);
        words.map(|(word, log)| (*log, self.word_tag(word)))
    }

    /// The frequency of the word at `at`, as far as its logarithm tells: all that occur come out exactly.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive number of the size of a frequency; conversion saturates"
    )]
    pub(super) fn frequency(&self, at: u32) -> u64 {
        let frequency = self.log(self.slot(at)).exp().round();
        frequency.max(0.0) as u64
    }

    /// A new number for words of this frequency and tag.
    pub(super) fn end(&mut self, frequency: u64, tag: u32) -> u32 {
        let number = u32::try_from(self.logs.len()).expect("far fewer than 2^32 words");
        let log = log(frequency);
        self.logs.push(log);
        self.word_tags.push(tag);
        self.weights.push(log - self.log_total);
        number
    }

    /// Makes a place that was kept for a word a word, or gives a word another frequency.
    pub(super) fn set_frequency(&mut self, codes: &[u32], frequency: u64) {
        let Some((first, rest)) = codes.split_first() else {
            return;
        };
        let at = rest.iter().fold(*first, |at, code| self.child(at, *code));
        let tag = self.word_tags.get(self.slot(at).end as usize).copied();
        let end = self.end(frequency, tag.unwrap_or_default());
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.end = end;
        }
    }

    pub(super) fn set_total(&mut self, total: u64) {
        self.total = total;
        self.log_total = log(total);
        let words = self.logs.iter().zip(&mut self.weights).skip(1);
        words.for_each(|(log, weight)| *weight = log - self.log_total);
    }
}

/// The logarithm of a frequency.
#[expect(
    clippy::cast_precision_loss,
    reason = "frequencies are far below 2^53; and the reference does the same"
)]
pub(super) fn log(frequency: u64) -> f64 {
    (frequency as f64).ln()
}
