//! What `decode` can be told: the `[decode]` table of a pipeline.

use crate::record::Language;

/// Share of undecodable characters above which a record is refused.
pub(crate) const MAX_UNDECODABLE: f64 = 0.05;

/// Whether layout is repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repair {
    /// Where the text shows that it was broken by a machine.
    #[default]
    Auto,
    /// Never: the text is what the charset says.
    Off,
}

/// Whether a page is taken apart into its articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Articles {
    /// Where datelines, headlines and document heads show that another one begins.
    #[default]
    Auto,
    /// Never: a record is one document.
    Off,
}

/// What is done about characters that were probably read wrongly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OcrSuspects {
    /// Nothing: they are not looked for.
    Off,
    /// They are told as edits with a proposal, and the text stays as it is. Only texts that had lines or spaces to repair are
    /// looked at: one whose lines were whole was not scanned.
    #[default]
    Report,
    /// The proposals are put into the text, whatever it looks like.
    Apply,
}

/// Options of the `decode` hop.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodeOptions {
    /// The charset by its WHATWG label; `None` looks at the bytes.
    pub encoding: Option<String>,
    /// Share of undecodable characters (0 to 1) above which a record is refused; below, each is an edit.
    pub max_undecodable: f64,
    /// Layout repair.
    pub repair: Repair,
    /// Articles of plain text.
    pub articles: Articles,
    /// Characters that were probably read wrongly.
    pub ocr_suspects: OcrSuspects,
    /// Which documents are dropped.
    pub quality: QualityOptions,
}

/// Limits of a document's figures; one that is beyond any of them is a reject. The defaults let everything pass.
#[derive(Clone, Debug, PartialEq)]
pub struct QualityOptions {
    /// Characters, at least.
    pub min_chars: u32,
    /// Han characters among the visible ones, at least (0 to 1).
    pub min_han_ratio: f64,
    /// Suspects for every thousand characters, at most (0 to 1000).
    pub max_suspects_per_thousand: f64,
    /// Characters of boilerplate among all of sentences, at most (0 to 1).
    pub max_boilerplate_share: f64,
    /// The languages that stay; none means all.
    pub languages: Vec<Language>,
}

impl Default for QualityOptions {
    fn default() -> Self {
        Self {
            min_chars: 0,
            min_han_ratio: 0.0,
            max_suspects_per_thousand: 1000.0,
            max_boilerplate_share: 1.0,
            languages: Vec::new(),
        }
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            encoding: None,
            max_undecodable: MAX_UNDECODABLE,
            repair: Repair::Auto,
            articles: Articles::Auto,
            ocr_suspects: OcrSuspects::Report,
            quality: QualityOptions::default(),
        }
    }
}
