//! Dictionaries: jieba's own, with the user's words merged in.
//!
//! A [`Lexicon`] is immutable and shared by all workers; cloning one costs a reference count. The rest of the path sees
//! words, places and tags, and nothing of what is behind.
//!
//! ```text
//! data/dictionary.zst -> packed ----------------------> trie -> cut (+ hmm, guess) -> words with tags
//!                             `-> words -> merge, builder -^
//! users' files -> user --------------------^
//! ```
//!
//! Cutting is what a pipeline does most of the time, and waiting for the dictionary's memory is most of cutting. So the
//! engine is our own, over jieba's data, with jieba-rs's answers to the last bit (`merge` says where users' words differ); tests hold it to that. jieba-rs
//! itself is asked for one thing only, the tags of words that the dictionary lacks.
//!
//! Two ways lead from a text back to a lexicon: [`Lexicon::explain`] says why a text is cut as it is, and [`Survey`] with [`Study`]
//! proposes words that are missing.
//!
//! Beside cutting, the words serve to find characters that a machine read wrongly: `suspect`.
//!
//! What has changed from one vocabulary to another, and which texts that bears on, is for [`Changes`].
//!
//! What a text speaks of under several names is for `taxonomy`; which of its places have a code, for `gazetteer`.
//!
//! A user lexicon is a UTF-8 file of lines `word`, `word⇥frequency` or `word⇥frequency⇥tag`; `#` begins a comment line.
//! Write words in simplified script: engines read the simplified view of a text, so that a word in traditional script
//! would never be met. [`lint`] says everything that is wrong with such a file at once.

mod alphabet;
mod builder;
mod changes;
mod cut;
mod dictionary;
mod discover;
mod explain;
#[cfg(test)]
mod explain_tests;
mod gazetteer;
mod guess;
mod hmm;
mod merge;
mod packed;
mod problem;
#[cfg(test)]
mod reference;
mod script;
mod suspect;
mod taxonomy;
#[cfg(test)]
mod tests;
mod trie;
mod user;
mod words;

pub use changes::Changes;
pub use dictionary::{Hit, Lexicon, MatchScratch};
pub use discover::{DiscoverOptions, Discovery, Found, Study, Survey};
pub use explain::{Explanation, How, Origin, Weighed, WordOf};
pub use gazetteer::{Gazetteer, Place};
pub use packed::pack;
pub use problem::{LexiconError, Problem, ProblemKind};
pub use suspect::{Suspect, Suspects, is_confusable};
pub use taxonomy::{
    Concept, Passage, Scheme, Taxonomy, TaxonomyError, TaxonomyProblem, shipped_taxonomies,
    write_schemes,
};
pub use user::{CHARS_LIMIT, Entry, UserLexicon, WORD_LIMIT, lint};
