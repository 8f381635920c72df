//! What `decode` can be told: the `[decode]` table of a pipeline.

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
    /// They are told as edits with a proposal, and the text stays as it is.
    #[default]
    Report,
    /// The proposals are put into the text.
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
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            encoding: None,
            max_undecodable: MAX_UNDECODABLE,
            repair: Repair::Auto,
            articles: Articles::Auto,
            ocr_suspects: OcrSuspects::Report,
        }
    }
}
