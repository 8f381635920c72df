//! Mentions of a taxonomy's concepts: TERM entities.
//!
//! ```text
//! view, tokens -> labels that begin and end where words do -> concepts meant on the document's day -> which of several -> entities
//! ```
//!
//! A label is found where it neither begins nor ends inside a word: 经济 is not mentioned by 经济学, which is one word; of those that
//! begin at one place the longest that fits is taken. What several concepts are
//! called is the one that the document speaks of besides: whose broader or narrower concepts, or those beside it, it names
//! by a label of their own. Where that is none or several, there is a row for each, and their scores add up to one.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::lexicon::{Concept, Taxonomy};
use crate::record::{Document, Entity, Label, Method, Token};
use crate::text::Span;

/// How sure it is which concept is meant where the document told.
const TOLD: f32 = 0.9;

/// Finds the concepts of a taxonomy.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    taxonomy: Taxonomy,
}

/// A label in the text.
struct Mention {
    sentence: u32,
    span: Span,
    /// Places of the concepts that it may mean.
    concepts: Vec<usize>,
}

impl Terms {
    pub(super) fn new(taxonomy: Taxonomy) -> Self {
        Self { taxonomy }
    }

    /// Appends the mentions of a document, in order.
    pub(super) fn find(&self, document: &Document, tokens: &[Token], entities: &mut Vec<Entity>) {
        let concepts = self.taxonomy.concepts();
        let mentions = self.mentions(document, tokens);
        let known = Known::new(concepts, &mentions);
        for mention in &mentions {
            let told = known.told(concepts, &mention.concepts);
            let (meant, score) = match (told, mention.concepts.as_slice()) {
                (_, [only]) => (std::slice::from_ref(only), 1.0),
                (Some(at), _) => (&mention.concepts[at..=at], TOLD),
                (None, several) => (several, share(several.len())),
            };
            entities.extend(meant.iter().map(|concept| Entity {
                sentence: mention.sentence,
                label: Label::Term,
                span: mention.span,
                quantity: None,
                titles: Vec::new(),
                full: None,
                concept: Some(Arc::clone(&concepts[*concept].iri)),
                method: Method::Lexicon,
                score,
            }));
        }
    }

    fn mentions(&self, document: &Document, tokens: &[Token]) -> Vec<Mention> {
        let concepts = self.taxonomy.concepts();
        let mut mentions = Vec::new();
        let mut rest = tokens;
        self.taxonomy
            .each_mention(document.view(), |bytes, having| {
                // Mentions come in order, so that the tokens are passed over once.
                let before =
                    rest.partition_point(|token| token.span.byte_start.get() < bytes.start);
                rest = rest.get(before..).unwrap_or_default();
                let covered = rest.partition_point(|token| token.span.byte_end.get() <= bytes.end);
                let Some([first, .., last] | [first @ last]) = rest.get(..covered) else {
                    return false;
                };
                let span = first.span.to(last.span);
                let is_whole =
                    span.byte_start.get() == bytes.start && span.byte_end.get() == bytes.end;
                if !is_whole || first.sentence != last.sentence {
                    return false;
                }
                let valid = |at: &&usize| concepts[**at].is_valid(document.published);
                let concepts: Vec<usize> = having.iter().filter(valid).copied().collect();
                let any = !concepts.is_empty();
                if any {
                    mentions.push(Mention {
                        sentence: first.sentence,
                        span,
                        concepts,
                    });
                }
                any
            });
        mentions
    }
}

/// What a document speaks of for sure, and what is near to that.
struct Known {
    /// Concepts named by a label of their own.
    sure: FxHashSet<usize>,
    /// All that are broader than one of them.
    above: FxHashSet<usize>,
    /// Those right above one of them: what else is there stands beside it.
    parents: FxHashSet<usize>,
}

impl Known {
    fn new(concepts: &[Concept], mentions: &[Mention]) -> Self {
        let sure = mentions
            .iter()
            .filter_map(|mention| match *mention.concepts {
                [only] => Some(only),
                _ => None,
            });
        let sure: FxHashSet<usize> = sure.collect();
        let above = sure.iter().flat_map(|at| &concepts[*at].within);
        let parents = sure.iter().flat_map(|at| &concepts[*at].broader);
        Self {
            above: above.copied().collect(),
            parents: parents.copied().collect(),
            sure,
        }
    }

    /// Of several concepts the place of the only one that is near to what is known.
    fn told(&self, concepts: &[Concept], several: &[usize]) -> Option<usize> {
        let is_near = |at: usize| {
            let Concept {
                within, broader, ..
            } = &concepts[at];
            self.above.contains(&at)
                || within.iter().any(|one| self.sure.contains(one))
                || broader.iter().any(|one| self.parents.contains(one))
        };
        let mut near = (0..several.len()).filter(|at| is_near(several[*at]));
        let found = near.next()?;
        near.next().is_none().then_some(found)
    }
}

fn share(of: usize) -> f32 {
    1.0 / f32::from(u16::try_from(of).unwrap_or(u16::MAX))
}
