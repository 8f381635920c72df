//! How far each source was read: the sum of all committed plans.
//!
//! A nightly run over a million files asks for each of them, so a source costs a few dozen bytes here: its name is kept
//! as a hash, and plans are read one file at a time.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use sha2::{Digest, Sha256};

use super::layout::Layout;
use super::{SinkError, plans};
use crate::record::{EpochPart, EpochPlan, SourceStatus};

/// How far one source was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceProgress {
    /// The first record that is not committed.
    pub next_record: i64,
    /// Set once the source ended.
    pub status: Option<SourceStatus>,
    /// Its size when it was listed.
    pub size: u64,
    /// Its time of change then, in microseconds since 1970.
    pub modified: Option<i64>,
    /// The beginning of the SHA-256 of its bytes, where it ended and could be read.
    pub sha256: Option<[u8; 16]>,
    /// Documents made of it so far.
    pub documents: i32,
}

/// How far all sources were read.
///
/// ```
/// use cihe::io::sink::Progress;
/// assert!(Progress::default().of("news/a.txt").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Progress {
    sources: HashMap<[u8; 16], SourceProgress, FxBuildHasher>,
    /// Sources that were left in the middle, with their documents so far. Few: one at most for each stopped run.
    unfinished: HashMap<Arc<str>, i32, FxBuildHasher>,
}

impl Progress {
    /// How far a source was read; `None` if it never was.
    pub fn of(&self, source: &str) -> Option<&SourceProgress> {
        self.sources.get(&key(source))
    }

    /// The sources that were left in the middle, and how many documents were made of each so far.
    pub fn unfinished(&self) -> Vec<(Arc<str>, i32)> {
        self.unfinished
            .iter()
            .map(|(source, documents)| (Arc::clone(source), *documents))
            .collect()
    }

    /// How many sources are known.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether nothing was read yet.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Reads the plans of the epochs before `next`.
    pub(super) fn read(layout: &Layout, next: i64) -> Result<Self, SinkError> {
        let mut progress = Self::default();
        for epoch in 0..next {
            let plan = plans::get(layout, epoch)?.ok_or_else(|| {
                SinkError::damaged(
                    &layout.plan(epoch),
                    "the epoch is committed, its plan is gone",
                )
            })?;
            progress.add(&plan);
        }
        Ok(progress)
    }

    fn add(&mut self, plan: &EpochPlan) {
        for part in &plan.parts {
            let mut now = after(part);
            let known = self.sources.entry(key(&part.source));
            let known = known.or_insert_with(|| now.clone());
            // Another version that was turned away: the rows of the first are there still, and have its ids.
            now.documents = now.documents.max(known.documents);
            *known = now;
            if part.status.is_none() {
                self.unfinished
                    .insert(Arc::clone(&part.source), part.documents);
            } else {
                self.unfinished.remove(&part.source);
            }
        }
    }
}

fn after(part: &EpochPart) -> SourceProgress {
    SourceProgress {
        next_record: part.end,
        status: part.status,
        size: part.size,
        modified: part.modified,
        sha256: part.sha256.as_deref().and_then(short_hash),
        documents: part.documents,
    }
}

/// The first sixteen bytes of a hash in hex: enough to tell two versions of a source apart.
pub fn short_hash(hex: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    for (number, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(number * 2..number * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn key(source: &str) -> [u8; 16] {
    let digest = Sha256::digest(source.as_bytes());
    let mut key = [0; 16];
    for (to, from) in key.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    key
}
