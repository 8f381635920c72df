//! `sources`: one row a source that came to its end. A ledger, and the last table that an epoch commits: an epoch is done
//! when its commit is here.

use arrow::array::RecordBatch;

use super::declare::columns;
use crate::record::EpochPart;

columns! {
    Sources {
        source: Text required, Plain, Page, "path under the input root, or URL";
        size: Int64 required, Plain, Chunk, "bytes as stored";
        modified: Timestamp optional, Plain, Chunk, "time of change, where the system knows one";
        sha256: Text required, Plain, Unknown, "SHA-256 of the stored bytes in hex; empty where they could not be read";
        status: Text required, Dictionary, Chunk, "done, rejected or superseded";
        documents: Int32 required, Plain, Chunk, "documents made of it";
        epoch: Int64 required, Dictionary, Chunk, "the epoch in which it ended";
    }
}

/// Builds rows of `sources`.
#[derive(Debug)]
pub struct SourceRows(Columns);

impl Default for SourceRows {
    fn default() -> Self {
        Self(Columns::new())
    }
}

impl SourceRows {
    /// Appends the row of a source that ended; a part that goes on in a later epoch has none.
    pub fn append(&mut self, part: &EpochPart, epoch: i64) {
        let Some(status) = part.status else { return };
        let to = &mut self.0;
        to.source.append_value(&part.source);
        to.size
            .append_value(i64::try_from(part.size).unwrap_or(i64::MAX));
        to.modified.append_option(part.modified);
        to.sha256
            .append_value(part.sha256.as_deref().unwrap_or_default());
        to.status.append_value(status.name());
        to.documents.append_value(part.documents);
        to.epoch.append_value(epoch);
    }

    /// The rows so far; begins anew.
    pub fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
