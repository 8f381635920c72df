//! The `decode` hop.

mod options;

pub use options::{DecodeOptions, Repair};
