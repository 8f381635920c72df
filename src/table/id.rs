//! The tables by name.

use std::fmt;
use std::str::FromStr;

/// A table of the output. Its folder has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableId {
    /// One row a document.
    Documents,
    /// One row a sentence.
    Sentences,
    /// One row a word.
    Tokens,
    /// One row a named piece of text.
    Entities,
    /// One row a numbered shorthand.
    Enumerations,
    /// One row a quotation.
    Quotes,
    /// One row a change on the way from bytes to text.
    Edits,
    /// Partial sums.
    Metrics,
    /// One row a record, or source, that was turned away.
    Rejects,
    /// One row a source that came to its end. Committed last.
    Sources,
}

impl TableId {
    /// All tables, in the order in which an epoch commits them.
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Sentences,
        Self::Tokens,
        Self::Entities,
        Self::Enumerations,
        Self::Quotes,
        Self::Edits,
        Self::Metrics,
        Self::Rejects,
        Self::Sources,
    ];

    /// Its name, which is its folder's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Sentences => "sentences",
            Self::Tokens => "tokens",
            Self::Entities => "entities",
            Self::Enumerations => "enumerations",
            Self::Quotes => "quotes",
            Self::Edits => "edits",
            Self::Metrics => "metrics",
            Self::Rejects => "rejects",
            Self::Sources => "sources",
        }
    }

    /// Whether it is written whatever the pipeline says: these three keep the accounts.
    pub const fn is_ledger(self) -> bool {
        matches!(self, Self::Documents | Self::Rejects | Self::Sources)
    }
}

impl fmt::Display for TableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for TableId {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or_else(|| format!("no table `{name}`; there are {}", known()))
    }
}
