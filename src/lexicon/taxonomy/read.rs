//! Turtle to drafts of concepts.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use oxrdf::vocab::rdf;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::{TurtleParser, TurtleSyntaxError};
use rustc_hash::FxHashMap;

use super::problem::{TaxonomyError, TaxonomyProblem};
use super::shipped::shipped_taxonomies;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
/// schema.org is written either way.
const SCHEMA: [&str; 2] = ["https://schema.org/", "http://schema.org/"];
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";

/// What the files say of one concept.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) iri: String,
    /// Whether something says that it is a concept.
    pub(super) is_concept: bool,
    pub(super) deprecated: bool,
    /// Of all kinds; the same may come twice.
    pub(super) labels: Vec<String>,
    /// Places of the broader ones among the drafts.
    pub(super) broader: Vec<usize>,
    pub(super) valid_from: Option<NaiveDate>,
    pub(super) valid_through: Option<NaiveDate>,
}

/// What all files say, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) list: Vec<Draft>,
    pub(super) problems: Vec<TaxonomyProblem>,
    /// Dates that are none, with the place of what they are said of: of what is no concept they are nobody's business.
    bad_dates: Vec<(usize, TaxonomyProblem)>,
    places: FxHashMap<String, usize>,
}

/// The text of a taxonomy: one that is compiled in, by its name, or a file's.
pub(super) fn text_of(path: &Path) -> Result<Vec<u8>, TaxonomyError> {
    let shipped = shipped_taxonomies().iter();
    let mut named = shipped.filter(|(name, _)| Path::new(name) == path);
    if let Some((_, text)) = named.next() {
        return Ok(text.as_bytes().to_vec());
    }
    fs::read(path).map_err(|source| TaxonomyError::Unreadable {
        path: path.to_path_buf(),
        source,
    })
}

impl Drafts {
    /// Adds what a file says.
    pub(super) fn read(&mut self, path: &Path, text: &[u8]) {
        for triple in TurtleParser::new().for_slice(text) {
            match triple {
                Ok(triple) => self.take(path, triple),
                Err(error) => {
                    self.problems.push(syntax(path, &error));
                    return;
                }
            }
        }
    }

    /// The drafts that are concepts, and all problems.
    pub(super) fn into_concepts(self) -> (Vec<Draft>, Vec<TaxonomyProblem>) {
        let bad = self.bad_dates.into_iter();
        let bad = bad.filter(|(place, _)| self.list[*place].is_concept);
        let mut problems = self.problems;
        problems.extend(bad.map(|(_, problem)| problem));
        let mut next = 0;
        let places: Vec<usize> = self
            .list
            .iter()
            .map(|draft| {
                let place = next;
                next += usize::from(draft.is_concept);
                place
            })
            .collect();
        let mut concepts: Vec<Draft> = self
            .list
            .into_iter()
            .filter(|draft| draft.is_concept)
            .collect();
        // What is broader or narrower is a concept.
        for draft in &mut concepts {
            for broader in &mut draft.broader {
                *broader = places[*broader];
            }
            draft.broader.sort_unstable();
            draft.broader.dedup();
        }
        (concepts, problems)
    }

    fn take(&mut self, path: &Path, triple: Triple) {
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else {
            return;
        };
        let predicate = triple.predicate.as_str();
        let iri = subject.as_str();
        if let Some(term) = predicate.strip_prefix(SKOS) {
            self.take_skos(iri, term, triple.object);
        } else if let Term::NamedNode(class) = &triple.object {
            if predicate == rdf::TYPE.as_str()
                && class.as_str().strip_prefix(SKOS) == Some("Concept")
            {
                self.concept(iri);
            }
        } else if let Term::Literal(literal) = &triple.object {
            let value = literal.value();
            if predicate == DEPRECATED {
                let place = self.place(iri);
                self.list[place].deprecated = matches!(value, "true" | "1");
            }
            let term = SCHEMA.iter().find_map(|base| predicate.strip_prefix(base));
            if let Some(term @ ("validFrom" | "validThrough")) = term {
                self.take_date(path, iri, term, value);
            }
        }
    }

    fn take_skos(&mut self, iri: &str, term: &str, object: Term) {
        match (term, object) {
            ("prefLabel" | "altLabel" | "hiddenLabel", Term::Literal(label)) => {
                let place = self.place(iri);
                let labels = &mut self.list[place].labels;
                let label = label.value().trim().to_owned();
                if !label.is_empty() {
                    labels.push(label);
                }
            }
            ("broader", Term::NamedNode(broader)) => self.join(iri, broader.as_str()),
            ("narrower", Term::NamedNode(narrower)) => self.join(narrower.as_str(), iri),
            ("inScheme" | "topConceptOf", _) => {
                self.concept(iri);
            }
            _ => {}
        }
    }

    fn take_date(&mut self, path: &Path, iri: &str, term: &str, value: &str) {
        let place = self.place(iri);
        let Ok(day) = value.parse::<NaiveDate>() else {
            let problem = TaxonomyProblem::BadDate {
                path: path.to_path_buf(),
                iri: iri.to_owned(),
                text: value.to_owned(),
            };
            self.bad_dates.push((place, problem));
            return;
        };
        let draft = &mut self.list[place];
        if term == "validFrom" {
            draft.valid_from = Some(day);
        } else {
            draft.valid_through = Some(day);
        }
    }

    fn join(&mut self, narrower: &str, broader: &str) {
        let (narrower, broader) = (self.concept(narrower), self.concept(broader));
        self.list[narrower].broader.push(broader);
    }

    fn concept(&mut self, iri: &str) -> usize {
        let place = self.place(iri);
        self.list[place].is_concept = true;
        place
    }

    /// The place of the draft of `iri`, which is a new one if there is none.
    fn place(&mut self, iri: &str) -> usize {
        if let Some(place) = self.places.get(iri) {
            return *place;
        }
        let place = self.list.len();
        self.places.insert(iri.to_owned(), place);
        self.list.push(Draft {
            iri: iri.to_owned(),
            ..Draft::default()
        });
        place
    }
}

fn syntax(path: &Path, error: &TurtleSyntaxError) -> TaxonomyProblem {
    let start = error.location().start;
    TaxonomyProblem::Syntax {
        path: PathBuf::from(path),
        line: start.line + 1,
        column: start.column + 1,
        message: error.message().to_owned(),
    }
}
