//! The `tabulate` hop: documents become columns, and what is counted of them becomes partial sums.
//!
//! ```text
//! Tagged, Tagged, … -> [Rows, Counts] -> one Tabulated a batch
//! ```
//!
//! It stands between `tag` and `aggregate` so that building columns and counting words, which is most of the work after
//! segmentation, is done by many workers; the one owner of `aggregate` only adds up.

mod counts;
mod figures;
mod hop;
#[cfg(test)]
mod tests;

pub use counts::{Counts, Group, Sums};
pub use figures::DocumentFigures;
pub use hop::{Tabulate, TabulateScratch, Tabulated};
