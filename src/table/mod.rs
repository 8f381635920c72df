//! The tables: one file each, with its columns declared once, read by code, docs and contracts alike.
//!
//! `tabulate` and `aggregate` fill the builders, the sink writes what comes out. Nothing here opens a file.
//!
//! | to | take |
//! |---|---|
//! | turn documents into rows | [`Rows`] |
//! | keep the accounts | [`RejectRows`], [`SourceRows`], [`MetricRows`] |
//! | read rows back | [`DocumentRows`], [`Pieces`], [`stated()`], [`members`] |
//! | know a table's columns | [`columns`], [`schema`], [`describe`], [`contract`] |

mod batch;
mod column;
mod contract;
mod declare;
mod documents;
mod edits;
mod entities;
mod enumerations;
#[cfg(test)]
pub(crate) mod fixture;
mod id;
mod metrics;
mod quotes;
mod rejects;
mod rows;
mod schema;
mod sentences;
mod sources;
mod stated;
#[cfg(test)]
mod tests;
mod tokens;
mod view;
mod words;

pub use arrow::array::RecordBatch;
pub use batch::TableBatch;
pub use column::{Column, ColumnType, Layout, Range};
pub use contract::{ColumnRow, contract, describe};
pub use id::TableId;
pub use metrics::{MetricRow, MetricRows, Scope};
pub use rejects::RejectRows;
pub use rows::Rows;
pub use schema::{SCHEMA_VERSION, columns, schema};
pub use sources::SourceRows;
pub use stated::{MemberRow, StatedRow, members, passages, stated, titled_documents};
pub use view::{
    DocumentRow, DocumentRows, EndedSource, Piece, Pieces, RejectRow, SignedRow, TextRow,
    ended_sources, places, rejects, signed_documents, texts,
};
pub(crate) use words::Numbering;
