//! The `tag` hop: what is named in a document.
//!
//! ```text
//! Segmented -> [Tagger] -> Tagged
//! ```
//!
//! A [`Tagger`] reads a document and says what is named in it; [`Tag`] gives it documents and keeps its answers in the text's
//! order. There are two:
//!
//! - [`ModelTagger`], the default: a trained model over characters (`crate::model`), which names may begin and end wherever
//!   they do, then what the document says as a whole.
//!   What the sentence's own words say against the model's answers, or for more: `persons`, `others`, `phrases` with `common` and `country`, `versus`;
//!   what the document says: `consistent` with `counted`.
//! - [`PosTagger`] believes the dictionary's parts of speech where a word can be a name at all. It needs no model and is faster.
//!
//! Then comes what a grammar finds, each in a folder of its own: `value` (numbers, amounts, dates); the concepts of the pipeline's taxonomies
//! (`term`); codes of places (`place`); the organs that issued a notice (`issuer`); `alias` (short forms that the document explains), `title` (offices, and who holds them), `context` (whose 市委 it is), `quote` (who says what), `shorthand` (五个中心 with its five).
//!
//! Then words are cut anew where a name's edge lies inside one (`agree`): the only ones that the hop cuts. Last of all, they get their
//! parts of speech, if others than the dictionary's are asked for (`speech`).

mod agree;
mod alias;
mod before;
mod choice;
mod common;
mod consistent;
mod context;
mod counted;
mod country;
mod hop;
mod issuer;
mod levels;
mod model;
mod names;
mod options;
mod others;
mod persons;
mod phrases;
mod place;
mod pos;
mod put;
mod quote;
mod shorthand;
mod speech;
mod tagger;
mod term;
#[cfg(test)]
mod term_tests;
#[cfg(test)]
mod tests;
mod title;
mod value;
mod versus;

pub use context::ContextOptions;
pub use hop::{Tag, TagHopScratch};
pub use model::ModelTagger;
pub use options::{Convention, PosMethod, TagMethod, TagOptions};
pub use pos::{PosTagger, SCORE};
pub use shorthand::Shorthand;
pub use tagger::Tagger;
pub use value::{ValueScratch, Values};
