//! Sources found again by their names, without listing what lies beside them.
//!
//! A name is the path below its input ([`name`]), so that one look at the disk for each input is enough, however many files there are.
//! What is found may be another file than the one that had the name once: who asks compares size, time of change and content.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::SourceOptions;
use super::file::{SourceFile, spooled};
use super::format::Format;
use super::list::facts;
use super::name;
use super::root::{self, Root, RootKind};

/// Finds sources by name.
#[derive(Debug)]
pub struct Finder {
    roots: Vec<Root>,
    spool: Arc<Path>,
    options: SourceOptions,
}

impl Finder {
    /// Looks below `inputs`, of which some may be gone, and in `spool` for what standard input said.
    pub fn new(inputs: &[String], spool: &Path, options: &SourceOptions) -> Self {
        let mut roots = Vec::new();
        for input in inputs.iter().filter(|input| *input != "-") {
            let input = std::slice::from_ref(input);
            // Each by itself: inputs of several runs may overlap.
            match root::resolve(input, io::empty(), spool, options) {
                Ok(found) => roots.extend(found),
                Err(error) => tracing::warn!("{error}"),
            }
        }
        Self {
            roots,
            spool: Arc::from(spool),
            options: options.clone(),
        }
    }

    /// All files that have this name: several, where two inputs have one of the same name.
    pub fn find(&self, name: &str) -> Vec<SourceFile> {
        let mut found: Vec<SourceFile> = spooled(name, &self.spool, &self.options)
            .into_iter()
            .collect();
        for root in &self.roots {
            let paths = paths(root, name);
            found.extend(paths.into_iter().filter_map(|path| self.file(name, path)));
        }
        found
    }

    fn file(&self, name: &str, path: PathBuf) -> Option<SourceFile> {
        let metadata = std::fs::metadata(&path).ok()?;
        let format = Format::of(&path, &self.options).ok()?;
        let spool = Arc::clone(&self.spool);
        metadata
            .is_file()
            .then(|| SourceFile::new(name.into(), path, facts(&metadata), format, spool))
    }
}

/// The paths that have this name below an input.
fn paths(root: &Root, name: &str) -> Vec<PathBuf> {
    let below = name::paths_of(name);
    match root.kind {
        RootKind::File => {
            let own = root.path.file_name().map(Path::new);
            let is_own = below.iter().any(|path| Some(path.as_path()) == own);
            is_own.then(|| root.path.clone()).into_iter().collect()
        }
        RootKind::Folder | RootKind::Pattern(_) => {
            below.iter().map(|path| root.path.join(path)).collect()
        }
    }
}
