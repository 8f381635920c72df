//! Sums: merging laws, flushing, the accounts.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow::record_batch::RecordBatch;
use proptest::prelude::*;

use super::{Aggregate, AggregateOptions, HopFigure};
use crate::record::{
    Batch, BatchHead, EpochPart, EpochPlan, Hop, Place, Reject, RejectCode, SourceStatus, Tagged,
};
use crate::stage::segment::fixture::{document, prose, tagged};
use crate::stage::tabulate::{Tabulate, Tabulated};
use crate::stage::{Fold, Map, Output};
use crate::table::{TableBatch, TableId};

/// A run of batches through `tabulate` and `aggregate`.
struct Run {
    tabulate: Tabulate,
    aggregate: Aggregate,
    sequence: u64,
    rows: Vec<TableBatch>,
}

impl Run {
    fn new(options: &AggregateOptions, wanted: &[TableId]) -> Self {
        Self {
            tabulate: Tabulate::new(wanted, options),
            aggregate: Aggregate::new(options, wanted, None),
            sequence: 0,
            rows: Vec::new(),
        }
    }

    fn all() -> Self {
        Self::new(&AggregateOptions::default(), &TableId::ALL)
    }

    fn batch(
        &mut self,
        items: &[Tagged],
        rejects: Vec<Reject>,
        closes: Option<EpochPlan>,
    ) -> BatchHead {
        let head = BatchHead {
            sequence: self.sequence,
            epoch: 0,
            weight: 0,
            closes: closes.map(Box::new),
        };
        self.sequence += 1;
        let (mut scratch, mut out) = (self.tabulate.scratch(), Output::default());
        for item in items {
            self.tabulate.map(item.clone(), &mut scratch, &mut out);
        }
        self.tabulate.close(&head, &mut scratch, &mut out);
        let items: Vec<Tabulated> = out.items;
        let made = self
            .aggregate
            .fold(Batch {
                head,
                items,
                rejects,
            })
            .unwrap();
        assert!(made.rejects.is_empty());
        self.rows.extend(made.items);
        made.head
    }

    fn close(&mut self) -> BatchHead {
        self.batch(&[], Vec::new(), Some(plan(Vec::new())))
    }

    fn table(&self, table: TableId) -> Vec<&RecordBatch> {
        self.rows
            .iter()
            .filter_map(|rows| rows.get(table))
            .collect()
    }

    /// Rows of `metrics` but those of documents, as `scope period metric item` and count.
    fn metrics(&self) -> Vec<(String, i64)> {
        let mut found = Vec::new();
        for rows in self.table(TableId::Metrics) {
            let text = |name| rows.column_by_name(name).unwrap().as_string::<i32>();
            let (scope, metric, item) = (text("scope"), text("metric"), text("item"));
            let period = rows
                .column_by_name("period")
                .unwrap()
                .as_primitive::<Date32Type>();
            let count = rows
                .column_by_name("count")
                .unwrap()
                .as_primitive::<Int64Type>();
            let value = rows
                .column_by_name("value")
                .unwrap()
                .as_primitive::<Float64Type>();
            for row in 0..rows.num_rows() {
                if scope.value(row) == "document" {
                    continue;
                }
                assert!((value.value(row) - 1.0).abs() < f64::EPSILON);
                let period = period
                    .is_valid(row)
                    .then(|| period.value_as_date(row).unwrap());
                let parts = [
                    Some(scope.value(row).to_owned()),
                    period.map(|day| day.to_string()),
                    Some(metric.value(row).to_owned()),
                    item.is_valid(row).then(|| item.value(row).to_owned()),
                ];
                let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
                found.push((name, count.value(row)));
            }
        }
        found
    }

    /// `SUM(count)` by all other columns.
    fn summed(&self) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for (name, count) in self.metrics() {
            *sums.entry(name).or_default() += count;
        }
        sums
    }
}

fn plan(parts: Vec<EpochPart>) -> EpochPlan {
    EpochPlan {
        epoch: 0,
        pipeline: "test".to_owned(),
        parts,
        supersedes: None,
        tables: None,
    }
}

fn part(source: &str, status: Option<SourceStatus>) -> EpochPart {
    EpochPart {
        source: source.into(),
        size: 1,
        modified: None,
        first: 0,
        end: 1,
        status,
        sha256: status.map(|_| "00".repeat(32)),
        documents: 0,
    }
}

