//! A pipeline as meant: every value is there, and all of them fit together.

use std::path::PathBuf;

use crate::flow::FlowOptions;
use crate::io::sink::{OnConfigChange, SinkOptions};
use crate::io::source::SourceOptions;
use crate::stage::aggregate::AggregateOptions;
use crate::stage::decode::DecodeOptions;
use crate::stage::segment::SegmentOptions;
use crate::stage::tag::{ContextOptions, TagOptions};

use super::case::Case;

/// Bytes of input that are committed together, at most.
pub(super) const EPOCH_BYTES: u64 = 32 << 20;
/// Seconds after which an epoch is committed, however small it is.
pub(super) const EPOCH_SECONDS: u64 = 300;
/// Where tables are written.
pub(super) const OUTPUT: &str = "out";

/// A pipeline that can be run.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineSpec {
    /// Its name, which the tables' commits carry.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Files, folders and globs to read; relative ones start where cihe is started. None means the sample corpus.
    pub inputs: Vec<String>,
    /// The folder of the tables.
    pub output: PathBuf,
    /// Workers and memory.
    pub flow: FlowOptions,
    /// Bytes of input committed together, at most.
    pub epoch_bytes: u64,
    /// Seconds after which an epoch is committed.
    pub epoch_seconds: u64,
    /// What a changed pipeline does over old output.
    pub on_config_change: OnConfigChange,
    /// The source.
    pub source: SourceOptions,
    /// What is known of all documents.
    pub context: ContextOptions,
    /// The `decode` hop.
    pub decode: DecodeOptions,
    /// The `segment` hop. Lexicon paths are resolved: they can be opened as they are.
    pub segment: SegmentOptions,
    /// The `tag` hop.
    pub tag: TagOptions,
    /// The `aggregate` hop.
    pub aggregate: AggregateOptions,
    /// The sink. Its tables are in the order of [`TableId::ALL`](crate::table::TableId::ALL), the ledgers among them.
    pub sink: SinkOptions,
    /// Its own test cases.
    pub cases: Vec<Case>,
}
