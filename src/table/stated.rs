//! Rows read back: what was counted and named, with where it is said.

use arrow::array::{Array, BooleanArray, Int32Array, ListArray, RecordBatch, StringArray};

use super::view::column;

/// A row of `enumerations`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedRow<'b> {
    /// The document.
    pub doc_id: &'b str,
    /// The shorthand as the text has it.
    pub name: &'b str,
    /// Its simplified form, where that differs.
    pub normal: Option<&'b str>,
    /// The members as spelled out, in the text's order.
    pub members: Vec<String>,
    /// Whether they are as many as declared; of a sum (2+3) also where there is one for each of its terms.
    pub complete: bool,
    /// The sentence of the name.
    pub sentence: i32,
}

/// The rows of `enumerations`; `None` where the columns are not those.
pub fn stated(rows: &RecordBatch) -> Option<Vec<StatedRow<'_>>> {
    let doc_id: &StringArray = column(rows, "doc_id")?;
    let name: &StringArray = column(rows, "name")?;
    let normal: &StringArray = column(rows, "normal")?;
    let members: &ListArray = column(rows, "members")?;
    let complete: &BooleanArray = column(rows, "complete")?;
    let sentence: &Int32Array = column(rows, "sentence")?;
    (0..rows.num_rows())
        .map(|row| {
            Some(StatedRow {
                doc_id: doc_id.value(row),
                name: name.value(row),
                normal: normal.is_valid(row).then(|| normal.value(row)),
                members: texts(&members.value(row))?,
                complete: complete.value(row),
                sentence: sentence.value(row),
            })
        })
        .collect()
}

/// The first field of each member.
fn texts(members: &dyn Array) -> Option<Vec<String>> {
    let members = members
        .as_any()
        .downcast_ref::<arrow::array::StructArray>()?;
    let texts: &StringArray = members.column_by_name("text")?.as_any().downcast_ref()?;
    Some(
        (0..texts.len())
            .map(|at| texts.value(at).to_owned())
            .collect(),
    )
}

/// Document, number and text of each row of `sentences`; `None` where the columns are not those.
pub fn passages(rows: &RecordBatch) -> Option<Vec<(&str, i32, &str)>> {
    let doc_id: &StringArray = column(rows, "doc_id")?;
    let sentence: &Int32Array = column(rows, "sentence")?;
    let text: &StringArray = column(rows, "text")?;
    let rows = 0..rows.num_rows();
    Some(
        rows.map(|row| (doc_id.value(row), sentence.value(row), text.value(row)))
            .collect(),
    )
}

/// Id, source and title of each row of `documents`; `None` where the columns are not those.
pub fn titled_documents(rows: &RecordBatch) -> Option<Vec<(&str, &str, Option<&str>)>> {
    let doc_id: &StringArray = column(rows, "doc_id")?;
    let source: &StringArray = column(rows, "source")?;
    let title: &StringArray = column(rows, "title")?;
    let title_of = |row| title.is_valid(row).then(|| title.value(row));
    let rows = 0..rows.num_rows();
    Some(
        rows.map(|row| (doc_id.value(row), source.value(row), title_of(row)))
            .collect(),
    )
}
