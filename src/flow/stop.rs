//! The wish to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks a run to come to its end early and cleanly. All clones are one.
///
/// It is the source that listens: it closes its epoch, ends, and the hops drain as they do at the end of the input. So
/// nothing that was read is lost, and nothing but the source has to know.
///
/// ```
/// use cihe::flow::Stop;
/// let stop = Stop::new();
/// let heard = stop.clone();
/// stop.request();
/// assert!(heard.is_requested());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// No one has asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks. Asking twice is asking once.
    pub fn request(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether anyone has asked.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
