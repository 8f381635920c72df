//! Where records are read again, and whether that is still what it was.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::touched::Touched;
use crate::io::sink::{Progress, short_hash};
use crate::io::source::{Finder, SourceFile};
use crate::record::{AnewPart, EpochPlan, Superseded};

/// Finds sources again.
pub(super) struct Sources<'r> {
    pub(super) finder: Finder,
    pub(super) progress: &'r Progress,
    pub(super) hashes: Hashes,
}

/// What is known of a source from the plans that read it.
#[derive(Default)]
struct Facts {
    /// Sizes and times of change that it had, whenever it was read.
    seen: Vec<(u64, Option<i64>)>,
    sha256: Option<[u8; 16]>,
}

impl Sources<'_> {
    /// Of the records that `touched` has, which were read for `plans` and are in `epochs` of these, those that can still be read, with the
    /// files to read them from. What is gone or has changed is left out.
    pub(super) fn locate(
        &mut self,
        plans: &[EpochPlan],
        epochs: Vec<i64>,
        touched: Vec<Touched>,
        vocabulary: &Arc<str>,
    ) -> (Superseded, Vec<(SourceFile, AnewPart)>) {
        let facts = self.facts(plans);
        self.hashes.go_on();
        let mut epochs = epochs.into_iter();
        let mut superseded = Superseded {
            epoch: epochs.next().unwrap_or_default(),
            others: epochs.collect(),
            parts: Vec::new(),
            left_out: Vec::new(),
            vocabulary: Arc::clone(vocabulary),
        };
        let mut files = Vec::new();
        for one in touched {
            let known = facts.get(&*one.source);
            let file = known.and_then(|known| self.same(&one.source, known));
            let Some(file) = file else {
                superseded.left_out.push(one.source);
                continue;
            };
            let part = AnewPart {
                source: one.source,
                size: file.size,
                modified: file.modified,
                records: one.records,
                articles: one.articles,
            };
            files.push((file, part.clone()));
            superseded.parts.push(part);
        }
        (superseded, files)
    }

    /// Of these sources, which were read for `plans`, those that are there as they were; the others are `gone`.
    pub(super) fn are_there(
        &mut self,
        plans: &[EpochPlan],
        sources: Vec<Arc<str>>,
        gone: &mut HashSet<Arc<str>>,
    ) -> HashSet<Arc<str>> {
        let facts = self.facts(plans);
        self.hashes.go_on();
        let mut there = HashSet::new();
        for source in sources {
            let known = facts.get(&*source);
            if known.is_some_and(|known| self.same(&source, known).is_some()) {
                there.insert(source);
            } else {
                gone.insert(source);
            }
        }
        there
    }

    /// The file of this name that holds what was read then.
    fn same(&mut self, name: &str, known: &Facts) -> Option<SourceFile> {
        let candidates = self.finder.find(name);
        candidates.into_iter().find(|file| {
            let is_of_size = |seen: &(u64, Option<i64>)| seen.0 == file.size;
            let is_same = known.seen.contains(&(file.size, file.modified))
                // Copied, restored or touched.
                || known.sha256.is_some()
                    && known.seen.iter().any(is_of_size)
                    && self.hashes.of(file) == known.sha256;
            // What may not be read is as good as gone.
            is_same && File::open(&file.path).is_ok()
        })
    }

    /// What sources were when the rows of these epochs were written.
    fn facts<'p>(&self, plans: &'p [EpochPlan]) -> HashMap<&'p str, Facts> {
        let mut facts: HashMap<&str, Facts> = HashMap::new();
        for part in plans.iter().flat_map(|plan| &plan.parts) {
            let known = facts.entry(&part.source).or_default();
            known.seen.push((part.size, part.modified));
            let hash = part.sha256.as_deref().and_then(short_hash);
            known.sha256 = hash.or(known.sha256);
        }
        let anew = plans.iter().flat_map(|plan| &plan.supersedes);
        for part in anew.flat_map(|plan| &plan.parts) {
            let known = facts.entry(&part.source).or_default();
            known.seen.push((part.size, part.modified));
        }
        for (source, known) in &mut facts {
            // A source that ended in a later epoch has its hash there.
            let later = self.progress.of(source);
            let later = later.filter(|later| known.seen.iter().any(|seen| seen.0 == later.size));
            known.sha256 = known.sha256.or(later.and_then(|later| later.sha256));
        }
        facts
    }
}

/// Hashes of files, so that one that is met again in the next epochs is read once for them all.
#[derive(Default)]
pub(super) struct Hashes {
    /// Of the epochs at hand.
    now: HashMap<Looked, Option<[u8; 16]>>,
    /// Of those before. Sources are met in the order in which they were read: older ones are not asked for.
    before: HashMap<Looked, Option<[u8; 16]>>,
}

/// A file as it was when it was looked at.
type Looked = (PathBuf, u64, Option<i64>);

impl Hashes {
    fn go_on(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    fn of(&mut self, file: &SourceFile) -> Option<[u8; 16]> {
        let looked = (file.path.clone(), file.size, file.modified);
        let before = self.now.get(&looked).or_else(|| self.before.get(&looked));
        let hash = match before {
            Some(known) => *known,
            None => file.sha256().ok().as_deref().and_then(short_hash),
        };
        self.now.insert(looked, hash);
        hash
    }
}
