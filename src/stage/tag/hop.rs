//! What runs: each document through the tagger.

use std::sync::Arc;

use super::shorthand::Shorthand;
use super::term::Terms;
use super::{ModelTagger, PosTagger, TagMethod, TagOptions, Tagger};
use crate::lexicon::{Lexicon, Taxonomy};
use crate::record::{Hop, Segmented, Tagged};
use crate::stage::{Map, Output};

/// The `tag` hop.
#[derive(Clone, Debug)]
pub struct Tag {
    tagger: Option<Arc<dyn Tagger>>,
    terms: Option<Terms>,
    shorthand: Option<Shorthand>,
}

impl Tag {
    /// As `options` say. The model looks at the words of `lexicon`, which is that of the segmenter.
    pub fn new(options: &TagOptions, lexicon: &Lexicon) -> Self {
        let tagger = options.entities.then(|| match options.method {
            TagMethod::Model => {
                Arc::new(ModelTagger::new(lexicon, options.convention)) as Arc<dyn Tagger>
            }
            TagMethod::Lexicon => Arc::new(PosTagger),
        });
        Self {
            tagger,
            terms: None,
            shorthand: options.enumerations.then(Shorthand::new),
        }
    }

    /// Looks for the concepts of a taxonomy, too.
    #[must_use]
    pub fn with_taxonomy(self, taxonomy: Taxonomy) -> Self {
        Self {
            terms: Some(Terms::new(taxonomy)),
            ..self
        }
    }

    /// With another tagger.
    pub fn with(tagger: Arc<dyn Tagger>) -> Self {
        Self {
            tagger: Some(tagger),
            terms: None,
            shorthand: None,
        }
    }
}

impl Map for Tag {
    type In = Segmented;
    type Out = Tagged;
    type Scratch = ();
    const HOP: Hop = Hop::Tag;

    fn scratch(&self) {}

    fn map(&self, mut segmented: Segmented, (): &mut (), out: &mut Output<Tagged>) {
        let mut entities = Vec::new();
        if let Some(tagger) = &self.tagger {
            tagger.tag(&segmented.document, &mut segmented.tokens, &mut entities);
        }
        if let Some(terms) = &self.terms {
            terms.find(&segmented.document, &segmented.tokens, &mut entities);
        }
        // Outer before inner; stable, so that a tagger decides the order of equals.
        entities.sort_by_key(|entity| {
            let span = entity.span;
            (span.byte_start, std::cmp::Reverse(span.byte_end))
        });
        let mut enumerations = Vec::new();
        if let Some(shorthand) = &self.shorthand {
            shorthand.find(&segmented, &entities, &mut enumerations);
        }
        out.items.push(Tagged {
            segmented,
            entities,
            enumerations,
            quotes: Vec::new(),
        });
    }
}
