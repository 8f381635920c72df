//! The steps of a commit by name, so that a test can look at the folder as a kill at each of them would leave it.
//! Outside tests this is nothing.

use crate::table::TableId;

/// A point of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The epoch's files are whole, in the staging folder.
    Staged,
    /// Its plan is written.
    Planned,
    /// The table's file has its name, no commit names it yet.
    Moved(TableId),
    /// The table has the epoch.
    Committed(TableId),
    /// The file is gone whose rows the epoch has anew, or that was written without them.
    Removed(TableId),
}

/// Who looks on.
#[derive(Default)]
pub(super) struct Steps {
    #[cfg(test)]
    pub(super) observer: Option<Box<dyn FnMut(Step) + Send>>,
}

impl Steps {
    #[cfg(test)]
    pub(super) fn reached(&mut self, step: Step) {
        if let Some(observer) = &mut self.observer {
            observer(step);
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests look on here")]
    pub(super) fn reached(&mut self, step: Step) {
        tracing::trace!(?step, "commit");
    }
}

impl std::fmt::Debug for Steps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Steps")
    }
}
