//! What the meters say.

use expect_test::expect;

use super::rig::{Tally, batch, collect, meters, pass, workers};
use crate::flow::{Flow, HopReport, Meters, Reading, report};
use crate::record::Hop;

#[test]
fn every_hop_counts_workers_items_batches_and_bytes() {
    let meters = meters();
    let source = (0..10).map(|sequence| Ok(batch(sequence, 250_000)));
    let flow = Flow::source(&workers(3), meters.clone(), source)
        .map(pass())
        .fold(Tally(Ok));
    collect(flow).0.unwrap();
    let hops = [Hop::Source, Hop::Decode, Hop::Aggregate, Hop::Sink];
    assert_eq!(meters.hops().collect::<Vec<_>>(), hops);
    for (hop, threads) in hops.into_iter().zip([1, 3, 1, 1]) {
        let reading = meters.reading(hop);
        assert_eq!(reading.workers, threads, "{hop}");
        assert_eq!((reading.items, reading.batches), (10, 10), "{hop}");
        assert_eq!(reading.bytes, 2_500_000, "{hop}");
        assert_eq!(reading.depth, 0, "{hop}: the edge is drained");
    }
    assert_eq!(meters.reading(Hop::Tag), Reading::default());
}

#[test]
fn a_report_has_a_line_for_each_hop_that_ran() {
    let meters = meters();
    let source = (0..10).map(|sequence| Ok(batch(sequence, 250_000)));
    let flow = Flow::source(&workers(1), meters.clone(), source).map(pass());
    collect(flow).0.unwrap();
    let lines = report(&meters);
    let counts = |line: &HopReport| line.cells()[..6].join(" | ");
    let table: Vec<String> = lines.iter().map(counts).collect();
    expect![[r"
        source | 1 | 10 | 10 | 2.5 | 0
        decode | 1 | 10 | 10 | 2.5 | 0
        sink | 1 | 10 | 10 | 2.5 | 0"]]
    .assert_eq(&table.join("\n"));
    assert_eq!(HopReport::COLUMNS.len(), lines[0].cells().len());
}

#[test]
fn a_meter_without_a_run_has_no_hops() {
    assert!(report(&Meters::new()).is_empty());
}
