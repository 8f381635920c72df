//! What was looked up of texts: what tells their convention is what tells their names, and is not looked up again.

use super::alphabet::Alphabet;
use super::grams::Codes;
use super::table::{Hit, Maybe, Table};

/// Characters of texts that are remembered; a caller that only asks for conventions fills no memory.
const MOST: usize = 1 << 13;
/// Room for hits that is kept from text to text, some MiB: that of a few very long sentences is given back.
const KEPT: usize = 1 << 17;

/// A text, and the n-grams in it that the model knows.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) codes: Codes,
    pub(super) hits: Vec<Hit>,
}

/// Texts that were looked up, and memory.
#[derive(Debug, Default)]
pub(super) struct Memory {
    maybe: Vec<Maybe>,
    /// The text at hand, and another one's memory.
    codes: Codes,
    texts: Vec<Looked>,
    /// How many of them are in use, which of these is next, and the characters of all.
    used: usize,
    next: usize,
    chars: usize,
}

impl Memory {
    /// Looks a text up, and remembers it for [`recall`](Self::recall).
    pub(super) fn look_up(&mut self, alphabet: &Alphabet, table: &Table, text: &[char]) -> &Looked {
        if self.next > 0 || self.chars > MOST {
            self.forget();
        }
        self.codes.read(alphabet, text);
        self.add(table);
        &self.texts[self.used - 1]
    }

    /// The text if it is one of those that were looked up last, in the same order; else looks it up.
    pub(super) fn recall(&mut self, alphabet: &Alphabet, table: &Table, text: &[char]) -> &Looked {
        self.codes.read(alphabet, text);
        let mut ahead = self.texts.iter().take(self.used).skip(self.next);
        let known = ahead.position(|known| known.codes == self.codes);
        if let Some(skipped) = known {
            self.next += skipped + 1;
        } else {
            self.forget();
            self.add(table);
            self.next = 1;
        }
        &self.texts[self.next - 1]
    }

    fn add(&mut self, table: &Table) {
        if self.texts.len() == self.used {
            self.texts.push(Looked::default());
        }
        let text = &mut self.texts[self.used];
        std::mem::swap(&mut text.codes, &mut self.codes);
        table.look_up(&text.codes, &mut self.maybe, &mut text.hits);
        self.used += 1;
        self.chars += text.codes.places();
    }

    fn forget(&mut self) {
        (self.used, self.next, self.chars) = (0, 0, 0);
        let kept: usize = self.texts.iter().map(|text| text.hits.capacity()).sum();
        if kept > KEPT {
            self.texts = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::trained;

    impl Memory {
        fn room(&self) -> usize {
            self.texts.iter().map(|text| text.hits.capacity()).sum()
        }
    }

    #[test]
    fn room_is_kept_from_text_to_text_but_for_that_of_a_very_long_one() {
        let packed = trained();
        let table = Table::new(&packed, 1);
        let alphabet = Alphabet::new(packed.chars);
        let (mut memory, short) = (Memory::default(), "云溪队".repeat(8));
        let short: Vec<char> = short.chars().collect();
        let look_up =
            |memory: &mut Memory, text: &[char]| memory.look_up(&alphabet, &table, text).hits.len();
        let hits = look_up(&mut memory, &short);
        let room = memory.room();
        assert!(hits > 0 && room >= hits);
        memory.recall(&alphabet, &table, &short);
        // Something was recalled, so that all is forgotten; the room serves again.
        assert_eq!(look_up(&mut memory, &short), hits);
        assert_eq!((memory.room(), memory.texts.len()), (room, 1));

        let long: Vec<char> = short.iter().copied().cycle().take(KEPT).collect();
        look_up(&mut memory, &long);
        assert!(memory.room() > KEPT, "{}", memory.room());
        assert_eq!(look_up(&mut memory, &short), hits);
        assert_eq!((memory.room(), memory.texts.len()), (room, 1));
    }
}
