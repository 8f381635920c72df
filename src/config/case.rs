//! `[[test]]`: a pipeline's own test cases, so that an example can't rot.

use crate::record::{Label, MediaType, Pos, RejectCode};

use super::problem::Problem;
use super::reader::{TableReader, Written, did_you_mean, key};

/// The media types that a case can have.
const MEDIA_TYPES: [(&str, MediaType); 3] = [
    (MediaType::Plain.name(), MediaType::Plain),
    (MediaType::Markdown.name(), MediaType::Markdown),
    (MediaType::Html.name(), MediaType::Html),
];

/// A text, and what the pipeline makes of it. An expectation that is `None` is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The fact it shows.
    pub name: String,
    /// How the text is read.
    pub media_type: MediaType,
    /// The record's text.
    pub text: String,
    /// All sentences, in order.
    pub sentences: Option<Vec<String>>,
    /// All tokens, in order, each as `word/pos`.
    pub tokens: Option<Vec<String>>,
    /// All entities, in order, each as `LABEL:text`.
    pub entities: Option<Vec<String>>,
    /// The document's repaired text.
    pub text_after: Option<String>,
    /// Codes of the rejects, in order; an empty list says that nothing is turned away.
    pub rejects: Option<Vec<RejectCode>>,
}

/// Reads one `[[test]]` table; `None` where it lacks what a case needs, which is then reported.
pub(super) fn read(reader: &mut TableReader<'_>) -> Option<Case> {
    let name = reader.required_text(key("name", "the fact that the case shows, as a sentence"));
    let media_type = reader.choice(
        key("media-type", "how the text is read"),
        MediaType::Plain,
        &MEDIA_TYPES,
    );
    let text = reader.required_text(key("text", "the text that the pipeline is given"));
    let sentences = reader.optional_texts(key("sentences", "all sentences, in order"));
    let tokens = reader.optional_texts(key("tokens", "all tokens in order, each as word/pos"));
    let entities =
        reader.optional_texts(key("entities", "all entities in order, each as LABEL:text"));
    let text_after = reader.optional_text(key("text-after", "the document's repaired text"));
    let rejects = reader.optional_texts(key(
        "rejects",
        "codes of the rejects, in order; [] when nothing may be turned away",
    ));
    check_tokens(reader, tokens.as_deref().unwrap_or_default());
    check_labels(reader, entities.as_deref().unwrap_or_default());
    let rejects = rejects.map(|codes| read_codes(reader, &codes));
    let expects = ["sentences", "tokens", "entities", "text-after", "rejects"];
    if !expects.iter().any(|name| reader.has(name)) {
        let problem = Problem::at(reader.site(), "the case expects nothing")
            .help(format!("say at least one of {}", expects.join(", ")));
        reader.report(problem);
    }
    Some(Case {
        name: name?.value,
        media_type,
        text: text?.value,
        sentences: sentences.map(values),
        tokens: tokens.map(values),
        entities: entities.map(values),
        text_after,
        rejects,
    })
}

fn values(written: Vec<Written<String>>) -> Vec<String> {
    written.into_iter().map(|one| one.value).collect()
}

fn check_tokens(reader: &mut TableReader<'_>, tokens: &[Written<String>]) {
    for token in tokens {
        let parts = token.value.rsplit_once('/');
        if !parts.is_some_and(|(word, pos)| !word.is_empty() && Pos::new(pos).is_some()) {
            let message = format!("\"{}\" is not a token with its part of speech", token.value);
            reader.report(
                Problem::at(&token.site, message).help("write it as word/pos, such as \"词/n\""),
            );
        }
    }
}

fn check_labels(reader: &mut TableReader<'_>, entities: &[Written<String>]) {
    let names: Vec<&str> = Label::ALL.iter().map(|label| label.name()).collect();
    for entity in entities {
        let problem = match entity.value.split_once(':') {
            Some((label, _)) if names.contains(&label) => continue,
            Some((label, _)) => Problem::at(
                &entity.site,
                format!("there is no entity label \"{label}\""),
            )
            .help(did_you_mean(label, &names)),
            None => Problem::at(
                &entity.site,
                format!("\"{}\" is not an entity with its label", entity.value),
            )
            .help("write it as LABEL:text, such as \"LOC:南京\""),
        };
        reader.report(problem);
    }
}

fn read_codes(reader: &mut TableReader<'_>, codes: &[Written<String>]) -> Vec<RejectCode> {
    let names = RejectCode::ALL.map(RejectCode::name);
    let mut found = Vec::new();
    for code in codes {
        match RejectCode::ALL
            .into_iter()
            .find(|known| known.name() == code.value)
        {
            Some(known) => found.push(known),
            None => reader.report(
                Problem::at(
                    &code.site,
                    format!("there is no reject code \"{}\"", code.value),
                )
                .help(did_you_mean(&code.value, &names)),
            ),
        }
    }
    found
}
