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
use zstd::zstd_safe::{CParameter, Strategy};

use super::pages::Pages;

/// Bytes of a page's header, about.
const HEADER: usize = 64;

/// The level of those who want speed.
const FAST: i32 = 1;
/// How repetitions are looked for in packed numbers, at that level: pages without copies gain most from the frequencies of their bytes,
/// and short repetitions cost more time than they save bytes. A smaller table would be quicker still, but copies of whole texts, which
/// corpora have, would not be found any more.
const NUMBERS: [CParameter; 3] = [
    CParameter::Strategy(Strategy::ZSTD_fast),
    CParameter::HashLog(13),
    CParameter::MinMatch(7),
];

/// Compresses pages as the footer says that they are.
pub(super) struct Codec {
    declared: Compression,
    /// Of words and texts.
    texts: Compressor<'static>,
    /// Of all that is packed to bits.
    numbers: Compressor<'static>,
}

impl Codec {
    /// zstd at the level that the files' properties name.
    pub(super) fn new(declared: Compression) -> Result<Self> {
        let Compression::ZSTD(level) = declared else {
            return Err(ParquetError::NYI(format!("pages packed with {declared}")));
        };
        let level = level.compression_level();
        let mut numbers = Compressor::new(level)?;
        if level == FAST {
            for parameter in NUMBERS {
                numbers.set_parameter(parameter)?;
            }
        }
        Ok(Self {
            declared,
            texts: Compressor::new(level)?,
            numbers,
        })
    }

    fn compress(&mut self, body: &[u8], encoding: Encoding) -> Result<Bytes> {
        let compressor = match encoding {
            Encoding::PLAIN => &mut self.texts,
            _ => &mut self.numbers,
        };
        Ok(compressor.compress(body)?.into())
    }
}

/// A page with its header, as the file will have it.
struct PageBytes {
    bytes: Bytes,
    rows: usize,
}

/// The pages of a column in one row group.
#[derive(Default)]
pub(super) struct Chunk {
    /// One by one: in one piece they would be copied whenever that grows, and need room for twice as much.
    pages: Vec<PageBytes>,
    /// Bytes of them.
    size: usize,
    /// Bytes of all pages with their headers, before compression.
    plain: usize,
}

/// The dictionary page of a chunk.
#[derive(Clone, Copy)]
pub(super) struct Dictionary<'c> {
    /// The words, each with its length before it.
    pub(super) body: &'c [u8],
    /// How many they are.
    pub(super) words: usize,
}

impl Chunk {
    /// Bytes of the pages so far.
    pub(super) fn size(&self) -> usize {
        self.size
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
            buf: codec.compress(body, encoding)?,
            num_values: count(rows)?,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let bytes = self.page(page, body.len())?;
        self.size += bytes.len();
        self.pages.push(PageBytes { bytes, rows });
        Ok(())
    }

    /// The page with its header.
    fn page(&mut self, page: Page, plain: usize) -> Result<Bytes> {
        let room = page.buffer().len() + HEADER;
        let mut to = TrackedWrite::new(Vec::with_capacity(room));
        let page = CompressedPage::new(page, plain);
        let written = SerializedPageWriter::new(&mut to).write_page(page)?;
        self.plain += written.uncompressed_size;
        Ok(to.into_inner()?.into())
    }

    /// The chunk's pages, dictionary first, with offsets from their beginning.
    pub(super) fn finish(
        mut self,
        column: ColumnDescPtr,
        dictionary: Option<Dictionary<'_>>,
        encoding: Encoding,
        codec: &mut Codec,
    ) -> Result<(Pages, ColumnCloseResult)> {
        let mut encodings = vec![Encoding::RLE, encoding];
        let mut stats = vec![pages_of(PageType::DATA_PAGE, encoding, self.pages.len())?];
        let mut pages = Vec::with_capacity(self.pages.len() + 1);
        if let Some(Dictionary { body, words }) = dictionary {
            let page = Page::DictionaryPage {
                buf: codec.compress(body, Encoding::PLAIN)?,
                num_values: count(words)?,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            };
            pages.push(self.page(page, body.len())?);
            encodings.push(Encoding::PLAIN);
            stats.push(pages_of(PageType::DICTIONARY_PAGE, Encoding::PLAIN, 1)?);
        }
        let data = pages.iter().map(Bytes::len).sum::<usize>();

        let (mut at, mut rows) = (data, 0);
        let mut index = OffsetIndexBuilder::new();
        for page in self.pages {
            index.append_row_count(offset(page.rows)?);
            let length = i32::try_from(page.bytes.len()).map_err(too_large)?;
            index.append_offset_and_size(offset(at)?, length);
            rows += page.rows;
            at += page.bytes.len();
            pages.push(page.bytes);
        }
        let metadata = ColumnChunkMetaData::builder(column)
            .set_encodings(encodings)
            .set_page_encoding_stats(stats)
            .set_compression(codec.declared)
            .set_num_values(offset(rows)?)
            .set_total_compressed_size(offset(at)?)
            .set_total_uncompressed_size(offset(self.plain)?)
            .set_dictionary_page_offset((data > 0).then_some(0))
            .set_data_page_offset(offset(data)?)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: at as u64,
            rows_written: rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: Some(index.build()),
        };
        Ok((Pages(pages), close))
    }
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

pub(super) fn too_large(error: std::num::TryFromIntError) -> ParquetError {
    ParquetError::General(format!("a column chunk is too large: {error}"))
}
