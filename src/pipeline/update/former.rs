//! What documents counted with the former vocabulary, found beside the first hop of the flow that has them anew: their source is read
//! once, and each record is annotated twice.

use std::fmt;
use std::sync::{Arc, Mutex};

use crate::pipeline::annotator::Annotator;
use crate::pipeline::run::held;
use crate::record::{BatchHead, Document, Hop, Record};
use crate::stage::aggregate::AggregateOptions;
use crate::stage::decode::{Decode, DecodeScratch};
use crate::stage::duplicates::Duplicates;
use crate::stage::segment::Segment;
use crate::stage::tabulate::{Counts, Tabulate};
use crate::stage::tag::Tag;
use crate::stage::{Map, Output};
use crate::table::TableId;

/// The hops as they were with the former vocabulary, and what they count.
pub(super) struct Former {
    decode: Arc<Decode>,
    segment: Arc<Segment>,
    tag: Arc<Tag>,
    tabulate: Tabulate,
    counts: Arc<Mutex<Counts>>,
}

impl Former {
    /// The hops of `annotator`, which add to `counts`.
    pub(super) fn new(
        annotator: &Annotator,
        options: &AggregateOptions,
        counts: Arc<Mutex<Counts>>,
    ) -> Self {
        // What is a copy of what is no matter of words, and not looked for again.
        let options = AggregateOptions {
            duplicates: Duplicates::Off,
            ..options.clone()
        };
        Self {
            decode: Arc::clone(&annotator.decode),
            segment: Arc::clone(&annotator.segment),
            tag: Arc::clone(&annotator.tag),
            tabulate: Tabulate::new(&[TableId::Metrics], &options)
                .with_taxonomy(annotator.taxonomy.clone()),
            counts,
        }
    }

    fn scratch(&self) -> FormerScratch {
        FormerScratch {
            decode: self.decode.scratch(),
            segment: self.segment.scratch(),
            tag: self.tag.scratch(),
            tabulate: self.tabulate.scratch(),
        }
    }

    fn count(&self, record: Record, scratch: &mut FormerScratch) {
        let documents = through(&*self.decode, [record], &mut scratch.decode);
        let segmented = through(&*self.segment, documents, &mut scratch.segment);
        let tagged = through(&*self.tag, segmented, &mut scratch.tag);
        let mut out = Output::default();
        for tagged in tagged {
            self.tabulate.map(tagged, &mut scratch.tabulate, &mut out);
        }
        // Record by record: no more than one stays in memory beside its batch, and a panic takes no counts of others with it.
        let head = BatchHead {
            sequence: 0,
            epoch: 0,
            weight: 0,
            closes: None,
        };
        self.tabulate.close(&head, &mut scratch.tabulate, &mut out);
        for tabulated in out.items {
            held(&self.counts).merge(Counts {
                groups: tabulated.counts.groups,
                documents: Vec::new(),
            });
        }
    }
}

/// Items through a hop. What it turns away is told by the hops that have them anew.
fn through<M: Map>(
    hop: &M,
    items: impl IntoIterator<Item = M::In>,
    scratch: &mut M::Scratch,
) -> Vec<M::Out> {
    let mut out = Output::default();
    for item in items {
        hop.map(item, scratch, &mut out);
    }
    out.items
}

/// Buffers of the former hops.
pub(super) struct FormerScratch {
    decode: <Decode as Map>::Scratch,
    segment: <Segment as Map>::Scratch,
    tag: <Tag as Map>::Scratch,
    tabulate: <Tabulate as Map>::Scratch,
}

/// The `decode` hop of an update.
pub(super) struct DecodeAnew {
    pub(super) decode: Arc<Decode>,
    /// None where nothing is counted.
    pub(super) former: Option<Former>,
}

impl fmt::Debug for DecodeAnew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecodeAnew")
    }
}

impl Map for DecodeAnew {
    type In = Record;
    type Out = Document;
    type Scratch = (DecodeScratch, Option<FormerScratch>);
    const HOP: Hop = Hop::Decode;

    fn scratch(&self) -> Self::Scratch {
        let former = self.former.as_ref().map(Former::scratch);
        (self.decode.scratch(), former)
    }

    fn map(&self, record: Record, scratch: &mut Self::Scratch, out: &mut Output<Document>) {
        let (own, former) = scratch;
        if let (Some(hops), Some(scratch)) = (&self.former, former) {
            hops.count(record.clone(), scratch);
        }
        self.decode.map(record, own, out);
    }

    fn close(&self, head: &BatchHead, scratch: &mut Self::Scratch, out: &mut Output<Document>) {
        self.decode.close(head, &mut scratch.0, out);
    }
}
