//! Dictionaries: jieba's own, with the user's words merged in.
//!
//! A [`Lexicon`] is immutable and shared by all workers; cloning one costs a reference count. This is the only module
//! that names the library behind it, so that the rest of the path sees words, places and tags, and nothing else.
//!
//! A user lexicon is a UTF-8 file of lines `word`, `word⇥frequency` or `word⇥frequency⇥tag`; `#` begins a comment line.
//! Write words in simplified script: engines read the simplified view of a text, so that a word in traditional script
//! would never be met. [`lint`] says everything that is wrong with such a file at once.

mod alphabet;
mod builder;
mod cut;
mod dictionary;
mod guess;
mod hmm;
mod merge;
mod packed;
mod problem;
mod script;
#[cfg(test)]
mod tests;
mod trie;
mod user;
mod words;

pub use dictionary::{Hit, Lexicon};
pub use packed::pack;
pub use problem::{LexiconError, Problem, ProblemKind};
pub use user::{Entry, UserLexicon, WORD_LIMIT, lint};
