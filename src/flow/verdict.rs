//! How the run stands: well, or failed and by what.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::FlowError;

/// A failure and the number of the batch it struck; the lowest number is the one that is told.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) sequence: u64,
    pub(super) error: FlowError,
}

impl Failure {
    /// A failure that belongs to no batch; any that does goes before it.
    pub(super) fn of_run(error: FlowError) -> Self {
        Self {
            sequence: u64::MAX,
            error,
        }
    }
}

/// Shared by all workers. The first failure shuts every door.
#[derive(Default)]
pub(super) struct Verdict {
    failed: AtomicBool,
    first: Mutex<Option<Failure>>,
    doors: Mutex<Vec<Box<dyn Fn() + Send>>>,
}

impl Verdict {
    /// Registers what has to be closed when the run fails. To be complete before the first worker starts.
    pub(super) fn on_failure(&self, close: impl Fn() + Send + 'static) {
        lock(&self.doors).push(Box::new(close));
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    pub(super) fn fail(&self, failure: Failure) {
        let mut first = lock(&self.first);
        let is_first = first
            .as_ref()
            .is_none_or(|known| failure.sequence < known.sequence);
        if is_first {
            *first = Some(failure);
        }
        drop(first);
        if !self.failed.swap(true, Ordering::AcqRel) {
            for close in lock(&self.doors).iter() {
                close();
            }
        }
    }

    /// The outcome, once the workers are gone.
    pub(super) fn pronounce(&self) -> Result<(), FlowError> {
        lock(&self.first)
            .take()
            .map_or(Ok(()), |failure| Err(failure.error))
    }
}

impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict")
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

/// No code that can panic runs under these locks but the closing of channels, which leaves the list as it was.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
