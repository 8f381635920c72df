//! A panic names hop and record, and never hangs the run.

use std::hint::black_box;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Barrier, Mutex};

use super::rig::{
    Item, LIMIT, Step, Tally, apart, batch, batches, collect, meters, numbers, pass, rejecting,
    workers,
};
use crate::flow::{Flow, FlowError, FlowOptions};
use crate::record::{Batch, BatchHead, Hop, Place, RejectCode};
use crate::stage::{Map, Output};

/// Counts in its scratch, and panics on item 7 after it has put out two items and spoilt the scratch.
fn fragile<const ISOLATES: bool>() -> Arc<impl Map<In = Item, Out = Item>> {
    let map = |item: Item, scratch: &mut u64, out: &mut Output<Item>| {
        let number = item.number;
        assert!(*scratch < 1000, "the scratch of a panic was used again");
        *scratch += 1;
        out.items.push(item.clone());
        if number == 7 {
            out.items.push(item);
            *scratch = 1000;
            panic!("no rule for item {number}");
        }
    };
    Arc::new(Step::<_, ISOLATES>(map))
}

/// One batch of the items 0 to 9.
fn ten() -> Batch<Item> {
    Batch {
        items: (0..10).map(Item::new).collect(),
        ..batch(0, 1)
    }
}

fn message(flow: Flow<Item>) -> String {
    let (end, _) = collect(flow);
    let error = end.expect_err("the panic fails the run");
    assert!(error.is_bug());
    error.to_string()
}

#[test]
fn a_panic_in_a_map_fails_the_run_and_names_hop_and_record() {
    let flow = Flow::source(&workers(3), meters(), batches(300))
        .map(fragile::<true>())
        .fold(Tally(Ok));
    let (end, _) = collect(flow);
    let FlowError::Panic {
        hop,
        place,
        message,
    } = end.unwrap_err()
    else {
        panic!("it is a panic");
    };
    assert_eq!(hop, Hop::Decode);
    assert_eq!(place, Some(Place::new("harbour.txt", 7)));
    assert_eq!(message, "no rule for item 7");
}

#[test]
fn the_message_of_a_panic_reads_as_a_sentence() {
    let flow = Flow::source(&workers(1), meters(), batches(9)).map(fragile::<true>());
    assert_eq!(
        message(flow),
        "decode panicked on harbour.txt#7: no rule for item 7"
    );
}

#[test]
fn a_panic_in_a_map_rejects_the_item_by_option_and_the_batch_goes_on() {
    let meters = meters();
    let flow =
        Flow::source(&rejecting(), meters.clone(), [Ok(ten())].into_iter()).map(fragile::<true>());
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(numbers(&out), [0, 1, 2, 3, 4, 5, 6, 8, 9]);
    let [reject] = out[0].rejects.as_slice() else {
        panic!("one reject: {:?}", out[0].rejects);
    };
    assert_eq!(reject.place, Place::new("harbour.txt", 7));
    assert_eq!((reject.hop, reject.code), (Hop::Decode, RejectCode::Panic));
    assert_eq!(reject.message, "no rule for item 7");
    assert_eq!(meters.reading(Hop::Decode).rejects, 1);
}

#[test]
fn a_panic_fails_the_run_where_items_are_not_isolated() {
    let flow =
        Flow::source(&rejecting(), meters(), [Ok(ten())].into_iter()).map(fragile::<false>());
    assert_eq!(
        message(flow),
        "decode panicked on harbour.txt#7: no rule for item 7"
    );
}

/// A map whose `close` panics.
struct Closing;

impl Map for Closing {
    type In = Item;
    type Out = Item;
    type Scratch = ();
    const HOP: Hop = Hop::Tabulate;

    fn scratch(&self) {}

    fn map(&self, item: Item, (): &mut (), out: &mut Output<Item>) {
        out.items.push(item);
    }

    fn close(&self, _: &BatchHead, (): &mut (), _: &mut Output<Item>) {
        panic!("columns differ in length");
    }
}

#[test]
fn a_panic_in_close_fails_the_run_even_where_panics_reject() {
    let flow = Flow::source(&rejecting(), meters(), batches(100)).map(Arc::new(Closing));
    assert_eq!(message(flow), "tabulate panicked: columns differ in length");
}

