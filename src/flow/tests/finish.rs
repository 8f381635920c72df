//! The good end: everything drains, everything is dropped.

use std::sync::Arc;

use super::rig::{
    Item, Step, Tally, apart, batch, batches, collect, meters, numbers, pass, workers,
};
use crate::flow::Flow;
use crate::record::{Batch, Hop, Place, Reject, RejectCode};
use crate::stage::{Map, Output};

#[test]
fn no_batches_are_a_good_run() {
    let flow = Flow::source(&workers(4), meters(), batches(0))
        .map(pass())
        .fold(Tally(Ok));
    let (end, out) = collect(flow);
    end.unwrap();
    assert!(out.is_empty());
}

#[test]
fn a_batch_without_items_comes_through() {
    let empty = Batch {
        items: vec![],
        ..batch(0, 0)
    };
    let flow = Flow::source(&workers(2), meters(), [Ok(empty)].into_iter())
        .map(pass())
        .fold(Tally(Ok));
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(out.len(), 1);
}

#[test]
fn all_hops_are_dropped_when_run_returns() {
    let is_held = |held: &Arc<()>| Arc::strong_count(held) > 1;
    let held = Arc::new(());
    let (at_source, at_map, at_fold, at_end) =
        (held.clone(), held.clone(), held.clone(), held.clone());
    apart(move || {
        let source = batches(30).inspect(move |_| {
            assert!(is_held(&at_source));
        });
        let map = move |item, _: &mut u64, out: &mut Output<Item>| {
            assert!(is_held(&at_map));
            out.items.push(item);
        };
        let fold = move |batch| {
            assert!(is_held(&at_fold));
            Ok(batch)
        };
        Flow::source(&workers(2), meters(), source)
            .map(Arc::new(Step::<_>(map)))
            .fold(Tally(fold))
            .run(move |_| {
                assert!(is_held(&at_end));
                Ok(())
            })
    })
    .unwrap();
    assert_eq!(Arc::strong_count(&held), 1);
}

/// Takes items to their numbers: what comes out need not be what came in.
struct Count;

impl Map for Count {
    type In = Item;
    type Out = u64;
    type Scratch = ();
    const HOP: Hop = Hop::Tabulate;

    fn scratch(&self) {}

    fn map(&self, item: Item, (): &mut (), out: &mut Output<u64>) {
        if item.number % 2 == 1 {
            let place = Place::new("harbour.txt", 1);
            let reject = Reject::new(place, Self::HOP, RejectCode::Quality, "odd");
            return out.rejects.push(reject);
        }
        out.items.push(item.number);
    }
}

#[test]
fn rejects_of_earlier_hops_stay_before_those_of_later_ones() {
    let place = Place::new("harbour.txt", 0);
    let early = Reject::new(place, Hop::Source, RejectCode::Link, "a link");
    let both = Batch {
        items: vec![Item::new(1), Item::new(2)],
        rejects: vec![early],
        ..batch(0, 1)
    };
    apart(move || {
        Flow::source(&workers(2), meters(), [Ok(both)].into_iter())
            .map(Arc::new(Count))
            .run(|batch| {
                assert_eq!(batch.items, [2]);
                let hops: Vec<_> = batch.rejects.iter().map(|reject| reject.hop).collect();
                assert_eq!(hops, [Hop::Source, Hop::Tabulate]);
                Ok(())
            })
    })
    .unwrap();
}

/// A commit may need a runtime of its own.
#[test]
fn the_end_may_run_a_private_runtime() {
    let flow = Flow::source(&workers(1), meters(), batches(5)).map(pass());
    let end = apart(|| {
        flow.run(|_| {
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            runtime.block_on(async { tokio::task::yield_now().await });
            Ok(())
        })
    });
    end.unwrap();
}

#[test]
fn folds_and_maps_follow_each_other_in_any_order() {
    let flow = Flow::source(&workers(3), meters(), batches(100))
        .fold(Tally(Ok))
        .map(pass())
        .fold(Tally(Ok))
        .fold(Tally(Ok))
        .map(pass());
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(numbers(&out), (0..100).collect::<Vec<_>>());
}
