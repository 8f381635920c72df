//! The user's words: what they stand in is as it was meant.

use rustc_hash::FxHashSet;

use super::super::dictionary::Lexicon;

/// Words of a user's of two characters and more, but for those that are ruled out: one character is in the text as it was read, right or wrong.
pub(super) struct Users {
    words: FxHashSet<Box<str>>,
    /// Bytes of the longest.
    longest: usize,
}

impl Users {
    /// Those of a lexicon; `None` where it has none.
    pub(super) fn of(lexicon: &Lexicon) -> Option<Self> {
        let entries = lexicon.entries().iter();
        let entries = entries
            .filter(|entry| entry.frequency != Some(0) && entry.word.chars().nth(1).is_some());
        let words: FxHashSet<Box<str>> = entries.map(|entry| entry.word.as_str().into()).collect();
        let longest = words.iter().map(|word| word.len()).max()?;
        Some(Self { words, longest })
    }

    /// Whether one of them stands in `text` over the character at `byte`.
    pub(super) fn cover(&self, text: &str, byte: usize) -> bool {
        let starts = (byte.saturating_sub(self.longest)..=byte).rev();
        starts
            .filter(|start| text.is_char_boundary(*start))
            .any(|start| {
                let ends = byte + 1..=(start + self.longest).min(text.len());
                ends.filter_map(|end| text.get(start..end))
                    .any(|word| self.words.contains(word))
            })
    }
}
