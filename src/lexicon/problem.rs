//! What can be wrong with a user lexicon, and where.

use std::fmt::{self, Write as _};
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::{CHARS_LIMIT, WORD_LIMIT};

/// Problems that one error message spells out; the rest is counted, so that a binary file passed by mistake does not
/// fill the screen.
const SHOWN: usize = 50;

/// One thing that is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Kinds of problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The word stands on an earlier line too; the later line wins. A warning.
    DuplicateWord {
        /// The word.
        word: String,
        /// The line that lost.
        earlier: u32,
    },
    /// The first column is empty.
    EmptyWord,
    /// White space inside the word; a token never contains any, so that it would never be met.
    SpaceInWord(String),
    /// The word is longer than [`WORD_LIMIT`] characters.
    LongWord(usize),
    /// The second column is not a whole number from 0 to 4294967295.
    BadFrequency(String),
    /// The third column is not one to eight printable ASCII characters.
    BadTag(String),
    /// More than three columns.
    TooManyColumns(usize),
    /// The line is not UTF-8.
    NotUtf8,
    /// With this line, all lexicons together have more than [`CHARS_LIMIT`] different characters.
    TooManyCharacters,
}

impl ProblemKind {
    /// Whether the lexicon can be used all the same.
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::DuplicateWord { .. })
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateWord { word, earlier } => {
                write!(
                    f,
                    "duplicate word `{word}`, first on line {earlier}; this line wins"
                )
            }
            Self::EmptyWord => f.write_str("the word is empty"),
            Self::SpaceInWord(word) => {
                write!(
                    f,
                    "white space inside the word `{word}`; columns are separated by tabs"
                )
            }
            Self::LongWord(chars) => {
                write!(f, "the word has {chars} characters, more than {WORD_LIMIT}")
            }
            Self::BadFrequency(text) => {
                write!(
                    f,
                    "bad frequency `{text}`, expected a whole number from 0 to {}",
                    u32::MAX
                )
            }
            Self::BadTag(text) => {
                write!(
                    f,
                    "bad tag `{text}`, expected one to eight printable ASCII characters"
                )
            }
            Self::TooManyColumns(count) => {
                write!(
                    f,
                    "{count} columns, expected at most three: word, frequency, tag"
                )
            }
            Self::NotUtf8 => f.write_str("the line is not UTF-8"),
            Self::TooManyCharacters => {
                write!(
                    f,
                    "more than {CHARS_LIMIT} different characters in all lexicons up to here"
                )
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.kind)
    }
}

/// Why a lexicon could not be loaded.
#[derive(Debug, Error)]
pub enum LexiconError {
    /// A file that can't be read.
    #[error("cannot read the lexicon {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Bad lines, all of them, over all files.
    #[error("bad lines in user lexicons:{}", listing(.0))]
    BadLines(Vec<Problem>),
}

/// The first of the problems, a line each, and how many more there are.
pub(super) fn listing(problems: &[impl fmt::Display]) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        write!(text, "\n  {problem}").expect("a string takes any text");
    }
    if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        write!(text, "\n  and {more} more").expect("a string takes any text");
    }
    text
}
