//! What the model looks at, as keys: the one list that training and use share.
//!
//! ```text
//! places    0     1     2     3     4  ...  2n
//!           gap   char  gap   char  gap     gap     (a gap before each character and behind the last one)
//! ```
//!
//! What stands at a gap speaks for a word's end there, what stands at a character for its being a word by itself. A *row* is the
//! weights of a key for some places in a row, eight at most.

use super::super::alphabet::{Alphabet, BITS, Class, EDGE};
use crate::lexicon::{Lexicon, MatchScratch};
use crate::record::Pos;

/// Weights of a row at most.
pub(super) const ROW: usize = 8;
/// Places before a text's first one, and as many behind the last, that rows may cover.
pub(super) const BEFORE: usize = 8;
/// Characters before the first one and behind the last one that n-grams may cover.
pub(super) const MARGIN: usize = 2;
/// Characters before the first one that classes are known of, and behind the last one.
const CLASS_MARGIN: usize = 3;
/// A key's kind is above this bit.
const KIND: u32 = 4 * BITS;
/// Bits of a class.
const CLASS_BITS: u32 = 3;
/// Words of more characters say nothing.
pub(super) const LONGEST: usize = 12;
/// Lengths of words that are told apart; longer words count as the longest.
const LENGTHS: usize = 5;
/// Frequencies of words that are told apart, and that there is no word.
const BUCKETS: usize = 12;
/// Offsets inside words that are told apart.
const OFFSETS: usize = 4;
/// Families of parts of speech, the first that fits; then all others.
const FAMILIES: [&str; 15] = [
    "nrt", "nrfg", "nr", "ns", "nt", "nz", "n", "v", "a", "m", "t", "i", "l", "j", "d",
];

/// Kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    One,
    Two,
    Three,
    Four,
    Classes,
    MoreClasses,
    Around,
    Frequencies,
    Begins,
    Ends,
    Inside,
    Single,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::One,
        Self::Two,
        Self::Three,
        Self::Four,
        Self::Classes,
        Self::MoreClasses,
        Self::Around,
        Self::Frequencies,
        Self::Begins,
        Self::Ends,
        Self::Inside,
        Self::Single,
    ];

    /// The kind of a key.
    pub(super) fn of(key: u64) -> Option<Self> {
        let number = usize::try_from(key >> KIND).ok()?;
        Self::ALL.get(number).copied()
    }

    /// How many weights its rows have.
    pub(super) const fn width(self) -> usize {
        match self {
            Self::One => 7,
            Self::Two | Self::Four => 5,
            Self::Three | Self::Classes | Self::Single => 3,
            _ => 1,
        }
    }

    /// Whether each convention has weights of its own beside the shared ones: longer n-grams are too rare for that.
    pub(super) const fn is_own(self) -> bool {
        !matches!(self, Self::Three | Self::Four)
    }

    /// Whether a key must be met some times to be learned.
    pub(super) const fn is_counted(self) -> bool {
        !self.is_own()
    }

    /// How many keys there are, of kinds whose rows have tables of their own.
    pub(super) const fn keys(self) -> usize {
        match self {
            Self::One => 1 << BITS,
            Self::Two | Self::Three | Self::Four => 0,
            Self::Classes => 1 << (4 * CLASS_BITS),
            Self::MoreClasses => 1 << (6 * CLASS_BITS),
            Self::Around => (LENGTHS + 1) * (LENGTHS + 1) * (LENGTHS + 1) * OFFSETS,
            Self::Frequencies => (LENGTHS + 1) * BUCKETS * BUCKETS,
            Self::Begins | Self::Ends => LENGTHS + 1,
            Self::Inside => (LENGTHS + 1) * (OFFSETS + 1),
            Self::Single => (FAMILIES.len() + 1) * BUCKETS,
        }
    }

    /// The key with this number.
    pub(super) const fn key(self, number: usize) -> u64 {
        (self as u64) << KIND | number as u64
    }
}

/// A key without its kind.
pub(super) fn number_of(key: u64) -> usize {
    usize::try_from(key & ((1 << KIND) - 1)).unwrap_or(usize::MAX)
}

/// What is looked at of a word of the dictionary.
#[derive(Clone, Copy, Debug, Default)]
struct Rank {
    /// From 1; 0 is no word.
    bucket: u8,
    family: u8,
}

