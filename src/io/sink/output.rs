//! Opening an output folder: the lock, the checks, and what a run that was cut short left behind.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::commit::{Committed, Committer};
use super::delta::{self, DeltaLog, Runtime};
use super::identity::{self, Stamp, Stamped, Updating};
use super::layout::{Layout, epochs_of, is_part};
use super::steps::Steps;
use super::{Behind, Identity, Progress, Sink, SinkError, SinkOptions, disk, plans};
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
    /// Set when the epoch before was left with some tables having it and others not: what it brought, now that all have it.
    pub completed: Option<Committed>,
    /// How far each source was read, by the epochs before.
    pub progress: Progress,
    /// Set when documents are to be annotated anew first.
    pub update: Option<Update>,
    /// All inputs that were ever read into the folder.
    pub inputs: Vec<String>,
    /// The files of `documents` that were there, in the order of their epochs.
    pub documents: Vec<PathBuf>,
}

/// A change of vocabulary that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Names the vocabulary that rows were written with, but for those of `behind`.
    pub vocabulary: Arc<str>,
    /// The epochs before the update, those together that hold documents of the same records: first the one that read them, then those that
    /// have some of its documents anew. So all sources are met in the order in which they were read first.
    pub groups: Vec<Vec<i64>>,
    /// The last group that is done, by its first epoch.
    pub done: Option<i64>,
    /// Rows that this update and earlier ones have left as they were.
    pub behind: Behind,
    /// Sources that this update has left out so far.
    pub left_out: HashSet<Arc<str>>,
}

/// An update that has not begun.
#[derive(Debug)]
pub struct Preview {
    /// What it has to look at.
    pub update: Update,
    /// The words and concepts that rows were written with.
    pub vocabulary: Vec<u8>,
    /// The files of `documents`, in the order of their epochs.
    pub documents: Vec<PathBuf>,
}

/// The one of these `documents` files, in the order of their epochs, that has those of an epoch, as far as there are any left.
pub fn file_of(documents: &[PathBuf], epoch: i64) -> Option<&Path> {
    let of = |path: &PathBuf| epochs_of(path).map(|(of, _)| of);
    let at = documents.partition_point(|path| of(path) < Some(epoch));
    let path = documents.get(at)?;
    (of(path) == Some(epoch)).then_some(path)
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
        let mut stamped = identity::stamp(layout, identity)?;
        let runtime = delta::runtime(layout.root())?;
        let logs = open_logs(&runtime, layout, &stamped.pipeline, &options.tables)?;
        let mut next_epoch = logs
            .last()
            .and_then(DeltaLog::committed)
            .map_or(0, |last| last + 1);
        let begun = pending(layout, next_epoch, &logs, &stamped)?;
        check_names(layout, &logs, &stamped)?;
        stamped.settle(layout, next_epoch)?;
        clean(layout, &logs, next_epoch, begun.as_ref())?;
        let mut committer = Committer {
            layout: layout.clone(),
            options: options.clone(),
            runtime,
            logs,
            steps: Steps::default(),
        };
        let completed = begun.map(|plan| committer.complete(&plan)).transpose()?;
        next_epoch += i64::from(completed.is_some());
        let update = stamped.updating.as_ref();
        let update = update.map(|update| to_update(layout, update, next_epoch));
        let resume = Resume {
            next_epoch,
            completed,
            progress: Progress::read(layout, next_epoch)?,
            update: update.transpose()?,
            inputs: stamped.inputs,
            documents: documents(&committer.logs),
        };
        let sink = Sink::new(output, options.clone(), committer, next_epoch);
        Ok((sink, resume))
    }

    /// What a run would update, if anything. The folder is neither written to nor locked.
    ///
    /// # Errors
    ///
    /// When it can't be updated, or can't be read.
    pub fn preview(root: &Path, identity: &Identity) -> Result<Option<Preview>, SinkError> {
        let layout = Layout::new(root);
        let Some(stamp) = Stamp::read(&layout)? else {
            return Ok(None);
        };
        let runtime = delta::runtime(root)?;
        // Under the name that the folder was made with, which this pipeline may not have.
        let log = |table| DeltaLog::open(&runtime, table, layout.table(table), &stamp.pipeline);
        let next = log(TableId::Sources)?
            .committed()
            .map_or(0, |last| last + 1);
        let Some(update) = identity::preview(&layout, &stamp, identity, next)? else {
            return Ok(None);
        };
        let update = to_update(&layout, &update, next)?;
        let path = layout.vocabulary(&update.vocabulary);
        let vocabulary = disk::read(&path)?
            .ok_or_else(|| SinkError::damaged(&path, "it is gone, and needed"))?;
        Ok(Some(Preview {
            update,
            vocabulary,
            documents: documents(&[log(TableId::Documents)?]),
        }))
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

/// The plan of the epoch that some tables have and others do not. A plan that no table has begun to commit is void: nothing of it
/// is visible, and its records are read again as if for the first time.
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
    if plan.as_ref().is_some_and(|plan| plan.tables.is_none()) {
        return Err(SinkError::EarlierVersion {
            path: layout.root().to_owned(),
            epoch: next,
        });
    }
    if stamped.change.is_some() {
        return Err(SinkError::Unfinished {
            path: layout.root().to_owned(),
            epoch: next,
        });
    }
    Ok(plan)
}

