//! The `tag` hop: what is named in a document.
//!
//! ```text
//! Segmented -> [Tagger] -> Tagged
//! ```
//!
//! A [`Tagger`] reads words and says what stands on them; [`Tag`] gives it documents and keeps its answers in the text's
//! order. The first one, [`PosTagger`], believes the dictionary's parts of speech where a word
//! can be a name at all. The hop never cuts words anew.

mod hop;
mod names;
mod options;
mod pos;
mod tagger;
#[cfg(test)]
mod tests;

pub use hop::Tag;
pub use options::TagOptions;
pub use pos::{PosTagger, SCORE};
pub use tagger::Tagger;
