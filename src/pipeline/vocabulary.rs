//! The words and concepts of a pipeline, as they are loaded, and as an output keeps them for a later run that has others.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::config::PipelineSpec;
use crate::io::sink::SinkError;
use crate::lexicon::{Entry, Lexicon, Taxonomy};
use crate::record::Pos;

/// What texts are annotated with, beside the embedded dictionary and models.
pub(super) struct Vocabulary {
    pub(super) lexicon: Lexicon,
    /// None where no concepts are looked for.
    pub(super) taxonomy: Option<Taxonomy>,
    /// The texts that the taxonomy was read from.
    texts: Vec<Vec<u8>>,
}

/// The same as an output keeps it: what decides about rows, and no paths.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Kept {
    /// Word, frequency, part of speech.
    words: Vec<(String, Option<u32>, Option<String>)>,
    /// In Turtle.
    taxonomies: Vec<String>,
}

impl Vocabulary {
    /// The lexicons and taxonomies that a pipeline names. The plain dictionary is loaded once in a process.
    pub(super) fn load(spec: &PipelineSpec) -> Result<Self, Error> {
        let lexicon = Lexicon::load(&spec.segment.lexicons)?;
        for warning in lexicon.warnings() {
            tracing::warn!("{warning}");
        }
        let paths = &spec.tag.taxonomies;
        let texts = Taxonomy::texts(paths)?;
        let taxonomy = taxonomy(paths, &texts)?;
        for warning in taxonomy.iter().flat_map(Taxonomy::warnings) {
            tracing::warn!("{warning}");
        }
        Ok(Self {
            lexicon,
            taxonomy,
            texts,
        })
    }

    /// As an output keeps it.
    #[expect(
        clippy::disallowed_methods,
        reason = "it was read as Turtle, so that only comments can be damaged, and nobody reads them again"
    )]
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let words = self.lexicon.entries().iter().map(|entry| {
            let tag = entry.tag.map(|tag| tag.as_str().to_owned());
            (entry.word.clone(), entry.frequency, tag)
        });
        let texts = self.texts.iter();
        let kept = Kept {
            words: words.collect(),
            taxonomies: texts
                .map(|text| String::from_utf8_lossy(text).into_owned())
                .collect(),
        };
        serde_json::to_vec(&kept).expect("strings and numbers are JSON")
    }

    /// What the output in `folder` has kept.
    pub(super) fn from_bytes(bytes: &[u8], folder: &Path) -> Result<Self, Error> {
        let kept: Kept = serde_json::from_slice(bytes).map_err(|error| SinkError::Damaged {
            path: folder.to_owned(),
            reason: format!("the vocabulary that it keeps can't be read: {error}"),
        })?;
        let entries = (1..)
            .zip(kept.words)
            .map(|(line, (word, frequency, tag))| Entry {
                word,
                frequency,
                tag: tag.as_deref().and_then(Pos::new),
                line,
            });
        let texts: Vec<Vec<u8>> = kept
            .taxonomies
            .into_iter()
            .map(String::into_bytes)
            .collect();
        let paths: Vec<PathBuf> = texts.iter().map(|_| folder.to_owned()).collect();
        Ok(Self {
            lexicon: Lexicon::with_entries(entries.collect()),
            taxonomy: taxonomy(&paths, &texts)?,
            texts,
        })
    }
}

/// The taxonomy that texts make, where there are any.
fn taxonomy(paths: &[PathBuf], texts: &[Vec<u8>]) -> Result<Option<Taxonomy>, Error> {
    if texts.is_empty() {
        return Ok(None);
    }
    Ok(Some(Taxonomy::of_texts(paths, texts)?))
}
