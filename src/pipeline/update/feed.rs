//! Records that were read before, in batches: those that a plan names, and no others.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::io::source::{Reader, SourceFile, SourceOptions};
use crate::pipeline::feed::{BATCH_BYTES, BATCH_RECORDS, RECORD_WEIGHT, size};
use crate::pipeline::run::held;
use crate::record::{
    AnewPart, Batch, BatchHead, EpochPlan, Hop, Place, Record, Reject, RejectCode,
};
use crate::stage::FoldError;

/// A record that a source had, and that is not there now, though the source looks as it did.
#[derive(Debug, thiserror::Error)]
#[error(
    "record {record} of `{name}` can't be read again: put the source back as it was, or write to a new output folder"
)]
struct LostRecord {
    name: Arc<str>,
    record: i64,
}

/// The source that is being read. It stays open from epoch to epoch: the next one goes on in it as a rule, and to begin anew is to read all
/// of it that comes before.
#[derive(Default)]
pub(super) struct Cursor {
    open: Option<(PathBuf, Reader)>,
}

impl Cursor {
    /// A reader that stands at `record` of `file`, or before it.
    fn at(
        &mut self,
        record: i64,
        file: &SourceFile,
        options: &SourceOptions,
    ) -> Result<&mut Reader, Reject> {
        let open = self.open.take();
        let open = open
            .filter(|(path, reader)| *path == file.path && reader.position() <= record)
            .map_or_else(
                || Ok((file.path.clone(), file.open(options)?)),
                Ok::<_, Reject>,
            )?;
        let (_, reader) = self.open.insert(open);
        reader.skip_to(record);
        Ok(reader)
    }
}

/// The records of one epoch that are read again.
pub(super) struct Anew {
    /// What is left of them.
    sources: VecDeque<(SourceFile, AnewPart)>,
    options: SourceOptions,
    cursor: Arc<Mutex<Cursor>>,
    kept: VecDeque<Arc<str>>,
    epoch: i64,
    /// Given out with the last batch.
    plan: Option<Box<EpochPlan>>,
    sequence: u64,
    ended: bool,
}

impl Anew {
    /// The records of `sources`, for the epoch of `plan`.
    pub(super) fn new(
        mut sources: Vec<(SourceFile, AnewPart)>,
        options: &SourceOptions,
        cursor: &Arc<Mutex<Cursor>>,
        plan: EpochPlan,
    ) -> Self {
        let kept = plan.supersedes.iter().flat_map(|plan| plan.kept.clone());
        for (_, part) in &mut sources {
            // The next one is taken from the end.
            part.records.reverse();
        }
        Self {
            sources: sources.into(),
            options: options.clone(),
            cursor: Arc::clone(cursor),
            kept: kept.collect(),
            epoch: plan.epoch,
            plan: Some(Box::new(plan)),
            sequence: 0,
            ended: false,
        }
    }

    /// The next record; `None` behind the last.
    fn record(&mut self) -> Result<Option<Record>, LostRecord> {
        let (file, wanted) = loop {
            let Some((file, part)) = self.sources.front_mut() else {
                return Ok(None);
            };
            match part.records.last_mut() {
                Some((first, end)) if *first < *end => {
                    *first += 1;
                    break (file, *first - 1);
                }
                Some(_) => {
                    part.records.pop();
                }
                None => {
                    self.sources.pop_front();
                }
            }
        };
        let mut cursor = held(&self.cursor);
        let next = cursor
            .at(wanted, file, &self.options)
            .ok()
            .and_then(Iterator::next);
        match next {
            Some(Ok(record)) if record.place.record == wanted => Ok(Some(record)),
            _ => Err(LostRecord {
                name: Arc::clone(&file.name),
                record: wanted,
            }),
        }
    }

    fn fill(&mut self, batch: &mut Batch<Record>) -> Result<(), FoldError> {
        while batch.head.weight < BATCH_BYTES
            && batch.items.len() + batch.rejects.len() < BATCH_RECORDS
        {
            let ordinal = batch.items.len() + batch.rejects.len();
            let ordinal = u32::try_from(ordinal).unwrap_or(u32::MAX);
            if let Some(name) = self.kept.pop_front() {
                let mut reject = kept(name);
                reject.place.ordinal = ordinal;
                batch.head.weight += RECORD_WEIGHT;
                batch.rejects.push(reject);
            } else if let Some(mut record) = self.record()? {
                record.place.ordinal = ordinal;
                batch.head.weight += size(&record) + RECORD_WEIGHT;
                batch.items.push(record);
            } else {
                self.ended = true;
                batch.head.closes = self.plan.take();
                break;
            }
        }
        Ok(())
    }
}

/// What is said of a source whose documents could not be annotated anew.
fn kept(name: Arc<str>) -> Reject {
    Reject::new(
        Place::new(name, 0),
        Hop::Source,
        RejectCode::Changed,
        "the source is gone or has changed since its rows were written, so that its documents could not be annotated with the \
         changed lexicons and taxonomies; they stay as they are",
    )
}

impl Iterator for Anew {
    type Item = Result<Batch<Record>, FoldError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let head = BatchHead {
            sequence: self.sequence,
            epoch: self.epoch,
            weight: 0,
            closes: None,
        };
        let mut batch = Batch {
            head,
            items: Vec::new(),
            rejects: Vec::new(),
        };
        if let Err(error) = self.fill(&mut batch) {
            self.ended = true;
            return Some(Err(error));
        }
        self.sequence += 1;
        Some(Ok(batch))
    }
}
