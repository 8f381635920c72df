//! Memory as permits, one for each KiB; and batches as permits.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Meters;

/// Bytes of memory that a byte of input stands for while it is in flight.
///
/// Chinese text in UTF-8, per byte of input: the record 1, the text 1, its simplified view up to 1, tokens (28 bytes
/// each, a word every 4 to 5 bytes) 6; where rows have replaced them, their columns come to about the same. The rest is
/// for alignments, spare capacity of vectors, and the allocator.
pub const EXPANSION: u64 = 12;

const UNIT: u64 = 1 << 10;

/// Batches in flight at most, when each map hop has so many workers: one for each of a worker's hops, and some for the hops
/// that have one owner and for those that wait for their turn there.
///
/// More make no run faster. Without this bound they pile up behind a batch that is slow to come out, where others wait for
/// their turn: rarely, so that the longer a run, the higher its peak of memory. With half of it a large document
/// holds up its neighbours.
pub const fn batches_in_flight(workers: usize) -> usize {
    workers.saturating_mul(3).saturating_add(3)
}

/// What is left of the memory, and who waits for it. The semaphore is fair, so permits are given in the order of asking.
#[derive(Debug)]
pub(super) struct Budget {
    permits: Arc<Semaphore>,
    batches: Arc<Semaphore>,
    units: u32,
    meters: Arc<Meters>,
}

impl Budget {
    pub(super) fn new(memory: u64, workers: usize, meters: Arc<Meters>) -> Self {
        let most = u32::try_from(Semaphore::MAX_PERMITS).unwrap_or(u32::MAX);
        let units = u32::try_from(memory / UNIT)
            .unwrap_or(u32::MAX)
            .clamp(1, most);
        // A `u32` of permits fits the semaphore, which counts in `usize`.
        let permits = Arc::new(Semaphore::new(usize::try_from(units).unwrap_or(usize::MAX)));
        let batches = batches_in_flight(workers).min(Semaphore::MAX_PERMITS);
        Self {
            permits,
            batches: Arc::new(Semaphore::new(batches)),
            units,
            meters,
        }
    }

    /// What a batch of `weight` bytes of input takes; never nothing, so that empty batches are bounded too.
    fn units_of(&self, weight: u64) -> u32 {
        u32::try_from(weight.saturating_mul(EXPANSION).div_ceil(UNIT))
            .unwrap_or(u32::MAX)
            .clamp(1, self.units)
    }

    /// Waits until a batch may go in, and for its memory; `None` when the run has failed. For a blocking thread of the runtime.
    pub(super) fn take(&self, weight: u64) -> Option<Permit> {
        let runtime = Handle::current();
        let entered = runtime
            .block_on(Arc::clone(&self.batches).acquire_owned())
            .ok()?;
        let units = self.units_of(weight);
        let asked = Arc::clone(&self.permits).acquire_many_owned(units);
        let held = runtime.block_on(asked).ok()?;
        let bytes = u64::from(units) * UNIT;
        self.meters.hold(bytes);
        Some(Permit {
            bytes,
            meters: Arc::clone(&self.meters),
            _held: held,
            _entered: entered,
        })
    }

    /// Turns away all who wait and will come.
    pub(super) fn close(&self) {
        self.batches.close();
        self.permits.close();
    }
}

/// The memory of one batch, given back when dropped.
#[derive(Debug)]
pub(super) struct Permit {
    bytes: u64,
    meters: Arc<Meters>,
    // Fields are dropped after the body of `drop`: the meter never shows more than what is given out.
    _held: OwnedSemaphorePermit,
    _entered: OwnedSemaphorePermit,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.meters.release(self.bytes);
    }
}
