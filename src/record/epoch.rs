//! An epoch's plan: what is committed together, and from where to read it again after a crash.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{DocId, Place};

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

/// The records of one source whose documents an epoch has anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnewPart {
    /// The source's name.
    pub source: Arc<str>,
    /// Its size in bytes as stored, when it was listed.
    pub size: u64,
    /// Its time of change in microseconds since 1970, where the system knows one.
    pub modified: Option<i64>,
    /// Its records, from the first to one past the last of each run of them, ascending.
    pub records: Vec<(i64, i64)>,
    /// As many articles as the record has that has most.
    pub articles: i32,
}

/// The rows of an earlier epoch that this one's rows take the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Superseded {
    /// The earlier epoch; where several hold documents of the same records, the one that read them first.
    pub epoch: i64,
    /// The others of these, each of which has some of those documents anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<i64>,
    /// The records that were read again, in order.
    pub parts: Vec<AnewPart>,
    /// Sources that are gone or have changed since, from this epoch on: their rows stay as they are.
    #[serde(alias = "kept")]
    pub left_out: Vec<Arc<str>>,
    /// Names the words and concepts that all these rows were written with.
    #[serde(default = "unknown")]
    pub vocabulary: Arc<str>,
}

/// A vocabulary that was not kept.
fn unknown() -> Arc<str> {
    "".into()
}

impl Superseded {
    /// All epochs that rows are taken from.
    pub fn epochs(&self) -> impl Iterator<Item = i64> {
        std::iter::once(self.epoch).chain(self.others.iter().copied())
    }

    /// The ids that documents of its records may have.
    pub fn documents(&self) -> impl Iterator<Item = DocId> {
        self.parts.iter().flat_map(|part| {
            let records = part.records.iter().flat_map(|(first, end)| *first..*end);
            records.flat_map(|record| {
                let place = Place::new(Arc::clone(&part.source), record);
                (0..part.articles).map(move |article| DocId::new(&place, article))
            })
        })
    }
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
    /// Set where the epoch has no sources of its own, but documents of an earlier one anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Superseded>,
    /// The tables that it has rows for, by name. The sink says so when it writes the plan down: the files are whole by then. Earlier
    /// versions did not say.
    #[serde(default)]
    pub tables: Option<Vec<String>>,
}

impl EpochPlan {
    /// The sources that it has records of, in the order they were read.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<str>> {
        let anew = self.supersedes.iter().flat_map(|plan| &plan.parts);
        let anew = anew.map(|part| &part.source);
        self.parts.iter().map(|part| &part.source).chain(anew)
    }

    /// Whether it says that it has rows for the table of this name.
    pub fn has_rows(&self, table: &str) -> bool {
        self.tables.iter().flatten().any(|name| name == table)
    }
}
