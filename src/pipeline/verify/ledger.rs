//! The accounts: schemas, commits, and each record in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::originals::Originals;
use super::streams::Rows;
use crate::Error;
use crate::io::sink::{TableReader, committed_files, visible_files};
use crate::pipeline::report::Check;
use crate::table::{self, TableId};

/// Each file of each table has the columns of the contract.
pub(super) fn schemas(output: &Path, tables: &[TableId]) -> Result<Check, Error> {
    let mut check = Check::new("schema: each file keeps the contract");
    for table in written(tables) {
        for file in committed_files(output, table)? {
            let found = TableReader::open(&file)?.schema();
            let holds = found.fields() == table::schema(table).fields();
            check.count(holds, || {
                format!("{}: has {:?}", file.display(), found.fields())
            });
        }
    }
    Ok(check)
}

/// The files in each table's folder are those that its log names.
pub(super) fn commits(output: &Path, tables: &[TableId]) -> Result<Check, Error> {
    let mut check = Check::new("commits: each visible file is committed, and the other way round");
    for table in written(tables) {
        let committed: BTreeSet<_> = committed_files(output, table)?.into_iter().collect();
        let visible: BTreeSet<_> = visible_files(output, table)?.into_iter().collect();
        for file in committed.union(&visible) {
            let holds = committed.contains(file) && visible.contains(file);
            check.count(holds, || {
                let fault = if visible.contains(file) {
                    "is in no commit"
                } else {
                    "is missing"
                };
                format!("{} {fault}", file.display())
            });
        }
    }
    Ok(check)
}

/// Each record of each source that was read to its end is in `documents` or in `rejects`.
pub(super) fn records(output: &Path, originals: &Originals) -> Result<Check, Error> {
    let mut check = Check::new("records: each is in documents or rejects");
    let mut found: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for table in [TableId::Documents, TableId::Rejects] {
        let mut rows = Rows::open(output, table)?;
        while let Some(batch) = rows.next_batch()? {
            for (source, record) in table::places(&batch).unwrap_or_default() {
                found.entry(source.to_owned()).or_default().insert(record);
            }
        }
    }
    let mut sources = Rows::open(output, TableId::Sources)?;
    while let Some(batch) = sources.next_batch()? {
        for source in table::finished_sources(&batch).unwrap_or_default() {
            let accounted = found.get(source).map_or(0, BTreeSet::len) as u64;
            let there = originals.count(source);
            check.count(there == Some(accounted), || {
                format!("{source}: {accounted} records in the tables, {there:?} in the source")
            });
        }
    }
    Ok(check)
}

fn written(tables: &[TableId]) -> impl Iterator<Item = TableId> {
    TableId::ALL
        .into_iter()
        .filter(|table| table.is_ledger() || tables.contains(table))
}
