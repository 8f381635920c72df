//! The Delta logs: one a table, extended by one commit an epoch.
//!
//! The only module that knows the Delta library, which is asynchronous: a private runtime of one thread waits for it
//! here, so that the sink is plain blocking code.
//!
//! A commit carries the epoch as the version of an application transaction, and that is what makes it harmless to complete an epoch:
//! the library itself does not skip a version it has seen, we ask first ([`DeltaLog::has`]).
//!
//! Appending needs nothing of a table's state but its version, so the state is read once, when the folder is opened, and
//! then let go: with the library's own commit loop, which brings the state up to date each time, a commit costs ever
//! more as files add up. Only where somebody else has committed in between does that loop take over, since it knows
//! which commits get along.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use deltalake_core::checkpoints::create_checkpoint_from_table_url_and_cleanup;
use deltalake_core::kernel::transaction::{
    CommitBuilder, CommitData, CommitProperties, TableReference, TransactionError,
};
use deltalake_core::kernel::{Action, Add, Remove, StructType, Transaction};
use deltalake_core::logstore::{CommitOrBytes, LogStoreRef};
use deltalake_core::operations::create::CreateBuilder;
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::table::state::DeltaTableState;
use deltalake_core::{DeltaTableBuilder, DeltaTableError, ensure_table_uri};
use serde_json::json;
pub(super) use tokio::runtime::Runtime;

use super::layout::epochs_of;
use super::{SinkError, disk};
use crate::table::{self, TableId};

/// Commits between two checkpoints: a reader lists and reads that many small files at most.
const CHECKPOINT_INTERVAL: u64 = 10;
/// The same while a run goes on: a checkpoint takes memory, and at the end nobody else does.
const WHILE_RUNNING: u64 = 100;

/// Where asynchronous work waits.
pub(super) fn runtime(root: &Path) -> Result<Runtime, SinkError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(SinkError::io("start the threads that commit to", root))
}

/// A file to add to a table.
#[derive(Debug)]
pub(super) struct NewFile {
    /// Its name in the table's folder.
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) rows: u64,
}

/// The log of one table.
pub(super) struct DeltaLog {
    table: TableId,
    folder: PathBuf,
    /// Names us in the log's transactions.
    app_id: String,
    /// The log's store and its last version; none before the first commit.
    held: Option<(LogStoreRef, u64)>,
    committed: Option<i64>,
    /// The files that the log names.
    files: Vec<PathBuf>,
    /// A checkpoint is due.
    due: bool,
}

/// What an epoch does to a table's files.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Files that come.
    pub(super) added: Vec<NewFile>,
    /// The names of those that go.
    pub(super) removed: Vec<String>,
}

impl std::fmt::Debug for DeltaLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeltaLog")
            .field("table", &self.table)
            .field("committed", &self.committed)
            .finish_non_exhaustive()
    }
}

impl DeltaLog {
    /// Reads the log of the table in `folder`, as far as there is one.
    pub(super) fn open(
        runtime: &Runtime,
        table: TableId,
        folder: PathBuf,
        pipeline: &str,
    ) -> Result<Self, SinkError> {
        let mut log = Self {
            app_id: format!("{pipeline}/{table}"),
            table,
            folder,
            held: None,
            committed: None,
            files: Vec::new(),
            due: false,
        };
        runtime
            .block_on(log.load())
            .map_err(SinkError::delta("read", &log.folder))?;
        Ok(log)
    }

    async fn load(&mut self) -> Result<(), DeltaTableError> {
        if !self.folder.join("_delta_log").is_dir() {
            return Ok(());
        }
        let store = store(&self.folder)?;
        if !store.is_delta_table_location().await? {
            return Ok(());
        }
        let state = DeltaTableState::try_new(store.as_ref(), None).await?;
        self.committed = state
            .transaction_version(store.as_ref(), &self.app_id)
            .await?;
        let files = state.log_data();
        self.files = files
            .iter()
            .map(|file| self.folder.join(file.path().as_ref()))
            .collect();
        self.files.sort();
        self.held = Some((store, state.version()));
        Ok(())
    }

    pub(super) fn table(&self) -> TableId {
        self.table
    }

    /// Whether the table has this epoch.
    pub(super) fn has(&self, epoch: i64) -> bool {
        self.committed.is_some_and(|last| last >= epoch)
    }

    /// The last epoch that the table has.
    pub(super) fn committed(&self) -> Option<i64> {
        self.committed
    }

    /// Whether the table was never committed to, so that its first commit must bring a file.
    pub(super) fn is_new(&self) -> bool {
        self.held.is_none()
    }

    /// Commits an epoch: with its files, or without where it has no rows for this table.
    pub(super) fn commit(
        &mut self,
        runtime: &Runtime,
        epoch: i64,
        change: Change,
    ) -> Result<(), SinkError> {
        let mut files = std::mem::take(&mut self.files);
        for gone in &change.removed {
            files.retain(|file| *file != self.folder.join(gone));
        }
        files.extend(change.added.iter().map(|file| self.folder.join(&file.name)));
        let mut actions: Vec<Action> = change.removed.into_iter().map(remove).collect();
        actions.extend(change.added.into_iter().map(add));
        let transaction = Transaction::new(&self.app_id, epoch);
        let (store, version) = runtime
            .block_on(async {
                match self.held.take() {
                    Some(held) => append(held, actions, transaction).await,
                    None => create(self.table, &self.folder, actions, transaction).await,
                }
            })
            .map_err(SinkError::delta("commit to", &self.folder))?;
        let log = self.folder.join("_delta_log");
        disk::sync_file(&log.join(format!("{version:020}.json")))?;
        disk::sync_folder(&log)?;
        self.due |= (version + 1).is_multiple_of(CHECKPOINT_INTERVAL);
        self.held = Some((store, version));
        if (version + 1).is_multiple_of(WHILE_RUNNING) {
            self.sum_up(runtime);
        }
        self.committed = Some(epoch);
        self.files = files;
        Ok(())
    }

