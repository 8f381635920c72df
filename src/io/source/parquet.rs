//! Parquet, a record a row, columns by name.
//!
//! Strings are read as views: a batch then shares the bytes of its pages and dictionaries, so a small dictionary that many
//! rows point to cannot grow in memory. The library panics on some damaged files; a panic here is a fault of the file.

use std::borrow::Cow;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::SourceOptions;
use super::cut::{Cut, Cutter, Item, Piece};
use super::fault::Fault;
use super::fields::{self, Entry, Value, push_string};
use super::whole::too_large;
use crate::record::{MediaType, RejectCode};

/// Rows of a batch: few, as a row may be a book.
const ROWS: usize = 256;
/// Nesting of lists and structs that goes to `meta`; what is deeper becomes a string.
const DEPTH: usize = 16;

/// Cuts the rows of a Parquet file.
pub(super) struct ParquetCutter {
    file: Option<File>,
    options: Arc<SourceOptions>,
    reader: Option<ParquetRecordBatchReader>,
    batch: Option<RecordBatch>,
    /// Next row of the batch.
    row: usize,
    number: i64,
}

impl std::fmt::Debug for ParquetCutter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetCutter")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl ParquetCutter {
    pub(super) fn new(file: File, options: Arc<SourceOptions>) -> Self {
        Self {
            file: Some(file),
            options,
            reader: None,
            batch: None,
            row: 0,
            number: 0,
        }
    }

    /// Opens the file at row `from`; `false` where the source is at its end.
    fn open(&mut self, from: i64) -> Result<bool, Fault> {
        let Some(file) = self.file.take() else {
            return Ok(self.reader.is_some());
        };
        let options = Arc::clone(&self.options);
        // Batches begin at the same rows wherever reading begins, so that a damaged one has the same number always.
        let first = usize::try_from(from).unwrap_or(0) / ROWS * ROWS;
        let (reader, rows) = guarded(|| open(file, first, &options))??;
        let first = i64::try_from(first).unwrap_or(i64::MAX);
        self.number = first.min(rows.max(0));
        self.reader = Some(reader);
        Ok(true)
    }

    /// Makes sure that a row is there; `false` at the end.
    fn fill(&mut self) -> Result<bool, Fault> {
        while self
            .batch
            .as_ref()
            .is_none_or(|batch| self.row >= batch.num_rows())
        {
            let Some(reader) = self.reader.as_mut() else {
                return Ok(false);
            };
            self.batch = None;
            self.row = 0;
            match guarded(|| reader.next())? {
                Some(batch) => self.batch = Some(batch.map_err(|error| damaged(&error))?),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    fn try_cut(&mut self, from: i64) -> Result<Option<Item>, Fault> {
        if !self.open(from)? {
            return Ok(None);
        }
        while self.fill()? {
            let Some(batch) = &self.batch else {
                break;
            };
            let ahead = usize::try_from(from - self.number).unwrap_or(0);
            if ahead > 0 {
                let passed = ahead.min(batch.num_rows() - self.row);
                self.row += passed;
                self.number += i64::try_from(passed).unwrap_or(0);
                continue;
            }
            let piece = guarded(|| piece(batch, self.row, &self.options))?;
            let number = self.number;
            self.row += 1;
            self.number += 1;
            return Ok(Some((number, piece)));
        }
        Ok(None)
    }
}

impl Cutter for ParquetCutter {
    fn position(&self) -> i64 {
        self.number
    }

    fn cut(&mut self, from: i64) -> Cut {
        match self.try_cut(from) {
            Ok(Some((number, item))) => Cut::Item(number, item),
            Ok(None) => Cut::End,
            Err(fault) => Cut::Fatal(fault),
        }
    }
}

/// Runs the library, whose panics are faults of the file.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = "the Parquet file is damaged: its reader gave up";
        Fault::new(RejectCode::Damaged, message)
    })
}

fn damaged(error: &dyn std::fmt::Display) -> Fault {
    let message = format!("the Parquet file is damaged: {error}");
    Fault::new(RejectCode::Damaged, message)
}

/// A reader from row `offset` on, and the number of rows the file claims.
fn open(
    file: File,
    offset: usize,
    options: &SourceOptions,
) -> Result<(ParquetRecordBatchReader, i64), Fault> {
    let again = file.try_clone().map_err(Fault::of_io)?;
    let first = ParquetRecordBatchReaderBuilder::try_new(again).map_err(|e| damaged(&e))?;
    let names: Vec<_> = first.schema().fields().iter().map(|f| f.name()).collect();
    let wanted = &options.text_fields;
    if !wanted.iter().any(|field| names.contains(&field)) {
        let names: Vec<_> = names.into_iter().map(String::as_str).collect();
        let message = format!(
            "no column `{}` among `{}`; name the text's column in `source.text-fields`",
            wanted.join("` or `"),
            names.join("`, `")
        );
        return Err(Fault::new(RejectCode::NoText, message));
    }
    let rows = first.metadata().file_metadata().num_rows();
    let groups = first.metadata().row_groups();
    let unpacked = groups.iter().fold(0_u64, |sum, group| {
        sum.saturating_add(u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX))
    });
    if unpacked > options.max_unpacked_bytes {
        let limit = options.max_unpacked_bytes;
        let message = format!(
            "holds more than {limit} bytes; raise `source.max-unpacked-bytes` if it should"
        );
        return Err(Fault::new(RejectCode::Bomb, message));
    }
    let plan = ArrowReaderOptions::new().with_schema(with_views(first.schema()));
    // Some files keep dictionaries or types that have no view: they are read as they are.
    let builder = match ParquetRecordBatchReaderBuilder::try_new_with_options(file, plan) {
        Ok(builder) => builder,
        Err(_) => first,
    };
    let reader = builder
        .with_batch_size(ROWS)
        .with_offset(offset)
        .build()
        .map_err(|e| damaged(&e))?;
    Ok((reader, rows))
}

