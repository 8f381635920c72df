//! What each hop does and waits for, as numbers that any thread may read at any time.
//!
//! Counters are relaxed atomics: each is right by itself, and two read together may be a batch apart. That is enough
//! for a progress bar and for a table at the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::record::Hop;

/// All hops, in the order of the path.
const HOPS: [Hop; 7] = [
    Hop::Source,
    Hop::Decode,
    Hop::Segment,
    Hop::Tag,
    Hop::Tabulate,
    Hop::Aggregate,
    Hop::Sink,
];

/// The meters of a run.
#[derive(Debug, Default)]
pub struct Meters {
    gauges: [Gauge; HOPS.len()],
    held: AtomicU64,
    held_max: AtomicU64,
    /// Old epochs that an update has looked at, and those that it has to look at.
    looked: AtomicU64,
    to_look: AtomicU64,
}

/// What a hop has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Threads.
    pub workers: u64,
    /// Items that came in and are done with; for the source, items that went out.
    pub items: u64,
    /// Batches of them.
    pub batches: u64,
    /// Bytes of input that those batches stand for.
    pub bytes: u64,
    /// What this hop itself turned away.
    pub rejects: u64,
    /// Time in the hop's own code, over all its workers.
    pub busy: Duration,
    /// Time without input, over all its workers.
    pub waiting: Duration,
    /// Time with output that nobody took (for the source, or for which there was no memory), over all its workers.
    pub blocked: Duration,
    /// Batches on the edge before it, when it last looked.
    pub depth: u64,
    /// The most there ever were.
    pub depth_max: u64,
}

impl Meters {
    /// All at zero.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// What `hop` has done so far.
    pub fn reading(&self, hop: Hop) -> Reading {
        self.gauge(hop).reading()
    }

    /// The hops that have workers in this run, in the order of the path.
    pub fn hops(&self) -> impl Iterator<Item = Hop> + '_ {
        HOPS.into_iter()
            .filter(|hop| self.gauge(*hop).workers.load(Relaxed) > 0)
    }

    /// Memory that batches in flight stand for, in bytes.
    pub fn memory(&self) -> u64 {
        self.held.load(Relaxed)
    }

    /// The most it ever was.
    pub fn memory_max(&self) -> u64 {
        self.held_max.load(Relaxed)
    }

    /// How many of the old epochs an update has looked at.
    pub fn looked_at(&self, epochs: usize, of: usize) {
        let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
        self.looked.store(number(epochs), Relaxed);
        self.to_look.store(number(of), Relaxed);
    }

    /// How many old epochs an update has looked at, and of how many; `None` where there is nothing to update, or no more.
    pub fn looking(&self) -> Option<(u64, u64)> {
        let (done, all) = (self.looked.load(Relaxed), self.to_look.load(Relaxed));
        (done < all).then_some((done, all))
    }

    pub(super) fn gauge(&self, hop: Hop) -> &Gauge {
        // The hops are numbered from 0 in the order of the path, as `HOPS` is.
        &self.gauges[hop as usize]
    }

    pub(super) fn hold(&self, bytes: u64) {
        let now = self.held.fetch_add(bytes, Relaxed) + bytes;
        self.held_max.fetch_max(now, Relaxed);
    }

    pub(super) fn release(&self, bytes: u64) {
        self.held.fetch_sub(bytes, Relaxed);
    }
}

/// The counters of one hop. Times are in nanoseconds.
#[derive(Debug, Default)]
pub(super) struct Gauge {
    workers: AtomicU64,
    items: AtomicU64,
    batches: AtomicU64,
    bytes: AtomicU64,
    rejects: AtomicU64,
    busy: AtomicU64,
    waiting: AtomicU64,
    blocked: AtomicU64,
    depth: AtomicU64,
    depth_max: AtomicU64,
}

impl Gauge {
    /// The most of them, where several flows follow each other in a run.
    pub(super) fn employ(&self, workers: usize) {
        let workers = u64::try_from(workers).unwrap_or(u64::MAX);
        self.workers.fetch_max(workers, Relaxed);
    }

    pub(super) fn finished(&self, items: usize, bytes: u64, rejects: usize) {
        self.batches.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes, Relaxed);
        add(&self.items, items);
        add(&self.rejects, rejects);
    }

    pub(super) fn worked(&self, time: Duration) {
        tick(&self.busy, time);
    }

    pub(super) fn waited(&self, time: Duration) {
        tick(&self.waiting, time);
    }

    pub(super) fn was_blocked(&self, time: Duration) {
        tick(&self.blocked, time);
    }

    /// A batch was taken and left `behind` others on the edge.
    pub(super) fn took(&self, behind: usize) {
        let behind = u64::try_from(behind).unwrap_or(u64::MAX);
        self.depth.store(behind, Relaxed);
        self.depth_max.fetch_max(behind.saturating_add(1), Relaxed);
    }

    fn reading(&self) -> Reading {
        Reading {
            workers: self.workers.load(Relaxed),
            items: self.items.load(Relaxed),
            batches: self.batches.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            rejects: self.rejects.load(Relaxed),
            busy: Duration::from_nanos(self.busy.load(Relaxed)),
            waiting: Duration::from_nanos(self.waiting.load(Relaxed)),
            blocked: Duration::from_nanos(self.blocked.load(Relaxed)),
            depth: self.depth.load(Relaxed),
            depth_max: self.depth_max.load(Relaxed),
        }
    }
}

fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Relaxed);
}

fn tick(counter: &AtomicU64, time: Duration) {
    // A `u64` of nanoseconds lasts 584 years.
    counter.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Relaxed);
}
