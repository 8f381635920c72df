//! One source from its first record to its end.

use std::iter::FusedIterator;
use std::sync::Arc;

use super::cut::{Cut, Cutter};
use super::fault::Fault;
use super::stored::Stored;
use crate::record::{Place, Record, Reject, SourceStatus};

/// The records of one source, and the rejects among them, each with a number of its own.
///
/// Numbers ascend; where the layout has lines, blank ones leave a gap. A fault that ends the source is the last item.
#[derive(Debug)]
pub struct Reader {
    source: Arc<str>,
    stored: Stored,
    cutter: Box<dyn Cutter>,
    from: i64,
    /// One past the number of the last item.
    passed: i64,
    status: SourceStatus,
    is_over: bool,
    /// Removed when the reader is.
    scratch: Option<super::spool::Scratch>,
}

/// What is known of a source once it has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEnd {
    /// `Done`, or `Rejected` when a fault ended it early.
    pub status: SourceStatus,
    /// SHA-256 of the stored bytes of the whole file, in hex.
    pub sha256: String,
}

impl Reader {
    pub(super) fn new(
        source: Arc<str>,
        stored: Stored,
        cutter: Box<dyn Cutter>,
        scratch: Option<super::spool::Scratch>,
    ) -> Self {
        Self {
            source,
            stored,
            cutter,
            from: 0,
            passed: 0,
            status: SourceStatus::Done,
            is_over: false,
            scratch,
        }
    }

    /// Goes on from record `record`: items before it are read, but neither parsed nor given out, where the layout lets
    /// them be told apart without. A number that was passed already changes nothing.
    pub fn skip_to(&mut self, record: i64) {
        self.from = self.from.max(record);
    }

    /// The number that the next item has at least.
    pub fn position(&self) -> i64 {
        self.from.max(self.passed).max(self.cutter.position())
    }

    /// Ends reading: hashes what is left of the stored bytes. Call it after the last item for the true status.
    pub fn finish(self) -> SourceEnd {
        let Self {
            stored,
            cutter,
            status,
            scratch,
            ..
        } = self;
        drop(cutter);
        drop(scratch);
        let (sha256, fault) = stored.finish();
        let status = match fault {
            Some(_) => SourceStatus::Rejected,
            None => status,
        };
        SourceEnd { status, sha256 }
    }

    fn fatal(&mut self, fault: Fault) -> Option<Result<Record, Reject>> {
        self.is_over = true;
        self.status = SourceStatus::Rejected;
        let number = self.cutter.position().max(self.passed);
        self.passed = number + 1;
        let place = Place::new(Arc::clone(&self.source), number);
        (number >= self.from).then(|| Err(fault.into_reject(place)))
    }
}

impl Iterator for Reader {
    type Item = Result<Record, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.cutter.cut(self.from) {
                Cut::Item(number, _) if number < self.from => {}
                Cut::Item(number, item) => {
                    self.passed = number + 1;
                    let place = Place::new(Arc::clone(&self.source), number);
                    return Some(match item {
                        Ok(piece) => Ok(Record {
                            place,
                            media_type: piece.media_type,
                            body: piece.body,
                            charset: piece.charset,
                            fields: piece.fields,
                        }),
                        Err(fault) => Err(fault.into_reject(place)),
                    });
                }
                Cut::Fatal(fault) => return self.fatal(fault),
                Cut::End => self.is_over = true,
            }
        }
        None
    }
}

impl FusedIterator for Reader {}
