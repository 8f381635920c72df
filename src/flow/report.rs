//! The meters as a table, for whoever prints it.

use std::time::Duration;

use super::meters::{Meters, Reading};
use crate::record::Hop;

/// One hop's line in the table at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopReport {
    /// The hop.
    pub hop: Hop,
    /// What it did.
    pub reading: Reading,
}

impl HopReport {
    /// What [`cells`](Self::cells) holds. All columns but the first are numbers.
    pub const COLUMNS: [&str; 10] = [
        "hop",
        "workers",
        "items",
        "batches",
        "MB",
        "rejects",
        "busy s",
        "waiting s",
        "blocked s",
        "depth max",
    ];

    /// The line, cell by cell.
    pub fn cells(&self) -> [String; Self::COLUMNS.len()] {
        let reading = &self.reading;
        [
            self.hop.name().to_owned(),
            reading.workers.to_string(),
            reading.items.to_string(),
            reading.batches.to_string(),
            megabytes(reading.bytes),
            reading.rejects.to_string(),
            seconds(reading.busy),
            seconds(reading.waiting),
            seconds(reading.blocked),
            reading.depth_max.to_string(),
        ]
    }
}

/// One line for each hop that has workers, in the order of the path.
pub fn report(meters: &Meters) -> Vec<HopReport> {
    meters
        .hops()
        .map(|hop| HopReport {
            hop,
            reading: meters.reading(hop),
        })
        .collect()
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}
