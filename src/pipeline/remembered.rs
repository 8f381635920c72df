//! What earlier runs knew of documents: the index of duplicates is filled with the documents that are committed already, so that
//! many runs, or one that was cut short, find what a single one would have found.

use std::path::PathBuf;

use crate::Error;
use crate::io::sink::{Resume, TableReader};
use crate::record::DocId;
use crate::stage::aggregate::{Aggregate, AggregateOptions};
use crate::stage::duplicates::Duplicates;
use crate::table::{SignedRow, signed_documents};

/// Tells `aggregate` the last documents of the epochs before the next one, as many as it can remember.
pub(super) fn remember(
    aggregate: &mut Aggregate,
    options: &AggregateOptions,
    resume: &Resume,
) -> Result<(), Error> {
    if options.duplicates == Duplicates::Off {
        return Ok(());
    }
    for path in last_files(resume, options.duplicate_window)? {
        for batch in TableReader::open_columns(path, &SignedRow::COLUMNS)? {
            let batch = batch?;
            // A file of a time when documents had no signatures holds none that could be found again.
            for row in signed_documents(&batch).unwrap_or_default() {
                let Some(id) = DocId::parse(row.doc_id) else {
                    continue;
                };
                let first = row.duplicate_of.and_then(DocId::parse);
                aggregate.remember(id, first, row.minhash);
            }
        }
    }
    Ok(())
}

/// The last files that hold `window` documents together; what comes before would be forgotten.
fn last_files(resume: &Resume, window: usize) -> Result<&[PathBuf], Error> {
    let files = &resume.documents;
    let mut rows = 0;
    for (number, path) in files.iter().enumerate().rev() {
        rows += TableReader::rows_of(path)?;
        if rows >= window {
            return Ok(files.get(number..).unwrap_or_default());
        }
    }
    Ok(files)
}
