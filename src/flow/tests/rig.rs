//! What the tests share: numbered items, a map and a fold made of closures, and a limit on waiting.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::flow::{Flow, FlowError, FlowOptions, Meters, OnPanic};
use crate::record::{Batch, BatchHead, Hop, Located, Place};
use crate::stage::{Fold, FoldError, Map, Output};

/// Only a hang is over it; no test waits for it to pass.
pub(super) const LIMIT: Duration = Duration::from_mins(2);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) number: u64,
    place: Place,
}

impl Item {
    pub(super) fn new(number: u64) -> Self {
        let record = i64::try_from(number).expect("tests count low");
        Self {
            number,
            place: Place::new("harbour.txt", record),
        }
    }
}

impl Located for Item {
    fn place(&self) -> &Place {
        &self.place
    }
}

/// A batch of one item, which has the batch's number.
pub(super) fn batch(sequence: u64, weight: u64) -> Batch<Item> {
    Batch {
        head: BatchHead {
            sequence,
            epoch: 0,
            weight,
            closes: None,
        },
        items: vec![Item::new(sequence)],
        rejects: vec![],
    }
}

pub(super) fn batches(
    count: u64,
) -> impl Iterator<Item = Result<Batch<Item>, FoldError>> + Send + 'static {
    (0..count).map(|sequence| Ok(batch(sequence, 1)))
}

/// A map hop that does what a closure does; its scratch is a count.
pub(super) struct Step<F, const ISOLATES: bool = true>(pub(super) F);

impl<F, const ISOLATES: bool> Map for Step<F, ISOLATES>
where
    F: Fn(Item, &mut u64, &mut Output<Item>) + Send + Sync + 'static,
{
    type In = Item;
    type Out = Item;
    type Scratch = u64;
    const HOP: Hop = Hop::Decode;
    const ISOLATES: bool = ISOLATES;

    fn scratch(&self) -> u64 {
        0
    }

    fn map(&self, item: Item, scratch: &mut u64, out: &mut Output<Item>) {
        (self.0)(item, scratch, out);
    }
}

/// A map hop that changes nothing.
pub(super) fn pass() -> Arc<impl Map<In = Item, Out = Item>> {
    Arc::new(Step::<_>(|item, _: &mut u64, out: &mut Output<Item>| {
        out.items.push(item);
    }))
}

/// A fold hop that does what a closure does.
pub(super) struct Tally<F>(pub(super) F);

impl<F> Fold for Tally<F>
where
    F: FnMut(Batch<Item>) -> Result<Batch<Item>, FoldError> + Send + 'static,
{
    type In = Item;
    type Out = Item;
    const HOP: Hop = Hop::Aggregate;

    fn fold(&mut self, batch: Batch<Item>) -> Result<Batch<Item>, FoldError> {
        (self.0)(batch)
    }
}

pub(super) fn workers(workers: usize) -> FlowOptions {
    FlowOptions {
        workers,
        ..FlowOptions::default()
    }
}

pub(super) fn rejecting() -> FlowOptions {
    FlowOptions {
        on_panic: OnPanic::Reject,
        ..workers(2)
    }
}

/// Runs `work` on another thread; a hang is a failure, not a hang.
pub(super) fn apart<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    let (to, done) = sync_channel(1);
    thread::spawn(move || to.send(work()));
    done.recv_timeout(LIMIT)
        .expect("the flow ends, and its thread does not panic")
}

/// Runs a flow and returns how it ended, with all batches that came to the end.
pub(super) fn collect(flow: Flow<Item>) -> (Result<(), FlowError>, Vec<Batch<Item>>) {
    apart(|| {
        let (to, from) = sync_channel(1 << 16);
        let end = flow.run(move |batch| Ok(to.try_send(batch)?));
        (end, from.try_iter().collect())
    })
}

pub(super) fn numbers(batches: &[Batch<Item>]) -> Vec<u64> {
    let items = batches.iter().flat_map(|batch| &batch.items);
    items.map(|item| item.number).collect()
}

/// A source that says each time that it is asked for a batch, and a count of what it said.
pub(super) fn told(
    weight: u64,
) -> (
    impl Iterator<Item = Result<Batch<Item>, FoldError>> + Send + 'static,
    Receiver<u64>,
) {
    let (tell, asked): (SyncSender<u64>, _) = sync_channel(1 << 16);
    let batches = (0..).map(move |sequence| {
        tell.send(sequence)?;
        Ok(batch(sequence, weight))
    });
    (batches, asked)
}

/// Waits until the source has been asked for batch `last`, and finds that it has not been asked for more.
pub(super) fn asked_exactly(asked: &Receiver<u64>, last: u64) {
    while asked
        .recv_timeout(LIMIT)
        .expect("the source is asked for more")
        < last
    {}
    assert_eq!(asked.try_recv().ok(), None, "batch {last} is the last");
}

pub(super) fn meters() -> Arc<Meters> {
    Meters::new()
}
