//! Entities by the trained model, then by the document as a whole.

use std::cell::Cell;
use std::sync::Arc;

use super::Tagger;
use super::choice::Choice;
use super::consistent::{self, Find};
use super::options::Convention;
use super::others;
use super::persons;
use super::phrases;
use super::versus;
use crate::lexicon::Lexicon;
use crate::model::{EntityModel, EntityScratch, Kind};
use crate::record::{Document, Entity, Label, Method, Sentence, Token};
use crate::text::{Span, is_han};

/// Characters of a document that are read to see which kind of text it is.
const SAMPLE: usize = 2_000;
/// Characters that the model is given at once: its memory is in proportion to them, and what has more is no sentence.
const PIECE: usize = 4_096;
/// Characters and finds for which memory is kept from document to document: what a huge one needs is given back.
const KEPT: usize = 1 << 16;

/// Names by a model: characters in, names out, wherever the segmenter cuts.
///
/// Each sentence is judged by itself; then a name that is sure in one place is found in the others, and lists of
/// names are judged together (`consistent`). What a user's lexicon has for a name always is one.
#[derive(Debug)]
pub struct ModelTagger {
    model: Arc<EntityModel>,
    lexicon: Lexicon,
    convention: Option<usize>,
    choice: Choice,
}

/// A worker's memory, kept from document to document.
#[derive(Default)]
struct Scratch {
    model: EntityScratch,
    chars: Vec<char>,
    finds: Vec<Find>,
}

impl ModelTagger {
    /// With the embedded model. A lexicon of a user's makes another model: its words are what the model looks at, too.
    pub fn new(lexicon: &Lexicon, convention: Convention) -> Self {
        let model = if lexicon.entries().is_empty() {
            EntityModel::embedded()
        } else {
            Arc::new(EntityModel::embedded_with(lexicon))
        };
        let source = convention.source();
        let sources = model.sources();
        let convention = source.and_then(|source| sources.iter().position(|one| one == source));
        let choice = Choice::new(&model);
        Self {
            model,
            lexicon: lexicon.clone(),
            convention,
            choice,
        }
    }

    /// The convention of the kind of text that the document's beginning is like.
    fn convention(&self, document: &Document, scratch: &mut Scratch) -> usize {
        let view = document.view();
        let mut votes = self.model.no_votes();
        let mut read = 0;
        for sentence in &document.sentences {
            fill(&mut scratch.chars, sentence, view);
            scratch.chars.truncate(SAMPLE);
            self.model
                .vote(&scratch.chars, &mut scratch.model, &mut votes);
            read += scratch.chars.len();
            if read > SAMPLE {
                break;
            }
        }
        self.choice.of(&votes)
    }

    fn find(&self, document: &Document, tokens: &[Token], scratch: &mut Scratch) {
        let convention = self
            .convention
            .unwrap_or_else(|| self.convention(document, scratch));
        let view = document.view();
        scratch.finds.clear();
        for (number, sentence) in (0..).zip(&document.sentences) {
            fill(&mut scratch.chars, sentence, view);
            let Scratch {
                model,
                chars,
                finds,
            } = scratch;
            let first = finds.len();
            let mut from = 0;
            while let Some(piece) = chars.get(from..).and_then(piece) {
                // Most that is written in Latin letters is no Chinese name, and what is stands in a Chinese sentence.
                if piece.iter().copied().any(is_han) {
                    self.model.find(piece, convention, model, |name, chance| {
                        finds.push(Find {
                            sentence: number,
                            start: from + name.start,
                            end: from + name.end,
                            kind: name.kind,
                            score: chance,
                            method: Method::Model,
                        });
                    });
                }
                from += piece.len();
            }
            trim(finds, first, chars);
            persons::correct(chars, finds, first, &self.lexicon);
            others::correct(chars, finds, first, &self.lexicon);
            phrases::correct(chars, finds, first, &self.lexicon);
            versus::correct(number, chars, finds, first, &self.lexicon);
        }
        self.add_entries(document, tokens, &mut scratch.finds);
        consistent::lift(
            document,
            &self.lexicon,
            &mut scratch.finds,
            &mut scratch.chars,
        );
    }

    /// Adds what a user's lexicon has for names; what the model found across them goes.
    fn add_entries(&self, document: &Document, tokens: &[Token], finds: &mut Vec<Find>) {
        if self.lexicon.entries().is_empty() {
            return;
        }
        let view = document.view();
        let mut more = Vec::new();
        for token in tokens {
            let Some(kind) = kind_of(token) else { continue };
            if self.lexicon.origin(token.span.of(view)).is_none() {
                continue;
            }
            let Some(sentence) = document.sentences.get(token.sentence as usize) else {
                continue;
            };
            let from = sentence.span.char_start;
            let find = Find {
                sentence: token.sentence,
                start: (token.span.char_start - from) as usize,
                end: (token.span.char_end - from) as usize,
                kind,
                score: 1.0,
                method: Method::Lexicon,
            };
            more.push(find);
        }
        consistent::merge(finds, &mut more);
    }
}

