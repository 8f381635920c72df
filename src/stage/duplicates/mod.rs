//! Duplicates: documents that say what an earlier one says, word for word or nearly so.
//!
//! ```text
//! tabulate (many workers)   view -> Signature             one pass over the text, no memory but the answer
//! aggregate (one owner)     Signature -> Index -> duplicate_of
//! next run                  documents.minhash -> Index    as if there had been one run
//! ```
//!
//! The dear part, reading every character, is done where there are many workers; what needs the order of documents is a
//! few look-ups for each of them. The signature is a column of `documents`, so that a later run, or one after a crash, fills the
//! index with what the runs before have written and goes on with the same answers.
//!
//! Reprints cluster: a copy of a copy is told to be a copy of the first document of all. Two documents are copies of each other when at least
//! [`SIMILAR`] of the pieces that either has are in both (Jaccard's measure over runs of three characters). Simplified forms are
//! compared, and neither white space nor punctuation counts.
//!
//! The index forgets: it holds the last [`Index`] window of documents, about 450 bytes for each.

mod index;
mod options;
mod signature;
#[cfg(test)]
mod tests;

pub use index::Index;
pub(crate) use index::MAX_WINDOW;
pub use options::Duplicates;
pub use signature::{NEAR_UNITS, SIMILAR, Signature};

pub(crate) use options::WINDOW;
