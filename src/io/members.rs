//! Members of enumerations, read back for those who check what was written.

use std::ops::Range;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int32Type;

/// A member as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Spelled out.
    pub text: String,
    /// Code points of its own words in the document's text.
    pub chars: Range<i32>,
}

/// The members of a row of `enumerations`; `None` where the columns are not those, or there is no such row.
pub fn members(rows: &RecordBatch, row: usize) -> Option<Vec<MemberRow>> {
    let lists = rows.column_by_name("members")?.as_list_opt::<i32>()?;
    if row >= lists.len() {
        return None;
    }
    let members = lists.value(row);
    let members = members.as_struct_opt()?;
    let texts = members.column_by_name("text")?.as_string_opt::<i32>()?;
    let place = |name| {
        members
            .column_by_name(name)?
            .as_primitive_opt::<Int32Type>()
    };
    let (starts, ends) = (place("char_start")?, place("char_end")?);
    let member = |at| MemberRow {
        text: texts.value(at).to_owned(),
        chars: starts.value(at)..ends.value(at),
    };
    Some((0..members.len()).map(member).collect())
}
