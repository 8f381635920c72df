//! Records that were read before, in batches: those that a plan names, and no others.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::io::source::{Reader, SourceFile, SourceOptions};
use crate::pipeline::feed::{BATCH_BYTES, BATCH_RECORDS, RECORD_WEIGHT, size};
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

/// The records of one epoch that are read again.
pub(super) struct Anew {
    sources: VecDeque<(SourceFile, AnewPart)>,
    options: SourceOptions,
    open: Option<Open>,
    kept: VecDeque<Arc<str>>,
    epoch: i64,
    /// Given out with the last batch.
    plan: Option<Box<EpochPlan>>,
    sequence: u64,
    ended: bool,
}

/// A source that is being read.
struct Open {
    name: Arc<str>,
    reader: Reader,
    /// What is left of its records: from the first to one past the last.
    left: VecDeque<(i64, i64)>,
}

impl Anew {
    /// The records of `sources`, for the epoch of `plan`.
    pub(super) fn new(
        sources: Vec<(SourceFile, AnewPart)>,
        options: &SourceOptions,
        plan: EpochPlan,
    ) -> Self {
        let kept = plan.supersedes.iter().flat_map(|plan| plan.kept.clone());
        Self {
            sources: sources.into(),
            options: options.clone(),
            open: None,
            kept: kept.collect(),
            epoch: plan.epoch,
            plan: Some(Box::new(plan)),
            sequence: 0,
            ended: false,
        }
    }

    /// The next record; `None` behind the last.
    fn record(&mut self) -> Result<Option<Record>, FoldError> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(record) = open.next()? {
                    return Ok(Some(record));
                }
                self.open = None;
            }
            let Some((file, part)) = self.sources.pop_front() else {
                return Ok(None);
            };
            let lost = |_: Reject| LostRecord {
                name: Arc::clone(&part.source),
                record: part.records.first().map_or(0, |(first, _)| *first),
            };
            self.open = Some(Open {
                reader: file.open(&self.options).map_err(lost)?,
                name: file.name,
                left: part.records.into(),
            });
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

impl Open {
    fn next(&mut self) -> Result<Option<Record>, LostRecord> {
        let Some((first, end)) = self.left.front_mut() else {
            return Ok(None);
        };
        self.reader.skip_to(*first);
        let wanted = *first;
        match self.reader.next() {
            Some(Ok(record)) if record.place.record == wanted => {
                *first += 1;
                if *first >= *end {
                    self.left.pop_front();
                }
                Ok(Some(record))
            }
            _ => Err(LostRecord {
                name: Arc::clone(&self.name),
                record: wanted,
            }),
        }
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
