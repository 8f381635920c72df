//! `metrics`: partial sums that merge. `SUM(count)` grouped by all other columns but `epoch` is the figure of everything,
//! however many epochs wrote it (an epoch that has documents anew writes what is to be added, which may be less than nothing); `value` is the figure that one count stands for (1 for what is merely counted), so that
//! `SUM(value * count)` is a total.

use std::fmt;

use arrow::array::RecordBatch;
use chrono::NaiveDate;

use super::declare::{columns, days};

columns! {
    Metrics {
        scope: Text required, Dictionary, Page, "what the figure is about: document, period or corpus";
        key: Text optional, Dictionary, Page, "which one of its scope: a doc_id, a collection";
        period: Date optional, Dictionary, Page, "first day of the period";
        metric: Text required, Dictionary, Page, "name of the figure";
        item: Text optional, Dictionary, Unknown, "what is counted: a term, a tag, a label";
        value: Float64 required, Dictionary, Unknown, "the figure that one count stands for; 1.0 for counted things";
        count: Int64 required, Plain, Unknown, "how many times; sums over epochs";
        epoch: Int64 required, Dictionary, Chunk, "the epoch that wrote the row";
    }
}

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// One document.
    Document,
    /// The documents published in a day, month or year.
    Period,
    /// All documents.
    Corpus,
}

impl Scope {
    /// As in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Period => "period",
            Self::Corpus => "corpus",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A row of `metrics`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricRow<'a> {
    /// What the figure is about.
    pub scope: Scope,
    /// Which one of its scope.
    pub key: Option<&'a str>,
    /// First day of the period.
    pub period: Option<NaiveDate>,
    /// Name of the figure.
    pub metric: &'a str,
    /// What is counted.
    pub item: Option<&'a str>,
    /// The figure that one count stands for.
    pub value: f64,
    /// How many times.
    pub count: i64,
}

/// Builds rows of `metrics`.
///
/// ```
/// use cihe::table::{MetricRow, MetricRows, Scope};
/// let mut rows = MetricRows::default();
/// let row = MetricRow {
///     scope: Scope::Corpus, key: None, period: None,
///     metric: "term", item: Some("词河"), value: 1.0, count: 3,
/// };
/// rows.append(&row, 0);
/// assert_eq!(rows.finish().num_rows(), 1);
/// ```
#[derive(Debug)]
pub struct MetricRows(Columns);

impl Default for MetricRows {
    fn default() -> Self {
        Self(Columns::new())
    }
}

impl MetricRows {
    /// Appends one figure.
    pub fn append(&mut self, row: &MetricRow<'_>, epoch: i64) {
        let to = &mut self.0;
        to.scope.append_value(row.scope.name());
        to.key.append_option(row.key);
        to.period.append_option(row.period.map(days));
        to.metric.append_value(row.metric);
        to.item.append_option(row.item);
        to.value.append_value(row.value);
        to.count.append_value(row.count);
        to.epoch.append_value(epoch);
    }

    /// The rows so far; begins anew.
    pub fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
