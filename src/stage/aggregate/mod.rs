//! The `aggregate` hop.

mod options;

pub use options::{AggregateOptions, Period};
