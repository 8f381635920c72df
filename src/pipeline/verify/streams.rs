//! Rows of a table of pieces, document by document.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::io::sink::{TableReader, committed_files};
use crate::table::{Piece, Pieces, RecordBatch, TableId};

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

/// The pieces of one table, which stand in the order of their documents.
pub(super) struct PieceStream {
    /// The table.
    pub table: TableId,
    rows: Rows,
    batch: Option<RecordBatch>,
    next: usize,
}

impl PieceStream {
    pub(super) fn open(output: &Path, table: TableId) -> Result<Self, Error> {
        Ok(Self {
            table,
            rows: Rows::open(output, table)?,
            batch: None,
            next: 0,
        })
    }

    /// Gives `each` the rows that stand here for `doc_id`; returns how many.
    pub(super) fn of_document(
        &mut self,
        doc_id: &str,
        mut each: impl FnMut(&Piece<'_>),
    ) -> Result<u64, Error> {
        let mut found = 0;
        while self.fill()? {
            let Some(batch) = &self.batch else { break };
            let Some(pieces) = Pieces::of(self.table, batch) else {
                break;
            };
            while self.next < pieces.len() {
                let piece = pieces.piece(self.next);
                if piece.doc_id != doc_id {
                    return Ok(found);
                }
                each(&piece);
                found += 1;
                self.next += 1;
            }
        }
        Ok(found)
    }

    /// How many rows no document has claimed.
    pub(super) fn unclaimed(&mut self) -> Result<u64, Error> {
        let mut left = 0;
        while self.fill()? {
            let rows = self.batch.as_ref().map_or(0, RecordBatch::num_rows);
            left += (rows - self.next) as u64;
            self.next = rows;
        }
        Ok(left)
    }

    /// Makes sure that there is a row to look at; false behind the last.
    fn fill(&mut self) -> Result<bool, Error> {
        while self
            .batch
            .as_ref()
            .is_none_or(|batch| self.next >= batch.num_rows())
        {
            self.next = 0;
            self.batch = self.rows.next_batch()?;
            if self.batch.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
