//! Words of lists in a text: the dictionary's, and lists of surnames, places, organisations' heads and offices.
//!
//! A word says something of the characters that it covers, and of those beside it: who stands before 市长 has another chance to be a
//! person. What it says depends on its list (for the dictionary: its part of speech), on its length, and on where the
//! character stands to it; that is all the model learns of it, so that it holds of words that training never met.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::corpus::Hint;
use crate::lexicon::Lexicon;
use crate::record::Pos;

/// Lists of names, as `src/lexicon/data/README.md` tells.
static NAMES: &[u8] = include_bytes!("../lexicon/data/names.zst");

/// Families of parts of speech, the first that fits; then come the lists of the file.
const FAMILIES: [&str; 14] = [
    "nrt", "nrfg", "nr", "ns", "nt", "nz", "n", "v", "a", "m", "t", "i", "l", "j",
];
/// The class of all other words.
const OTHER: u8 = 14;
/// The class of the first list of the file.
const LISTS: u8 = 15;
/// The class of the first of another tagger's tags.
const HINTS: u8 = 32;
/// Another tagger's tags that are told apart; then come all others.
const TAGS: [&str; 19] = [
    "PER", "LOC", "ORG", "TIME", "nr", "ns", "nt", "nz", "nw", "n", "s", "f", "v", "vn", "m", "a",
    "j", "w", "nx",
];
/// Classes of words.
const CLASSES: usize = 52;
/// Lengths that are told apart; longer words count as the longest.
const LENGTHS: usize = 5;
/// Where a character may stand to a word: before it, first, inside, last, behind it.
const PLACES: usize = 5;
/// Rows of weights.
pub(super) const ROWS: usize = CLASSES * LENGTHS * PLACES;

/// Longest word that is looked at: what a sentence is made of is no name.
const LONGEST: usize = 16;

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// First character.
    pub(super) start: u32,
    /// Characters.
    pub(super) length: u8,
    /// Its list.
    class: u8,
}

impl Match {
    /// Calls `row` with each label that the word speaks for and the number of the weights.
    #[inline]
    pub(super) fn rows(self, text: usize, mut row: impl FnMut(usize, usize)) {
        let (start, length) = (self.start as usize, usize::from(self.length));
        let block = (usize::from(self.class) * LENGTHS + length.min(LENGTHS) - 1) * PLACES;
        if start > 0 {
            row(start - 1, block);
        }
        let last = start + length - 1;
        row(start, block + 1);
        for at in start + 1..last {
            row(at, block + 2);
        }
        if length > 1 {
            row(last, block + 3);
        }
        if last + 1 < text {
            row(last + 1, block + 4);
        }
    }
}

/// The lists.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    lexicon: Lexicon,
    /// The class of each of the dictionary's parts of speech.
    classes: Vec<u8>,
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

    /// Adds another tagger's words.
    pub(super) fn add(hints: &[Hint], text: usize, found: &mut Vec<Match>) {
        for hint in hints {
            let tag = TAGS.iter().position(|tag| *tag == hint.tag);
            let class = u8::try_from(tag.unwrap_or(TAGS.len())).unwrap_or(0);
            let length = hint.end.saturating_sub(hint.start);
            let place = u32::try_from(hint.start).ok().zip(u8::try_from(length).ok());
            if let Some((start, length)) = place
                && length > 0
                && hint.end <= text
            {
                found.push(Match {
                    start,
                    length,
                    class: HINTS + class,
                });
            }
        }
    }

    /// All words in a text.
    pub(super) fn find(&self, text: &[char], found: &mut Vec<Match>) {
        found.clear();
        let mut push = |start: usize, length: usize, class: u8| {
            if let (Ok(start), Ok(length)) = (u32::try_from(start), u8::try_from(length)) {
                found.push(Match {
                    start,
                    length,
                    class,
                });
            }
        };
        self.lexicon.each_match(text, |start, length, tag| {
            if (2..=LONGEST).contains(&length) {
                push(
                    start,
                    length,
                    self.classes.get(tag).copied().unwrap_or(OTHER),
                );
            }
        });
        self.names.find(text, push);
    }
}

fn class_of(pos: Pos) -> u8 {
    let fits = |family: &&str| pos.is_a(family);
    let class = FAMILIES.iter().position(fits);
    class.and_then(|at| u8::try_from(at).ok()).unwrap_or(OTHER)
}

/// Whether `ch` is a surname of one character, be it a rare one.
pub fn is_surname(ch: char) -> bool {
    let names = Names::shared();
    let end = names
        .firsts
        .get(&ch)
        .and_then(|node| names.ends.get(*node as usize));
    // The first list of the file is that of surnames.
    end.is_some_and(|lists| lists & 1 == 1)
}

/// The lists of the file, as a tree of characters.
#[derive(Debug, Default)]
struct Names {
    /// Where the words of a first character lead; most characters begin none.
    firsts: FxHashMap<char, u32>,
    steps: FxHashMap<(u32, char), u32>,
    /// The lists that have the word which ends at a node, as bits.
    ends: Vec<u32>,
}

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
        let mut names = Self::default();
        for (list, line) in text.lines().enumerate() {
            let (_, words) = line.split_once('\t').unwrap_or_default();
            for word in words.split(' ') {
                names.add(word, list);
            }
        }
        names
    }

    fn add(&mut self, word: &str, list: usize) {
        let mut node = None;
        for ch in word.chars() {
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            let at = match node {
                None => *self.firsts.entry(ch).or_insert(next),
                Some(node) => *self.steps.entry((node, ch)).or_insert(next),
            };
            if at == next {
                self.ends.push(0);
            }
            node = Some(at);
        }
        if let Some(end) = node.and_then(|node| self.ends.get_mut(node as usize)) {
            *end |= 1 << list;
        }
    }

    fn find(&self, text: &[char], mut found: impl FnMut(usize, usize, u8)) {
        for (start, first) in text.iter().enumerate() {
            let mut node = self.firsts.get(first).copied();
            let mut length = 1;
            while let Some(at) = node {
                let mut lists = self.ends.get(at as usize).copied().unwrap_or(0);
                while lists != 0 {
                    let list = lists.trailing_zeros();
                    lists &= lists - 1;
                    found(start, length, LISTS + u8::try_from(list).unwrap_or(0));
                }
                node = text
                    .get(start + length)
                    .and_then(|ch| self.steps.get(&(at, *ch)).copied());
                length += 1;
            }
        }
    }
}
