//! Columns and counts of a batch.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Counts, Sums, Tabulate, Tabulated};
use crate::lexicon::Taxonomy;
use crate::record::{BatchHead, Label, Place, Tagged};
use crate::stage::aggregate::{AggregateOptions, Period};
use crate::stage::segment::fixture::{document, only, prose, segmented, tagged};
use crate::stage::tag::{PosTagger, Tag};
use crate::stage::{Map, Output};
use crate::table::TableId;

const EPOCH: i64 = 3;

fn head() -> BatchHead {
    BatchHead {
        sequence: 0,
        epoch: EPOCH,
        weight: 0,
        closes: None,
    }
}

fn batch(hop: &Tabulate, items: impl IntoIterator<Item = Tagged>) -> Tabulated {
    let (mut scratch, mut out) = (hop.scratch(), Output::default());
    for item in items {
        hop.map(item, &mut scratch, &mut out);
    }
    hop.close(&head(), &mut scratch, &mut out);
    out.items.pop().unwrap_or_default()
}

fn counting() -> Tabulate {
    Tabulate::new(&TableId::ALL, &AggregateOptions::default())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dated(record: i64, text: &str, published: Option<&str>) -> Tagged {
    let mut document = document(&Place::new("a.jsonl", record), text);
    document.published = published.map(day);
    tagged(document)
}

fn sums(count: i64, documents: i64) -> Sums {
    Sums { count, documents }
}

#[test]
fn counts_are_by_period_and_document() {
    let counts = batch(
        &counting(),
        [
            dated(0, "北京，北京。上海。", Some("2024-02-29")),
            dated(1, "上海。", Some("2024-02-01")),
            dated(2, "北京", None),
        ],
    )
    .counts;
    let february = &counts.groups[&Some(day("2024-02-01"))];
    assert_eq!((february.documents, february.sentences), (2, 3));
    // 北京 ， 北京 。 上海 。 and 上海 。
    assert_eq!((february.tokens, february.chars), (8, 12));
    assert_eq!(february.terms["北京"], sums(2, 1));
    assert_eq!(february.terms["上海"], sums(2, 2));
    assert_eq!(february.terms.len(), 2, "punctuation is no term");
    assert_eq!(february.entities[&Label::Location]["上海"], sums(2, 2));
    let undated = &counts.groups[&None];
    assert_eq!(undated.terms["北京"], sums(1, 1));
    assert_eq!(undated.pos.values().sum::<i64>(), undated.tokens);
}

#[test]
fn values_are_no_entities_to_count() {
    let mut tagged = dated(0, "上海有30座桥。", None);
    let mut value = tagged.entities[0].clone();
    value.label = Label::Quantity;
    tagged.entities.push(value);
    let counts = batch(&counting(), [tagged]).counts;
    let labels: Vec<&Label> = counts.groups[&None].entities.keys().collect();
    assert_eq!(labels, [&Label::Location]);
}

#[test]
fn figures_of_a_document_count_punctuation_as_words() {
    let counts = batch(&counting(), [dated(0, "北京，北京。上海。", None)]).counts;
    let [figures] = counts.documents.as_slice() else {
        panic!("one document")
    };
    assert_eq!((figures.tokens, figures.types), (6, 4));
    // Two sentences of 6 and 3 characters.
    assert!((figures.mean_sentence_length() - 4.5).abs() < f64::EPSILON);
}

#[test]
fn a_document_without_text_has_figures_of_zero() {
    let counts = batch(&counting(), [dated(0, "", None)]).counts;
    assert!(
        counts.documents[0]
            .named()
            .iter()
            .all(|(_, value)| *value == 0.0)
    );
}

#[test]
fn unplaced_words_with_letters_are_terms() {
    let counts = batch(&counting(), [dated(0, "龘。α，……", None)]).counts;
    let mut terms: Vec<&str> = counts.groups[&None]
        .terms
        .keys()
        .map(AsRef::as_ref)
        .collect();
    terms.sort_unstable();
    assert_eq!(terms, ["α", "龘"]);
}

#[test]
fn terms_can_be_left_out_without_a_change_to_the_other_figures() {
    let options = AggregateOptions {
        terms: false,
        ..AggregateOptions::default()
    };
    let make = || [dated(0, "北京，北京。", None)];
    let without = batch(&Tabulate::new(&TableId::ALL, &options), make()).counts;
    let mut with = batch(&counting(), make()).counts;
    assert!(without.groups[&None].terms.is_empty());
    with.groups.get_mut(&None).unwrap().terms.clear();
    assert_eq!(without, with);
}

#[test]
fn traditional_words_count_by_their_simplified_form() {
    let mut traditional = document(&Place::new("a.txt", 0), "經濟");
    traditional.simplified = Some("经济".to_owned());
    let both = [tagged(traditional), dated(1, "经济", None)];
    let counts = batch(&counting(), both).counts;
    assert_eq!(counts.groups[&None].terms["经济"], sums(2, 2));
}

#[test]
fn a_mention_counts_for_its_concept_and_all_broader_ones_if_it_is_clear() {
    let turtle = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:x:a> skos:narrower <urn:x:b>, <urn:x:c> ; skos:prefLabel '城市' .
        <urn:x:b> skos:prefLabel '北京' . <urn:x:c> skos:prefLabel '上海' .";
    let taxonomy = Taxonomy::parse(&[(Path::new("t.ttl"), turtle.as_bytes())]).unwrap();
    let tag = Tag::with(Arc::new(PosTagger)).with_taxonomy(taxonomy.clone());
    let make = |record, text, clear: bool| {
        let document = document(&Place::new("a.jsonl", record), text);
        let mut tagged = only(&tag, segmented(document));
        for term in tagged
            .entities
            .iter_mut()
            .filter(|one| one.label == Label::Term)
        {
            term.score = if clear { 1.0 } else { 0.5 };
        }
        tagged
    };
    let hop = counting().with_taxonomy(Some(taxonomy));
    let items = [
        make(0, "北京，北京。上海。", true),
        make(1, "上海。", true),
        make(2, "北京。", false),
    ];
    let counts = batch(&hop, items).counts;
    let concepts = &counts.groups[&None].concepts;
    assert_eq!(concepts["urn:x:a"], sums(4, 2));
    assert_eq!(concepts["urn:x:b"], sums(2, 1));
    assert_eq!(concepts["urn:x:c"], sums(2, 2));
}

#[test]
fn nothing_is_counted_when_metrics_are_not_wanted() {
    let hop = Tabulate::new(
        &[TableId::Documents, TableId::Tokens],
        &AggregateOptions::default(),
    );
    let made = batch(&hop, [dated(0, "北京。", None)]);
    assert_eq!(made.counts, Counts::default());
    assert_eq!(made.tables.get(TableId::Tokens).unwrap().num_rows(), 2);
    assert!(made.tables.get(TableId::Sentences).is_none());
}

#[test]
fn documents_are_booked_by_source_in_their_order() {
    let item = |source: &str, record| tagged(document(&Place::new(source, record), "北京"));
    let made = batch(
        &counting(),
        [item("a", 0), item("a", 1), item("b", 0), item("a", 2)],
    );
    let booked: Vec<(&str, i32)> = made
        .documents
        .iter()
        .map(|(s, n)| (s.as_ref(), *n))
        .collect();
    assert_eq!(booked, [("a", 2), ("b", 1), ("a", 1)]);
}

#[test]
fn a_batch_without_documents_makes_nothing_and_scratch_serves_again() {
    let hop = counting();
    let (mut scratch, mut out) = (hop.scratch(), Output::default());
    hop.close(&head(), &mut scratch, &mut out);
    assert!(out.items.is_empty());
    for _ in 0..2 {
        hop.map(dated(0, "北京。北京", None), &mut scratch, &mut out);
        hop.close(&head(), &mut scratch, &mut out);
    }
    assert_eq!(out.items[0].counts, out.items[1].counts);
    let rows = |at: usize| out.items[at].tables.get(TableId::Tokens).unwrap();
    assert_eq!(rows(0), rows(1));
}

#[test]
fn periods_are_as_the_options_say() {
    for (period, first) in [
        (Period::Day, "2024-05-17"),
        (Period::Month, "2024-05-01"),
        (Period::Year, "2024-01-01"),
    ] {
        let options = AggregateOptions {
            period,
            ..AggregateOptions::default()
        };
        let hop = Tabulate::new(&[TableId::Metrics], &options);
        let counts = batch(&hop, [dated(0, "北京", Some("2024-05-17"))]).counts;
        assert!(counts.groups.contains_key(&Some(day(first))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_of_parts_add_up_to_the_counts_of_the_whole(
        texts in prop::collection::vec((prose(), prop::option::of(1_u32..4)), 1..8),
        at in 0_usize..8,
    ) {
        let documents: Vec<Tagged> = (0..)
            .zip(&texts)
            .map(|(record, (text, month))| {
                let published = month.map(|month| format!("2024-{month:02}-15"));
                dated(record, text, published.as_deref())
            })
            .collect();
        let (first, second) = documents.split_at(at.min(documents.len()));
        let whole = batch(&counting(), documents.clone()).counts;
        let mut merged = batch(&counting(), first.to_vec()).counts;
        merged.merge(batch(&counting(), second.to_vec()).counts);
        prop_assert_eq!(&merged, &whole);
        prop_assert!(whole.items() > 0 || whole.groups.values().all(|group| group.tokens == 0));
    }
}
