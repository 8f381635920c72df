//! What a character counts for when a line is measured, as one look-up for nearly all that are no common ideographs.
//!
//! The predicates of [`marks`](super::marks) say what a mark means; asked one after another of each mark they are most of the
//! work on a line. So their answers are kept in tables of the blocks that texts take their marks from: ASCII, the general
//! punctuation, that of Chinese, and the full-width forms. The compiler fills the tables, by those very predicates.

use super::marks::{is_closing, is_mark, is_opening, is_stop, width};
use crate::text::is_han;

/// Facts about a character, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    /// A mark that only sentences have.
    pub(super) const MARK: Self = Self(1);
    /// Ends a sentence.
    pub(super) const STOP: Self = Self(1 << 1);
    /// Opens what another closes.
    pub(super) const OPENING: Self = Self(1 << 2);
    /// Closes what another opened.
    pub(super) const CLOSING: Self = Self(1 << 3);
    /// Only tables and code have it.
    pub(super) const RULED: Self = Self(1 << 4);
    /// A straight quotation mark.
    pub(super) const QUOTE: Self = Self(1 << 5);
    /// Two columns wide.
    pub(super) const WIDE: Self = Self(1 << 6);
    /// A Han character.
    pub(super) const HAN: Self = Self(1 << 7);

    /// Whether it has this fact.
    #[inline]
    pub(super) const fn has(self, fact: Self) -> bool {
        self.0 & fact.0 != 0
    }

    /// Whether there is more to know of it than its width and whether it is Han.
    #[inline]
    pub(super) const fn is_notable(self) -> bool {
        self.0 & !(Self::WIDE.0 | Self::HAN.0) != 0
    }

    const fn of(char: char) -> Self {
        let ruled = matches!(
            char,
            '|' | '\t' | '{' | '}' | '=' | '<' | '>' | '`' | '│' | '┃'
        );
        let facts = [
            (is_mark(char), Self::MARK),
            (is_stop(char), Self::STOP),
            (is_opening(char), Self::OPENING),
            (is_closing(char), Self::CLOSING),
            (ruled, Self::RULED),
            (char == '"', Self::QUOTE),
            (width(char) == 2, Self::WIDE),
            (is_han(char), Self::HAN),
        ];
        let (mut bits, mut at) = (0, 0);
        while at < facts.len() {
            if facts[at].0 {
                bits |= facts[at].1.0;
            }
            at += 1;
        }
        Self(bits)
    }
}

/// The classes of the characters from `first` on.
const fn block<const N: usize>(first: u32) -> [Class; N] {
    let mut classes = [Class(0); N];
    let (mut at, mut code) = (0, first);
    while at < N {
        if let Some(char) = char::from_u32(code) {
            classes[at] = Class::of(char);
        }
        at += 1;
        code += 1;
    }
    classes
}

static ASCII: [Class; 128] = block(0);
static GENERAL: [Class; 64] = block(0x2000);
static CHINESE: [Class; 64] = block(0x3000);
static FULL_WIDTH: [Class; 64] = block(0xFF00);

/// The class of the character that `text` begins with, and its bytes; `None` where there is none.
#[inline]
pub(super) fn first(text: &str) -> Option<(Class, usize)> {
    let third = |block: &[Class; 64], byte: u8| Some((block[usize::from(byte & 63)], 3));
    match text.as_bytes() {
        [ascii @ 0..0x80, ..] => Some((ASCII[usize::from(*ascii)], 1)),
        [0xE2, 0x80, byte, ..] => third(&GENERAL, *byte),
        [0xE3, 0x80, byte, ..] => third(&CHINESE, *byte),
        [0xEF, 0xBC, byte, ..] => third(&FULL_WIDTH, *byte),
        _ => rare(text),
    }
}

/// The same of a character of another block.
#[cold]
fn rare(text: &str) -> Option<(Class, usize)> {
    let char = text.chars().next()?;
    Some((Class::of(char), char.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_up_says_what_the_predicates_say() {
        for char in '\0'..='\u{1FFFF}' {
            let text = char.to_string();
            assert_eq!(
                first(&text),
                Some((Class::of(char), text.len())),
                "{char:?}"
            );
        }
        assert_eq!(first(""), None);
    }
}
