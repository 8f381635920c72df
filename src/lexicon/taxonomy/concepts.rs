//! The taxonomy: concepts, what lies above them, and the search for their labels.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::problem::{TaxonomyError, TaxonomyProblem};
use super::read::{Draft, Drafts, text_of};
use crate::record::hex;
use crate::text::{ScriptEvidence, simplified_view};

/// Concepts above one, at most: a hierarchy that people can follow has a dozen.
const ABOVE: usize = 256;

/// A concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its IRI.
    pub iri: Arc<str>,
    /// Those right above it; places among the concepts.
    pub broader: Vec<usize>,
    /// Itself and all that are broader, over any number of steps; places among the concepts, ascending.
    pub within: Vec<usize>,
    /// The first day on which it is meant.
    pub valid_from: Option<NaiveDate>,
    /// The last.
    pub valid_through: Option<NaiveDate>,
}

impl Concept {
    /// Whether it may be meant on that day. On a day that is not known all may.
    pub fn is_valid(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| {
            self.valid_from.is_none_or(|from| from <= day)
                && self.valid_through.is_none_or(|through| day <= through)
        })
    }
}

/// Concepts and their labels; immutable, cheap to clone.
///
/// ```
/// # use std::path::Path;
/// use cihe::lexicon::Taxonomy;
/// let turtle = r#"
///     @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
///     <urn:x:港口> a skos:Concept ; skos:prefLabel "云溪港"@zh-Hans .
///     <urn:x:码头> a skos:Concept ; skos:prefLabel "云溪港码头"@zh-Hans ; skos:broader <urn:x:港口> .
/// "#;
/// let taxonomy = Taxonomy::parse(&[(Path::new("ports.ttl"), turtle.as_bytes())])?;
/// let mut found = Vec::new();
/// taxonomy.each_mention("船到云溪港码头。", |bytes, concepts| {
///     found.push((bytes, concepts.to_vec()));
///     true
/// });
/// assert_eq!(found, [(6..21, vec![1])]);
/// assert_eq!(taxonomy.concepts()[1].within, [0, 1]);
/// # Ok::<(), cihe::lexicon::TaxonomyError>(())
/// ```
#[derive(Clone)]
pub struct Taxonomy {
    inner: Arc<Inner>,
}

struct Inner {
    concepts: Vec<Concept>,
    by_iri: FxHashMap<Arc<str>, usize>,
    /// None where there is no label.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Each label in simplified script, and the concepts that have it, ascending.
    labels: Vec<(String, Vec<usize>)>,
    warnings: Vec<TaxonomyProblem>,
    fingerprint: String,
}

impl fmt::Debug for Taxonomy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taxonomy")
            .field("concepts", &self.inner.concepts.len())
            .field("labels", &self.inner.labels.len())
            .finish_non_exhaustive()
    }
}

impl Taxonomy {
    /// The taxonomy that files make together; a name of [`shipped_taxonomies`](super::shipped_taxonomies) stands for that one.
    ///
    /// # Errors
    ///
    /// A file that can't be read, and all that is wrong with the others.
    pub fn load(paths: &[PathBuf]) -> Result<Self, TaxonomyError> {
        Self::of_texts(paths, &Self::texts(paths)?)
    }

