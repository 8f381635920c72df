//! What is counted of documents: partial sums that add up in any grouping.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::DocumentFigures;
use crate::lexicon::Taxonomy;
use crate::record::{Entity, Label, Pos, Tagged};

/// How often something stands in some documents, and in how many of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How often.
    pub count: i64,
    /// In how many documents.
    pub documents: i64,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.documents += other.documents;
    }
}

/// What is counted in the documents of one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Documents.
    pub documents: i64,
    /// Sentences.
    pub sentences: i64,
    /// Words, punctuation included.
    pub tokens: i64,
    /// Characters.
    pub chars: i64,
    /// Terms by their simplified form: words other than punctuation.
    pub terms: FxHashMap<Box<str>, Sums>,
    /// Parts of speech.
    pub pos: FxHashMap<Pos, i64>,
    /// Names and concepts by label and simplified text; no values.
    pub entities: FxHashMap<Label, FxHashMap<Box<str>, Sums>>,
    /// Concepts by their IRI: mentions of them and of all narrower ones.
    pub concepts: FxHashMap<Box<str>, Sums>,
}

impl Group {
    /// Distinct items; what costs memory.
    pub fn items(&self) -> usize {
        let entities: usize = self.entities.values().map(FxHashMap::len).sum();
        self.terms.len() + self.pos.len() + entities + self.concepts.len()
    }

    fn negate(&mut self) {
        let single = [
            &mut self.documents,
            &mut self.sentences,
            &mut self.tokens,
            &mut self.chars,
        ];
        for count in single.into_iter().chain(self.pos.values_mut()) {
            *count = -*count;
        }
        negate_sums(&mut self.terms);
        self.entities.values_mut().for_each(negate_sums);
        negate_sums(&mut self.concepts);
    }

    /// Adds what another group has counted in other documents.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.sentences += other.sentences;
        self.tokens += other.tokens;
        self.chars += other.chars;
        merge_sums(&mut self.terms, other.terms);
        for (pos, count) in other.pos {
            *self.pos.entry(pos).or_default() += count;
        }
        for (label, entities) in other.entities {
            merge_sums(self.entities.entry(label).or_default(), entities);
        }
        merge_sums(&mut self.concepts, other.concepts);
    }
}

fn negate_sums(sums: &mut FxHashMap<Box<str>, Sums>) {
    for sums in sums.values_mut() {
        (sums.count, sums.documents) = (-sums.count, -sums.documents);
    }
}

fn merge_sums(to: &mut FxHashMap<Box<str>, Sums>, mut from: FxHashMap<Box<str>, Sums>) {
    // Addition does not care which side is kept.
    if to.len() < from.len() {
        std::mem::swap(to, &mut from);
    }
    for (item, sums) in from {
        *to.entry(item).or_default() += sums;
    }
}

/// Counts of some documents. Counts of disjoint sets of documents add up, in any order, to the counts of all.
///
/// Figures of the whole corpus are the sum over the groups and are not kept twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// By first day of the period of publication; `None` holds what is undated.
    pub groups: BTreeMap<Option<NaiveDate>, Group>,
    /// Of each document, in their order.
    pub documents: Vec<DocumentFigures>,
}

impl Counts {
    /// Distinct items over all groups; what costs memory.
    pub fn items(&self) -> usize {
        self.groups.values().map(Group::items).sum()
    }

    /// What takes these counts away again where it is added: those of documents that are not there any more.
    #[must_use]
    pub fn negated(mut self) -> Self {
        for group in self.groups.values_mut() {
            group.negate();
        }
        self.documents.clear();
        self
    }

    /// Adds counts of later documents.
    pub fn merge(&mut self, other: Self) {
        for (period, group) in other.groups {
            self.groups.entry(period).or_default().merge(group);
        }
        self.documents.extend(other.documents);
    }
}

/// A running count of one item: when it was last met tells a document's first from its later ones.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    sums: Sums,
    /// The number of the last document that has it, from 1.
    last: u32,
}

impl Tally {
    /// Counts one; whether it is the first in this document.
    fn meet(&mut self, document: u32) -> bool {
        let first = self.last != document;
        self.sums.count += 1;
        self.sums.documents += i64::from(first);
        self.last = document;
        first
    }
}

type Tallies = FxHashMap<Box<str>, Tally>;

/// Looks up before it allocates: one allocation for each distinct item of a batch.
fn meet(tallies: &mut Tallies, item: &str, document: u32) -> bool {
    if let Some(tally) = tallies.get_mut(item) {
        return tally.meet(document);
    }
    tallies.entry(item.into()).or_default().meet(document)
}

/// Counts one batch of documents.
#[derive(Debug, Default)]
pub(super) struct Counter {
    groups: BTreeMap<Option<NaiveDate>, OpenGroup>,
    documents: Vec<DocumentFigures>,
    /// Documents so far; the marks in the tallies.
    number: u32,
}

