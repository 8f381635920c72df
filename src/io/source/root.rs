//! The inputs as given, each made into a place to list from, with all that can be checked before reading.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::SourceOptions;
use super::error::{SourceError, SourceProblem};
use super::{name, spool, walk};

/// An input.
#[derive(Debug)]
pub(super) struct Root {
    /// As given.
    pub(super) input: String,
    /// The file or folder; a pattern's folder.
    pub(super) path: PathBuf,
    /// The same without links, to tell whether two inputs meet.
    pub(super) real: PathBuf,
    pub(super) kind: RootKind,
}

#[derive(Debug)]
pub(super) enum RootKind {
    File,
    Folder,
    Pattern(GlobMatcher),
}

/// Resolves the inputs.
pub(super) fn resolve(
    inputs: &[String],
    stdin: impl Read,
    folder: &Path,
    options: &SourceOptions,
) -> Result<Vec<Root>, SourceError> {
    let mut problems = Vec::new();
    let mut roots: Vec<Root> = Vec::new();
    let mut stdin = Some(stdin);
    for input in inputs {
        let found = if input == "-" {
            match stdin.take() {
                Some(stdin) => of_stdin(stdin, folder, options),
                None => Err(SourceProblem::Overlap {
                    first: input.clone(),
                    second: input.clone(),
                }),
            }
        } else {
            of_path(input)
        };
        match found {
            Ok(root) => roots.push(root),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(meetings(&roots));
    SourceError::check(problems)?;
    Ok(roots)
}

fn of_stdin(
    stdin: impl Read,
    folder: &Path,
    options: &SourceOptions,
) -> Result<Root, SourceProblem> {
    let failed = |source| SourceProblem::Spool {
        folder: folder.display().to_string(),
        source,
    };
    let path = spool::keep(stdin, folder, options).map_err(failed)?;
    let real = fs::canonicalize(&path).map_err(failed)?;
    Ok(Root {
        input: "-".to_owned(),
        path,
        real,
        kind: RootKind::File,
    })
}

fn of_path(input: &str) -> Result<Root, SourceProblem> {
    let path = PathBuf::from(input);
    let unreadable = |source| SourceProblem::Unreadable {
        input: input.to_owned(),
        source,
    };
    // An input that the user names is followed, link or not; links below it are not.
    match fs::metadata(&path) {
        Ok(metadata) => Ok(Root {
            input: input.to_owned(),
            real: fs::canonicalize(&path).map_err(unreadable)?,
            path,
            kind: if metadata.is_dir() {
                RootKind::Folder
            } else {
                RootKind::File
            },
        }),
        Err(_) if input.contains("://") => Err(SourceProblem::Remote {
            input: input.to_owned(),
        }),
        Err(_) if name::is_pattern(input) => of_pattern(input),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(SourceProblem::Missing {
            input: input.to_owned(),
        }),
        Err(error) => Err(unreadable(error)),
    }
}

fn of_pattern(input: &str) -> Result<Root, SourceProblem> {
    let (path, pattern) = name::split_pattern(input);
    let matcher = GlobBuilder::new(&pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| SourceProblem::BadPattern {
            input: input.to_owned(),
            reason: error.kind().to_string(),
        })?
        .compile_matcher();
    let no_match = || SourceProblem::NoMatch {
        input: input.to_owned(),
    };
    let root = Root {
        input: input.to_owned(),
        real: fs::canonicalize(&path).map_err(|_| no_match())?,
        path,
        kind: RootKind::Pattern(matcher),
    };
    if walk::Walk::new(&root).next().is_none() {
        return Err(no_match());
    }
    Ok(root)
}

/// Inputs that cannot stand together. Patterns are compared file by file, while listing.
fn meetings(roots: &[Root]) -> Vec<SourceProblem> {
    let mut folders: HashMap<&Path, &Root> = HashMap::new();
    for root in roots {
        if matches!(root.kind, RootKind::Folder) {
            folders.entry(&root.real).or_insert(root);
        }
    }
    let mut files: HashMap<&Path, &Root> = HashMap::new();
    let mut names: HashMap<&OsStr, &Root> = HashMap::new();
    let mut problems = Vec::new();
    for root in roots {
        let overlap = |first: &Root| SourceProblem::Overlap {
            first: first.input.clone(),
            second: root.input.clone(),
        };
        let is_first = |folder: &&Root| std::ptr::eq(*folder, root);
        let from = match folders.get(root.real.as_path()) {
            Some(folder) if is_first(folder) => root.real.parent(),
            _ => Some(root.real.as_path()),
        };
        let outer = from.and_then(|from| from.ancestors().find_map(|part| folders.get(part)));
        if let Some(outer) = outer {
            problems.push(overlap(outer));
            continue;
        }
        if !matches!(root.kind, RootKind::File) {
            continue;
        }
        let name = root.path.file_name().unwrap_or(root.path.as_os_str());
        if let Some(first) = files.insert(&root.real, root) {
            problems.push(overlap(first));
        } else if let Some(first) = names.insert(name, root) {
            problems.push(SourceProblem::SameName {
                first: first.input.clone(),
                second: root.input.clone(),
                name: name::of_path(Path::new(name)),
            });
        }
    }
    problems
}
