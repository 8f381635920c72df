//! Rows read back: what was counted and named, with where it is said.

use std::ops::Range;

use arrow::array::{
    Array, BooleanArray, Int32Array, ListArray, RecordBatch, StringArray, StructArray,
};

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
    let complete: &BooleanArray = column(rows, "complete")?;
    let sentence: &Int32Array = column(rows, "sentence")?;
    (0..rows.num_rows())
        .map(|row| {
            Some(StatedRow {
                doc_id: doc_id.value(row),
                name: name.value(row),
                normal: normal.is_valid(row).then(|| normal.value(row)),
                members: texts(members(rows, row)?),
                complete: complete.value(row),
                sentence: sentence.value(row),
            })
        })
        .collect()
}

fn texts(members: Vec<MemberRow>) -> Vec<String> {
    members.into_iter().map(|member| member.text).collect()
}

/// A member of a row of `enumerations`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Spelled out.
    pub text: String,
    /// Code points of its own words in the document's text.
    pub chars: Range<i32>,
}

/// The members of a row of `enumerations`; `None` where the columns are not those, or there is no such row.
pub fn members(rows: &RecordBatch, row: usize) -> Option<Vec<MemberRow>> {
    let lists: &ListArray = column(rows, "members")?;
    if row >= lists.len() {
        return None;
    }
    let members = lists.value(row);
    let members: &StructArray = members.as_any().downcast_ref()?;
    let numbers =
        |name| -> Option<&Int32Array> { members.column_by_name(name)?.as_any().downcast_ref() };
    let texts: &StringArray = members.column_by_name("text")?.as_any().downcast_ref()?;
    let (starts, ends) = (numbers("char_start")?, numbers("char_end")?);
    let member = |at| MemberRow {
        text: texts.value(at).to_owned(),
        chars: starts.value(at)..ends.value(at),
    };
    Some((0..members.len()).map(member).collect())
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
