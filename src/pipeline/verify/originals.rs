//! The sources, read again in the order of the documents.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::io::source::{self, Listed, Listing, Reader, SourceFile, SourceOptions};
use crate::record::{Body, Record};
use crate::stage::decode::extracted_text;

/// All sources by name, one of them open.
pub(super) struct Originals {
    files: HashMap<Arc<str>, SourceFile>,
    /// What is listed and not read.
    refused: HashSet<Arc<str>>,
    spool: PathBuf,
    options: SourceOptions,
    open: Option<Open>,
}

struct Open {
    name: Arc<str>,
    reader: Reader,
    record: Option<Record>,
}

impl Originals {
    /// Lists `inputs`.
    pub(super) fn list(
        inputs: &[String],
        spool: &Path,
        options: &SourceOptions,
    ) -> Result<Self, Error> {
        // Standard input is not there a second time; what it said is in the spool.
        let lasting: Vec<String> = inputs
            .iter()
            .filter(|input| *input != "-")
            .cloned()
            .collect();
        let mut originals = Self {
            files: HashMap::new(),
            refused: HashSet::new(),
            spool: spool.to_owned(),
            options: options.clone(),
            open: None,
        };
        originals.add(source::list(&lasting, spool, options)?);
        Ok(originals)
    }

    /// Lists the inputs of all runs, of which some may be gone, and two may hold the same.
    pub(super) fn find(
        inputs: &[String],
        spool: &Path,
        options: &SourceOptions,
    ) -> Result<Self, Error> {
        let mut listings = Vec::new();
        let mut found = Vec::new();
        for input in inputs.iter().filter(|input| *input != "-") {
            match source::list(std::slice::from_ref(input), spool, options) {
                Ok(listing) => {
                    listings.push(listing);
                    found.push(input.clone());
                }
                Err(error) => tracing::warn!("{error}"),
            }
        }
        if found.is_empty() || source::list(&found, spool, options).is_ok() {
            let wanted = if found.is_empty() { inputs } else { &found };
            return Self::list(wanted, spool, options);
        }
        let mut originals = Self::list(&[], spool, options)?;
        for listing in listings {
            originals.add(listing);
        }
        Ok(originals)
    }

    /// Takes in what is listed; of two sources of one name the first counts.
    fn add(&mut self, listing: Listing) {
        for listed in listing {
            let name = Arc::clone(listed.name());
            match listed {
                Listed::File(file) => {
                    self.files.entry(name).or_insert(file);
                }
                Listed::Refused(_) => {
                    self.refused.insert(name);
                }
            }
        }
    }

    fn file(&self, name: &str) -> Option<SourceFile> {
        let listed = self.files.get(name).cloned();
        listed.or_else(|| source::spooled(name, &self.spool, &self.options))
    }

    /// The record that a document was made from; cheap when records are asked for in their order.
    pub(super) fn record(&mut self, name: &str, number: i64) -> Option<&Record> {
        let ahead = self.open.as_ref().is_some_and(|open| {
            let here = open
                .record
                .as_ref()
                .map_or(-1, |record| record.place.record);
            &*open.name == name && here <= number
        });
        if !ahead {
            let file = self.file(name)?;
            let reader = file.open(&self.options).ok()?;
            self.open = Some(Open {
                name: file.name,
                reader,
                record: None,
            });
        }
        let open = self.open.as_mut()?;
        if open
            .record
            .as_ref()
            .is_none_or(|record| record.place.record != number)
        {
            open.reader.skip_to(number);
            open.record = open
                .reader
                .next()?
                .ok()
                .filter(|record| record.place.record == number)
                .map(with_text);
        }
        open.record.as_ref()
    }

    /// The numbers of the records that the source `name` has, those that are turned away included; `None` where there
    /// is no such source.
    pub(super) fn numbers(&self, name: &str) -> Option<Vec<i64>> {
        let Some(file) = self.file(name) else {
            return self.refused.contains(name).then(|| vec![0]);
        };
        let reader = match file.open(&self.options) {
            Ok(reader) => reader,
            Err(reject) => return Some(vec![reject.place.record]),
        };
        let numbers = reader.map(|item| match item {
            Ok(record) => record.place.record,
            Err(reject) => reject.place.record,
        });
        Some(numbers.collect())
    }
}

/// The record with the text that its bytes are counted in: of a file that holds it in a container, the text as it is extracted.
fn with_text(mut record: Record) -> Record {
    if let Some(text) = extracted_text(record.media_type, record.body.as_bytes()) {
        record.body = Body::Text(text);
    }
    record
}
