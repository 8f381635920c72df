//! Files to records.

mod options;

pub use options::SourceOptions;
