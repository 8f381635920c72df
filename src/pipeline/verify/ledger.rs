//! The files: their columns, and the commits that name them.

use std::collections::BTreeSet;
use std::path::Path;

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

fn written(tables: &[TableId]) -> impl Iterator<Item = TableId> {
    TableId::ALL
        .into_iter()
        .filter(|table| table.is_ledger() || tables.contains(table))
}
