//! The head of the path: sources to batches, batches to epochs.
//!
//! The feed alone decides what is read, what is skipped and where an epoch ends, and says so in the epoch's plan: it reads the listing,
//! less what earlier runs have done.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::filling::{Filling, size};
use super::known::{Known, part};
use crate::flow::Stop;
use crate::io::sink::Progress;
use crate::io::source::{Listed, Listing, Reader, SourceFile, SourceOptions};
use crate::record::{
    Batch, EpochPart, EpochPlan, Hop, Place, Record, Reject, RejectCode, SourceStatus,
};
use crate::stage::FoldError;

/// How far an epoch may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct EpochLimits {
    /// Bytes of records.
    pub bytes: u64,
    /// Time since its first record.
    pub time: Duration,
}

/// Figures that the feed leaves behind for the report.
#[derive(Debug, Default)]
pub(super) struct FeedFigures {
    pub sources: AtomicU64,
    pub skipped: AtomicU64,
    pub records: AtomicU64,
    pub bytes: AtomicU64,
    pub unread: AtomicU64,
}

/// What the feed is made from.
pub(super) struct FeedPlan {
    pub listing: Listing,
    /// Standard inputs of earlier runs that were kept and never read to their end.
    pub left_over: VecDeque<SourceFile>,
    pub options: SourceOptions,
    pub limits: EpochLimits,
    pub pipeline: String,
    pub next_epoch: i64,
    pub progress: Progress,
    pub stop: Stop,
    pub figures: Arc<FeedFigures>,
}

/// A source that is being read.
struct Open {
    file: SourceFile,
    reader: Reader,
    /// First record of it in this epoch.
    first: i64,
    /// One past the last record read.
    end: i64,
}

/// Sources to batches. See the module's head.
pub(super) struct Feed {
    plan: FeedPlan,
    /// Names of left-over inputs that were taken up: standard input may say the same again.
    taken: HashSet<Arc<str>>,
    open: Option<Open>,
    parts: Vec<EpochPart>,
    epoch: i64,
    epoch_bytes: u64,
    epoch_start: Option<Instant>,
    sequence: u64,
    ended: bool,
}

/// What one step of the feed came to.
enum Step {
    Record(Record),
    Reject(Reject),
    /// Something happened that yields no item.
    Nothing,
    /// The epoch must close here; `true` at the end of all input.
    Close(bool),
}

impl Feed {
    pub(super) fn new(plan: FeedPlan) -> Self {
        Self {
            epoch: plan.next_epoch,
            plan,
            taken: HashSet::new(),
            open: None,
            parts: Vec::new(),
            epoch_bytes: 0,
            epoch_start: None,
            sequence: 0,
            ended: false,
        }
    }

    fn step(&mut self) -> Step {
        if self.open.is_some() {
            return self.read();
        }
        if self.must_close() {
            return Step::Close(false);
        }
        if let Some(file) = self.plan.left_over.pop_front() {
            self.taken.insert(Arc::clone(&file.name));
            return self.open_next(file);
        }
        match self.plan.listing.next() {
            Some(Listed::File(file)) if self.taken.contains(&file.name) => Step::Nothing,
            Some(Listed::File(file)) => self.open_next(file),
            Some(Listed::Refused(refused)) => {
                let name = Arc::clone(&refused.reject.place.source);
                let known = self.known(&name);
                if known.is_some_and(|known| known.is(refused.size, refused.modified)) {
                    add(&self.plan.figures.skipped, 1);
                    return Step::Nothing;
                }
                self.end_part(
                    part(&name, refused.size, refused.modified, 0),
                    Some(SourceStatus::Rejected),
                    None,
                );
                Step::Reject(refused.reject)
            }
            None => Step::Close(true),
        }
    }

    /// The next item of the open source, or its end.
    fn read(&mut self) -> Step {
        if self.must_close() {
            return Step::Close(false);
        }
        let open = self.open.as_mut().expect("only called with an open source");
        let Some(item) = open.reader.next() else {
            let open = self.open.take().expect("just looked at");
            let part = open.part();
            let end = open.reader.finish();
            self.end_part(part, Some(end.status), Some(end.sha256));
            return Step::Nothing;
        };
        let place = match &item {
            Ok(record) => &record.place,
            Err(reject) => &reject.place,
        };
        open.end = place.record + 1;
        add(&self.plan.figures.records, 1);
        match item {
            Ok(record) => Step::Record(record),
            Err(reject) => Step::Reject(reject),
        }
    }

    /// Opens the next source of the listing, unless an earlier run has done it.
    fn open_next(&mut self, file: SourceFile) -> Step {
        let Some(known) = self.known(&file.name) else {
            return self.open_at(file, 0);
        };
        if known.was_not_read() {
            return self.open_at(file, 0);
        }
        if known.is(file.size, file.modified) || known.has_content_of(&file) {
            if known.status.is_some() {
                add(&self.plan.figures.skipped, 1);
                return Step::Nothing;
            }
            return self.open_at(file, known.next_record);
        }
        if known.came_to_nothing() {
            return self.open_at(file, 0);
        }
        self.changed(&file)
    }

