//! What the sink can be told: the `[sink]` table of a pipeline.

use crate::table::TableId;

/// zstd level: 1 is within a few percent of 3 in size on token columns, at twice the speed.
pub(crate) const COMPRESSION_LEVEL: i32 = 1;
/// Rows of a row group at most.
pub(crate) const ROW_GROUP_ROWS: usize = 1 << 20;
/// Bytes of a row group at most, as encoded.
pub(crate) const ROW_GROUP_BYTES: usize = 4 << 20;

/// Options of the sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkOptions {
    /// The tables that are written. `documents`, `rejects` and `sources` always are: they keep the accounts.
    pub tables: Vec<TableId>,
    /// zstd level, 1 to 22.
    pub compression_level: i32,
    /// Rows of a row group at most.
    pub row_group_rows: usize,
    /// Encoded bytes of a row group at most.
    pub row_group_bytes: usize,
}

impl Default for SinkOptions {
    fn default() -> Self {
        Self {
            tables: TableId::ALL.to_vec(),
            compression_level: COMPRESSION_LEVEL,
            row_group_rows: ROW_GROUP_ROWS,
            row_group_bytes: ROW_GROUP_BYTES,
        }
    }
}
