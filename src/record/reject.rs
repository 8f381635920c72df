//! Rejects: what could not become rows, and why. Nothing is dropped without one.

use std::fmt;
use std::ops::Range;

use super::{Hop, Place};

/// How many bytes of a refused record are kept in `rejects.raw`.
pub const RAW_LIMIT: usize = 4096;

/// Why something was turned away: a bounded set, fit for `GROUP BY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RejectCode {
    /// A symbolic link; links are not followed, so that no file is read twice and none outside the input.
    Link,
    /// Not a regular file (a device, a socket, a pipe).
    Special,
    /// The system refused to open or read it.
    Unreadable,
    /// An archive or compressed stream that ends too early.
    Truncated,
    /// An archive, compressed stream or container that is damaged otherwise.
    Damaged,
    /// Unpacks to more than the limit on ratio or size allows.
    Bomb,
    /// One record is over `source.max-record-bytes`.
    TooLarge,
    /// A line or row that does not parse (JSON, CSV, WARC).
    Malformed,
    /// No text field, or not a string; a file whose pages are but images.
    NoText,
    /// Protected by a password or by its seller.
    Encrypted,
    /// The file type is not one cihe reads.
    Unsupported,
    /// The source has changed since its rows were written.
    Changed,
    /// Too many bytes that no charset explains.
    Undecodable,
    /// Binary data, not text.
    Binary,
    /// Nothing but white space, or a page without text.
    Empty,
    /// A hop panicked on it, and the pipeline says to go on.
    Panic,
    /// Dropped by a quality rule of the pipeline.
    Quality,
}

impl RejectCode {
    /// All codes.
    pub const ALL: [Self; 17] = [
        Self::Link,
        Self::Special,
        Self::Unreadable,
        Self::Truncated,
        Self::Damaged,
        Self::Bomb,
        Self::TooLarge,
        Self::Malformed,
        Self::NoText,
        Self::Encrypted,
        Self::Unsupported,
        Self::Changed,
        Self::Undecodable,
        Self::Binary,
        Self::Empty,
        Self::Panic,
        Self::Quality,
    ];

    /// As in the `rejects` table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Special => "special",
            Self::Unreadable => "unreadable",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
            Self::Bomb => "bomb",
            Self::TooLarge => "too-large",
            Self::Malformed => "malformed",
            Self::NoText => "no-text",
            Self::Encrypted => "encrypted",
            Self::Unsupported => "unsupported",
            Self::Changed => "changed",
            Self::Undecodable => "undecodable",
            Self::Binary => "binary",
            Self::Empty => "empty",
            Self::Panic => "panic",
            Self::Quality => "quality",
        }
    }
}

impl fmt::Display for RejectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A record, or a whole source, that was turned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Which record; record 0 where the source as a whole is meant.
    pub place: Place,
    /// Where in the source's (decompressed) bytes, if that is known.
    pub bytes: Option<Range<u64>>,
    /// The hop that turned it away.
    pub hop: Hop,
    /// The kind of reason.
    pub code: RejectCode,
    /// The reason in words, with the remedy where there is one.
    pub message: String,
    /// The beginning of what was refused, at most [`RAW_LIMIT`] bytes.
    pub raw: Option<Vec<u8>>,
}

impl Reject {
    /// A reject without position and raw bytes.
    pub fn new(place: Place, hop: Hop, code: RejectCode, message: impl Into<String>) -> Self {
        Self {
            place,
            bytes: None,
            hop,
            code,
            message: message.into(),
            raw: None,
        }
    }

    /// The same with the place in the source's bytes.
    #[must_use]
    pub fn at(mut self, bytes: Range<u64>) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// The same with the beginning of what was refused.
    #[must_use]
    pub fn with_raw(mut self, raw: &[u8]) -> Self {
        self.raw = Some(raw.get(..RAW_LIMIT).unwrap_or(raw).to_vec());
        self
    }
}
