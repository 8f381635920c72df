//! A source that listens ends the run early, and cleanly.

use super::rig::{Tally, apart, batch, meters, pass, workers};
use crate::flow::{Flow, Stop};

#[test]
fn a_stop_drains_what_was_read_and_is_a_good_end() {
    let stop = Stop::new();
    let (heard, asks) = (stop.clone(), stop.clone());
    let mut read = 0;
    // As a real source does: it looks before it reads.
    let source = std::iter::from_fn(move || {
        if heard.is_requested() {
            return None;
        }
        read += 1;
        Some(Ok(batch(read - 1, 1)))
    });
    let meters = meters();
    let flow = Flow::source(&workers(2), meters.clone(), source)
        .map(pass())
        .fold(Tally(Ok));
    let end = apart(move || {
        flow.run(move |batch| {
            if batch.head.sequence == 9 {
                asks.request();
            }
            Ok(())
        })
    });
    end.unwrap();
    let entered = meters.reading(crate::record::Hop::Source).batches;
    let left = meters.reading(crate::record::Hop::Sink).batches;
    assert!(entered >= 10);
    assert_eq!(entered, left, "what was read came through");
    assert!(stop.is_requested());
}
