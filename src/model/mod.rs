//! Trained models.
mod alphabet;
mod corpus;
mod entities;
mod evaluate;
mod file;
mod grams;
mod label;
mod lists;
mod table;
mod train;
mod viterbi;

pub use corpus::*;
pub use entities::*;
pub use evaluate::*;
pub use file::Packed;
pub use label::{Kind, Name};
pub use train::*;
