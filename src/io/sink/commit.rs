//! The commit of an epoch, beside the writing of the next.
//!
//! # The commit of epoch N
//!
//! 1. Every staged file is finished and synced, and so is the folder they are in.
//! 2. The plan is put to `_cihe/epochs/N.json`, and names the tables that have a file.
//! 3. Table by table, `sources` last: the table takes the file under the name `part-N`, synced, and its Delta log gets one commit with
//!    the file and the transaction N.
//!
//! An epoch that has documents of an earlier one anew changes that one's file, too: what is left of it is written to
//! `part-EARLIER-N`, and the same commit that names the file of N names this one and drops the former, which is then deleted,
//! for readers who glob.
//!
//! A kill before the first commit leaves staged files, and maybe a plan, which nobody sees and the next run removes. After the first commit
//! all that the epoch wrote is on the disk: staged, or under its name in a table's folder. The next run goes on with step 3 from
//! these files, for tables that do not have N yet, and reads nothing again: whatever became of the sources, the epoch holds what it
//! read. Nothing is lost or doubled at any instant.
//!
//! The plan comes at the end and not at the beginning, since an epoch that is bounded by time does not know its extent
//! before; no file is visible before its plan is.
//!
//! Most of a commit is waiting for the disk. It has a thread of its own, so that the hops go on meanwhile; there is
//! never more than one under way, and epochs are committed in their order. What the next epoch writes meanwhile is
//! staged, and nobody sees it.

use std::any::Any;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread::{self, Builder, JoinHandle, Scope, ScopedJoinHandle};

use super::delta::{Change, DeltaLog, NewFile, Runtime};
use super::layout::{Layout, part_name, rest_name};
use super::staged::{Finished, Staged, write_empty};
use super::steps::{Step, Steps};
use super::supersede::{Filter, Rest};
use super::writer::ByTable;
use super::{SinkError, SinkOptions, TableReader, disk, plans};
use crate::record::EpochPlan;
use crate::table::TableId;

/// What an epoch brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub epoch: i64,
    /// Rows of each table that has some, those that an interrupted run had committed included as far as their files are still there.
    pub rows: Vec<(TableId, u64)>,
    /// Bytes of the files written.
    pub bytes: u64,
    /// Whether its rows take the place of earlier ones.
    pub is_update: bool,
}

/// An epoch whose rows have all been written.
#[derive(Debug)]
pub(super) struct Closed {
    pub(super) plan: EpochPlan,
    /// Its files, which grow no more.
    pub(super) staged: ByTable<Staged>,
    pub(super) rows: Vec<(TableId, u64)>,
}

/// Commits epochs.
#[derive(Debug)]
pub(super) struct Committer {
    pub(super) layout: Layout,
    pub(super) options: SinkOptions,
    pub(super) runtime: Runtime,
    /// In the order of commits.
    pub(super) logs: Vec<DeltaLog>,
    pub(super) steps: Steps,
}

impl Committer {
    /// Makes the checkpoints that are due.
    pub(super) fn sum_up(&mut self) {
        for log in &mut self.logs {
            log.sum_up(&self.runtime);
        }
    }

    fn commit(&mut self, closed: Closed) -> Result<Committed, SinkError> {
        let Closed {
            mut plan,
            staged,
            rows,
        } = closed;
        let finished = finish_all(staged)?;
        disk::sync_folder(&self.layout.staging())?;
        self.steps.reached(Step::Staged);
        let names = TableId::ALL.into_iter().zip(&finished);
        let names = names.filter(|(_, file)| file.is_some());
        plan.tables = Some(names.map(|(table, _)| table.name().to_owned()).collect());
        plans::put(&self.layout, &plan)?;
        self.steps.reached(Step::Planned);
        self.publish_all(&plan, finished, rows)
    }