fn item(source: &str, record: i64, text: &str) -> Tagged {
    let mut document = document(&Place::new(source, record), text);
    document.published = "2024-02-29".parse().ok();
    tagged(document)
}

#[test]
fn sums_are_written_at_the_close_in_a_fixed_order() {
    let mut run = Run::all();
    run.batch(&[item("a", 0, "北京，上海。")], Vec::new(), None);
    assert!(run.metrics().is_empty(), "only documents' figures so far");
    run.batch(&[item("a", 1, "北京")], Vec::new(), None);
    run.close();
    let metrics = run.metrics();
    let corpus: Vec<String> = metrics
        .iter()
        .filter(|(name, _)| name.starts_with("corpus"))
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    assert_eq!(
        corpus,
        [
            "corpus documents 2",
            "corpus sentences 2",
            "corpus tokens 5",
            "corpus chars 8",
            "corpus term 上海 1",
            "corpus term-documents 上海 1",
            "corpus term 北京 2",
            "corpus term-documents 北京 2",
            "corpus pos ns 3",
            "corpus pos x 2",
            "corpus entity LOC/上海 1",
            "corpus entity-documents LOC/上海 1",
            "corpus entity LOC/北京 2",
            "corpus entity-documents LOC/北京 2",
        ]
    );
    let periods = metrics
        .iter()
        .filter(|(name, _)| name.starts_with("period 2024-02-01 "));
    assert_eq!(periods.count(), corpus.len());
}

#[test]
fn figures_of_documents_are_written_with_their_batch() {
    let mut run = Run::all();
    run.batch(&[item("a", 0, "北京，上海。")], Vec::new(), None);
    let rows = run.table(TableId::Metrics)[0];
    let metric = rows.column_by_name("metric").unwrap().as_string::<i32>();
    let names: Vec<&str> = metric.iter().flatten().collect();
    assert_eq!(
        names,
        [
            "chars",
            "tokens",
            "types",
            "mean-sentence-length",
            "han-ratio"
        ]
    );
    let value = rows
        .column_by_name("value")
        .unwrap()
        .as_primitive::<Float64Type>();
    assert_eq!(value.values(), &[6.0, 4.0, 4.0, 6.0, 0.0]);
    let key = rows.column_by_name("key").unwrap().as_string::<i32>();
    assert_eq!(key.value(0).len(), 32);
}

#[test]
fn an_epoch_holds_only_its_own_sums() {
    let mut run = Run::all();
    run.batch(&[item("a", 0, "北京")], Vec::new(), None);
    run.close();
    let before = run.metrics().len();
    run.close();
    assert_eq!(run.metrics().len(), before);
}

#[test]
fn without_metrics_only_the_accounts_are_kept() {
    let mut run = Run::new(&AggregateOptions::default(), &[TableId::Documents]);
    let closes = plan(vec![part("a", Some(SourceStatus::Done))]);
    run.batch(&[item("a", 0, "北京")], Vec::new(), Some(closes));
    assert!(run.table(TableId::Metrics).is_empty());
    assert_eq!(run.table(TableId::Sources).len(), 1);
}

#[test]
fn the_plan_says_how_many_documents_came_of_each_source() {
    let mut run = Run::all();
    run.batch(
        &[item("a", 0, "北京"), item("a", 1, "北京")],
        Vec::new(),
        None,
    );
    let open = plan(vec![
        part("a", None),
        part("empty", Some(SourceStatus::Rejected)),
    ]);
    let head = run.batch(&[], Vec::new(), Some(open));
    let counts = |head: BatchHead| -> Vec<i32> {
        head.closes
            .unwrap()
            .parts
            .iter()
            .map(|part| part.documents)
            .collect()
    };
    assert_eq!(counts(head), [2, 0]);
    let done = plan(vec![part("a", Some(SourceStatus::Done))]);
    let head = run.batch(&[item("a", 2, "北京")], Vec::new(), Some(done.clone()));
    assert_eq!(counts(head), [3]);
    let head = run.batch(&[], Vec::new(), Some(done));
    assert_eq!(counts(head), [0], "an ended source is forgotten");
    let sources = run.table(TableId::Sources);
    let documents: Vec<i32> = sources
        .iter()
        .flat_map(|rows| {
            let column = rows.column_by_name("documents").unwrap();
            column.as_primitive::<Int32Type>().values().to_vec()
        })
        .collect();
    assert_eq!(documents, [0, 3, 0], "sources that ended, and no others");
}

