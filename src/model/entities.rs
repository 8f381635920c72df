//! The model at work: characters in, names out.

use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use super::alphabet::Alphabet;
use super::convention::{Head, Mixture};
use super::file::{Packed, VOTES};
use super::label::{Kind, Name, OUTSIDE, WIDTH, names_of};
use super::lists::{Lists, ROWS, WordScratch};
use super::looked::Memory;
use super::table::{EDGES, Table};
use super::viterbi::{Paths, Row, Steps, Viterbi, in_lanes};
use crate::lexicon::Lexicon;

/// The model that needs no download; `models/entities.md` says what it was made of.
static EMBEDDED: &[u8] = include_bytes!("../../models/entities.zst");

/// A model of names.
#[derive(Debug)]
pub struct EntityModel {
    alphabet: Alphabet,
    table: Table,
    lists: Lists,
    /// For each convention.
    list_rows: Vec<Vec<Row>>,
    paths: Vec<Paths>,
    bias: [i8; VOTES],
    sources: Vec<String>,
    scale: f32,
    /// What each convention is made of: those of the sources, then half of one and half of another.
    mixtures: Vec<Mixture>,
}

/// Sources between whose conventions there is one for texts that are like both.
const BETWEEN: [&str; 2] = ["msra", "uner"];

/// What is taken from the score of characters outside of names, in nats: learned scores are too shy of names that they never met. Chosen
/// on samples that were held out of training, where it is worth a point of F1.
const LEAN: f32 = 0.7;

/// What is given to the beginning of an organisation besides, in nats: of these the model misses four of ten and is wrong with one of five. Twice as much
/// serves as well on all samples, but not official language.
const LEAN_TO_ORGANISATIONS: f32 = 0.5;

/// What is given to places of one character (中, 美, 港), in nats: the model misses half of them and is hardly ever wrong.
const LEAN_TO_LETTERS: f32 = 1.0;

/// What a text says of the source that it is like.
#[derive(Clone, Copy, Debug)]
pub struct Votes([i32; VOTES]);

impl Votes {
    /// The votes for the source with this number, in nats times the model's scale of votes.
    pub fn of(&self, source: usize) -> i32 {
        self.0.get(source).copied().unwrap_or(i32::MIN)
    }
}

/// A worker's memory.
#[derive(Debug, Default)]
pub struct EntityScratch {
    memory: Memory,
    heads: Vec<Head>,
    words: WordScratch,
    rows: Vec<Row>,
    viterbi: Viterbi,
}

impl EntityModel {
    /// Makes a stored model ready.
    pub fn new(packed: Packed, lexicon: &Lexicon) -> Self {
        let mixtures = mixtures(&packed.sources);
        let lists = Lists::new(lexicon);
        let list_rows = mixtures.iter().map(|mixture| list_rows(&packed, mixture));
        let list_rows = list_rows.map(|rows| lists.rows(rows)).collect();
        let paths = mixtures
            .iter()
            .map(|mixture| Paths::new(&steps(&packed, mixture)));
        Self {
            lists,
            list_rows,
            paths: paths.collect(),
            bias: packed.bias,
            scale: packed.scale,
            table: Table::new(&packed, mixtures.len()),
            alphabet: Alphabet::new(packed.chars),
            sources: packed.sources,
            mixtures,
        }
    }

    /// The embedded model over the plain dictionary; made ready once in a process, when first asked for.
    pub fn embedded() -> Arc<Self> {
        static SHARED: OnceLock<Arc<EntityModel>> = OnceLock::new();
        let shared =
            SHARED.get_or_init(|| Arc::new(Self::embedded_with(&Lexicon::default_shared())));
        Arc::clone(shared)
    }

    /// The embedded model over another lexicon, whose words it looks at.
    ///
    /// # Panics
    ///
    /// Never: the embedded file is sound.
    pub fn embedded_with(lexicon: &Lexicon) -> Self {
        let packed = std::thread::scope(|scope| {
            // The lists of names at the same time. Where there can be no thread more, they are read afterwards.
            drop(Builder::new().spawn_scoped(scope, Lists::make_ready));
            Packed::read(EMBEDDED)
        });
        Self::new(
            packed.expect("the embedded model is sound, as tests show"),
            lexicon,
        )
    }

    /// The sources that it learned from, each with its conventions.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Two sources, and the number of the convention half-way between them, where the model has one.
    pub fn between(&self) -> Option<(usize, usize, usize)> {
        let [one, other] = BETWEEN.map(|name| self.sources.iter().position(|one| one == name));
        Some((one?, other?, self.sources.len()))
    }

