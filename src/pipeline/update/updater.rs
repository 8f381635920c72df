//! Old epochs, one after the other: each with documents that contain a change gets a later epoch that has them anew.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use super::feed::{Anew, Cursor};
use super::former::{DecodeAnew, Former};
use super::sources::{Hashes, Sources};
use super::touched::Search;
use crate::Error;
use crate::config::PipelineSpec;
use crate::flow::Flow;
use crate::io::sink::{Behind, Committed, Resume, Sink, SinkError, TableReader, Update, file_of};
use crate::io::source::{Finder, SourceFile};
use crate::lexicon::Changes;
use crate::pipeline::annotator::Annotator;
use crate::pipeline::report::Control;
use crate::pipeline::run::{SPOOL, held, private};
use crate::pipeline::vocabulary::Vocabulary;
use crate::record::{AnewPart, DocId, EpochPlan, Superseded};
use crate::stage::aggregate::Aggregate;
use crate::stage::tabulate::{Counts, Tabulate};
use crate::table::{SignedRow, TableId, signed_documents};

/// What it takes to annotate documents anew.
pub(in crate::pipeline) struct Updater<'r> {
    pub(in crate::pipeline) spec: &'r PipelineSpec,
    pub(in crate::pipeline) control: &'r Control,
    /// With the new vocabulary.
    pub(in crate::pipeline) annotator: &'r Annotator,
    /// The new pipeline's fingerprint.
    pub(in crate::pipeline) pipeline: &'r str,
    pub(in crate::pipeline) resume: &'r Resume,
}

/// What came of it.
pub(in crate::pipeline) struct Updated {
    pub(in crate::pipeline) commits: Vec<Committed>,
    /// Whether it was stopped before its end.
    pub(in crate::pipeline) interrupted: bool,
}

/// What lasts from epoch to epoch.
struct Work<'r> {
    sources: Sources<'r>,
    cursor: Arc<Mutex<Cursor>>,
    sink: Arc<Mutex<(Sink, Vec<Committed>)>>,
    behind: Behind,
    /// The files of `documents` as they were before the pass.
    documents: Vec<PathBuf>,
    /// The next epoch to write.
    next: i64,
}

/// Rows that were written with other words and concepts.
struct Old {
    /// Names these.
    vocabulary: Arc<str>,
    annotator: Annotator,
    changes: Changes,
}

/// What is to be annotated anew, and the files to read it from.
type Located = (Superseded, Vec<(SourceFile, AnewPart)>);

/// Whether all epochs were looked at, or the run was asked to stop before.
type IsWhole = bool;

impl Work<'_> {
    /// Waits for the last commit, and takes note of the files that are there now.
    fn settle(&mut self) -> Result<(), Error> {
        let (sink, commits) = &mut *held(&self.sink);
        commits.extend(sink.settle()?);
        self.documents = sink.documents();
        Ok(())
    }

    /// Looks for records of some epochs that contain a change; with the epochs that have any, or `None`.
    fn search(
        &self,
        group: &[i64],
        old: &Old,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Option<(Search, Vec<i64>)>, Error> {
        let mut search = Search::default();
        let mut epochs = Vec::new();
        for epoch in group {
            if let Some(file) = file_of(&self.documents, *epoch)
                && search.read(file, &old.changes, &is_wanted)?
            {
                epochs.push(*epoch);
            }
        }
        Ok((!epochs.is_empty()).then_some((search, epochs)))
    }

    /// What was found in some of these epochs, as far as it can be read again.
    fn locate(
        &mut self,
        group: &[i64],
        (search, epochs): (Search, Vec<i64>),
        vocabulary: &Arc<str>,
    ) -> Result<Located, Error> {
        // What sources were is told by the epoch that read them, which may have none of these records any more.
        let plans = self.plans(group)?;
        let order = plans.iter().flat_map(EpochPlan::sources);
        let touched = search.finish(order.map(|source| &**source));
        Ok(self.sources.locate(&plans, epochs, touched, vocabulary))
    }

    fn plans(&self, group: &[i64]) -> Result<Vec<EpochPlan>, Error> {
        let sink = &held(&self.sink).0;
        let plans = group.iter().map(|epoch| sink.plan(*epoch).transpose());
        Ok(plans.flatten().collect::<Result<_, SinkError>>()?)
    }

    /// Tells of rows that no update can bring up to date, if there are any.
    fn tell_lost(&self) -> Result<(), Error> {
        let mut kept = HashSet::new();
        for vocabulary in self.behind.vocabularies() {
            if held(&self.sink).0.vocabulary(&vocabulary)?.is_some() {
                kept.insert(vocabulary);
            }
        }
        let sources = self
            .behind
            .count_of(|vocabulary| !kept.contains(vocabulary));
        if sources > 0 {
            tracing::warn!(
                sources,
                "rows of sources that earlier updates left out can't be brought up to date, since the words and concepts they were written \
                 with were not kept: write to a new output folder to have all rows with the same"
            );
        }
        Ok(())
    }
}

