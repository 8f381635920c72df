//! Reading the tables as a stranger would: Parquet files by a glob, the Delta log as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Int32Type, Int64Type, SchemaRef};
use arrow::row::{RowConverter, SortField};
use cihe::table::TableId;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sha2::{Digest, Sha256};

/// What `OUT/TABLE/*.parquet` matches, in order.
pub(crate) fn globbed(out: &Path, table: TableId) -> Vec<PathBuf> {
    let folder = out.join(table.name());
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a table's folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "parquet"))
        .collect();
    files.sort();
    files
}

/// The files that the table's Delta log names, by their names.
pub(crate) fn logged(out: &Path, table: TableId) -> BTreeSet<String> {
    let log = out.join(table.name()).join("_delta_log");
    let mut files = BTreeSet::new();
    for version in 0.. {
        let Ok(commit) = fs::read_to_string(log.join(format!("{version:020}.json"))) else {
            assert!(version > 0, "{} has no commit", log.display());
            break;
        };
        for line in commit.lines() {
            let action: serde_json::Value = serde_json::from_str(line).expect("a log holds JSON");
            let path = |kind: &str| action[kind]["path"].as_str().map(str::to_owned);
            files.extend(path("add"));
            if let Some(gone) = path("remove") {
                files.remove(&gone);
            }
        }
    }
    files
}

/// Fails unless each table's folder holds the files that its log names, and no other.
#[track_caller]
pub(crate) fn assert_no_orphans(out: &Path) {
    for table in TableId::ALL {
        let found: BTreeSet<String> = globbed(out, table)
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        assert_eq!(
            found,
            logged(out, table),
            "files of {table}: found, and named by its log"
        );
    }
    let staged = crate::util::paths_below(&out.join("_cihe/staging"));
    assert_eq!(staged, Vec::<PathBuf>::new(), "left in staging");
}

/// All rows of a table, batch by batch, in the order of file names.
pub(crate) fn batches(out: &Path, table: TableId) -> Vec<RecordBatch> {
    globbed(out, table)
        .iter()
        .flat_map(|path| {
            let file = File::open(path).expect("a committed file opens");
            let builder = ParquetRecordBatchReaderBuilder::try_new(file)
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let reader = builder.build().expect("a committed file can be read");
            reader.map(|batch| batch.expect("a committed row can be read"))
        })
        .collect()
}

/// How many rows a table has.
pub(crate) fn count(out: &Path, table: TableId) -> usize {
    batches(out, table).iter().map(RecordBatch::num_rows).sum()
}

/// A string column of a table; `None` for null.
pub(crate) fn strings(out: &Path, table: TableId, column: &str) -> Vec<Option<String>> {
    collect(out, table, column, |array| {
        let array = array.as_string::<i32>();
        array.iter().map(|value| value.map(str::to_owned)).collect()
    })
}

/// A column of 64-bit integers without nulls.
pub(crate) fn longs(out: &Path, table: TableId, column: &str) -> Vec<i64> {
    collect(out, table, column, |array| {
        array.as_primitive::<Int64Type>().values().to_vec()
    })
}

/// A column of 32-bit integers without nulls.
pub(crate) fn ints(out: &Path, table: TableId, column: &str) -> Vec<i32> {
    collect(out, table, column, |array| {
        array.as_primitive::<Int32Type>().values().to_vec()
    })
}

fn collect<T>(
    out: &Path,
    table: TableId,
    column: &str,
    values: impl Fn(&dyn Array) -> Vec<T>,
) -> Vec<T> {
    let missing = || panic!("{table} has no column {column}");
    batches(out, table)
        .iter()
        .flat_map(|batch| values(batch.column_by_name(column).unwrap_or_else(missing)))
        .collect()
}

/// The source and record of each row of `documents` or `rejects`.
pub(crate) fn places(out: &Path, table: TableId) -> Vec<(String, i64)> {
    let sources = strings(out, table, "source").into_iter();
    let sources = sources.map(|source| source.expect("a source has a name"));
    sources.zip(longs(out, table, "record")).collect()
}

