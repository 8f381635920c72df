//! Under a stuck sink exactly as many batches are in flight as the budget, or else their number, allows.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::rig::{Item, LIMIT, Tally, asked_exactly, meters, pass, told, workers};
use crate::flow::{EXPANSION, Flow, FlowError, FlowOptions, batches_in_flight};
use crate::record::Batch;
use crate::stage::FoldError;

/// Gives the sink its turns.
type Turns = SyncSender<()>;

/// A sink that takes one batch a turn.
fn in_turns() -> (
    Turns,
    impl FnMut(Batch<Item>) -> Result<(), FoldError> + Send + 'static,
) {
    let (turn, wait) = sync_channel::<()>(0);
    (turn, move |_| Ok(wait.recv_timeout(LIMIT)?))
}

fn is_stopped(end: Result<(), FlowError>) {
    let error = end.expect_err("the sink was taken away");
    assert!(matches!(error, FlowError::Hop { .. }), "{error}");
}

#[test]
fn the_budget_bounds_what_is_in_flight() {
    // A batch of 1000 bytes takes 12 × 1000 / 1024 = 11.7, so 12 KiB; 100 KiB hold 8 of them, and 4 KiB stay free. The
    // number of batches would let in 3 × 4 + 3.
    let options = FlowOptions {
        memory: 100 << 10,
        ..workers(4)
    };
    let fits = (100 << 10) / (1000 * EXPANSION).next_multiple_of(1 << 10);
    assert_eq!(fits, 8);
    let (source, asked) = told(1000);
    let (turn, sink) = in_turns();
    let meters = meters();
    let flow = Flow::source(&options, meters.clone(), source)
        .map(pass())
        .map(pass())
        .fold(Tally(Ok));
    let run = thread::spawn(move || flow.run(sink));
    for done in 0..200 {
        // Batches 0..8 are in; batch 8 is read and waits outside.
        asked_exactly(&asked, done + fits);
        assert_eq!(meters.memory(), fits * (12 << 10));
        turn.send(()).unwrap();
    }
    drop(turn);
    is_stopped(run.join().unwrap());
    assert_eq!(meters.memory_max(), fits * (12 << 10));
    assert_eq!(meters.memory(), 0, "all memory came back");
}

#[test]
fn their_number_bounds_the_batches_in_flight_where_memory_abounds() {
    // Six hops with an edge each and the source, which waits to send, would hold 13.
    let most = u64::try_from(batches_in_flight(1)).unwrap();
    let (source, asked) = told(1);
    let (turn, sink) = in_turns();
    let flow = Flow::source(&workers(1), meters(), source)
        .map(pass())
        .map(pass())
        .map(pass())
        .map(pass())
        .fold(Tally(Ok));
    let run = thread::spawn(move || flow.run(sink));
    for done in 0..200 {
        // One more is read and waits outside.
        asked_exactly(&asked, done + most);
        turn.send(()).unwrap();
    }
    drop(turn);
    is_stopped(run.join().unwrap());
}
