//! The sink: rows into staged files, and at the end of an epoch the files into the tables.
//!
//! # The commit of epoch N
//!
//! 1. Every staged file is finished and synced.
//! 2. The plan is put to `_cihe/epochs/N.json`, unless it is there; then it must say the same.
//! 3. Table by table, `sources` last: a table that has N already drops its staged file; any other takes the file under
//!    the name `part-N`, synced, and its Delta log gets one commit with the file and the transaction N.
//!
//! A kill before 2 leaves staged files, which nobody sees and the next run removes. A kill after 2 leaves a plan without
//! `sources`: the next run removes files that no commit names and plays the epoch again from the plan; tables that have
//! it skip it. Nothing is lost or doubled at any instant.
//!
//! The plan comes at the end and not at the beginning, since an epoch that is bounded by time does not know its extent
//! before; no file is visible before its plan is, and that is what a replay needs.

use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle};

use super::delta::{DeltaLog, NewFile, Runtime};
use super::layout::part_name;
use super::staged::{Finished, Staged, write_empty};
use super::steps::{Step, Steps};
use super::{Output, SinkError, SinkOptions, disk, plans};
use crate::record::{Batch, EpochPlan};
use crate::table::{TableBatch, TableId};

/// Row groups in the making of all tables together may hold this many times the bytes of one.
const ROW_GROUPS_IN_MEMORY: usize = 3;

/// At most one of something for each table.
type ByTable<T> = [Option<T>; TableId::ALL.len()];

/// What an epoch brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub epoch: i64,
    /// Rows of each table that has some, those that an interrupted run had committed included.
    pub rows: Vec<(TableId, u64)>,
    /// Bytes of the files written.
    pub bytes: u64,
}

/// Writes rows, and commits them epoch by epoch. After an error it must be dropped; opening the folder again recovers.
#[derive(Debug)]
pub struct Sink {
    output: Output,
    options: SinkOptions,
    runtime: Runtime,
    /// In the order of commits.
    logs: Vec<DeltaLog>,
    /// The epoch that is open.
    epoch: i64,
    /// The files of the open epoch, by table.
    staged: ByTable<Staged>,
    /// The rows of the open epoch, by table.
    rows: [u64; TableId::ALL.len()],
    pub(super) steps: Steps,
}

impl Sink {
    pub(super) fn new(
        output: Output,
        options: SinkOptions,
        runtime: Runtime,
        logs: Vec<DeltaLog>,
        epoch: i64,
    ) -> Self {
        Self {
            output,
            options,
            runtime,
            logs,
            epoch,
            staged: Default::default(),
            rows: Default::default(),
            steps: Steps::default(),
        }
    }

    /// Appends rows; the batch that closes its epoch commits it.
    ///
    /// # Errors
    ///
    /// When a file or a log can't be written, or the batch is not of the epoch that is open.
    pub fn write(&mut self, batch: Batch<TableBatch>) -> Result<Option<Committed>, SinkError> {
        self.check_epoch(batch.head.epoch)?;
        for rows in &batch.items {
            self.append(rows)?;
        }
        let Some(plan) = batch.head.closes else {
            return Ok(None);
        };
        self.check_epoch(plan.epoch)?;
        self.commit(&plan).map(Some)
    }

    fn check_epoch(&self, got: i64) -> Result<(), SinkError> {
        if got == self.epoch {
            return Ok(());
        }
        Err(SinkError::OutOfStep {
            expected: self.epoch,
            got,
        })
    }

    fn append(&mut self, batch: &TableBatch) -> Result<(), SinkError> {
        for log in &self.logs {
            let table = log.table();
            let Some(rows) = batch.get(table) else {
                continue;
            };
            // Rows that an interrupted run has committed are of this run's epoch, too.
            self.rows[table as usize] += rows.num_rows() as u64;
            if log.has(self.epoch) {
                continue;
            }
            let staged = match &mut self.staged[table as usize] {
                Some(staged) => staged,
                none => none.insert(Staged::create(
                    self.output.layout.staged(table, self.epoch),
                    table,
                    &self.options,
                )?),
            };
            staged.write(rows)?;
        }
        self.bound_memory()
    }

