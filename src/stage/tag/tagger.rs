//! The seam for taggers.

use std::fmt::Debug;

use crate::record::{Document, Entity, Token};

/// Finds entities, and may correct parts of speech.
///
/// The contract: `tag` appends to `entities`, which the caller hands over empty, in any order; each lies in the sentence it
/// names, is not empty, and neither begins nor ends with white space. It may change the `pos` of tokens and nothing
/// else of them: words are cut by `segment`, and anew only when all is found. The answer depends on the arguments only.
pub trait Tagger: Send + Sync + Debug {
    /// Its name, for messages and plans.
    fn name(&self) -> &str;

    /// Tags one document.
    fn tag(&self, document: &Document, tokens: &mut [Token], entities: &mut Vec<Entity>);
}
