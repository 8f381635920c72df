//! What an update would do, before it does it.

use std::collections::HashSet;

use super::touched::Search;
use crate::Error;
use crate::config::PipelineSpec;
use crate::io::sink::{Output, file_of};
use crate::lexicon::Changes;
use crate::pipeline::run::{identity_of, private};
use crate::pipeline::vocabulary::Vocabulary;

/// What an update would annotate anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdatePreview {
    /// Words and labels that have changed.
    pub changes: usize,
    /// Documents that contain some of these, and the others of their records.
    pub documents: u64,
    /// Sources to read again for these. Whether they are still what they were is seen when they are read.
    pub sources: u64,
    /// Sources that earlier updates had to leave out, and that are looked for once more.
    pub behind: u64,
}

/// What [`run`](crate::pipeline::run) would annotate anew over the output of `spec`; `None` where there is nothing to update. The texts of `documents`
/// are read, and nothing is written.
///
/// # Errors
///
/// Lexicons and taxonomies that can't be read, an output that can't be brought up to date or that can't be read.
pub fn preview_update(spec: &PipelineSpec) -> Result<Option<UpdatePreview>, Error> {
    let vocabulary = Vocabulary::load(spec)?;
    let identity = identity_of(spec, &vocabulary)?;
    let Some(preview) = Output::preview(&spec.output, &identity)? else {
        return Ok(None);
    };
    let was = Vocabulary::from_bytes(&preview.vocabulary, &private(&spec.output))?;
    let changes = Changes::between(
        (&was.lexicon, was.taxonomy.as_ref()),
        (&vocabulary.lexicon, vocabulary.taxonomy.as_ref()),
    )?;
    let (update, mut documents) = (&preview.update, 0);
    let mut sources = HashSet::new();
    for group in &update.groups {
        let Some(first) = group.first().copied() else {
            continue;
        };
        let mut search = Search::default();
        let is_wanted = |source: &str| update.behind.vocabulary_of(source, first).is_none();
        for epoch in group {
            if let Some(file) = file_of(&preview.documents, *epoch) {
                search.read(file, &changes, is_wanted)?;
            }
        }
        documents += search.documents;
        let found = search.finish(std::iter::empty());
        sources.extend(found.into_iter().map(|one| one.source));
    }
    Ok(Some(UpdatePreview {
        changes: changes.len(),
        documents,
        sources: sources.len() as u64,
        behind: update.behind.len() as u64,
    }))
}
