//! Rows of several tables that belong to the same documents.

use arrow::array::RecordBatch;

use super::TableId;

/// At most one record batch for each table.
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

    /// The tables that have rows here, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (TableId, &RecordBatch)> {
        TableId::ALL
            .into_iter()
            .filter_map(|table| Some((table, self.get(table)?)))
    }
}
