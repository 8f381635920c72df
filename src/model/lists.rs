//! Words of lists in a text: the dictionary's, and lists of surnames, places, organisations' heads and offices.
//!
//! A word says something of the characters that it covers, and of those beside it: who stands before 市长 has another chance to be a
//! person. What it says depends on its list (for the dictionary: its part of speech), on its length, and on where the
//! character stands to it; that is all the model learns of it, so that it holds of words that training never met.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::known::{Known, mix};
use super::label::WIDTH;
use super::viterbi::Row;
use crate::lexicon::{Lexicon, MatchScratch};
use crate::record::Pos;

/// Lists of names, as `src/lexicon/data/README.md` tells.
pub(super) static NAMES: &[u8] = include_bytes!("../lexicon/data/names.zst");

/// Families of parts of speech, the first that fits; then come the lists of the file.
const FAMILIES: [&str; 14] = [
    "nrt", "nrfg", "nr", "ns", "nt", "nz", "n", "v", "a", "m", "t", "i", "l", "j",
];
/// The class of all other words.
const OTHER: u16 = 14;
/// The class of the first list of the file.
const LISTS: u16 = 15;
/// Classes of words.
const CLASSES: usize = 32;
/// The class of the first set of lists.
const SETS: u16 = 32;
/// Lengths that are told apart; longer words count as the longest.
const LENGTHS: usize = 5;
/// Where a character may stand to a word: before it, first, inside, last, behind it.
const PLACES: usize = 5;
/// Rows of weights of a class.
const BLOCK: usize = LENGTHS * PLACES;
/// Rows of weights.
pub(super) const ROWS: usize = CLASSES * BLOCK;

/// Longest word that is looked at: what a sentence is made of is no name.
const LONGEST: usize = 16;

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// First character.
    pub(super) start: u32,
    /// Characters.
    pub(super) length: u8,
    /// Its list, or the number of a set of lists behind all lists.
    class: u16,
}

impl Match {
    /// The word's weights: before it, on it, behind it, of which those on its inner characters are the same.
    #[inline]
    fn block(self) -> usize {
        let length = usize::from(self.length).min(LENGTHS);
        (usize::from(self.class) * LENGTHS + length - 1) * PLACES
    }

    /// Calls `row` with each label that the word speaks for and the number of the weights, where the text's first label is at
    /// `first` and there are labels before and behind the text, too.
    #[inline]
    pub(super) fn rows_within(self, first: usize, mut row: impl FnMut(usize, usize)) {
        let (start, length) = (self.start as usize + first, usize::from(self.length));
        let block = self.block();
        row(start - 1, block);
        row(start, block + 1);
        for at in start + 1..start + length - 1 {
            row(at, block + 2);
        }
        if length > 1 {
            row(start + length - 1, block + 3);
        }
        row(start + length, block + 4);
    }

    /// The same for a text of `text` labels and no others.
    pub(super) fn rows(self, text: usize, mut row: impl FnMut(usize, usize)) {
        self.rows_within(1, |at, weights| {
            if (1..=text).contains(&at) {
                row(at - 1, weights);
            }
        });
    }
}

/// The lists.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    lexicon: Lexicon,
    /// The class of each of the dictionary's parts of speech.
    classes: Vec<u16>,
    names: &'static Names,
}

impl Lists {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            lexicon: lexicon.clone(),
            classes: lexicon.tags().iter().copied().map(class_of).collect(),
            names: Names::shared(),
        }
    }

    /// Reads the lists of names, if nothing has yet.
    pub(super) fn make_ready() {
        Names::shared();
    }

    /// All words in a text, one that several lists have once for each, as it is learned.
    pub(super) fn find_each(&self, text: &[char], found: &mut Vec<Match>) {
        let mut scratch = WordScratch::default();
        self.find(text, &mut scratch);
        *found = scratch.found;
        let mut single = Vec::with_capacity(found.len());
        for word in found.iter() {
            let set = word.class.checked_sub(SETS).map(usize::from);
            match set.and_then(|set| self.names.sets.get(set)) {
                Some(set) => single.extend(classes(*set).map(|class| Match { class, ..*word })),
                None => single.push(*word),
            }
        }
        *found = single;
    }

    /// The rows of all classes, then those of the sets of lists, of which each is the sum of its lists'.
    pub(super) fn rows(&self, mut rows: Vec<Row>) -> Vec<Row> {
        for set in &self.names.sets {
            for at in 0..BLOCK {
                let mut sum = [0; WIDTH];
                for class in classes(*set) {
                    let row = rows.get(usize::from(class) * BLOCK + at);
                    for (sum, weight) in sum.iter_mut().zip(row.into_iter().flatten()) {
                        *sum += weight;
                    }
                }
                rows.push(sum);
            }
        }
        rows
    }

    /// All words in a text; what several lists have belongs to a set of them.
    pub(super) fn find(&self, text: &[char], scratch: &mut WordScratch) {
        let WordScratch {
            found,
            matches,
            begun,
            slots,
        } = scratch;
        found.clear();
        let mut push = |start: usize, length: usize, class: u16| {
            if let (Ok(start), Ok(length)) = (u32::try_from(start), u8::try_from(length)) {
                found.push(Match {
                    start,
                    length,
                    class,
                });
            }
        };
        self.lexicon
            .each_match(text, matches, |start, length, tag| {
                if length <= LONGEST {
                    let class = self.classes.get(tag).copied();
                    push(start, length, class.unwrap_or(OTHER));
                }
            });
        self.names.find(text, begun, slots, push);
    }
}

