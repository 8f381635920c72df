//! Rows that updates had to leave as they were, since their sources were gone or had changed: with which words and concepts they were
//! written, so that a later update can bring them up to date when the sources are there again.
//!
//! An update goes through epochs in their order, and leaves a source out from the first epoch on in which it can't be read. So for each
//! source there are spans of epochs, and for each span the vocabulary that annotates its documents as they stand there. Where a source has no span,
//! that is the vocabulary that the update begins with.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::{SinkError, disk};
use crate::record::Superseded;

/// What is not up to date, by source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Behind(BTreeMap<Arc<str>, Vec<Span>>);

/// Epochs that read documents of a source, from the first to one past the last. Spans of one source do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Span {
    from: i64,
    until: i64,
    /// Names the vocabulary; nothing where it was not kept.
    vocabulary: Arc<str>,
}

impl Behind {
    /// What the update to this vocabulary left; `None` where none ever ended.
    pub(super) fn read(layout: &Layout, vocabulary: &str) -> Result<Option<Self>, SinkError> {
        let path = layout.behind(vocabulary);
        let content = disk::read(&path)?;
        let parse = |content: Vec<u8>| {
            serde_json::from_slice(&content).map_err(|error| SinkError::damaged(&path, error))
        };
        content.map(parse).transpose()
    }

    /// Tells what the update to this vocabulary has left. What the one before had left stays beside it until the folder's stamp names
    /// this vocabulary as settled: whoever comes between the two starts from there.
    pub(super) fn write(&self, layout: &Layout, vocabulary: &str) -> Result<(), SinkError> {
        let path = layout.behind(vocabulary);
        let content = serde_json::to_vec(self).map_err(|error| SinkError::damaged(&path, error))?;
        disk::make_folder(&layout.all_behind())?;
        disk::write_atomically(&path, &content)?;
        disk::sync_folder(&layout.control())
    }

    /// Takes note of what epoch `epoch` did, which has documents anew that epoch `first` read.
    pub fn learn(&mut self, plan: &Superseded, first: i64, epoch: i64) {
        for part in &plan.parts {
            self.came_up(&part.source, first, &plan.vocabulary);
        }
        for source in &plan.left_out {
            self.fell_back(source, first..epoch, &plan.vocabulary);
        }
    }

    /// The source is left out in these epochs; where it was before, the rows are as old as they were.
    fn fell_back(
        &mut self,
        source: &Arc<str>,
        epochs: std::ops::Range<i64>,
        vocabulary: &Arc<str>,
    ) {
        let spans = self.0.entry(Arc::clone(source)).or_default();
        let mut gaps = Vec::new();
        let mut at = epochs.start;
        let mut gap = |from: i64, until: i64| {
            let until = until.min(epochs.end);
            let vocabulary = Arc::clone(vocabulary);
            gaps.extend((from < until).then_some(Span {
                from,
                until,
                vocabulary,
            }));
        };
        for span in spans.iter() {
            gap(at, span.from);
            at = at.max(span.until);
        }
        gap(at, epochs.end);
        spans.append(&mut gaps);
        spans.sort_unstable();
    }

    /// The source was there in a pass over rows of this vocabulary, up to the epoch `last`. Where that is in none of its spans, the pass was over
    /// what is not behind: rows that are may have the same vocabulary, if it is one that words went back to, and wait for a pass of
    /// their own.
    fn came_up(&mut self, source: &str, last: i64, vocabulary: &str) {
        if self.vocabulary_of(source, last) != Some(vocabulary) {
            return;
        }
        if let Some(spans) = self.0.get_mut(source) {
            for span in spans
                .iter_mut()
                .filter(|span| *span.vocabulary == *vocabulary)
            {
                span.from = span.from.max(last + 1);
            }
            spans.retain(|span| span.from < span.until);
        }
    }

