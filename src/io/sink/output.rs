//! Opening an output folder: the lock, the checks, and what a run that was cut short left behind.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::delta::{self, DeltaLog, Runtime};
use super::identity::{self, Stamped};
use super::layout::{Layout, is_part};
use super::{Identity, Progress, Sink, SinkError, SinkOptions, disk, plans};
use crate::record::EpochPlan;
use crate::table::TableId;

/// An output folder that we hold the lock of. It is let go when this is dropped, or the process ends in any way.
#[derive(Debug)]
pub struct Output {
    pub(super) layout: Layout,
    /// Locked as long as it is open.
    _lock: File,
}

/// Where to take up.
#[derive(Debug)]
pub struct Resume {
    /// The epoch to write next.
    pub next_epoch: i64,
    /// Set when that epoch was planned but not committed: it must be played again from exactly these records.
    pub replay: Option<EpochPlan>,
    /// How far each source was read, by the epochs before.
    pub progress: Progress,
    /// The files of `documents` that were there, in the order of their epochs. That of an epoch to be played again may be among
    /// them.
    pub documents: Vec<PathBuf>,
}

impl Output {
    /// Takes an output folder, new or of an earlier run of the same pipeline, and cleans up behind a run that was cut
    /// short.
    ///
    /// # Errors
    ///
    /// When the folder is not ours, is in use, belongs to another pipeline, or can't be written to.
    pub fn open(
        root: &Path,
        identity: &Identity,
        options: &SinkOptions,
    ) -> Result<(Sink, Resume), SinkError> {
        let output = Self::claim(root)?;
        let layout = &output.layout;
        let stamped = identity::stamp(layout, identity)?;
        let runtime = delta::runtime(layout.root())?;
        let logs = open_logs(&runtime, layout, &stamped.pipeline, &options.tables)?;
        let next_epoch = logs
            .last()
            .and_then(DeltaLog::committed)
            .map_or(0, |last| last + 1);
        let replay = pending(layout, next_epoch, &logs, &stamped)?;
        stamped.settle(layout)?;
        clean(layout, &logs, next_epoch)?;
        let progress = Progress::read(layout, next_epoch)?;
        let resume = Resume {
            next_epoch,
            replay,
            progress,
            documents: documents(&logs),
        };
        Ok((
            Sink::new(output, options.clone(), runtime, logs, next_epoch),
            resume,
        ))
    }

    /// Makes the folder if need be, checks that it is ours, and locks it.
    fn claim(root: &Path) -> Result<Self, SinkError> {
        if root.to_string_lossy().contains("://") {
            return Err(SinkError::NotAFolder {
                path: root.to_owned(),
            });
        }
        let layout = Layout::new(root);
        if !disk::list(root)?.is_empty() && !layout.control().is_dir() {
            return Err(SinkError::Foreign {
                path: root.to_owned(),
            });
        }
        disk::make_folder(&layout.plans())?;
        disk::make_folder(&layout.staging())?;
        let root = root
            .canonicalize()
            .map_err(SinkError::io("look at", root))?;
        let layout = Layout::new(&root);
        let lock = lock(&layout)?;
        disk::sync_folder(&root)?;
        disk::sync_folder(&layout.control())?;
        Ok(Self {
            layout,
            _lock: lock,
        })
    }
}

/// Locks the folder for this process and leaves its number in the lock's file.
fn lock(layout: &Layout) -> Result<File, SinkError> {
    let path = layout.lock();
    let refused = |error| SinkError::io("lock", &path)(error);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(refused)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            let known = file.read_to_string(&mut pid).is_ok() && !pid.trim().is_empty();
            return Err(SinkError::Locked {
                path: layout.root().to_owned(),
                pid: known.then(|| pid.trim().to_owned()),
            });
        }
        Err(TryLockError::Error(error)) => return Err(refused(error)),
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(refused)?;
    Ok(file)
}

/// The logs of the tables to write, in the order of commits: `sources`, which settles an epoch, is the last.
fn open_logs(
    runtime: &Runtime,
    layout: &Layout,
    pipeline: &str,
    wanted: &[TableId],
) -> Result<Vec<DeltaLog>, SinkError> {
    TableId::ALL
        .into_iter()
        .filter(|table| table.is_ledger() || wanted.contains(table))
        .map(|table| DeltaLog::open(runtime, table, layout.table(table), pipeline))
        .collect()
}

/// The plan of the epoch that was begun but not settled. A plan that no table has begun to commit is void: nothing of it
/// is visible, and its records are read again as if for the first time, whatever became of their sources since.
fn pending(
    layout: &Layout,
    next: i64,
    logs: &[DeltaLog],
    stamped: &Stamped,
) -> Result<Option<EpochPlan>, SinkError> {
    let is_begun = logs.iter().any(|log| log.has(next));
    let plan = plans::get(layout, next)?;
    if plan.is_none() && is_begun {
        return Err(SinkError::damaged(
            &layout.plan(next),
            "tables have the epoch, its plan is gone",
        ));
    }
    if !is_begun {
        disk::remove(&layout.plan(next))?;
        return Ok(None);
    }
    if stamped.change.is_some() {
        return Err(SinkError::Unfinished {
            path: layout.root().to_owned(),
            epoch: next,
        });
    }
    Ok(plan)
}

/// The files of `documents`; their names have the order of their epochs.
fn documents(logs: &[DeltaLog]) -> Vec<PathBuf> {
    let of_documents = logs.iter().filter(|log| log.table() == TableId::Documents);
    of_documents.flat_map(DeltaLog::files).cloned().collect()
}

/// Removes what a run that was cut short left: staged files, and files in tables whose commit never came.
fn clean(layout: &Layout, logs: &[DeltaLog], next: i64) -> Result<(), SinkError> {
    for path in disk::list(&layout.staging())? {
        disk::remove(&path)?;
    }
    for log in logs {
        let folder = layout.table(log.table());
        // Only a file of the epoch under way can be one that no commit names.
        let orphan = layout.part(log.table(), next);
        let lost = |path: &PathBuf| is_part(path) && *path != orphan;
        if log.committed().is_none() && disk::list(&folder)?.iter().any(lost) {
            return Err(SinkError::damaged(
                &folder,
                "it holds rows, and its Delta log is gone",
            ));
        }
        if !log.has(next) {
            disk::remove(&orphan)?;
        }
    }
    Ok(())
}

/// The files of a table that its Delta log names, sorted: what readers see.
///
/// # Errors
///
/// When the log can't be read.
pub fn committed_files(root: &Path, table: TableId) -> Result<Vec<PathBuf>, SinkError> {
    let layout = Layout::new(root);
    let runtime = delta::runtime(root)?;
    let log = DeltaLog::open(&runtime, table, layout.table(table), "")?;
    Ok(log.into_files())
}

/// The Parquet files of `table` that a reader sees who looks at the folder rather than at the log.
///
/// # Errors
///
/// The folder can't be read.
pub fn visible_files(root: &Path, table: TableId) -> Result<Vec<PathBuf>, SinkError> {
    let mut files = disk::list(&Layout::new(root).table(table))?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "parquet")
    });
    Ok(files)
}