    /// Ends row groups early, largest first, until those in the making fit into the budget.
    fn bound_memory(&mut self) -> Result<(), SinkError> {
        let budget = self
            .options
            .row_group_bytes
            .saturating_mul(ROW_GROUPS_IN_MEMORY);
        loop {
            let sizes = self.staged.iter().flatten().map(Staged::memory);
            let total: usize = sizes.sum();
            if total <= budget {
                return Ok(());
            }
            let largest = self
                .staged
                .iter_mut()
                .flatten()
                .max_by_key(|file| file.memory());
            let Some(largest) = largest else {
                return Ok(());
            };
            let before = largest.memory();
            largest.flush()?;
            // What a writer keeps for itself is not given back.
            if largest.memory() >= before {
                return Ok(());
            }
        }
    }

    /// The rows of the epoch, table by table; counting begins anew.
    fn counted(&mut self) -> Vec<(TableId, u64)> {
        let rows = std::mem::take(&mut self.rows);
        TableId::ALL
            .into_iter()
            .zip(rows)
            .filter(|(_, rows)| *rows > 0)
            .collect()
    }

    fn commit(&mut self, plan: &EpochPlan) -> Result<Committed, SinkError> {
        let mut finished = finish_all(&mut self.staged)?;
        self.steps.reached(Step::Staged);
        plans::put(&self.output.layout, plan)?;
        self.steps.reached(Step::Planned);
        let mut committed = Committed {
            epoch: self.epoch,
            rows: self.counted(),
            bytes: 0,
        };
        for index in 0..self.logs.len() {
            let table = self.logs[index].table();
            let file = finished[table as usize].take();
            if self.logs[index].has(self.epoch) {
                continue;
            }
            let file = self.publish(index, file)?;
            if let Some(file) = &file {
                committed.bytes += file.bytes;
            }
            self.steps.reached(Step::Moved(table));
            self.logs[index].commit(&self.runtime, self.epoch, file)?;
            self.steps.reached(Step::Committed(table));
        }
        self.epoch += 1;
        Ok(committed)
    }

    /// Moves a staged file into its table's folder. A table that has no file at all gets one without rows, so that
    /// readers who glob find it.
    fn publish(&self, index: usize, file: Option<Finished>) -> Result<Option<NewFile>, SinkError> {
        let log = &self.logs[index];
        let (layout, table) = (&self.output.layout, log.table());
        let file = match file {
            Some(file) => file,
            None if log.is_new() => {
                let path = layout.staged(table, self.epoch);
                write_empty(&path, table, &self.options)?
            }
            None => return Ok(None),
        };
        if log.is_new() {
            disk::make_folder(&layout.table(table))?;
            disk::sync_folder(layout.root())?;
        }
        disk::rename(&file.path, &layout.part(table, self.epoch))?;
        Ok(Some(NewFile {
            name: part_name(self.epoch),
            bytes: file.bytes,
            rows: file.rows,
        }))
    }
}

/// Finishes the files of all tables at once: the hops before wait for it, and leave their processors to it.
fn finish_all(staged: &mut ByTable<Staged>) -> Result<ByTable<Finished>, SinkError> {
    std::thread::scope(|scope| {
        let begun = staged
            .each_mut()
            .map(|file| file.take().map(|file| finishing(scope, file)));
        let mut finished = ByTable::default();
        for (file, begun) in finished.iter_mut().zip(begun) {
            let Some(begun) = begun.transpose()? else {
                continue;
            };
            let ended = begun.join().unwrap_or_else(|panic| resume_unwind(panic));
            *file = Some(ended?);
        }
        Ok(finished)
    })
}

/// Finishes a file on a thread of its own.
fn finishing<'s>(
    scope: &'s Scope<'s, '_>,
    file: Staged,
) -> Result<ScopedJoinHandle<'s, Result<Finished, SinkError>>, SinkError> {
    let path = file.path.clone();
    Builder::new()
        .spawn_scoped(scope, || file.finish())
        .map_err(SinkError::io("start a thread to finish", &path))
}
