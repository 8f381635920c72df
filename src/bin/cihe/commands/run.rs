//! `cihe run`: documents in, tables out.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process;

use cihe::config::{self, OnConfigChange, PipelineSpec};
use cihe::flow::{Meters, Stop};
use cihe::pipeline::{self, Control};
use clap::{Args, ValueEnum};

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::summary;
use crate::terminal::Terminal;

const LONG_ABOUT: &str = "\
Run a pipeline: read documents, write tables.

PIPELINE is the path of a TOML file or the name of a built-in one: default, tokens-only, full. Without --input (and \
without run.input in the file) the sample corpus is read.

The tables grow exactly once: after an interrupt, a crash or a full disk the same command goes on where the last commit \
was, and over a finished output it reads only what is new. One Ctrl-C finishes what is begun and commits it, a \
second stops at once; either way nothing is lost and nothing comes twice.";

const EXAMPLES: &str = "\
Examples:
  cihe run
  cihe run --input news/ --input 'web/*.jsonl.gz' --output tables
  cihe run tokens-only --input corpus.parquet --workers 8
  cihe run --input - < page.txt
  cihe run my.toml --set segment.lexicons='[\"names.tsv\"]' --set run.memory=1GiB
  cihe run my.toml --dry-run > resolved.toml
  cihe run my.toml --on-config-change update     after words.tsv or concepts.ttl has changed

";

/// Run a pipeline: read documents, write tables
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct RunArgs {
    /// TOML file, or the name of a built-in pipeline: default, tokens-only, full
    #[arg(default_value = "default")]
    pipeline: String,
    /// File, folder or glob to read, or - for standard input; may be given several times
    #[arg(short, long, value_name = "PATH|GLOB")]
    input: Vec<String>,
    /// Folder of the tables
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Set a key of the pipeline, such as run.memory=1GiB; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Workers of each hop; 0 means as many as there are cores
    #[arg(short, long, value_name = "N")]
    workers: Option<u16>,
    /// Print the resolved pipeline, every key with its value, as TOML; read no source and write nothing. With an update due, say how many
    /// documents of how many sources it would touch
    #[arg(long)]
    dry_run: bool,
    /// What to do where the output was written by another pipeline
    #[arg(long, value_enum, value_name = "WHAT")]
    on_config_change: Option<OnChange>,
}

/// What a changed pipeline does over old output.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OnChange {
    /// End before anything is written.
    Refuse,
    /// Go on with the new pipeline; old rows stay as they are.
    Continue,
    /// Where only lexicons and taxonomies have changed: annotate anew what contains a changed word or concept, then go on.
    Update,
}

/// Runs the pipeline.
pub(crate) fn run(args: RunArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let dry_run = args.dry_run;
    let spec = args.spec()?;
    if dry_run {
        print_plan(&spec)?;
        return preview(&spec);
    }
    let control = Control {
        meters: Meters::new(),
        stop: Stop::new(),
        on_second_interrupt: Some(stop_at_once),
    };
    let progress = Progress::start(&spec, &control, terminal);
    let outcome = pipeline::run(&spec, &control);
    drop(progress);
    let report = outcome?;
    if report.sources + report.skipped_sources + report.rejects == 0 && !report.interrupted {
        let inputs = spec.inputs.join(", ");
        tracing::warn!("no source found in {inputs}; hidden files and folders are skipped");
    }
    summary::show(&report, &spec, terminal);
    Ok(match (report.interrupted, report.rejects) {
        (true, _) => Exit::Interrupted,
        (false, 0) => Exit::Clean,
        (false, _) => Exit::Rejects,
    })
}

impl RunArgs {
    /// The pipeline with the flags laid over it: `--set` first, then the flags that have a name of their own.
    fn spec(mut self) -> Result<PipelineSpec, Failure> {
        if let Some(workers) = self.workers {
            self.set.push(format!("run.workers={workers}"));
        }
        let mut spec = config::load(&self.pipeline, &self.set)?;
        if !self.input.is_empty() {
            spec.inputs = self.input;
        }
        if let Some(output) = self.output {
            spec.output = output;
        }
        match self.on_config_change {
            Some(OnChange::Refuse) => spec.on_config_change = OnConfigChange::Refuse,
            Some(OnChange::Continue) => spec.on_config_change = OnConfigChange::Continue,
            Some(OnChange::Update) => spec.on_config_change = OnConfigChange::Update,
            None => {}
        }
        Ok(spec)
    }
}

fn print_plan(spec: &PipelineSpec) -> Result<(), Failure> {
    let plan = toml::to_string(&spec.plan()).expect("a plan is a pipeline, and a pipeline is TOML");
    let mut out = io::stdout().lock();
    out.write_all(plan.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Tells what an update would annotate anew, beside the plan and not in it.
fn preview(spec: &PipelineSpec) -> Result<Exit, Failure> {
    if spec.on_config_change == OnConfigChange::Update
        && let Some(update) = pipeline::preview_update(spec)?
    {
        tracing::info!(
            changes = update.changes,
            documents = update.documents,
            sources = update.sources,
            behind = update.behind,
            "would be annotated anew; whether sources are as they were is seen when they are read"
        );
    }
    Ok(Exit::Clean)
}

/// The second interrupt: the next run completes an epoch that some tables have, and reads again what none has.
fn stop_at_once() {
    process::exit(130);
}
