//! Rows to pages to row groups to a file.

use std::fs::File;

use arrow::array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::chunk::Codec;
use super::column::{Column, Source};
use crate::table::{self, ColumnType, Layout, Range, TableId};

/// Rows of a page at most: what a reader must decode to see one row.
const PAGE_ROWS: usize = 1 << 16;
/// Rows of a batch from which on it has pages of its own. Those of smaller ones are gathered first.
const BATCH_ROWS: usize = 1 << 14;
/// A dictionary that has grown to this many bytes ends its row group.
const DICTIONARY_BYTES: usize = 4 << 20;

/// Whether a table is all words and offsets, and says nothing of their ranges.
pub(in crate::io::sink) fn is_packable(table: TableId) -> bool {
    table::columns(table).iter().all(|column| {
        let packs = match column.r#type {
            ColumnType::Text => column.layout == Layout::Dictionary,
            ColumnType::Int32 | ColumnType::Int64 => {
                column.layout == Layout::Delta && !column.nullable
            }
            _ => false,
        };
        packs && column.range == Range::Unknown
    })
}

/// A file that grows. Its rows have the types that builders give them: words as dictionaries.
pub(in crate::io::sink) struct PackedFile {
    writer: SerializedFileWriter<File>,
    codec: Codec,
    columns: Vec<Column>,
    page_rows: usize,
    group_rows: usize,
    body: Vec<u8>,
}

impl PackedFile {
    /// Takes over an empty file that the library has begun.
    pub(in crate::io::sink) fn new(begun: ArrowWriter<File>) -> Result<Self> {
        let (writer, _) = begun.into_serialized_writer()?;
        let first = writer.schema_descr().column(0).path().clone();
        let codec = Codec::new(writer.properties().compression(&first))?;
        let columns = writer.schema_descr().columns();
        let columns = columns.iter().cloned().map(Column::new).collect();
        Ok(Self {
            writer,
            codec,
            columns,
            page_rows: 0,
            group_rows: 0,
            body: Vec::new(),
        })
    }

    fn properties(&self) -> &WriterProperties {
        self.writer.properties()
    }

    /// Appends rows.
    pub(in crate::io::sink) fn write(&mut self, rows: &RecordBatch) -> Result<()> {
        let sources = rows.columns().iter().map(|column| Source::of(column));
        let mut sources = sources.collect::<Result<Vec<_>>>()?;
        let group_limit = self.properties().max_row_group_row_count();
        let group_limit = group_limit.unwrap_or(usize::MAX).max(1);
        if rows.num_rows() >= BATCH_ROWS {
            self.end_page()?;
        }
        let mut at = 0;
        while at < rows.num_rows() {
            let room = (PAGE_ROWS - self.page_rows).min(group_limit - self.group_rows);
            let count = room.min(rows.num_rows() - at);
            self.append(&mut sources, at..at + count)?;
            at += count;
            if self.group_rows == group_limit || self.is_large() {
                self.flush()?;
                sources.iter_mut().for_each(Source::reset);
            }
        }
        Ok(())
    }

    /// Appends rows that fit into the open page.
    fn append(&mut self, sources: &mut [Source<'_>], rows: std::ops::Range<usize>) -> Result<()> {
        let alone = self.page_rows == 0 && rows.len() >= BATCH_ROWS;
        self.group_rows += rows.len();
        self.page_rows += if alone { 0 } else { rows.len() };
        for (column, source) in self.columns.iter_mut().zip(sources) {
            if alone {
                column.page(source, rows.clone(), &mut self.body, &mut self.codec)?;
            } else {
                column.append(source, rows.clone())?;
            }
        }
        if self.page_rows == PAGE_ROWS {
            self.end_page()?;
        }
        Ok(())
    }

    fn is_large(&self) -> bool {
        let limit = self.properties().max_row_group_bytes();
        let dictionary = self.columns.iter().map(Column::dictionary).max();
        self.memory() >= limit.unwrap_or(usize::MAX) || dictionary >= Some(DICTIONARY_BYTES)
    }

    /// Bytes that the rows since the last row group take, with the room of an open page.
    pub(in crate::io::sink) fn memory(&self) -> usize {
        self.columns.iter().map(Column::memory).sum()
    }

    fn end_page(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.page_rows);
        if rows == 0 {
            return Ok(());
        }
        for column in &mut self.columns {
            column.end_page(rows, &mut self.body, &mut self.codec)?;
        }
        Ok(())
    }

    /// Ends the row group at hand.
    pub(in crate::io::sink) fn flush(&mut self) -> Result<()> {
        self.end_page()?;
        if self.group_rows == 0 {
            return Ok(());
        }
        self.group_rows = 0;
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let (bytes, close) = column.finish(&mut self.codec)?;
            group.append_column(&bytes, close)?;
        }
        group.close()?;
        Ok(())
    }

    /// Writes what is left and the footer.
    pub(in crate::io::sink) fn finish(&mut self) -> Result<()> {
        self.flush()?;
        self.writer.finish()?;
        Ok(())
    }

    /// The file behind it.
    pub(in crate::io::sink) fn inner(&self) -> &File {
        self.writer.inner()
    }
}
