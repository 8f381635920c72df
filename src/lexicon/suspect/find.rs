//! The search for suspects.

use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::dictionary::Lexicon;
use super::super::trie::Trie;
use super::tables::{Bound, Candidate, Tables};
use super::twice::Twice;
use super::users::Users;
use super::weigh::{AROUND, Cut, Evidence, MOST, WINDOW, WORD, cut};

/// The log odds from which on a proposal is made.
const ENOUGH: f64 = 1.1;
/// How often a proposal may come in a text before it is taken for the author's own word.
const REPEATED: usize = 2;
/// What is asked for on top in an item of a list: most of those that are in no dictionary are names.
const LISTED: f64 = 3.0;
/// Characters of an item of a list, at most, that may be a name.
const NAME: usize = 4;
/// What the pairs of a character with its neighbours add up to where they need no explanation.
const PLAUSIBLE: f64 = 9.0;
/// The frequency from which on a word protects its characters: below it the dictionary is full of chance.
const PROTECTS: f64 = 5.0;
/// The frequency from which on a word is worth proposing.
const PROPOSED: f64 = 30.0;
/// Characters of a word that is looked for, at most.
const LONGEST: usize = 4;
/// The log odds of two at once, as measured on spoilt text.
const TWICE: f64 = 3.0;
/// Two suspects closer than this would be two halves of two different repairs.
const APART: usize = 3;

/// A character that was probably read wrongly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suspect {
    /// Its first byte in the text; both characters have three.
    pub byte: usize,
    /// What stands there.
    pub before: char,
    /// What probably should.
    pub after: char,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

/// Finds suspects in texts; cheap to clone.
///
/// What is in doubt, and what it should be, is told by the embedded dictionary; a user's words protect their characters where they
/// stand, and do nothing elsewhere.
///
/// ```
/// use cihe::lexicon::{Lexicon, Suspects};
/// let found = Suspects::new(&Lexicon::default_shared()).find("他在图书棺里读书。");
/// assert_eq!((found[0].byte, found[0].before, found[0].after), (12, '棺', '馆'));
/// ```
#[derive(Clone)]
pub struct Suspects {
    lexicon: Lexicon,
    /// None where there are no words of a user's.
    users: Option<Arc<Users>>,
    tables: &'static Tables,
}

impl fmt::Debug for Suspects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Suspects")
            .field("lexicon", &self.lexicon)
            .finish_non_exhaustive()
    }
}

/// A character of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) char: char,
    pub(super) byte: usize,
}

/// A suspect and its odds.
#[derive(Clone, Copy, Debug)]
struct Found {
    suspect: Suspect,
    odds: f64,
}

impl Suspects {
    /// With the embedded dictionary; a user's words in `lexicon` are right wherever they stand.
    pub fn new(lexicon: &Lexicon) -> Self {
        let users = Users::of(lexicon);
        Self {
            lexicon: Lexicon::default_shared(),
            users: users.map(Arc::new),
            tables: Tables::shared(),
        }
    }

    /// The suspects of a text in simplified script, in order.
    pub fn find(&self, text: &str) -> Vec<Suspect> {
        let mut found: Vec<Found> = Vec::new();
        let mut run: Vec<Char> = Vec::new();
        let mut twice = Twice::new(self.lexicon.trie(), self.tables, text);
        let mut listed = false;
        for (byte, char) in text.char_indices() {
            if is_han(char) {
                run.push(Char { char, byte });
                continue;
            }
            if !run.is_empty() {
                self.search(&run, listed || char == '、', &mut twice, &mut found);
                run.clear();
            }
            listed = char == '、';
        }
        self.search(&run, listed, &mut twice, &mut found);
        let mut found = without_repeated(&found);
        if let Some(users) = &self.users {
            found.retain(|one| !users.cover(text, one.byte));
        }
        found
    }

    /// The suspects of a run of Han characters.
    fn search(&self, run: &[Char], listed: bool, twice: &mut Twice<'_>, found: &mut Vec<Found>) {
        let is_name = listed && run.len() <= NAME;
        let enough = if is_name { ENOUGH + LISTED } else { ENOUGH };
        let mut usual = false;
        let mut doubted = false;
        for (at, one) in run.iter().enumerate() {
            let before = usual;
            let next = run.get(at + 1);
            usual = next.is_some_and(|next| self.tables.is_usual(one.char, next.char));
            if before || usual {
                doubted = false;
                continue;
            }
            if let Some(new) = self.look(run, at, enough) {
                push(found, new);
                doubted = false;
                continue;
            }
            if doubted && let Some(meant) = twice.look(run, at - 1) {
                push_both(found, &run[at - 1..=at], meant);
            }
            doubted = true;
        }
    }

