//! An epoch's plan: what is committed together, and from where to read it again after a crash.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How a source ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceStatus {
    /// Read to its end.
    Done,
    /// Could not be read (to its end); `rejects` says why.
    Rejected,
    /// Replaced by a later version of itself.
    Superseded,
}

impl SourceStatus {
    /// As in the `sources` table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
        }
    }
}

/// The records of one source that an epoch holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EpochPart {
    /// The source's name.
    pub source: Arc<str>,
    /// Its size in bytes as stored, when it was listed.
    pub size: u64,
    /// Its time of change in microseconds since 1970, where the system knows one.
    pub modified: Option<i64>,
    /// First record of the source in this epoch.
    pub first: i64,
    /// One past the last record in this epoch.
    pub end: i64,
    /// Set when the source ended in this epoch.
    pub status: Option<SourceStatus>,
    /// SHA-256 of the stored bytes in hex, known where the source ended.
    pub sha256: Option<String>,
    /// Documents made of the source so far, this epoch's included. The feed leaves 0; the aggregate hop counts.
    pub documents: i32,
}

/// What one epoch holds, in the order it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EpochPlan {
    /// The epoch's number, from 0.
    pub epoch: i64,
    /// Fingerprint of the pipeline that wrote it; another pipeline may not go on from here.
    pub pipeline: String,
    /// The pieces of sources, in order.
    pub parts: Vec<EpochPart>,
}
