//! A written file, row group by row group: the way back in for `verify`.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::SinkError;

/// Rows in memory at once.
const BATCH_ROWS: usize = 8192;

/// The rows of one Parquet file, a batch at a time.
#[derive(Debug)]
pub struct TableReader {
    path: PathBuf,
    schema: SchemaRef,
    reader: ParquetRecordBatchReader,
}

impl TableReader {
    /// Opens a file of a table.
    ///
    /// # Errors
    ///
    /// The file can't be read, or is no Parquet file.
    pub fn open(path: &Path) -> Result<Self, SinkError> {
        let file = File::open(path).map_err(|error| SinkError::damaged(path, error))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file)
            .map_err(|error| SinkError::damaged(path, error))?;
        let schema = builder.schema().clone();
        let reader = builder
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|error| SinkError::damaged(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            schema,
            reader,
        })
    }

    /// The columns that the file has.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for TableReader {
    type Item = Result<RecordBatch, SinkError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.map_err(|error| SinkError::damaged(&self.path, error)))
    }
}
