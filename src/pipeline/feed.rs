//! The head of the path: sources to batches, batches to epochs.
//!
//! The feed alone decides what is read, what is skipped and where an epoch ends, and says so in the epoch's plan. It
//! either reads *ahead* (the listing, less what earlier runs have done) or *again* (the plan of an epoch that a crash
//! left unfinished, record for record).

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::known::{Known, UnfinishedSource, part};
use crate::flow::Stop;
use crate::io::sink::{Progress, short_hash};
use crate::io::source::{Listed, Listing, Reader, SourceFile, SourceOptions};
use crate::record::{
    Batch, BatchHead, EpochPart, EpochPlan, Hop, Place, Record, Reject, RejectCode, SourceStatus,
};
use crate::stage::FoldError;

/// Bytes of a batch at least, unless the input or the epoch ends: enough to pay for its way through the channels, and
/// few enough that four workers have something to do on a small corpus.
pub(super) const BATCH_BYTES: u64 = 256 << 10;
/// Records of a batch at most, for corpora of very short records.
pub(super) const BATCH_RECORDS: usize = 4096;
/// What a record weighs beside its bytes: the memory of an empty document.
pub(super) const RECORD_WEIGHT: u64 = 256;

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
    pub replay: Option<Replay>,
    pub stop: Stop,
    pub figures: Arc<FeedFigures>,
}

/// An unfinished epoch and the sources it names.
pub(super) struct Replay {
    pub plan: EpochPlan,
    pub sources: HashMap<Arc<str>, Listed>,
}

/// A source that is being read.
struct Open {
    file: SourceFile,
    reader: Reader,
    /// First record of it in this epoch.
    first: i64,
    /// One past the last record read.
    end: i64,
    /// Where to stop short of the source's end: set while an epoch is read again.
    until: Option<i64>,
}

/// Sources to batches. See the module's head.
pub(super) struct Feed {
    plan: FeedPlan,
    /// Parts that are yet to be read again, in order.
    again: VecDeque<EpochPart>,
    /// What was read again: newer than `progress`.
    redone: HashMap<Arc<str>, EpochPart>,
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
    pub(super) fn new(mut plan: FeedPlan) -> Self {
        let again = plan
            .replay
            .as_mut()
            .map(|replay| replay.plan.parts.drain(..).collect());
        let epoch = plan
            .replay
            .as_ref()
            .map_or(plan.next_epoch, |replay| replay.plan.epoch);
        Self {
            plan,
            again: again.unwrap_or_default(),
            redone: HashMap::new(),
            taken: HashSet::new(),
            open: None,
            parts: Vec::new(),
            epoch,
            epoch_bytes: 0,
            epoch_start: None,
            sequence: 0,
            ended: false,
        }
    }

    fn step(&mut self) -> Result<Step, FoldError> {
        if self.open.is_some() {
            return Ok(self.read());
        }
        if self.plan.replay.is_some() {
            return self.open_again();
        }
        if self.must_close() {
            return Ok(Step::Close(false));
        }
        if let Some(file) = self.plan.left_over.pop_front() {
            self.taken.insert(Arc::clone(&file.name));
            return Ok(self.open_next(file));
        }
        match self.plan.listing.next() {
            Some(Listed::File(file)) if self.taken.contains(&file.name) => Ok(Step::Nothing),
            Some(Listed::File(file)) => Ok(self.open_next(file)),
            Some(Listed::Refused(refused)) => {
                let name = Arc::clone(&refused.reject.place.source);
                let known = self.known(&name);
                if known.is_some_and(|known| known.is(refused.size, refused.modified)) {
                    add(&self.plan.figures.skipped, 1);
                    return Ok(Step::Nothing);
                }
                self.end_part(
                    part(&name, refused.size, refused.modified, 0),
                    Some(SourceStatus::Rejected),
                    None,
                );
                Ok(Step::Reject(refused.reject))
            }
            None => Ok(Step::Close(true)),
        }
    }

