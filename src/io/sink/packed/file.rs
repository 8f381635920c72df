//! Rows to pages to row groups to a file.

use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowRowGroupWriterFactory;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::chunk::Codec;
use super::column::{Column, Source, mismatch};
use super::library::LibraryColumn;
use crate::table::{self, ColumnType, Layout, Range};

/// Rows of a page at most: what a reader must decode to see one row.
const PAGE_ROWS: usize = 1 << 16;
/// Rows of a batch from which on it has pages of its own. Those of smaller ones are gathered until they are as many: more would
/// take much room, for each column of each table has an open page.
const BATCH_ROWS: usize = 1 << 14;
/// A dictionary that has grown to this many bytes ends its row group.
const DICTIONARY_BYTES: usize = 4 << 20;

/// Bytes that are written at once: the library copies pages in small steps.
const AT_ONCE: usize = 1 << 17;

/// A file as the library writes it.
type Buffered = BufWriter<File>;

/// Whether a column's pages are encoded here: words, offsets and texts, of whose ranges nothing is said.
pub(in crate::io::sink) fn packs(column: &table::Column) -> bool {
    let packs = match column.r#type {
        ColumnType::Text => column.layout == Layout::Dictionary || !column.nullable,
        ColumnType::Int32 | ColumnType::Int64 => column.layout == Layout::Delta && !column.nullable,
        _ => false,
    };
    packs && column.range == Range::Unknown
}

/// A file that grows.
pub(in crate::io::sink) struct PackedFile {
    writer: SerializedFileWriter<Buffered>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    codec: Codec,
    columns: Vec<Encoder>,
    /// Row groups so far.
    groups: usize,
    page_rows: usize,
    group_rows: usize,
    body: Vec<u8>,
}

/// Who encodes a column.
enum Encoder {
    Packed(Column),
    Library(LibraryColumn),
}

