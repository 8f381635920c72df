//! What the model looks at: n-grams of characters, n-grams of classes, and words of lists.
//!
//! A template names an n-gram and the labels that it speaks for, counted from its first character. In training and in use
//! one look-up of an n-gram serves all of its labels, for their weights lie side by side: a *block*.

use std::ops::Range;

use super::alphabet::{Alphabet, BITS, Class, EDGE};

/// Places before the first character and behind the last one that n-grams may cover.
pub(super) const MARGIN: usize = 2;

/// A kind of n-gram.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    /// Characters that it covers.
    pub(super) length: usize,
    /// The first of the labels that it speaks for, relative to its first character.
    pub(super) first: isize,
    /// How many labels in a row.
    pub(super) labels: usize,
    /// What makes its key.
    pub(super) over: Over,
}

/// What an n-gram is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// All characters.
    Chars,
    /// The first and the last character.
    Ends,
    /// Classes.
    Classes,
}

const fn template(length: usize, first: isize, labels: usize, over: Over) -> Template {
    Template {
        length,
        first,
        labels,
        over,
    }
}

/// All of them.
pub(super) const TEMPLATES: [Template; 7] = [
    template(1, -2, 5, Over::Chars),
    template(2, -2, 6, Over::Chars),
    template(3, -1, 5, Over::Chars),
    template(4, -1, 6, Over::Chars),
    template(3, 0, 3, Over::Ends),
    template(3, 1, 1, Over::Classes),
    template(5, 2, 1, Over::Classes),
];

/// Templates from here on are the same for all sources: longer n-grams are too rare for an opinion of their own.
pub(super) const SHARED: usize = 3;
/// The templates that say which source a text is like: short n-grams of characters.
pub(super) const VOTERS: Range<usize> = 0..3;

/// Bits of a class in a key.
pub(super) const CLASS_BITS: u32 = 4;
/// Bits of a template's number in a key, at the top.
const KIND: u32 = 4 * BITS;

/// The template's number in a key.
pub(super) const fn kind_of(key: u64) -> usize {
    (key >> KIND) as usize
}

/// A key without the template's number.
pub(super) fn rest_of(key: u64) -> usize {
    usize::try_from(key & ((1 << KIND) - 1)).unwrap_or(usize::MAX)
}

/// A text as the model reads it. The buffers are kept from text to text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Codes {
    /// With a margin on both sides.
    codes: Vec<u16>,
    classes: Vec<u8>,
}

impl Codes {
    /// Reads a text.
    pub(super) fn read(&mut self, alphabet: &Alphabet, chars: &[char]) {
        self.codes.clear();
        self.classes.clear();
        self.codes.extend([EDGE; MARGIN]);
        self.classes.extend([Class::Edge as u8; MARGIN]);
        self.codes.extend(chars.iter().map(|ch| alphabet.code(*ch)));
        self.codes.extend([EDGE; MARGIN]);
        let read = self.codes.iter().skip(MARGIN).take(chars.len());
        self.classes.extend(read.map(|code| alphabet.class(*code)));
        self.classes.extend([Class::Edge as u8; MARGIN]);
    }

    /// The codes of all characters, the margins among them.
    pub(super) fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// The classes around each character, two before it to two behind it.
    pub(super) fn classes(&self) -> impl Iterator<Item = &[u8; 5]> {
        self.classes.array_windows()
    }

    /// The keys of the n-grams of templates 1 to 4 that end at each place. Of those that would begin before the first place, some characters
    /// are of a code that none has.
    #[inline]
    pub(super) fn each_key(&self, mut each: impl FnMut(usize, [u64; 4])) {
        const MASK: u64 = (1 << BITS) - 1;
        let head = |kind: u64| kind << KIND;
        let mut key = u64::MAX;
        for (at, code) in self.codes.iter().enumerate() {
            key = (key << BITS) | u64::from(*code);
            let last = |count: u32| key & ((1 << (count * BITS)) - 1);
            let ends = ((key >> (2 * BITS)) & MASK) << BITS | key & MASK;
            let keys = [
                head(1) | last(2),
                head(2) | last(3),
                head(3) | last(4),
                head(4) | ends,
            ];
            each(at, keys);
        }
    }

    /// How many places there are, the margins among them.
    pub(super) fn places(&self) -> usize {
        self.codes.len()
    }

    /// The keys of a template's n-grams, in the order of their places from the first one of the margin.
    pub(super) fn keys(&self, kind: usize) -> impl Iterator<Item = u64> {
        let template = TEMPLATES[kind];
        let codes = self.codes.windows(template.length);
        let classes = self.classes.windows(template.length);
        codes.zip(classes).map(move |(codes, classes)| {
            let head = (kind as u64) << KIND;
            head | match template.over {
                Over::Chars => join(codes.iter().map(|code| u64::from(*code)), BITS),
                Over::Classes => join(classes.iter().map(|class| u64::from(*class)), CLASS_BITS),
                Over::Ends => match codes {
                    [first, .., last] => (u64::from(*first) << BITS) | u64::from(*last),
                    _ => 0,
                },
            }
        })
    }
}

#[inline]
fn join(parts: impl Iterator<Item = u64>, bits: u32) -> u64 {
    parts.fold(0, |key, part| (key << bits) | part)
}

/// The labels that an n-gram at place `at` (counted from the margin) speaks for, in a text of `length` characters: the first label, the
/// number of the weights' first row, and how many.
#[inline]
pub(super) fn reach(template: Template, at: usize, length: usize) -> (usize, usize, usize) {
    let first = at.cast_signed() - MARGIN.cast_signed() + template.first;
    let skipped = usize::try_from(-first).unwrap_or(0).min(template.labels);
    let first = usize::try_from(first).unwrap_or(0);
    let count = (template.labels - skipped).min(length.saturating_sub(first));
    (first, skipped, count)
}
