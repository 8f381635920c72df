//! A run: the feed, the hops on their threads, the sink.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::annotator::Annotator;
use super::feed::{EpochLimits, Feed, FeedFigures, FeedPlan};
use super::remembered::remember;
use super::report::{Control, RunReport};
use super::samples;
use super::update::Updater;
use super::vocabulary::Vocabulary;
use crate::Error;
use crate::config::PipelineSpec;
use crate::flow::{self, Flow, HopReport, Meters, Reading};
use crate::io::sink::{Committed, Identity, Output, Progress, Resume, Sink};
use crate::io::source::{self, Listed, Listing, SourceFile};
use crate::lexicon::Taxonomy;
use crate::record::{Hop, Record, hex};
use crate::stage::aggregate::{Aggregate, HopFigure};
use crate::stage::decode::{OcrSuspects, QualityOptions};
use crate::stage::tabulate::Tabulate;
use crate::table::TableId;

/// The folder of an output that holds what is not a table.
const PRIVATE: &str = "_cihe";
/// The folder in there for what standard input said.
pub(super) const SPOOL: &str = "spool";

/// Enough of a hash to tell pipelines apart, and few enough for an eye to compare.
const FINGERPRINT_BYTES: usize = 8;

/// Reads all inputs of `spec` that earlier runs have not finished, and writes their tables.
///
/// # Errors
///
/// Inputs that do not exist, an output that is another's or was written by another pipeline, a disk that is full, a
/// hop that panicked. What was committed before stays; the same call goes on from there.
pub fn run(spec: &PipelineSpec, control: &Control) -> Result<RunReport, Error> {
    let start = Instant::now();
    let inputs = inputs(spec);
    // A misspelt input is told before anything is made. What has to be put into the output first is listed once that is
    // ours.
    let early = if is_outside(spec, &inputs) {
        Some(list(&inputs, spec)?)
    } else {
        None
    };
    let vocabulary = Vocabulary::load(spec)?;
    let identity = identity_of(spec, &vocabulary)?;
    let annotator = Annotator::with(spec, vocabulary)?;
    let (mut sink, mut resume) = Output::open(&spec.output, &identity, &spec.sink)?;
    clear_scratch(&private(&spec.output).join(SPOOL));
    if spec.inputs.is_empty() {
        samples::unpack(&samples_folder(spec))?;
    }
    if let Some(second) = control.on_second_interrupt {
        let stop = control.stop.clone();
        flow::signals::on_interrupt(move || stop.request(), second)
            .map_err(|source| Error::io("signal handlers", source))?;
    }
    let figures = Arc::new(FeedFigures::default());
    let mut tally = Tally::default();
    if let Some(completed) = &resume.completed {
        tally.recovered = true;
        tally.add(completed);
    }
    if let Some(update) = resume.update.take() {
        let updater = Updater {
            spec,
            control,
            annotator: &annotator,
            pipeline: &identity.fingerprint,
            resume: &resume,
        };
        let outcome = updater.run(&update, sink)?;
        outcome.commits.iter().for_each(|one| tally.add(one));
        if outcome.interrupted {
            figures.unread.store(1, Ordering::Relaxed);
            return Ok(tally.report(&figures, &control.meters, start.elapsed()));
        }
        // One progress of all sources is enough in memory.
        drop((update, resume));
        (sink, resume) = Output::open(&spec.output, &identity, &spec.sink)?;
    }
    let pipeline = identity.fingerprint.clone();
    // It holds all words and concepts, which nobody asks for from here on.
    drop(identity);
    let listing = match early {
        Some(listing) => listing,
        None => list(&inputs, spec)?,
    };
    let aggregate = aggregate(spec, control, &resume)?;
    let feed = feed(spec, control, listing, resume, pipeline, &figures);
    drive(spec, control, &annotator, feed, aggregate, sink, &mut tally)?;
    Ok(tally.report(&figures, &control.meters, start.elapsed()))
}

