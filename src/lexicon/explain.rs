//! Why a text is cut as it is: what the search weighed, what it took, and what the model made of the rest.
//!
//! ```text
//! edges of the search -> weighed words, best or not
//! cut                 -> words; each found by the route, joined by the model, or neither
//! ```
//!
//! The answer is read off the search that every run does, not told after the fact.

use std::path::PathBuf;

use super::Lexicon;
use super::cut::{Scratch, edges};
use super::hmm::covers;
use super::trie::Trie;
use crate::record::Pos;
use crate::text::{Span, SpanWalker};

/// A line of a user's lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u32,
}

/// How a word of the answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The dictionary has it, and the likeliest sequence of words goes through it.
    Dictionary,
    /// A single character that no longer word took.
    Single,
    /// The hidden Markov model joined characters that the dictionary left single.
    Model,
    /// Letters, digits and what connects them.
    Letters,
    /// A mark, or a character outside of words.
    Mark,
}

/// A word that was weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Where.
    pub span: Span,
    /// On the scale of the dictionary; `None` for a single character that is no word.
    pub frequency: Option<u64>,
    /// The natural logarithm of its probability.
    pub log: f64,
    /// The same of the likeliest sequence of words that begins with it and goes to the end.
    pub score: f64,
    /// Whether the answer goes through it.
    pub taken: bool,
}

/// A word of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct WordOf {
    /// Where.
    pub span: Span,
    /// Its part of speech.
    pub pos: Pos,
    /// How it came about.
    pub how: How,
    /// Its frequency, where the dictionary has it.
    pub frequency: Option<u64>,
    /// The user's line that it comes from; `None` for what is embedded or guessed.
    pub origin: Option<Origin>,
}

/// Why a text is cut as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// All words that were weighed, in the order of the text.
    pub weighed: Vec<Weighed>,
    /// The answer.
    pub words: Vec<WordOf>,
}

pub(super) fn explain(lexicon: &Lexicon, trie: &Trie, text: &str, hmm: bool) -> Explanation {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut walker = SpanWalker::new(text);
    let mut weighed = Vec::new();
    // Where the likeliest sequence goes on.
    let mut next = 0;
    edges(trie, text, &mut Scratch::default(), |edge| {
        // Marks have no words; the sequence goes on behind them.
        next = next.max(edge.from);
        let taken = edge.best && edge.from == next;
        let of = |at: usize| bytes.get(at).copied().unwrap_or(text.len());
        weighed.push(Weighed {
            span: walker.span(of(edge.from)..of(edge.to)),
            frequency: edge.place.map(|place| trie.frequency(place)),
            log: edge.log,
            score: edge.score,
            taken,
        });
        if taken {
            next = edge.to;
        }
    });
    let mut words = Vec::new();
    lexicon.each_word(text, hmm, |span, pos| {
        let word = span.of(text);
        words.push(WordOf {
            span,
            pos,
            how: how(word, &span, &weighed),
            frequency: lexicon.frequency(word),
            origin: lexicon.origin(word).cloned(),
        });
    });
    Explanation { weighed, words }
}

fn how(word: &str, span: &Span, weighed: &[Weighed]) -> How {
    let from = weighed.partition_point(|one| one.span.char_start < span.char_start);
    let here = weighed.iter().skip(from);
    let mut here = here
        .take_while(|one| one.span.char_start == span.char_start)
        .peekable();
    if here.peek().is_none() {
        return How::Mark;
    }
    let is_taken = here.any(|one| one.taken && one.span == *span);
    match span.char_len() {
        1 => How::Single,
        _ if is_taken => How::Dictionary,
        _ if word.chars().all(covers) => How::Model,
        _ => How::Letters,
    }
}
