//! Two taxonomies against each other: which labels mean something else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Taxonomy;

/// The days between which a concept is meant.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// All of a concept that bears on a document which names it: nothing else of a taxonomy does.
#[derive(PartialEq, Eq)]
struct Meaning<'t> {
    iri: &'t str,
    days: Days,
    /// What tells which of several concepts is meant.
    broader: BTreeSet<&'t str>,
    /// What a mention counts for.
    within: BTreeSet<&'t str>,
    /// The members of a name that counts.
    narrower: BTreeSet<(&'t str, Days)>,
}

/// The labels, in simplified script, that one of the two lacks, or that have other concepts in them, or concepts of which something
/// else is said, be it of what lies above or right below them.
pub(in crate::lexicon) fn changed_labels(
    was: Option<&Taxonomy>,
    now: Option<&Taxonomy>,
) -> Vec<String> {
    let (was, now) = (meanings(was), meanings(now));
    let labels: BTreeSet<&str> = was.keys().chain(now.keys()).copied().collect();
    let changed = labels
        .into_iter()
        .filter(|label| was.get(label) != now.get(label));
    changed.map(str::to_owned).collect()
}

/// For each label what it may mean, in the order of the concepts, which is that of rows.
fn meanings(taxonomy: Option<&Taxonomy>) -> BTreeMap<&str, Vec<Meaning<'_>>> {
    let Some(taxonomy) = taxonomy else {
        return BTreeMap::new();
    };
    let concepts = taxonomy.concepts();
    let iri = |at: &usize| &*concepts[*at].iri;
    let days = |at: usize| (concepts[at].valid_from, concepts[at].valid_through);
    let mut below: Vec<BTreeSet<(&str, Days)>> = vec![BTreeSet::new(); concepts.len()];
    for (at, concept) in concepts.iter().enumerate() {
        for broader in &concept.broader {
            below[*broader].insert((&concept.iri, days(at)));
        }
    }
    let meaning = |at: &usize| Meaning {
        iri: iri(at),
        days: days(*at),
        broader: concepts[*at].broader.iter().map(iri).collect(),
        within: concepts[*at].within.iter().map(iri).collect(),
        narrower: below[*at].clone(),
    };
    let labels = taxonomy.labels().iter();
    labels
        .map(|(label, having)| (label.as_str(), having.iter().map(meaning).collect()))
        .collect()
}
