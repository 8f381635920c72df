//! Two wrong characters side by side: what the same text says elsewhere.
//!
//! Each hides the other, for no single one makes a word with its wrong neighbour, and look-alikes of both at once would make words of
//! any rare name. So the text itself is the witness: the two characters before the pair and what stands behind it (a character, or an end) stand
//! elsewhere, or the other way round, and between them is a frequent word, whose nearer character is a look-alike. 战略仟条。 where the
//! text has 战略任务， too.

use memchr::memmem;

use super::super::trie::Trie;
use super::find::{Char, is_covered, is_han};
use super::tables::Tables;
use super::weigh::{AROUND, WINDOW, cut};

/// How often the text is searched through, at most: a garbled one is no witness.
const SEARCHES: usize = 32;
/// Characters that must stand elsewhere beside the pair.
const CONTEXT: usize = 2;
/// The frequency from which on a word is worth proposing; higher than for one character, as less is known.
const PROPOSED: f64 = 100.0;
/// By how much the logarithm of the cut's probability must grow.
const GAIN: f64 = 8.0;

/// Which side of the pair the witness stands on.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// The search in one text.
pub(super) struct Twice<'a> {
    trie: &'a Trie,
    tables: &'a Tables,
    text: &'a str,
    searches: usize,
}

impl<'a> Twice<'a> {
    pub(super) fn new(trie: &'a Trie, tables: &'a Tables, text: &'a str) -> Self {
        Self {
            trie,
            tables,
            text,
            searches: 0,
        }
    }

    /// What the characters at `at` and behind it should have been, if the text tells.
    #[inline(never)]
    pub(super) fn look(&mut self, run: &[Char], at: usize) -> Option<[char; 2]> {
        if is_covered(self.trie, run, at) || is_covered(self.trie, run, at + 1) {
            return None;
        }
        let before = at.checked_sub(CONTEXT).and_then(|start| run.get(start..at));
        let behind = run.get(at + 2..at + 2 + CONTEXT);
        let sides = [(Side::Before, before), (Side::Behind, behind)];
        sides.into_iter().find_map(|(side, context)| {
            let (first, last) = (context?.first()?, context?.last()?);
            let context = self
                .text
                .get(first.byte..last.byte + last.char.len_utf8())?;
            self.search(run, at, side, context)
        })
    }

    fn search(&mut self, run: &[Char], at: usize, side: Side, context: &str) -> Option<[char; 2]> {
        self.searches += 1;
        if self.searches > SEARCHES {
            return None;
        }
        let text = self.text;
        let beyond = match side {
            Side::Before => run.get(at + 2),
            Side::Behind => at.checked_sub(1).and_then(|before| run.get(before)),
        };
        let beyond = beyond.map(|one| one.char);
        memmem::find_iter(text.as_bytes(), context).find_map(|start| {
            let (meant, next) = match side {
                Side::Before => {
                    let mut behind = text.get(start + context.len()..)?.chars();
                    ([behind.next()?, behind.next()?], behind.next())
                }
                Side::Behind => {
                    let mut before = text.get(..start)?.chars().rev();
                    let last = before.next()?;
                    ([before.next()?, last], before.next())
                }
            };
            let is_same = next.filter(|next| is_han(*next)) == beyond;
            (is_same && self.fits(run, at, side, meant)).then_some(meant)
        })
    }

    /// Whether `meant` makes a word, and its nearer character looks like what was read.
    fn fits(&self, run: &[Char], at: usize, side: Side, meant: [char; 2]) -> bool {
        let (near, read) = match side {
            Side::Before => (meant[0], run[at].char),
            Side::Behind => (meant[1], run[at + 1].char),
        };
        let mut candidates = self.tables.candidates(read).iter();
        if meant[0] == run[at].char
            || meant[1] == run[at + 1].char
            || !candidates.any(|one| one.char == near && one.likeness > 0)
            || !self.tables.is_usual(meant[0], meant[1])
        {
            return false;
        }
        let codes = meant.map(|char| self.trie.alphabet.code(char));
        let word = self.trie.child(codes[0], codes[1]);
        word != 0
            && self.trie.log(self.trie.slot(word)) >= PROPOSED.ln()
            && self.gain(run, at, codes) >= GAIN
    }

    /// By how much likelier the cut of the characters around gets.
    fn gain(&self, run: &[Char], at: usize, meant: [u32; 2]) -> f64 {
        let first = at.saturating_sub(AROUND);
        let mut codes = [0; WINDOW];
        let mut len = 0;
        for (code, one) in codes.iter_mut().zip(run.iter().skip(first)) {
            *code = self.trie.alphabet.code(one.char);
            len += 1;
        }
        let place = at - first;
        let read = cut(self.trie, &codes[..len], place).score;
        codes[place..place + 2].copy_from_slice(&meant);
        cut(self.trie, &codes[..len], place).score - read
    }
}
