//! Which records of an epoch have to be read again, and whether they still can.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::io::sink::{Progress, TableReader, short_hash};
use crate::io::source::{self, Listed, SourceFile, SourceOptions};
use crate::lexicon::Changes;
use crate::pipeline::known::Known;
use crate::record::{AnewPart, EpochPlan, Superseded};
use crate::table::{TextRow, texts};

/// The records of one source, whose documents contain something that has changed.
#[derive(Debug)]
pub(super) struct Touched {
    source: Arc<str>,
    records: Vec<(i64, i64)>,
    articles: i32,
}

/// A record while its articles are looked at.
struct Current {
    source: Arc<str>,
    record: i64,
    articles: i32,
    is_touched: bool,
}

/// The records in a file of `documents` of which an article contains something that has changed; the texts are read, and nothing else.
pub(super) fn touched(file: &Path, changes: &Changes) -> Result<Vec<Touched>, Error> {
    let mut found = Vec::new();
    let mut current: Option<Current> = None;
    let mut scratch = String::new();
    for rows in TableReader::open_columns(file, &TextRow::COLUMNS)? {
        let rows = rows?;
        for row in texts(&rows).unwrap_or_default() {
            let same = |one: &&mut Current| one.record == row.record && *one.source == *row.source;
            let is_touched =
                |known: bool, scratch: &mut String| known || changes.touch(row.text, scratch);
            if let Some(one) = current.as_mut().filter(same) {
                one.articles = one.articles.max(row.article + 1);
                one.is_touched = is_touched(one.is_touched, &mut scratch);
            } else {
                put(&mut found, current.take());
                current = Some(Current {
                    source: row.source.into(),
                    record: row.record,
                    articles: row.article + 1,
                    is_touched: is_touched(false, &mut scratch),
                });
            }
        }
    }
    put(&mut found, current);
    Ok(found)
}

/// Records come in their order, source by source.
fn put(found: &mut Vec<Touched>, record: Option<Current>) {
    let Some(one) = record.filter(|one| one.is_touched) else {
        return;
    };
    match found.last_mut().filter(|last| last.source == one.source) {
        Some(last) => {
            last.articles = last.articles.max(one.articles);
            match last.records.last_mut() {
                Some((_, end)) if *end == one.record => *end += 1,
                _ => last.records.push((one.record, one.record + 1)),
            }
        }
        None => found.push(Touched {
            source: one.source,
            records: vec![(one.record, one.record + 1)],
            articles: one.articles,
        }),
    }
}

/// Where sources are found again.
pub(super) struct Sources<'r> {
    pub(super) output: &'r Path,
    /// All that were ever read into the output.
    pub(super) inputs: &'r [String],
    pub(super) spool: PathBuf,
    pub(super) options: &'r SourceOptions,
    pub(super) progress: &'r Progress,
}

impl Sources<'_> {
    /// All files that have one of these names: several, where two inputs have one of the same name.
    fn find(&self, wanted: &HashSet<&str>) -> HashMap<Arc<str>, Vec<SourceFile>> {
        let mut found: HashMap<Arc<str>, Vec<SourceFile>> = HashMap::new();
        let spooled = wanted.iter();
        for file in spooled.filter_map(|name| source::spooled(name, &self.spool, self.options)) {
            found.entry(Arc::clone(&file.name)).or_default().push(file);
        }
        for input in self.inputs.iter().filter(|input| *input != "-") {
            let input = self.output.join(input).to_string_lossy().into_owned();
            match source::list(&[input], &self.spool, self.options) {
                Err(error) => tracing::warn!("{error}"),
                Ok(listing) => {
                    for listed in listing {
                        if let Listed::File(file) = listed
                            && wanted.contains(&*file.name)
                        {
                            found.entry(Arc::clone(&file.name)).or_default().push(file);
                        }
                    }
                }
            }
        }
        found
    }

    /// Of the records of an epoch, which `plan` was written for, those that can still be read, with the files to read them from. What is
    /// gone or has changed is left out, and named.
    ///
    /// What an update has left out once stays as it is in all later ones, whether it is back or not: what its documents have counted only the words
    /// and concepts of that time tell. `kept` has the names, of which each is told once.
    pub(super) fn locate(
        &self,
        plan: &EpochPlan,
        mut touched: Vec<Touched>,
        kept: &mut HashSet<Arc<str>>,
    ) -> (Superseded, Vec<(SourceFile, AnewPart)>) {
        touched.retain(|one| !kept.contains(&one.source));
        let wanted = touched.iter().map(|one| &*one.source).collect();
        let found = self.find(&wanted);
        let facts: HashMap<&str, Known> = self.facts(plan).collect();
        let mut superseded = Superseded {
            epoch: plan.epoch,
            parts: Vec::new(),
            kept: Vec::new(),
        };
        let mut files = Vec::new();
        for Touched {
            source,
            records,
            articles,
        } in touched
        {
            let candidates = found.get(&source).into_iter().flatten();
            let known = facts.get(&*source);
            let mut same = candidates.filter(|file| {
                known.is_some_and(|known| {
                    known.is(file.size, file.modified) || known.has_content_of(file)
                })
            });
            let Some(file) = same.next() else {
                kept.insert(Arc::clone(&source));
                superseded.kept.push(source);
                continue;
            };
            let part = AnewPart {
                source,
                size: file.size,
                modified: file.modified,
                records,
                articles,
            };
            files.push((file.clone(), part.clone()));
            superseded.parts.push(part);
        }
        (superseded, files)
    }

    /// What sources were when the rows of an epoch were written.
    fn facts<'p>(&'p self, plan: &'p EpochPlan) -> impl Iterator<Item = (&'p str, Known)> {
        let fresh = plan.parts.iter().map(|part| {
            let sha256 = part.sha256.as_deref().and_then(short_hash);
            (&*part.source, part.size, part.modified, sha256)
        });
        let anew = plan.supersedes.iter().flat_map(|plan| &plan.parts);
        let anew = anew.map(|part| (&*part.source, part.size, part.modified, None));
        fresh.chain(anew).map(|(source, size, modified, sha256)| {
            // A source that ended in a later epoch has its hash there.
            let later = self.progress.of(source).filter(|seen| seen.size == size);
            let known = Known {
                next_record: 0,
                status: None,
                size,
                modified,
                sha256: sha256.or_else(|| later.and_then(|seen| seen.sha256)),
                documents: 0,
            };
            (source, known)
        })
    }

    /// The files of an epoch that a run was cut short in: they must be what they were.
    pub(super) fn locate_again(
        &self,
        plan: &Superseded,
    ) -> Result<Vec<(SourceFile, AnewPart)>, Error> {
        let wanted = plan.parts.iter().map(|part| &*part.source).collect();
        let found = self.find(&wanted);
        let files = plan.parts.iter().map(|part| {
            let candidates = found.get(&part.source);
            let is_same =
                |file: &&SourceFile| file.size == part.size && file.modified == part.modified;
            let file = candidates.into_iter().flatten().find(is_same);
            let file = file.ok_or_else(|| Error::LostSource {
                name: Arc::clone(&part.source),
                gone: candidates.is_none(),
            })?;
            Ok((file.clone(), part.clone()))
        });
        files.collect()
    }
}
