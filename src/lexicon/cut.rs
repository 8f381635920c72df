//! Cutting: text to words with their tags.
//!
//! ```text
//! text -> characters with codes -> best route, from right to left -> words, from left to right
//!                                  (trie)                            runs of single characters -> hidden Markov model
//! ```
//!
//! The *route* says for each character which word begins there in the likeliest sequence of words up to the end. Going
//! from right to left, the words that begin at a character and what comes best after each are known at the same time, so
//! that no graph of words is ever stored. Characters that no word contains, and the end of the text, have code 0,
//! which leads nowhere: the search stops there by itself.
//!
//! Answers are those of jieba-rs to the last bit: sums are taken in its order, and of equal ones the longer word wins.

use std::hint::select_unpredictable;

use super::alphabet::NO_CODE;
use super::guess::Guesses;
use super::hmm::{Back, Model, covers};
use super::script::{is_connector, is_word_char};
use super::trie::{LEAF, Trie};
use crate::record::Pos;
use crate::text::{ByteOffset, CharOffset, Span};

/// Characters for which a thread keeps room (2.25 MiB).
const KEPT: usize = 1 << 16;

/// A character of the text.
#[derive(Clone, Copy, Debug)]
struct Char {
    /// Its code in the trie; 0 for marks, whatever the trie says of them.
    code: u32,
    /// Where it begins.
    byte: u32,
    ch: char,
}

/// The slots of the prefixes that begin at a character; 0 for none.
#[derive(Clone, Copy, Debug)]
struct Prefixes {
    two: u32,
    three: u32,
}

/// The best way on from a character.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The logarithm of the probability of all that comes.
    score: f64,
    /// Where the word ends; 0 for a character outside of words.
    end: u32,
    /// The word's number in the trie; 0 for no word.
    word: u32,
}

impl Step {
    const OUTSIDE: Self = Self {
        score: 0.0,
        end: 0,
        word: 0,
    };
}

impl Step {
    /// Takes the other way if it is as likely at least; it is longer.
    #[inline]
    fn prefer(&mut self, score: f64, end: u32, word: u32) {
        let better = score >= self.score;
        // Of two equal ones either will do, and a processor has an instruction for the larger of two.
        self.score = if score > self.score {
            score
        } else {
            self.score
        };
        self.end = select_unpredictable(better, end, self.end);
        self.word = select_unpredictable(better, word, self.word);
    }
}

/// A thread's memory.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    chars: Vec<Char>,
    prefixes: Vec<Prefixes>,
    route: Vec<Step>,
    back: Back,
    guesses: Guesses,
}

impl Scratch {
    /// Gives back what an uncommonly long text took.
    pub(super) fn shrink(&mut self) {
        if self.chars.capacity() > KEPT {
            self.chars = Vec::new();
            self.prefixes = Vec::new();
            self.route = Vec::new();
            self.back = Back::default();
        }
    }
}

/// Cuts `text` and hands each word to `emit`, in order. `model` joins unknown characters to words.
pub(super) fn cut(
    trie: &Trie,
    model: Option<&Model>,
    text: &str,
    scratch: &mut Scratch,
    emit: impl FnMut(Span, Pos),
) {
    read(trie, text, &mut scratch.chars);
    find_prefixes(trie, &scratch.chars, &mut scratch.prefixes);
    find_route(trie, &scratch.chars, &scratch.prefixes, &mut scratch.route);
    let mut cutter = Cutter {
        trie,
        text,
        chars: &scratch.chars,
        route: &scratch.route,
        back: &mut scratch.back,
        guesses: &mut scratch.guesses,
        emit,
    };
    match model {
        Some(model) => cutter.with_model(model),
        None => cutter.without_model(),
    }
}

/// The characters of `text`, and a last one for its end.
fn read(trie: &Trie, text: &str, chars: &mut Vec<Char>) {
    let end = ByteOffset::of(text.len()).raw();
    chars.clear();
    // Most characters have three bytes.
    chars.reserve(text.len() / 3 + 1);
    let mut byte = 0;
    let mut rest = text.as_bytes();
    loop {
        while let [first @ 0xE0..=0xEF, second, third, after @ ..] = rest {
            let low = |byte: &u8| u32::from(byte & 0x3F);
            let code = u32::from(first & 0xF) << 12 | low(second) << 6 | low(third);
            let ch = char::from_u32(code).unwrap_or_default();
            let code = trie.alphabet.inside(ch);
            chars.push(Char { code, byte, ch });
            byte += 3;
            rest = after;
        }
        let other = text.get(byte as usize..).and_then(|it| it.chars().next());
        let Some(ch) = other.filter(|_| byte < end) else {
            break;
        };
        let code = trie.alphabet.inside(ch);
        chars.push(Char { code, byte, ch });
        let width = width(ch);
        byte += width;
        rest = rest.get(width as usize..).unwrap_or_default();
    }
    chars.push(Char {
        code: NO_CODE,
        byte: end,
        ch: '\0',
    });
}

