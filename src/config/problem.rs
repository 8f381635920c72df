//! What can be wrong with a pipeline, each fault with its place and its remedy.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a pipeline file, or in a built-in pipeline.
    File {
        /// The file's path, or the built-in pipeline's name.
        path: Arc<str>,
        /// Its text, so that a fault can be shown in its line.
        text: Arc<str>,
    },
    /// On the command line; the argument as given.
    Flag(Arc<str>),
}

impl Origin {
    /// The text that spans of this origin count in.
    pub fn text(&self) -> &str {
        match self {
            Self::File { text, .. } | Self::Flag(text) => text,
        }
    }

    /// Its name in messages.
    pub fn name(&self) -> &str {
        match self {
            Self::File { path, .. } => path,
            Self::Flag(_) => "command line",
        }
    }
}

/// A place: an origin, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) origin: Origin,
    pub(super) span: Option<Range<usize>>,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where: bytes of the origin's text.
    pub span: Option<Range<usize>>,
    /// Which text.
    pub origin: Origin,
}

impl Problem {
    /// A fault at a place.
    pub(super) fn at(site: &Site, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            span: site.span.clone(),
            origin: site.origin.clone(),
        }
    }

    /// The same with a remedy.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line and column of its beginning, both from 1; `None` where it has no span.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        let before = self.origin.text().get(..self.span.as_ref()?.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..)?.chars().count();
        Some((before.matches('\n').count() + 1, column + 1))
    }

    /// Faults of the file in the order of the text; after them those of flags as they were found.
    fn rank(&self) -> (bool, usize) {
        match self.origin {
            Origin::File { .. } => (false, self.span.as_ref().map_or(0, |span| span.start)),
            Origin::Flag(_) => (true, 0),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.origin, self.line_and_column()) {
            (Origin::File { path, .. }, Some((line, column))) => {
                write!(f, "{path}:{line}:{column}: ")?;
            }
            (Origin::File { path, .. }, None) => write!(f, "{path}: ")?,
            (Origin::Flag(flag), _) => write!(f, "`{flag}` on the command line: ")?,
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// A pipeline that can't be run, with all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// At least one, in the order of the text.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    /// The problems in the order of the text; `Ok` when there are none.
    pub(super) fn check(mut problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by_key(Problem::rank);
        Err(Self { problems })
    }
}

impl From<Problem> for ConfigError {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
