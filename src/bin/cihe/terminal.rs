//! What stands around a command: standard output and error, colours, log lines.

use std::env;
use std::io::{self, IsTerminal, Write};

use indicatif::MultiProgress;
use tracing_subscriber::EnvFilter;

use crate::options::{Global, LogFormat};
use crate::paint::Paint;

/// The terminal, or what stands in for one.
#[derive(Debug)]
pub(crate) struct Terminal {
    /// Colours on standard output.
    pub(crate) paint: Paint,
    /// Colours on standard error.
    pub(crate) error_paint: Paint,
    /// Bars are drawn here; log lines go past them.
    pub(crate) bars: MultiProgress,
    /// How log lines look.
    pub(crate) log_format: LogFormat,
    /// Whether nothing but errors is wanted.
    pub(crate) quiet: bool,
    /// Whether a person watches standard error.
    pub(crate) watched: bool,
}

impl Terminal {
    /// Looks around, and sends log lines to standard error from now on.
    pub(crate) fn new(global: Global) -> Self {
        let wants_colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let watched = io::stderr().is_terminal();
        let bars = MultiProgress::new();
        let terminal = Self {
            paint: Paint {
                on: wants_colour && io::stdout().is_terminal(),
            },
            error_paint: Paint {
                on: wants_colour && watched,
            },
            bars,
            log_format: global.log_format,
            quiet: global.quiet,
            watched,
        };
        terminal.send_log_lines(global);
        terminal
    }

    /// Whether a progress bar makes sense.
    pub(crate) fn shows_bar(&self) -> bool {
        self.watched && !self.quiet && self.log_format == LogFormat::Text
    }

    fn send_log_lines(&self, global: Global) {
        let level = match (global.quiet, global.verbose) {
            (true, _) => "error",
            (_, 0) => "warn,cihe=info",
            (_, 1) => "info,cihe=debug",
            _ => "trace",
        };
        let bars = self.bars.clone();
        let lines = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(level))
            .with_ansi(self.error_paint.on)
            .with_writer(move || Beside(bars.clone()));
        let sent = match global.log_format {
            LogFormat::Text => lines.with_target(false).try_init(),
            LogFormat::Json => lines.json().flatten_event(true).try_init(),
        };
        sent.expect("log lines are sent once, before any command");
    }
}

/// Standard error, with the bars taken away while a line is written.
#[derive(Debug)]
struct Beside(MultiProgress);

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().lock().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}