    /// What a text says of the source that it is like; adds to what earlier ones said.
    pub fn vote(&self, text: &[char], scratch: &mut EntityScratch, votes: &mut Votes) {
        let memory = &mut scratch.memory;
        let looked = memory.look_up(&self.alphabet, &self.table, text);
        self.table.vote(&looked.codes, &looked.hits, &mut votes.0);
    }

    /// Votes before any text was read.
    pub fn no_votes(&self) -> Votes {
        Votes(self.bias.map(i32::from))
    }

    /// Finds the names in a text, by the conventions of a source. `found` hears of each in order, with the chance that
    /// it is right.
    pub fn find(
        &self,
        text: &[char],
        source: usize,
        scratch: &mut EntityScratch,
        mut found: impl FnMut(Name, f32),
    ) {
        let source = source.min(self.paths.len() - 1);
        self.score(text, source, scratch);
        let paths = &self.paths[source];
        let rows = scratch.rows.get(EDGES..EDGES + text.len());
        let rows = rows.unwrap_or_default();
        scratch.viterbi.run(rows, paths);
        if scratch.viterbi.labels.iter().all(|label| *label == OUTSIDE) {
            return;
        }
        scratch.viterbi.look_back(rows, paths);
        names_of(&scratch.viterbi.labels, |name| {
            let ends = [name.start, name.end - 1].map(|at| scratch.viterbi.margin(at));
            found(name, self.chance(ends[0].min(ends[1])));
        });
    }

    /// The chance that an answer is right which is better than the next by `margin`.
    #[expect(clippy::cast_precision_loss, reason = "scores are far below 2^24")]
    fn chance(&self, margin: i32) -> f32 {
        1.0 / (1.0 + (-margin as f32 / self.scale).exp())
    }

    /// Adds up what everything says of each character's label.
    fn score(&self, text: &[char], source: usize, scratch: &mut EntityScratch) {
        let convention = self.table.convention(source, &self.mixtures[source]);
        let memory = &mut scratch.memory;
        let looked = memory.recall(&self.alphabet, &self.table, text);
        let parts = self.table.parts();
        convention.score(parts, looked, &mut scratch.heads, &mut scratch.rows);
        self.lists.find(text, &mut scratch.words);
        let weights = &self.list_rows[source];
        for found in &scratch.words.found {
            found.rows_within(EDGES, |at, row| {
                if let Some((sum, row)) = scratch.rows.get_mut(at).zip(weights.get(row)) {
                    *sum = std::array::from_fn(|label| sum[label].saturating_add(row[label]));
                }
            });
        }
    }
}

/// The parts of each convention.
fn mixtures(sources: &[String]) -> Vec<Mixture> {
    if sources.is_empty() {
        return vec![vec![(0, 2)]];
    }
    let own = (1..=sources.len()).map(|part| vec![(0, 2), (part, 2)]);
    let mut mixtures: Vec<Mixture> = own.collect();
    let part = |name: &str| sources.iter().position(|source| source == name);
    if let [Some(first), Some(second)] = BETWEEN.map(part) {
        mixtures.push(vec![(0, 2), (first + 1, 1), (second + 1, 1)]);
    }
    mixtures
}

fn list_rows(packed: &Packed, mixture: &Mixture) -> Vec<Row> {
    let row = |number: usize| {
        let mut sum = [0_i16; WIDTH];
        for (part, halves) in mixture {
            let row = packed.lists.get(part * ROWS + number);
            for (sum, weight) in sum.iter_mut().zip(row.into_iter().flatten()) {
                *sum += i16::from(*weight) * halves;
            }
        }
        in_lanes(&sum.map(|halves| halves / 2))
    };
    (0..ROWS).map(row).collect()
}

fn steps(packed: &Packed, mixture: &Mixture) -> Steps {
    let mut sum = [[0; WIDTH]; WIDTH];
    for (part, halves) in mixture {
        let steps = packed.steps.get(*part).into_iter().flatten();
        for (sum, step) in sum.as_flattened_mut().iter_mut().zip(steps) {
            *sum += i32::from(*step) * i32::from(*halves);
        }
    }
    for steps in &mut sum {
        for step in steps.iter_mut() {
            *step /= 2;
        }
        steps[usize::from(OUTSIDE)] -= in_weights(LEAN, packed.scale);
        for begins in Kind::Organisation.begins() {
            steps[usize::from(begins)] += in_weights(LEAN_TO_ORGANISATIONS, packed.scale);
        }
        let [_, single] = Kind::Location.begins();
        steps[usize::from(single)] += in_weights(LEAN_TO_LETTERS, packed.scale);
    }
    sum
}

/// Nats in stored numbers.
#[expect(clippy::cast_possible_truncation, reason = "a small number, rounded")]
fn in_weights(nats: f32, scale: f32) -> i32 {
    (nats * scale).round() as i32
}
