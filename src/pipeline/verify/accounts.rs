//! The accounts: each record of each source in its place, once, and none that is in no source.
//!
//! Takes eight bytes for each record of the output, and reads each source once more.

use std::collections::BTreeMap;
use std::path::Path;

use super::originals::Originals;
use crate::Error;
use crate::pipeline::report::Check;
use crate::pipeline::stored::Rows;
use crate::record::{RejectCode, SourceStatus};
use crate::table::{self, TableId};

/// What the tables say of one source.
#[derive(Debug, Default)]
struct Account {
    /// Records that documents were made of.
    documents: Vec<i64>,
    /// How many documents.
    document_rows: i64,
    /// Records that were turned away.
    rejects: Vec<i64>,
    /// Records of which single articles were turned away, for their quality or by a panic; others of them may be documents.
    partial: Vec<i64>,
    /// Epochs in which the source stood there as another version, which was not read.
    changes: Vec<i64>,
    /// Set where the system would not let it be read: another day it may.
    is_unreadable: bool,
    /// Status, and the number of documents, where the source has ended.
    end: Option<(String, i32)>,
}

/// Each record of each source that was read to its end is in `documents` or in `rejects`, and nothing else is; and
/// `sources` counts the documents that there are.
pub(super) fn accounts(output: &Path, originals: &Originals) -> Result<[Check; 2], Error> {
    let mut records = Check::new("records: each is in documents or rejects");
    let mut counts = Check::new("sources: each counts its documents");
    for (source, account) in gather(output)? {
        let there = originals.numbers(&source);
        account.check_records(&source, there.as_deref(), &mut records);
        account.check_count(&source, &mut counts);
    }
    Ok([records, counts])
}

/// All accounts, by source.
fn gather(output: &Path) -> Result<BTreeMap<String, Account>, Error> {
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    let mut rows = Rows::open(output, TableId::Documents)?;
    while let Some(batch) = rows.next_batch()? {
        for (source, record) in table::places(&batch).unwrap_or_default() {
            of(&mut accounts, source).add_document(record);
        }
    }
    // Before the sources: they tell which rows there are about a version that was not read.
    let mut rows = Rows::open(output, TableId::Rejects)?;
    while let Some(batch) = rows.next_batch()? {
        for row in table::rejects(&batch).unwrap_or_default() {
            of(&mut accounts, row.source).add_reject(row.record, row.code, row.epoch);
        }
    }
    let mut rows = Rows::open(output, TableId::Sources)?;
    while let Some(batch) = rows.next_batch()? {
        for row in table::ended_sources(&batch).unwrap_or_default() {
            of(&mut accounts, row.source).end(row.status, row.documents, row.epoch);
        }
    }
    for account in accounts.values_mut() {
        account.sort();
    }
    Ok(accounts)
}

/// A source's account; its name is copied only the first time.
fn of<'a>(accounts: &'a mut BTreeMap<String, Account>, source: &str) -> &'a mut Account {
    if !accounts.contains_key(source) {
        accounts.insert(source.to_owned(), Account::default());
    }
    accounts.get_mut(source).expect("just seen to")
}

impl Account {
    fn add_document(&mut self, record: i64) {
        self.document_rows += 1;
        if self.documents.last() != Some(&record) {
            self.documents.push(record);
        }
    }

    fn add_reject(&mut self, record: i64, code: &str, epoch: i64) {
        if code == RejectCode::Changed.name() {
            self.changes.push(epoch);
        } else if code == RejectCode::Unreadable.name() {
            self.is_unreadable = true;
        } else {
            if code == RejectCode::Panic.name() || code == RejectCode::Quality.name() {
                self.partial.push(record);
            }
            self.rejects.push(record);
        }
    }

    fn end(&mut self, status: &str, documents: i32, epoch: i64) {
        if !self.changes.contains(&epoch) {
            self.end = Some((status.to_owned(), documents));
        }
    }

    fn sort(&mut self) {
        for records in [&mut self.documents, &mut self.rejects, &mut self.partial] {
            records.sort_unstable();
            records.dedup();
        }
    }

    /// Holds the records in the tables against those `there`, in the source.
    fn check_records(&self, source: &str, there: Option<&[i64]>, check: &mut Check) {
        let Some(there) = there.or_else(|| self.refused_whole()) else {
            if self.end.is_some() || !self.documents.is_empty() || !self.rejects.is_empty() {
                check.count(false, || format!("{source}: is not there"));
            }
            return;
        };
        let is_done = self.is_finished() && !self.is_unreadable;
        for record in merged([there, &self.documents, &self.rejects]) {
            let has = |records: &[i64]| records.binary_search(&record).is_ok();
            let (document, reject) = (has(&self.documents), has(&self.rejects));
            let fault = match (has(there), document, reject) {
                (false, _, _) => "is in the tables, and not in the source",
                (true, true, true) if !has(&self.partial) => "is a document, and turned away too",
                (true, false, false) if is_done => "is neither a document nor turned away",
                (true, false, false) => continue,
                (true, _, _) => "",
            };
            check.count(fault.is_empty(), || {
                format!("{source}: record {record} {fault}")
            });
        }
    }

