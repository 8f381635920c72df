//! The user's words: what stands in a user's lexicon is meant to be a word wherever it can be one.
//!
//! The model looks at them as at all words of the dictionary. Beyond that they get so much that they win against all but clear evidence: a
//! word that would tear a known one apart (和服 in 产品和服务) still does not.

use rustc_hash::FxHashMap;

use super::file::SCALE;
use super::shape::BEFORE;
use crate::lexicon::Lexicon;

/// What speaks for a word's end at both of its ends, and what speaks against one inside, in nats.
const EDGE: f32 = 2.0;
const INSIDE: f32 = 5.0;

/// The user's words by their first two characters, longest first; those of one character have but one.
#[derive(Debug, Default)]
pub(super) struct Users(FxHashMap<(char, Option<char>), Vec<UsersWord>>);

/// Its characters.
type UsersWord = Box<[char]>;

impl Users {
    /// Those of a lexicon. A word of frequency 0 is one that the user rules out.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let mut users = Self::default();
        for entry in lexicon.entries() {
            let word: UsersWord = entry.word.chars().collect();
            if let Some(first) = word.first().filter(|_| entry.frequency != Some(0)) {
                let key = (*first, word.get(1).copied());
                users.0.entry(key).or_default().push(word);
            }
        }
        for words in users.0.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        users
    }

    /// Adds what speaks for the user's words in a text: the longest from left to right, none of which begins inside another.
    pub(super) fn add(&self, text: &[char], scores: &mut [i16]) {
        if self.0.is_empty() {
            return;
        }
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = self.longest(rest);
            if length > 0 {
                speak(scores, at, length);
            }
            at += length.max(1);
        }
    }

    /// The length of the longest word that `text` begins with, 0 if there is none.
    fn longest(&self, text: &[char]) -> usize {
        let Some(first) = text.first() else { return 0 };
        let words = |second: Option<char>| self.0.get(&(*first, second)).into_iter().flatten();
        let mut found = words(text.get(1).copied()).chain(words(None));
        found
            .find(|word| text.starts_with(word))
            .map_or(0, |word| word.len())
    }
}

fn speak(scores: &mut [i16], start: usize, length: usize) {
    let (first, last) = (2 * start + BEFORE, 2 * (start + length) + BEFORE);
    for place in (first..=last).step_by(2) {
        let nats = if place == first || place == last {
            EDGE
        } else {
            -INSIDE
        };
        if let Some(score) = scores.get_mut(place) {
            *score = score.saturating_add(stored(nats));
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a small number")]
fn stored(nats: f32) -> i16 {
    (nats * SCALE) as i16
}
