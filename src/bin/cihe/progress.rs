//! How far a run has come: a bar where a person watches, log lines elsewhere.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use cihe::config::PipelineSpec;
use cihe::flow::{Meters, Stop};
use cihe::pipeline::{self, Control};
use cihe::record::Hop;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::terminal::Terminal;

/// Between two looks at the meters for the bar: what an eye takes for smooth.
const BAR_PERIOD: Duration = Duration::from_millis(100);
/// Between two log lines: often enough to see a stall, rare enough to keep a night's log short.
const LOG_PERIOD: Duration = Duration::from_secs(5);
const KNOWN: &str = "{spinner} {bytes} of {total_bytes} [{wide_bar:.cyan/dim}] {msg}  {eta} left";
const OPEN: &str = "{spinner} {bytes} in {elapsed}  {msg}";

/// A thread that watches the meters until it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    // Dropped first, which tells the thread to end.
    running: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts watching.
    pub(crate) fn start(spec: &PipelineSpec, control: &Control, terminal: &Terminal) -> Self {
        Self::start_at(Hop::Segment, spec, control, terminal)
    }

    /// The same, where documents are counted as they come to another hop.
    pub(crate) fn start_at(
        hop: Hop,
        spec: &PipelineSpec,
        control: &Control,
        terminal: &Terminal,
    ) -> Self {
        let (running, ended) = sync_channel::<()>(0);
        let watch = Watch {
            documents: hop,
            meters: Arc::clone(&control.meters),
            stop: control.stop.clone(),
            start: Instant::now(),
        };
        let bar = terminal.shows_bar().then(|| {
            let bar = ProgressBar::no_length().with_style(style(OPEN));
            terminal.bars.add(bar)
        });
        let period = if bar.is_some() {
            BAR_PERIOD
        } else {
            LOG_PERIOD
        };
        let spec = spec.clone();
        let thread = thread::spawn(move || {
            // Listing a large tree takes a while, so that it is done here and not before the run.
            let total = bar.as_ref().and_then(|_| pipeline::total_bytes(&spec));
            while ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
                match &bar {
                    Some(bar) => watch.draw(bar, total),
                    None => watch.log(),
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self {
            running: Some(running),
            thread: Some(thread),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.running.take());
        if let Some(thread) = self.thread.take() {
            // A bar that failed is no reason to fail a run that did not.
            drop(thread.join());
        }
    }
}

/// What the thread looks at.
struct Watch {
    /// The hop whose items are documents.
    documents: Hop,
    meters: Arc<Meters>,
    stop: Stop,
    start: Instant,
}

/// Figures of the moment.
struct Figures {
    bytes: u64,
    documents: u64,
    rejects: u64,
    per_second: u64,
}

impl Watch {
    fn figures(&self) -> Figures {
        let documents = self.meters.reading(self.documents).items;
        let millis = self.start.elapsed().as_millis().max(1);
        let per_second = u128::from(documents) * 1000 / millis;
        Figures {
            bytes: self.meters.reading(Hop::Source).bytes,
            documents,
            rejects: self
                .meters
                .hops()
                .map(|hop| self.meters.reading(hop).rejects)
                .sum(),
            per_second: u64::try_from(per_second).unwrap_or(u64::MAX),
        }
    }

    fn draw(&self, bar: &ProgressBar, total: Option<u64>) {
        let figures = self.figures();
        // Packed sources unpack to more than was listed; then there is no telling how much is left.
        let looking = self.meters.looking();
        // Nor of an update, which reads some records of old sources.
        match total.filter(|total| looking.is_none() && *total >= figures.bytes) {
            Some(total) if bar.length() != Some(total) => {
                bar.set_style(style(KNOWN));
                bar.set_length(total);
            }
            None if bar.length().is_some() => {
                bar.set_style(style(OPEN));
                bar.unset_length();
            }
            _ => {}
        }
        bar.set_position(figures.bytes);
        let ending = if self.stop.is_requested() {
            "  finishing the epoch; interrupt again to stop at once"
        } else {
            ""
        };
        let update =
            looking.map(|(done, all)| format!("annotating anew: {done} of {all} epochs, "));
        bar.set_message(format!(
            "{}{} docs, {}/s, {} rejects{ending}",
            update.unwrap_or_default(),
            HumanCount(figures.documents),
            HumanCount(figures.per_second),
            HumanCount(figures.rejects),
        ));
        bar.tick();
    }

    fn log(&self) {
        let figures = self.figures();
        if let Some((done, all)) = self.meters.looking() {
            tracing::info!(epochs = done, of = all, "annotating anew");
        }
        tracing::info!(
            bytes = figures.bytes,
            documents = figures.documents,
            documents_per_second = figures.per_second,
            rejects = figures.rejects,
            stopping = self.stop.is_requested(),
            "running"
        );
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .expect("the templates are constant")
        .progress_chars("━╸─")
}