#[test]
fn a_panic_in_a_fold_fails_the_run() {
    let tally = Tally(|batch: Batch<Item>| {
        assert!(batch.head.sequence < 5, "sum overflows");
        Ok(batch)
    });
    let flow = Flow::source(&rejecting(), meters(), batches(100))
        .map(pass())
        .fold(tally)
        .map(pass());
    assert_eq!(message(flow), "aggregate panicked: sum overflows");
}

#[test]
fn a_panic_in_the_source_fails_the_run() {
    let source = batches(100).inspect(|batch| {
        assert!(batch.as_ref().unwrap().head.sequence < 50, "bad archive");
    });
    let flow = Flow::source(&workers(2), meters(), source).map(pass());
    assert_eq!(message(flow), "source panicked: bad archive");
}

#[test]
fn a_panic_at_the_end_fails_the_run() {
    let end = apart(|| {
        Flow::source(&workers(2), meters(), batches(100))
            .map(pass())
            .run(|batch| {
                assert!(batch.head.sequence < 3, "{}", "row groups differ");
                Ok(())
            })
    });
    assert_eq!(
        end.unwrap_err().to_string(),
        "sink panicked: row groups differ"
    );
}

/// Panics when it is dropped, as a hop does at its end.
struct Sharp;

impl Drop for Sharp {
    fn drop(&mut self) {
        panic!("dropped on its edge");
    }
}

#[test]
fn a_panic_in_a_drop_fails_the_run() {
    let end = apart(|| {
        let sharp = Sharp;
        Flow::source(&workers(2), meters(), batches(3))
            .map(pass())
            .run(move |_| {
                black_box(&sharp);
                Ok(())
            })
    });
    assert_eq!(
        end.unwrap_err().to_string(),
        "sink panicked: dropped on its edge"
    );
}

#[test]
fn an_error_of_a_hop_comes_out_with_its_cause() {
    let end = apart(|| {
        Flow::source(&workers(2), meters(), batches(100))
            .map(pass())
            .run(|_| Err("no space left".into()))
    });
    let error = end.unwrap_err();
    assert_eq!(error.to_string(), "sink failed");
    assert_eq!(error.hop(), Some(Hop::Sink));
    assert!(!error.is_bug());
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "no space left");
}

#[test]
fn an_error_of_the_source_fails_the_run() {
    let source = batches(10).chain([Err("input is gone".into())]);
    let (end, _) = collect(Flow::source(&workers(2), meters(), source).map(pass()));
    assert_eq!(end.unwrap_err().to_string(), "source failed");
}

#[test]
fn the_earliest_failure_is_told() {
    // Two workers hold batches 0 and 1; 1 fails first, and only then 0 does.
    let both = Barrier::new(2);
    let (tell, told) = sync_channel::<()>(1);
    let told = Mutex::new(told);
    let meters = meters();
    let stage = Step::<_>(move |item: Item, _: &mut u64, _: &mut Output<Item>| {
        both.wait();
        if item.number == 0 {
            told.lock().unwrap().recv_timeout(LIMIT).unwrap();
        } else {
            tell.try_send(()).ok();
        }
        panic!("item {}", item.number);
    });
    let flow = Flow::source(&workers(2), meters, batches(100)).map(Arc::new(stage));
    assert_eq!(message(flow), "decode panicked on harbour.txt#0: item 0");
}

#[test]
fn a_failure_wakes_a_source_that_waits_for_memory() {
    let options = FlowOptions {
        memory: 1,
        ..workers(1)
    };
    let flow = Flow::source(&options, meters(), batches(100))
        .map(pass())
        .fold(Tally(|_| Err("refused".into())));
    let (end, out) = collect(flow);
    assert_eq!(end.unwrap_err().to_string(), "aggregate failed");
    assert!(out.is_empty());
}

#[test]
fn a_failure_does_not_wait_for_a_source_that_is_blocked_in_a_read() {
    let (hold, read) = sync_channel::<()>(0);
    let source = batches(3).chain(std::iter::from_fn(move || {
        read.recv().ok();
        None
    }));
    let flow = Flow::source(&workers(1), meters(), source)
        .map(pass())
        .fold(Tally(|_| Err("refused".into())));
    let (end, _) = collect(flow);
    assert_eq!(end.unwrap_err().to_string(), "aggregate failed");
    drop(hold);
}
