//! The sink: rows into staged files, and at the end of an epoch the files to those who commit them.
//!
//! While an epoch is being committed ([`commit`](super::commit)) the rows of the next are taken already.

use std::path::PathBuf;

use super::commit::{Closed, Commits, Committer, flush_all};
use super::delta::DeltaLog;
use super::staged::Staged;
use super::{Behind, Committed, Output, SinkError, SinkOptions, disk, identity, output, plans};
use crate::record::{Batch, EpochPlan};
use crate::table::{TableBatch, TableId};

/// Row groups in the making of all tables together may hold this many times the bytes of one. The epoch that is being committed
/// has none.
const ROW_GROUPS_IN_MEMORY: usize = 5;

/// At most one of something for each table.
pub(super) type ByTable<T> = [Option<T>; TableId::ALL.len()];

/// Writes rows, and commits them epoch by epoch. After an error it must be dropped; opening the folder again recovers.
#[derive(Debug)]
pub struct Sink {
    output: Output,
    options: SinkOptions,
    /// The tables that are written.
    tables: Vec<TableId>,
    /// The epoch that is open.
    epoch: i64,
    /// The files of the open epoch, by table.
    staged: ByTable<Staged>,
    /// The rows of the open epoch, by table.
    rows: [u64; TableId::ALL.len()],
    pub(super) commits: Commits,
}

impl Sink {
    pub(super) fn new(
        output: Output,
        options: SinkOptions,
        committer: Committer,
        epoch: i64,
    ) -> Self {
        let tables = committer.logs.iter().map(DeltaLog::table).collect();
        Self {
            output,
            options,
            tables,
            epoch,
            staged: Default::default(),
            rows: Default::default(),
            commits: Commits::Idle(Box::new(committer)),
        }
    }

    /// Appends rows. The batch that closes its epoch begins the epoch's commit, which goes on beside what is written
    /// next; the answer is what the commit before that brought.
    ///
    /// # Errors
    ///
    /// When a file or a log can't be written, be it of the epoch before, or the batch is not of the epoch that is open.
    pub fn write(&mut self, batch: Batch<TableBatch>) -> Result<Option<Committed>, SinkError> {
        self.check_epoch(batch.head.epoch)?;
        for rows in &batch.items {
            self.append(rows)?;
        }
        let Some(plan) = batch.head.closes else {
            return Ok(None);
        };
        self.check_epoch(plan.epoch)?;
        let before = self.settle()?;
        self.close(*plan)?;
        Ok(before)
    }

    /// Waits for the commit under way, if there is one, and tells what it brought. Nothing is sure to be committed
    /// before this has answered.
    ///
    /// # Errors
    ///
    /// When a file or a log could not be written.
    pub fn settle(&mut self) -> Result<Option<Committed>, SinkError> {
        self.commits.settle()
    }

    /// All documents that were to be annotated anew are, save those that are `behind`: the folder is the new vocabulary's.
    ///
    /// # Errors
    ///
    /// When the last epoch, or the stamp, could not be written.
    pub fn settle_update(&mut self, behind: &Behind) -> Result<Option<Committed>, SinkError> {
        let last = self.settle()?;
        identity::settle_update(&self.output.layout, behind)?;
        Ok(last)
    }

    /// The files of `documents` in the order of their epochs. While a commit is under way they are not known.
    pub fn documents(&self) -> Vec<PathBuf> {
        match &self.commits {
            Commits::Idle(committer) => output::documents(&committer.logs),
            Commits::Busy { .. } | Commits::Failed => Vec::new(),
        }
    }

    /// Words and concepts that rows were written with; `None` where they are not kept.
    ///
    /// # Errors
    ///
    /// When they can't be read.
    pub fn vocabulary(&self, name: &str) -> Result<Option<Vec<u8>>, SinkError> {
        disk::read(&self.output.layout.vocabulary(name))
    }

    /// The plan of an epoch that is committed; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When it can't be read.
    pub fn plan(&self, epoch: i64) -> Result<Option<EpochPlan>, SinkError> {
        plans::get(&self.output.layout, epoch)
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
        for table in self.tables.iter().copied() {
            let Some(rows) = batch.get(table) else {
                continue;
            };
            self.rows[table as usize] += rows.num_rows() as u64;
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

    /// Hands the epoch's files over, and opens the next epoch.
    fn close(&mut self, plan: EpochPlan) -> Result<(), SinkError> {
        flush_all(&mut self.staged)?;
        let closed = Closed {
            plan,
            staged: std::mem::take(&mut self.staged),
            rows: self.counted(),
        };
        self.epoch += 1;
        self.commits.begin(closed, self.output.layout.root())
    }
}

impl Drop for Sink {
    /// The folder is ours, and locked, until the commit under way has ended.
    fn drop(&mut self) {
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "an epoch could not be committed; the next run completes it where tables have it, and else reads it again");
        }
        if let Commits::Idle(committer) = &mut self.commits {
            committer.sum_up();
        }
    }
}
