//! `rejects`: one row a record, or source, that was turned away. A ledger: nothing is dropped without a row here.

use arrow::array::RecordBatch;

use super::declare::columns;
use crate::record::Reject;

columns! {
    Rejects {
        source: Text required, Dictionary, Page, "path under the input root, or URL";
        record: Int64 required, Delta, Chunk, "line or row in the source, from 0; 0 where the whole source is meant";
        byte_start: Int64 optional, Plain, Unknown, "first byte in the source's decompressed bytes, where known";
        byte_end: Int64 optional, Plain, Unknown, "one past the last byte";
        stage: Text required, Dictionary, Chunk, "the hop that turned it away";
        code: Text required, Dictionary, Page, "the kind of reason, out of a bounded set";
        message: Text required, Dictionary, Unknown, "the reason in words";
        raw: Binary optional, Plain, Unknown, "the beginning of what was refused, at most 4,096 bytes";
        epoch: Int64 required, Dictionary, Chunk, "the epoch that wrote the row";
    }
}

/// Builds rows of `rejects`.
#[derive(Debug)]
pub struct RejectRows(Columns);

impl Default for RejectRows {
    fn default() -> Self {
        Self(Columns::new())
    }
}

impl RejectRows {
    /// Appends one reject.
    pub fn append(&mut self, reject: &Reject, epoch: i64) {
        let to = &mut self.0;
        let byte = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
        to.source.append_value(&reject.place.source);
        to.record.append_value(reject.place.record);
        to.byte_start
            .append_option(reject.bytes.as_ref().map(|bytes| byte(bytes.start)));
        to.byte_end
            .append_option(reject.bytes.as_ref().map(|bytes| byte(bytes.end)));
        to.stage.append_value(reject.hop.name());
        to.code.append_value(reject.code.name());
        to.message.append_value(&reject.message);
        to.raw.append_option(reject.raw.as_deref());
        to.epoch.append_value(epoch);
    }

    /// The rows so far; begins anew.
    pub fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
