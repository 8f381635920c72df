//! jieba as an engine.

use super::{Engine, Word};
use crate::lexicon::Lexicon;

/// jieba's dictionary, hidden Markov model and tags, with the answers that its library gives: nothing is corrected here.
#[derive(Clone, Debug)]
pub struct JiebaEngine {
    lexicon: Lexicon,
    hmm: bool,
}

impl JiebaEngine {
    /// Over `lexicon`; `hmm` guesses words that it lacks.
    pub fn new(lexicon: Lexicon, hmm: bool) -> Self {
        Self { lexicon, hmm }
    }
}

impl Engine for JiebaEngine {
    fn name(&self) -> &'static str {
        "jieba"
    }

    fn segment(&self, view: &str, words: &mut Vec<Word>) {
        self.lexicon.each_word(view, self.hmm, |span, pos| {
            words.push(Word { span, pos });
        });
    }
}