#[derive(Debug, Default)]
struct OpenGroup {
    group: Group,
    /// All words that may be terms.
    words: Tallies,
    /// Words that may not: punctuation.
    marks: Tallies,
    entities: FxHashMap<Label, Tallies>,
    concepts: Tallies,
}

/// The score from which on it is clear which concept is meant; of several only one can have it.
const CLEAR: f32 = 0.6;

impl Counter {
    /// Counts a document into the group of `period`; its concepts as `taxonomy` has them, which found them.
    pub(super) fn add(
        &mut self,
        tagged: &Tagged,
        period: Option<NaiveDate>,
        taxonomy: Option<&Taxonomy>,
    ) {
        self.number += 1;
        let number = self.number;
        let open = self.groups.entry(period).or_default();
        let document = &tagged.segmented.document;
        let tokens = &tagged.segmented.tokens;
        let view = document.view();
        let mut types = 0;
        for token in tokens {
            let word = token.span.of(view);
            let tallies = if is_term(token.pos, word) {
                &mut open.words
            } else {
                &mut open.marks
            };
            types += u32::from(meet(tallies, word, number));
            *open.group.pos.entry(token.pos).or_default() += 1;
        }
        // Nearly every amount is another one: values would make the counts as long as the corpus.
        let names = tagged.entities.iter();
        for entity in names.filter(|entity| !entity.label.is_value()) {
            let tallies = open.entities.entry(entity.label).or_default();
            // A short form counts for what it stands for.
            let full = entity.full.as_ref().map(|full| full.simplified(document));
            meet(
                tallies,
                full.unwrap_or_else(|| entity.span.of(view)),
                number,
            );
        }
        if let Some(taxonomy) = taxonomy {
            count_concepts(&mut open.concepts, taxonomy, &tagged.entities, number);
        }
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let figures = DocumentFigures {
            id: document.id,
            chars: document.chars,
            tokens: count(tokens.len()),
            types,
            sentences: count(document.sentences.len()),
            sentence_chars: document.sentences.iter().map(|it| it.span.char_len()).sum(),
            han_ratio: document.quality.han_ratio,
        };
        open.group.documents += 1;
        open.group.sentences += i64::from(figures.sentences);
        open.group.tokens += i64::from(figures.tokens);
        open.group.chars += i64::from(figures.chars);
        self.documents.push(figures);
    }

    /// The counts so far; begins anew. Without `terms`, terms are left out.
    pub(super) fn finish(&mut self, terms: bool) -> Counts {
        self.number = 0;
        let groups = std::mem::take(&mut self.groups).into_iter();
        let close = |open: OpenGroup| {
            let mut group = open.group;
            if terms {
                group.terms = closed(open.words);
            }
            let entities = open.entities.into_iter();
            group.entities = entities
                .map(|(label, tallies)| (label, closed(tallies)))
                .collect();
            group.concepts = closed(open.concepts);
            group
        };
        Counts {
            groups: groups.map(|(period, open)| (period, close(open))).collect(),
            documents: std::mem::take(&mut self.documents),
        }
    }
}

/// Each mention counts for its concept and for all that are broader, once for each.
fn count_concepts(to: &mut Tallies, taxonomy: &Taxonomy, entities: &[Entity], document: u32) {
    let concepts = taxonomy.concepts();
    for entity in entities.iter().filter(|entity| entity.score >= CLEAR) {
        let iri = entity.concept.as_deref();
        let place = iri.and_then(|iri| taxonomy.place_of(iri));
        for one in place.into_iter().flat_map(|at| &concepts[at].within) {
            meet(to, &concepts[*one].iri, document);
        }
    }
}

fn closed(tallies: Tallies) -> FxHashMap<Box<str>, Sums> {
    tallies
        .into_iter()
        .map(|(item, tally)| (item, tally.sums))
        .collect()
}

/// Whether a word counts as a term: it has a letter or a digit, Chinese characters among them, whatever its tag. A word may also be punctuation by
/// its tag alone: a user's engine or lexicon may say `w`.
fn is_term(pos: Pos, word: &str) -> bool {
    !matches!(pos.as_str(), "w" | "PUNCT" | "SYM") && word.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_a_letter_or_a_digit_whatever_their_tag() {
        for (word, tag, expected) in [
            ("石桥", "n", true),
            ("石桥", "x", true),
            ("3", "m", true),
            ("Ｅ５", "eng", true),
            ("。", "x", false),
            ("😀", "m", false),
            ("°", "NOUN", false),
            ("——", "w", false),
            ("＋", "SYM", false),
        ] {
            let tag = Pos::new(tag).unwrap();
            assert_eq!(is_term(tag, word), expected, "{word}/{tag}");
        }
    }
}
