//! Learning a model from samples: a conditional random field, by stochastic gradient descent with an L1 penalty.
//!
//! ```text
//! samples -> space: which n-grams have weights, and where -> encoded samples
//!         -> learn: crf says what each sample lacks, its rows get a part of it; the penalty makes most weights zero
//!         -> source: which source a text is like
//!         -> pack: eight bits a weight
//! ```
//!
//! One thread and one seed: the same samples give the same file.

mod crf;
mod epochs;
mod learn;
mod options;
mod pack;
mod random;
mod source;
mod space;
mod sparse;

pub(super) use epochs::{Learn, epochs};
pub use learn::train;
pub use options::{Progress, TrainOptions};
pub(super) use pack::{stored, wide};
pub(super) use random::Glance;
pub(super) use sparse::Sparse;
