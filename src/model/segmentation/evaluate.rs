//! How good answers are: words at exactly their places, ends of words, and words that nothing told of.

use rustc_hash::FxHashSet;

use super::super::Counts;
use super::corpus::WordSample;

/// What came of a comparison of texts.
///
/// ```
/// use cihe::model::WordEvaluation;
/// let mut evaluation = WordEvaluation::default();
/// // 石桥 修 好, cut as 石桥 修好
/// evaluation.add(&[2, 3, 4], &[2, 4], |_| false);
/// assert_eq!(evaluation.words.f1(), 0.4);
/// assert_eq!(evaluation.ends.precision(), 1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordEvaluation {
    /// Words: right are those that begin and end where they should.
    pub words: Counts,
    /// Ends of words but the last of a text, which is given.
    pub ends: Counts,
    /// Words that are new to the segmenter: only `right` and `there` are counted.
    pub new: Counts,
}

impl WordEvaluation {
    /// Compares the ends of a text's words, in order and in characters. `is_new` tells which of the words that are there, by number, the segmenter
    /// can't know.
    pub fn add(&mut self, there: &[usize], found: &[usize], is_new: impl Fn(usize) -> bool) {
        self.words.there += there.len() as u64;
        self.words.found += found.len() as u64;
        self.ends.there += there.len().saturating_sub(1) as u64;
        self.ends.found += found.len().saturating_sub(1) as u64;
        let mut answers = found.iter().copied().peekable();
        let mut begins = true;
        for (number, end) in there.iter().copied().enumerate() {
            let mut whole = begins;
            while answers.next_if(|other| *other < end).is_some() {
                whole = false;
            }
            let ends = answers.next_if_eq(&end).is_some();
            let right = u64::from(whole && ends);
            self.words.right += right;
            if ends && number + 1 < there.len() {
                self.ends.right += 1;
            }
            if is_new(number) {
                self.new.there += 1;
                self.new.right += right;
            }
            begins = ends;
        }
    }
}

/// Words that a segmenter can know: those of its training.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(FxHashSet<String>);

impl Vocabulary {
    /// Of the samples that it was trained on.
    pub fn of(samples: &[WordSample]) -> Self {
        let words = samples.iter().flat_map(|sample| &sample.words);
        Self(words.cloned().collect())
    }

    /// Whether a word is in it.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}