    /// Goes on with the commit of an epoch that a run has left with some tables having it and others not.
    pub(super) fn complete(&mut self, plan: &EpochPlan) -> Result<Committed, SinkError> {
        let epoch = plan.epoch;
        let mut finished = ByTable::default();
        let mut rows = Vec::new();
        for log in &self.logs {
            let table = log.table();
            let has_rows = plan.has_rows(table.name());
            let part = self.layout.part(table, epoch);
            // In the folder under its name, or where it was written.
            let staged = has_rows.then(|| self.layout.staged(table, epoch));
            let mut paths = std::iter::once(part.clone()).chain(staged);
            let Some(path) = paths.find(|path| path.is_file()) else {
                // Where the table has the epoch already, another program may have written its rows to other files since.
                if has_rows && !log.has(epoch) {
                    let reason = "it is of an epoch that is half committed, and gone";
                    return Err(SinkError::damaged(&part, reason));
                }
                continue;
            };
            let of_file = TableReader::rows_of(&path)? as u64;
            let metadata = path.metadata().map_err(SinkError::io("look at", &path))?;
            rows.extend((of_file > 0).then_some((table, of_file)));
            finished[table as usize] = Some(Finished {
                path,
                rows: of_file,
                bytes: metadata.len(),
            });
        }
        self.publish_all(plan, finished, rows)
    }

    /// Table by table: the file gets its name, and the log a commit.
    fn publish_all(
        &mut self,
        plan: &EpochPlan,
        mut finished: ByTable<Finished>,
        rows: Vec<(TableId, u64)>,
    ) -> Result<Committed, SinkError> {
        let epoch = plan.epoch;
        let superseded = plan.supersedes.as_ref();
        // One that only tells of sources left out takes no rows.
        let superseded = superseded.filter(|plan| !plan.parts.is_empty());
        let superseded = superseded.map(|plan| (plan, Filter::new(plan)));
        let mut bytes = 0;
        for index in 0..self.logs.len() {
            let table = self.logs[index].table();
            let file = finished[table as usize].take();
            if self.logs[index].has(epoch) {
                continue;
            }
            let file = self.publish(index, epoch, file)?;
            let mut change = Change::default();
            change.added.extend(file);
            let mut gone = Vec::new();
            if let Some((plan, filter)) = &superseded {
                for earlier in plan.epochs() {
                    gone.extend(self.supersede(index, (earlier, epoch), filter, &mut change)?);
                }
            }
            bytes += change.added.iter().map(|file| file.bytes).sum::<u64>();
            self.steps.reached(Step::Moved(table));
            self.logs[index].commit(&self.runtime, epoch, change)?;
            self.steps.reached(Step::Committed(table));
            if !gone.is_empty() {
                for file in &gone {
                    disk::remove(file)?;
                }
                disk::sync_folder(&self.layout.table(table))?;
                self.steps.reached(Step::Removed(table));
            }
        }
        Ok(Committed {
            epoch,
            rows,
            bytes,
            is_update: plan.supersedes.is_some(),
        })
    }

    /// Puts what is left of the `earlier` epoch's file beside it, and says in `change` how the two are exchanged; tells which file is to
    /// be deleted then. Where a table would have no file left an empty one stays, so that readers who glob find it.
    fn supersede(
        &self,
        index: usize,
        (earlier, epoch): (i64, i64),
        filter: &Filter<'_>,
        change: &mut Change,
    ) -> Result<Option<PathBuf>, SinkError> {
        let log = &self.logs[index];
        let table = log.table();
        let Some(old) = log.file_of(earlier).filter(|_| table != TableId::Sources) else {
            return Ok(None);
        };
        let staged = self.layout.staging().join(rest_name(earlier, epoch));
        let left = match filter.rest(table, old, staged.clone(), &self.options)? {
            Rest::Whole => return Ok(None),
            Rest::Some(left) => Some(left),
            Rest::None
                if change.added.is_empty() && log.files().len() == change.removed.len() + 1 =>
            {
                Some(write_empty(&staged, table, &self.options)?)
            }
            Rest::None => None,
        };
        if let Some(left) = left {
            let name = rest_name(earlier, epoch);
            disk::rename(&left.path, &self.layout.table(table).join(&name))?;
            change.added.push(NewFile {
                name,
                bytes: left.bytes,
                rows: left.rows,
            });
        }
        let name = old.file_name().and_then(|name| name.to_str());
        change.removed.extend(name.map(str::to_owned));
        Ok(Some(old.clone()))
    }

