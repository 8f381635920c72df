//! WARC: the responses of a crawl, a record each, numbered among themselves.
//!
//! Our own reader, because `rust_warc` reserves what `Content-Length` claims and reads header lines without a bound, so
//! that 30 bytes could ask for all memory. `response` (HTTP), `resource` and `conversion` (plain text that a crawl has
//! made of its pages) count; requests, metadata and revisits are neither records nor rejects.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::SourceOptions;
use super::cut::{Cut, Cutter, Item, Piece};
use super::fault::Fault;
use super::fields::{Meta, Value};
use super::http::{self, Headers, Payload};
use super::unpack::Input;
use super::whole::too_large;
use crate::record::{Body, Fields, RejectCode};

/// Bytes of a record's header at most.
pub(super) const HEADER: u64 = 64 << 10;

/// Cuts the responses of a WARC file.
#[derive(Debug)]
pub(super) struct WarcCutter {
    input: Input,
    options: Arc<SourceOptions>,
    number: i64,
    offset: u64,
}

impl WarcCutter {
    pub(super) fn new(input: Input, options: Arc<SourceOptions>) -> Self {
        Self {
            input,
            options,
            number: 0,
            offset: 0,
        }
    }

    fn damaged(&self, start: u64, reason: &str, raw: &[u8]) -> Fault {
        Fault::new(RejectCode::Damaged, format!("at byte {start}: {reason}"))
            .at(start..self.offset)
            .with_raw(raw)
    }

    /// Reads a header up to its blank line; `None` at the end of the file.
    fn header(&mut self) -> Result<Option<Headers>, Fault> {
        self.skip_line_ends()?;
        let start = self.offset;
        let mut block = Vec::new();
        loop {
            let left = HEADER.saturating_sub(block.len() as u64);
            let count = (&mut self.input)
                .take(left)
                .read_until(b'\n', &mut block)
                .map_err(Fault::of_io)?;
            self.offset += count as u64;
            if block.is_empty() {
                return Ok(None);
            }
            if block.ends_with(b"\n\r\n") || block.ends_with(b"\n\n") {
                break;
            }
            if count == 0 && left == 0 {
                return Err(self.damaged(start, "the WARC header does not end", &block));
            }
            if count == 0 {
                let message = "the file ends within a WARC header";
                return Err(Fault::new(RejectCode::Truncated, message)
                    .at(start..self.offset)
                    .with_raw(&block));
            }
            if !block.starts_with(b"WARC/") {
                return Err(self.damaged(start, "no WARC record begins here", &block));
            }
        }
        Ok(Some(Headers::parse(&block)))
    }

    /// Records end in two line ends; some writers leave one out or add some.
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

    /// Reads the content, up to `most` bytes of it; the rest is passed over.
    fn content(&mut self, length: u64, most: u64) -> Result<Vec<u8>, Fault> {
        let start = self.offset;
        let mut content = Vec::new();
        (&mut self.input)
            .take(length.min(most))
            .read_to_end(&mut content)
            .map_err(Fault::of_io)?;
        let mut read = content.len() as u64;
        if read == most {
            read += io::copy(&mut (&mut self.input).take(length - most), &mut io::sink())
                .map_err(Fault::of_io)?;
        }
        self.offset += read;
        if read < length {
            let message = format!(
                "the file ends {} bytes before its record does",
                length - read
            );
            return Err(Fault::new(RejectCode::Truncated, message).at(start..self.offset));
        }
        Ok(content)
    }

    fn try_cut(&mut self, from: i64) -> Result<Option<Item>, Fault> {
        while let Some(headers) = self.header()? {
            let start = self.offset;
            let length = headers
                .get("content-length")
                .and_then(|value| value.parse::<u64>().ok());
            let Some(length) = length else {
                let reason = "the WARC header has no Content-Length that is a number";
                return Err(self.damaged(start, reason, b""));
            };
            let counts = headers.get("warc-type").is_some_and(|kind| {
                ["response", "resource", "conversion"]
                    .iter()
                    .any(|known| kind.eq_ignore_ascii_case(known))
            });
            let number = self.number;
            if !counts || number < from {
                self.content(length, 0)?;
                self.number += i64::from(counts);
                continue;
            }
            let most = self.options.max_record_bytes.saturating_add(HEADER);
            let content = self.content(length, most)?;
            self.number += 1;
            let piece = if length > most {
                Err(too_large("the record", self.options.max_record_bytes))
            } else {
                self.piece(&headers, &content)
            };
            let bytes = start..self.offset;
            let piece = piece.map_err(|fault| fault.at(bytes).with_raw(&content));
            return Ok(Some((number, piece)));
        }
        Ok(None)
    }

    fn piece(&self, headers: &Headers, content: &[u8]) -> Result<Piece, Fault> {
        let limit = self.options.max_record_bytes;
        let is_response = headers
            .get("warc-type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("response"));
        let payload = if is_response {
            http::response(content, limit)?
        } else {
            Payload::new(headers.get("content-type"), content.to_vec())?
        };
        if payload.bytes.len() as u64 > limit {
            return Err(too_large("the page", limit));
        }
        let mut meta = Meta::default();
        for (name, header) in [("uri", "warc-target-uri"), ("date", "warc-date")] {
            if let Some(value) = headers.get(header) {
                // WARC/0.18 and some writers of 1.0 put the address in angle brackets.
                let value = value.trim_start_matches('<').trim_end_matches('>');
                meta.push(name, &Value::Text(Cow::from(value)));
            }
        }
        Ok(Piece {
            media_type: payload.media_type,
            body: Body::Bytes(payload.bytes),
            charset: payload.charset,
            fields: Fields {
                meta: meta.finish(),
                ..Fields::default()
            },
        })
    }
}

impl Cutter for WarcCutter {
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
