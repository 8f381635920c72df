//! What an output holds: the committed rows of a table.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::io::sink::{TableReader, committed_files};
use crate::table::{RecordBatch, TableId};

/// All committed rows of one table, in their order, a batch in memory at a time.
pub(super) struct Rows {
    files: std::vec::IntoIter<PathBuf>,
    reader: Option<TableReader>,
}

impl Rows {
    /// From the first row on.
    pub(super) fn open(output: &Path, table: TableId) -> Result<Self, Error> {
        let mut files = committed_files(output, table)?;
        files.sort();
        Ok(Self {
            files: files.into_iter(),
            reader: None,
        })
    }

    /// The next rows; `None` behind the last.
    pub(super) fn next_batch(&mut self) -> Result<Option<RecordBatch>, Error> {
        loop {
            if let Some(reader) = &mut self.reader
                && let Some(batch) = reader.next()
            {
                return Ok(Some(batch?));
            }
            let Some(file) = self.files.next() else {
                return Ok(None);
            };
            self.reader = Some(TableReader::open(&file)?);
        }
    }
}
