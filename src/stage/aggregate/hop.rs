//! What runs: adds up batches, and writes sums when there are too many of them or an epoch closes.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::AggregateOptions;
use super::accounts::Accounts;
use super::metrics::{document_rows, group_rows};
use crate::record::{Batch, BatchHead, DocId, Hop, Reject};
use crate::stage::duplicates::{Duplicates, Index, Signature};
use crate::stage::tabulate::{Counts, Tabulated};
use crate::stage::{Fold, FoldError};
use crate::table::{MetricRow, MetricRows, RejectRows, Scope, SourceRows, TableBatch, TableId};

/// What a hop did in an epoch: a row of `metrics` with scope corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopFigure {
    /// Which hop.
    pub hop: Hop,
    /// The figure's name; `flow.` is put before it.
    pub metric: &'static str,
    /// Since the last time it was asked for, so that epochs add up.
    pub count: i64,
}

/// Asked for the hops' figures once at the close of each epoch.
pub type HopFigures = Box<dyn FnMut() -> Vec<HopFigure> + Send>;

/// Asked at the close of an epoch for what the rows that its own take the place of had counted.
pub type FormerCounts = Box<dyn FnOnce() -> Counts + Send>;

/// Where it is known from which document is a copy of which.
enum Originals {
    /// No duplicates are looked for.
    Unknown,
    /// Each document is held against those before it.
    Met(Box<Index>),
    /// An earlier run has found them, and the texts are the same.
    Given(FxHashMap<DocId, DocId>),
}

impl Originals {
    /// For each of these documents the one that it is a copy of.
    fn of(&mut self, documents: &[(DocId, Option<Signature>)]) -> Vec<Option<DocId>> {
        let documents = documents.iter();
        match self {
            Self::Unknown => Vec::new(),
            Self::Met(index) => documents
                .map(|(id, signature)| index.meet(*id, signature.as_ref()))
                .collect(),
            Self::Given(known) => documents.map(|(id, _)| known.get(id).copied()).collect(),
        }
    }
}

/// The `aggregate` hop.
pub struct Aggregate {
    options: AggregateOptions,
    /// Whether `metrics` is wanted; the accounts always are.
    metrics: bool,
    hop_figures: Option<HopFigures>,
    counts: Counts,
    former: Option<FormerCounts>,
    accounts: Accounts,
    originals: Originals,
    rows: MetricRows,
    rejects: RejectRows,
    sources: SourceRows,
}

impl Aggregate {
    /// Sums as `options` say; rows of `metrics` only if `wanted` has it. `hop_figures` is asked at each epoch's close.
    pub fn new(
        options: &AggregateOptions,
        wanted: &[TableId],
        hop_figures: Option<HopFigures>,
    ) -> Self {
        Self {
            options: options.clone(),
            metrics: wanted.contains(&TableId::Metrics),
            hop_figures,
            counts: Counts::default(),
            former: None,
            accounts: Accounts::default(),
            originals: match options.duplicates {
                Duplicates::Off => Originals::Unknown,
                _ => Originals::Met(Box::new(Index::new(options.duplicate_window))),
            },
            rows: MetricRows::default(),
            rejects: RejectRows::default(),
            sources: SourceRows::default(),
        }
    }

    /// Goes on counting the documents of sources that an earlier run left in the middle.
    #[must_use]
    pub fn resume(mut self, counts: Vec<(Arc<str>, i32)>) -> Self {
        self.accounts.resume(counts);
        self
    }

    /// For documents that take the place of their own rows: they are copies of what they were copies of, and corpus and period
    /// figures are what has to be added to those of the rows before.
    #[must_use]
    pub fn anew(mut self, originals: FxHashMap<DocId, DocId>, former: FormerCounts) -> Self {
        self.originals = Originals::Given(originals);
        self.former = Some(former);
        self
    }

