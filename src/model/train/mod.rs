//! Learning a model from samples.
mod crf;
mod learn;
mod options;
mod source;
mod space;

pub use learn::train;
pub use options::{Progress, TrainOptions};