    /// The best proposal for the character at `at`, if one is good enough.
    #[inline(never)]
    fn look(&self, run: &[Char], at: usize, enough: f64) -> Option<Found> {
        let one = run.get(at)?;
        let candidates = self.tables.candidates(one.char);
        let trie = self.lexicon.trie();
        if run.len() < 2 || candidates.is_empty() || is_covered(trie, run, at) {
            return None;
        }
        let around = Around::new(trie, self.tables, run, at);
        if around.pairs_read > PLAUSIBLE {
            return None;
        }
        let bound = around.bound(candidates);
        let mut best: Option<(f64, char)> = None;
        for candidate in candidates.iter().copied().map(Meant::from).chain(bound) {
            let least = best.map_or(enough, |best| best.0);
            if let Some(odds) = around.odds(candidate, least) {
                best = Some((odds, candidate.char));
            }
        }
        let (odds, after) = best?;
        Some(Found {
            suspect: Suspect {
                byte: one.byte,
                before: one.char,
                after,
                confidence: probability(odds),
            },
            odds,
        })
    }
}

/// Whether it is one of the common ideographs, which are all that is looked at.
pub(super) const fn is_han(char: char) -> bool {
    matches!(char, '\u{4E00}'..='\u{9FFF}')
}

/// Of two suspects that are close together the likelier stays.
fn push(found: &mut Vec<Found>, new: Found) {
    const BYTES: usize = APART * '一'.len_utf8();
    match found.last_mut() {
        Some(last) if new.suspect.byte - last.suspect.byte < BYTES => {
            if new.odds > last.odds {
                *last = new;
            }
        }
        _ => found.push(new),
    }
}

/// Both halves of one repair, unless there is another one close by.
fn push_both(found: &mut Vec<Found>, read: &[Char], meant: [char; 2]) {
    let is_close = |last: &Found| read[0].byte - last.suspect.byte < APART * '一'.len_utf8();
    if found.last().is_some_and(is_close) {
        return;
    }
    found.extend(read.iter().zip(meant).map(|(one, after)| Found {
        suspect: Suspect {
            byte: one.byte,
            before: one.char,
            after,
            confidence: probability(TWICE),
        },
        odds: TWICE,
    }));
}

/// What comes again and again is no slip.
fn without_repeated(found: &[Found]) -> Vec<Suspect> {
    let pair = |found: &Found| (found.suspect.before, found.suspect.after);
    let mut times: FxHashMap<(char, char), usize> = FxHashMap::default();
    for one in found {
        *times.entry(pair(one)).or_default() += 1;
    }
    let single = |one: &&Found| times.get(&pair(one)).is_none_or(|times| *times <= REPEATED);
    found.iter().filter(single).map(|one| one.suspect).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a probability needs no more digits"
)]
fn probability(log_odds: f64) -> f32 {
    (1.0 / (1.0 + (-log_odds).exp())) as f32
}

/// Whether a word of the dictionary covers the character at `at`.
pub(super) fn is_covered(trie: &Trie, run: &[Char], at: usize) -> bool {
    let enough = PROTECTS.ln();
    (at.saturating_sub(WORD - 1)..=at).rev().any(|start| {
        let mut place = 0;
        for (end, one) in (start + 1..).zip(run.iter().skip(start).take(WORD)) {
            let code = trie.alphabet.code(one.char);
            if end == start + 1 {
                place = code;
                continue;
            }
            place = trie.child(place, code);
            if place == 0 {
                return false;
            }
            if end > at && trie.log(trie.slot(place)) >= enough {
                return true;
            }
        }
        false
    })
}

/// A character in doubt with what stands around it.
struct Around<'a> {
    trie: &'a Trie,
    tables: &'a Tables,
    before: Option<char>,
    read: char,
    after: Option<char>,
    /// Of its pairs with its neighbours, the logarithms of one more than their counts, added up.
    pairs_read: f64,
    /// The characters that are cut.
    codes: [u32; WINDOW],
    len: usize,
    /// The place of the one in doubt among them.
    place: usize,
    /// For each of the words' beginnings, from the one in doubt backwards, its prefix up to that; 0 if there is none.
    prefixes: [u32; LONGEST - 1],
    /// Of the cut as it stands, once it was asked for.
    score: OnceCell<f64>,
}

impl<'a> Around<'a> {
    fn new(trie: &'a Trie, tables: &'a Tables, run: &[Char], at: usize) -> Self {
        let first = at.saturating_sub(AROUND);
        let mut codes = [0; WINDOW];
        let mut len = 0;
        for (code, one) in codes
            .iter_mut()
            .zip(run.iter().skip(first).take(at - first + AROUND + 1))
        {
            *code = trie.alphabet.code(one.char);
            len += 1;
        }
        let place = at - first;
        let mut prefixes = [0; LONGEST - 1];
        for (back, prefix) in (1..=place).zip(&mut prefixes) {
            let (start, rest) = (codes[place - back], &codes[place - back + 1..place]);
            *prefix = rest.iter().fold(start, |at, code| trie.child(at, *code));
        }
        let neighbour = |at: Option<usize>| at.and_then(|at| run.get(at)).map(|one| one.char);
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        Self {
            trie,
            tables,
            before,
            read: run[at].char,
            pairs_read: pairs(tables, before, run[at].char, after).sum(),
            after,
            codes,
            len,
            place,
            prefixes,
            score: OnceCell::new(),
        }
    }