    fn check_count(&self, source: &str, check: &mut Check) {
        if let Some((_, declared)) = self.end {
            check.count(self.document_rows == i64::from(declared), || {
                let found = self.document_rows;
                format!("{source}: declares {declared} documents, and has {found}")
            });
        }
    }

    /// Whether all that there was to read was read.
    fn is_finished(&self) -> bool {
        let finished = [SourceStatus::Done, SourceStatus::Rejected];
        self.end
            .as_ref()
            .is_some_and(|(status, _)| finished.iter().any(|one| one.name() == status))
    }

    /// The records of a source that was not even opened, such as one of a name that was taken: the one that says so.
    fn refused_whole(&self) -> Option<&[i64]> {
        let is_rejected = self
            .end
            .as_ref()
            .is_some_and(|(status, _)| status == SourceStatus::Rejected.name());
        let is_whole = is_rejected && self.documents.is_empty() && self.rejects == [0];
        is_whole.then_some(&self.rejects)
    }
}

/// The numbers of ascending lists, each once, ascending.
fn merged(lists: [&[i64]; 3]) -> impl Iterator<Item = i64> {
    let mut lists = lists;
    std::iter::from_fn(move || {
        let least = lists
            .iter()
            .filter_map(|list| list.first().copied())
            .min()?;
        for list in &mut lists {
            if let [first, rest @ ..] = list
                && *first == least
            {
                *list = rest;
            }
        }
        Some(least)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(documents: &[i64], rejects: &[(i64, RejectCode)], end: Option<&str>) -> Account {
        let mut account = Account::default();
        for record in documents {
            account.add_document(*record);
        }
        for (record, code) in rejects {
            account.add_reject(*record, code.name(), 1);
        }
        if let Some(status) = end {
            let documents = i32::try_from(documents.len()).unwrap();
            account.end(status, documents, 0);
        }
        account.sort();
        account
    }

    #[track_caller]
    fn faults(account: &Account, there: Option<&[i64]>, expected: &[&str]) {
        let mut check = Check::new("records");
        account.check_records("a", there, &mut check);
        assert_eq!(check.examples, expected);
        assert_eq!(check.bad, expected.len() as u64);
    }

    #[test]
    fn a_source_whose_records_are_all_accounted_for_is_good() {
        let good = account(&[0, 0, 2], &[(3, RejectCode::Empty)], Some("done"));
        faults(&good, Some(&[0, 2, 3]), &[]);
        let mut check = Check::new("counts");
        good.check_count("a", &mut check);
        assert_eq!((check.checked, check.bad), (1, 0));
    }

    #[test]
    fn the_same_number_of_other_records_is_no_account() {
        let other = account(&[0, 2], &[], Some("done"));
        faults(
            &other,
            Some(&[0, 1]),
            &[
                "a: record 1 is neither a document nor turned away",
                "a: record 2 is in the tables, and not in the source",
            ],
        );
    }

    #[test]
    fn a_record_is_a_document_or_turned_away_not_both() {
        let both = account(&[0], &[(0, RejectCode::Empty)], Some("done"));
        faults(
            &both,
            Some(&[0]),
            &["a: record 0 is a document, and turned away too"],
        );
        let article = account(&[0], &[(0, RejectCode::Panic)], Some("done"));
        faults(&article, Some(&[0]), &[]);
    }

    #[test]
    fn an_unfinished_source_may_lack_records_but_not_have_others() {
        faults(&account(&[0], &[], None), Some(&[0, 1]), &[]);
        faults(
            &account(&[0, 7], &[], None),
            Some(&[0, 1]),
            &["a: record 7 is in the tables, and not in the source"],
        );
    }

    #[test]
    fn a_version_that_was_not_read_changes_no_account() {
        let mut changed = account(&[0], &[(0, RejectCode::Changed)], Some("done"));
        changed.end("rejected", 0, 1);
        faults(&changed, Some(&[0]), &[]);
        let mut check = Check::new("counts");
        changed.check_count("a", &mut check);
        assert_eq!(check.bad, 0);
    }

    #[test]
    fn a_source_that_is_gone_is_missed_unless_it_was_never_opened() {
        let gone = account(&[0], &[], Some("done"));
        faults(&gone, None, &["a: is not there"]);
        let refused = account(&[], &[(0, RejectCode::Unsupported)], Some("rejected"));
        faults(&refused, None, &[]);
        let lost = account(&[], &[], Some("rejected"));
        faults(&lost, None, &["a: is not there"]);
    }

    #[test]
    fn a_count_that_is_not_that_of_the_documents_is_bad() {
        let mut account = account(&[0, 1], &[], None);
        account.end("done", 3, 0);
        let mut check = Check::new("counts");
        account.check_count("a", &mut check);
        assert_eq!(check.examples, ["a: declares 3 documents, and has 2"]);
    }
}
