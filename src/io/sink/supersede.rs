//! Rows of an earlier epoch that a later one has anew: a file without them takes the place of the one with them.
//!
//! Which rows these are is said by the plan alone, so that it comes out the same whoever completes the epoch:
//!
//! | table | rows |
//! |---|---|
//! | `documents`, `rejects` | of the plan's records; rejects of the source itself stay |
//! | `metrics` | of single documents; sums over documents stay, and the later epoch writes what comes on top |
//! | `sources` | none |
//! | all others | of the documents that the plan's records may have |

use std::path::{Path, PathBuf};

use arrow::array::{AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use rustc_hash::{FxHashMap, FxHashSet};

use super::staged::{Finished, Staged};
use super::{SinkError, SinkOptions, TableReader};
use crate::record::{DocId, Hop, Superseded};
use crate::table::{Scope, TableId};

/// Tells superseded rows from others.
pub(super) struct Filter<'p> {
    records: FxHashMap<&'p str, &'p [(i64, i64)]>,
    documents: FxHashSet<DocId>,
}

/// What is left of a file.
pub(super) enum Rest {
    /// All of it.
    Whole,
    /// Some of it, in a file of its own.
    Some(Finished),
    /// Nothing.
    None,
}

impl<'p> Filter<'p> {
    pub(super) fn new(plan: &'p Superseded) -> Self {
        let records = plan.parts.iter();
        let records = records.map(|part| (&*part.source, part.records.as_slice()));
        Self {
            records: records.collect(),
            documents: plan.documents().collect(),
        }
    }

    fn has_record(&self, source: &str, record: i64) -> bool {
        self.records.get(source).is_some_and(|records| {
            let behind = records.partition_point(|(first, _)| *first <= record);
            let last = behind.checked_sub(1).and_then(|at| records.get(at));
            last.is_some_and(|(_, end)| record < *end)
        })
    }

    /// Which rows stay; `None` where the columns are not those of the table.
    fn stay(&self, table: TableId, rows: &RecordBatch) -> Option<BooleanArray> {
        let text = |name: &str| rows.column_by_name(name)?.as_string_opt::<i32>();
        let all = 0..rows.num_rows();
        Some(match table {
            TableId::Sources => return None,
            TableId::Documents | TableId::Rejects => {
                let source = text("source")?;
                let record = rows.column_by_name("record")?;
                let record = record.as_primitive_opt::<Int64Type>()?;
                let stage = text("stage");
                let of_source =
                    |row| stage.is_some_and(|stage| stage.value(row) == Hop::Source.name());
                all.map(|row| {
                    of_source(row) || !self.has_record(source.value(row), record.value(row))
                })
                .collect::<Vec<bool>>()
                .into()
            }
            TableId::Metrics => {
                let scope = text("scope")?;
                let own = self.of_documents(text("key")?);
                all.map(|row| scope.value(row) != Scope::Document.name() || !own[row])
                    .collect::<Vec<bool>>()
                    .into()
            }
            _ => {
                let own = self.of_documents(text("doc_id")?);
                own.into_iter()
                    .map(|own| !own)
                    .collect::<Vec<bool>>()
                    .into()
            }
        })
    }

    /// For each id whether it is of a superseded document. Rows of one document stand together.
    fn of_documents(&self, ids: &StringArray) -> Vec<bool> {
        let mut last: Option<(&str, bool)> = None;
        ids.iter()
            .map(|id| {
                let Some(id) = id else { return false };
                match last {
                    Some((known, own)) if known == id => own,
                    _ => {
                        let own = DocId::parse(id).is_some_and(|id| self.documents.contains(&id));
                        last = Some((id, own));
                        own
                    }
                }
            })
            .collect()
    }

    /// Writes the rows of the file at `from` that stay to `to`.
    pub(super) fn rest(
        &self,
        table: TableId,
        from: &Path,
        to: PathBuf,
        options: &SinkOptions,
    ) -> Result<Rest, SinkError> {
        let mut staged = Staged::create(to, table, options)?;
        let (mut before, mut after) = (0, 0);
        for rows in TableReader::open(from)? {
            let rows = rows?;
            let Some(stay) = self.stay(table, &rows) else {
                return Err(SinkError::damaged(from, "it lacks columns of its table"));
            };
            let unread = |error: ArrowError| SinkError::damaged(from, error);
            let left = filter_record_batch(&rows, &stay).map_err(unread)?;
            before += rows.num_rows();
            after += left.num_rows();
            staged.write(&left)?;
        }
        if after == before {
            super::disk::remove(&staged.path)?;
            return Ok(Rest::Whole);
        }
        let finished = staged.finish()?;
        Ok(if after > 0 {
            Rest::Some(finished)
        } else {
            super::disk::remove(&finished.path)?;
            Rest::None
        })
    }
}
