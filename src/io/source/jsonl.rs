//! JSON lines: an object a line, numbered by line, so that a number leads an editor to the place.
//!
//! Only the fields that mean something are decoded; the others go to `meta` as they stand in the source, with their
//! numbers' digits as written. They are checked first, so that `meta` is JSON that every reader takes.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::SourceOptions;
use super::cut::{Cut, Cutter, Piece};
use super::fault::Fault;
use super::fields::{self, Entry, Value};
use super::unpack::Input;
use super::whole::too_large;
use crate::record::{MediaType, RejectCode};

/// Line buffers above this size are given back after use.
const KEEP: usize = 4 << 20;

/// Cuts JSON lines.
#[derive(Debug)]
pub(super) struct JsonlCutter {
    input: Input,
    options: Arc<SourceOptions>,
    line: Vec<u8>,
    /// Number of the next line, from 0.
    number: i64,
    /// Where it begins.
    offset: u64,
}

/// What stands in a line.
enum Line {
    End,
    Blank,
    /// In the buffer, without its end.
    Held,
    /// Over the limit; its beginning is in the buffer.
    Over,
}

impl JsonlCutter {
    pub(super) fn new(input: Input, options: Arc<SourceOptions>) -> Self {
        Self {
            input,
            options,
            line: Vec::new(),
            number: 0,
            offset: 0,
        }
    }

    /// Reads one line; `number` and `offset` still name it.
    fn read(&mut self) -> Result<(Line, u64), Fault> {
        if self.line.capacity() > KEEP {
            self.line = Vec::new();
        }
        self.line.clear();
        let limit = self.options.max_record_bytes;
        let most = limit.saturating_add(2); // the line's end is not part of the record
        (&mut self.input)
            .take(most)
            .read_until(b'\n', &mut self.line)
            .map_err(Fault::of_io)?;
        let mut size = self.line.len() as u64;
        if size == 0 {
            return Ok((Line::End, 0));
        }
        let ended = self.line.pop_if(|last| *last == b'\n').is_some();
        if !ended && size == most {
            let rest = self.input.skip_until(b'\n').map_err(Fault::of_io)?;
            size += rest as u64;
        }
        self.line.pop_if(|last| *last == b'\r');
        if self.line.len() as u64 > limit {
            return Ok((Line::Over, size));
        }
        if self.line.iter().all(u8::is_ascii_whitespace) {
            return Ok((Line::Blank, size));
        }
        Ok((Line::Held, size))
    }

    fn parse(&self) -> Result<Piece, Fault> {
        let mut bytes = self.line.as_slice();
        if self.number == 0 {
            bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        }
        let skipped = self.line.len() - bytes.len();
        let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
            let column = skipped + error.valid_up_to() + 1;
            self.malformed(
                column,
                "not UTF-8, which JSON has to be; convert the file to UTF-8",
            )
        })?;
        let object: Object<'_> = serde_json::from_str(text)
            .map_err(|error| self.malformed(skipped + error.column(), &reason(&error)))?;
        let entries = object
            .0
            .into_iter()
            .map(|entry| self.value(entry))
            .collect::<Result<Vec<_>, _>>()?;
        let (body, fields) =
            fields::assemble(entries, &self.options.text_fields).map_err(|fault| {
                fault
                    .within(format_args!("line {}", self.number + 1))
                    .with_raw(&self.line)
            })?;
        Ok(Piece {
            media_type: MediaType::Plain,
            body,
            charset: None,
            fields,
        })
    }

    /// Decodes a string that means something; checks what goes to `meta` as it is.
    fn value<'a>(&self, (name, raw): (Cow<'a, str>, &'a RawValue)) -> Result<Entry<'a>, Fault> {
        let json = raw.get();
        let misplaced = |error: &serde_json::Error| {
            // The value is a piece of the line, so its place is the distance between the two.
            let start = json.as_ptr().addr() - self.line.as_ptr().addr();
            self.malformed(start + error.column(), &reason(error))
        };
        let is_string = json.starts_with('"');
        if is_string && fields::is_used(&name, &self.options.text_fields) {
            let text: String = serde_json::from_str(json).map_err(|error| misplaced(&error))?;
            return Ok((name, Value::Text(text.into())));
        }
        if json.starts_with(['{', '[']) || is_string && json.contains('\\') {
            serde_json::from_str::<serde_json::Value>(json).map_err(|error| misplaced(&error))?;
        }
        Ok((name, Value::Json(json.into())))
    }

    fn malformed(&self, column: usize, reason: &str) -> Fault {
        let message = format!("line {}, column {column}: {reason}", self.number + 1);
        Fault::new(RejectCode::Malformed, message).with_raw(&self.line)
    }
}

/// serde's reason without the place, which counts from elsewhere.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(reason, _)| reason.to_owned())
}

impl Cutter for JsonlCutter {
    fn position(&self) -> i64 {
        self.number
    }

    fn cut(&mut self, from: i64) -> Cut {
        loop {
            if self.number < from {
                match self.input.skip_until(b'\n') {
                    Ok(0) => return Cut::End,
                    Ok(count) => self.offset += count as u64,
                    Err(error) => return Cut::Fatal(Fault::of_io(error)),
                }
                self.number += 1;
                continue;
            }
            let (line, size) = match self.read() {
                Ok(read) => read,
                Err(fault) => {
                    let end = self.offset + self.line.len() as u64;
                    return Cut::Fatal(fault.at(self.offset..end).with_raw(&self.line));
                }
            };
            let item = match line {
                Line::End => return Cut::End,
                Line::Blank => None,
                Line::Held => Some(self.parse()),
                Line::Over => {
                    let fault = too_large("the line", self.options.max_record_bytes);
                    Some(Err(fault
                        .within(format_args!("line {}", self.number + 1))
                        .with_raw(&self.line)))
                }
            };
            let (number, start) = (self.number, self.offset);
            self.number += 1;
            self.offset += size;
            if let Some(item) = item {
                return Cut::Item(number, item.map_err(|fault| fault.at(start..start + size)));
            }
        }
    }
}

/// The members of an object in order, values as they stand.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some((Name(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
