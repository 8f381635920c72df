//! CSV with a header, a record a row.
//!
//! `csv_core` rather than `csv`: it writes into buffers of ours, so a quote that is never closed costs no more memory than
//! one record may have. A row over the limit is read to its end and refused; its fields' beginnings are kept as `raw`.

use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

use csv_core::ReadRecordResult;

use super::SourceOptions;
use super::cut::{Cut, Cutter, Item, Piece};
use super::fault::Fault;
use super::fields::{self, Value};
use super::unpack::Input;
use super::whole::too_large;
use crate::record::{MediaType, RAW_LIMIT, RejectCode};

/// Columns at most; more are a file that is no table.
const COLUMNS: usize = 4096;

/// Cuts the rows of a CSV file.
#[derive(Debug)]
pub(super) struct CsvCutter {
    input: Input,
    options: Arc<SourceOptions>,
    parser: Box<csv_core::Reader>,
    header: Option<Vec<String>>,
    /// Fields of the row, one behind the other, without quotes.
    fields: Vec<u8>,
    /// Where each field ends.
    ends: Vec<usize>,
    /// Number of the next row, from 0; the header has none.
    number: i64,
    /// Where it begins.
    offset: u64,
}

/// What a row is, beside its fields.
#[derive(Debug, Default)]
struct Row {
    start: u64,
    /// Bytes in `fields`.
    len: usize,
    /// Fields in `ends`.
    count: usize,
    /// More than the limit; `fields` holds the beginning.
    over: bool,
    /// More fields than `ends` holds.
    wide: bool,
}

impl CsvCutter {
    pub(super) fn new(input: Input, options: Arc<SourceOptions>) -> Self {
        Self {
            input,
            options,
            // Not `default`, which leaves the automaton out.
            parser: Box::new(csv_core::Reader::new()),
            header: None,
            fields: vec![0; 4 * RAW_LIMIT],
            ends: vec![0; COLUMNS + 1],
            number: 0,
            offset: 0,
        }
    }

    /// Reads a row; `None` at the end.
    fn read(&mut self) -> Result<Option<Row>, Fault> {
        self.skip_line_ends()?;
        let mut row = Row {
            start: self.offset,
            ..Row::default()
        };
        loop {
            let bytes = self.input.fill_buf().map_err(Fault::of_io)?;
            let (result, read, written, ended) = self.parser.read_record(
                bytes,
                &mut self.fields[row.len..],
                &mut self.ends[row.count..],
            );
            self.input.consume(read);
            self.offset += read as u64;
            row.len += written;
            row.count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.make_room(&mut row),
                ReadRecordResult::OutputEndsFull => {
                    row.wide = true;
                    row.count = 0;
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        row.over |= row.len as u64 > self.options.max_record_bytes;
        Ok(Some(row))
    }

    fn skip_line_ends(&mut self) -> Result<(), Fault> {
        loop {
            let bytes = self.input.fill_buf().map_err(Fault::of_io)?;
            let count = bytes
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            if count == 0 {
                return Ok(());
            }
            self.input.consume(count);
            self.offset += count as u64;
        }
    }

    fn make_room(&mut self, row: &mut Row) {
        if row.over || self.fields.len() as u64 > self.options.max_record_bytes {
            row.over = true;
            row.len = RAW_LIMIT;
            return;
        }
        let size = self.fields.len() * 2;
        self.fields.resize(size, 0);
    }

    /// The fields as text; `None` where they are not UTF-8.
    fn texts(&self, row: &Row) -> Option<Vec<&str>> {
        let text = std::str::from_utf8(self.fields.get(..row.len)?).ok()?;
        let mut start = 0;
        self.ends
            .get(..row.count)?
            .iter()
            .map(|&end| text.get(std::mem::replace(&mut start, end)..end))
            .collect()
    }

    /// Reads the header; `None` where the file is empty.
    fn header(&mut self) -> Result<Option<Vec<String>>, Fault> {
        let Some(row) = self.read()? else {
            return Ok(None);
        };
        let fault = |code, message: String| {
            Fault::new(code, message)
                .at(row.start..self.offset)
                .with_raw(self.raw(&row))
        };
        if row.over || row.wide || row.count > COLUMNS {
            let message = format!("the header has more than {COLUMNS} columns or is too long");
            return Err(fault(RejectCode::Malformed, message));
        }
        let Some(names) = self.texts(&row) else {
            let message = "the header is not UTF-8; convert the file to UTF-8".to_owned();
            return Err(fault(RejectCode::Malformed, message));
        };
        let wanted = &self.options.text_fields;
        if !wanted.iter().any(|field| names.contains(&field.as_str())) {
            let message = format!(
                "no column `{}` among `{}`; name the text's column in `source.text-fields`",
                wanted.join("` or `"),
                names.join("`, `")
            );
            return Err(fault(RejectCode::NoText, message));
        }
        Ok(Some(names.into_iter().map(str::to_owned).collect()))
    }

    fn raw(&self, row: &Row) -> &[u8] {
        self.fields.get(..row.len).unwrap_or_default()
    }

    fn parse(&self, header: &[String], row: &Row) -> Result<Piece, Fault> {
        let at = self.number + 1;
        let malformed = |reason: String| {
            let message = format!("row {at} below the header {reason}");
            Fault::new(RejectCode::Malformed, message)
        };
        if row.over {
            let limit = self.options.max_record_bytes;
            return Err(too_large("the row", limit).within(format_args!("row {at}")));
        }
        if row.wide || row.count != header.len() {
            let (more, wanted) = (if row.wide { " or more" } else { "" }, header.len());
            let count = if row.wide { wanted + 1 } else { row.count };
            return Err(malformed(format!(
                "has {count}{more} fields, the header {wanted}"
            )));
        }
        let texts = self
            .texts(row)
            .ok_or_else(|| malformed("is not UTF-8; convert the file to UTF-8".to_owned()))?;
        let is_label = |name: &str| matches!(name, "title" | "published" | "collection");
        let entries = header
            .iter()
            .zip(texts)
            // CSV has no null: an empty label is one that is not there.
            .filter(|(name, text)| !(text.is_empty() && is_label(name)))
            .map(|(name, text)| (Cow::from(name.as_str()), Value::Text(text.into())))
            .collect();
        let (body, fields) = fields::assemble(entries, &self.options.text_fields)?;
        Ok(Piece {
            media_type: MediaType::Plain,
            body,
            charset: None,
            fields,
        })
    }

    fn try_cut(&mut self, from: i64) -> Result<Option<Item>, Fault> {
        let header = match self.header.take() {
            Some(header) => header,
            None => match self.header()? {
                Some(header) => header,
                None => return Ok(None),
            },
        };
        self.ends.truncate(header.len() + 1);
        let found = loop {
            let Some(row) = self.read()? else {
                break None;
            };
            let number = self.number;
            let item = (number >= from).then(|| {
                self.parse(&header, &row)
                    .map_err(|fault| fault.at(row.start..self.offset).with_raw(self.raw(&row)))
            });
            self.number += 1;
            if let Some(item) = item {
                break Some((number, item));
            }
        };
        self.header = Some(header);
        Ok(found)
    }
}

impl Cutter for CsvCutter {
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
