//! What a run and a check of its output have to say.

use std::sync::Arc;
use std::time::Duration;

use crate::flow::{HopReport, Meters, Stop};

/// How a run is watched and stopped from outside.
#[derive(Clone, Debug)]
pub struct Control {
    /// Live figures of every hop; another thread may read them.
    pub meters: Arc<Meters>,
    /// Asks the run to finish its epoch and end.
    pub stop: Stop,
    /// Called at the second interrupt. `None` leaves the signals alone.
    pub on_second_interrupt: Option<fn()>,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct RunReport {
    /// Sources that came to their end.
    pub sources: u64,
    /// Sources that an earlier run had finished.
    pub skipped_sources: u64,
    /// Records read.
    pub records: u64,
    /// Documents written.
    pub documents: u64,
    /// Documents annotated anew, since they contain words or concepts that have changed; not among the written ones.
    pub updated: u64,
    /// Records and sources turned away.
    pub rejects: u64,
    /// Sentences written.
    pub sentences: u64,
    /// Tokens written.
    pub tokens: u64,
    /// Entities written.
    pub entities: u64,
    /// Bytes of records.
    pub bytes: u64,
    /// Epochs committed.
    pub epochs: u64,
    /// Whether an epoch that an earlier run had left half committed was completed.
    pub recovered: bool,
    /// Whether it was stopped before the end of its input.
    pub interrupted: bool,
    /// Wall clock.
    pub elapsed: Duration,
    /// Figures of each hop, in their order.
    pub hops: Vec<HopReport>,
}

/// One kind of check, over all rows that it concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What was held against what, such as `tokens: bytes lead back`.
    pub name: String,
    /// How many were looked at.
    pub checked: u64,
    /// How many did not hold.
    pub bad: u64,
    /// The first few that did not.
    pub examples: Vec<String>,
}

/// How many examples a check keeps.
const EXAMPLES: usize = 5;

impl Check {
    /// A check of nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Counts one; where it does not hold, `example` says what was found.
    pub fn count(&mut self, holds: bool, example: impl FnOnce() -> String) {
        self.checked += 1;
        if !holds {
            self.bad += 1;
            if self.examples.len() < EXAMPLES {
                self.examples.push(example());
            }
        }
    }
}

/// What `verify` found.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// All checks, in the order they were made.
    pub checks: Vec<Check>,
}

impl VerifyReport {
    /// Rows, files and commits that did not hold.
    pub fn bad(&self) -> u64 {
        self.checks.iter().map(|check| check.bad).sum()
    }

    /// All that was looked at.
    pub fn checked(&self) -> u64 {
        self.checks.iter().map(|check| check.checked).sum()
    }
}
