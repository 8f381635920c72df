//! Records that were read before, in batches: those that a plan names, and no others.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::io::source::{Reader, SourceFile, SourceOptions};
use crate::pipeline::filling::Filling;
use crate::pipeline::run::held;
use crate::record::{AnewPart, Batch, EpochPlan, Hop, Place, Record, Reject, RejectCode};
use crate::stage::FoldError;

/// A record that a source had, and that is not there now, though the source looks as it did.
#[derive(Debug, thiserror::Error)]
#[error(
    "record {record} of `{name}` can't be read again: put the source back as it was, or write to a new output folder"
)]
struct LostRecord {
    name: Arc<str>,
    record: i64,
    /// Where there is a reason, and not another record.
    #[source]
    why: Option<Unreadable>,
}

/// Why a record can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unreadable(String);

/// The source that is being read. It stays open from epoch to epoch: the next one goes on in it as a rule, and to begin anew is to read all
/// of it that comes before.
#[derive(Default)]
pub(super) struct Cursor {
    open: Option<(PathBuf, Reader)>,
}

impl Cursor {
    /// A reader that stands at `record` of `file`, or before it.
    fn at(
        &mut self,
        record: i64,
        file: &SourceFile,
        options: &SourceOptions,
    ) -> Result<&mut Reader, Reject> {
        let open = self.open.take();
        let open = open
            .filter(|(path, reader)| *path == file.path && reader.position() <= record)
            .map_or_else(
                || Ok((file.path.clone(), file.open(options)?)),
                Ok::<_, Reject>,
            )?;
        let (_, reader) = self.open.insert(open);
        reader.skip_to(record);
        Ok(reader)
    }
}

/// The records of one epoch that are read again.
pub(super) struct Anew {
    /// What is left of them.
    sources: VecDeque<(SourceFile, AnewPart)>,
    options: SourceOptions,
    cursor: Arc<Mutex<Cursor>>,
    /// Sources whose rows stay as they are, and that are yet to be told.
    left_out: VecDeque<Arc<str>>,
    epoch: i64,
    /// Given out with the last batch.
    plan: Option<Box<EpochPlan>>,
    sequence: u64,
    ended: bool,
}

impl Anew {
    /// The records of `sources`, for the epoch of `plan`.
    pub(super) fn new(
        mut sources: Vec<(SourceFile, AnewPart)>,
        options: &SourceOptions,
        cursor: &Arc<Mutex<Cursor>>,
        plan: EpochPlan,
    ) -> Self {
        let left_out = plan.supersedes.iter();
        let left_out = left_out.flat_map(|plan| plan.left_out.clone()).collect();
        for (_, part) in &mut sources {
            // The next one is taken from the end.
            part.records.reverse();
        }
        Self {
            sources: sources.into(),
            options: options.clone(),
            cursor: Arc::clone(cursor),
            left_out,
            epoch: plan.epoch,
            plan: Some(Box::new(plan)),
            sequence: 0,
            ended: false,
        }
    }

    /// The next record; `None` behind the last.
    fn record(&mut self) -> Result<Option<Record>, LostRecord> {
        let (file, wanted) = loop {
            let Some((file, part)) = self.sources.front_mut() else {
                return Ok(None);
            };
            match part.records.last_mut() {
                Some((first, end)) if *first < *end => {
                    *first += 1;
                    break (file, *first - 1);
                }
                Some(_) => {
                    part.records.pop();
                }
                None => {
                    self.sources.pop_front();
                }
            }
        };
        let mut cursor = held(&self.cursor);
        let next = cursor
            .at(wanted, file, &self.options)
            .and_then(|reader| reader.next().transpose());
        let why = match next {
            Ok(Some(record)) if record.place.record == wanted => return Ok(Some(record)),
            Ok(_) => None,
            Err(reject) => Some(Unreadable(reject.message)),
        };
        Err(LostRecord {
            name: Arc::clone(&file.name),
            record: wanted,
            why,
        })
    }

    /// Fills `batch`; true behind the last record.
    fn fill(&mut self, batch: &mut Filling) -> Result<bool, LostRecord> {
        while !batch.is_full() {
            if let Some(name) = self.left_out.pop_front() {
                batch.put(Err(left_out(name)));
            } else if let Some(record) = self.record()? {
                batch.put(Ok(record));
            } else {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What is said of a source whose documents could not be annotated anew.
fn left_out(name: Arc<str>) -> Reject {
    Reject::new(
        Place::new(name, 0),
        Hop::Source,
        RejectCode::Changed,
        "the source is gone or has changed since its rows were written, so that its documents could not be annotated with the \
         changed lexicons and taxonomies; they stay as they are until an update finds the source as it was",
    )
}

impl Iterator for Anew {
    type Item = Result<Batch<Record>, FoldError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut batch = Filling::new(self.sequence, self.epoch);
        let filled = self.fill(&mut batch);
        self.ended = filled.as_ref().map_or(true, |ended| *ended);
        self.sequence += 1;
        let mut batch = batch.finish();
        batch.head.closes = self.plan.take_if(|_| self.ended);
        Some(filled.map(|_| batch).map_err(FoldError::from))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::io::source::{Listed, list};

    #[test]
    fn reading_goes_on_in_an_open_source_and_begins_anew_only_to_go_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"text\": \"石桥村\"}\n".repeat(9)).unwrap();
        let input = [path.display().to_string()];
        let options = SourceOptions::default();
        let Some(Listed::File(file)) = list(&input, folder.path(), &options).unwrap().next() else {
            panic!("it is listed");
        };
        let mut cursor = Cursor::default();
        let mut read = |record: i64| {
            let reader = cursor.at(record, &file, &options)?;
            Ok::<_, Reject>(reader.next().unwrap()?.place.record)
        };
        assert_eq!(read(1), Ok(1));
        // What is open can be read although its name is gone.
        fs::remove_file(&path).unwrap();
        assert_eq!((read(2), read(7)), (Ok(2), Ok(7)));
        assert!(read(3).is_err());
    }

    #[test]
    fn a_record_that_is_lost_is_told_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "石桥村").unwrap();
        let input = [path.display().to_string()];
        let options = SourceOptions::default();
        let Some(Listed::File(file)) = list(&input, folder.path(), &options).unwrap().next() else {
            panic!("it is listed");
        };
        fs::remove_file(&path).unwrap();
        let part = AnewPart {
            source: "a.txt".into(),
            size: file.size,
            modified: file.modified,
            records: vec![(0, 1)],
            articles: 1,
        };
        let plan = EpochPlan {
            epoch: 1,
            pipeline: "p".into(),
            parts: Vec::new(),
            supersedes: None,
            tables: Some(Vec::new()),
        };
        let reason = file.open(&options).err().unwrap().message;
        let mut anew = Anew::new(vec![(file, part)], &options, &Arc::default(), plan);
        let error = anew.next().unwrap().unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), reason);
        assert!(anew.next().is_none());
    }
}
