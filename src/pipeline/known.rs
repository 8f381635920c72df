//! Sources as earlier epochs knew them, and as the next plan will.

use std::sync::Arc;

use crate::io::sink::short_hash;
use crate::io::source::SourceFile;
use crate::record::{EpochPart, SourceStatus};

/// What is known of a source from earlier epochs.
pub(super) struct Known {
    pub(super) next_record: i64,
    pub(super) status: Option<SourceStatus>,
    pub(super) size: u64,
    pub(super) modified: Option<i64>,
    pub(super) sha256: Option<[u8; 16]>,
    pub(super) documents: i32,
}

impl Known {
    /// Whether it could not even be opened, or was of an unknown kind: that is mended without the file changing.
    pub(super) fn was_not_read(&self) -> bool {
        self.came_to_nothing() && self.sha256.is_none()
    }

    /// Whether nothing came of it but a reject: another version of it may be read.
    pub(super) fn came_to_nothing(&self) -> bool {
        self.status == Some(SourceStatus::Rejected) && self.documents == 0
    }

    /// Whether the file, whatever its time of change says, holds what was read then: it was copied, restored or touched.
    pub(super) fn has_content_of(&self, file: &SourceFile) -> bool {
        let same_size = self.sha256.is_some() && self.size == file.size;
        same_size && file.sha256().ok().as_deref().and_then(short_hash) == self.sha256
    }

    pub(super) fn is(&self, size: u64, modified: Option<i64>) -> bool {
        self.size == size && self.modified == modified
    }
}

/// A part of a plan with nothing in it yet.
pub(super) fn part(name: &Arc<str>, size: u64, modified: Option<i64>, first: i64) -> EpochPart {
    EpochPart {
        source: Arc::clone(name),
        size,
        modified,
        first,
        end: first,
        status: None,
        sha256: None,
        documents: 0,
    }
}
