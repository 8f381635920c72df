//! The whole path, put together from the hops: here, and only here, all of them are known.
//!
//! ```text
//! source -> decode -> segment -> tag -> tabulate -> aggregate -> sink
//! feed.rs   \______ annotator.rs ______/            run.rs
//! ```
//!
//! [`survey`] and [`study`] go as far as `decode`, looking for new words. [`Annotator`] is the path without files, channels and threads: records in, rows out. [`run`] is the path with all of
//! them. [`verify`] goes it backwards, from rows to bytes. [`evaluate`] compares what it finds with what is there.
//! [`draft`] makes the beginning of a taxonomy of what a run has written.

mod annotator;
mod cases;
mod discover;
mod draft;
mod evaluate;
mod feed;
mod filling;
mod known;
mod remembered;
mod report;
mod run;
mod samples;
mod stored;
mod update;
mod verify;
mod vocabulary;

pub use annotator::Annotator;
pub use cases::{CaseResult, test_cases};
pub use discover::{study, survey};
pub use draft::{DraftOptions, draft};
pub use evaluate::{
    EvaluationReport, TagReport, WordReport, evaluate, evaluate_tags, evaluate_words,
};
pub use report::{Check, Control, RunReport, VerifyReport};
pub use run::{read_one, run, total_bytes};
pub use update::{UpdatePreview, preview_update};
pub use verify::verify;
