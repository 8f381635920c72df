//! The first hop: files, folders, patterns and standard input become [`Record`](crate::record::Record)s.
//!
//! ```text
//! inputs -> root -> walk -> list -> SourceFile
//!                                      | open
//!             stored -> unpack -> { whole | jsonl | csv | warc } -> Reader -> Record, Reject
//!                                 { parquet }
//! ```
//!
//! [`list`] names the sources, in a fixed order. [`SourceFile::open`] gives a [`Reader`], which gives each record, or the
//! reason why there is none, a number of its own; [`Reader::finish`] gives the hash of the stored bytes. Nothing here looks at
//! text: bytes stay in their charset, and only formats that are UTF-8 by definition give strings.
//!
//! # Limits
//!
//! No input makes this hop use more memory than a few buffers and one record: `max_record_bytes` bounds a record,
//! `max_ratio` and `max_unpacked_bytes` bound what a packed file may become. What is over is a reject that names the
//! option to raise.
//!
//! # Numbers
//!
//! A JSONL record's number is its line from 0, blank lines counted; that of a CSV or Parquet record its row; that of a WARC
//! record its place among the responses; a whole file is record 0. A fault that ends a source takes the next number.

mod csv;
mod cut;
mod error;
mod fault;
mod fields;
mod file;
mod find;
mod format;
mod http;
mod jsonl;
mod list;
mod name;
mod options;
mod parquet;
mod reader;
mod root;
mod spool;
mod stored;
#[cfg(test)]
mod tests;
mod unpack;
mod walk;
mod warc;
mod whole;
mod xz;

pub use error::{SourceError, SourceProblem};
pub use file::{SourceFile, spooled};
pub use find::Finder;
pub use list::{Listed, Listing, Refused, list};
pub use options::{MAX_RECORD_BYTES, SourceOptions};
pub use reader::{Reader, SourceEnd};
