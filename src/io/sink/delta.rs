//! The Delta logs: one a table, extended by one commit an epoch.
//!
//! The only module that knows the Delta library, which is asynchronous: a private runtime of one thread waits for it
//! here, so that the sink is plain blocking code. Table states stay in memory from epoch to epoch; the library writes a
//! checkpoint at every hundredth commit or as the table's properties say.
//!
//! A commit carries the epoch as the version of an application transaction, and that is what makes a replay harmless:
//! the library itself does not skip a version it has seen, we ask first ([`DeltaLog::committed`]).

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use deltalake_core::kernel::transaction::{CommitBuilder, CommitProperties, TableReference};
use deltalake_core::kernel::{Action, Add, StructType, Transaction};
use deltalake_core::logstore::LogStoreRef;
use deltalake_core::operations::create::CreateBuilder;
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::table::state::DeltaTableState;
use deltalake_core::{DeltaTableBuilder, DeltaTableError, ensure_table_uri};
use serde_json::json;
use tokio::runtime::Runtime;

use super::{SinkError, disk};
use crate::table::{self, TableId};

/// Commits between two checkpoints: a reader lists and reads that many small files at most.
const CHECKPOINT_INTERVAL: &str = "10";

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
    /// The log's store and the table's state; none before the first commit.
    held: Option<(LogStoreRef, DeltaTableState)>,
    committed: Option<i64>,
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
        let app_id = format!("{pipeline}/{table}");
        let read = async {
            let held = load(&folder).await?;
            let committed = match &held {
                Some((store, state)) => state.transaction_version(store.as_ref(), &app_id).await?,
                None => None,
            };
            Ok((held, committed))
        };
        let (held, committed) = runtime
            .block_on(read)
            .map_err(SinkError::delta("read", &folder))?;
        Ok(Self {
            table,
            folder,
            app_id,
            held,
            committed,
        })
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

    /// Commits an epoch: with its file, or without where it has no rows for this table.
    pub(super) fn commit(
        &mut self,
        runtime: &Runtime,
        epoch: i64,
        file: Option<NewFile>,
    ) -> Result<(), SinkError> {
        let actions: Vec<Action> = file.into_iter().map(add).collect();
        let properties = CommitProperties::default()
            .with_application_transaction(Transaction::new(&self.app_id, epoch))
            // Old log files are the user's history; to list them all at each commit would take ever longer.
            .with_cleanup_expired_logs(Some(false));
        let held = self.held.take();
        let (store, state) = runtime
            .block_on(async {
                match held {
                    Some(held) => append(held, actions, properties).await,
                    None => create(self.table, &self.folder, actions, properties).await,
                }
            })
            .map_err(SinkError::delta("commit to", &self.folder))?;
        let log = self.folder.join("_delta_log");
        disk::sync_file(&log.join(format!("{:020}.json", state.version())))?;
        disk::sync_folder(&log)?;
        self.held = Some((store, state));
        self.committed = Some(epoch);
        Ok(())
    }

    /// The files that the log names.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let Some((_, state)) = &self.held else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = state
            .log_data()
            .iter()
            .map(|file| self.folder.join(file.path().as_ref()))
            .collect();
        files.sort();
        files
    }
}

/// The table in `folder`; `None` where there is none.
async fn load(folder: &Path) -> Result<Option<(LogStoreRef, DeltaTableState)>, DeltaTableError> {
    if !folder.join("_delta_log").is_dir() {
        return Ok(None);
    }
    let store = store(folder)?;
    if !store.is_delta_table_location().await? {
        return Ok(None);
    }
    let state = DeltaTableState::try_new(store.as_ref(), None).await?;
    Ok(Some((store, state)))
}

fn store(folder: &Path) -> Result<LogStoreRef, DeltaTableError> {
    let path = folder.to_str().ok_or_else(|| {
        DeltaTableError::InvalidTableLocation(format!("{} is not UTF-8", folder.display()))
    })?;
    DeltaTableBuilder::from_url(ensure_table_uri(path)?)?.build_storage()
}

async fn create(
    table: TableId,
    folder: &Path,
    actions: Vec<Action>,
    properties: CommitProperties,
) -> Result<(LogStoreRef, DeltaTableState), DeltaTableError> {
    let store = store(folder)?;
    let made = CreateBuilder::new()
        .with_log_store(store.clone())
        .with_table_name(table.name())
        .with_columns(delta_schema(table)?.fields().cloned())
        .with_configuration([("delta.checkpointInterval", Some(CHECKPOINT_INTERVAL))])
        .with_actions(actions)
        .with_commit_properties(properties)
        .await?;
    Ok((store, made.snapshot()?.clone()))
}

async fn append(
    (store, state): (LogStoreRef, DeltaTableState),
    actions: Vec<Action>,
    properties: CommitProperties,
) -> Result<(LogStoreRef, DeltaTableState), DeltaTableError> {
    let operation = DeltaOperation::Write {
        mode: SaveMode::Append,
        partition_by: None,
        predicate: None,
    };
    let commit = CommitBuilder::from(properties)
        .with_actions(actions)
        .build(
            Some(&state as &dyn TableReference),
            store.clone(),
            operation,
        )
        .await?;
    Ok((store, commit.snapshot()))
}

fn add(file: NewFile) -> Action {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Action::Add(Add {
        path: file.name,
        size: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        modification_time: i64::try_from(now.as_millis()).unwrap_or(i64::MAX),
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
