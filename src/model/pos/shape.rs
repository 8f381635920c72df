//! What the model looks at, as keys: the one list that training and use share.
//!
//! Of each word are known its characters (digits and letters in a row as one), the dictionary's tag, and its *class*: the set of
//! tags that it may have. A key is a hash of 32 bits of some of these, of a word and of its neighbours.

use super::super::alphabet::{Class, plain};
use super::super::known::mix;
use super::choices::Choices;
use crate::lexicon::Lexicon;
use crate::record::Pos;

/// Words before the first one and behind the last one that are looked at.
pub(super) const MARGIN: usize = 2;
/// Keys of a word that is known by itself.
const AROUND: usize = 18;
/// Keys of a word that is not: what it is made of, too.
pub(super) const KEYS: usize = AROUND + 9;
/// Lengths that are told apart.
const LONGEST: u8 = 5;
/// An odd number without a pattern, as `model::known` has it.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// What is added to a tag that is a guess.
const GUESS: u64 = 0x8CB9_2BA7_2F3D_8DD7;
/// What a key's parts are multiplied by, odd numbers: the first part by another one for each kind of key.
const FIRST: u64 = 0xD6E8_FEB8_6659_FD93;
const SECOND: u64 = 0xA076_1D64_78BD_642F;
const THIRD: u64 = 0xE703_7ED1_A0B4_28DB;

/// What is known of a word before its neighbours are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Of its characters.
    pub(super) hash: u64,
    /// Of the dictionary's tag, or of what the word looks like where that says more.
    tag: u64,
    first: u64,
    last: u64,
    first_two: u64,
    last_two: u64,
    /// What its characters are, and how many.
    looks: u64,
    /// The set of tags that it may have, by number, and whether that is known of the word itself.
    pub(super) class: u16,
    pub(super) is_known: bool,
    /// Whether a dictionary could have it.
    is_listable: bool,
    is_guess: bool,
}

/// What words look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Han,
    /// Chinese numerals alone.
    Numeral,
    /// Digits, and marks between them.
    Digits,
    /// Letters, and digits and marks among them.
    Letters,
    /// Neither letter nor digit nor Chinese character.
    Marks,
    Mixed,
}

/// Bits of what is in a word.
const HAN: u8 = 1;
const NUMERAL: u8 = 2;
const DIGIT: u8 = 4;
const LETTER: u8 = 8;
const MARK: u8 = 16;

impl Looks {
    fn of(seen: u8) -> Self {
        match seen {
            HAN => Self::Han,
            NUMERAL => Self::Numeral,
            MARK | 0 => Self::Marks,
            _ if seen & (HAN | NUMERAL | LETTER) == 0 => Self::Digits,
            _ if seen & (HAN | NUMERAL) == 0 => Self::Letters,
            _ => Self::Mixed,
        }
    }

    /// What stands for the dictionary's tag where every dictionary would be too short.
    fn tag(self) -> Option<u64> {
        match self {
            Self::Digits | Self::Letters | Self::Marks => Some(self as u64),
            _ => None,
        }
    }
}

impl Word {
    /// What stands before the first word, and behind the last one.
    pub(super) const EDGE: Self = Self {
        hash: 0x51,
        tag: 0x52,
        first: 0,
        last: 0,
        first_two: 0,
        last_two: 0,
        looks: 0x53,
        class: u16::MAX,
        is_known: false,
        is_listable: false,
        is_guess: false,
    };

    /// Without its class, for which the choices are asked.
    pub(super) fn new(word: &str, tag: Pos) -> Self {
        let (mut hash, mut seen, mut count) = (0_u64, 0, 0_u8);
        let (mut first, mut second) = (0, 0);
        let (mut last, mut but_last) = (0, 0);
        for ch in word.chars() {
            let ch = plain(ch);
            let (ch, kind) = match Class::of(ch) {
                Class::Han => (ch, HAN),
                Class::Numeral => (ch, NUMERAL),
                Class::Digit => (ch, DIGIT),
                Class::Upper | Class::Lower => ('A', LETTER),
                _ => (ch, MARK),
            };
            seen |= kind;
            let code = u64::from(u32::from(ch));
            // Digits in a row are one, and so are letters.
            if code == last && matches!(ch, '0' | 'A') {
                continue;
            }
            hash = (hash.rotate_left(5) ^ code).wrapping_mul(MULTIPLIER);
            match count {
                0 => first = code,
                1 => second = code,
                _ => {}
            }
            (but_last, last) = (last, code);
            count = count.saturating_add(1);
        }
        let hash = mix(hash);
        let looks = Looks::of(seen);
        let own = looks.tag();
        let tag = own.unwrap_or_else(|| number(tag));
        Self {
            hash,
            tag: tag.wrapping_mul(MULTIPLIER),
            first,
            last,
            first_two: first << 24 | second,
            last_two: but_last << 24 | last,
            looks: looks as u64 * 8 + u64::from(count.min(LONGEST)),
            class: 0,
            is_known: false,
            is_listable: own.is_none(),
            is_guess: false,
        }
    }