#[test]
fn counting_goes_on_where_an_earlier_run_stopped() {
    let mut run = Run::all();
    run.aggregate = run.aggregate.resume(vec![(Arc::from("a"), 40)]);
    let closes = plan(vec![part("a", None)]);
    let head = run.batch(&[item("a", 40, "北京")], Vec::new(), Some(closes));
    assert_eq!(head.closes.unwrap().parts[0].documents, 41);
}

#[test]
fn rejects_become_rows() {
    let mut run = Run::all();
    let reject = Reject::new(
        Place::new("b", 7),
        Hop::Decode,
        RejectCode::Binary,
        "not a text",
    );
    run.batch(&[], vec![reject], None);
    let rows = run.table(TableId::Rejects)[0];
    let stage = rows.column_by_name("stage").unwrap().as_string::<i32>();
    assert_eq!((rows.num_rows(), stage.value(0)), (1, "decode"));
}

#[test]
fn figures_of_hops_are_asked_for_at_the_close() {
    let mut run = Run::all();
    let mut asked = 0;
    let figures = move || {
        asked += 1;
        vec![HopFigure {
            hop: Hop::Decode,
            metric: "items",
            count: asked,
        }]
    };
    let options = AggregateOptions::default();
    run.aggregate = Aggregate::new(&options, &TableId::ALL, Some(Box::new(figures)));
    run.batch(&[item("a", 0, "")], Vec::new(), None);
    run.close();
    run.close();
    let flow: Vec<_> = run
        .metrics()
        .into_iter()
        .filter(|(name, _)| name.contains("flow."))
        .collect();
    let name = "corpus flow.items decode".to_owned();
    assert_eq!(flow, [(name.clone(), 1), (name, 2)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn when_sums_are_written_does_not_change_them(
        texts in prop::collection::vec(prose(), 1..10),
        flush_items in 0_usize..60,
        size in 1_usize..4,
    ) {
        let items: Vec<Tagged> = (0..)
            .zip(&texts)
            .map(|(record, text)| item("a", record, text))
            .collect();
        let sums = |flush_items: usize, size: usize| {
            let options = AggregateOptions { flush_items, ..AggregateOptions::default() };
            let mut run = Run::new(&options, &TableId::ALL);
            for batch in items.chunks(size) {
                run.batch(batch, Vec::new(), None);
                prop_assert!(run.aggregate.counts_held() <= flush_items);
            }
            run.close();
            Ok(run.summed())
        };
        let expected = sums(usize::MAX, items.len())?;
        prop_assert_eq!(sums(flush_items, size)?, expected);
    }
}

#[test]
fn copies_in_later_batches_name_the_first_and_are_remembered_from_earlier_runs() {
    let text = "码头今天开港，货轮满载茶叶和陶器驶往上海，市民在岸边看了很久，孩子们数着船上的灯，一直数到天黑才回家。";
    let (first, again) = (item("a", 0, text), item("b", 0, text));
    let mut run = Run::all();
    run.batch(
        &[first.clone(), item("a", 1, "另一件事。")],
        Vec::new(),
        None,
    );
    run.batch(std::slice::from_ref(&again), Vec::new(), None);
    let originals = |run: &Run| -> Vec<Option<String>> {
        let rows = run.table(TableId::Documents);
        let columns = rows
            .iter()
            .filter_map(|rows| rows.column_by_name("duplicate_of"));
        let values = columns.flat_map(|column| column.as_string::<i32>().iter());
        values.map(|id| id.map(str::to_owned)).collect()
    };
    let id = first.segmented.document.id;
    assert_eq!(originals(&run), [None, None, Some(id.to_string())]);

    let rows = run.table(TableId::Documents)[0].clone();
    let signatures = rows.column_by_name("minhash").unwrap().as_binary::<i32>();
    let mut later = Run::all();
    later
        .aggregate
        .remember(id, None, Some(signatures.value(0)));
    later.batch(&[again], Vec::new(), None);
    assert_eq!(originals(&later), [Some(id.to_string())]);
}
