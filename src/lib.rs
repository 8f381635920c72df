//! cihe 词河: a streaming pipeline that turns messy Chinese documents into Arrow/Parquet tables, in which every cell leads
//! back to the bytes it came from.
//!
//! ```text
//! source -> decode -> segment -> tag -> tabulate -> aggregate -> sink
//! ```
//!
//! - [`pipeline`] puts it all together: [`pipeline::Annotator`] is the synchronous core, records in and rows out;
//!   [`pipeline::run`] reads files, uses threads and commits tables.
//! - [`config`] reads what a run is told.
//! - [`stage`] and [`io`] hold the hops, one folder each; [`record`] the values that travel between them.
//! - [`table`] declares what comes out.
//! - [`text`] knows offsets and alignments.
//!
//! From a string to checked spans:
//!
//! ```
//! use cihe::config;
//! use cihe::pipeline::Annotator;
//! use cihe::record::{Body, Fields, MediaType, Place, Record};
//!
//! let annotator = Annotator::new(&config::load("default", &[])?)?;
//! let record = Record {
//!     place: Place::new("news.txt", 0),
//!     media_type: MediaType::Plain,
//!     body: Body::Bytes(encoding_rs::GBK.encode("江洲市昨天公布了城市更新计划。").0.into_owned()),
//!     charset: None,
//!     fields: Fields::default(),
//! };
//! let raw = record.body.as_bytes().to_vec();
//! let (tagged, _) = annotator.annotate(record);
//! let segmented = &tagged[0].segmented;
//! for token in &segmented.tokens {
//!     let text = token.span.of(&segmented.document.text);
//!     let bytes = segmented.document.source_of(&token.span);
//!     let there = &raw[bytes.start.get()..bytes.end.get()];
//!     assert_eq!(encoding_rs::GBK.decode(there).0, text);
//! }
//! # Ok::<(), cihe::Error>(())
//! ```

pub mod config;
mod error;
pub mod flow;
pub mod io;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod record;
pub mod stage;
pub mod table;
pub mod text;

pub use error::Error;
