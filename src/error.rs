//! The one error of the library's surface; each layer has its own beneath.

use std::path::PathBuf;

use crate::config::ConfigError;
use crate::flow::FlowError;
use crate::io::sink::SinkError;
use crate::io::source::SourceError;
use crate::lexicon::{LexiconError, TaxonomyError};
use crate::record::Reject;
use crate::stage::decode::DecodeError;

/// Whatever can end a run, a check or an inspection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The pipeline says something that can't be meant; all of it at once.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The inputs can't be listed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A user lexicon can't be used.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A taxonomy can't be used.
    #[error(transparent)]
    Taxonomy(#[from] TaxonomyError),
    /// The decode hop can't be made.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The output can't be opened, read or written.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// A hop failed under way.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The one record that was asked for was turned away.
    #[error("{}: {} ({})", .0.place, .0.message, .0.code)]
    Refused(Box<Reject>),
    /// The one record that was asked for is not there.
    #[error("`{}` has no record {record}", path.display())]
    NoRecord {
        /// The file.
        path: PathBuf,
        /// The number asked for.
        record: i64,
    },
    /// The output is not one that can be verified.
    #[error("`{}` is no output of cihe: {reason}", path.display())]
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// The system refused a file.
    #[error("`{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io {
            path: path.into(),
            source,
        }
    }

    /// Whether the user's configuration, rather than the data or the system, is at fault.
    pub const fn is_config(&self) -> bool {
        matches!(self, Self::Config(_) | Self::Lexicon(_) | Self::Decode(_))
    }
}
