//! jieba as an engine.

use super::{Engine, Word};
use crate::lexicon::Lexicon;
use crate::text::{ByteOffset, CharOffset, Span};

/// jieba's dictionary, hidden Markov model and tags, as its library gives them: nothing is corrected here.
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
        words.extend(self.lexicon.tag(view, self.hmm).map(|hit| Word {
            span: Span {
                byte_start: ByteOffset::of(hit.byte_start),
                byte_end: ByteOffset::of(hit.byte_end),
                char_start: CharOffset::of(hit.char_start),
                char_end: CharOffset::of(hit.char_end),
            },
            pos: hit.pos,
        }));
    }
}
