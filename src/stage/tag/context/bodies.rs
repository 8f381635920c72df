//! All that is known of whose bodies a document names.

use super::{ContextOptions, city, publisher};
use crate::lexicon::Lexicon;
use crate::record::{Document, Entity, Token};

/// Tells whose the bodies of a document are. `entities` are in order.
pub(in crate::stage::tag) fn find(
    document: &Document,
    tokens: &[Token],
    lexicon: &Lexicon,
    options: &ContextOptions,
    entities: &mut Vec<Entity>,
) {
    city::find(document, tokens, options.city.as_ref(), entities);
    if let Some(publisher) = &options.publisher {
        publisher::find(document, tokens, lexicon, publisher, entities);
    }
}
