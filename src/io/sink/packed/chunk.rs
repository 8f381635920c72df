//! A column chunk in the making: compressed pages, and what the footer says of them.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, OffsetIndexBuilder, PageEncodingStats};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use zstd::bulk::Compressor;

/// Compresses pages as the footer says that they are.
pub(super) struct Codec {
    declared: Compression,
    compressor: Compressor<'static>,
}

impl Codec {
    /// zstd at the level that the files' properties name.
    pub(super) fn new(declared: Compression) -> Result<Self> {
        let Compression::ZSTD(level) = declared else {
            return Err(ParquetError::NYI(format!("pages packed with {declared}")));
        };
        Ok(Self {
            declared,
            compressor: Compressor::new(level.compression_level())?,
        })
    }
}

/// Where a data page stands among the data pages, and how many rows it has.
struct PageAt {
    offset: u64,
    length: u64,
    rows: usize,
}

/// The pages of a column in one row group.
pub(super) struct Chunk {
    sink: TrackedWrite<Vec<u8>>,
    pages: Vec<PageAt>,
    /// Bytes of all pages with their headers, before compression.
    plain: usize,
}

/// The dictionary page of a chunk.
pub(super) struct Dictionary<'c> {
    /// The words, each with its length before it.
    pub(super) body: &'c [u8],
    /// How many they are.
    pub(super) words: usize,
}

impl Chunk {
    pub(super) fn new() -> Self {
        Self {
            sink: TrackedWrite::new(Vec::new()),
            pages: Vec::new(),
            plain: 0,
        }
    }

    /// Bytes of the pages so far.
    pub(super) fn memory(&self) -> usize {
        self.sink.inner().capacity()
    }

    /// Adds a data page of `rows` rows, nulls among them; `body` holds levels and values.
    pub(super) fn write(
        &mut self,
        rows: usize,
        body: &[u8],
        encoding: Encoding,
        codec: &mut Codec,
    ) -> Result<()> {
        let page = Page::DataPage {
            buf: codec.compressor.compress(body)?.into(),
            num_values: count(rows)?,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let page = CompressedPage::new(page, body.len());
        let written = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.plain += written.uncompressed_size;
        self.pages.push(PageAt {
            offset: written.offset,
            length: written.bytes_written,
            rows,
        });
        Ok(())
    }

    /// The chunk's bytes, dictionary first, with offsets from their beginning.
    pub(super) fn finish(
        mut self,
        column: ColumnDescPtr,
        dictionary: Option<Dictionary<'_>>,
        encoding: Encoding,
        codec: &mut Codec,
    ) -> Result<(Bytes, ColumnCloseResult)> {
        let mut encodings = vec![Encoding::RLE, encoding];
        let mut stats = vec![pages_of(PageType::DATA_PAGE, encoding, self.pages.len())?];
        let mut front = TrackedWrite::new(Vec::new());
        if let Some(dictionary) = &dictionary {
            self.plain += write_dictionary(dictionary, codec, &mut front)?;
            encodings.push(Encoding::PLAIN);
            stats.push(pages_of(PageType::DICTIONARY_PAGE, Encoding::PLAIN, 1)?);
        }
        let mut bytes = front.into_inner()?;
        let data = bytes.len();
        bytes.extend(self.sink.into_inner()?);

        let rows: usize = self.pages.iter().map(|page| page.rows).sum();
        let mut index = OffsetIndexBuilder::new();
        for page in &self.pages {
            index.append_row_count(offset(page.rows)?);
            let length = i32::try_from(page.length).map_err(too_large)?;
            index.append_offset_and_size(offset(page.offset)? + offset(data)?, length);
        }
        let metadata = ColumnChunkMetaData::builder(column)
            .set_encodings(encodings)
            .set_page_encoding_stats(stats)
            .set_compression(codec.declared)
            .set_num_values(offset(rows)?)
            .set_total_compressed_size(offset(bytes.len())?)
            .set_total_uncompressed_size(offset(self.plain)?)
            .set_dictionary_page_offset(dictionary.map(|_| 0))
            .set_data_page_offset(offset(data)?)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: Some(index.build()),
        };
        Ok((bytes.into(), close))
    }
}

/// Bytes of the page and its header before compression.
fn write_dictionary(
    dictionary: &Dictionary<'_>,
    codec: &mut Codec,
    to: &mut TrackedWrite<Vec<u8>>,
) -> Result<usize> {
    let page = Page::DictionaryPage {
        buf: codec.compressor.compress(dictionary.body)?.into(),
        num_values: count(dictionary.words)?,
        encoding: Encoding::PLAIN,
        is_sorted: false,
    };
    let page = CompressedPage::new(page, dictionary.body.len());
    let written = SerializedPageWriter::new(to).write_page(page)?;
    Ok(written.uncompressed_size)
}

fn pages_of(page_type: PageType, encoding: Encoding, pages: usize) -> Result<PageEncodingStats> {
    Ok(PageEncodingStats {
        page_type,
        encoding,
        count: i32::try_from(pages).map_err(too_large)?,
    })
}

fn count(values: usize) -> Result<u32> {
    u32::try_from(values).map_err(too_large)
}

fn offset(bytes: impl TryInto<i64, Error = std::num::TryFromIntError>) -> Result<i64> {
    bytes.try_into().map_err(too_large)
}

fn too_large(error: std::num::TryFromIntError) -> ParquetError {
    ParquetError::General(format!("a column chunk is too large: {error}"))
}
