//! What can go wrong below a record: the bytes can't be had, or they do not say what they should.
//!
//! A [`Fault`] knows no source and no record number; [`Reader`](super::Reader) adds both and makes a
//! [`Reject`](crate::record::Reject) of it. It travels through `std::io::Read` as the inner error of an
//! `io::Error`, so that the code of a limit passed deep in a decompressor is the one that reaches the table.

use std::fmt;
use std::io;
use std::ops::Range;

use crate::record::{Hop, Place, RAW_LIMIT, Reject, RejectCode};

/// A reason for a reject, without the place.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    code: RejectCode,
    message: String,
    bytes: Option<Range<u64>>,
    raw: Option<Vec<u8>>,
}

impl Fault {
    pub(super) fn new(code: RejectCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            bytes: None,
            raw: None,
        }
    }

    /// The same with the place in the unpacked bytes.
    pub(super) fn at(mut self, bytes: Range<u64>) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// The same with the beginning of what was refused.
    pub(super) fn with_raw(mut self, raw: &[u8]) -> Self {
        self.raw = Some(raw.get(..RAW_LIMIT).unwrap_or(raw).to_vec());
        self
    }

    /// The same with words before the message.
    pub(super) fn within(mut self, context: impl fmt::Display) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// The fault inside an error of the readers below; any other error is the system's.
    pub(super) fn of_io(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(fault) => fault,
            Err(error) => Self::new(RejectCode::Unreadable, format!("cannot be read: {error}")),
        }
    }

    pub(super) fn into_reject(self, place: Place) -> Reject {
        Reject {
            place,
            bytes: self.bytes,
            hop: Hop::Source,
            code: self.code,
            message: self.message,
            raw: self.raw,
        }
    }

    #[cfg(test)]
    pub(super) fn code(&self) -> RejectCode {
        self.code
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::other(fault)
    }
}
