//! Words by a trained model: at each gap between characters, does a word end here?
//!
//! ```text
//! text -> shape: keys (n-grams of characters, classes, words of the dictionary around a gap)
//!      -> table: their weights, added up -> users: the user's words -> route: the best ends of words
//!
//! corpus -> encode -> train (field) -> file -> table
//! ```
//!
//! Linear and pointwise in the main, as `KyTea` and vaporetto are, with two things beside: whether a character is a word by itself
//! is asked of it, and the answers of a text are chosen together. What a word is differs from corpus to corpus, so that each *convention* has
//! weights of its own beside the shared ones; the two are added up when the model is made ready.
//!
//! Numbers and Latin words are never cut (`route`): no corpus and no reader wants that.

mod corpus;
mod encode;
mod evaluate;
mod field;
mod file;
mod route;
mod segmenter;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod train;
mod users;

pub use corpus::{WordSample, parse_words, read_words};
pub(super) use corpus::{conllu, is_tagged, tagged};
pub use evaluate::{Vocabulary, WordEvaluation};
pub use file::{CONVENTIONS, PackedSegmentation};
pub use segmenter::{SegmentationModel, SegmentationScratch};
pub use train::train_words;
