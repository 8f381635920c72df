//! Parts of speech of words that the dictionary lacks.
//!
//! Numbers are `m`, words with Latin letters `eng`, other ASCII `x`. For Chinese words jieba has a model of its own, 256
//! states large, that cuts the word once more and takes the tag of the longest piece. The library keeps it to itself: it
//! can only be asked to tag a text. So it is asked to tag the word as a text, by an instance without any words, whose
//! other model joins all that it is given; nothing is cut, and the tag that comes back is the guess.
//!
//! A guess takes microseconds, and a document has the same unknown words again and again: each thread remembers some.

use std::sync::OnceLock;

use jieba_rs::{HmmModel, Jieba};
use rustc_hash::FxHashMap;

use super::hmm::covers;
use super::script::{is_han, is_word_char};
use crate::record::Pos;

/// Words that a thread remembers.
const REMEMBERED: usize = 1 << 14;
/// Longest word, in bytes, that is remembered.
const LONGEST: usize = 48;

/// A model of the library's format that begins a word with the first character of a run and ends it with the last:
/// begin, end, middle, single; then transitions from each; then emissions of each, the same for all characters.
const JOIN_ALL: &str = "0 -3.14e100 -3.14e100 -3.14e100\n\
                        -3.14e100 0 0 -3.14e100\n\
                        -3.14e100 -3.14e100 -3.14e100 -3.14e100\n\
                        -3.14e100 0 0 -3.14e100\n\
                        -3.14e100 -3.14e100 -3.14e100 -3.14e100\n\
                        一:-3.14e100\n一:-3.14e100\n一:-3.14e100\n一:-3.14e100\n";

/// What a thread remembers.
#[derive(Debug, Default)]
pub(super) struct Guesses(FxHashMap<Box<str>, Pos>);

impl Guesses {
    /// Reads jieba's model, if nothing has yet, so that no word waits for that.
    pub(super) fn make_ready() {
        by_model("河");
    }

    /// The part of speech of `word`, which is not in the dictionary.
    pub(super) fn guess(&mut self, word: &str) -> Pos {
        let (mut letters, mut han) = (false, false);
        let mut digits = false;
        // Other engines make words that jieba's model was never asked about.
        let mut known_to_jieba = true;
        for ch in word.chars() {
            known_to_jieba &= is_word_char(ch);
            letters |= ch.is_ascii_alphabetic();
            digits |= ch.is_ascii_digit();
            han |= is_han(ch);
        }
        match (letters, digits, han) {
            (true, _, _) => known("eng"),
            (false, true, _) => known("m"),
            (false, false, true) if known_to_jieba => self.remembered(word),
            (false, false, _) => Pos::UNKNOWN,
        }
    }

    fn remembered(&mut self, word: &str) -> Pos {
        if let Some(pos) = self.0.get(word) {
            return *pos;
        }
        let pos = by_model(word);
        if word.len() <= LONGEST {
            if self.0.len() >= REMEMBERED {
                self.0.clear();
            }
            self.0.insert(word.into(), pos);
        }
        pos
    }
}

fn known(tag: &str) -> Pos {
    Pos::new(tag).unwrap_or(Pos::UNKNOWN)
}

fn by_model(word: &str) -> Pos {
    static MODEL: OnceLock<Jieba> = OnceLock::new();
    let jieba = MODEL.get_or_init(|| {
        let model = HmmModel::load(&mut JOIN_ALL.as_bytes()).expect("the model above is sound");
        let mut jieba = Jieba::empty();
        jieba.set_hmm_model(model);
        jieba
    });
    let tags = jieba.tag(word, true);
    let is_cut = tags.len() != 1 && word.chars().all(covers);
    debug_assert!(!is_cut, "{word} is not cut");
    tags.first()
        .and_then(|tag| Pos::new(tag.tag))
        .unwrap_or(Pos::UNKNOWN)
}
