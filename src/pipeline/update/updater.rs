//! Old epochs, one after the other: each with documents that contain a change gets a later epoch that has them anew.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use super::feed::{Anew, Cursor};
use super::former::{DecodeAnew, Former};
use super::sources::{Hashes, Sources};
use super::touched::Search;
use crate::Error;
use crate::config::PipelineSpec;
use crate::flow::{Flow, Meters};
use crate::io::sink::{Committed, Resume, Sink, TableReader, Update};
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
    /// The next epoch to write.
    next: i64,
}

/// Rows that were written with other words and concepts.
struct Old {
    annotator: Annotator,
    changes: Changes,
}

impl Updater<'_> {
    /// Looks at all epochs that have not been looked at yet, and at the end settles the folder.
    pub(in crate::pipeline) fn run(&self, update: &Update, sink: Sink) -> Result<Updated, Error> {
        let spec = self.spec;
        let old = self.old(&update.vocabulary)?;
        tracing::info!(
            changes = old.changes.len(),
            "documents with changed words or concepts are annotated anew"
        );
        let spool = private(&spec.output).join(SPOOL);
        let inputs = self.resume.inputs.iter();
        let inputs = inputs.map(|input| spec.output.join(input).to_string_lossy().into_owned());
        let mut work = Work {
            sources: Sources {
                finder: Finder::new(&inputs.collect::<Vec<_>>(), &spool, &spec.source),
                progress: &self.resume.progress,
                hashes: Hashes::default(),
            },
            cursor: Arc::default(),
            sink: Arc::new(Mutex::new((sink, Vec::new()))),
            next: self.resume.next_epoch,
        };
        let replayed = self.resume.replay.as_ref();
        if let Some(plan) = replayed.and_then(|plan| plan.supersedes.clone()) {
            let files = work.sources.locate_again(&plan)?;
            self.epoch(plan, files, &old.annotator, &mut work)?;
        }
        let is_whole = self.pass(update, &old, &mut work)?;
        let (sink, commits) = &mut *held(&work.sink);
        let last = if is_whole {
            sink.settle_update()
        } else {
            sink.settle()
        };
        commits.extend(last?);
        Ok(Updated {
            commits: std::mem::take(commits),
            interrupted: !is_whole,
        })
    }

    /// What rows were written with, and what is other now.
    fn old(&self, vocabulary: &[u8]) -> Result<Old, Error> {
        let was = Vocabulary::from_bytes(vocabulary, &private(&self.spec.output))?;
        let changes = Changes::between(
            (&was.lexicon, was.taxonomy.as_ref()),
            (&self.annotator.lexicon, self.annotator.taxonomy.as_ref()),
        )?;
        Ok(Old {
            annotator: Annotator::with(self.spec, was)?,
            changes,
        })
    }

    /// Goes through old epochs; false when it was stopped before the last.
    fn pass(&self, update: &Update, old: &Old, work: &mut Work<'_>) -> Result<bool, Error> {
        let mut kept = HashSet::new();
        for epoch in 0..self.resume.next_epoch {
            let plan = held(&work.sink).0.plan(epoch)?;
            let plan = plan.and_then(|plan| plan.supersedes);
            kept.extend(plan.into_iter().flat_map(|plan| plan.kept));
        }
        for group in &update.groups {
            if self.control.stop.is_requested() {
                return Ok(false);
            }
            let mut search = Search::default();
            let mut plans = Vec::new();
            for epoch in group {
                if let Some(file) = self.resume.documents_of(*epoch)
                    && search.read(file, &old.changes)?
                {
                    plans.extend(held(&work.sink).0.plan(*epoch)?);
                }
            }
            if plans.is_empty() {
                continue;
            }
            let order = plans.iter().flat_map(EpochPlan::sources);
            let touched = search.finish(order.map(|source| &**source));
            let (plan, files) = work.sources.locate(&plans, touched, &mut kept);
            if plan.parts.is_empty() && plan.kept.is_empty() {
                continue;
            }
            self.epoch(plan, files, &old.annotator, work)?;
        }
        Ok(true)
    }

    /// Writes the next epoch, which has the documents of `superseded` anew. Its commit may go on when this has ended.
    fn epoch(
        &self,
        superseded: Superseded,
        files: Vec<(SourceFile, AnewPart)>,
        former: &Annotator,
        work: &mut Work<'_>,
    ) -> Result<(), Error> {
        let spec = self.spec;
        let originals = self.originals(&superseded)?;
        let plan = EpochPlan {
            epoch: work.next,
            pipeline: self.pipeline.to_owned(),
            parts: Vec::new(),
            supersedes: Some(superseded),
        };
        work.next += 1;
        let counts: Arc<Mutex<Counts>> = Arc::default();
        let is_counted = spec.sink.tables.contains(&TableId::Metrics);
        let decode = DecodeAnew {
            decode: Arc::clone(&self.annotator.decode),
            former: is_counted.then(|| Former::new(former, &spec.aggregate, Arc::clone(&counts))),
        };
        let tabulate = Tabulate::new(&spec.sink.tables, &spec.aggregate)
            .with_taxonomy(self.annotator.taxonomy.clone());
        // All records of the epoch have passed the first hop when it closes.
        let counts = Box::new(move || std::mem::take(&mut *held(&counts)));
        let aggregate =
            Aggregate::new(&spec.aggregate, &spec.sink.tables, None).anew(originals, counts);
        let sink = Arc::clone(&work.sink);
        let feed = Anew::new(files, &spec.source, &work.cursor, plan);
        Flow::source(&spec.flow, Meters::new(), feed)
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

    /// What the documents of a plan are copies of, as far as their files are there: if they are not, their new rows are committed.
    fn originals(&self, plan: &Superseded) -> Result<FxHashMap<DocId, DocId>, Error> {
        let anew: FxHashSet<DocId> = plan.documents().collect();
        let mut originals = FxHashMap::default();
        let files = plan.epochs().filter_map(|of| self.resume.documents_of(of));
        for file in files {
            add_originals(file, &anew, &mut originals)?;
        }
        Ok(originals)
    }
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
