//! The tables: one file each, with its columns declared once, read by code, docs and contracts alike.

mod batch;
mod id;

pub use batch::TableBatch;
pub use id::TableId;
