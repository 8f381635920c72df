//! Rows to files.

mod options;

pub use options::SinkOptions;
