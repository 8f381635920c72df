//! The tables' schemas, made from their declarations.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow::array::ArrayRef;
use arrow::datatypes::{Field, FieldRef, Schema, SchemaRef};

use super::{
    Column, TableId, documents, edits, entities, enumerations, metrics, quotes, rejects, sentences,
    sources, tokens,
};

/// The version of the tables' columns. A new column is fine; a changed or removed one needs a new version.
pub const SCHEMA_VERSION: &str = "1";

/// Schema metadata: the table's name.
const TABLE_KEY: &str = "cihe.table";
/// Schema metadata: [`SCHEMA_VERSION`].
const VERSION_KEY: &str = "cihe.schema-version";

static SCHEMAS: LazyLock<[SchemaRef; TableId::ALL.len()]> =
    LazyLock::new(|| TableId::ALL.map(|table| Arc::new(make(table))));

/// The columns of a table, in order.
///
/// ```
/// use cihe::table::{TableId, columns};
/// assert_eq!(columns(TableId::Tokens)[0].name, "doc_id");
/// ```
pub fn columns(table: TableId) -> &'static [Column] {
    match table {
        TableId::Documents => documents::COLUMNS,
        TableId::Sentences => sentences::COLUMNS,
        TableId::Tokens => tokens::COLUMNS,
        TableId::Entities => entities::COLUMNS,
        TableId::Enumerations => enumerations::COLUMNS,
        TableId::Quotes => quotes::COLUMNS,
        TableId::Edits => edits::COLUMNS,
        TableId::Metrics => metrics::COLUMNS,
        TableId::Rejects => rejects::COLUMNS,
        TableId::Sources => sources::COLUMNS,
    }
}

/// The schema of a table. Its metadata names the table and the version of its columns.
pub fn schema(table: TableId) -> SchemaRef {
    Arc::clone(&SCHEMAS[table as usize])
}

/// The schema of rows in memory, whose repeated strings may be dictionaries.
pub(super) fn in_memory(table: TableId, columns: &[ArrayRef]) -> SchemaRef {
    let schema = schema(table);
    let differs = |(field, column): (&FieldRef, &ArrayRef)| field.data_type() != column.data_type();
    if !schema.fields().iter().zip(columns).any(differs) {
        return schema;
    }
    let fields = schema.fields().iter().zip(columns);
    let fields: Vec<Field> = fields
        .map(|(field, column)| {
            let field = field.as_ref().clone();
            field.with_data_type(column.data_type().clone())
        })
        .collect();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

fn make(table: TableId) -> Schema {
    let fields: Vec<Field> = columns(table).iter().map(Column::field).collect();
    Schema::new_with_metadata(
        fields,
        HashMap::from([
            (TABLE_KEY.to_owned(), table.name().to_owned()),
            (VERSION_KEY.to_owned(), SCHEMA_VERSION.to_owned()),
        ]),
    )
}