/// The kind of name that a token's part of speech tells of.
fn kind_of(token: &Token) -> Option<Kind> {
    let families = [
        ("nr", Kind::Person),
        ("ns", Kind::Location),
        ("nt", Kind::Organisation),
    ];
    let mut families = families.into_iter();
    families.find_map(|(family, kind)| token.pos.is_a(family).then_some(kind))
}

impl Tagger for ModelTagger {
    fn name(&self) -> &'static str {
        "model"
    }

    fn tag(&self, document: &Document, tokens: &mut [Token], entities: &mut Vec<Entity>) {
        thread_local! {
            static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
        }
        let mut scratch = SCRATCH.take().unwrap_or_default();
        self.find(document, tokens, &mut scratch);
        emit(document, &scratch.finds, entities);
        if scratch.chars.capacity() <= KEPT && scratch.finds.capacity() <= KEPT {
            SCRATCH.set(Some(scratch));
        }
    }
}

/// The characters of a sentence.
pub(super) fn fill(chars: &mut Vec<char>, sentence: &Sentence, view: &str) {
    chars.clear();
    chars.extend(sentence.span.of(view).chars());
}

/// Takes white space from the ends of the finds from `first` on; what was nothing else goes.
fn trim(finds: &mut Vec<Find>, first: usize, chars: &[char]) {
    for find in finds.iter_mut().skip(first) {
        let space = |at: usize| chars.get(at).is_some_and(|ch| ch.is_whitespace());
        while find.start < find.end && space(find.start) {
            find.start += 1;
        }
        while find.start < find.end && space(find.end - 1) {
            find.end -= 1;
        }
    }
    consistent::keep(finds, first, |find| find.start < find.end);
}

/// Finds as entities; they come sentence by sentence, ordered by place.
fn emit(document: &Document, finds: &[Find], entities: &mut Vec<Entity>) {
    let mut rest = finds;
    while let Some(first) = rest.first() {
        let number = first.sentence;
        let count = rest
            .iter()
            .take_while(|find| find.sentence == number)
            .count();
        let (own, after) = rest.split_at(count);
        rest = after;
        let Some(sentence) = document.sentences.get(number as usize) else {
            continue;
        };
        let mut walker = Walker::new(sentence.span, sentence.span.of(document.view()));
        for find in own {
            entities.push(Entity {
                sentence: number,
                label: label(find.kind),
                span: walker.span(find.start, find.end),
                quantity: None,
                titles: Vec::new(),
                full: None,
                concept: None,
                method: find.method,
                score: find.score,
            });
        }
    }
}

fn label(kind: Kind) -> Label {
    kind.label()
}

/// Characters of a sentence to spans of the document, in ascending order.
pub(super) struct Walker<'t> {
    sentence: Span,
    /// Characters that were passed, bytes that they have, and what comes behind.
    passed: usize,
    bytes: usize,
    rest: std::str::Chars<'t>,
}

impl<'t> Walker<'t> {
    pub(super) fn new(sentence: Span, text: &'t str) -> Self {
        Self {
            sentence,
            passed: 0,
            bytes: 0,
            rest: text.chars(),
        }
    }

    /// The place of a character: bytes and characters from the sentence's beginning.
    fn place(&mut self, at: usize) -> (u32, u32) {
        while self.passed < at {
            let Some(ch) = self.rest.next() else { break };
            self.passed += 1;
            self.bytes += ch.len_utf8();
        }
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (narrow(self.bytes), narrow(self.passed))
    }

    pub(super) fn span(&mut self, start: usize, end: usize) -> Span {
        let (start, end) = (self.place(start), self.place(end));
        Span {
            byte_start: self.sentence.byte_start + start.0,
            byte_end: self.sentence.byte_start + end.0,
            char_start: self.sentence.char_start + start.1,
            char_end: self.sentence.char_start + end.1,
        }
    }
}

/// The first piece of `chars`: it ends behind a character that is not Han, where there is one; none where nothing is left.
fn piece(chars: &[char]) -> Option<&[char]> {
    let most = chars.get(..PIECE).unwrap_or(chars);
    let end = if most.len() == chars.len() {
        most.len()
    } else {
        let mark = most.iter().rposition(|char| !is_han(*char));
        mark.map_or(most.len(), |at| at + 1)
    };
    chars.get(..end).filter(|piece| !piece.is_empty())
}
