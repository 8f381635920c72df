//! A batch over the budget comes through, alone; so does everything else with hardly any memory.

use super::rig::{Tally, batch, batches, collect, meters, numbers, pass, workers};
use crate::flow::{Flow, FlowOptions};

fn tiny(workers_per_hop: usize) -> FlowOptions {
    FlowOptions {
        memory: 1,
        ..workers(workers_per_hop)
    }
}

#[test]
fn a_giant_batch_takes_the_whole_budget_and_comes_through() {
    let options = FlowOptions {
        memory: 64 << 10,
        ..workers(3)
    };
    let weight = |sequence| if sequence == 20 { u64::MAX } else { 500 };
    let source = (0..40).map(move |sequence| Ok(batch(sequence, weight(sequence))));
    let meters = meters();
    let flow = Flow::source(&options, meters.clone(), source)
        .map(pass())
        .fold(Tally(Ok))
        .map(pass());
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(numbers(&out), (0..40).collect::<Vec<_>>());
    assert_eq!(meters.memory_max(), 64 << 10);
    assert_eq!(meters.memory(), 0);
}

#[test]
fn a_budget_of_one_batch_still_makes_progress() {
    for count in [1, 2, 8] {
        let flow = Flow::source(&tiny(count), meters(), batches(200))
            .map(pass())
            .map(pass())
            .fold(Tally(Ok))
            .map(pass());
        let (end, out) = collect(flow);
        end.unwrap();
        assert_eq!(
            numbers(&out),
            (0..200).collect::<Vec<_>>(),
            "{count} workers"
        );
    }
}

#[test]
fn only_giant_batches_come_through_one_by_one() {
    let source = (0..50).map(|sequence| Ok(batch(sequence, 1 << 40)));
    let meters = meters();
    let flow = Flow::source(&workers(8), meters.clone(), source).map(pass());
    let (end, out) = collect(flow);
    end.unwrap();
    assert_eq!(out.len(), 50);
    assert_eq!(meters.memory_max(), FlowOptions::default().memory);
}

#[test]
fn zero_workers_are_one() {
    let (end, out) = collect(Flow::source(&workers(0), meters(), batches(3)).map(pass()));
    end.unwrap();
    assert_eq!(out.len(), 3);
}
