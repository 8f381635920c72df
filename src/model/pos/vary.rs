//! What corpora and segmenters have differently, so that the model has met both.
//!
//! The People's Daily corpus has surname and given name apart, and so number and measure word (一 座) and adverb and verb (不 会), but dates
//! whole (1998年); jieba has it the other way round. Every second one is changed.

use super::corpus::TaggedSample;
use super::tagset::Tagset;
use crate::lexicon::Lexicon;
use crate::record::Pos;

/// What stands behind digits in a date or a time.
const UNITS: [char; 7] = ['年', '月', '日', '时', '分', '秒', '号'];
/// Pairs that the dictionary has as one word, which is what one of them is.
const PAIRS: [([&str; 2], usize); 3] = [(["m", "q"], 0), (["r", "q"], 0), (["d", "v"], 1)];

/// Words with their tags.
pub(super) type Tagged = (Vec<String>, Vec<Pos>);

/// Changes samples; whose turn it is is kept from sample to sample.
#[derive(Debug)]
pub(super) struct Variation<'l> {
    lexicon: &'l Lexicon,
    name: bool,
    date: bool,
    pair: bool,
}

impl<'l> Variation<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            name: false,
            date: false,
            pair: false,
        }
    }

    /// A sample with every second name and pair joined and every second date taken apart. Universal tags stay: their corpora join names.
    pub(super) fn of(&mut self, sample: &TaggedSample) -> Tagged {
        let mut varied: Tagged = (Vec::new(), Vec::new());
        if sample.tagset != Tagset::Ictclas {
            return (sample.words.clone(), sample.tags.clone());
        }
        // Whether the last word may be joined to: not if it was made of two.
        let mut is_whole = false;
        for (word, tag) in sample.words.iter().zip(&sample.tags) {
            if is_whole && self.join(&mut varied, word, *tag) {
                is_whole = false;
            } else {
                self.push(&mut varied, word, *tag);
                is_whole = true;
            }
        }
        varied
    }

    /// Joins a word to the last one, if the two are a pair whose turn it is.
    fn join(&mut self, (words, tags): &mut Tagged, word: &str, tag: Pos) -> bool {
        let (Some(last), Some(before)) = (words.last_mut(), tags.last_mut()) else {
            return false;
        };
        let own = [before.as_str(), tag.as_str()];
        let is_short = |word: &str| word.chars().count() <= 2;
        if own == ["nr"; 2] && is_short(last) && is_short(word) {
            self.name ^= true;
            if self.name {
                last.push_str(word);
            }
            return self.name;
        }
        let Some((_, head)) = PAIRS.iter().find(|(pair, _)| *pair == own) else {
            return false;
        };
        let whole = format!("{last}{word}");
        if !self.lexicon.has_word(&whole) {
            return false;
        }
        self.pair ^= true;
        if self.pair {
            *last = whole;
            *before = [*before, tag][*head];
        }
        self.pair
    }

    /// Adds a word, a date in two if it is its turn.
    fn push(&mut self, (words, tags): &mut Tagged, word: &str, tag: Pos) {
        let digits = word.strip_suffix(UNITS).filter(|digits| {
            let is_digit = |ch| matches!(ch, '0'..='9' | '０'..='９');
            !digits.is_empty() && digits.chars().all(is_digit)
        });
        if let (Some(digits), Some(number), "t") = (digits, Pos::new("m"), tag.as_str()) {
            self.date ^= true;
            if self.date {
                words.push(digits.to_owned());
                words.extend(word.get(digits.len()..).map(str::to_owned));
                tags.extend([number, tag]);
                return;
            }
        }
        words.push(word.to_owned());
        tags.push(tag);
    }
}
