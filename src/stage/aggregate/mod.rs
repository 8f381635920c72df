//! The `aggregate` hop: figures over documents, and the accounts of an epoch.
//!
//! ```text
//! Tabulated -> [Counts, source accounts] -> TableBatch with rows of metrics, rejects and sources
//! ```
//!
//! It owns what no single batch can know: how often a term stands in an epoch, how many documents came of a source, and
//! which earlier document one is a copy of (see [`duplicates`](crate::stage::duplicates)). Its memory is bounded: at [`AggregateOptions::flush_items`] distinct items the partial sums are written and forgotten,
//! and at the close of an epoch in any case, so that an epoch's rows are the figures of its documents. Rows add up:
//! `SUM(count)` does not depend on when sums were written.

mod accounts;
mod hop;
mod metrics;
mod options;
#[cfg(test)]
mod tests;

pub use hop::{Aggregate, FormerCounts, HopFigure, HopFigures};
pub use options::{AggregateOptions, Period};
