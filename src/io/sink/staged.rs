//! A file of an epoch while it is being written: under `_cihe/staging/`, seen by nobody.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;

use super::packed::{PackedFile, packs};
use super::properties::properties;
use super::{SinkError, SinkOptions};
use crate::table::{self, TableId};

/// Rows handed to the encoder at once, so that limits are looked at often.
const SLICE_ROWS: usize = 1 << 16;

/// A file that grows.
pub(super) struct Staged {
    pub(super) path: PathBuf,
    writer: PackedFile,
    rows: u64,
    slice_rows: usize,
}

/// A file that is whole and synced, but has no name in a table yet.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) path: PathBuf,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

impl Staged {
    pub(super) fn create(
        path: PathBuf,
        table: TableId,
        options: &SinkOptions,
    ) -> Result<Self, SinkError> {
        let properties =
            properties(table, options).map_err(SinkError::parquet("prepare", &path))?;
        let file = File::create(&path).map_err(SinkError::io("create", &path))?;
        let columns = table::columns(table);
        let packs = |column: usize| packs(&columns[column]);
        let writer = PackedFile::new(file, table::schema(table), properties, packs)
            .map_err(SinkError::parquet("begin", &path))?;
        Ok(Self {
            path,
            writer,
            rows: 0,
            slice_rows: SLICE_ROWS.min(options.row_group_rows.max(1)),
        })
    }

    pub(super) fn write(&mut self, rows: &RecordBatch) -> Result<(), SinkError> {
        let mut at = 0;
        while at < rows.num_rows() {
            let count = self.slice_rows.min(rows.num_rows() - at);
            self.writer
                .write(&rows.slice(at, count))
                .map_err(SinkError::parquet("write to", &self.path))?;
            at += count;
        }
        self.rows += rows.num_rows() as u64;
        Ok(())
    }

    /// Bytes that the rows since the last row group take.
    pub(super) fn memory(&self) -> usize {
        self.writer.memory()
    }

    /// Ends the row group at hand, which frees its memory.
    pub(super) fn flush(&mut self) -> Result<(), SinkError> {
        self.writer
            .flush()
            .map_err(SinkError::parquet("write to", &self.path))
    }

    pub(super) fn finish(mut self) -> Result<Finished, SinkError> {
        self.writer
            .finish()
            .map_err(SinkError::parquet("finish", &self.path))?;
        let file = self.writer.inner();
        file.sync_all().map_err(SinkError::io("sync", &self.path))?;
        let bytes = file
            .metadata()
            .map_err(SinkError::io("look at", &self.path))?
            .len();
        Ok(Finished {
            path: self.path,
            rows: self.rows,
            bytes,
        })
    }
}

impl std::fmt::Debug for Staged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staged")
            .field("path", &self.path)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// Writes a file without rows, so that a table that has none yet can be opened.
pub(super) fn write_empty(
    path: &Path,
    table: TableId,
    options: &SinkOptions,
) -> Result<Finished, SinkError> {
    Staged::create(path.to_owned(), table, options)?.finish()
}
