//! A written file, row group by row group: the way back in for `verify`, and for a run that goes on where others stopped.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::SinkError;

/// Rows in memory at once.
const BATCH_ROWS: usize = 8192;

type Builder = ParquetRecordBatchReaderBuilder<File>;

fn builder(path: &Path) -> Result<Builder, SinkError> {
    let file = File::open(path).map_err(|error| SinkError::damaged(path, error))?;
    Builder::try_new(file).map_err(|error| SinkError::damaged(path, error))
}

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
        Self::with(path, builder(path)?)
    }

    /// Opens some columns of a file, as far as it has them, and reads nothing of the others.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn open_columns(path: &Path, columns: &[&str]) -> Result<Self, SinkError> {
        let builder = builder(path)?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        Self::with(path, builder.with_projection(mask))
    }

    /// How many rows a file has.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn rows_of(path: &Path) -> Result<usize, SinkError> {
        let rows = builder(path)?.metadata().file_metadata().num_rows();
        Ok(usize::try_from(rows).unwrap_or(0))
    }

    fn with(path: &Path, builder: Builder) -> Result<Self, SinkError> {
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
