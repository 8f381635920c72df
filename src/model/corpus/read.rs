//! A file to samples.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Sample, columns, json, slash};

/// How a corpus is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A character or word a line with its tag.
    Columns,
    /// Numbered words with their tags.
    ConllU,
    /// `word/TAG`.
    Slash,
    /// A JSON object a line.
    JsonLines,
}

impl Format {
    /// What the first lines look like.
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        if first.starts_with('{') {
            Self::JsonLines
        } else if first.starts_with("# ") || first.starts_with("1\t") {
            Self::ConllU
        } else if slash::words(first).nth(1).is_some() {
            Self::Slash
        } else {
            Self::Columns
        }
    }
}

/// A corpus that can't be read.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// The file.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line.
    #[error("{path}:{line}: {source}", path = path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
}

/// The samples of a file, in the format that it looks like.
///
/// # Errors
///
/// A file that can't be read or is no UTF-8; a line that is no JSON where the first one is.
pub fn read(path: &Path) -> Result<Vec<Sample>, CorpusError> {
    let text = std::fs::read_to_string(path).map_err(|source| CorpusError::File {
        path: path.to_owned(),
        source,
    })?;
    parse(&text, Format::of(&text)).map_err(|(line, source)| CorpusError::Line {
        path: path.to_owned(),
        line,
        source,
    })
}

/// The samples of a text in a known format.
///
/// # Errors
///
/// The number of the first line that is no JSON where it should be, and why.
pub fn parse(text: &str, format: Format) -> Result<Vec<Sample>, (usize, serde_json::Error)> {
    match format {
        Format::Columns => Ok(columns::columns(text)),
        Format::ConllU => Ok(columns::conllu(text)),
        Format::Slash => Ok(slash::slash(text)),
        Format::JsonLines => (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| json::line(line).map_err(|error| (number, error)))
            .collect(),
    }
}