/// Memory, and the words of a text.
#[derive(Debug, Default)]
pub(super) struct WordScratch {
    pub(super) found: Vec<Match>,
    matches: MatchScratch,
    /// Where words of the lists may begin, and the keys of their first two characters.
    begun: Vec<(usize, u64)>,
    /// What is at their first places.
    slots: Vec<(u32, Word)>,
}

fn class_of(pos: Pos) -> u16 {
    let fits = |family: &&str| pos.is_a(family);
    let class = FAMILIES.iter().position(fits);
    class.and_then(|at| u16::try_from(at).ok()).unwrap_or(OTHER)
}

/// The classes of a set of lists.
fn classes(set: u32) -> impl Iterator<Item = u16> {
    let lists = (0..).take_while(move |list| set >> list != 0);
    lists
        .filter(move |list| set >> list & 1 == 1)
        .map(|list: u16| LISTS + list)
}

/// Whether `ch` is a surname of one character, be it a rare one.
pub fn is_surname(ch: char) -> bool {
    let names = Names::shared();
    let set = names.firsts.get(ch as usize).and_then(|word| word.set());
    // The first list of the file is that of surnames.
    set.and_then(|set| names.sets.get(set))
        .is_some_and(|lists| lists & 1 == 1)
}

/// The lists that a word stands in, a bit for each.
pub(super) fn lists_of(word: &[char]) -> u32 {
    Names::shared().lists_of(word)
}

/// A word, or the beginning of one: twice the number of its set and one, if it is a word; and whether longer words begin with it.
#[derive(Clone, Copy, Debug, Default)]
struct Word(u16);

impl Word {
    const LONGER: u16 = 1 << 15;

    fn set(self) -> Option<usize> {
        usize::from(self.0 & !Self::LONGER).checked_sub(1)
    }

    fn goes_on(self) -> bool {
        self.0 & Self::LONGER != 0
    }
}

/// The lists of the file: words and all of their beginnings by their mixed keys, half of the places free.
#[derive(Debug)]
struct Names {
    /// By the first character.
    firsts: Vec<Word>,
    /// The high half of a mixed key, and what it is of; free where that is nothing.
    slots: Vec<(u32, Word)>,
    known: Known,
    /// The sets of lists that words are in, as bits.
    sets: Vec<u32>,
}

/// First characters.
const FIRSTS: usize = 0x1_0000;
/// Places, of which fewer than half are taken.
const SLOTS: usize = 1 << 20;

