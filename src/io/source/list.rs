//! The sources of a run, in an order that depends on nothing but their names.
//!
//! Inputs come as given; inside a folder, parts of the path are compared byte by byte. The walk streams: a folder's names
//! are held while it is open, and sixteen bytes a file where two inputs could give one name.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::error::SourceError;
use super::file::SourceFile;
use super::format::Format;
use super::root::{self, Root};
use super::walk::{Found, Walk};
use super::{SourceOptions, name};
use crate::record::{Hop, Place, Reject, RejectCode};

/// Something found under an input.
#[derive(Clone, Debug)]
pub enum Listed {
    /// A source.
    File(SourceFile),
    /// What looks like one and is not read.
    Refused(Refused),
}

impl Listed {
    /// The source's name.
    pub fn name(&self) -> &Arc<str> {
        match self {
            Self::File(file) => &file.name,
            Self::Refused(refused) => &refused.reject.place.source,
        }
    }

    /// Its size in bytes; 0 where unknown.
    pub fn size(&self) -> u64 {
        match self {
            Self::File(file) => file.size,
            Self::Refused(refused) => refused.size,
        }
    }
}

/// A file or folder that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason.
    pub reject: Reject,
    /// Size in bytes; 0 where unknown.
    pub size: u64,
    /// Time of change in microseconds since 1970, where known.
    pub modified: Option<i64>,
}

/// The sources of a run. See [`list`].
#[derive(Debug)]
pub struct Listing {
    roots: Vec<Root>,
    /// The root that is being walked.
    at: usize,
    walk: Option<Walk>,
    /// Names, and paths, that were given out, by hash, with the root that gave them.
    names: HashMap<[u8; 16], usize>,
    paths: HashMap<[u8; 16], usize>,
    spool: Arc<Path>,
    options: SourceOptions,
}

/// Lists the sources under `inputs`: files, folders, patterns, and `-` for standard input.
///
/// Standard input is kept in `spool` first, under a name made of its hash, so that it can be read again.
///
/// # Errors
///
/// All that is wrong with the inputs, before anything is listed.
pub fn list(
    inputs: &[String],
    spool: &Path,
    options: &SourceOptions,
) -> Result<Listing, SourceError> {
    list_with(inputs, std::io::stdin(), spool, options)
}

/// [`list`] with the standard input given.
pub(super) fn list_with(
    inputs: &[String],
    stdin: impl Read,
    spool: &Path,
    options: &SourceOptions,
) -> Result<Listing, SourceError> {
    Ok(Listing {
        roots: root::resolve(inputs, stdin, spool, options)?,
        at: 0,
        walk: None,
        names: HashMap::new(),
        paths: HashMap::new(),
        spool: Arc::from(spool),
        options: options.clone(),
    })
}

impl Listing {
    fn listed(&mut self, found: Found) -> Option<Listed> {
        let metadata = std::fs::symlink_metadata(&found.path);
        // A link that the user gave as an input is followed.
        let metadata = match metadata {
            Ok(link) if link.is_symlink() && found.refused.is_none() => {
                std::fs::metadata(&found.path)
            }
            other => other,
        };
        let (size, modified) = metadata.as_ref().map_or((0, None), facts);
        let mut name = name::of_path(&found.below);
        let reason = match (found.refused, metadata) {
            (Some(reason), _) => Err(reason),
            (None, Err(error)) => Err((RejectCode::Unreadable, format!("cannot be read: {error}"))),
            (None, Ok(_)) => match self.claim(&name, &found.below) {
                Claim::Free => Format::of(&found.path, &self.options)
                    .map_err(|reason| (RejectCode::Unsupported, reason)),
                Claim::Listed => return None,
                Claim::Taken(first) => {
                    let reason = self.taken(&name, first);
                    // Under its own path, so that the two stay apart in the tables.
                    name = name::of_path(&found.path);
                    Err((RejectCode::Unsupported, reason))
                }
            },
        };
        Some(match reason {
            Ok(format) => Listed::File(SourceFile::new(
                name.into(),
                found.path,
                (size, modified),
                format,
                Arc::clone(&self.spool),
            )),
            Err((code, message)) => Listed::Refused(Refused {
                reject: Reject::new(Place::new(name, 0), Hop::Source, code, message),
                size,
                modified,
            }),
        })
    }

    fn taken(&self, name: &str, first: usize) -> String {
        let input = |at: usize| self.roots.get(at).map_or("", |root| root.input.as_str());
        let (first, second) = (input(first), input(self.at));
        format!(
            "inputs `{first}` and `{second}` both give the source name `{name}`; give a folder above both, or rename one"
        )
    }

    /// Asks for a name. One input can clash with itself only where a name was percent-encoded.
    fn claim(&mut self, name: &str, below: &Path) -> Claim {
        let is_alone = self.roots.len() == 1;
        if is_alone && !name.contains('%') {
            return Claim::Free;
        }
        let root = self.roots.get(self.at);
        let real = root.map(|root| match root.kind {
            root::RootKind::File => root.real.clone(),
            root::RootKind::Folder | root::RootKind::Pattern(_) => root.real.join(below),
        });
        let path = hash(real.unwrap_or_default().as_os_str().as_encoded_bytes());
        if self.paths.insert(path, self.at).is_some() {
            tracing::debug!(source = name, "listed before");
            return Claim::Listed;
        }
        match self.names.insert(hash(name.as_bytes()), self.at) {
            Some(first) => Claim::Taken(first),
            None => Claim::Free,
        }
    }
}

enum Claim {
    Free,
    /// The same file, by another pattern.
    Listed,
    /// Another file has the name; it came from this root.
    Taken(usize),
}

fn hash(bytes: &[u8]) -> [u8; 16] {
    let digest = Sha256::digest(bytes);
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    short
}

/// Size, and time of change in microseconds.
pub(super) fn facts(metadata: &Metadata) -> (u64, Option<i64>) {
    let modified =
        metadata
            .modified()
            .ok()
            .and_then(|time| match time.duration_since(UNIX_EPOCH) {
                Ok(since) => i64::try_from(since.as_micros()).ok(),
                Err(before) => i64::try_from(before.duration().as_micros())
                    .ok()
                    .map(|micros| -micros),
            });
    (metadata.len(), modified)
}

impl Iterator for Listing {
    type Item = Listed;

    fn next(&mut self) -> Option<Listed> {
        loop {
            let root = self.roots.get(self.at)?;
            let walk = self.walk.get_or_insert_with(|| Walk::new(root));
            if let Some(found) = walk.next() {
                if let Some(listed) = self.listed(found) {
                    return Some(listed);
                }
            } else {
                self.walk = None;
                self.at += 1;
            }
        }
    }
}