/// The rows of a batch, as far as one column goes.
enum Rows<'b> {
    Packed(Source<'b>),
    Library(&'b ArrayRef),
}

impl PackedFile {
    /// Begins a file of `schema` in an empty one; `packs` tells of each column whether it is encoded here.
    pub(in crate::io::sink) fn new(
        file: File,
        schema: SchemaRef,
        properties: WriterProperties,
        packs: impl Fn(usize) -> bool,
    ) -> Result<Self> {
        let file = BufWriter::with_capacity(AT_ONCE, file);
        let begun = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        let (writer, factory) = begun.into_serialized_writer()?;
        let leaves = writer.schema_descr().columns();
        let first = writer.schema_descr().column(0).path().clone();
        let codec = Codec::new(writer.properties().compression(&first))?;
        let mut columns = Vec::with_capacity(schema.fields().len());
        for (index, field) in schema.fields().iter().enumerate() {
            let of_field = |leaf: &usize| {
                leaves
                    .get(*leaf)
                    .and_then(|leaf| leaf.path().parts().first())
                    .is_some_and(|name| name == field.name())
            };
            let own: Vec<usize> = (0..leaves.len()).filter(of_field).collect();
            columns.push(match own.as_slice() {
                [leaf] if packs(index) => {
                    let dictionary = writer.properties().dictionary_enabled(leaves[*leaf].path());
                    Encoder::Packed(Column::new(leaves[*leaf].clone(), dictionary))
                }
                own => Encoder::Library(LibraryColumn::new(own.len())),
            });
        }
        Ok(Self {
            writer,
            factory,
            schema,
            codec,
            columns,
            groups: 0,
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
        let mut sources = Vec::with_capacity(self.columns.len());
        for (encoder, array) in self.columns.iter().zip(rows.columns()) {
            sources.push(match encoder {
                Encoder::Packed(_) => Rows::Packed(Source::of(array)?),
                Encoder::Library(_) => Rows::Library(array),
            });
        }
        let group_limit = self.properties().max_row_group_row_count();
        let group_limit = group_limit.unwrap_or(usize::MAX).max(1);
        if rows.num_rows() >= BATCH_ROWS {
            self.end_page()?;
        }
        let mut at = 0;
        while at < rows.num_rows() {
            let left = (rows.num_rows() - at).min(group_limit - self.group_rows);
            let count = if self.page_rows == 0 && left >= BATCH_ROWS {
                left.min(PAGE_ROWS)
            } else {
                left.min(BATCH_ROWS - self.page_rows)
            };
            self.append(&mut sources, at..at + count)?;
            at += count;
            if self.group_rows == group_limit || self.is_large() {
                self.flush()?;
                for source in &mut sources {
                    if let Rows::Packed(source) = source {
                        source.reset();
                    }
                }
            }
        }
        Ok(())
    }

    /// Appends rows that fit into the open page.
    fn append(&mut self, sources: &mut [Rows<'_>], rows: std::ops::Range<usize>) -> Result<()> {
        if self.group_rows == 0 {
            self.begin_group()?;
        }
        let alone = self.page_rows == 0 && rows.len() >= BATCH_ROWS;
        self.group_rows += rows.len();
        self.page_rows += if alone { 0 } else { rows.len() };
        let fields = self.schema.fields();
        for ((encoder, source), field) in self.columns.iter_mut().zip(sources).zip(fields) {
            match (encoder, source) {
                (Encoder::Packed(column), Rows::Packed(source)) if alone => {
                    column.page(source, rows.clone(), &mut self.body, &mut self.codec)?;
                }
                (Encoder::Packed(column), Rows::Packed(source)) => {
                    column.append(source, rows.clone(), &mut self.codec)?;
                }
                (Encoder::Library(column), Rows::Library(array)) => {
                    column.write(field, &array.slice(rows.start, rows.len()))?;
                }
                _ => return Err(mismatch(field)),
            }
        }
        if self.page_rows >= BATCH_ROWS {
            self.end_page()?;
        }
        Ok(())
    }

    /// The library encodes each column chunk with a writer of its own.
    fn begin_group(&mut self) -> Result<()> {
        let is_ours = |encoder: &Encoder| matches!(encoder, Encoder::Packed(_));
        if self.columns.iter().all(is_ours) {
            return Ok(());
        }
        let mut writers = self.factory.create_column_writers(self.groups)?.into_iter();
        for encoder in &mut self.columns {
            match encoder {
                Encoder::Packed(_) => drop(writers.next()),
                Encoder::Library(column) => column.begin(&mut writers),
            }
        }
        Ok(())
    }

    fn is_large(&self) -> bool {
        let limit = self.properties().max_row_group_bytes();
        let sizes = self.columns.iter().map(|encoder| match encoder {
            Encoder::Packed(column) => column.size(),
            Encoder::Library(column) => column.size(),
        });
        let dictionaries = self.columns.iter().map(|encoder| match encoder {
            Encoder::Packed(column) => column.dictionary(),
            Encoder::Library(_) => 0,
        });
        sizes.sum::<usize>() >= limit.unwrap_or(usize::MAX)
            || dictionaries.max() >= Some(DICTIONARY_BYTES)
    }

    /// Bytes of memory that the rows since the last row group take, with the room for more.
    pub(in crate::io::sink) fn memory(&self) -> usize {
        let memory = self.columns.iter().map(|encoder| match encoder {
            Encoder::Packed(column) => column.memory(),
            Encoder::Library(column) => column.memory(),
        });
        memory.sum()
    }

    fn end_page(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.page_rows);
        if rows == 0 {
            return Ok(());
        }
        for encoder in &mut self.columns {
            if let Encoder::Packed(column) = encoder {
                column.end_page(rows, &mut self.body, &mut self.codec)?;
            }
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
        self.groups += 1;
        let mut group = self.writer.next_row_group()?;
        for encoder in &mut self.columns {
            match encoder {
                Encoder::Packed(column) => {
                    let (pages, close) = column.finish(&mut self.codec)?;
                    group.append_column(&pages, close)?;
                }
                Encoder::Library(column) => column.finish(&mut group)?,
            }
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
        self.writer.inner().get_ref()
    }
}