impl Names {
    fn shared() -> &'static Self {
        static SHARED: OnceLock<Names> = OnceLock::new();
        SHARED.get_or_init(|| {
            let text = zstd::decode_all(NAMES).ok().map(String::from_utf8);
            let text = text.and_then(Result::ok);
            Self::parse(&text.expect("the embedded lists are sound, as a test shows"))
        })
    }

    fn parse(text: &str) -> Self {
        let mut names = Self {
            firsts: vec![Word::default(); FIRSTS],
            slots: vec![(0, Word::default()); SLOTS],
            known: Known::beside(SLOTS),
            // Sets of one list, then those that words are in.
            sets: (0..text.lines().count()).map(|list| 1 << list).collect(),
        };
        let mut numbers = FxHashMap::default();
        for (list, line) in text.lines().enumerate() {
            let (_, words) = line.split_once('\t').unwrap_or_default();
            for word in words.split(' ') {
                names.add(word, list, &mut numbers);
            }
        }
        names
    }

    fn add(&mut self, word: &str, list: usize, numbers: &mut FxHashMap<u32, usize>) {
        let mut chars = word.chars().peekable();
        let Some(first) = chars.next().filter(|first| (*first as usize) < FIRSTS) else {
            return;
        };
        let mut key = u64::from(u32::from(first));
        let mut slot = None;
        for ch in chars {
            self.place(slot, first).0 |= Word::LONGER;
            key = step(key, ch);
            slot = Some(self.slot(key));
        }
        let known = *self.place(slot, first);
        let lists = known
            .set()
            .and_then(|set| self.sets.get(set))
            .map_or(0, |set| *set)
            | 1 << list;
        let sets = &mut self.sets;
        let number = *numbers.entry(lists).or_insert_with(|| {
            let there = sets.iter().position(|set| *set == lists);
            there.unwrap_or_else(|| {
                sets.push(lists);
                sets.len() - 1
            })
        });
        let set = u16::try_from(number + 1).unwrap_or(0);
        *self.place(slot, first) = Word(known.0 & Word::LONGER | set);
    }

    fn place(&mut self, slot: Option<usize>, first: char) -> &mut Word {
        match slot {
            Some(slot) => &mut self.slots[slot].1,
            None => &mut self.firsts[first as usize],
        }
    }

    /// The place of a key, which takes a free one if it is new. A place is taken as soon as something is put there, which its caller does.
    fn slot(&mut self, key: u64) -> usize {
        self.known.add(key);
        let mut at = start(key);
        while self.slots[at].1.0 != 0 && self.slots[at].0 != check(key) {
            at = (at + 1) % SLOTS;
        }
        self.slots[at].0 = check(key);
        at
    }

    /// What is known of a key; `slot` is what is at its first place.
    fn get(&self, key: u64, mut slot: (u32, Word)) -> Option<Word> {
        let mut at = start(key);
        loop {
            let (other, word) = slot;
            if word.0 == 0 {
                return None;
            }
            if other == check(key) {
                return Some(word);
            }
            at = (at + 1) % SLOTS;
            slot = self.slots[at];
        }
    }

    /// The lists that a word stands in.
    fn lists_of(&self, word: &[char]) -> u32 {
        let [first, rest @ ..] = word else { return 0 };
        let mut key = u64::from(u32::from(*first));
        for ch in rest {
            key = step(key, *ch);
        }
        let found = if rest.is_empty() {
            self.firsts.get(*first as usize).copied()
        } else {
            let there = self.known.may_hold(key);
            there
                .then(|| self.get(key, self.slots[start(key)]))
                .flatten()
        };
        let set = found.and_then(Word::set);
        set.and_then(|set| self.sets.get(set)).copied().unwrap_or(0)
    }

    fn find(
        &self,
        text: &[char],
        begun: &mut Vec<(usize, u64)>,
        slots: &mut Vec<(u32, Word)>,
        mut found: impl FnMut(usize, usize, u16),
    ) {
        let class = |set: usize| SETS + u16::try_from(set).unwrap_or(0);
        // Which two characters begin a word is nothing that a processor could guess: without a branch.
        begun.resize(text.len().max(begun.len()), (0, 0));
        let mut count = 0;
        for (start, first) in text.iter().enumerate() {
            let word = self.firsts.get(*first as usize);
            let word = word.copied().unwrap_or_default();
            if let Some(set) = word.set() {
                found(start, 1, class(set));
            }
            if let Some(second) = text.get(start + 1) {
                let key = step(u64::from(u32::from(*first)), *second);
                begun[count] = (start, key);
                count += usize::from(word.goes_on() & self.known.may_hold(key));
            }
        }
        slots.clear();
        slots.extend(
            begun
                .iter()
                .take(count)
                .map(|(_, key)| self.slots[self::start(*key)]),
        );
        for ((start, key), slot) in begun.iter().zip(slots.iter()) {
            let (mut key, mut length, mut slot) = (*key, 2, *slot);
            while let Some(word) = self.get(key, slot) {
                if let Some(set) = word.set() {
                    found(*start, length, class(set));
                }
                let next = text.get(start + length).filter(|_| word.goes_on());
                let Some(next) = next else { break };
                key = step(key, *next);
                length += 1;
                if !self.known.may_hold(key) {
                    break;
                }
                slot = self.slots[self::start(key)];
            }
        }
    }
}

/// The key of a beginning that is longer by a character: all of its bits depend on all characters.
#[inline]
fn step(key: u64, ch: char) -> u64 {
    mix((key << 21) ^ (key >> 43) ^ u64::from(u32::from(ch)))
}

#[inline]
fn start(key: u64) -> usize {
    usize::try_from(key >> 16).unwrap_or(0) % SLOTS
}

#[inline]
fn check(key: u64) -> u32 {
    u32::try_from(key >> 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_embedded_list_has_a_class_and_surnames_come_first() {
        let text = String::from_utf8(zstd::decode_all(NAMES).unwrap()).unwrap();
        let lists = text.lines().count();
        assert!(usize::from(LISTS) + lists <= usize::from(SETS), "{lists}");
        assert!(text.starts_with("surname\t"));
    }
}
