//! Writes the tables' Parquet files.
//!
//! Nearly all bytes of an output are words, offsets and texts. The library's writer hashes and compares each string to build a
//! dictionary of its own, copies each text several times, and makes a compressor for each column of each row group. Here the rows
//! of `tokens` come as dictionaries and numbers already, and pages are encoded where they stand; headers, metadata and footer stay the
//! library's, and so do columns of other types and those with ranges in the footer:
//!
//! ```text
//! RecordBatch -+- words, offsets --> Column --page of 2^16 rows----> hybrid | delta -+-zstd--> Chunk -+
//!              +- texts -----------> Column --page of 2^18 bytes---------------------+                +-row group--> SerializedFileWriter
//!              +- all others ------> LibraryColumn -------------------------------------------------- +
//! ```
//!
//! Encodings are those of the Parquet format, data pages version 1: `RLE_DICTIONARY` (the hybrid of runs and packed bits),
//! `DELTA_BINARY_PACKED` and `PLAIN`; <https://parquet.apache.org/docs/file-format/data-pages/encodings/>. A dictionary never
//! gives way to plain strings: when it has grown too large the row group ends, and the next begins with an empty one.
//!
//! | file | holds |
//! |---|---|
//! | `bits` | numbers of a few bits each, one after the other |
//! | `hybrid`, `delta` | the two encodings of numbers |
//! | `words` | the dictionary of a column chunk |
//! | `chunk`, `pages` | pages, compressed, with what the footer says of them |
//! | `column` | values to pages |
//! | `library` | a column whose pages the library makes |
//! | `file` | columns to row groups to a file |

mod bits;
mod chunk;
mod column;
mod delta;
mod file;
mod hybrid;
mod library;
mod pages;
#[cfg(test)]
mod tests;
mod words;

pub(super) use file::{PackedFile, packs};
