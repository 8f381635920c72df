//! Rows of several tables that belong to the same documents.

use arrow::array::RecordBatch;
use arrow::compute::cast;

use super::{TableId, schema};

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

    /// The same rows with the types of the tables' schemas.
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