    fn open_at(&mut self, file: SourceFile, first: i64) -> Step {
        match file.open(&self.plan.options) {
            Ok(mut reader) => {
                if first > 0 {
                    reader.skip_to(first);
                }
                self.open = Some(Open {
                    file,
                    reader,
                    first,
                    end: first,
                });
                Step::Nothing
            }
            Err(reject) => {
                let part = part(&file.name, file.size, file.modified, first);
                self.end_part(part, Some(SourceStatus::Rejected), None);
                Step::Reject(reject)
            }
        }
    }

    /// A source that was read before, and is another now.
    fn changed(&mut self, file: &SourceFile) -> Step {
        let part = part(&file.name, file.size, file.modified, 0);
        self.end_part(part, Some(SourceStatus::Rejected), None);
        Step::Reject(Reject::new(
            Place::new(Arc::clone(&file.name), 0),
            Hop::Source,
            RejectCode::Changed,
            "the source has changed since its rows were written; they stay as they are: read it into a new output \
             folder, or give it a new name",
        ))
    }

    fn end_part(
        &mut self,
        mut part: EpochPart,
        status: Option<SourceStatus>,
        sha256: Option<String>,
    ) {
        if status.is_some() {
            add(&self.plan.figures.sources, 1);
        }
        part.status = status;
        part.sha256 = sha256;
        self.epoch_start.get_or_insert_with(Instant::now);
        self.parts.push(part);
    }

    fn must_close(&self) -> bool {
        let late = self
            .epoch_start
            .is_some_and(|start| start.elapsed() >= self.plan.limits.time);
        !self.parts_is_empty() && (late || self.epoch_bytes >= self.plan.limits.bytes)
            || self.plan.stop.is_requested()
    }

    fn parts_is_empty(&self) -> bool {
        self.parts.is_empty() && self.open.as_ref().is_none_or(|open| open.end == open.first)
    }

    /// The plan of the epoch that ends here; a source that is still open goes on in the next one.
    fn close(&mut self) -> Option<Box<EpochPlan>> {
        if let Some(open) = self.open.as_mut().filter(|open| open.end > open.first) {
            self.parts.push(open.part());
            open.first = open.end;
        }
        if self.parts.is_empty() {
            return None;
        }
        Some(Box::new(EpochPlan {
            epoch: self.epoch,
            pipeline: self.plan.pipeline.clone(),
            parts: std::mem::take(&mut self.parts),
            supersedes: None,
            tables: None,
        }))
    }

    fn known(&self, name: &str) -> Option<Known> {
        let seen = self.plan.progress.of(name);
        seen.map(|seen| Known {
            next_record: seen.next_record,
            status: seen.status,
            size: seen.size,
            modified: seen.modified,
            sha256: seen.sha256,
            documents: seen.documents,
        })
    }

    /// Fills `batch`; where the epoch closes within it, says so, and whether the input has ended.
    fn fill(&mut self, batch: &mut Filling) -> Option<bool> {
        while !batch.is_full() {
            let item = match self.step() {
                Step::Record(record) => {
                    let bytes = size(&record);
                    self.epoch_bytes += bytes;
                    add(&self.plan.figures.bytes, bytes);
                    Ok(record)
                }
                Step::Reject(reject) => Err(reject),
                Step::Nothing => continue,
                Step::Close(at_end) => {
                    let stopped = self.plan.stop.is_requested();
                    let unread = u64::from(stopped && !at_end);
                    self.plan.figures.unread.store(unread, Ordering::Relaxed);
                    return Some(at_end || stopped);
                }
            };
            self.epoch_start.get_or_insert_with(Instant::now);
            batch.put(item);
        }
        None
    }
}

impl Iterator for Feed {
    type Item = Result<Batch<Record>, FoldError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut batch = Filling::new(self.sequence, self.epoch);
            let closes = self.fill(&mut batch);
            self.ended = closes == Some(true);
            let plan = closes.and_then(|_| self.close());
            if plan.is_some() {
                self.epoch += 1;
                self.epoch_bytes = 0;
                self.epoch_start = None;
            } else if batch.is_empty() {
                continue;
            }
            self.sequence += 1;
            let mut batch = batch.finish();
            batch.head.closes = plan;
            return Some(Ok(batch));
        }
        None
    }
}

impl Open {
    fn part(&self) -> EpochPart {
        EpochPart {
            end: self.end,
            ..part(
                &self.file.name,
                self.file.size,
                self.file.modified,
                self.first,
            )
        }
    }
}

fn add(figure: &AtomicU64, by: u64) {
    figure.fetch_add(by, Ordering::Relaxed);
}
