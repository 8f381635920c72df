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
const CLASS_BITS: u32 = 4;
/// Bits of a template's number in a key, at the top.
const KIND: u32 = 4 * BITS;

/// The template's number in a key.
pub(super) const fn kind_of(key: u64) -> usize {
    (key >> KIND) as usize
}

/// A text as the model reads it. The buffers are kept from text to text.
#[derive(Clone, Debug, Default)]
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
        self.classes
            .extend(chars.iter().map(|ch| alphabet.class(*ch)));
        self.codes.extend([EDGE; MARGIN]);
        self.classes.extend([Class::Edge as u8; MARGIN]);
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
