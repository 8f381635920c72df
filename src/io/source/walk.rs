//! The files below one input, in order.
//!
//! Names that begin with `.` are passed over, as `ls` does, and so are `_delta_log`, `_cihe` and every folder below the
//! input that holds a `_cihe`: that is an output of cihe, and reading it again would feed the tables on themselves.
//! A folder that a pattern matches stands for all that is in it, as it does in a shell.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, IntoIter, WalkDir};

use super::root::{Root, RootKind};
use crate::record::RejectCode;

/// Something below an input.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// The path below the input.
    pub(super) below: PathBuf,
    /// Why it cannot be a source.
    pub(super) refused: Option<(RejectCode, String)>,
}

/// Walks one input.
#[derive(Debug)]
pub(super) struct Walk {
    root: PathBuf,
    pattern: Option<globset::GlobMatcher>,
    /// An input that is a file is its own walk.
    file: Option<PathBuf>,
    entries: Option<IntoIter>,
}

impl Walk {
    pub(super) fn new(root: &Root) -> Self {
        let is_file = matches!(root.kind, RootKind::File);
        let entries = || WalkDir::new(&root.path).sort_by_file_name().into_iter();
        Self {
            root: root.path.clone(),
            pattern: match &root.kind {
                RootKind::Pattern(matcher) => Some(matcher.clone()),
                RootKind::File | RootKind::Folder => None,
            },
            file: is_file.then(|| root.path.clone()),
            entries: (!is_file).then(entries),
        }
    }

    fn found(&self, path: &Path, refused: Option<(RejectCode, String)>) -> Found {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        Found {
            path: path.to_owned(),
            below: below.to_owned(),
            refused,
        }
    }

    fn matches(&self, path: &Path) -> bool {
        let Some(pattern) = &self.pattern else {
            return true;
        };
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        below
            .ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .any(|part| pattern.is_match(part))
    }

    /// What an entry is; `None` for folders and what is passed over.
    fn visit(&mut self, entry: &DirEntry) -> Option<Found> {
        let path = entry.path();
        let kind = entry.file_type();
        if entry.depth() > 0 && is_passed_over(entry) {
            tracing::debug!(path = %path.display(), "passed over");
            if kind.is_dir()
                && let Some(entries) = &mut self.entries
            {
                entries.skip_current_dir();
            }
            return None;
        }
        if kind.is_dir() || entry.depth() == 0 || !self.matches(path) {
            return None;
        }
        let refused = if kind.is_symlink() {
            let message = "a symbolic link; links are not followed, give its target as an input";
            Some((RejectCode::Link, message.to_owned()))
        } else if kind.is_file() {
            None
        } else {
            Some((RejectCode::Special, SPECIAL.to_owned()))
        };
        Some(self.found(path, refused))
    }
}

/// Why devices, sockets and pipes are refused.
pub(super) const SPECIAL: &str = "not a regular file";

fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    if name.starts_with(b".") {
        return true;
    }
    entry.file_type().is_dir()
        && (name == b"_delta_log" || name == b"_cihe" || entry.path().join("_cihe").is_dir())
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(path) = self.file.take() {
            let below = PathBuf::from(path.file_name().unwrap_or(path.as_os_str()));
            let refused = (!path.is_file()).then(|| (RejectCode::Special, SPECIAL.to_owned()));
            return Some(Found {
                path,
                below,
                refused,
            });
        }
        loop {
            let found = match self.entries.as_mut()?.next()? {
                Ok(entry) => self.visit(&entry),
                Err(error) => {
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let reason = error
                        .into_io_error()
                        .map_or_else(|| "it cannot be listed".to_owned(), |e| e.to_string());
                    let message = format!("the folder cannot be read: {reason}");
                    Some(self.found(&path, Some((RejectCode::Unreadable, message))))
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }
}
