//! Batches: what moves through the channels.

use std::fmt;

use super::{EpochPlan, Place, Reject};

/// The hops of the path, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hop {
    /// Lists, opens, decompresses, cuts into records.
    Source,
    /// Charset, main text, paragraphs, sentences, the way back.
    Decode,
    /// Words.
    Segment,
    /// Parts of speech, entities and what stands on them.
    Tag,
    /// Documents to columns.
    Tabulate,
    /// Figures over documents.
    Aggregate,
    /// Files and commits.
    Sink,
}

impl Hop {
    /// Its name, as in the tables, meters and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Decode => "decode",
            Self::Segment => "segment",
            Self::Tag => "tag",
            Self::Tabulate => "tabulate",
            Self::Aggregate => "aggregate",
            Self::Sink => "sink",
        }
    }
}

impl fmt::Display for Hop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something of which can be said where it came from, so that a failure can name it.
pub trait Located {
    /// The record it came from.
    fn place(&self) -> &Place;
}

/// What every hop may know of the batch it works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchHead {
    /// Position in the run, from 0 without gaps; order is restored by it.
    pub sequence: u64,
    /// The epoch its rows are committed in.
    pub epoch: i64,
    /// Bytes of input it stands for; what the memory budget counts.
    pub weight: u64,
    /// Set on the last batch of an epoch: what the epoch holds. Such a batch may have no items.
    pub closes: Option<Box<EpochPlan>>,
}

/// Consecutive items of one epoch, with what was turned away among them.
#[derive(Clone, Debug)]
pub struct Batch<T> {
    /// Number, epoch, weight.
    pub head: BatchHead,
    /// In the order of the source.
    pub items: Vec<T>,
    /// In the order they were found, hop after hop.
    pub rejects: Vec<Reject>,
}
