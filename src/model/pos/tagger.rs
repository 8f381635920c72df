//! The model at work: words with the dictionary's tags in, tags out.

use std::sync::{Arc, OnceLock};

use super::choices::{Choices, LABELS, labels};
use super::file::PackedTags;
use super::shape::{KEYS, MARGIN, Word, keys};
use super::table::{Scores, Table};
use super::tagset::Tagset;
use super::universal::UNIVERSAL;
use crate::lexicon::Lexicon;
use crate::record::Pos;

/// The model that needs no download; `models/pos.md` says what it was made of.
static EMBEDDED: &[u8] = include_bytes!("../../../models/pos.zst");

/// Words for which a caller keeps room (some MiB).
const KEPT: usize = 1 << 15;

/// A model of parts of speech.
///
/// ```
/// use cihe::lexicon::{Lexicon, MatchScratch};
/// use cihe::model::{TagModel, TagScratch};
///
/// let (model, lexicon) = (TagModel::embedded(), Lexicon::default_shared());
/// let words = ["他", "计划", "明天", "修", "桥", "，", "这个", "计划", "很", "好", "。"];
/// let (mut scratch, mut guesses) = (TagScratch::default(), MatchScratch::default());
/// scratch.clear();
/// for word in words {
///     let tag = lexicon.pos_or_guess(&mut guesses, word);
///     scratch.push(&model, &lexicon, word, tag, None);
/// }
/// let tags: Vec<String> = model.tag(&mut scratch).map(|tag| tag.to_string()).collect();
/// assert_eq!([&tags[1], &tags[7]], ["v", "n"]);
/// ```
#[derive(Debug)]
pub struct TagModel {
    labels: Vec<Pos>,
    choices: Choices,
    steps: Vec<[i32; LABELS]>,
    table: Table,
}

/// A worker's memory, and the words of a sentence.
#[derive(Debug, Default)]
pub struct TagScratch {
    words: Vec<Word>,
    /// The set of tags of each word.
    sets: Vec<u64>,
    /// For each word's choices: the best score up to it, its tag, and which one before leads to it.
    ways: Vec<Way>,
    starts: Vec<usize>,
    answer: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Way {
    score: i32,
    label: u8,
    from: u8,
}

impl TagModel {
    /// Makes a stored model ready.
    pub fn new(packed: &PackedTags) -> Self {
        let count = packed.labels.len();
        let mut steps = vec![[0; LABELS]; LABELS + 1];
        // What is before the first word is the last row.
        let rows = (0..count).chain([LABELS]);
        for (row, stored) in rows.zip(packed.steps.chunks_exact(count.max(1))) {
            for (to, from) in steps[row].iter_mut().zip(stored) {
                *to = i32::from(*from);
            }
        }
        Self {
            labels: packed.labels.clone(),
            choices: packed.choices.clone(),
            steps,
            table: Table::new(packed),
        }
    }

    /// The embedded model, made ready once in a process, when first asked for.
    ///
    /// # Panics
    ///
    /// Never: the embedded file is sound.
    pub fn embedded() -> Arc<Self> {
        static SHARED: OnceLock<Arc<TagModel>> = OnceLock::new();
        let make = || {
            let packed = PackedTags::read(EMBEDDED);
            Arc::new(Self::new(
                &packed.expect("the embedded model is sound, as a test shows"),
            ))
        };
        Arc::clone(SHARED.get_or_init(make))
    }

    /// The tags that the model gives.
    pub fn labels(&self) -> &[Pos] {
        &self.labels
    }

    /// Whose tags these are.
    pub fn tagset(&self) -> Tagset {
        let universal = |label: &Pos| UNIVERSAL.contains(&label.as_str());
        if self.labels.iter().all(universal) {
            Tagset::Universal
        } else {
            Tagset::Ictclas
        }
    }

    /// The number of a tag, or of the nearest one that is less fine.
    fn label(&self, tag: Pos) -> Option<u8> {
        let mut name = tag.as_str();
        while !name.is_empty() {
            let found = self.labels.iter().position(|label| label.as_str() == name);
            if let Some(at) = found {
                return u8::try_from(at).ok();
            }
            name = name.get(..name.len() - 1)?;
        }
        None
    }

    /// Chooses the tags of the words that were pushed, in order.
    ///
    /// Takes time and memory in proportion to their number.
    pub fn tag<'a>(&'a self, scratch: &'a mut TagScratch) -> impl Iterator<Item = Pos> + 'a {
        self.run(scratch);
        let labels = scratch.answer.iter();
        labels.map(|label| {
            self.labels
                .get(usize::from(*label))
                .copied()
                .unwrap_or(Pos::UNKNOWN)
        })
    }

    fn run(&self, scratch: &mut TagScratch) {
        let TagScratch {
            words,
            sets,
            ways,
            starts,
            answer,
        } = scratch;
        words.extend([Word::EDGE; MARGIN]);
        ways.clear();
        starts.clear();
        let mut found = [0; KEYS];
        let mut last = 0..0;
        for (at, set) in sets.iter().enumerate() {
            let start = ways.len();
            starts.push(start);
            let mut scores: Scores = [0; LABELS];
            if set.count_ones() > 1 {
                let count = keys(words, at, &mut found);
                self.table.add(&found[..count], &mut scores);
            }
            for label in labels(*set) {
                let to = usize::from(label);
                let mut best = Way {
                    score: self.steps[LABELS][to],
                    label,
                    from: 0,
                };
                for (number, way) in (0..).zip(&ways[last.clone()]) {
                    let score = way.score + self.steps[usize::from(way.label)][to];
                    if number == 0 || score > best.score {
                        best = Way {
                            score,
                            label,
                            from: number,
                        };
                    }
                }
                best.score += scores[to];
                ways.push(best);
            }
            // Only differences count, and stay small.
            let base = ways[start].score;
            ways[start..].iter_mut().for_each(|way| way.score -= base);
            last = start..ways.len();
        }
        answer.clear();
        answer.resize(sets.len(), 0);
        let mut at = 0;
        let end = ways.len();
        let final_ways = ways.get(last).unwrap_or_default().iter().enumerate();
        if let Some((best, _)) = final_ways.rev().max_by_key(|(_, way)| way.score) {
            at = best;
        }
        let mut upto = end;
        for (place, start) in answer.iter_mut().zip(starts.iter()).rev() {
            let way = ways[*start..upto][at];
            *place = way.label;
            at = usize::from(way.from);
            upto = *start;
        }
    }
}

impl TagScratch {
    /// Begins a sentence.
    pub fn clear(&mut self) {
        if self.words.capacity() > KEPT {
            *self = Self::default();
        }
        self.words.clear();
        self.words.extend([Word::EDGE; MARGIN]);
        self.sets.clear();
    }

    /// Adds a word with the tag that `lexicon` gives to it, or guesses; `known` is one that is known otherwise, beyond doubt.
    pub fn push(
        &mut self,
        model: &TagModel,
        lexicon: &Lexicon,
        word: &str,
        dictionary: Pos,
        known: Option<Pos>,
    ) {
        let word = Word::read(word, dictionary, lexicon, &model.choices);
        let known = known.and_then(|tag| model.label(tag));
        self.sets
            .push(known.map_or_else(|| model.choices.set(word.class), |label| 1 << label));
        self.words.push(word);
    }
}
