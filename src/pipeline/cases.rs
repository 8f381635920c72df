//! A pipeline's own test cases: `[[test]]` in its file.

use super::annotator::Annotator;
use crate::Error;
use crate::config::{Case, PipelineSpec};
use crate::record::{Body, Fields, Place, Record, Reject, RejectCode, Tagged};

/// How one case came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The case's name.
    pub name: String,
    /// What was expected and what came instead; empty when the case holds.
    pub failures: Vec<String>,
}

/// Runs all test cases of a pipeline.
///
/// # Errors
///
/// As [`Annotator::new`].
pub fn test_cases(spec: &PipelineSpec) -> Result<Vec<CaseResult>, Error> {
    if spec.cases.is_empty() {
        return Ok(Vec::new());
    }
    let annotator = Annotator::new(spec)?;
    Ok(spec
        .cases
        .iter()
        .map(|case| run_case(case, &annotator))
        .collect())
}

fn run_case(case: &Case, annotator: &Annotator) -> CaseResult {
    let record = Record {
        place: Place::new(case.name.as_str(), 0),
        media_type: case.media_type,
        body: Body::Bytes(case.text.clone().into_bytes()),
        charset: None,
        fields: Fields::default(),
    };
    let (documents, rejects) = annotator.annotate(record);
    let mut failures = Vec::new();
    let mut hold = |what: &str, expected: Option<&Vec<String>>, found: Vec<String>| {
        if let Some(expected) = expected.filter(|expected| **expected != found) {
            failures.push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    };
    hold(
        "sentences",
        case.sentences.as_ref(),
        gather(&documents, sentences),
    );
    hold("tokens", case.tokens.as_ref(), gather(&documents, tokens));
    hold(
        "entities",
        case.entities.as_ref(),
        gather(&documents, entities),
    );
    hold(
        "text-after",
        case.text_after.clone().map(|text| vec![text]).as_ref(),
        gather(&documents, text),
    );
    let refused = case
        .rejects
        .as_ref()
        .map(|codes| codes.iter().map(RejectCode::to_string).collect());
    hold(
        "rejects",
        refused.as_ref(),
        rejects.iter().map(code).collect(),
    );
    CaseResult {
        name: case.name.clone(),
        failures,
    }
}

fn gather(documents: &[Tagged], of: impl Fn(&Tagged) -> Vec<String>) -> Vec<String> {
    documents.iter().flat_map(of).collect()
}

fn text(tagged: &Tagged) -> Vec<String> {
    vec![tagged.segmented.document.text.clone()]
}

fn sentences(tagged: &Tagged) -> Vec<String> {
    let document = &tagged.segmented.document;
    document
        .sentences
        .iter()
        .map(|sentence| sentence.span.of(&document.text).to_owned())
        .collect()
}

fn tokens(tagged: &Tagged) -> Vec<String> {
    let text = &tagged.segmented.document.text;
    tagged
        .segmented
        .tokens
        .iter()
        .map(|token| format!("{}/{}", token.span.of(text), token.pos))
        .collect()
}

fn entities(tagged: &Tagged) -> Vec<String> {
    let text = &tagged.segmented.document.text;
    let named = |entity: &crate::record::Entity| {
        format!("{}:{}", entity.label.name(), entity.span.of(text))
    };
    tagged.entities.iter().map(named).collect()
}

fn code(reject: &Reject) -> String {
    reject.code.name().to_owned()
}
