//! The same items come out in the same order, whatever the number of workers.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use super::rig::{Item, LIMIT, Step, Tally, batches, collect, meters, numbers, pass, workers};
use crate::flow::{Flow, batches_in_flight};
use crate::record::BatchHead;
use crate::stage::Output;

#[test]
fn order_is_that_of_the_source_for_1_2_and_8_workers() {
    for count in [1, 2, 8] {
        let flow = Flow::source(&workers(count), meters(), batches(500))
            .map(pass())
            .map(pass())
            .fold(Tally(Ok));
        let (end, out) = collect(flow);
        end.unwrap();
        assert_eq!(
            numbers(&out),
            (0..500).collect::<Vec<_>>(),
            "{count} workers"
        );
    }
}

#[test]
fn batches_that_overtake_another_wait_for_it() {
    // One of two workers keeps batch 0 until the other has the last in hand that is let in beside it, and so has sent on the others.
    let last = u64::try_from(batches_in_flight(2)).unwrap() - 1;
    let (tell, told) = sync_channel::<()>(1);
    let told = Mutex::new(told);
    let stage = Step::<_>(move |item: Item, _: &mut u64, out: &mut Output<Item>| {
        if item.number == 0 {
            told.lock().unwrap().recv_timeout(LIMIT).unwrap();
        } else if item.number == last {
            tell.send(()).unwrap();
        }
        out.items.push(item);
    });
    let flow = Flow::source(&workers(2), meters(), batches(40)).map(Arc::new(stage));
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(numbers(&out), (0..40).collect::<Vec<_>>());
}

#[test]
fn heads_come_through_untouched() {
    let (end, out) = collect(
        Flow::source(&workers(2), meters(), batches(3))
            .map(pass())
            .fold(Tally(Ok)),
    );
    end.unwrap();
    let heads: Vec<BatchHead> = out.into_iter().map(|batch| batch.head).collect();
    let read: Vec<BatchHead> = batches(3).map(|batch| batch.unwrap().head).collect();
    assert_eq!(heads, read);
}

#[test]
fn a_gap_in_the_numbers_of_the_source_fails_the_run() {
    let (end, _) = collect(Flow::source(&workers(2), meters(), batches(9).skip(1)).map(pass()));
    let error = end.unwrap_err();
    assert_eq!(error.to_string(), "batch 1 came where batch 0 was due");
    assert!(error.is_bug());
}