/// Bytes of `ch` in UTF-8.
fn width(ch: char) -> u32 {
    1 + u32::from(ch > '\u{7F}') + u32::from(ch > '\u{7FF}') + u32::from(ch > '\u{FFFF}')
}

/// The first steps of all searches. A step waits for memory most of its time; here no step waits for another, so that the
/// processor has many under way at once, and later finds all of this in its caches.
fn find_prefixes(trie: &Trie, chars: &[Char], prefixes: &mut Vec<Prefixes>) {
    prefixes.clear();
    prefixes.extend(chars.windows(2).map(|pair| {
        let two = match pair {
            [one, other] => trie.child(one.code, other.code),
            _ => 0,
        };
        Prefixes { two, three: 0 }
    }));
    for (prefix, third) in prefixes.iter_mut().zip(chars.iter().skip(2)) {
        prefix.three = trie.child(prefix.two, third.code);
    }
}

fn find_route(trie: &Trie, chars: &[Char], prefixes: &[Prefixes], route: &mut Vec<Step>) {
    route.clear();
    route.resize(chars.len(), Step::OUTSIDE);
    let count = CharOffset::of(prefixes.len()).raw();
    // The scores from the next character on, and from the two after that.
    let (mut next, mut second, mut third) = (0.0, 0.0, 0.0);
    let each = (0..count).zip(prefixes).zip(chars).rev();
    for ((at, prefix), Char { code, ch, .. }) in each {
        if *code == NO_CODE && !is_word_char(*ch) {
            (next, second, third) = (0.0, next, second);
            continue;
        }
        // Where there is no word the weight is not a number, comparisons are false, and there is no branch to guess.
        let slot = trie.slot(*code);
        let one = trie.weight(slot) + next;
        let mut best = Step {
            score: if one > f64::NEG_INFINITY {
                one
            } else {
                f64::NEG_INFINITY
            },
            end: at + 1,
            word: slot.end,
        };
        let slot = trie.slot(prefix.two);
        best.prefer(trie.weight(slot) + second, at + 2, slot.end);
        if prefix.three != 0 {
            let slot = trie.slot(prefix.three);
            best.prefer(trie.weight(slot) + third, at + 3, slot.end);
            if slot.base != LEAF {
                longer(trie, chars, route, (prefix.three, at + 3), &mut best);
            }
        }
        if one.is_nan() && best.end == at + 1 {
            best.score = 0.0 - trie.log_total + next;
        }
        (next, second, third) = (best.score, next, second);
        route[at as usize] = best;
    }
}

/// A word that the search for the best route looks at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// The first character, and the one past the last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The word's place in the trie; none where a single character is no word.
    pub(super) place: Option<u32>,
    /// The logarithm of its probability.
    pub(super) log: f64,
    /// The logarithm of the probability of the likeliest sequence of words that begins with it.
    pub(super) score: f64,
    /// Whether that is the one that is taken here.
    pub(super) best: bool,
}

/// All words of `text` that the search looks at, in order: what [`cut`] does without telling.
pub(super) fn edges(trie: &Trie, text: &str, scratch: &mut Scratch, mut emit: impl FnMut(Edge)) {
    read(trie, text, &mut scratch.chars);
    find_prefixes(trie, &scratch.chars, &mut scratch.prefixes);
    find_route(trie, &scratch.chars, &scratch.prefixes, &mut scratch.route);
    let (chars, route) = (&scratch.chars, &scratch.route);
    for (from, step) in route.iter().enumerate() {
        if step.end == 0 {
            continue;
        }
        let mut place = chars[from].code;
        for (to, next) in (from + 1..).zip(route.iter().skip(from + 1)) {
            let slot = trie.slot(place);
            if slot.is_word() || to == from + 1 {
                let log = if slot.is_word() {
                    trie.weight(slot)
                } else {
                    0.0 - trie.log_total
                };
                emit(Edge {
                    from,
                    to,
                    place: slot.is_word().then_some(place),
                    log,
                    score: log + next.score,
                    best: step.end as usize == to,
                });
            }
            place = trie.child(place, chars[to].code);
            if place == 0 {
                break;
            }
        }
    }
}

/// Words of four characters and more, of which the first three, at `place`, end at `end`.
fn longer(
    trie: &Trie,
    chars: &[Char],
    route: &[Step],
    (mut place, mut end): (u32, u32),
    best: &mut Step,
) {
    loop {
        place = trie.child(place, chars[end as usize].code);
        if place == 0 {
            return;
        }
        end += 1;
        let slot = trie.slot(place);
        best.prefer(trie.weight(slot) + route[end as usize].score, end, slot.end);
        if slot.base == LEAF {
            return;
        }
    }
}