/// The flow itself.
fn drive(
    spec: &PipelineSpec,
    control: &Control,
    annotator: &Annotator,
    feed: Feed,
    aggregate: Aggregate,
    sink: Sink,
    tally: &mut Tally,
) -> Result<(), Error> {
    let tabulate =
        Tabulate::new(&spec.sink.tables, &spec.aggregate).with_taxonomy(annotator.taxonomy.clone());
    let sink = Arc::new(Mutex::new((sink, Vec::new())));
    let last = Arc::clone(&sink);
    Flow::source(&spec.flow, Arc::clone(&control.meters), feed)
        .map(Arc::clone(&annotator.decode))
        .map(Arc::clone(&annotator.segment))
        .map(Arc::clone(&annotator.tag))
        .map(Arc::new(tabulate))
        .fold(aggregate)
        .run(move |batch| {
            let (sink, commits) = &mut *held(&last);
            commits.extend(sink.write(batch)?);
            Ok(())
        })?;
    let (sink, commits) = &mut *held(&sink);
    commits.extend(sink.settle()?);
    for committed in &*commits {
        tally.add(committed);
    }
    Ok(())
}

/// The lock's value; a panic of who held it has ended the run already.
pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The inputs of a pipeline; the shipped sample corpus where it names none.
fn inputs(spec: &PipelineSpec) -> Vec<String> {
    if spec.inputs.is_empty() {
        return vec![samples_folder(spec).to_string_lossy().into_owned()];
    }
    spec.inputs.clone()
}

/// Where the samples are unpacked.
fn samples_folder(spec: &PipelineSpec) -> PathBuf {
    private(&spec.output).join("samples")
}

/// Whether all inputs are there before the output is opened: neither the samples nor standard input are.
fn is_outside(spec: &PipelineSpec, inputs: &[String]) -> bool {
    !spec.inputs.is_empty() && inputs.iter().all(|input| input != "-")
}

/// Removes what a killed run had unpacked for itself.
fn clear_scratch(spool: &Path) {
    let entries = fs::read_dir(spool).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.extension().is_some_and(|ending| ending == "part")
            && let Err(error) = fs::remove_file(&path)
        {
            tracing::warn!(path = %path.display(), %error, "a scratch file is left");
        }
    }
}

/// What earlier runs kept of their standard input and did not read to its end, by name.
fn left_over(spec: &PipelineSpec, progress: &Progress) -> VecDeque<SourceFile> {
    let spool = private(&spec.output).join(SPOOL);
    let entries = fs::read_dir(&spool).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    let files = names
        .iter()
        .filter_map(|name| source::spooled(name, &spool, &spec.source));
    files
        .filter(|file| {
            progress
                .of(&file.name)
                .is_none_or(|known| known.status.is_none())
        })
        .collect()
}

fn list(inputs: &[String], spec: &PipelineSpec) -> Result<Listing, Error> {
    Ok(source::list(
        inputs,
        &spec.output.join(PRIVATE).join(SPOOL),
        &spec.source,
    )?)
}

/// What makes an output this pipeline's: its rows depend on the plan and on the words of its lexicons.
pub(super) fn identity_of(spec: &PipelineSpec, vocabulary: &Vocabulary) -> Result<Identity, Error> {
    let inputs = inputs(spec);
    let mut plan = spec.plan();
    let output = absolute(&spec.output.to_string_lossy())?;
    // What lies in the output moves with it.
    let findable = |input: &String| -> Result<String, Error> {
        let input = absolute(input)?;
        let below = Path::new(&input).strip_prefix(&output);
        Ok(below.map_or(input.clone(), |below| below.to_string_lossy().into_owned()))
    };
    let inputs: Vec<String> = inputs.iter().map(findable).collect::<Result<_, _>>()?;
    plan["run"]["input"] = inputs.clone().into();
    Ok(Identity {
        pipeline: spec.name.clone(),
        fingerprint: fingerprint(spec, vocabulary),
        description: plan.to_string(),
        options: json!({"pipeline": spec.deciding(), "version": env!("CARGO_PKG_VERSION")}),
        vocabulary: vocabulary.to_bytes(),
        words: vocabulary.lexicon.fingerprint().to_owned(),
        bound_by: bound_by(spec),
        inputs,
        on_change: spec.on_config_change,
    })
}