    /// The vocabulary that the source's documents were annotated with that epoch `first` read, where it is not that of all others.
    pub fn vocabulary_of(&self, source: &str, first: i64) -> Option<&str> {
        let spans = self.0.get(source)?;
        let span = spans
            .iter()
            .find(|span| (span.from..span.until).contains(&first));
        span.map(|span| &*span.vocabulary)
    }

    /// How many sources have rows of a vocabulary of which this is true.
    pub fn count_of(&self, is_such: impl Fn(&str) -> bool) -> usize {
        let sources = self.0.values();
        let of = sources.filter(|spans| spans.iter().any(|span| is_such(&span.vocabulary)));
        of.count()
    }

    /// How many sources have rows that are not up to date.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether all rows are up to date.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All vocabularies that rows of it were written with.
    pub fn vocabularies(&self) -> BTreeSet<Arc<str>> {
        let spans = self.0.values().flatten();
        let kept = spans.filter(|span| !span.vocabulary.is_empty());
        kept.map(|span| Arc::clone(&span.vocabulary)).collect()
    }

    /// A pass over rows of this vocabulary has come to its end: all sources are up to date but those that are `gone`.
    pub fn settle(&mut self, vocabulary: &str, gone: &HashSet<Arc<str>>) {
        self.0.retain(|source, spans| {
            if !gone.contains(source) {
                spans.retain(|span| *span.vocabulary != *vocabulary);
            }
            !spans.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::AnewPart;

    fn left_out(source: &str, vocabulary: &str) -> Superseded {
        Superseded {
            epoch: 0,
            others: Vec::new(),
            parts: Vec::new(),
            left_out: vec![source.into()],
            vocabulary: vocabulary.into(),
        }
    }

    fn of(behind: &Behind, epochs: std::ops::Range<i64>) -> String {
        let name = |epoch| behind.vocabulary_of("a", epoch).unwrap_or("-").to_owned();
        epochs.map(name).collect()
    }

    #[test]
    fn rows_that_are_left_out_again_are_as_old_as_they_were() {
        let mut behind = Behind::default();
        behind.learn(&left_out("a", "x"), 3, 6);
        assert_eq!(of(&behind, 0..9), "---xxx---");
        behind.learn(&left_out("a", "y"), 1, 8);
        assert_eq!(of(&behind, 0..9), "-yyxxxyy-");
        assert_eq!(behind.vocabulary_of("b", 4), None);
        let names = behind.vocabularies().into_iter();
        assert_eq!(names.collect::<Vec<_>>(), ["x".into(), "y".into()]);
    }

    #[test]
    fn rows_that_are_not_behind_come_up_without_those_that_are() {
        let mut behind = Behind::default();
        behind.learn(&left_out("a", "x"), 1, 3);
        // The words are those of before again, and so are rows that came later.
        let anew = AnewPart {
            source: "a".into(),
            size: 1,
            modified: None,
            records: vec![(0, 1)],
            articles: 1,
        };
        let back = Superseded {
            parts: vec![anew],
            left_out: Vec::new(),
            ..left_out("a", "x")
        };
        behind.learn(&back, 5, 7);
        assert_eq!(of(&behind, 0..6), "-xx---");
        behind.learn(&back, 1, 8);
        assert_eq!(of(&behind, 0..6), "--x---");
    }

    #[test]
    fn a_source_that_is_back_comes_up_span_by_span() {
        let mut behind = Behind::default();
        behind.learn(&left_out("a", "x"), 3, 6);
        behind.learn(&left_out("a", "y"), 1, 8);
        behind.came_up("a", 4, "x");
        assert_eq!(of(&behind, 0..9), "-yy--xyy-");
        behind.came_up("a", 6, "y");
        assert_eq!(of(&behind, 0..9), "-----x-y-");
        behind.settle("y", &HashSet::from(["a".into()]));
        assert_eq!(of(&behind, 0..9), "-----x-y-");
        behind.settle("y", &HashSet::new());
        behind.settle("x", &HashSet::new());
        assert_eq!(behind, Behind::default());
    }
}
