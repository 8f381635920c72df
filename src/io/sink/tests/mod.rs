//! The sink from outside: what readers find in the folder.

mod files;
mod protocol;
mod recovery;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::{AsArray, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;
use crate::record::{Batch, BatchHead, EpochPart, EpochPlan, SourceStatus};
use crate::table::{Rows, SourceRows, TableBatch, TableId, fixture};

fn identity() -> Identity {
    Identity {
        pipeline: "test".into(),
        fingerprint: "f1".into(),
        description: r#"{"tables": "all"}"#.into(),
        options: serde_json::json!({"tag": {"values": true}}),
        vocabulary: b"words".to_vec(),
        words: "w1".into(),
        bound_by: None,
        inputs: vec!["/a".into()],
        on_change: OnConfigChange::Refuse,
    }
}

fn open(root: &Path) -> (Sink, Resume) {
    Output::open(root, &identity(), &SinkOptions::default()).unwrap()
}

fn refusal(root: &Path, identity: &Identity) -> SinkError {
    Output::open(root, identity, &SinkOptions::default())
        .map(|_| ())
        .unwrap_err()
}

/// Epoch N reads the one record of source N.
fn plan(epoch: i64) -> EpochPlan {
    EpochPlan {
        epoch,
        pipeline: "f1".into(),
        parts: vec![EpochPart {
            source: format!("s{epoch}.txt").into(),
            size: 10,
            modified: Some(5),
            first: 0,
            end: 1,
            status: Some(SourceStatus::Done),
            sha256: Some("00".into()),
            documents: 1,
        }],
        supersedes: None,
        tables: None,
    }
}

fn batch(epoch: i64, items: Vec<TableBatch>, closes: Option<EpochPlan>) -> Batch<TableBatch> {
    Batch {
        head: BatchHead {
            sequence: 0,
            epoch,
            weight: 1,
            closes: closes.map(Box::new),
        },
        items,
        rejects: Vec::new(),
    }
}

/// The rows of epoch N: one document, and the row of its source.
fn rows_of(plan: &EpochPlan) -> TableBatch {
    let mut rows = Rows::new(&TableId::ALL);
    let mut sources = SourceRows::default();
    for part in &plan.parts {
        rows.append(&fixture::tagged(&part.source), plan.epoch);
        sources.append(part, plan.epoch);
    }
    for part in plan.supersedes.iter().flat_map(|plan| &plan.parts) {
        rows.append(&fixture::tagged(&part.source), plan.epoch);
    }
    let mut batch = rows.finish();
    if !plan.parts.is_empty() {
        batch.put(TableId::Sources, sources.finish());
    }
    batch
}

/// Writes an epoch in two batches, the second without rows.
fn write_epoch(sink: &mut Sink, plan: &EpochPlan) -> Result<Committed, SinkError> {
    assert_eq!(
        sink.write(batch(plan.epoch, vec![rows_of(plan)], None))?,
        None
    );
    assert_eq!(
        sink.write(batch(plan.epoch, vec![], Some(plan.clone())))?,
        None
    );
    Ok(sink.settle()?.unwrap())
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .unwrap()
        .build()
        .unwrap();
    reader.map(Result::unwrap).collect()
}

/// What a reader who globs finds: the files of a table by name.
fn globbed(root: &Path, table: TableId) -> Vec<PathBuf> {
    let mut files = disk::list(&root.join(table.name())).unwrap();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "parquet")
    });
    files
}

/// The rows of every table by name: how many there are, and which documents or sources they are of.
fn contents(root: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let root = &root.canonicalize().unwrap();
    let mut contents = BTreeMap::new();
    for table in TableId::ALL {
        assert_eq!(
            globbed(root, table),
            committed_files(root, table).unwrap(),
            "{table}"
        );
        let mut keys = Vec::new();
        for rows in globbed(root, table).iter().flat_map(|path| read(path)) {
            let column = if rows.schema().column_with_name("doc_id").is_some() {
                "doc_id"
            } else {
                "source"
            };
            if let Some(column) = rows.column_by_name(column) {
                let values = column.as_string::<i32>().iter().flatten();
                keys.extend(values.map(str::to_owned));
            }
        }
        contents.insert(table.name(), keys);
    }
    contents
}
