//! Which records have to be read again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::io::sink::TableReader;
use crate::lexicon::Changes;
use crate::table::{TextRow, texts};

/// The records of one source, whose documents contain something that has changed.
#[derive(Debug)]
pub(super) struct Touched {
    pub(super) source: Arc<str>,
    /// From the first to one past the last of each run of them, ascending.
    pub(super) records: Vec<(i64, i64)>,
    pub(super) articles: i32,
}

/// Records by their source, while files of `documents` are looked at.
#[derive(Default)]
pub(super) struct Search {
    /// Documents of all records that were found.
    pub(super) documents: u64,
    found: HashMap<Arc<str>, Touched>,
    scratch: String,
}

/// A record while its articles are looked at.
struct Current {
    source: Arc<str>,
    record: i64,
    articles: i32,
    documents: u64,
    is_wanted: bool,
    is_touched: bool,
}

impl Search {
    /// Looks for records of which an article in this file contains something that has changed; the texts are read, and nothing else.
    /// Whether there are any. Only sources that are wanted are looked at.
    pub(super) fn read(
        &mut self,
        file: &Path,
        changes: &Changes,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<bool, Error> {
        let mut current: Option<Current> = None;
        let mut any = false;
        for rows in TableReader::open_columns(file, &TextRow::COLUMNS)? {
            let rows = rows?;
            for row in texts(&rows).unwrap_or_default() {
                let same =
                    |one: &&mut Current| one.record == row.record && *one.source == *row.source;
                if let Some(one) = current.as_mut().filter(same) {
                    one.articles = one.articles.max(row.article + 1);
                    one.documents += 1;
                    one.is_touched |= one.is_wanted && changes.touch(row.text, &mut self.scratch);
                } else {
                    let same = |one: &&Current| *one.source == *row.source;
                    let of_source = current.as_ref().filter(same);
                    let source = of_source.map(|one| Arc::clone(&one.source));
                    let of_source = of_source.map(|one| one.is_wanted);
                    let is_wanted = of_source.unwrap_or_else(|| is_wanted(row.source));
                    any |= self.put(current.take());
                    current = Some(Current {
                        source: source.unwrap_or_else(|| row.source.into()),
                        record: row.record,
                        articles: row.article + 1,
                        documents: 1,
                        is_wanted,
                        is_touched: is_wanted && changes.touch(row.text, &mut self.scratch),
                    });
                }
            }
        }
        any |= self.put(current);
        Ok(any)
    }

    fn put(&mut self, record: Option<Current>) -> bool {
        let Some(one) = record.filter(|one| one.is_touched) else {
            return false;
        };
        self.documents += one.documents;
        let source = Arc::clone(&one.source);
        let known = self.found.entry(one.source).or_insert_with(|| Touched {
            source,
            records: Vec::new(),
            articles: 0,
        });
        known.articles = known.articles.max(one.articles);
        match known.records.last_mut() {
            Some((_, end)) if *end == one.record => *end += 1,
            _ => known.records.push((one.record, one.record + 1)),
        }
        true
    }

    /// All that were found, in the order in which `sources` were read.
    pub(super) fn finish<'s>(self, sources: impl Iterator<Item = &'s str>) -> Vec<Touched> {
        let mut order: HashMap<&str, usize> = HashMap::new();
        for (source, number) in sources.zip(0..) {
            // Plans that have some of its records anew name it once more.
            order.entry(source).or_insert(number);
        }
        let mut found: Vec<Touched> = self.found.into_values().collect();
        found.sort_unstable_by_key(|one| order.get(&*one.source).copied());
        for one in &mut found {
            // Those of several files.
            one.records.sort_unstable();
            one.records.dedup_by(|next, last| {
                let joins = last.1 == next.0;
                if joins {
                    last.1 = next.1;
                }
                joins
            });
        }
        found
    }
}
