//! Rows of a table of pieces, document by document.

use std::path::Path;

use crate::Error;
use crate::pipeline::stored::Rows;
use crate::table::{Piece, Pieces, RecordBatch, TableId};

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

    /// Gives `each` the rows that stand here for `doc_id`, as a piece and as a row of a batch; returns how many.
    pub(super) fn of_document(
        &mut self,
        doc_id: &str,
        mut each: impl FnMut(&Piece<'_>, (&RecordBatch, usize)),
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
                each(&piece, (batch, self.next));
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
