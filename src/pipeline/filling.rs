//! Batches in the making, for all that read sources: how many records go into one, and what each of them weighs.

use crate::record::{Batch, BatchHead, Record, Reject};

/// Bytes of a batch at least, unless the input or the epoch ends: enough to pay for its way through the channels, and
/// few enough that four workers have something to do on a small corpus.
const BATCH_BYTES: u64 = 256 << 10;
/// Records of a batch at most, for corpora of very short records.
const BATCH_RECORDS: usize = 4096;
/// What a record weighs beside its bytes: the memory of an empty document.
const RECORD_WEIGHT: u64 = 256;

/// A batch that is being filled.
pub(super) struct Filling(Batch<Record>);

impl Filling {
    /// An empty one.
    pub(super) fn new(sequence: u64, epoch: i64) -> Self {
        let head = BatchHead {
            sequence,
            epoch,
            weight: 0,
            closes: None,
        };
        Self(Batch {
            head,
            items: Vec::new(),
            rejects: Vec::new(),
        })
    }

    fn len(&self) -> usize {
        self.0.items.len() + self.0.rejects.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.head.weight >= BATCH_BYTES || self.len() >= BATCH_RECORDS
    }

    /// Takes in what comes next in the source.
    pub(super) fn put(&mut self, item: Result<Record, Reject>) {
        let ordinal = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let bytes = match item {
            Ok(mut record) => {
                record.place.ordinal = ordinal;
                let bytes = size(&record);
                self.0.items.push(record);
                bytes
            }
            Err(mut reject) => {
                reject.place.ordinal = ordinal;
                let raw = reject.raw.as_ref().map_or(0, Vec::len) + reject.message.len();
                self.0.rejects.push(reject);
                raw as u64
            }
        };
        self.0.head.weight += bytes + RECORD_WEIGHT;
    }

    /// The batch as it is.
    pub(super) fn finish(self) -> Batch<Record> {
        self.0
    }
}

/// What a record holds in memory: its text, and what travels beside it.
pub(super) fn size(record: &Record) -> u64 {
    let fields = &record.fields;
    let beside = [&fields.title, &fields.collection, &fields.meta];
    let beside: usize = beside.into_iter().flatten().map(String::len).sum();
    (record.body.len() + beside) as u64
}