/// Rows of an epoch are found by the name of their file: where somebody else has written the files anew, they are not.
fn check_names(layout: &Layout, logs: &[DeltaLog], stamped: &Stamped) -> Result<(), SinkError> {
    let begins = |stamp: &Stamp| stamp.updating.is_some();
    if stamped.updating.is_none() && !stamped.change.as_ref().is_some_and(begins) {
        return Ok(());
    }
    let other = logs
        .iter()
        .flat_map(DeltaLog::files)
        .find(|file| !is_part(file));
    other.map_or(Ok(()), |file| {
        Err(SinkError::NoUpdate {
            path: layout.root().to_owned(),
            reason: format!("another program has written {}", file.display()),
        })
    })
}

/// How far an update has come: epochs are done in the order in which their records were read first, and those that have documents anew
/// say of which.
fn to_update(layout: &Layout, update: &Updating, next: i64) -> Result<Update, SinkError> {
    let vocabulary: Arc<str> = update.from.as_str().into();
    let known = Behind::read(layout, &vocabulary)?;
    // Plans that the last update had taken note of.
    let noted = if known.is_some() { update.below } else { 0 };
    let mut behind = known.unwrap_or_default();
    let mut left_out = HashSet::new();
    let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    // Of epochs that have documents anew, the one that read them.
    let mut first = HashMap::new();
    let mut done = None;
    let mut add = |plan: &EpochPlan| {
        let of = plan.supersedes.as_ref().map(|plan| plan.epoch);
        let of = of.map(|of| first.get(&of).copied().unwrap_or(of));
        first.extend(of.map(|of| (plan.epoch, of)));
        if let (Some(anew), Some(of)) = (&plan.supersedes, of)
            && plan.epoch >= noted
        {
            behind.learn(anew, of, plan.epoch);
        }
        if plan.epoch < update.below {
            let of = of.unwrap_or(plan.epoch);
            groups.entry(of).or_default().push(plan.epoch);
        } else if let Some(anew) = &plan.supersedes
            && anew.vocabulary == vocabulary
        {
            left_out.extend(anew.left_out.iter().cloned());
            done = done.max(of);
        }
    };
    for epoch in 0..next {
        plans::get(layout, epoch)?.iter().for_each(&mut add);
    }
    Ok(Update {
        vocabulary,
        groups: groups.into_values().collect(),
        done,
        behind,
        left_out,
    })
}

/// The files of `documents` in the order of their epochs.
pub(super) fn documents(logs: &[DeltaLog]) -> Vec<PathBuf> {
    let of_documents = logs.iter().filter(|log| log.table() == TableId::Documents);
    let mut files: Vec<PathBuf> = of_documents.flat_map(DeltaLog::files).cloned().collect();
    files.sort_by_key(|file| epochs_of(file));
    files
}

/// Removes what a run that was cut short left: staged files, and files in tables whose commit never came, save those of the epoch that
/// was `begun` in some tables and is to be completed. Whole among the staged ones are those of tables that it has rows for; a table's first
/// file, where it has none, is written during the commit, and is whole when it has its name.
fn clean(
    layout: &Layout,
    logs: &[DeltaLog],
    next: i64,
    begun: Option<&EpochPlan>,
) -> Result<(), SinkError> {
    let is_needed = |path: &PathBuf, table: TableId| {
        begun.is_some_and(|plan| {
            *path == layout.part(table, next)
                || *path == layout.staged(table, next) && plan.has_rows(table.name())
        })
    };
    for path in disk::list(&layout.staging())? {
        let is_needed = |log: &DeltaLog| !log.has(next) && is_needed(&path, log.table());
        if !logs.iter().any(is_needed) {
            disk::remove(&path)?;
        }
    }
    for log in logs {
        let folder = layout.table(log.table());
        // A file that no commit names is one that the epoch under way wrote, or one that its commit dropped, for which see below.
        let is_orphan = |path: &PathBuf| {
            epochs_of(path).is_some_and(|(epoch, since)| epoch == next || since == Some(next))
        };
        let lost = |path: &PathBuf| is_part(path) && !is_orphan(path);
        if log.committed().is_none() && disk::list(&folder)?.iter().any(lost) {
            return Err(SinkError::damaged(
                &folder,
                "it holds rows, and its Delta log is gone",
            ));
        }
        let superseded = begun.and_then(|plan| plan.supersedes.as_ref());
        for path in disk::list(&folder)? {
            let epoch = epochs_of(&path).map(|(epoch, _)| epoch);
            let is_left = if log.has(next) {
                // The commit that drops it came, and its deletion did not.
                superseded.is_some_and(|plan| plan.epochs().any(|of| epoch == Some(of)))
                    && !log.files().contains(&path)
            } else {
                is_orphan(&path) && !is_needed(&path, log.table())
            };
            if is_left {
                disk::remove(&path)?;
            }
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
