//! Writes Parquet of rows that come as numbers, for the one table that is large.
//!
//! The library's writer takes strings, and hashes and compares each to build a dictionary of its own. The rows of `tokens`
//! are dictionaries already, and offsets, and nothing else; ten times as many of them pass as of all other rows together. So
//! their pages are encoded here, while headers, metadata and footer stay the library's:
//!
//! ```text
//! RecordBatch --numbers--> Column --page of 2^16 rows--> hybrid | delta --zstd--> Chunk --row group--> SerializedFileWriter
//! ```
//!
//! Encodings are those of the Parquet format, data pages version 1: `RLE_DICTIONARY` (the hybrid of runs and packed bits) and
//! `DELTA_BINARY_PACKED`; <https://parquet.apache.org/docs/file-format/data-pages/encodings/>. A dictionary never gives way to
//! plain strings: when it has grown too large the row group ends, and the next begins with an empty one.
//!
//! | file | holds |
//! |---|---|
//! | `bits` | numbers of a few bits each, one after the other |
//! | `hybrid`, `delta` | the two encodings |
//! | `words` | the dictionary of a column chunk |
//! | `chunk` | pages, compressed, with what the footer says of them |
//! | `column` | values to pages |
//! | `file` | columns to row groups to a file |

mod bits;
mod chunk;
mod column;
mod delta;
mod file;
mod hybrid;
#[cfg(test)]
mod tests;
mod words;

pub(super) use file::{PackedFile, is_packable};