    /// With its class. What the dictionary says of a word that it lacks is a guess.
    pub(super) fn read(word: &str, tag: Pos, lexicon: &Lexicon, choices: &Choices) -> Self {
        let mut read = Self::new(word, tag);
        read.choose(choices);
        if !read.is_known {
            read.guess(word, lexicon);
            read.choose(choices);
        }
        read
    }

    /// Finds the class.
    pub(super) fn choose(&mut self, choices: &Choices) {
        let known = choices.known(self);
        self.is_known = known.is_some();
        // Whether the tag of a word that is known is a guess says nothing.
        self.is_guess &= !self.is_known;
        self.class = known.unwrap_or_else(|| choices.by_tag(self.tag()));
    }

    /// The dictionary's tag, guesses apart.
    pub(super) fn tag(&self) -> u64 {
        self.tag
            .wrapping_add(u64::from(self.is_guess).wrapping_mul(GUESS))
    }

    /// Tells a guess from the dictionary's own tag.
    pub(super) fn guess(&mut self, word: &str, lexicon: &Lexicon) {
        self.is_guess = self.is_listable && !lexicon.has_word(word);
    }

    fn kind(&self) -> u64 {
        u64::from(self.class) * 2 + u64::from(self.is_known) + 1
    }
}

/// A tag as a number.
pub(super) fn number(tag: Pos) -> u64 {
    let bytes = tag.as_str().bytes();
    bytes.fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// All that the model looks at of the word at `at` of `words`, which have their margins; into `keys`, of which the first so many count.
pub(super) fn keys(words: &[Word], at: usize, keys: &mut [u32; KEYS]) -> usize {
    let Some([far, before, word, next, beyond]) = words
        .get(at..)
        .and_then(<[Word]>::first_chunk::<{ 2 * MARGIN + 1 }>)
    else {
        return 0;
    };
    let around = [
        (word.hash, 0, 0),
        (before.hash, 0, 0),
        (next.hash, 0, 0),
        (far.hash, 0, 0),
        (beyond.hash, 0, 0),
        (before.hash, word.hash, 0),
        (word.hash, next.hash, 0),
        (before.hash, next.hash, 0),
        (before.kind(), word.hash, 0),
        (word.hash, next.kind(), 0),
        (before.kind(), word.hash, next.kind()),
        (before.kind(), word.kind(), 0),
        (word.kind(), next.kind(), 0),
        (before.kind(), word.kind(), next.kind()),
        (word.kind(), next.kind(), beyond.kind()),
        (far.kind(), before.kind(), word.kind()),
        (before.last, word.kind(), 0),
        (word.kind(), next.first, 0),
    ];
    let made_of = [
        (word.tag(), word.looks, 0),
        (word.first, word.looks, 0),
        (word.last, word.looks, 0),
        (word.first_two, word.looks, 0),
        (word.last_two, word.looks, 0),
        (word.last, word.tag(), 0),
        (before.tag(), word.tag(), next.tag()),
        (word.first, word.last, word.looks),
        (before.hash, word.tag(), 0),
    ];
    let made_of = made_of.iter().filter(|_| !word.is_known);
    let mut count = 0;
    for ((number, (one, two, three)), to) in (1_u64..).zip(around.iter().chain(made_of)).zip(keys) {
        let sum = one
            .wrapping_mul(FIRST.wrapping_add(number << 1))
            .wrapping_add(two.wrapping_mul(SECOND))
            .wrapping_add(three.wrapping_mul(THIRD));
        *to = u32::try_from(mix(sum) >> 32).unwrap_or(0);
        count += 1;
    }
    count
}
