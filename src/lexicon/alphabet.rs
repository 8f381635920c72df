//! Characters as small numbers.
//!
//! The trie is walked by *codes*: the characters of the dictionary in the order of how often they are met, from 1. Code 0
//! is every other character. Frequent characters have small codes, so that what a text needs most stands close together
//! in memory.

use rustc_hash::FxHashMap;

use super::script::is_word_char;

/// The code of characters that no word contains.
pub(super) const NO_CODE: u32 = 0;

/// Characters with a place in the direct table: the Basic Multilingual Plane.
const DIRECT: usize = 0x1_0000;

/// The characters of a dictionary, numbered.
#[derive(Clone)]
pub(super) struct Alphabet {
    /// Two bytes a character, so that the part that Chinese text touches fits the fastest cache.
    direct: Vec<u16>,
    /// The same for characters that words go through, and [`NO_CODE`] for marks.
    inside: Vec<u16>,
    /// Characters beyond the table.
    rest: FxHashMap<char, u32>,
    /// The character of each code, from code 1.
    chars: Vec<char>,
}

impl Alphabet {
    pub(super) fn new(chars: impl IntoIterator<Item = char>) -> Self {
        let mut alphabet = Self {
            direct: vec![0; DIRECT],
            inside: vec![0; DIRECT],
            rest: FxHashMap::default(),
            chars: Vec::new(),
        };
        for ch in chars {
            alphabet.add(ch);
        }
        alphabet
    }

    /// The code of `ch`, a new one if it has none yet.
    pub(super) fn add(&mut self, ch: char) -> u32 {
        let known = self.code(ch);
        if known != NO_CODE {
            return known;
        }
        self.chars.push(ch);
        let code = u32::try_from(self.chars.len()).expect("there are fewer than 2^21 characters");
        match self.direct.get_mut(ch as usize) {
            Some(place) => {
                *place = u16::try_from(code)
                    .expect("CHARS_LIMIT leaves all characters codes of two bytes");
                if is_word_char(ch)
                    && let Some(inside) = self.inside.get_mut(ch as usize)
                {
                    *inside = *place;
                }
            }
            None => {
                self.rest.insert(ch, code);
            }
        }
        code
    }

    #[inline]
    pub(super) fn code(&self, ch: char) -> u32 {
        match self.direct.get(ch as usize) {
            Some(code) if *code != 0 => u32::from(*code),
            _ if self.rest.is_empty() => NO_CODE,
            _ => self.rest.get(&ch).copied().unwrap_or(NO_CODE),
        }
    }

    /// The code of `ch` where words go through it.
    #[inline]
    pub(super) fn inside(&self, ch: char) -> u32 {
        match self.inside.get(ch as usize) {
            Some(code) => u32::from(*code),
            None => self.far_inside(ch),
        }
    }

    #[cold]
    fn far_inside(&self, ch: char) -> u32 {
        if is_word_char(ch) {
            self.code(ch)
        } else {
            NO_CODE
        }
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The codes of `word`, into `codes`.
    pub(super) fn encode(&self, word: &str, codes: &mut Vec<u32>) {
        codes.clear();
        codes.extend(word.chars().map(|ch| self.code(ch)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_numbered_from_one_whatever_their_plane() {
        let mut alphabet = Alphabet::new("的𠮷河".chars());
        assert_eq!(alphabet.code('的'), 1);
        assert_eq!(alphabet.code('𠮷'), 2);
        assert_eq!(alphabet.code('词'), NO_CODE);
        assert_eq!(alphabet.code('𠀀'), NO_CODE);
        assert_eq!((alphabet.add('河'), alphabet.add('词')), (3, 4));
        assert_eq!(alphabet.chars(), ['的', '𠮷', '河', '词']);
    }

    #[test]
    fn marks_have_codes_and_no_word_goes_through_them() {
        let alphabet = Alphabet::new("·㐂𠮷😀%".chars());
        let inside = |ch| alphabet.inside(ch);
        assert_eq!(['·', '㐂', '𠮷', '😀', '%'].map(inside), [0, 2, 3, 0, 5]);
        assert_eq!((alphabet.code('·'), alphabet.code('😀')), (1, 4));
        assert_eq!((inside('河'), inside('𠀀')), (NO_CODE, NO_CODE));
    }
}