/// The longest words at a gap.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    /// Lengths of those that end here, begin here, go over it; 0 for none.
    ends: u8,
    begins: u8,
    inside: u8,
    /// How far inside.
    offset: u8,
    /// Their frequencies.
    ends_bucket: u8,
    begins_bucket: u8,
    inside_bucket: u8,
}

/// What characters and words are, for a model.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) alphabet: Alphabet,
    /// The class of each code.
    classes: Vec<u8>,
    pub(super) lexicon: Lexicon,
    ranks: Vec<Rank>,
}

/// Memory, and a text as the model reads it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) chars: Vec<char>,
    /// With a margin on both sides.
    codes: Vec<u16>,
    classes: Vec<u8>,
    around: Vec<Around>,
    pub(super) matches: MatchScratch,
}

impl Reading {
    /// What a character is in `CLASSES`.
    pub(super) fn class(&self, at: usize) -> u8 {
        self.classes.get(at + CLASS_MARGIN).copied().unwrap_or(0)
    }
}

/// Classes of characters.
pub(super) const HAN: u8 = 1;
pub(super) const DIGIT: u8 = 3;
pub(super) const LETTER: u8 = 4;
pub(super) const JOINER: u8 = 5;
pub(super) const SPACE: u8 = 6;

fn class_of(ch: char) -> u8 {
    match Class::of(ch) {
        Class::Edge => 0,
        Class::Han => HAN,
        Class::Numeral => 2,
        Class::Digit => DIGIT,
        Class::Upper | Class::Lower => LETTER,
        Class::Space => SPACE,
        _ if matches!(ch, '·' | '.' | '-' | '_' | '/' | '%') => JOINER,
        _ => 7,
    }
}

/// The form of a character that is looked at: a circle among numbers is a zero, and all letters are one, as all digits are.
pub(super) fn seen(ch: char) -> char {
    match ch {
        '○' => '〇',
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => 'A',
        _ => ch,
    }
}

impl Shape {
    /// With these characters, in their one form.
    pub(super) fn new(chars: Vec<char>, lexicon: &Lexicon) -> Self {
        let alphabet = Alphabet::new(chars);
        let known = Alphabet::count(alphabet.chars().len()) - alphabet.chars().len();
        // The codes of characters that are not known are classes of the alphabet's.
        let mut classes = vec![7; known];
        for (class, folded) in [
            (Class::Edge, 0),
            (Class::Han, HAN),
            (Class::Numeral, 2),
            (Class::Digit, DIGIT),
            (Class::Upper, LETTER),
            (Class::Lower, LETTER),
            (Class::Space, SPACE),
        ] {
            if let Some(place) = classes.get_mut(class as usize) {
                *place = folded;
            }
        }
        classes.extend(alphabet.chars().iter().map(|ch| class_of(*ch)));
        let ranks = lexicon.ranks().map(|(log, pos)| rank(log, pos)).collect();
        Self {
            alphabet,
            classes,
            lexicon: lexicon.clone(),
            ranks,
        }
    }

    /// Reads the text in `reading.chars`.
    pub(super) fn read(&self, reading: &mut Reading) {
        let Reading {
            chars,
            codes,
            classes,
            ..
        } = reading;
        codes.clear();
        codes.extend([EDGE; MARGIN]);
        codes.extend(chars.iter().map(|ch| self.alphabet.code(seen(*ch))));
        codes.extend([EDGE; MARGIN]);
        classes.clear();
        classes.extend([0; CLASS_MARGIN]);
        let read = codes.iter().skip(MARGIN).take(chars.len());
        classes.extend(read.map(|code| self.classes.get(usize::from(*code)).copied().unwrap_or(7)));
        classes.extend([0; CLASS_MARGIN]);
    }

    /// Single characters: the place of each row's first weight, and the row's kind and number; places are counted from [`BEFORE`] places before the text.
    #[inline]
    pub(super) fn each_one(reading: &Reading, mut each: impl FnMut(usize, Kind, usize)) {
        for (at, code) in reading.codes.iter().enumerate() {
            each(2 * at + BEFORE - 6, Kind::One, usize::from(*code));
        }
    }

