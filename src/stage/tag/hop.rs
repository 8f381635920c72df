//! What runs: each document through the tagger.

use std::sync::Arc;

use super::value::{ValueScratch, Values, reconcile};
use super::{ModelTagger, PosTagger, TagMethod, TagOptions, Tagger};
use crate::lexicon::Lexicon;
use crate::record::{Hop, Segmented, Tagged};
use crate::stage::{Map, Output};

/// The `tag` hop.
#[derive(Clone, Debug)]
pub struct Tag {
    tagger: Option<Arc<dyn Tagger>>,
    values: Option<Arc<Values>>,
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
        let values = options.values.then(|| Arc::new(Values::new()));
        Self { tagger, values }
    }

    /// With another tagger, for names alone.
    pub fn with(tagger: Arc<dyn Tagger>) -> Self {
        Self {
            tagger: Some(tagger),
            values: None,
        }
    }
}

impl Map for Tag {
    type In = Segmented;
    type Out = Tagged;
    type Scratch = ValueScratch;
    const HOP: Hop = Hop::Tag;

    fn scratch(&self) -> ValueScratch {
        ValueScratch::default()
    }

    fn map(&self, mut segmented: Segmented, scratch: &mut ValueScratch, out: &mut Output<Tagged>) {
        let mut entities = Vec::new();
        if let Some(tagger) = &self.tagger {
            tagger.tag(&segmented.document, &mut segmented.tokens, &mut entities);
        }
        if let Some(values) = &self.values {
            let mut found = Vec::new();
            values.find(&segmented.document, scratch, &mut found);
            reconcile(&mut entities, found);
        }
        // Outer before inner; stable, so that a tagger decides the order of equals.
        entities.sort_by_key(|entity| {
            let span = entity.span;
            (span.byte_start, std::cmp::Reverse(span.byte_end))
        });
        out.items.push(Tagged {
            segmented,
            entities,
            enumerations: Vec::new(),
            quotes: Vec::new(),
        });
    }
}
