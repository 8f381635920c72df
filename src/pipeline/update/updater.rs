//! Old epochs, one after the other: each with documents that contain a change gets a later epoch that has them anew.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use super::feed::Anew;
use super::touched::{Sources, touched};
use crate::Error;
use crate::config::PipelineSpec;
use crate::flow::{Flow, Meters};
use crate::io::sink::{Committed, Resume, Sink, TableReader, Update};
use crate::io::source::SourceFile;
use crate::lexicon::Changes;
use crate::pipeline::annotator::Annotator;
use crate::pipeline::report::Control;
use crate::pipeline::run::{SPOOL, held, private};
use crate::pipeline::vocabulary::Vocabulary;
use crate::record::{AnewPart, DocId, EpochPlan, Superseded};
use crate::stage::aggregate::{Aggregate, AggregateOptions};
use crate::stage::duplicates::Duplicates;
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

impl Updater<'_> {
    /// Looks at all epochs that have not been looked at yet, and at the end settles the folder.
    pub(in crate::pipeline) fn run(&self, update: &Update, sink: Sink) -> Result<Updated, Error> {
        let spec = self.spec;
        let former = || Vocabulary::from_bytes(&update.vocabulary, &private(&spec.output));
        let was = former()?;
        let changes = Changes::between(
            (&was.lexicon, was.taxonomy.as_ref()),
            (&self.annotator.lexicon, self.annotator.taxonomy.as_ref()),
        )?;
        let former = Annotator::with(spec, was)?;
        tracing::info!(
            changes = changes.len(),
            "documents with changed words or concepts are annotated anew"
        );
        let sources = Sources {
            output: &spec.output,
            inputs: &self.resume.inputs,
            spool: private(&spec.output).join(SPOOL),
            options: &spec.source,
            progress: &self.resume.progress,
        };
        let sink = Arc::new(Mutex::new(sink));
        let mut commits = Vec::new();
        let mut next = self.resume.next_epoch;
        let replayed = self.resume.replay.as_ref();
        if let Some(plan) = replayed.and_then(|plan| plan.supersedes.clone()) {
            let files = sources.locate_again(&plan)?;
            commits.extend(self.epoch(next, plan, &files, &former, &sink)?);
            next += 1;
        }
        let mut kept = HashSet::new();
        for epoch in 0..self.resume.next_epoch {
            let plan = held(&sink).plan(epoch)?.and_then(|plan| plan.supersedes);
            kept.extend(plan.into_iter().flat_map(|plan| plan.kept));
        }
        for epoch in update.epochs.clone() {
            if self.control.stop.is_requested() {
                return Ok(Updated {
                    commits,
                    interrupted: true,
                });
            }
            let Some(file) = self.resume.documents_of(epoch) else {
                continue;
            };
            let touched = touched(file, &changes)?;
            let plan = held(&sink).plan(epoch)?;
            let Some(plan) = plan.filter(|_| !touched.is_empty()) else {
                continue;
            };
            let (plan, files) = sources.locate(&plan, touched, &mut kept);
            if plan.parts.is_empty() && plan.kept.is_empty() {
                continue;
            }
            commits.extend(self.epoch(next, plan, &files, &former, &sink)?);
            next += 1;
        }
        held(&sink).settle_update()?;
        Ok(Updated {
            commits,
            interrupted: false,
        })
    }

    /// Writes epoch `next`, which has the documents of `superseded` anew.
    fn epoch(
        &self,
        next: i64,
        superseded: Superseded,
        files: &[(SourceFile, AnewPart)],
        former: &Annotator,
        sink: &Arc<Mutex<Sink>>,
    ) -> Result<Option<Committed>, Error> {
        let spec = self.spec;
        let file = self.resume.documents_of(superseded.epoch);
        let originals = originals(file, &superseded)?;
        let plan = EpochPlan {
            epoch: next,
            pipeline: self.pipeline.to_owned(),
            parts: Vec::new(),
            supersedes: Some(superseded),
        };
        let counts = if spec.sink.tables.contains(&TableId::Metrics) {
            self.count(former, files, plan.clone())?
        } else {
            Counts::default()
        };
        let tabulate = Tabulate::new(&spec.sink.tables, &spec.aggregate)
            .with_taxonomy(self.annotator.taxonomy.clone());
        let aggregate =
            Aggregate::new(&spec.aggregate, &spec.sink.tables, None).anew(originals, counts);
        let last = Arc::clone(sink);
        let feed = Anew::new(files.to_vec(), &spec.source, plan);
        Flow::source(&spec.flow, Meters::new(), feed)
            .map(Arc::clone(&self.annotator.decode))
            .map(Arc::clone(&self.annotator.segment))
            .map(Arc::clone(&self.annotator.tag))
            .map(Arc::new(tabulate))
            .fold(aggregate)
            .run(move |batch| {
                held(&last).write(batch)?;
                Ok(())
            })?;
        Ok(held(sink).settle()?)
    }

    /// What the documents counted with the former vocabulary.
    fn count(
        &self,
        former: &Annotator,
        files: &[(SourceFile, AnewPart)],
        plan: EpochPlan,
    ) -> Result<Counts, Error> {
        let options = AggregateOptions {
            duplicates: Duplicates::Off,
            ..self.spec.aggregate.clone()
        };
        let tabulate =
            Tabulate::new(&[TableId::Metrics], &options).with_taxonomy(former.taxonomy.clone());
        let counts = Arc::new(Mutex::new(Counts::default()));
        let sum = Arc::clone(&counts);
        let feed = Anew::new(files.to_vec(), &self.spec.source, plan);
        Flow::source(&self.spec.flow, Meters::new(), feed)
            .map(Arc::clone(&former.decode))
            .map(Arc::clone(&former.segment))
            .map(Arc::clone(&former.tag))
            .map(Arc::new(tabulate))
            .run(move |batch| {
                for item in batch.items {
                    held(&sum).merge(Counts {
                        groups: item.counts.groups,
                        documents: Vec::new(),
                    });
                }
                Ok(())
            })?;
        let counts = std::mem::take(&mut *held(&counts));
        Ok(counts)
    }
}

/// What the documents of a plan are copies of, as far as they are in `file`: if they are not, their new rows are committed.
fn originals(file: Option<&Path>, plan: &Superseded) -> Result<FxHashMap<DocId, DocId>, Error> {
    let Some(file) = file else {
        return Ok(FxHashMap::default());
    };
    let anew: FxHashSet<DocId> = plan.documents().collect();
    let mut originals = FxHashMap::default();
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
    Ok(originals)
}