    /// N-grams of two to four characters, with their keys. Those that would begin before the margin have characters that no text has.
    #[inline]
    pub(super) fn each_gram(reading: &Reading, mut each: impl FnMut([(usize, u64); 3])) {
        let head = |kind: Kind| (kind as u64) << KIND;
        let mut key = u64::MAX;
        // The place of the last character is `at` less the margin.
        for (at, code) in reading.codes.iter().enumerate() {
            key = key << BITS | u64::from(*code);
            let last = |count: u32| key & ((1 << (count * BITS)) - 1);
            let place = 2 * at + BEFORE;
            each([
                (place - 6, head(Kind::Two) | last(2)),
                (place - 6, head(Kind::Three) | last(3)),
                (place - 8, head(Kind::Four) | last(4)),
            ]);
        }
    }

    /// Classes around each gap, as single characters.
    #[inline]
    pub(super) fn each_class(reading: &Reading, mut each: impl FnMut(usize, Kind, usize)) {
        for (gap, around) in reading.classes.array_windows::<6>().enumerate() {
            let join = |classes: &[u8]| {
                let classes = classes.iter();
                classes.fold(0, |key, class| key << CLASS_BITS | usize::from(*class))
            };
            let place = 2 * gap + BEFORE;
            each(place - 1, Kind::Classes, join(&around[1..5]));
            each(place, Kind::MoreClasses, join(around));
        }
    }

    /// Words of the dictionary, as single characters.
    #[inline]
    pub(super) fn each_word(
        &self,
        reading: &mut Reading,
        mut each: impl FnMut(usize, Kind, usize),
    ) {
        let Reading {
            chars,
            around,
            matches,
            ..
        } = reading;
        around.clear();
        around.resize(chars.len() + 1, Around::default());
        self.lexicon
            .each_rank(chars, matches, |start, length, number| {
                let Some(rank) = self.ranks.get(number).filter(|_| length <= LONGEST) else {
                    return;
                };
                let bucket = usize::from(rank.bucket);
                if length == 1 {
                    let number = usize::from(rank.family) * BUCKETS + bucket;
                    each(2 * start + BEFORE, Kind::Single, number);
                    return;
                }
                let counted = length.min(LENGTHS);
                let end = start + length;
                each(2 * start + BEFORE, Kind::Begins, counted);
                each(2 * end + BEFORE, Kind::Ends, counted);
                for (offset, gap) in (start + 1..end).enumerate() {
                    let number = counted * (OFFSETS + 1) + (offset + 1).min(OFFSETS);
                    each(2 * gap + BEFORE, Kind::Inside, number);
                }
                note(around, start, length, rank.bucket);
            });
        for (gap, found) in around.iter().enumerate() {
            let [ends, begins, inside, offset] =
                [found.ends, found.begins, found.inside, found.offset].map(usize::from);
            let number =
                ((ends * (LENGTHS + 1) + begins) * (LENGTHS + 1) + inside) * OFFSETS + offset;
            each(2 * gap + BEFORE, Kind::Around, number);
            let beside = usize::from(found.ends_bucket.max(found.begins_bucket));
            let number = (inside * BUCKETS + usize::from(found.inside_bucket)) * BUCKETS + beside;
            each(2 * gap + BEFORE, Kind::Frequencies, number);
        }
    }
}

/// Keeps a word at the gaps where it is the longest.
fn note(around: &mut [Around], start: usize, length: usize, bucket: u8) {
    let Some(gaps) = around.get_mut(start..=start + length) else {
        return;
    };
    let counted = u8::try_from(length.min(LENGTHS)).unwrap_or(0);
    let [first, inner @ .., last] = gaps else {
        return;
    };
    if counted >= first.begins {
        (first.begins, first.begins_bucket) = (counted, bucket);
    }
    if counted > last.ends {
        (last.ends, last.ends_bucket) = (counted, bucket);
    }
    for (gap, offset) in inner.iter_mut().zip(1_u8..) {
        if counted > gap.inside {
            (gap.inside, gap.inside_bucket) = (counted, bucket);
            gap.offset = offset.min(3);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small number; conversion saturates, and is 0 for what is no number"
)]
fn rank(log: f64, pos: Pos) -> Rank {
    let bucket = 1 + (log.max(0.0) / 2.0) as usize;
    let family = FAMILIES.iter().position(|family| pos.is_a(family));
    Rank {
        bucket: u8::try_from(bucket.min(BUCKETS - 1)).unwrap_or(0),
        family: u8::try_from(family.unwrap_or(FAMILIES.len())).unwrap_or(0),
    }
}