struct Cutter<'s, E> {
    trie: &'s Trie,
    text: &'s str,
    chars: &'s [Char],
    route: &'s [Step],
    back: &'s mut Back,
    guesses: &'s mut Guesses,
    emit: E,
}

impl<E: FnMut(Span, Pos)> Cutter<'_, E> {
    /// Words of the route; runs of its single characters go through the model.
    fn with_model(&mut self, model: &Model) {
        let end = self.chars.len() - 1;
        let (mut at, mut from) = (0, 0);
        while at < end {
            let step = self.route[at];
            let to = step.end as usize;
            if to == at + 1 {
                at = to;
                continue;
            }
            self.run(model, from, at);
            at = if to == 0 {
                self.mark(at)
            } else {
                self.emit(at, to, self.trie.word_tag(step.word));
                to
            };
            from = at;
        }
        self.run(model, from, end);
    }

    /// Words of the route; only letters and digits in a row are joined.
    fn without_model(&mut self) {
        let end = self.chars.len() - 1;
        let mut at = 0;
        while at < end {
            let step = self.route[at];
            let to = step.end as usize;
            if to == 0 {
                at = self.mark(at);
            } else if to > at + 1 {
                self.emit(at, to, self.trie.word_tag(step.word));
                at = to;
            } else if self.is_alphanumeric(at) {
                let from = at;
                while self.is_alphanumeric(at) && self.route[at].end as usize == at + 1 {
                    at += 1;
                }
                self.word(from, at);
            } else {
                self.word(at, to);
                at = to;
            }
        }
    }

    fn is_alphanumeric(&self, at: usize) -> bool {
        self.chars[at].ch.is_ascii_alphanumeric()
    }

    /// The single characters `from..to`: words by themselves where the route had the choice of joining them, else for the
    /// model to cut.
    fn run(&mut self, model: &Model, from: usize, to: usize) {
        match to - from {
            0 => {}
            1 => self.word(from, to),
            _ if self.find(from, to).is_some() => {
                for at in from..to {
                    self.word(at, at + 1);
                }
            }
            _ => self.joined(model, from, to),
        }
    }

    fn joined(&mut self, model: &Model, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let start = at;
            let covered = covers(self.chars[at].ch);
            while at < to && covers(self.chars[at].ch) == covered {
                at += 1;
            }
            if !covered {
                self.latin(start, at);
            } else if at - start == 1 {
                self.word(start, at);
            } else {
                let chars = self.chars;
                let run = chars[start..at].iter().map(|read| read.ch);
                let mut back = std::mem::take(self.back);
                model.cut(run, &mut back, |from, to| {
                    self.word(start + from, start + to);
                });
                *self.back = back;
            }
        }
    }

    /// Characters that the model does not cover: letters and digits, with connectors inside and a percent sign behind,
    /// are one word, and so is all between two of these.
    fn latin(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let start = at;
            while at < to && !self.is_alphanumeric(at) {
                at += 1;
            }
            if at > start {
                self.word(start, at);
            }
            let start = at;
            while at < to && self.is_alphanumeric(at) {
                at += 1;
                let joins = at + 1 < to && is_connector(self.chars[at].ch);
                if joins && self.is_alphanumeric(at + 1) {
                    at += 1;
                }
            }
            if at > start && at < to && self.chars[at].ch == '%' {
                at += 1;
            }
            if at > start {
                self.word(start, at);
            }
        }
    }

    /// A character outside of words, or a line break of two. Answers where it ends.
    fn mark(&mut self, at: usize) -> usize {
        let ch = self.chars[at].ch;
        if ch == '\r' && self.chars[at + 1].ch == '\n' {
            self.emit(at, at + 2, Pos::UNKNOWN);
            return at + 2;
        }
        // The dictionary has some marks as words, though no route leads through them.
        let slot = self.trie.find([self.trie.alphabet.code(ch)]);
        let pos = slot.map_or(Pos::UNKNOWN, |slot| self.trie.tag(slot));
        self.emit(at, at + 1, pos);
        at + 1
    }

    /// A word that the route did not find: it may be in the dictionary all the same.
    fn word(&mut self, from: usize, to: usize) {
        let pos = if let Some(slot) = self.find(from, to) {
            self.trie.tag(slot)
        } else {
            let bytes = self.chars[from].byte as usize..self.chars[to].byte as usize;
            self.guesses.guess(self.text.get(bytes).unwrap_or_default())
        };
        self.emit(from, to, pos);
    }

    fn find(&self, from: usize, to: usize) -> Option<u32> {
        self.trie
            .find(self.chars[from..to].iter().map(|read| read.code))
    }

    #[inline]
    fn emit(&mut self, from: usize, to: usize, pos: Pos) {
        let span = Span {
            byte_start: ByteOffset::new(self.chars[from].byte),
            byte_end: ByteOffset::new(self.chars[to].byte),
            char_start: CharOffset::of(from),
            char_end: CharOffset::of(to),
        };
        (self.emit)(span, pos);
    }
}