    /// The next item of the open source, or its end.
    fn read(&mut self) -> Step {
        if self.plan.replay.is_none() && self.must_close() {
            return Step::Close(false);
        }
        let open = self.open.as_mut().expect("only called with an open source");
        if open.until.is_some_and(|until| open.end >= until) {
            let open = self.open.take().expect("just looked at");
            self.end_part(open.part(), None, None);
            return Step::Nothing;
        }
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
            return self.open_at(file, 0, None);
        };
        if known.was_not_read() {
            return self.open_at(file, 0, None);
        }
        if known.is(file.size, file.modified) || known.has_content_of(&file) {
            if known.status.is_some() {
                add(&self.plan.figures.skipped, 1);
                return Step::Nothing;
            }
            return self.open_at(file, known.next_record, None);
        }
        if known.came_to_nothing() {
            return self.open_at(file, 0, None);
        }
        self.changed(&file)
    }

    fn open_at(&mut self, file: SourceFile, first: i64, until: Option<i64>) -> Step {
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
                    until,
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

    /// Opens the next part of the epoch that is read again, or closes that epoch.
    fn open_again(&mut self) -> Result<Step, FoldError> {
        let Some(part) = self.again.pop_front() else {
            self.plan.replay = None;
            return Ok(Step::Close(false));
        };
        self.redone.insert(Arc::clone(&part.source), part.clone());
        let replay = self
            .plan
            .replay
            .as_mut()
            .expect("there are parts only while an epoch is read again");
        let listed = replay.sources.remove(&part.source);
        match listed {
            Some(Listed::File(file))
                if file.size == part.size && file.modified == part.modified =>
            {
                let until = part.status.is_none().then_some(part.end);
                if part.sha256.is_none() && part.status.is_some() {
                    // It was turned away as a whole then; it is again.
                    return Ok(self.refuse_again(file, &part));
                }
                Ok(self.open_at(file, part.first, until))
            }
            Some(Listed::Refused(refused)) if refused.size == part.size => {
                self.end_part(
                    EpochPart {
                        documents: 0,
                        ..part
                    },
                    Some(SourceStatus::Rejected),
                    None,
                );
                Ok(Step::Reject(refused.reject))
            }
            listed => Err(UnfinishedSource {
                epoch: self.epoch,
                name: part.source,
                gone: listed.is_none(),
            }
            .into()),
        }
    }

    fn refuse_again(&mut self, file: SourceFile, part: &EpochPart) -> Step {
        if self.plan.progress.of(&part.source).is_some() {
            return self.changed(&file);
        }
        self.open_at(file, part.first, None)
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
        }))
    }

    fn known(&self, name: &str) -> Option<Known> {
        let seen = self.plan.progress.of(name);
        if let Some(part) = self.redone.get(name) {
            let before = seen.map_or(0, |seen| seen.documents);
            return Some(Known {
                next_record: part.end,
                status: part.status,
                size: part.size,
                modified: part.modified,
                sha256: part.sha256.as_deref().and_then(short_hash),
                documents: part.documents.max(before),
            });
        }
        seen.map(|seen| Known {
            next_record: seen.next_record,
            status: seen.status,
            size: seen.size,
            modified: seen.modified,
            sha256: seen.sha256,
            documents: seen.documents,
        })
    }

    /// Fills `batch`; true when the input has ended.
    fn fill(&mut self, batch: &mut Batch<Record>) -> Result<bool, FoldError> {
        while batch.head.weight < BATCH_BYTES
            && batch.items.len() + batch.rejects.len() < BATCH_RECORDS
        {
            let ordinal =
                u32::try_from(batch.items.len() + batch.rejects.len()).unwrap_or(u32::MAX);
            match self.step()? {
                Step::Record(mut record) => {
                    record.place.ordinal = ordinal;
                    let bytes = size(&record);
                    self.epoch_start.get_or_insert_with(Instant::now);
                    self.epoch_bytes += bytes;
                    add(&self.plan.figures.bytes, bytes);
                    batch.head.weight += bytes + RECORD_WEIGHT;
                    batch.items.push(record);
                }
                Step::Reject(mut reject) => {
                    reject.place.ordinal = ordinal;
                    self.epoch_start.get_or_insert_with(Instant::now);
                    let raw = reject.raw.as_ref().map_or(0, Vec::len) + reject.message.len();
                    batch.head.weight += raw as u64 + RECORD_WEIGHT;
                    batch.rejects.push(reject);
                }
                Step::Nothing => {}
                Step::Close(at_end) => {
                    let stopped = self.plan.stop.is_requested();
                    self.plan
                        .figures
                        .unread
                        .store(u64::from(stopped && !at_end), Ordering::Relaxed);
                    batch.head.closes = self.close();
                    return Ok(at_end || stopped);
                }
            }
        }
        Ok(false)
    }
}

impl Iterator for Feed {
    type Item = Result<Batch<Record>, FoldError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
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
            match self.fill(&mut batch) {
                Ok(ended) => self.ended = ended,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
            if batch.head.closes.is_some() {
                self.epoch += 1;
                self.epoch_bytes = 0;
                self.epoch_start = None;
            } else if batch.items.is_empty() && batch.rejects.is_empty() {
                continue;
            }
            self.sequence += 1;
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

/// What a record holds in memory: its text, and what travels beside it.
pub(super) fn size(record: &Record) -> u64 {
    let fields = &record.fields;
    let beside = [&fields.title, &fields.collection, &fields.meta];
    let beside: usize = beside.into_iter().flatten().map(String::len).sum();
    (record.body.len() + beside) as u64
}

fn add(figure: &AtomicU64, by: u64) {
    figure.fetch_add(by, Ordering::Relaxed);
}
