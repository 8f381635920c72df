//! What `tag` can be told: the `[tag]` table of a pipeline.

use std::path::PathBuf;

use crate::model::Tagset;

/// How names are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagMethod {
    /// By a trained model, then by what the document says as a whole.
    #[default]
    Model,
    /// By the dictionary's parts of speech.
    Lexicon,
}

/// How the part of speech of a word is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PosMethod {
    /// By the dictionary, which knows the word alone.
    #[default]
    Lexicon,
    /// By a trained model, which looks at the words around it.
    Model,
}

/// Whose idea of a name the model follows: whether 中国 in 中国队 is a place, whether 区政府 is an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// That of the kind of text that a document is most like; what is like `news` follows `uner`.
    #[default]
    Auto,
    /// Universal NER: whole official names, fewer abbreviations.
    Uner,
    /// MSRA and People's Daily: all places, one by one, 中 and 美 too.
    Msra,
    /// Modern news and reports.
    News,
    /// Short messages.
    Weibo,
}

impl Convention {
    /// The source of the model's samples that has it.
    pub(super) const fn source(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Uner => Some("uner"),
            Self::Msra => Some("msra"),
            Self::News => Some("news"),
            Self::Weibo => Some("weibo"),
        }
    }
}

/// Options of the `tag` hop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own, free of the others"
)]
pub struct TagOptions {
    /// Whether names are looked for.
    pub entities: bool,
    /// Whether numbers, amounts, dates and times are looked for.
    pub values: bool,
    /// Whether offices are looked for, and who holds them.
    pub titles: bool,
    /// Whether numbered shorthand is spelled out.
    pub enumerations: bool,
    /// Whether it is told who says what.
    pub quotes: bool,
    /// Whether words are cut anew where a name begins or ends inside one.
    pub reconcile: bool,
    /// Files of taxonomies whose concepts are looked for, or names of shipped ones.
    pub taxonomies: Vec<PathBuf>,
    /// How names are found.
    pub method: TagMethod,
    /// Whose idea of a name.
    pub convention: Convention,
    /// How parts of speech are chosen.
    pub pos: PosMethod,
    /// Whose parts of speech.
    pub tagset: Tagset,
}

impl Default for TagOptions {
    fn default() -> Self {
        Self {
            entities: true,
            values: true,
            titles: true,
            enumerations: true,
            quotes: true,
            reconcile: true,
            taxonomies: Vec::new(),
            method: TagMethod::default(),
            convention: Convention::default(),
            pos: PosMethod::default(),
            tagset: Tagset::default(),
        }
    }
}
