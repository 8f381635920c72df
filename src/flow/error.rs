//! How a run fails.

use std::io;

use crate::record::{Hop, Place};
use crate::stage::FoldError;

/// Why a run ended before its end. It names the hop; what was committed before stays.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// A bug in a hop, or in a library under it.
    #[error("{hop} panicked{}: {message}", on(place.as_ref()))]
    Panic {
        /// The hop that panicked.
        hop: Hop,
        /// The record it worked on, where it worked on one.
        place: Option<Place>,
        /// What the panic said.
        message: String,
    },
    /// What a hop itself reports as the end: the disk is full, the output is not ours.
    #[error("{hop} failed")]
    Hop {
        /// The hop that failed.
        hop: Hop,
        /// What it says.
        #[source]
        source: FoldError,
    },
    /// The source skipped or repeated a number; order could not be restored. A bug of the source.
    #[error("batch {found} came where batch {expected} was due")]
    Sequence {
        /// The number that was due.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// The system gives no more threads.
    #[error("the threads of the run did not start")]
    Threads(#[source] io::Error),
}

impl FlowError {
    /// The hop that failed, where one did.
    pub fn hop(&self) -> Option<Hop> {
        match self {
            Self::Panic { hop, .. } | Self::Hop { hop, .. } => Some(*hop),
            Self::Sequence { .. } => Some(Hop::Source),
            Self::Threads(_) => None,
        }
    }

    /// Whether it is a bug rather than a condition that the user can mend.
    pub fn is_bug(&self) -> bool {
        matches!(self, Self::Panic { .. } | Self::Sequence { .. })
    }
}

fn on(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!(" on {place}"))
}
