//! A column that the library encodes: one of many types, of few rows, or with ranges in the footer.

use std::io::Write;

use arrow::array::ArrayRef;
use arrow::datatypes::Field;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, compute_leaves};
use parquet::errors::Result;
use parquet::file::writer::SerializedRowGroupWriter;

use super::column::mismatch;

/// The writers of the open row group, one for each leaf.
pub(super) struct LibraryColumn {
    leaves: usize,
    writers: Vec<ArrowColumnWriter>,
}

impl LibraryColumn {
    pub(super) fn new(leaves: usize) -> Self {
        Self {
            leaves,
            writers: Vec::new(),
        }
    }

    /// Takes its writers for a row group from those of all columns.
    pub(super) fn begin(&mut self, writers: &mut impl Iterator<Item = ArrowColumnWriter>) {
        self.writers = writers.take(self.leaves).collect();
    }

    pub(super) fn write(&mut self, field: &Field, rows: &ArrayRef) -> Result<()> {
        let leaves = compute_leaves(field, rows)?;
        if leaves.len() != self.writers.len() {
            return Err(mismatch(field));
        }
        for (writer, leaf) in self.writers.iter_mut().zip(&leaves) {
            writer.write(leaf)?;
        }
        Ok(())
    }

    /// Bytes that the rows will take in the file, about.
    pub(super) fn size(&self) -> usize {
        let sizes = self.writers.iter();
        sizes
            .map(ArrowColumnWriter::get_estimated_total_bytes)
            .sum()
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        let sizes = self.writers.iter();
        sizes.map(ArrowColumnWriter::memory_size).sum()
    }

    /// Ends its chunks.
    pub(super) fn finish<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<()> {
        for writer in self.writers.drain(..) {
            writer.close()?.append_to_row_group(group)?;
        }
        Ok(())
    }
}