/// The key by which a text, or whether there is one, depends on the words of lexicons: a user's words are never taken for read wrongly.
fn bound_by(spec: &PipelineSpec) -> Option<&'static str> {
    let most = spec.decode.quality.max_suspects_per_thousand;
    match spec.decode.ocr_suspects {
        OcrSuspects::Apply => Some("decode.ocr-suspects = \"apply\""),
        OcrSuspects::Report if most < QualityOptions::default().max_suspects_per_thousand => {
            Some("decode.quality.max-suspects-per-thousand")
        }
        OcrSuspects::Report | OcrSuspects::Off => None,
    }
}

/// What decides about rows: the plan, the words of the lexicons and the taxonomies.
fn fingerprint(spec: &PipelineSpec, vocabulary: &Vocabulary) -> String {
    let mut hash = Sha256::new();
    hash.update(spec.fingerprint());
    hash.update(vocabulary.lexicon.fingerprint());
    hash.update(
        vocabulary
            .taxonomy
            .as_ref()
            .map_or("", Taxonomy::fingerprint),
    );
    // Another version may cut, tag or write otherwise.
    hash.update(env!("CARGO_PKG_VERSION"));
    let digest = hash.finalize();
    hex(digest.get(..FINGERPRINT_BYTES).unwrap_or(&digest))
}

/// An input as `verify` finds it again from any folder.
fn absolute(input: &str) -> Result<String, Error> {
    if input == "-" {
        return Ok(input.to_owned());
    }
    let path = std::path::absolute(input).map_err(|source| Error::io(input, source))?;
    Ok(path.to_string_lossy().into_owned())
}

fn aggregate(spec: &PipelineSpec, control: &Control, resume: &Resume) -> Result<Aggregate, Error> {
    let mut meters = MeterDeltas::new(Arc::clone(&control.meters));
    // What an update did before is not of the first epoch.
    meters.take();
    let hop_figures = Box::new(move || meters.take());
    let mut aggregate = Aggregate::new(&spec.aggregate, &spec.sink.tables, Some(hop_figures))
        .resume(resume.progress.unfinished());
    remember(&mut aggregate, &spec.aggregate, resume)?;
    Ok(aggregate)
}

fn feed(
    spec: &PipelineSpec,
    control: &Control,
    listing: Listing,
    resume: Resume,
    pipeline: String,
    figures: &Arc<FeedFigures>,
) -> Feed {
    Feed::new(FeedPlan {
        listing,
        left_over: left_over(spec, &resume.progress),
        options: spec.source.clone(),
        limits: EpochLimits {
            bytes: spec.epoch_bytes,
            time: Duration::from_secs(spec.epoch_seconds),
        },
        pipeline,
        next_epoch: resume.next_epoch,
        progress: resume.progress,
        stop: control.stop.clone(),
        figures: Arc::clone(figures),
    })
}

/// What the meters have counted since they were last asked: each epoch's share.
struct MeterDeltas {
    meters: Arc<Meters>,
    told: HashMap<(Hop, &'static str), u64>,
}

impl MeterDeltas {
    fn new(meters: Arc<Meters>) -> Self {
        Self {
            meters,
            told: HashMap::new(),
        }
    }

