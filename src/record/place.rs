//! Where a record came from.

use std::fmt;
use std::sync::Arc;

/// A record's address: the source's name and the record's number in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path under the input root with `/` between its parts, or a URL.
    pub source: Arc<str>,
    /// Line or row in the source, from 0; 0 for a whole file.
    pub record: i64,
    /// Position in the batch that it travels in: restores the order of the source among rejects of several hops.
    pub ordinal: u32,
}

impl Place {
    /// The address of record `record` in `source`.
    pub fn new(source: impl Into<Arc<str>>, record: i64) -> Self {
        Self {
            source: source.into(),
            record,
            ordinal: 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.source, self.record)
    }
}
