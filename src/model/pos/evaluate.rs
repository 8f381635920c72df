//! How good answers are: words with the right tag, words that training never met, and what is taken for what.

use rustc_hash::FxHashMap;

use super::super::Counts;
use crate::record::Pos;

/// What came of a comparison of words with their tags.
///
/// ```
/// use cihe::model::TagEvaluation;
/// use cihe::record::Pos;
/// let (n, v) = (Pos::new("n").unwrap(), Pos::new("v").unwrap());
/// let mut evaluation = TagEvaluation::default();
/// evaluation.add(n, n, false);
/// evaluation.add(v, n, true);
/// assert_eq!(evaluation.words.recall(), 0.5);
/// assert_eq!(evaluation.worst(1), [((v, n), 1)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagEvaluation {
    /// All words: each is found, so that precision and recall are both the accuracy.
    pub words: Counts,
    /// Those that are new to the tagger.
    pub new: Counts,
    wrong: FxHashMap<(Pos, Pos), u64>,
}

impl TagEvaluation {
    /// Compares a word's tag with the one that was given.
    pub fn add(&mut self, truth: Pos, answer: Pos, is_new: bool) {
        let right = u64::from(truth == answer);
        let new = is_new.then_some(&mut self.new);
        for counts in [&mut self.words].into_iter().chain(new) {
            counts.there += 1;
            counts.found += 1;
            counts.right += right;
        }
        if right == 0 {
            *self.wrong.entry((truth, answer)).or_default() += 1;
        }
    }

    /// The most frequent mistakes: what it is, and what it was taken for.
    pub fn worst(&self, count: usize) -> Vec<((Pos, Pos), u64)> {
        let mut worst: Vec<_> = self
            .wrong
            .iter()
            .map(|(pair, count)| (*pair, *count))
            .collect();
        worst.sort_unstable_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        worst.truncate(count);
        worst
    }
}
