//! The contracts: what a table's readers may rely on, as JSON files in `schemas/` and as rows for the command line.

use serde_json::json;

use super::{SCHEMA_VERSION, TableId, columns};

/// A column in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnRow {
    /// Its name.
    pub name: &'static str,
    /// Its Arrow type.
    pub r#type: &'static str,
    /// Whether a row may have no value.
    pub nullable: bool,
    /// What it holds.
    pub doc: &'static str,
}

/// The columns of a table in words.
pub fn describe(table: TableId) -> Vec<ColumnRow> {
    columns(table)
        .iter()
        .map(|column| ColumnRow {
            name: column.name,
            r#type: column.r#type.name(),
            nullable: column.nullable,
            doc: column.doc,
        })
        .collect()
}

/// The contract of a table: the text of `schemas/<table>.json`.
pub fn contract(table: TableId) -> String {
    let columns: Vec<_> = columns(table)
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "arrow": column.r#type.name(),
                "delta": column.r#type.delta(),
                "nullable": column.nullable,
                "doc": column.doc,
            })
        })
        .collect();
    let contract = json!({"table": table.name(), "version": SCHEMA_VERSION, "columns": columns});
    format!("{contract:#}\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_contract_files_say_what_the_code_does() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        for table in TableId::ALL {
            let path = folder.join(format!("{table}.json"));
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                written == contract(table),
                "{} is stale: run `cargo run -- schema --write schemas`",
                path.display()
            );
        }
    }

    #[test]
    fn a_description_has_a_row_for_each_column() {
        for table in TableId::ALL {
            let rows = describe(table);
            assert_eq!(rows.len(), columns(table).len());
            assert!(rows.iter().all(|row| !row.doc.is_empty()));
        }
    }
}