    /// Moves a staged file into its table's folder. A table that has no file at all gets one without rows, so that
    /// readers who glob find it.
    fn publish(
        &self,
        index: usize,
        epoch: i64,
        file: Option<Finished>,
    ) -> Result<Option<NewFile>, SinkError> {
        let log = &self.logs[index];
        let (layout, table) = (&self.layout, log.table());
        let file = match file {
            Some(file) => file,
            None if log.is_new() => {
                let path = layout.staged(table, epoch);
                write_empty(&path, table, &self.options)?
            }
            None => return Ok(None),
        };
        if log.is_new() {
            disk::make_folder(&layout.table(table))?;
            disk::sync_folder(layout.root())?;
        }
        let path = layout.part(table, epoch);
        if file.path != path {
            disk::rename(&file.path, &path)?;
        }
        Ok(Some(NewFile {
            name: part_name(epoch),
            bytes: file.bytes,
            rows: file.rows,
        }))
    }
}

/// The committer: waiting for an epoch, or at work on one.
#[derive(Debug)]
pub(super) enum Commits {
    Idle(Box<Committer>),
    Busy {
        /// The output folder.
        root: PathBuf,
        thread: JoinHandle<(Box<Committer>, Result<Committed, SinkError>)>,
    },
    /// A commit has failed; opening the folder again recovers.
    Failed,
}

impl Commits {
    /// Waits for the commit under way, if there is one, and tells what it brought.
    pub(super) fn settle(&mut self) -> Result<Option<Committed>, SinkError> {
        match std::mem::replace(self, Self::Failed) {
            Self::Busy { root, thread } => {
                let (committer, result) = thread.join().map_err(|panic| SinkError::Panicked {
                    path: root,
                    message: message(panic.as_ref()),
                })?;
                let brought = result?;
                *self = Self::Idle(committer);
                Ok(Some(brought))
            }
            other => {
                *self = other;
                Ok(None)
            }
        }
    }

    /// Begins the commit of an epoch. The one before must be settled.
    pub(super) fn begin(&mut self, closed: Closed, root: &Path) -> Result<(), SinkError> {
        let Self::Idle(mut committer) = std::mem::replace(self, Self::Failed) else {
            let path = root.to_owned();
            return Err(SinkError::Broken { path });
        };
        let thread = Builder::new()
            .name("cihe-commit".to_owned())
            .spawn(move || {
                let result = committer.commit(closed);
                (committer, result)
            })
            .map_err(SinkError::io("start a thread to commit to", root))?;
        *self = Self::Busy {
            root: root.to_owned(),
            thread,
        };
        Ok(())
    }
}

/// Ends the row groups of all tables at once, so that no memory of an epoch is held while the next is written.
pub(super) fn flush_all(staged: &mut ByTable<Staged>) -> Result<(), SinkError> {
    thread::scope(|scope| {
        let files = staged.iter_mut().flatten();
        let begun: Vec<_> = files
            .map(|file| {
                let path = file.path.clone();
                beside(scope, &path, || file.flush())
            })
            .collect();
        begun
            .into_iter()
            .try_for_each(|begun| joined(begun?.join()))
    })
}

/// Finishes the files of all tables at once: at the end of a run nothing else is left to do.
fn finish_all(staged: ByTable<Staged>) -> Result<ByTable<Finished>, SinkError> {
    thread::scope(|scope| {
        let finish = |file: Staged| {
            let path = file.path.clone();
            beside(scope, &path, || file.finish())
        };
        let begun = staged.map(|file| file.map(finish));
        let mut finished = ByTable::default();
        for (file, begun) in finished.iter_mut().zip(begun) {
            if let Some(begun) = begun.transpose()? {
                *file = Some(joined(begun.join())?);
            }
        }
        Ok(finished)
    })
}

/// Works on the file at `path` on a thread of its own.
fn beside<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    path: &Path,
    work: impl FnOnce() -> T + Send + 's,
) -> Result<ScopedJoinHandle<'s, T>, SinkError> {
    Builder::new()
        .spawn_scoped(scope, work)
        .map_err(SinkError::io("start a thread to finish", path))
}

/// What a thread answered; its panic goes on here.
fn joined<T>(ended: thread::Result<T>) -> T {
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

/// What a panic said.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
