//! The hops that look at documents, as plain synchronous code: no clock, no file, no channel.
//!
//! A hop is either a [`Map`] (free of order, may run in many workers) or a [`Fold`] (stateful, one owner, in order). A
//! test of one needs no runtime. `flow` gives them threads.

pub mod aggregate;
mod contract;
pub mod decode;
pub mod duplicates;
pub mod segment;
pub mod tabulate;
pub mod tag;

pub use contract::{Fold, FoldError, Map, Output};
