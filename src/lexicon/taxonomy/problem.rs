//! What can be wrong with a taxonomy, and where.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::lexicon::problem::listing;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaxonomyProblem {
    /// The file is no Turtle from here on.
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The character in the line, from 1.
        column: u64,
        /// What the parser says.
        message: String,
    },
    /// There is no concept in the file.
    Empty(PathBuf),
    /// A date that is none, of `schema:validFrom` or `schema:validThrough`.
    BadDate {
        /// The file.
        path: PathBuf,
        /// The concept.
        iri: String,
        /// What stands there.
        text: String,
    },
    /// A concept that is broader than itself. A warning: the circle is followed once.
    Circle(String),
    /// A concept with more above it than are looked at. A warning: the farthest are left out.
    Deep(String),
    /// A concept without a label, which no text can name. A warning.
    NoLabel(String),
}

impl TaxonomyProblem {
    /// Whether the taxonomy can be used all the same.
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::Circle(_) | Self::Deep(_) | Self::NoLabel(_))
    }
}

impl fmt::Display for TaxonomyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax {
                path,
                line,
                column,
                message,
            } => write!(f, "{}:{line}:{column}: {message}", path.display()),
            Self::Empty(path) => write!(
                f,
                "{}: no concept in it; declare some as `a skos:Concept`",
                path.display()
            ),
            Self::BadDate { path, iri, text } => write!(
                f,
                "{}: <{iri}> is valid from or through `{text}`, which is no date (write it as \"2025-12-31\"^^xsd:date)",
                path.display()
            ),
            Self::Circle(iri) => write!(f, "<{iri}> is broader than itself"),
            Self::Deep(iri) => write!(
                f,
                "<{iri}> has more than 256 broader concepts; the farthest do not count its mentions"
            ),
            Self::NoLabel(iri) => write!(f, "<{iri}> has no label, and is never found"),
        }
    }
}

/// Why a taxonomy could not be loaded.
#[derive(Debug, Error)]
pub enum TaxonomyError {
    /// A file that can't be read.
    #[error("cannot read the taxonomy {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// All that is wrong, over all files.
    #[error("bad taxonomies:{}", listing(.0))]
    Bad(Vec<TaxonomyProblem>),
    /// More labels than the automaton has room for.
    #[error("the taxonomies have too many labels: {0}")]
    TooLarge(String),
}