    /// What the neighbours ask for that is no look-alike.
    fn bound(&self, candidates: &[Candidate]) -> impl Iterator<Item = Meant> {
        let [one, other] = self.tables.bound(self.before, self.after);
        let new = move |found: &Bound| {
            found.char != self.read && candidates.iter().all(|one| one.char != found.char)
        };
        let other = other.filter(|other| one.is_none_or(|one| one.char != other.char));
        one.into_iter().chain(other).filter(new).map(Meant::from)
    }

    /// The log odds of a candidate; none where it makes no word, and where they are below `least`.
    fn odds(&self, candidate: Meant, least: f64) -> Option<f64> {
        let char = candidate.char;
        let after = self.pairs(char);
        if after.sum() <= 0.0 {
            return None;
        }
        let mut evidence = Evidence {
            gain: MOST,
            likeness: candidate.likeness,
            bound: candidate.bound,
            pairs_before: self.pairs_read,
            pairs_after: after.sum(),
            word: WORD,
            frequency: self.tables.total(char).ln_1p(),
            inside: self.before.is_some() && self.after.is_some(),
        };
        // Most are too unlikely whatever the cut says, and it is what costs.
        if evidence.log_odds() < least {
            return None;
        }
        let code = self.trie.alphabet.code(char);
        let fits = candidate.likeness.is_some() && !after.lacks();
        if !fits && !self.makes_word(code) {
            return None;
        }
        let mut codes = self.codes;
        codes[self.place] = code;
        let cut = self.cut(&codes);
        let score = self.score.get_or_init(|| self.cut(&self.codes).score);
        evidence.gain = cut.score - score;
        evidence.word = cut.word;
        let odds = evidence.log_odds();
        (evidence.gain > 0.0 && odds >= least).then_some(odds)
    }

    fn cut(&self, codes: &[u32; WINDOW]) -> Cut {
        cut(self.trie, &codes[..self.len], self.place)
    }

    /// Whether a frequent word goes through the place with this character in it.
    fn makes_word(&self, code: u32) -> bool {
        let enough = PROPOSED.ln();
        let behind = &self.codes[self.place + 1..self.len];
        let beginnings = std::iter::once((1, code)).chain(
            (2..)
                .zip(self.prefixes)
                .filter(|(_, prefix)| *prefix != 0)
                .map(|(len, prefix)| (len, self.trie.child(prefix, code))),
        );
        beginnings.into_iter().any(|(len, mut at)| {
            let is_word = |at| self.trie.log(self.trie.slot(at)) >= enough;
            if at == 0 {
                return false;
            }
            (len > 1 && is_word(at))
                || behind.iter().take(LONGEST - len).any(|code| {
                    at = self.trie.child(at, *code);
                    is_word(at)
                })
        })
    }

    fn pairs(&self, char: char) -> Pairs {
        pairs(self.tables, self.before, char, self.after)
    }
}

/// The pairs of `char` with its neighbours.
fn pairs(tables: &Tables, before: Option<char>, char: char, after: Option<char>) -> Pairs {
    let before = before.map(|one| tables.count_behind(one, char));
    let after = after.map(|one| tables.count_before(char, one));
    Pairs([before, after].map(|count| count.map(f64::ln_1p)))
}

/// What may have stood at a place.
#[derive(Clone, Copy, Debug)]
struct Meant {
    char: char,
    /// As of the tables; none where a neighbour alone asks for it.
    likeness: Option<u8>,
    /// How much that neighbour does.
    bound: f64,
}

impl From<Candidate> for Meant {
    fn from(candidate: Candidate) -> Self {
        Self {
            char: candidate.char,
            likeness: Some(candidate.likeness),
            bound: 0.0,
        }
    }
}

impl From<Bound> for Meant {
    fn from(found: Bound) -> Self {
        Self {
            char: found.char,
            likeness: None,
            bound: found.share.into(),
        }
    }
}

/// Of the pairs of a character with each neighbour that there is, the logarithm of one more than their counts.
#[derive(Clone, Copy, Debug)]
struct Pairs([Option<f64>; 2]);

impl Pairs {
    fn sum(self) -> f64 {
        self.0.into_iter().flatten().sum()
    }

    /// Whether there is a neighbour with which it is never met.
    fn lacks(self) -> bool {
        self.0.into_iter().flatten().any(|count| count <= 0.0)
    }
}
