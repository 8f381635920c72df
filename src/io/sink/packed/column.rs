//! The values of a column, gathered for a page and encoded when it is full.

use std::mem::take;
use std::ops::Range;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{Int32Type, Int64Type};
use parquet::basic::{Encoding, Type};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Chunk, Codec, Dictionary, too_large};
use super::pages::Pages;
use super::words::{Translation, Words};
use super::{bits, delta, hybrid};

/// Bytes of texts that make a page: what stays near the processor until it is compressed.
const TEXT_PAGE: usize = 1 << 18;

/// A column of the open row group.
pub(super) struct Column {
    described: ColumnDescPtr,
    values: Values,
    chunk: Chunk,
}

/// The rows of the open page.
enum Values {
    Words {
        words: Words,
        numbers: Vec<u32>,
        /// For each row whether it has a word, if the column may have nulls.
        levels: Option<Vec<u32>>,
    },
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    /// Texts as a page holds them, each with its length before it; their pages are of a size, not of a number of rows.
    Texts {
        page: Vec<u8>,
        rows: usize,
    },
}

/// The rows of a batch, as far as one column goes.
pub(super) enum Source<'b> {
    Words(Translation<'b>),
    Texts(&'b StringArray),
    Int32(&'b [i32]),
    Int64(&'b [i64]),
}

impl<'b> Source<'b> {
    pub(super) fn of(column: &'b ArrayRef) -> Result<Self> {
        if let Some(words) = Translation::of(column) {
            return Ok(Self::Words(words));
        }
        if let Some(texts) = column.as_string_opt() {
            return Ok(Self::Texts(texts));
        }
        let whole = column.null_count() == 0;
        let narrow = column.as_primitive_opt::<Int32Type>().filter(|_| whole);
        let wide = column.as_primitive_opt::<Int64Type>().filter(|_| whole);
        match (narrow, wide) {
            (Some(narrow), _) => Ok(Self::Int32(narrow.values())),
            (_, Some(wide)) => Ok(Self::Int64(wide.values())),
            _ => Err(mismatch(column.data_type())),
        }
    }

    /// The row group has ended: its words are no longer those of the next.
    pub(super) fn reset(&mut self) {
        if let Self::Words(words) = self {
            words.reset();
        }
    }
}

impl Column {
    /// A column of numbers, of words that repeat, for which there is a `dictionary`, or of texts.
    pub(super) fn new(described: ColumnDescPtr, dictionary: bool) -> Self {
        let values = match described.physical_type() {
            Type::INT32 => Values::Int32(Vec::new()),
            Type::INT64 => Values::Int64(Vec::new()),
            _ if !dictionary => Values::Texts {
                page: Vec::new(),
                rows: 0,
            },
            _ => Values::Words {
                words: Words::default(),
                numbers: Vec::new(),
                levels: (described.max_def_level() > 0).then(Vec::new),
            },
        };
        Self {
            described,
            values,
            chunk: Chunk::default(),
        }
    }

    /// Bytes of the rows since the chunk began, the open page not encoded yet.
    pub(super) fn size(&self) -> usize {
        let open = match &self.values {
            Values::Words {
                words,
                numbers,
                levels,
            } => {
                let levels = levels.as_ref().map_or(0, Vec::len);
                words.page().len() + (numbers.len() + levels) * size_of::<u32>()
            }
            Values::Int32(values) => size_of_val(values.as_slice()),
            Values::Int64(values) => size_of_val(values.as_slice()),
            Values::Texts { page, .. } => page.len(),
        };
        open + self.chunk.size()
    }

    /// Bytes of memory, with the room of the open page.
    pub(super) fn memory(&self) -> usize {
        let open = match &self.values {
            Values::Words {
                words,
                numbers,
                levels,
            } => {
                let levels = levels.as_ref().map_or(0, Vec::capacity);
                words.memory() + (numbers.capacity() + levels) * size_of::<u32>()
            }
            Values::Int32(values) => values.capacity() * size_of::<i32>(),
            Values::Int64(values) => values.capacity() * size_of::<i64>(),
            Values::Texts { page, .. } => page.capacity(),
        };
        open + self.chunk.size()
    }

    /// Bytes of the dictionary so far.
    pub(super) fn dictionary(&self) -> usize {
        match &self.values {
            Values::Words { words, .. } => words.page().len(),
            Values::Int32(_) | Values::Int64(_) | Values::Texts { .. } => 0,
        }
    }

    /// Appends `rows` of `source` to the open page.
    pub(super) fn append(
        &mut self,
        source: &mut Source<'_>,
        rows: Range<usize>,
        codec: &mut Codec,
    ) -> Result<()> {
        match (&mut self.values, source) {
            (Values::Int32(values), Source::Int32(source)) => {
                values.extend_from_slice(source.get(rows).unwrap_or_default());
            }
            (Values::Int64(values), Source::Int64(source)) => {
                values.extend_from_slice(source.get(rows).unwrap_or_default());
            }
            (
                Values::Words {
                    words,
                    numbers,
                    levels,
                },
                source,
            ) => match source {
                Source::Words(source) => source.append(rows, words, numbers, levels.as_mut()),
                Source::Texts(source) => words.append(source, rows, numbers, levels.as_mut()),
                _ => return Err(mismatch(&self.described.physical_type())),
            },
            (Values::Texts { page, rows: filled }, Source::Texts(source)) => {
                for row in rows {
                    put_text(source.value(row), page)?;
                    *filled += 1;
                    if page.len() >= TEXT_PAGE {
                        self.chunk
                            .write(take(filled), page, Encoding::PLAIN, codec)?;
                        page.clear();
                    }
                }
            }
            _ => return Err(mismatch(&self.described.physical_type())),
        }
        Ok(())
    }

    fn encoding(&self) -> Encoding {
        match self.values {
            Values::Words { .. } => Encoding::RLE_DICTIONARY,
            Values::Int32(_) | Values::Int64(_) => Encoding::DELTA_BINARY_PACKED,
            Values::Texts { .. } => Encoding::PLAIN,
        }
    }

    /// Writes `rows` of `source` as a page of their own: numbers are encoded where they stand. No page is open.
    pub(super) fn page(
        &mut self,
        source: &mut Source<'_>,
        rows: Range<usize>,
        body: &mut Vec<u8>,
        codec: &mut Codec,
    ) -> Result<()> {
        let count = rows.len();
        body.clear();
        match (&self.values, &mut *source) {
            (Values::Int32(_), Source::Int32(source)) => {
                delta::encode(source.get(rows).unwrap_or_default(), body);
            }
            (Values::Int64(_), Source::Int64(source)) => {
                delta::encode(source.get(rows).unwrap_or_default(), body);
            }
            _ => {
                self.append(source, rows, codec)?;
                return self.end_page(count, body, codec);
            }
        }
        self.chunk.write(count, body, self.encoding(), codec)
    }

    /// Ends the open page of `rows` rows; `body` is for its bytes on their way.
    pub(super) fn end_page(
        &mut self,
        rows: usize,
        body: &mut Vec<u8>,
        codec: &mut Codec,
    ) -> Result<()> {
        body.clear();
        let encoding = self.encoding();
        match &mut self.values {
            Values::Words {
                words,
                numbers,
                levels,
            } => {
                if let Some(levels) = levels {
                    put_levels(levels, body);
                    levels.clear();
                }
                let width = bits::width(words.len().saturating_sub(1) as u64);
                body.push(u8::try_from(width).unwrap_or(u8::MAX));
                hybrid::encode(numbers, width, body);
                numbers.clear();
            }
            Values::Int32(values) => {
                delta::encode(values, body);
                values.clear();
            }
            Values::Int64(values) => {
                delta::encode(values, body);
                values.clear();
            }
            Values::Texts { .. } => return Ok(()),
        }
        self.chunk.write(rows, body, encoding, codec)
    }

    /// Ends the chunk, whose last page has ended, save one of texts. No room is kept for the next: it would be counted among the rows
    /// that wait, and other row groups be ended to make up for it.
    pub(super) fn finish(&mut self, codec: &mut Codec) -> Result<(Pages, ColumnCloseResult)> {
        let encoding = self.encoding();
        let mut chunk = take(&mut self.chunk);
        let dictionary = match &mut self.values {
            Values::Words {
                words,
                numbers,
                levels,
            } => {
                *numbers = Vec::new();
                if let Some(levels) = levels {
                    *levels = Vec::new();
                }
                Some(Dictionary {
                    body: words.page(),
                    words: words.len(),
                })
            }
            Values::Int32(values) => {
                *values = Vec::new();
                None
            }
            Values::Int64(values) => {
                *values = Vec::new();
                None
            }
            Values::Texts { page, rows } => {
                if *rows > 0 {
                    chunk.write(take(rows), page, encoding, codec)?;
                }
                *page = Vec::new();
                None
            }
        };
        let finished = chunk.finish(self.described.clone(), dictionary, encoding, codec)?;
        if let Values::Words { words, .. } = &mut self.values {
            words.clear();
        }
        Ok(finished)
    }
}

/// A text with its length before it.
fn put_text(text: &str, page: &mut Vec<u8>) -> Result<()> {
    let length = u32::try_from(text.len()).map_err(too_large)?;
    page.extend(length.to_le_bytes());
    page.extend(text.as_bytes());
    Ok(())
}

/// Definition levels with their length before them.
fn put_levels(levels: &[u32], body: &mut Vec<u8>) {
    let start = body.len();
    body.extend([0; 4]);
    hybrid::encode(levels, 1, body);
    let length = u32::try_from(body.len() - start - 4).unwrap_or(u32::MAX);
    for (slot, byte) in body.iter_mut().skip(start).zip(length.to_le_bytes()) {
        *slot = byte;
    }
}

pub(super) fn mismatch(found: &impl std::fmt::Debug) -> ParquetError {
    ParquetError::General(format!("rows of an unexpected type: {found:?}"))
}
