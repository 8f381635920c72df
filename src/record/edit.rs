//! A change on the way from the source's bytes to the text.
//!
//! A scanned page has one for each of its lines, so that edits are often the largest part of a document. Hence an edit takes
//! little room: its rule is a number, and what nearly all edits take out, a line end or a space, is one as well and nothing is
//! allocated for it.

use std::ops::Range;

use crate::text::{CharOffset, SourceOffset};

/// What made an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditRule {
    /// A byte order mark was left out.
    Bom,
    /// Bytes mean nothing in the charset.
    Undecodable,
    /// Visible text of a page is not in its main text.
    MainText,
    /// A line end inside a paragraph was taken out.
    HardWrap,
    /// The same, where a column ended.
    ColumnBreak,
    /// A space inside a line was taken out.
    InnerSpace,
    /// A character was probably read wrongly.
    OcrSuspect,
    /// An article begins; nothing is changed.
    Split,
}

impl EditRule {
    /// The step of decoding, as in the `edits` table.
    pub const fn stage(self) -> &'static str {
        match self {
            Self::Bom | Self::Undecodable => "charset",
            Self::MainText => "html",
            Self::HardWrap | Self::ColumnBreak | Self::InnerSpace => "layout",
            Self::OcrSuspect => "ocr",
            Self::Split => "article",
        }
    }

    /// The rule, as in the `edits` table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bom => "bom",
            Self::Undecodable => "undecodable",
            Self::MainText => "main-text",
            Self::HardWrap => "hard-wrap",
            Self::ColumnBreak => "column-break",
            Self::InnerSpace => "inner-space",
            Self::OcrSuspect => "ocr-suspect",
            Self::Split => "split",
        }
    }
}

/// A change on the way from the source's bytes to the text. Text and edits together give the visible source back: of a page its
/// markup and white space are not told, and of a long stretch what stood there is told to its beginning.
/// [`OcrSuspect`](EditRule::OcrSuspect) is no part of this where the pipeline only reports: then the text has what is
/// [`before`](Self::before), and [`after`](Self::after) is a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What made it.
    pub rule: EditRule,
    change: Change,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
    /// Where in the text.
    pub char_start: CharOffset,
    /// First byte in the source.
    pub byte_start: SourceOffset,
    /// One past the last byte in the source.
    pub byte_end: SourceOffset,
}

/// What stood there and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// One of [`USUAL`], taken out.
    Usual(u8),
    /// Anything else.
    Other(Box<[Box<str>; 2]>),
}

/// White space that is taken out again and again.
const USUAL: [&str; 8] = [
    "\n",
    " ",
    "\r\n",
    "\n\n",
    "\n\u{3000}\u{3000}",
    "  ",
    "\n ",
    "\r",
];

impl Edit {
    /// `before` at these bytes of the source became `after`. It stands at the beginning of the text until it is told where.
    ///
    /// ```
    /// use cihe::record::{Edit, EditRule};
    /// use cihe::text::SourceOffset;
    /// let bytes = SourceOffset::new(6)..SourceOffset::new(7);
    /// let edit = Edit::new(EditRule::HardWrap, "\n", "", 0.9, bytes);
    /// assert_eq!((edit.rule.name(), edit.before(), edit.after()), ("hard-wrap", "\n", ""));
    /// ```
    pub fn new(
        rule: EditRule,
        before: impl AsRef<str> + Into<Box<str>>,
        after: impl AsRef<str> + Into<Box<str>>,
        confidence: f32,
        source: Range<SourceOffset>,
    ) -> Self {
        Self {
            rule,
            change: Change::of(before, after),
            confidence,
            char_start: CharOffset::ZERO,
            byte_start: source.start,
            byte_end: source.end,
        }
    }

    /// The same at another place of the text.
    #[must_use]
    pub fn at(self, char_start: CharOffset) -> Self {
        Self { char_start, ..self }
    }

    /// What stood in the (decoded) source.
    pub fn before(&self) -> &str {
        match &self.change {
            Change::Usual(number) => USUAL.get(usize::from(*number)).copied().unwrap_or_default(),
            Change::Other(texts) => &texts[0],
        }
    }

    /// What stands in the text.
    pub fn after(&self) -> &str {
        match &self.change {
            Change::Usual(_) => "",
            Change::Other(texts) => &texts[1],
        }
    }
}

impl Change {
    fn of(
        before: impl AsRef<str> + Into<Box<str>>,
        after: impl AsRef<str> + Into<Box<str>>,
    ) -> Self {
        let taken = before.as_ref();
        let usual = (0..)
            .zip(USUAL)
            .find(|(_, usual)| after.as_ref().is_empty() && *usual == taken);
        usual.map_or_else(
            || Self::Other(Box::new([before.into(), after.into()])),
            |(number, _)| Self::Usual(number),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_says_what_it_was_told() {
        let whole = || SourceOffset::ZERO..SourceOffset::new(9);
        let others = [("\n", " "), ("", ""), ("\n\n\n", ""), ("棺", "馆")];
        for (before, after) in USUAL.map(|usual| (usual, "")).into_iter().chain(others) {
            let edit = Edit::new(EditRule::HardWrap, before, after, 0.5, whole());
            assert_eq!((edit.before(), edit.after()), (before, after));
        }
    }

    #[test]
    fn an_edit_is_small() {
        assert!(size_of::<Edit>() <= 40, "{}", size_of::<Edit>());
    }
}