/// A hash for each table, such that equal hashes mean equal rows in equal order. `epoch` does not count, and neither
/// do `metrics` of the flow itself; other metrics count by their sums, as their contract says.
pub(crate) fn digests(out: &Path) -> BTreeMap<&'static str, String> {
    TableId::ALL
        .into_iter()
        .map(|table| {
            let digest = match table {
                TableId::Metrics => digest_of_sums(out),
                _ => digest_of_rows(out, table),
            };
            (table.name(), digest)
        })
        .collect()
}

/// The same for rows in any order: what an update changes.
pub(crate) fn unordered(out: &Path) -> BTreeMap<&'static str, String> {
    let mut digests = BTreeMap::new();
    for table in TableId::ALL {
        let digest = if table == TableId::Metrics {
            digest_of_sums(out)
        } else {
            let mut rows: Vec<Vec<u8>> = Vec::new();
            encoded(out, table, &["epoch"], |row, _, _| rows.push(row.to_vec()));
            rows.sort_unstable();
            let hash = rows.iter().fold(Sha256::new(), |mut hash, row| {
                hash.update(row);
                hash
            });
            format!("{} rows {}", rows.len(), hex(hash))
        };
        digests.insert(table.name(), digest);
    }
    digests
}

/// Fails with the names of the tables that differ.
#[track_caller]
pub(crate) fn assert_same(
    what: &str,
    expected: &BTreeMap<&'static str, String>,
    found: &BTreeMap<&'static str, String>,
) {
    let differing: Vec<String> = expected
        .iter()
        .filter(|(table, digest)| found.get(*table) != Some(digest))
        .map(|(table, digest)| format!("{table}: expected {digest}, found {:?}", found.get(table)))
        .collect();
    assert!(differing.is_empty(), "{what}:\n{}", differing.join("\n"));
}

fn digest_of_rows(out: &Path, table: TableId) -> String {
    let (mut hash, mut rows) = (Sha256::new(), 0_usize);
    encoded(out, table, &["epoch"], |row, _, _| {
        hash.update(row);
        rows += 1;
    });
    format!("{rows} rows {}", hex(hash))
}

fn digest_of_sums(out: &Path) -> String {
    let mut sums: BTreeMap<Vec<u8>, i64> = BTreeMap::new();
    encoded(
        out,
        TableId::Metrics,
        &["epoch", "count"],
        |row, batch, at| {
            let column = |name| batch.column_by_name(name).expect("metrics has its columns");
            if !column("metric")
                .as_string::<i32>()
                .value(at)
                .starts_with("flow.")
            {
                *sums.entry(row.to_vec()).or_default() +=
                    column("count").as_primitive::<Int64Type>().value(at);
            }
        },
    );
    // What an update has taken away adds up to nothing.
    sums.retain(|_, sum| *sum != 0);
    let mut hash = Sha256::new();
    for (row, sum) in &sums {
        hash.update(row);
        hash.update(sum.to_le_bytes());
    }
    format!("{} sums {}", sums.len(), hex(hash))
}

/// Calls `visit` with each row's bytes, without the columns named in `without`, and where the row stands.
fn encoded(
    out: &Path,
    table: TableId,
    without: &[&str],
    mut visit: impl FnMut(&[u8], &RecordBatch, usize),
) {
    for batch in batches(out, table) {
        let schema: SchemaRef = batch.schema();
        let kept: Vec<usize> = (0..schema.fields().len())
            .filter(|&i| !without.contains(&schema.field(i).name().as_str()))
            .collect();
        let fields = kept
            .iter()
            .map(|&i| SortField::new(schema.field(i).data_type().clone()));
        let columns: Vec<_> = kept.iter().map(|&i| Arc::clone(batch.column(i))).collect();
        let converter = RowConverter::new(fields.collect()).expect("our types can be compared");
        let rows = converter
            .convert_columns(&columns)
            .expect("the columns are the batch's");
        for (at, row) in rows.iter().enumerate() {
            visit(row.as_ref(), &batch, at);
        }
    }
}

fn hex(hash: Sha256) -> String {
    use std::fmt::Write as _;
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all");
        hex
    })
}
