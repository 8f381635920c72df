//! How many documents came of each source that is still being read.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::record::EpochPlan;

/// Running counts; as many entries as sources are open at once.
#[derive(Debug, Default)]
pub(super) struct Accounts(FxHashMap<Arc<str>, i32>);

impl Accounts {
    /// Sets the counts of sources that an earlier run left in the middle.
    pub(super) fn resume(&mut self, counts: Vec<(Arc<str>, i32)>) {
        self.0 = counts.into_iter().collect();
    }

    /// Books documents.
    pub(super) fn add(&mut self, source: Arc<str>, documents: i32) {
        let count = self.0.entry(source).or_default();
        *count = count.saturating_add(documents);
    }

    /// Fills in the counts of an epoch's sources, and forgets those that ended in it.
    pub(super) fn close(&mut self, plan: &mut EpochPlan) {
        for part in &mut plan.parts {
            part.documents = self.0.get(&part.source).copied().unwrap_or_default();
            if part.status.is_some() {
                self.0.remove(&part.source);
            }
        }
    }
}
