//! Failures for human eyes: what, where, why, and what to do.

use std::error::Error as StdError;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::path::PathBuf;

use cihe::config::{ConfigError, Problem};
use cihe::io::sink::SinkError;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
};

use crate::options::LogFormat;
use crate::terminal::Terminal;

/// Columns of an error report: about what people read without losing the line.
const WIDTH: usize = 100;

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library says so.
    Cihe(cihe::Error),
    /// Standard output.
    Output(io::Error),
    /// A file that a command writes itself.
    File(PathBuf, io::Error),
    /// What was asked for does not exist.
    Unknown(String),
}

impl From<cihe::Error> for Failure {
    fn from(error: cihe::Error) -> Self {
        Self::Cihe(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Cihe(cihe::Error::Config(error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Whether the reader of standard output has left, which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Shows it on standard error. When even that fails there is nobody left to tell.
    pub(crate) fn show(&self, terminal: &Terminal) {
        if terminal.log_format == LogFormat::Json {
            self.log();
            return;
        }
        let text = self.rendered(terminal.error_paint.on);
        drop(io::stderr().lock().write_all(text.as_bytes()));
    }

    fn log(&self) {
        if let Self::Cihe(cihe::Error::Config(error)) = self {
            for problem in &error.problems {
                tracing::error!("{problem}");
            }
        } else {
            tracing::error!(causes = causes(self).join(": "), "{self}");
        }
    }

    fn rendered(&self, colour: bool) -> String {
        let Self::Cihe(cihe::Error::Config(error)) = self else {
            return render(&Plain(self), colour);
        };
        let text: String = error
            .problems
            .iter()
            .map(|problem| render(&InPlace::new(problem), colour))
            .collect();
        let count = error.problems.len();
        let noun = if count == 1 { "problem" } else { "problems" };
        text + &format!("{count} {noun} in the pipeline\n")
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cihe(error) => error.fmt(f),
            Self::Output(_) => f.write_str("cannot write to standard output"),
            Self::File(path, _) => write!(f, "cannot write `{}`", path.display()),
            Self::Unknown(what) => f.write_str(what),
        }
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Cihe(error) => error.source(),
            Self::Output(error) | Self::File(_, error) => Some(error),
            Self::Unknown(_) => None,
        }
    }
}

/// The causes of an error, nearest first.
fn causes(error: &dyn StdError) -> Vec<String> {
    std::iter::successors(error.source(), |&error| error.source())
        .map(ToString::to_string)
        .collect()
}

/// What the sink, or else the system's reason, calls for. Every layer's own message says the rest.
fn remedy(error: &Failure) -> Option<&'static str> {
    let first: &(dyn StdError + 'static) = error;
    let chain = || std::iter::successors(Some(first), |&error| error.source());
    let sink = match error {
        Failure::Cihe(cihe::Error::Sink(sink)) => Some(sink),
        _ => chain().find_map(|error| error.downcast_ref::<SinkError>()),
    };
    if let Some(help) = sink.and_then(SinkError::help) {
        return Some(help);
    }
    // Standard output is no folder of ours, and nothing goes on there.
    if matches!(error, Failure::Output(_)) {
        return None;
    }
    let kind = chain()
        .find_map(|error| error.downcast_ref::<io::Error>())?
        .kind();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("free some space and give the same command again: it goes on where it stopped")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Some("check who may read and write there, or name another folder with --output")
        }
        io::ErrorKind::NotFound => Some("check the path; relative ones start from where you are"),
        _ => None,
    }
}

fn render(diagnostic: &dyn Diagnostic, colour: bool) -> String {
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH)
        .render_report(&mut text, diagnostic)
        .expect("writing to a string can't fail");
    text
}

/// A failure without a place in a text.
#[derive(Debug)]
struct Plain<'f>(&'f Failure);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Plain<'_> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl Diagnostic for Plain<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        remedy(self.0).map(|remedy| Box::new(remedy) as Box<dyn Display>)
    }
}

/// A problem at its place in a pipeline.
#[derive(Debug)]
struct InPlace<'p> {
    problem: &'p Problem,
    source: NamedSource<String>,
}

impl<'p> InPlace<'p> {
    fn new(problem: &'p Problem) -> Self {
        let origin = &problem.origin;
        Self {
            problem,
            source: NamedSource::new(origin.name(), origin.text().to_owned()),
        }
    }
}

impl Display for InPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl StdError for InPlace<'_> {}

impl Diagnostic for InPlace<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let help = self.problem.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.problem.span.as_ref()?;
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.problem.span.clone()?;
        let label = LabeledSpan::new(None, span.start, span.len());
        Some(Box::new(std::iter::once(label)))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn failure(text: &str, flags: &[&str]) -> String {
        let flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        let error = cihe::config::parse("news.toml", text, &flags).unwrap_err();
        Failure::from(error).rendered(false)
    }

    #[test]
    fn a_problem_is_shown_in_its_line_with_its_remedy() {
        expect![[r"
              × unknown key `run.worker`
               ╭─[news.toml:3:1]
             2 │ [run]
             3 │ worker = 2 # 两个
               · ──────
               ╰────
              help: did you mean `workers`?
            1 problem in the pipeline
        "]]
        .assert_eq(&failure("name = '报纸'\n[run]\nworker = 2 # 两个\n", &[]));
    }

    #[test]
    fn a_problem_of_a_flag_is_shown_in_the_flag() {
        expect![[r#"
              × `run.memory` must be a size from 16MiB to 1TiB, in bytes or as "64MiB", not "tiny"
               ╭─[command line:1:12]
             1 │ run.memory=tiny
               ·            ────
               ╰────
              help: budget for what is in flight; resident memory follows it
            1 problem in the pipeline
        "#]]
        .assert_eq(&failure("", &["run.memory=tiny"]));
    }

    #[test]
    fn causes_and_remedy_are_shown() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let shown = Failure::File("schemas/tokens.json".into(), full).rendered(false);
        expect![[r"
            stderr:
              × cannot write `schemas/tokens.json`
              ╰─▶ no storage space
              help: free some space and give the same command again: it goes on where it stopped
        "]]
        .assert_eq(&format!("stderr:\n{shown}"));
    }

    #[test]
    fn a_reader_who_left_is_no_failure() {
        assert!(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).is_broken_pipe());
        let file = Failure::File("x".into(), io::ErrorKind::BrokenPipe.into());
        assert!(!file.is_broken_pipe());
    }
}
