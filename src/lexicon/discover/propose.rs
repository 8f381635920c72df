//! From strings to proposals: which of them are words, which are the best, and the file that is made of them.
//!
//! A string that is frequent, holds together and is free on both sides may still be a phrase (应当依法, 的情况). The lexicon's own words tell: a
//! string is cut into the words that it has, and is no word when
//!
//! - it begins or ends with a function word: a particle, preposition, conjunction, pronoun, adverb or number, a measure, or
//!   one of the few verbs that are frequent by themselves (是, 有, 要);
//! - all its parts are longer words, but for compounds of two in which a name of a thing ends, and no verb begins (数字 + 经济,
//!   not 加强 + 管理).

use std::fmt::Write as _;

use super::super::Lexicon;
use super::study::{Candidate, Study};
use crate::record::Pos;

/// A single character of this frequency that names no thing is a function word, whatever its tag.
const FUNCTION: u64 = 20_000;

/// Further bits that hold a compound of two words together.
const COMPOUND: f64 = 2.0;

/// What a compound of two words is worth beside a word that falls to pieces without a line of its own.
const COMPOUND_SHARE: f64 = 0.6;

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscoverOptions {
    /// How often a word must stand in the texts.
    pub min_frequency: u32,
    /// How many words are proposed at most.
    pub limit: usize,
    /// Bits that must be open on either side.
    pub min_freedom: f64,
}

impl Default for DiscoverOptions {
    fn default() -> Self {
        Self {
            min_frequency: 10,
            limit: 500,
            min_freedom: 1.5,
        }
    }
}

/// A proposed word.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// In simplified script.
    pub word: String,
    /// How often it stands in the texts.
    pub count: u32,
    /// Bits by which it is likelier than its parts side by side.
    pub cohesion: f64,
    /// Bits that are open on its left.
    pub left: f64,
    /// Bits that are open on its right.
    pub right: f64,
    /// The words that it is cut into as yet.
    pub parts: Vec<String>,
    /// A frequency that makes it one word: as often as it stands in the texts, or more.
    pub frequency: u64,
    /// Its part of speech, where that of its last part tells.
    pub pos: Option<Pos>,
}

impl Found {
    /// What proposals are sorted by.
    fn score(&self) -> f64 {
        let is_compound = self.parts.iter().all(|part| part.chars().nth(1).is_some());
        let share = if is_compound { COMPOUND_SHARE } else { 1.0 };
        share * self.cohesion * self.left.min(self.right) * f64::from(self.count).ln()
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// The best first.
    pub words: Vec<Found>,
    /// Chinese characters read.
    pub chars: u64,
    /// What was rarer was not looked at: the frequency asked for, or more where there was no memory for so many strings.
    pub least: u32,
}

impl Study {
    /// The proposals: what `lexicon` lacks, as `options` say.
    pub fn finish(self, lexicon: &Lexicon, options: &DiscoverOptions) -> Discovery {
        let (chars, floor, candidates) = self.into_parts();
        let found = candidates
            .into_iter()
            .filter_map(|one| proposal(one, lexicon, options));
        let mut words: Vec<Found> = found.collect();
        words.sort_by(|one, other| {
            let order = other.score().total_cmp(&one.score());
            order.then_with(|| one.word.cmp(&other.word))
        });
        words.truncate(options.limit);
        for one in &mut words {
            one.frequency = lexicon.frequency_to_join(&one.word).max(one.count.into());
        }
        Discovery {
            words,
            chars,
            least: floor.max(options.min_frequency),
        }
    }
}

fn proposal(candidate: Candidate, lexicon: &Lexicon, options: &DiscoverOptions) -> Option<Found> {
    let (left, right) = (candidate.left.entropy(), candidate.right.entropy());
    let word = String::from(candidate.word);
    let is_open = left.min(right) >= options.min_freedom;
    if candidate.count < options.min_frequency || !is_open || lexicon.has_word(&word) {
        return None;
    }
    let mut parts = Vec::new();
    lexicon.each_word(&word, false, |span, pos| {
        parts.push((span.of(&word).to_owned(), pos));
    });
    if !is_word(&parts, candidate.cohesion, lexicon) {
        return None;
    }
    let pos = parts.last().and_then(|(last, pos)| pos_of(last, *pos));
    Some(Found {
        count: candidate.count,
        cohesion: candidate.cohesion,
        left,
        right,
        parts: parts.into_iter().map(|(part, _)| part).collect(),
        frequency: 0,
        pos,
        word,
    })
}

/// Whether a string of these parts is a word rather than a phrase.
fn is_word(parts: &[(String, Pos)], cohesion: f64, lexicon: &Lexicon) -> bool {
    let (Some((first, first_pos)), Some((last, last_pos))) = (parts.first(), parts.last()) else {
        return false;
    };
    let is_function = |part: &str, pos: Pos| {
        is_function_tag(pos) || {
            let is_single = part.chars().nth(1).is_none();
            is_single && !is_nominal(pos) && lexicon.frequency(part).unwrap_or(0) >= FUNCTION
        }
    };
    if parts.iter().any(|(part, pos)| is_function(part, *pos)) {
        return false;
    }
    let has_single = parts.iter().any(|(part, _)| part.chars().nth(1).is_none());
    if has_single {
        return !is_function(first, *first_pos) && !is_function(last, *last_pos);
    }
    let begins_well = is_nominal(*first_pos) || first_pos.as_str().starts_with(['a', 'b']);
    let enough = super::study::COHESION + COMPOUND;
    parts.len() == 2 && begins_well && is_nominal(*last_pos) && cohesion >= enough
}

/// The part of speech of a word that ends so. A single character says that it is a thing, and no more.
fn pos_of(last: &str, pos: Pos) -> Option<Pos> {
    let is_single = last.chars().nth(1).is_none();
    let is_plain = matches!(pos.as_str(), "n" | "ns" | "nt" | "nz" | "vn" | "an");
    match (is_nominal(pos), is_plain && !is_single) {
        (false, _) => None,
        (true, true) => Some(pos),
        (true, false) => Pos::new("n"),
    }
}

/// Whether a tag names things: nouns, names, and verbs and adjectives that are used as nouns.
fn is_nominal(pos: Pos) -> bool {
    let tag = pos.as_str();
    tag.starts_with('n') || matches!(tag, "vn" | "an" | "j" | "l" | "i" | "g" | "k")
}

fn is_function_tag(pos: Pos) -> bool {
    let tag = pos.as_str();
    tag.starts_with(['u', 'p', 'c', 'r', 'd', 'm', 'q', 'f', 'y', 'e', 'o', 't'])
}

impl Discovery {
    /// The proposals as a lexicon file: each word under a comment with its figures. [`lint`](super::super::lint) takes it as it is.
    pub fn to_lexicon(&self) -> String {
        let mut text = format!(
            "# {} words that the lexicon lacks, the best first, of {} characters of text.\n\
             # Delete the lines that are no words; then set segment.lexicons = [\"this file\"].\n\
             # times: in the texts. holds: bits by which it is likelier than its parts. open: bits on its left and right.\n",
            self.words.len(),
            self.chars
        );
        for one in &self.words {
            let parts = one.parts.join(" ");
            write!(
                text,
                "\n# {} times, holds {:.1}, open {:.1} {:.1}, cut so far: {parts}\n{}\t{}\t{}\n",
                one.count,
                one.cohesion,
                one.left,
                one.right,
                one.word,
                one.frequency,
                one.pos.map_or(String::new(), |pos| pos.to_string()),
            )
            .expect("a string takes any text");
        }
        text
    }
}
