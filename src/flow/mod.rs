//! Hops on threads.

mod options;

pub use options::{FlowOptions, OnPanic};
