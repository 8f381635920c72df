//! What can go wrong between rows and files, with the remedy where there is one.
//!
//! Every error here ends the run. Nothing half written is visible then, and the next run takes up from the last epoch.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use deltalake_core::DeltaTableError;
use parquet::errors::ParquetError;

/// A failure of the sink.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SinkError {
    /// The system refused something.
    #[error("can't {operation} {}", path.display())]
    Io {
        /// What was tried.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Rows could not be encoded or written.
    #[error("can't {operation} {}", path.display())]
    Parquet {
        /// What was tried.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ParquetError,
    },
    /// A Delta log could not be read or extended.
    #[error("can't {operation} the Delta table {}", path.display())]
    Delta {
        /// What was tried.
        operation: &'static str,
        /// The table's folder.
        path: PathBuf,
        /// Why not.
        source: Box<DeltaTableError>,
    },
    /// The sink was used after it had failed.
    #[error("an earlier commit to {} has failed", path.display())]
    Broken {
        /// The output folder; opening it again recovers.
        path: PathBuf,
    },
    /// The thread that commits an epoch panicked; the next run recovers.
    #[error("the commit of an epoch to {} panicked: {message}", path.display())]
    Panicked {
        /// The output folder.
        path: PathBuf,
        /// What the panic said.
        message: String,
    },
    /// Another process writes to the same folder.
    #[error("{} is being written by another run{}", path.display(), pid.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    Locked {
        /// The output folder.
        path: PathBuf,
        /// The other process, as far as known.
        pid: Option<String>,
    },
    /// The folder has files that are not cihe's.
    #[error("{} is not empty and was not written by cihe", path.display())]
    Foreign {
        /// The output folder.
        path: PathBuf,
    },
    /// The output is a URL, and tables are written to folders.
    #[error("{} is a URL, which is not written to", path.display())]
    NotAFolder {
        /// What was given as the output folder.
        path: PathBuf,
    },
    /// The output was written with another pipeline or lexicon.
    #[error("{} was written by another pipeline (fingerprint {was}, now {now})", path.display())]
    Changed {
        /// The output folder.
        path: PathBuf,
        /// Fingerprint that the folder holds.
        was: String,
        /// Fingerprint of this run.
        now: String,
    },
    /// Rows were to be brought up to date, and can't be.
    #[error("{} can't be brought up to date: {reason}", path.display())]
    NoUpdate {
        /// The output folder.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Another pipeline came while documents are being annotated anew.
    #[error("{} is being brought up to date with other lexicons or taxonomies than these", path.display())]
    Updating {
        /// The output folder.
        path: PathBuf,
    },
    /// The pipeline may change, but an epoch of the former one is half committed.
    #[error("epoch {epoch} in {} is half committed by the former pipeline", path.display())]
    Unfinished {
        /// The output folder.
        path: PathBuf,
        /// The epoch.
        epoch: i64,
    },
    /// An earlier version has left an epoch half committed. Its plan does not say which tables have rows, so that what is missing and
    /// what never was can't be told apart.
    #[error("epoch {epoch} in {} is half committed by an earlier version of cihe", path.display())]
    EarlierVersion {
        /// The output folder.
        path: PathBuf,
        /// The epoch.
        epoch: i64,
    },
    /// A file of ours does not hold what it should.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A batch of another epoch than the one that is open: a fault of the caller.
    #[error("a batch of epoch {got} came while epoch {expected} is open")]
    OutOfStep {
        /// The epoch that is open.
        expected: i64,
        /// The epoch of the batch.
        got: i64,
    },
}

impl SinkError {
    /// The remedy in words, where there is one.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Locked { .. } => Some("wait for it to end, or write to another folder"),
            Self::Foreign { .. } => {
                Some("name a folder that is new or empty, or one that cihe wrote before")
            }
            Self::NotAFolder { .. } => Some("name a local folder"),
            Self::Changed { .. } => Some(
                "write to another folder, or say `--on-config-change continue` to go on with the new pipeline, or `update` where only lexicons and taxonomies have changed",
            ),
            Self::NoUpdate { .. } => Some(
                "write to another folder, or say `--on-config-change continue` to leave old rows as they are",
            ),
            Self::Updating { .. } => Some(
                "finish that first, by the command that was interrupted; then change them again",
            ),
            Self::Unfinished { .. } => {
                Some("finish it once with the former pipeline, then change the pipeline")
            }
            Self::EarlierVersion { .. } => Some(
                "finish it by that version and the command that was interrupted, or write to another folder",
            ),
            Self::Damaged { .. } => Some("restore the folder from a copy, or write to another one"),
            Self::Io { .. } | Self::Parquet { .. } | Self::Delta { .. } => self.io_help(),
            Self::Broken { .. } | Self::Panicked { .. } | Self::OutOfStep { .. } => None,
        }
    }

    /// The remedy for what the system said, however deep in the chain it said it.
    fn io_help(&self) -> Option<&'static str> {
        let kinds = chain(self).filter_map(|cause| cause.downcast_ref::<io::Error>());
        match kinds
            .map(io::Error::kind)
            .find(|kind| *kind != io::ErrorKind::Other)?
        {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(
                "free some space and run the same command again; it takes up from the last epoch",
            ),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Some("make the folder writable, or name another with `--output`")
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                Some("a file stands where a folder should be: move it away, or name another folder")
            }
            _ => None,
        }
    }

    pub(super) fn io(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            operation,
            path,
            source,
        }
    }

    pub(super) fn parquet(
        operation: &'static str,
        path: &Path,
    ) -> impl FnOnce(ParquetError) -> Self {
        let path = path.to_owned();
        move |source| Self::Parquet {
            operation,
            path,
            source,
        }
    }

    pub(super) fn delta(
        operation: &'static str,
        path: &Path,
    ) -> impl FnOnce(DeltaTableError) -> Self {
        let path = path.to_owned();
        move |source| Self::Delta {
            operation,
            path,
            source: Box::new(source),
        }
    }

    pub(super) fn damaged(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// An error and its causes.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