    /// Makes a checkpoint, if one is due.
    pub(super) fn sum_up(&mut self, runtime: &Runtime) {
        if let Some((store, version)) = &self.held
            && std::mem::take(&mut self.due)
        {
            checkpoint(runtime, store, *version);
        }
    }

    /// The files that the log names: those that it named when it was opened in the order of their names, then those of later commits.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The file with the rows of an epoch, as far as they are still the last word.
    pub(super) fn file_of(&self, epoch: i64) -> Option<&PathBuf> {
        let is_of = |path: &&PathBuf| epochs_of(path).is_some_and(|(of, _)| of == epoch);
        self.files.iter().find(is_of)
    }

    /// The same, for who needs nothing else.
    pub(super) fn into_files(self) -> Vec<PathBuf> {
        self.files
    }
}

/// Sums the log up for readers. It holds nothing that the log does not, so a failure is not one of the epoch.
fn checkpoint(runtime: &Runtime, store: &LogStoreRef, version: u64) {
    let root = store.root_url().clone();
    // Old log files are the user's history, and to list them all takes ever longer: no clean-up.
    let made = create_checkpoint_from_table_url_and_cleanup(root, version, Some(false), None);
    if let Err(error) = runtime.block_on(made) {
        tracing::warn!(%error, table = %store.root_url(), version, "no checkpoint");
    }
}

fn store(folder: &Path) -> Result<LogStoreRef, DeltaTableError> {
    let path = folder.to_str().ok_or_else(|| {
        DeltaTableError::InvalidTableLocation(format!("{} is not UTF-8", folder.display()))
    })?;
    DeltaTableBuilder::from_url(ensure_table_uri(path)?)?.build_storage()
}

/// Makes the table; its first version holds the first file already.
async fn create(
    table: TableId,
    folder: &Path,
    actions: Vec<Action>,
    transaction: Transaction,
) -> Result<(LogStoreRef, u64), DeltaTableError> {
    let store = store(folder)?;
    let interval = CHECKPOINT_INTERVAL.to_string();
    let properties = CommitProperties::default().with_application_transaction(transaction);
    CreateBuilder::new()
        .with_log_store(store.clone())
        .with_table_name(table.name())
        .with_columns(delta_schema(table)?.fields().cloned())
        .with_configuration([("delta.checkpointInterval", Some(interval))])
        .with_actions(actions)
        .with_commit_properties(properties)
        .await?;
    Ok((store, 0))
}

/// Adds a commit behind the last one that we know of.
#[expect(
    clippy::default_trait_access,
    reason = "the operation's id has a type of a crate that is not ours to name; local stores ignore it"
)]
async fn append(
    (store, version): (LogStoreRef, u64),
    actions: Vec<Action>,
    transaction: Transaction,
) -> Result<(LogStoreRef, u64), DeltaTableError> {
    let entry = CommitData::new(
        actions.clone(),
        operation(),
        HashMap::new(),
        vec![transaction.clone()],
    );
    let bytes = CommitOrBytes::LogBytes(entry.get_bytes()?);
    let next = version + 1;
    match store
        .write_commit_entry(next, bytes, Default::default())
        .await
    {
        Ok(()) => Ok((store, next)),
        Err(TransactionError::VersionAlreadyExists(_)) => {
            append_behind_others(store, actions, transaction).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds a commit to a log that somebody else has extended: a compaction by another tool, say.
async fn append_behind_others(
    store: LogStoreRef,
    actions: Vec<Action>,
    transaction: Transaction,
) -> Result<(LogStoreRef, u64), DeltaTableError> {
    let state = DeltaTableState::try_new(store.as_ref(), None).await?;
    let properties = CommitProperties::default()
        .with_application_transaction(transaction)
        .with_create_checkpoint(false)
        .with_cleanup_expired_logs(Some(false));
    let commit = CommitBuilder::from(properties)
        .with_actions(actions)
        .build(
            Some(&state as &dyn TableReference),
            store.clone(),
            operation(),
        )
        .await?;
    Ok((store, commit.version()))
}

fn operation() -> DeltaOperation {
    DeltaOperation::Write {
        mode: SaveMode::Append,
        partition_by: None,
        predicate: None,
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(now.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

fn remove(name: String) -> Action {
    Action::Remove(Remove {
        path: name,
        data_change: true,
        deletion_timestamp: Some(now()),
        ..Remove::default()
    })
}

fn add(file: NewFile) -> Action {
    Action::Add(Add {
        path: file.name,
        size: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        modification_time: now(),
        data_change: true,
        stats: Some(json!({"numRecords": file.rows}).to_string()),
        ..Add::default()
    })
}

/// The table's columns as Delta has them, with their docs as comments.
fn delta_schema(table: TableId) -> Result<StructType, DeltaTableError> {
    let fields: Vec<_> = table::columns(table)
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "type": column.r#type.delta(),
                "nullable": column.nullable,
                "metadata": {"comment": column.doc},
            })
        })
        .collect();
    serde_json::from_value(json!({"type": "struct", "fields": fields}))
        .map_err(|error| DeltaTableError::Generic(error.to_string()))
}
