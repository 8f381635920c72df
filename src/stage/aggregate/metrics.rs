//! Counts to rows, in an order that depends on what was counted alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::record::Label;
use crate::stage::tabulate::{Counts, DocumentFigures, Group, Sums};
use crate::table::{MetricRow, MetricRows, Scope};

/// The rows of single documents, in their order.
pub(super) fn document_rows(figures: &[DocumentFigures], rows: &mut MetricRows, epoch: i64) {
    for document in figures {
        let key = document.id.to_string();
        for (metric, value) in document.named() {
            let row = MetricRow {
                scope: Scope::Document,
                key: Some(&key),
                period: None,
                metric,
                item: None,
                value,
                count: 1,
            };
            rows.append(&row, epoch);
        }
    }
}

/// The rows of `counts` over documents: the corpus, then each period in its order.
pub(super) fn group_rows(counts: &Counts, rows: &mut MetricRows, epoch: i64) {
    let groups = &counts.groups;
    let Some(corpus) = whole(groups) else { return };
    GroupRows {
        rows,
        epoch,
        scope: Scope::Corpus,
        period: None,
    }
    .append(&corpus);
    for (period, group) in groups {
        if period.is_some() {
            GroupRows {
                rows,
                epoch,
                scope: Scope::Period,
                period: *period,
            }
            .append(group);
        }
    }
}

/// The sum over all periods and the undated; `None` when nothing was counted.
fn whole(groups: &BTreeMap<Option<NaiveDate>, Group>) -> Option<Cow<'_, Group>> {
    let mut all = groups.values();
    let first = all.next()?;
    Some(all.fold(Cow::Borrowed(first), |mut sum, group| {
        sum.to_mut().merge(group.clone());
        sum
    }))
}

struct GroupRows<'r> {
    rows: &'r mut MetricRows,
    epoch: i64,
    scope: Scope,
    period: Option<NaiveDate>,
}

impl GroupRows<'_> {
    fn append(&mut self, group: &Group) {
        self.row("documents", None, group.documents);
        self.row("sentences", None, group.sentences);
        self.row("tokens", None, group.tokens);
        self.row("chars", None, group.chars);
        self.sums(["term", "term-documents"], &group.terms, "");
        let mut pos: Vec<_> = group.pos.iter().collect();
        pos.sort_unstable();
        for (pos, count) in pos {
            self.row("pos", Some(pos.as_str()), *count);
        }
        for label in Label::ALL {
            if let Some(entities) = group.entities.get(label) {
                let prefix = format!("{}/", label.name());
                self.sums(["entity", "entity-documents"], entities, &prefix);
            }
        }
        self.sums(["concept", "concept-documents"], &group.concepts, "");
    }

    /// Two rows an item: how often, and in how many documents.
    fn sums(&mut self, metrics: [&str; 2], sums: &FxHashMap<Box<str>, Sums>, prefix: &str) {
        let mut sorted: Vec<_> = sums.iter().collect();
        sorted.sort_unstable_by_key(|(item, _)| *item);
        let mut name = String::new();
        for (item, sums) in sorted {
            name.clear();
            name.push_str(prefix);
            name.push_str(item);
            let [often, documents] = metrics;
            self.row(often, Some(&name), sums.count);
            self.row(documents, Some(&name), sums.documents);
        }
    }

    /// None where nothing is to be added.
    fn row(&mut self, metric: &str, item: Option<&str>, count: i64) {
        if count == 0 {
            return;
        }
        let row = MetricRow {
            scope: self.scope,
            key: None,
            period: self.period,
            metric,
            item,
            value: 1.0,
            count,
        };
        self.rows.append(&row, self.epoch);
    }
}
