//! What a column is: its name, its type, and how its values like to be stored.
//!
//! The types are those that Arrow, Parquet, Delta and Spark all know: no unsigned integers, no dictionary, no views.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, TimeUnit};

/// The name that Delta and Parquet give to the element of a list.
pub(super) const ELEMENT: &str = "element";

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A string.
    Text,
    /// 32-bit integer.
    Int32,
    /// 64-bit integer.
    Int64,
    /// Single-precision number.
    Float32,
    /// Double-precision number.
    Float64,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// Microseconds since 1970, in UTC.
    Timestamp,
    /// Bytes.
    Binary,
    /// A list of strings.
    Texts,
    /// A list of pieces of text, each with its place: `text`, `char_start`, `char_end`.
    Members,
}

impl ColumnType {
    /// The Arrow type.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::Float32 => DataType::Float32,
            Self::Float64 => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Date => DataType::Date32,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Self::Binary => DataType::Binary,
            Self::Texts => list_of(DataType::Utf8),
            Self::Members => list_of(DataType::Struct(member_fields())),
        }
    }

    /// The Arrow type in words, as in the contracts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Utf8",
            Self::Int32 => "Int32",
            Self::Int64 => "Int64",
            Self::Float32 => "Float32",
            Self::Float64 => "Float64",
            Self::Boolean => "Boolean",
            Self::Date => "Date32",
            Self::Timestamp => "Timestamp(Microsecond, UTC)",
            Self::Binary => "Binary",
            Self::Texts => "List<element: Utf8>",
            Self::Members => {
                "List<element: Struct<text: Utf8, char_start: Int32, char_end: Int32>>"
            }
        }
    }

    /// The Delta type, as a table's `metaData` spells it.
    pub fn delta(self) -> serde_json::Value {
        use serde_json::json;
        match self {
            Self::Text => json!("string"),
            Self::Int32 => json!("integer"),
            Self::Int64 => json!("long"),
            Self::Float32 => json!("float"),
            Self::Float64 => json!("double"),
            Self::Boolean => json!("boolean"),
            Self::Date => json!("date"),
            Self::Timestamp => json!("timestamp"),
            Self::Binary => json!("binary"),
            Self::Texts => {
                json!({"type": "array", "elementType": "string", "containsNull": false})
            }
            Self::Members => {
                let field = |name, r#type| json!({"name": name, "type": r#type, "nullable": false, "metadata": {}});
                let fields = [
                    field("text", "string"),
                    field("char_start", "integer"),
                    field("char_end", "integer"),
                ];
                let element = json!({"type": "struct", "fields": fields});
                json!({"type": "array", "elementType": element, "containsNull": false})
            }
        }
    }
}

pub(super) fn element_field(element: DataType) -> Field {
    Field::new(ELEMENT, element, false)
}

fn list_of(element: DataType) -> DataType {
    DataType::List(Arc::new(element_field(element)))
}

pub(super) fn member_fields() -> Fields {
    Fields::from(vec![
        Field::new("text", DataType::Utf8, false),
        Field::new("char_start", DataType::Int32, false),
        Field::new("char_end", DataType::Int32, false),
    ])
}

/// How the values of a column are encoded in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Each distinct value once: for names, labels, words.
    Dictionary,
    /// The steps from one value to the next: for offsets and running numbers.
    Delta,
    /// As they are: for long texts and measured values.
    Plain,
}

/// How much a file says of a column's range, for readers that skip what they needn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Nothing; min and max of long or scattered strings cost time and prune nothing.
    Unknown,
    /// Smallest and largest value of each row group.
    Chunk,
    /// Of each page too, with the page index.
    Page,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in snake case.
    pub name: &'static str,
    /// Its type.
    pub r#type: ColumnType,
    /// Whether a row may have no value.
    pub nullable: bool,
    /// How it is encoded.
    pub layout: Layout,
    /// What files say of its range.
    pub range: Range,
    /// What it holds, in one line.
    pub doc: &'static str,
}

impl Column {
    /// As Arrow sees it.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.r#type.arrow(), self.nullable)
    }
}
