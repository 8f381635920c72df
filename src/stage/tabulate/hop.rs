//! What runs: gathers a batch and makes one item of it.

use std::sync::Arc;

use super::Counts;
use super::counts::Counter;
use crate::lexicon::Taxonomy;
use crate::record::{BatchHead, DocId, Hop, Tagged};
use crate::stage::aggregate::AggregateOptions;
use crate::stage::duplicates::Signature;
use crate::stage::{Map, Output};
use crate::table::{Rows, TableBatch, TableId};

/// All that is kept of a batch of documents.
#[derive(Clone, Debug, Default)]
pub struct Tabulated {
    /// Their rows.
    pub tables: TableBatch,
    /// What was counted of them; empty when `metrics` is not wanted.
    pub counts: Counts,
    /// How many documents came of each source, for runs of one source in their order.
    pub documents: Vec<(Arc<str>, i32)>,
    /// Each of them, and what it is compared by.
    pub signatures: Vec<(DocId, Option<Signature>)>,
}

/// The `tabulate` hop.
#[derive(Clone, Debug)]
pub struct Tabulate {
    wanted: Vec<TableId>,
    options: AggregateOptions,
    taxonomy: Option<Taxonomy>,
}

/// A worker's memory: the documents of the batch at hand, and the builders of their columns.
#[derive(Debug)]
pub struct TabulateScratch {
    /// Held to the end of the batch, since only then its epoch is known.
    held: Vec<Tagged>,
    rows: Rows,
    counter: Counter,
}

impl Tabulate {
    /// Makes rows of the `wanted` tables; counts, as `options` say, if `metrics` is among them.
    pub fn new(wanted: &[TableId], options: &AggregateOptions) -> Self {
        Self {
            wanted: wanted.to_vec(),
            options: options.clone(),
            taxonomy: None,
        }
    }

    /// Counts mentions of concepts along `broader`, too.
    #[must_use]
    pub fn with_taxonomy(self, taxonomy: Option<Taxonomy>) -> Self {
        Self { taxonomy, ..self }
    }
}

impl Map for Tabulate {
    type In = Tagged;
    type Out = Tabulated;
    type Scratch = TabulateScratch;
    const HOP: Hop = Hop::Tabulate;
    const ISOLATES: bool = false;

    fn scratch(&self) -> TabulateScratch {
        TabulateScratch {
            held: Vec::new(),
            rows: Rows::new(&self.wanted),
            counter: Counter::default(),
        }
    }

    fn map(&self, tagged: Tagged, scratch: &mut TabulateScratch, _: &mut Output<Tabulated>) {
        scratch.held.push(tagged);
    }

    fn close(&self, head: &BatchHead, scratch: &mut TabulateScratch, out: &mut Output<Tabulated>) {
        if scratch.held.is_empty() {
            return;
        }
        let counting = self.wanted.contains(&TableId::Metrics);
        let mut documents: Vec<(Arc<str>, i32)> = Vec::new();
        let mut signatures = Vec::with_capacity(scratch.held.len());
        scratch.rows.reserve(&scratch.held);
        for tagged in scratch.held.drain(..) {
            let document = &tagged.segmented.document;
            let signature = Signature::of(document.view(), self.options.duplicates);
            let stored = signature.as_ref().map(Signature::to_bytes);
            scratch
                .rows
                .append_signed(&tagged, stored.as_deref(), head.epoch);
            signatures.push((document.id, signature));
            if counting {
                let period = document
                    .published
                    .map(|day| self.options.period.first_day(day));
                scratch.counter.add(&tagged, period, self.taxonomy.as_ref());
            }
            match documents.last_mut() {
                Some((source, count)) if *source == document.place.source => *count += 1,
                _ => documents.push((Arc::clone(&document.place.source), 1)),
            }
        }
        out.items.push(Tabulated {
            tables: scratch.rows.finish(),
            counts: scratch.counter.finish(self.options.terms),
            documents,
            signatures,
        });
    }
}
