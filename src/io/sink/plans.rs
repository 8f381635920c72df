//! The plans of epochs on disk: put if absent, never changed, read again in order.

use crate::record::EpochPlan;

use super::layout::Layout;
use super::{SinkError, disk};

/// Writes the plan of an epoch before any of its files becomes visible. There must be none.
pub(super) fn put(layout: &Layout, plan: &EpochPlan) -> Result<(), SinkError> {
    let path = layout.plan(plan.epoch);
    if disk::read(&path)?.is_some() {
        let reason = "an epoch of this number is planned already";
        return Err(SinkError::damaged(&path, reason));
    }
    let content = serde_json::to_vec(plan).map_err(|error| SinkError::damaged(&path, error))?;
    disk::write_atomically(&path, &content)
}

/// The plan of an epoch; `None` where there is none yet.
pub(super) fn get(layout: &Layout, epoch: i64) -> Result<Option<EpochPlan>, SinkError> {
    let path = layout.plan(epoch);
    disk::read(&path)?
        .map(|content| {
            serde_json::from_slice::<EpochPlan>(&content)
                .map_err(|error| SinkError::damaged(&path, error))
        })
        .transpose()
}
