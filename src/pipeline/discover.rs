//! Looking for new words: texts are decoded as in a run, read twice, and nothing is written.
//!
//! ```text
//! source -> decode -> Survey        first reading
//! source -> decode -> Study         second reading
//! ```

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Control;
use super::filling::Filling;
use crate::Error;
use crate::config::PipelineSpec;
use crate::flow::Flow;
use crate::io::source::{self, Listed, Listing, Reader, SourceOptions};
use crate::lexicon::{Study, Survey};
use crate::record::{Batch, Document, Record, Reject};
use crate::stage::FoldError;
use crate::stage::decode::Decode;

/// The first reading of the inputs of `spec`. Answers how many records were turned away, too.
///
/// # Errors
///
/// Inputs that do not exist, options that can't be used, a hop that panicked.
pub fn survey(spec: &PipelineSpec, control: &Control) -> Result<(Survey, u64), Error> {
    read(spec, control, Survey::default(), |survey, text| {
        survey.read(text);
    })
}

/// The second reading: what may be words that stand there `least` times.
///
/// # Errors
///
/// As for [`survey`].
pub fn study(
    spec: &PipelineSpec,
    control: &Control,
    survey: Survey,
    least: u32,
) -> Result<(Study, u64), Error> {
    read(spec, control, survey.study(least), |study, text| {
        study.read(text);
    })
}

/// Hands the simplified view of each sentence to `take`.
fn read<T: Send + 'static>(
    spec: &PipelineSpec,
    control: &Control,
    reader: T,
    take: fn(&mut T, &str),
) -> Result<(T, u64), Error> {
    let spool = PathBuf::new();
    let batches = Batches {
        listing: source::list(&spec.inputs, &spool, &spec.source)?,
        options: spec.source.clone(),
        open: None,
        sequence: 0,
        ended: false,
    };
    let shared = Arc::new(Mutex::new(Some((reader, 0))));
    let state = Arc::clone(&shared);
    Flow::source(&spec.flow, Arc::clone(&control.meters), batches)
        .map(Arc::new(Decode::new(&spec.decode)?))
        .run(move |batch: Batch<Document>| {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((reader, rejects)) = state.as_mut() {
                *rejects += batch.rejects.len() as u64;
                for document in &batch.items {
                    let view = document.view();
                    for sentence in &document.sentences {
                        take(reader, sentence.span.of(view));
                    }
                }
            }
            Ok(())
        })?;
    let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(state.take().expect("it is taken once, here"))
}

/// Records of all sources, in batches of one epoch that never closes.
struct Batches {
    listing: Listing,
    options: SourceOptions,
    open: Option<Reader>,
    sequence: u64,
    ended: bool,
}

impl Batches {
    fn step(&mut self) -> Option<Result<Record, Reject>> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.open = None;
            match self.listing.next()? {
                Listed::File(file) => match file.open(&self.options) {
                    Ok(reader) => self.open = Some(reader),
                    Err(reject) => return Some(Err(reject)),
                },
                Listed::Refused(refused) => return Some(Err(refused.reject)),
            }
        }
    }
}

impl Iterator for Batches {
    type Item = Result<Batch<Record>, FoldError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut batch = Filling::new(self.sequence, 0);
        while !batch.is_full() && !self.ended {
            match self.step() {
                Some(item) => batch.put(item),
                None => self.ended = true,
            }
        }
        self.sequence += 1;
        Some(Ok(batch.finish()))
    }
}
