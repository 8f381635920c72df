//! A slow hop holds back those before it, and starves those behind it.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;

use super::rig::{Item, LIMIT, Step, Tally, asked_exactly, meters, pass, told, workers};
use crate::flow::{EDGE_PER_WORKER, Flow};
use crate::record::Hop;
use crate::stage::Output;

#[test]
fn a_stuck_map_holds_the_source_and_starves_the_sink() {
    let (open, gate) = sync_channel::<()>(0);
    let gate = Mutex::new(gate);
    let stuck = Step::<_>(move |item: Item, _: &mut u64, out: &mut Output<Item>| {
        gate.lock().unwrap().recv_timeout(LIMIT).unwrap();
        out.items.push(item);
    });
    // One in the map, C on its edge, one in the source's hands.
    let ahead = 1 + u64::try_from(EDGE_PER_WORKER).unwrap();
    let count = 50;
    let (source, asked) = told(1);
    let (seen, at_end) = sync_channel(64);
    let flow = Flow::source(&workers(1), meters(), source.take(50))
        .map(Arc::new(stuck))
        .fold(Tally(Ok));
    let run = thread::spawn(move || flow.run(move |batch| Ok(seen.send(batch.head.sequence)?)));
    for batch in 0..count {
        if batch + ahead < count {
            asked_exactly(&asked, batch + ahead);
        }
        assert_eq!(at_end.try_recv().ok(), None, "the sink starves");
        open.send(()).unwrap();
        assert_eq!(at_end.recv_timeout(LIMIT).unwrap(), batch);
    }
    run.join().unwrap().unwrap();
}

#[test]
fn waiting_for_memory_and_for_a_taker_counts_as_blocked() {
    let (go, gate) = sync_channel::<()>(0);
    let (source, asked) = told(1);
    let meters = meters();
    let flow = Flow::source(&workers(1), meters.clone(), source.take(20)).map(pass());
    let run = thread::spawn(move || {
        let mut is_first = true;
        flow.run(move |_| {
            if std::mem::take(&mut is_first) {
                gate.recv_timeout(LIMIT)?;
            }
            Ok(())
        })
    });
    // One in the sink, the map and the source each, and two full edges; counted from 0.
    let last = 2 + 2 * u64::try_from(EDGE_PER_WORKER).unwrap();
    while asked.recv_timeout(LIMIT).unwrap() < last {}
    go.send(()).unwrap();
    run.join().unwrap().unwrap();
    let source = meters.reading(Hop::Source);
    assert!(!source.blocked.is_zero());
    assert!(
        source.waiting.is_zero(),
        "the source has no input to wait for"
    );
    let sink = meters.reading(Hop::Sink);
    assert!(sink.blocked.is_zero(), "the sink has no output");
    assert!(!sink.busy.is_zero());
}
