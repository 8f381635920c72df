//! What `segment` can be told: the `[segment]` table of a pipeline.

use std::path::PathBuf;

/// Which segmenter cuts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineKind {
    /// jieba's dictionary and hidden Markov model.
    #[default]
    Jieba,
}

/// Options of the `segment` hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentOptions {
    /// The segmenter.
    pub engine: EngineKind,
    /// Whether unknown words are guessed by the hidden Markov model.
    pub hmm: bool,
    /// User lexicons, later ones over earlier ones.
    pub lexicons: Vec<PathBuf>,
}

impl Default for SegmentOptions {
    fn default() -> Self {
        Self {
            engine: EngineKind::Jieba,
            hmm: true,
            lexicons: Vec::new(),
        }
    }
}
