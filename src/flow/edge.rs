//! Edges between hops: a bounded channel of parcels with a clock at each end, and the buffer that restores order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use async_channel::{Receiver, Sender};

use super::budget::Permit;
use super::meters::{Gauge, Meters};
use super::verdict::{Failure, Verdict};
use super::{FlowError, OnPanic};
use crate::record::{Batch, Hop, Place};
use crate::stage::FoldError;

/// A batch under way, with the number that the flow gave it and the memory that it holds.
#[derive(Debug)]
pub(super) struct Parcel<T> {
    pub(super) sequence: u64,
    pub(super) batch: Batch<T>,
    pub(super) permit: Permit,
}

/// What all workers of a run share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) meters: Arc<Meters>,
    pub(super) budget: super::budget::Budget,
    pub(super) verdict: Verdict,
    pub(super) on_panic: OnPanic,
}

/// A worker's place in the run: its hop's gauge, and the way to everybody's verdict.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) hop: Hop,
    pub(super) shared: Arc<Shared>,
}

impl Post {
    pub(super) fn gauge(&self) -> &Gauge {
        self.shared.meters.gauge(self.hop)
    }

    /// The next parcel; `None` at the end of the input, or when the run has failed.
    pub(super) fn receive<T>(&self, from: &Receiver<Parcel<T>>) -> Option<Parcel<T>> {
        let since = Instant::now();
        let parcel = from.recv_blocking().ok();
        self.gauge().waited(since.elapsed());
        // A closed channel still gives out what it holds.
        let parcel = parcel.filter(|_| !self.shared.verdict.has_failed())?;
        self.gauge().took(from.len());
        Some(parcel)
    }

    /// Hands a parcel on; whether anybody is there to take it.
    pub(super) fn send<T>(&self, to: &Sender<Parcel<T>>, parcel: Parcel<T>) -> bool {
        let since = Instant::now();
        let sent = to.send_blocking(parcel).is_ok();
        self.gauge().was_blocked(since.elapsed());
        sent
    }

    /// Runs the hop's own code under the clock.
    pub(super) fn work<R>(&self, work: impl FnOnce() -> R) -> R {
        let since = Instant::now();
        let made = work();
        self.gauge().worked(since.elapsed());
        made
    }

    pub(super) fn panicked(&self, sequence: u64, place: Option<Place>, message: String) -> Failure {
        let hop = self.hop;
        let error = FlowError::Panic {
            hop,
            place,
            message,
        };
        Failure { sequence, error }
    }

    pub(super) fn failed(&self, sequence: u64, source: FoldError) -> Failure {
        let hop = self.hop;
        let error = FlowError::Hop { hop, source };
        Failure { sequence, error }
    }
}

/// Holds parcels until it is their turn. It never holds more than what is in flight, which the budget bounds.
#[derive(Debug)]
pub(super) struct Reorder<T> {
    next: u64,
    waiting: BTreeMap<u64, Parcel<T>>,
}

impl<T> Reorder<T> {
    pub(super) fn new() -> Self {
        Self {
            next: 0,
            waiting: BTreeMap::new(),
        }
    }

    pub(super) fn put(&mut self, parcel: Parcel<T>) {
        self.waiting.insert(parcel.sequence, parcel);
    }

    /// The parcel whose turn it is, if it has come.
    pub(super) fn take(&mut self) -> Option<Parcel<T>> {
        let parcel = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some(parcel)
    }
}
