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
//!
//! Where a name that counts (三大业务) is a concept, and the document does not state what it counts, the concepts right below are its members, if
//! they are as many and the document names each of them somewhere.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Concept, Taxonomy};
use crate::record::{Document, Entity, Enumeration, Evidence, Label, Member, Method, Token};
use crate::text::Span;

/// How sure it is which concept is meant where the document told.
const TOLD: f32 = 0.9;

/// Finds the concepts of a taxonomy.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    taxonomy: Taxonomy,
    /// For each concept those right below it; places among the concepts.
    narrower: Arc<Vec<Vec<usize>>>,
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
        let concepts = taxonomy.concepts();
        let mut narrower = vec![Vec::new(); concepts.len()];
        for (at, concept) in concepts.iter().enumerate() {
            for broader in &concept.broader {
                narrower[*broader].push(at);
            }
        }
        let narrower = Arc::new(narrower);
        Self { taxonomy, narrower }
    }

    /// Gives members to enumerations of which the text states none, and whose name is a concept with as many narrower ones as declared, all of
    /// which the document names: their first mentions. `entities` are in order.
    pub(super) fn support(
        &self,
        document: &Document,
        entities: &[Entity],
        enumerations: &mut [Enumeration],
    ) {
        let bare = |one: &Enumeration| one.members.is_empty() && one.declared.is_some();
        if !enumerations.iter().any(bare) {
            return;
        }
        let clear = entities.iter().filter(|one| one.score >= TOLD);
        let named = clear.filter_map(|one| {
            let place = self.taxonomy.place_of(one.concept.as_deref()?)?;
            Some((place, one.span))
        });
        let mut first: FxHashMap<usize, Span> = FxHashMap::default();
        let mut by_span: FxHashMap<Span, usize> = FxHashMap::default();
        for (place, span) in named {
            first.entry(place).or_insert(span);
            by_span.insert(span, place);
        }
        for one in enumerations.iter_mut().filter(|one| bare(one)) {
            let concept = by_span.get(&one.span).copied();
            let members = concept.and_then(|at| self.members(at, one, document, &first));
            if let Some(members) = members {
                one.members = members;
                one.complete = true;
                one.evidence = Evidence::Taxonomy;
            }
        }
    }

    /// The first mentions of all that is right below a concept, in the order of the text, if they are as many as declared.
    fn members(
        &self,
        concept: usize,
        enumeration: &Enumeration,
        document: &Document,
        first: &FxHashMap<usize, Span>,
    ) -> Option<Vec<Member>> {
        let concepts = self.taxonomy.concepts();
        let below = self.narrower.get(concept)?.iter();
        let below: Vec<usize> = below
            .copied()
            .filter(|at| concepts[*at].is_valid(document.published))
            .collect();
        if below.is_empty() || i32::try_from(below.len()).ok() != enumeration.declared {
            return None;
        }
        let spans: Option<Vec<Span>> = below.iter().map(|at| first.get(at).copied()).collect();
        let mut spans = spans?;
        spans.sort_by_key(|span| span.byte_start);
        let member = |span: Span| Member {
            text: span.of(&document.text).to_owned(),
            span,
        };
        Some(spans.into_iter().map(member).collect())
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