fn with_views(schema: &SchemaRef) -> SchemaRef {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| {
            let field = field.as_ref().clone();
            if is_string(field.data_type()) {
                field.with_data_type(DataType::Utf8View)
            } else {
                field
            }
        })
        .collect();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

fn is_string(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 => true,
        DataType::Dictionary(_, values) => is_string(values),
        _ => false,
    }
}

fn piece(batch: &RecordBatch, row: usize, options: &SourceOptions) -> Result<Piece, Fault> {
    let schema = batch.schema_ref();
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(batch.num_columns());
    let mut size = 0;
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        if column.is_null(row) {
            continue;
        }
        let value = value(column.as_ref(), row)?;
        size += match &value {
            Value::Text(text) | Value::Json(text) => text.len() as u64,
        };
        if size > options.max_record_bytes {
            return Err(too_large("the row", options.max_record_bytes));
        }
        entries.push((Cow::from(field.name().as_str()), value));
    }
    let (body, fields) = fields::assemble(entries, &options.text_fields)?;
    Ok(Piece {
        media_type: MediaType::Plain,
        body,
        charset: None,
        fields,
    })
}

/// One cell: a string where its type is one, or a day or time; JSON else.
fn value(column: &dyn Array, row: usize) -> Result<Value<'_>, Fault> {
    if let Some(text) = text(column, row) {
        return Ok(Value::Text(text.into()));
    }
    if is_plain(column.data_type()) {
        return Ok(Value::Text(shown(column, row)?.into()));
    }
    let mut json = String::new();
    push_json(&mut json, column, row, 0)?;
    Ok(Value::Json(json.into()))
}

fn text(column: &dyn Array, row: usize) -> Option<&str> {
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row),
        DataType::Utf8View => column.as_string_view().value(row),
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            let key = *dictionary.normalized_keys().get(row)?;
            return text(dictionary.values().as_ref(), key);
        }
        // Old writers leave out that their bytes are text.
        DataType::Binary => std::str::from_utf8(column.as_binary::<i32>().value(row)).ok()?,
        DataType::LargeBinary => std::str::from_utf8(column.as_binary::<i64>().value(row)).ok()?,
        _ => return None,
    })
}

/// Types that JSON has no form for but a string.
fn is_plain(data_type: &DataType) -> bool {
    !data_type.is_numeric() && !data_type.is_nested() && *data_type != DataType::Boolean
}

fn shown(column: &dyn Array, row: usize) -> Result<String, Fault> {
    let format = FormatOptions::new();
    let show = || -> Result<String, ArrowError> {
        let formatter = ArrayFormatter::try_new(column, &format)?;
        formatter.value(row).try_to_string()
    };
    show().map_err(|error| damaged(&error))
}

/// A cell as JSON.
fn push_json(out: &mut String, column: &dyn Array, row: usize, depth: usize) -> Result<(), Fault> {
    if column.is_null(row) {
        out.push_str("null");
        return Ok(());
    }
    if let Some(text) = text(column, row) {
        push_string(out, text);
        return Ok(());
    }
    let list = match column.data_type() {
        _ if depth >= DEPTH => None,
        DataType::List(_) => Some(column.as_list::<i32>().value(row)),
        DataType::LargeList(_) => Some(column.as_list::<i64>().value(row)),
        DataType::FixedSizeList(_, _) => Some(column.as_fixed_size_list().value(row)),
        DataType::Struct(_) => return push_struct(out, column, row, depth),
        _ => None,
    };
    let Some(list) = list else {
        let shown = shown(column, row)?;
        // Numbers are JSON as they are shown, but NaN and the infinities are not.
        let is_json = matches!(column.data_type(), DataType::Boolean)
            || column.data_type().is_numeric() && serde_json::from_str::<f64>(&shown).is_ok();
        if is_json {
            out.push_str(&shown);
        } else {
            push_string(out, &shown);
        }
        return Ok(());
    };
    out.push('[');
    for item in 0..list.len() {
        if item > 0 {
            out.push(',');
        }
        push_json(out, list.as_ref(), item, depth + 1)?;
    }
    out.push(']');
    Ok(())
}

fn push_struct(
    out: &mut String,
    column: &dyn Array,
    row: usize,
    depth: usize,
) -> Result<(), Fault> {
    let members = column.as_struct();
    for (index, (field, member)) in members.fields().iter().zip(members.columns()).enumerate() {
        out.push(if index == 0 { '{' } else { ',' });
        push_string(out, field.name());
        out.push(':');
        push_json(out, member.as_ref(), row, depth + 1)?;
    }
    if members.num_columns() == 0 {
        out.push('{');
    }
    out.push('}');
    Ok(())
}
