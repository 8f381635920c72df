//! The `tag` hop.

mod options;

pub use options::TagOptions;
