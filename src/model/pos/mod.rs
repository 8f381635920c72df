//! Parts of speech by a trained model: what is this word here?
//!
//! ```text
//! words, the dictionary's tags -> shape: keys (words, their characters and classes around one)
//!      -> choices: the tags that a word may have -> table: weights -> the best tags of a sentence
//!
//! corpus -> vary -> encode -> train (field) -> file -> table
//! ```
//!
//! A linear-chain conditional random field. Most words may have one tag alone, or two or three, by what training met
//! them with (`choices`); only these are weighed, and a word with one is not even looked at. Greedy search from left to right would be
//! hardly faster than the best sequence: with so few choices, the steps between them are the smaller part of the work.

mod choices;
mod corpus;
mod encode;
mod evaluate;
mod field;
mod file;
mod shape;
mod table;
mod tagger;
mod tagset;
#[cfg(test)]
mod tests;
mod train;
mod universal;
mod vary;

pub use corpus::{TaggedSample, parse_tagged, read_tagged};
pub use evaluate::TagEvaluation;
pub use file::PackedTags;
pub use tagger::{TagModel, TagScratch};
pub use tagset::{ICTCLAS, Tagset, coarse};
pub use train::train_tags;
pub use universal::{UNIVERSAL, universal};
