//! Rows of several tables that belong to the same documents.

use std::sync::Arc;

use arrow::array::{RecordBatch, StringArray};
use arrow::compute::cast;

use super::{TableId, schema};
use crate::record::DocId;

/// At most one record batch for each table.
///
/// Words of `tokens` are dictionary arrays here, so that each is held once in a batch; [`as_stored`](Self::as_stored) makes
/// them the strings that the files hold.
#[derive(Clone, Debug, Default)]
pub struct TableBatch {
    tables: [Option<RecordBatch>; TableId::ALL.len()],
}

impl TableBatch {
    /// Sets the rows of a table.
    pub fn put(&mut self, table: TableId, rows: RecordBatch) {
        self.tables[table as usize] = Some(rows);
    }

    /// The rows of a table.
    pub fn get(&self, table: TableId) -> Option<&RecordBatch> {
        self.tables[table as usize].as_ref()
    }

    /// Says of each document which one it is a copy of: known only when all batches before are.
    ///
    /// # Panics
    ///
    /// When there are not as many as rows of `documents`.
    pub fn set_duplicates(&mut self, originals: &[Option<DocId>]) {
        let Some(rows) = &mut self.tables[TableId::Documents as usize] else {
            return;
        };
        let ids = originals.iter().map(|id| id.map(|id| id.to_string()));
        let ids: StringArray = ids.collect();
        let schema = rows.schema();
        let at = schema.index_of("duplicate_of");
        let mut columns = rows.columns().to_vec();
        columns[at.expect("`documents` has the column")] = Arc::new(ids);
        *rows = RecordBatch::try_new(schema, columns).expect("there is an answer for each row");
    }

    /// The same rows with the types of the tables' schemas.
    ///
    /// # Panics
    ///
    /// Never: what is a dictionary here is one of strings.
    #[must_use]
    pub fn as_stored(&self) -> Self {
        let mut stored = Self::default();
        for (table, rows) in self.iter() {
            let schema = schema(table);
            let columns = schema.fields().iter().zip(rows.columns());
            let columns = columns
                .map(|(field, column)| cast(column, field.data_type()))
                .collect::<Result<_, _>>();
            let rows = columns.and_then(|columns| RecordBatch::try_new(schema, columns));
            stored.put(table, rows.expect("a dictionary of strings is strings"));
        }
        stored
    }

    /// The tables that have rows here, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (TableId, &RecordBatch)> {
        TableId::ALL
            .into_iter()
            .filter_map(|table| Some((table, self.get(table)?)))
    }
}
