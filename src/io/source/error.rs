//! What is wrong with the inputs themselves: found before anything is read, all at once.

use std::fmt;
use std::io;

/// One problem with the inputs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceProblem {
    /// Nothing has this path.
    #[error("input `{input}` does not exist")]
    Missing {
        /// As given.
        input: String,
    },
    /// The system does not show it.
    #[error("input `{input}` cannot be read")]
    Unreadable {
        /// As given.
        input: String,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A pattern without a file.
    #[error("no file matches input `{input}`")]
    NoMatch {
        /// As given.
        input: String,
    },
    /// A pattern that does not parse.
    #[error("input `{input}` is no pattern: {reason}")]
    BadPattern {
        /// As given.
        input: String,
        /// Where it goes wrong.
        reason: String,
    },
    /// An address in the network.
    #[error("input `{input}` is a URL, which is not read; fetch it first")]
    Remote {
        /// As given.
        input: String,
    },
    /// Two inputs hold the same files.
    #[error("inputs `{first}` and `{second}` hold the same files; give one of them")]
    Overlap {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
    },
    /// Two files would have one name.
    #[error(
        "inputs `{first}` and `{second}` both give the source name `{name}`; give a folder above both, or rename one"
    )]
    SameName {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
        /// The name.
        name: String,
    },
    /// Standard input could not be kept.
    #[error("standard input cannot be kept in `{folder}`")]
    Spool {
        /// Where it should go.
        folder: String,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// Everything that is wrong with the inputs.
#[derive(Debug)]
pub struct SourceError {
    problems: Vec<SourceProblem>,
}

impl SourceError {
    pub(super) fn check(problems: Vec<SourceProblem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self { problems })
        }
    }

    /// The problems, in the order of the inputs; at least one.
    pub fn problems(&self) -> &[SourceProblem] {
        &self.problems
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let between = if index == 0 { "" } else { "\n" };
            write!(f, "{between}{problem}")?;
            // Several causes do not fit into one `source()` chain.
            if let Some(cause) = std::error::Error::source(problem) {
                write!(f, ": {cause}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for SourceError {}
