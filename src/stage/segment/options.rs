//! What `segment` can be told: the `[segment]` table of a pipeline.

use std::path::PathBuf;

/// Which segmenter cuts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineKind {
    /// jieba's dictionary and hidden Markov model.
    #[default]
    Jieba,
    /// A trained model, with jieba's dictionary as one of the things that it looks at.
    Trained,
}

/// What the trained model calls a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordConvention {
    /// What all corpora say that it learned of, and what none of them says by itself.
    #[default]
    Common,
    /// The People's Daily corpus of Peking University: `1998年` is one word, 委员会 is one, given names are apart from surnames.
    Pku,
    /// Universal Dependencies, Chinese GSD: `1998` and 年 are two words, 委员 and 会 are, names are one.
    Ud,
}

impl WordConvention {
    /// The name that the model knows it by; none of its conventions is called `common`, so that their shared weights decide.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Pku => "pku",
            Self::Ud => "ud",
        }
    }
}

/// Options of the `segment` hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentOptions {
    /// The segmenter.
    pub engine: EngineKind,
    /// What the trained model calls a word.
    pub convention: WordConvention,
    /// Whether jieba guesses unknown words by its hidden Markov model.
    pub hmm: bool,
    /// User lexicons, later ones over earlier ones.
    pub lexicons: Vec<PathBuf>,
}

impl Default for SegmentOptions {
    fn default() -> Self {
        Self {
            engine: EngineKind::Jieba,
            convention: WordConvention::Common,
            hmm: true,
            lexicons: Vec::new(),
        }
    }
}