    /// Remembers a document of an earlier run: the next in the order of epochs and rows, as `documents` has it.
    pub fn remember(&mut self, id: DocId, duplicate_of: Option<DocId>, minhash: Option<&[u8]>) {
        if let Originals::Met(index) = &mut self.originals {
            let signature = minhash.and_then(Signature::from_bytes);
            index.remember(id, duplicate_of, signature.as_ref());
        }
    }

    /// Distinct items whose sums are in memory.
    #[cfg(test)]
    pub(super) fn counts_held(&self) -> usize {
        self.counts.items()
    }

    /// Takes in one item and hands its rows on.
    fn take(&mut self, mut item: Tabulated, epoch: i64) -> TableBatch {
        let originals = self.originals.of(&item.signatures);
        if originals.iter().any(Option::is_some) {
            item.tables.set_duplicates(&originals);
        }
        for (source, documents) in item.documents {
            self.accounts.add(source, documents);
        }
        if self.metrics {
            document_rows(&item.counts.documents, &mut self.rows, epoch);
            let groups = item.counts.groups;
            self.counts.merge(Counts {
                groups,
                documents: Vec::new(),
            });
            if self.counts.items() > self.options.flush_items {
                self.flush(epoch);
            }
        }
        item.tables
    }

    /// Writes the partial sums and forgets them.
    fn flush(&mut self, epoch: i64) {
        group_rows(&self.counts, &mut self.rows, epoch);
        self.counts = Counts::default();
    }

    /// What is written at the end of an epoch.
    fn close(&mut self, head: &mut BatchHead) {
        let epoch = head.epoch;
        let Some(plan) = &mut head.closes else { return };
        self.accounts.close(plan);
        for part in &plan.parts {
            self.sources.append(part, epoch);
        }
        if !self.metrics {
            return;
        }
        if let Some(former) = self.former.take() {
            self.counts.merge(former().negated());
        }
        self.flush(epoch);
        let figures = self.hop_figures.as_mut().map(|ask| ask());
        for figure in figures.into_iter().flatten() {
            let row = MetricRow {
                scope: Scope::Corpus,
                key: None,
                period: None,
                metric: &format!("flow.{}", figure.metric),
                item: Some(figure.hop.name()),
                value: 1.0,
                count: figure.count,
            };
            self.rows.append(&row, epoch);
        }
    }

    /// Puts the rows of this hop's own tables, where there are any.
    fn put_own(&mut self, rejects: &[Reject], epoch: i64, tables: &mut TableBatch) {
        for reject in rejects {
            self.rejects.append(reject, epoch);
        }
        let own = [
            (TableId::Metrics, self.rows.finish()),
            (TableId::Rejects, self.rejects.finish()),
            (TableId::Sources, self.sources.finish()),
        ];
        for (table, rows) in own {
            if rows.num_rows() > 0 {
                tables.put(table, rows);
            }
        }
    }
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aggregate")
            .field("options", &self.options)
            .field("metrics", &self.metrics)
            .field("items", &self.counts.items())
            .finish_non_exhaustive()
    }
}

impl Fold for Aggregate {
    type In = Tabulated;
    type Out = TableBatch;
    const HOP: Hop = Hop::Aggregate;

    /// The batch's rejects become rows, and leave the batch: from here on they travel as all rows do.
    fn fold(&mut self, batch: Batch<Tabulated>) -> Result<Batch<TableBatch>, FoldError> {
        let Batch {
            mut head,
            items,
            mut rejects,
        } = batch;
        let epoch = head.epoch;
        let mut items: Vec<TableBatch> = items
            .into_iter()
            .map(|item| self.take(item, epoch))
            .collect();
        self.close(&mut head);
        let mut own = TableBatch::default();
        // Each hop adds its own behind those of the hops before; the table has them as the source has them.
        rejects.sort_by_key(|reject| reject.place.ordinal);
        self.put_own(&rejects, epoch, &mut own);
        if own.iter().next().is_some() {
            items.push(own);
        }
        Ok(Batch {
            head,
            items,
            rejects: Vec::new(),
        })
    }
}