impl Updater<'_> {
    /// Looks at all epochs that have not been looked at yet, and at the end settles the folder.
    pub(in crate::pipeline) fn run(&self, update: &Update, sink: Sink) -> Result<Updated, Error> {
        let spec = self.spec;
        let spool = private(&spec.output).join(SPOOL);
        let inputs = self.resume.inputs.iter().filter(|input| *input != "-");
        let inputs = inputs.map(|input| spec.output.join(input).to_string_lossy().into_owned());
        let mut work = Work {
            sources: Sources {
                finder: Finder::new(&inputs.collect::<Vec<_>>(), &spool, &spec.source),
                progress: &self.resume.progress,
                hashes: Hashes::default(),
            },
            cursor: Arc::default(),
            sink: Arc::new(Mutex::new((sink, Vec::new()))),
            behind: update.behind.clone(),
            documents: self.resume.documents.clone(),
            next: self.resume.next_epoch,
        };
        let mut is_whole = self.all(update, &mut work)?;
        for vocabulary in update.behind.vocabularies() {
            work.settle()?;
            is_whole = is_whole && self.those_behind(update, &vocabulary, &mut work)?;
        }
        self.control.meters.looked_at(0, 0);
        if is_whole {
            work.tell_lost()?;
        }
        let (sink, commits) = &mut *held(&work.sink);
        let last = if is_whole {
            sink.settle_update(&work.behind)
        } else {
            sink.settle()
        };
        commits.extend(last?);
        Ok(Updated {
            commits: std::mem::take(commits),
            interrupted: !is_whole,
        })
    }

    /// What rows were written with, and what is other now; `None` where that was not kept.
    fn old(&self, vocabulary: &Arc<str>, work: &Work<'_>) -> Result<Option<Old>, Error> {
        let Some(kept) = held(&work.sink).0.vocabulary(vocabulary)? else {
            return Ok(None);
        };
        let was = Vocabulary::from_bytes(&kept, &private(&self.spec.output))?;
        let changes = Changes::between(
            (&was.lexicon, was.taxonomy.as_ref()),
            (&self.annotator.lexicon, self.annotator.taxonomy.as_ref()),
        )?;
        Ok(Some(Old {
            vocabulary: Arc::clone(vocabulary),
            annotator: Annotator::with(self.spec, was)?,
            changes,
        }))
    }

    /// Goes through old epochs, save what is behind in them. What can't be read is left out from there on.
    fn all(&self, update: &Update, work: &mut Work<'_>) -> Result<IsWhole, Error> {
        let old = self.old(&update.vocabulary, work)?;
        let old = old.ok_or_else(|| SinkError::Damaged {
            path: private(&self.spec.output),
            reason: format!("the vocabulary {} is gone, and needed", update.vocabulary),
        })?;
        tracing::info!(
            changes = old.changes.len(),
            "documents with changed words or concepts are annotated anew"
        );
        let mut left_out = update.left_out.clone();
        for (number, group) in update.groups.iter().enumerate() {
            self.control.meters.looked_at(number, update.groups.len());
            let Some(first) = group
                .first()
                .copied()
                .filter(|first| Some(*first) > update.done)
            else {
                continue;
            };
            if self.control.stop.is_requested() {
                return Ok(false);
            }
            let behind = &work.behind;
            let is_wanted = |source: &str| {
                !left_out.contains(source) && behind.vocabulary_of(source, first).is_none()
            };
            let Some(found) = work.search(group, &old, is_wanted)? else {
                continue;
            };
            let located = work.locate(group, found, &old.vocabulary)?;
            left_out.extend(located.0.left_out.iter().cloned());
            self.epoch(first, located, &old, work)?;
        }
        Ok(true)
    }

    /// Goes through old epochs once more, for sources that earlier updates had left out, and whose rows are of this vocabulary.
    fn those_behind(
        &self,
        update: &Update,
        vocabulary: &Arc<str>,
        work: &mut Work<'_>,
    ) -> Result<IsWhole, Error> {
        let mut gone: HashSet<Arc<str>> = HashSet::new();
        if *vocabulary == update.vocabulary {
            gone.extend(update.left_out.iter().cloned());
        }
        let mut old = None;
        for group in &update.groups {
            if self.control.stop.is_requested() {
                return Ok(false);
            }
            let Some(first) = group.first().copied() else {
                continue;
            };
            let plans = work.plans(group)?;
            let mut sources: Vec<Arc<str>> =
                plans.iter().flat_map(EpochPlan::sources).cloned().collect();
            sources.sort_unstable();
            sources.dedup();
            sources.retain(|source| {
                let of = work.behind.vocabulary_of(source, first);
                of == Some(&**vocabulary) && !gone.contains(source)
            });
            let there = work.sources.are_there(&plans, sources, &mut gone);
            if there.is_empty() {
                continue;
            }
            let old = match &old {
                Some(old) => old,
                None => match self.old(vocabulary, work)? {
                    Some(found) => old.insert(found),
                    None => return Ok(true),
                },
            };
            let is_there = |source: &str| there.contains(source);
            if let Some(found) = work.search(group, old, is_there)? {
                let mut located = work.locate(group, found, vocabulary)?;
                // Gone since it was looked for: that was told when it was left out.
                gone.extend(located.0.left_out.drain(..));
                self.epoch(first, located, old, work)?;
            }
        }
        work.behind.settle(vocabulary, &gone);
        Ok(true)
    }

    /// Writes the next epoch, which has documents anew that epoch `first` read. Its commit may go on when this has ended.
    fn epoch(
        &self,
        first: i64,
        (superseded, files): Located,
        old: &Old,
        work: &mut Work<'_>,
    ) -> Result<(), Error> {
        if superseded.parts.is_empty() && superseded.left_out.is_empty() {
            return Ok(());
        }
        let spec = self.spec;
        let originals = originals(&work.documents, &superseded)?;
        work.behind.learn(&superseded, first, work.next);
        let plan = EpochPlan {
            epoch: work.next,
            pipeline: self.pipeline.to_owned(),
            parts: Vec::new(),
            supersedes: Some(superseded),
            tables: None,
        };
        work.next += 1;
        let counts: Arc<Mutex<Counts>> = Arc::default();
        let is_counted = spec.sink.tables.contains(&TableId::Metrics);
        let decode = DecodeAnew {
            decode: Arc::clone(&self.annotator.decode),
            former: is_counted
                .then(|| Former::new(&old.annotator, &spec.aggregate, Arc::clone(&counts))),
        };
        let tabulate = Tabulate::new(&spec.sink.tables, &spec.aggregate)
            .with_taxonomy(self.annotator.taxonomy.clone());
        // All records of the epoch have passed the first hop when it closes.
        let counts = Box::new(move || std::mem::take(&mut *held(&counts)));
        let aggregate =
            Aggregate::new(&spec.aggregate, &spec.sink.tables, None).anew(originals, counts);
        let sink = Arc::clone(&work.sink);
        let feed = Anew::new(files, &spec.source, &work.cursor, plan);
        Flow::source(&spec.flow, Arc::clone(&self.control.meters), feed)
            .map(Arc::new(decode))
            .map(Arc::clone(&self.annotator.segment))
            .map(Arc::clone(&self.annotator.tag))
            .map(Arc::new(tabulate))
            .fold(aggregate)
            .run(move |batch| {
                let (sink, commits) = &mut *held(&sink);
                commits.extend(sink.write(batch)?);
                Ok(())
            })?;
        Ok(())
    }
}

/// What the documents of a plan are copies of.
fn originals(documents: &[PathBuf], plan: &Superseded) -> Result<FxHashMap<DocId, DocId>, Error> {
    let anew: FxHashSet<DocId> = plan.documents().collect();
    let mut originals = FxHashMap::default();
    for file in plan.epochs().filter_map(|of| file_of(documents, of)) {
        add_originals(file, &anew, &mut originals)?;
    }
    Ok(originals)
}

/// What documents in a file are copies of, those of `anew`.
fn add_originals(
    file: &Path,
    anew: &FxHashSet<DocId>,
    originals: &mut FxHashMap<DocId, DocId>,
) -> Result<(), Error> {
    for rows in TableReader::open_columns(file, &SignedRow::COLUMNS)? {
        let rows = rows?;
        for row in signed_documents(&rows).unwrap_or_default() {
            if let Some(id) = DocId::parse(row.doc_id).filter(|id| anew.contains(id))
                && let Some(first) = row.duplicate_of.and_then(DocId::parse)
            {
                originals.insert(id, first);
            }
        }
    }
    Ok(())
}