    fn take(&mut self) -> Vec<HopFigure> {
        let mut figures = Vec::new();
        for HopReport { hop, reading } in flow::report(&self.meters) {
            for (metric, now) in figures_of(&reading) {
                let told = self.told.entry((hop, metric)).or_default();
                let count = i64::try_from(now.saturating_sub(*told)).unwrap_or(i64::MAX);
                *told = now;
                figures.push(HopFigure { hop, metric, count });
            }
        }
        figures
    }
}

/// The figures of a hop that can be summed over epochs; times in microseconds.
fn figures_of(reading: &Reading) -> [(&'static str, u64); 7] {
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    [
        ("items", reading.items),
        ("batches", reading.batches),
        ("bytes", reading.bytes),
        ("busy-us", micros(reading.busy)),
        ("waiting-us", micros(reading.waiting)),
        ("blocked-us", micros(reading.blocked)),
        // The most there ever was grows over a run, and its growth sums up to it; over several runs, to the sum of theirs.
        ("depth-max", reading.depth_max),
    ]
}

/// Sums up what was committed.
#[derive(Default)]
struct Tally {
    rows: HashMap<TableId, u64>,
    /// Documents that were annotated anew.
    updated: u64,
    epochs: u64,
    recovered: bool,
}

impl Tally {
    /// Rows of documents that were there before do not count as new ones; what was turned away does.
    fn add(&mut self, committed: &Committed) {
        self.epochs += 1;
        for (table, rows) in &committed.rows {
            match table {
                TableId::Documents if committed.is_update => self.updated += rows,
                TableId::Rejects => *self.rows.entry(*table).or_default() += rows,
                _ if committed.is_update => {}
                _ => *self.rows.entry(*table).or_default() += rows,
            }
        }
    }

    fn report(self, figures: &FeedFigures, meters: &Meters, elapsed: Duration) -> RunReport {
        let rows = |table| self.rows.get(&table).copied().unwrap_or_default();
        let fed = |figure: &std::sync::atomic::AtomicU64| figure.load(Ordering::Relaxed);
        RunReport {
            sources: fed(&figures.sources),
            skipped_sources: fed(&figures.skipped),
            records: fed(&figures.records),
            documents: rows(TableId::Documents),
            updated: self.updated,
            rejects: rows(TableId::Rejects),
            sentences: rows(TableId::Sentences),
            tokens: rows(TableId::Tokens),
            entities: rows(TableId::Entities),
            bytes: fed(&figures.bytes),
            epochs: self.epochs,
            recovered: self.recovered,
            interrupted: fed(&figures.unread) > 0,
            elapsed,
            hops: flow::report(meters),
        }
    }
}

/// Bytes of all inputs as stored, for a progress bar; `None` where that can't be known before reading.
///
/// # Errors
///
/// As [`run`] for its inputs.
pub fn total_bytes(spec: &PipelineSpec) -> Option<u64> {
    if spec.inputs.is_empty() || spec.inputs.iter().any(|input| input == "-") {
        return None;
    }
    let listing = list(&spec.inputs, spec).ok()?;
    Some(listing.map(|listed| listed.size()).sum())
}

/// Record `record` of the file at `path`, as a run would read it.
///
/// # Errors
///
/// The file can't be read, or has no such record, or the record is a reject; the message says which.
pub fn read_one(path: &str, record: i64, spec: &PipelineSpec) -> Result<Record, Error> {
    let spool = std::env::temp_dir().join("cihe-inspect");
    let mut listing = source::list(&[path.to_owned()], &spool, &spec.source)?;
    let file = match listing.next() {
        Some(Listed::File(file)) => file,
        Some(Listed::Refused(refused)) => return Err(Error::Refused(Box::new(refused.reject))),
        None => {
            return Err(Error::NoRecord {
                path: path.into(),
                record,
            });
        }
    };
    let mut reader = file
        .open(&spec.source)
        .map_err(|reject| Error::Refused(Box::new(reject)))?;
    reader.skip_to(record);
    match reader.next() {
        Some(Ok(found)) => Ok(found),
        Some(Err(reject)) => Err(Error::Refused(Box::new(reject))),
        None => Err(Error::NoRecord {
            path: path.into(),
            record,
        }),
    }
}

/// The folder beside the tables.
pub(super) fn private(output: &Path) -> std::path::PathBuf {
    output.join(PRIVATE)
}
