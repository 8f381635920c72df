//! What runs: each document through all that looks for something in it.

use std::sync::Arc;

use super::agree::{self, Cutting};
use super::shorthand::Shorthand;
use super::speech::Speech;
use super::term::Terms;
use super::value::{ValueScratch, Values, reconcile};
use super::{
    ContextOptions, ModelTagger, PosTagger, TagMethod, TagOptions, Tagger, alias, context, issuer,
    place, quote, title,
};
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::TagScratch;
use crate::record::{Entity, Hop, Segmented, Tagged};
use crate::stage::{Map, Output};

/// The `tag` hop.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    tagger: Option<Arc<dyn Tagger>>,
    /// For short forms, which are looked for where names are.
    lexicon: Option<Lexicon>,
    context: ContextOptions,
    values: Option<Arc<Values>>,
    terms: Option<Terms>,
    titles: bool,
    quotes: bool,
    shorthand: Option<Shorthand>,
    /// What words are cut anew with, if they are.
    reconcile: Option<Cutting>,
    /// Where the dictionary's parts of speech don't stay.
    speech: Option<Speech>,
}

/// A worker's memory.
#[derive(Debug, Default)]
pub struct TagHopScratch {
    values: ValueScratch,
    words: TagScratch,
}

impl Tag {
    /// As `options` say, but for the taxonomies, which come loaded ([`with_taxonomy`](Self::with_taxonomy)). The model looks at the words of `lexicon`, which is that of the segmenter.
    pub fn new(options: &TagOptions, lexicon: &Lexicon) -> Self {
        let tagger = options.entities.then(|| match options.method {
            TagMethod::Model => {
                Arc::new(ModelTagger::new(lexicon, options.convention)) as Arc<dyn Tagger>
            }
            TagMethod::Lexicon => Arc::new(PosTagger),
        });
        Self {
            tagger,
            lexicon: options.entities.then(|| lexicon.clone()),
            context: ContextOptions::default(),
            values: options.values.then(|| Arc::new(Values::new())),
            terms: None,
            titles: options.titles,
            quotes: options.quotes,
            shorthand: options.enumerations.then(Shorthand::new),
            reconcile: options.reconcile.then(|| Cutting {
                lexicon: lexicon.clone(),
                hmm: true,
            }),
            speech: Speech::new(options, lexicon),
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

    /// Knows of all documents what `context` says.
    #[must_use]
    pub fn with_context(self, context: ContextOptions) -> Self {
        Self { context, ..self }
    }

    /// Cuts words anew with jieba's hidden Markov model, as `new` has it, or without.
    #[must_use]
    pub fn with_hmm(mut self, hmm: bool) -> Self {
        if let Some(cutting) = &mut self.reconcile {
            cutting.hmm = hmm;
        }
        self
    }

    /// With another tagger, for names alone.
    pub fn with(tagger: Arc<dyn Tagger>) -> Self {
        Self {
            tagger: Some(tagger),
            ..Self::default()
        }
    }

    /// Names of persons, places and organisations: what the tagger finds, by its model and its rules, and all that the hop does for them before anything else.
    pub fn names(&self, segmented: &mut Segmented) -> Vec<Entity> {
        let mut entities = Vec::new();
        if let Some(tagger) = &self.tagger {
            tagger.tag(&segmented.document, &mut segmented.tokens, &mut entities);
            sort(&mut entities);
        }
        entities
    }

    /// All entities: names, then values, which may take the place of one; concepts; short forms of all of these; offices, which need the names; whose bodies are meant, which the offices need not know.
    fn entities(&self, segmented: &mut Segmented, scratch: &mut ValueScratch) -> Vec<Entity> {
        let mut entities = self.names(segmented);
        let (document, tokens) = (&segmented.document, &segmented.tokens);
        if let Some(values) = &self.values {
            let mut found = Vec::new();
            values.find(document, scratch, &mut found);
            reconcile(&mut entities, found);
        }
        place::find(document, &mut entities);
        if let Some(terms) = &self.terms {
            terms.find(document, tokens, &mut entities);
        }
        sort(&mut entities);
        if let Some(lexicon) = &self.lexicon {
            issuer::find(document, &mut entities);
            sort(&mut entities);
            alias::find(document, tokens, lexicon, &mut entities);
            sort(&mut entities);
        }
        if self.titles {
            title::find(document, tokens, &mut entities);
            sort(&mut entities);
        }
        if let Some(lexicon) = &self.lexicon {
            context::find(document, tokens, lexicon, &self.context, &mut entities);
            sort(&mut entities);
        }
        entities
    }
}

impl Map for Tag {
    type In = Segmented;
    type Out = Tagged;
    type Scratch = TagHopScratch;
    const HOP: Hop = Hop::Tag;

    fn scratch(&self) -> TagHopScratch {
        TagHopScratch::default()
    }

    fn map(&self, mut segmented: Segmented, scratch: &mut TagHopScratch, out: &mut Output<Tagged>) {
        let entities = self.entities(&mut segmented, &mut scratch.values);
        let mut quotes = Vec::new();
        if self.quotes {
            let (document, tokens) = (&segmented.document, &segmented.tokens);
            quote::find(document, tokens, &entities, &mut quotes);
        }
        let mut enumerations = Vec::new();
        if let Some(shorthand) = &self.shorthand {
            shorthand.find(&segmented, &entities, &mut enumerations);
            if let Some(terms) = &self.terms {
                terms.support(&segmented.document, &entities, &mut enumerations);
            }
        }
        if let Some(cutting) = &self.reconcile {
            agree::reconcile(&mut segmented, &entities, cutting);
        }
        if let Some(speech) = &self.speech {
            speech.tag(&mut segmented, &entities, &mut scratch.words);
        }
        out.items.push(Tagged {
            segmented,
            entities,
            enumerations,
            quotes,
        });
    }
}

/// Outer before inner; stable, so that a tagger decides the order of equals.
fn sort(entities: &mut [Entity]) {
    entities.sort_by_key(|entity| {
        let span = entity.span;
        (span.byte_start, std::cmp::Reverse(span.byte_end))
    });
}