    /// The texts of files, for [`of_texts`](Self::of_texts).
    ///
    /// # Errors
    ///
    /// A file that can't be read.
    pub fn texts(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, TaxonomyError> {
        paths.iter().map(|path| text_of(path)).collect()
    }

    /// The taxonomy that the texts of these files make together.
    ///
    /// # Errors
    ///
    /// All that is wrong with them.
    pub fn of_texts(paths: &[PathBuf], texts: &[Vec<u8>]) -> Result<Self, TaxonomyError> {
        let files = paths.iter().map(PathBuf::as_path);
        let files: Vec<_> = files.zip(texts.iter().map(Vec::as_slice)).collect();
        Self::parse(&files)
    }

    /// The same of texts, whose paths are for messages only.
    ///
    /// # Errors
    ///
    /// All that is wrong with them.
    pub fn parse(files: &[(&Path, &[u8])]) -> Result<Self, TaxonomyError> {
        let mut drafts = Drafts::default();
        let mut hash = Sha256::new();
        for (path, text) in files {
            drafts.read(path, text);
            hash.update(Sha256::digest(text));
        }
        Self::build(drafts, files, hex(&hash.finalize()))
    }

    fn build(
        drafts: Drafts,
        files: &[(&Path, &[u8])],
        fingerprint: String,
    ) -> Result<Self, TaxonomyError> {
        let (list, mut problems) = drafts.into_concepts();
        if let (true, true, Some((path, _))) = (problems.is_empty(), list.is_empty(), files.first())
        {
            problems.push(TaxonomyProblem::Empty(path.to_path_buf()));
        }
        if !problems.is_empty() {
            return Err(TaxonomyError::Bad(problems));
        }
        let concepts: Vec<Concept> = (0..list.len())
            .map(|at| concept(&list, at, &mut problems))
            .collect();
        let mut by_label: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, draft) in list.iter().enumerate() {
            if draft.labels.is_empty() {
                problems.push(TaxonomyProblem::NoLabel(draft.iri.clone()));
            }
            for label in draft.labels.iter().filter(|_| !draft.deprecated) {
                let view = simplified_view(label, &ScriptEvidence::of(label));
                let having = by_label
                    .entry(view.unwrap_or_else(|| label.clone()))
                    .or_default();
                if having.last() != Some(&at) {
                    having.push(at);
                }
            }
        }
        let automaton = if by_label.is_empty() {
            None
        } else {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
            let built = builder.build(by_label.keys());
            Some(built.map_err(|error| TaxonomyError::TooLarge(error.to_string()))?)
        };
        let by_iri = concepts.iter().enumerate();
        Ok(Self {
            inner: Arc::new(Inner {
                by_iri: by_iri
                    .map(|(at, concept)| (Arc::clone(&concept.iri), at))
                    .collect(),
                concepts,
                automaton,
                labels: by_label.into_iter().collect(),
                warnings: problems,
                fingerprint,
            }),
        })
    }

    /// All concepts, in the order in which the files first name them.
    pub fn concepts(&self) -> &[Concept] {
        &self.inner.concepts
    }

    /// The place of the concept with this IRI.
    pub fn place_of(&self, iri: &str) -> Option<usize> {
        self.inner.by_iri.get(iri).copied()
    }

    /// All labels in simplified script, in their order, each with the places of the concepts that have it, ascending.
    pub(super) fn labels(&self) -> &[(String, Vec<usize>)] {
        &self.inner.labels
    }

    /// What is wrong with it and does not stand in the way.
    pub fn warnings(&self) -> &[TaxonomyProblem] {
        &self.inner.warnings
    }

    /// SHA-256 of the files.
    pub fn fingerprint(&self) -> &str {
        &self.inner.fingerprint
    }

    /// Calls `mention` with the bytes of labels in `view`, a text in simplified script, and the concepts that have each: in their
    /// order, of those that begin at one place the longest first. Where it answers that it took one, the next begins behind that.
    pub fn each_mention(
        &self,
        view: &str,
        mut mention: impl FnMut(Range<usize>, &[usize]) -> bool,
    ) {
        let Some(automaton) = &self.inner.automaton else {
            return;
        };
        let found = automaton.find_overlapping_iter(view);
        let mut found: Vec<_> = found
            .map(|one| (one.start(), Reverse(one.end()), one.value()))
            .collect();
        found.sort_unstable();
        let mut taken = 0;
        for (start, Reverse(end), label) in found {
            let label = usize::try_from(label).ok();
            if start >= taken
                && let Some((_, concepts)) = label.and_then(|at| self.inner.labels.get(at))
                && mention(start..end, concepts)
            {
                taken = end;
            }
        }
    }
}

/// The concept of the draft at `at`, with all that lie above it.
fn concept(list: &[Draft], at: usize, problems: &mut Vec<TaxonomyProblem>) -> Concept {
    let draft = &list[at];
    let mut within = vec![at];
    let mut known: FxHashSet<usize> = within.iter().copied().collect();
    let mut next = 0;
    while let Some(one) = within.get(next).copied() {
        next += 1;
        for broader in &list[one].broader {
            if *broader == at {
                problems.push(TaxonomyProblem::Circle(draft.iri.clone()));
            } else if within.len() > ABOVE {
                problems.push(TaxonomyProblem::Deep(draft.iri.clone()));
                next = within.len();
                break;
            } else if known.insert(*broader) {
                within.push(*broader);
            }
        }
    }
    within.sort_unstable();
    Concept {
        iri: Arc::from(draft.iri.as_str()),
        broader: draft.broader.clone(),
        within,
        valid_from: draft.valid_from,
        valid_through: draft.valid_through,
    }
}
