//! N-grams to weights: one look-up for all labels of an n-gram.
//!
//! ```text
//! one character         code --------------------------------> singles[code]
//! two to four   key -> bits: is it known at all?
//!                   -> slot: half of the key's hash, and where its weights are
//!                         `----------------------------------> entries[first ..]
//! classes               three, five of them as a number -----> classes[number]
//! ```
//!
//! Waiting for memory is most of the work, so that each step reads few bytes from a small table, and is done for a whole sentence before the
//! next, so that the waits overlap. Open addressing, at most half full. Weights have the same places in all conventions (`super::convention`), so that
//! what was looked up to choose one serves again.

use std::ops::Range;
use std::sync::OnceLock;

use super::convention::{Convention, GROUP, Mixture, Parts};
use super::file::{Packed, VOTES};
use super::grams::{Codes, MARGIN, TEMPLATES, VOTERS, kind_of, rest_of};
use super::known::{Known, mix};

/// What a free slot has for a block: no model has so many weights.
const FREE: Block = Block(u32::MAX);
/// Groups of n-grams when the slots are filled, by the highest bits of their mixed keys.
const GROUPS: usize = 256;
const GROUP_SHIFT: u32 = u64::BITS - 8;
/// Rows before the first character's, and as many behind the last one's, for what n-grams at the edges say of characters
/// beyond them: adding it there is faster than to ask.
pub(super) const EDGES: usize = 8;
/// Kinds of n-grams that are looked up by their keys.
pub(super) const KEYED: [usize; 4] = [1, 2, 3, 4];

/// An n-gram: the low half of its mixed key and where its weights are. With a million n-grams, one unknown one in eight thousand million is
/// taken for a known one.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    check: u32,
    block: Block,
}

/// The group of weights with which those of an n-gram begin (24 bits), how many weights there are (7), and whether it says anything of the text's source (the highest).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Block(u32);

impl Block {
    const VOTES: u32 = 1 << 31;
    const COUNT: u32 = 1 << 7;

    fn new(weights: &Range<usize>, votes: bool) -> Self {
        let [first, count] = [weights.start / GROUP, weights.len()].map(u32::try_from);
        let first = first.unwrap_or(0) * Self::COUNT % Self::VOTES;
        let count = count.unwrap_or(0) % Self::COUNT;
        Self(first | count | if votes { Self::VOTES } else { 0 })
    }

    #[inline]
    pub(super) fn weights(self) -> Range<usize> {
        let first = (self.0 % Self::VOTES / Self::COUNT) as usize * GROUP;
        first..first + (self.0 % Self::COUNT) as usize
    }

    #[inline]
    fn has_votes(self) -> bool {
        self.0 & Self::VOTES != 0
    }
}

/// An n-gram in a text that the model knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The row of the first label that its template speaks for.
    pub(super) row: usize,
    slot: u32,
    pub(super) block: Block,
}

/// An n-gram that the model may know.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Maybe {
    mixed: u64,
    row: usize,
    /// What is at its first place.
    slot: Slot,
}

/// All n-grams of a model.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    shift: u32,
    known: Known,
    /// What n-grams say of the text's source, by their slots.
    votes: Vec<[i8; VOTES]>,
    /// The same for single characters, by their codes.
    single_votes: Vec<[i8; VOTES]>,
    /// What is stored, of which conventions are made.
    parts: Parts,
    /// Made when first asked for: a process seldom needs all.
    conventions: Vec<OnceLock<Convention>>,
}

impl Table {
    pub(super) fn new(packed: &Packed, conventions: usize) -> Self {
        let keyed = |key: &&u64| KEYED.contains(&kind_of(**key));
        let count = packed.keys.iter().filter(keyed).count();
        let size = (count * 2).next_power_of_two().max(64);
        let mut table = Self {
            slots: vec![
                Slot {
                    check: 0,
                    block: FREE
                };
                size
            ],
            shift: u64::BITS - size.trailing_zeros(),
            known: Known::beside(size),
            votes: vec![[0; VOTES]; size],
            single_votes: vec![[0; VOTES]; packed.codes()],
            conventions: (0..conventions).map(|_| OnceLock::new()).collect(),
            parts: Parts::default(),
        };
        // One part of the slots after the other, so that they stay near the processor while they are filled.
        let mut groups: [Vec<(u64, Block, [i8; VOTES])>; GROUPS] =
            std::array::from_fn(|_| Vec::with_capacity(count / GROUPS * 5 / 4));
        table.parts = Parts::new(packed, |number, weights| {
            let key = packed.keys[number];
            let votes = packed.votes[number];
            match kind_of(key) {
                0 => {
                    if let Some(place) = table.single_votes.get_mut(rest_of(key)) {
                        *place = votes;
                    }
                }
                kind if KEYED.contains(&kind) => {
                    let says = VOTERS.contains(&kind) && votes != [0; VOTES];
                    let (mixed, block) = (mix(key), Block::new(&weights, says));
                    let group = usize::try_from(mixed >> GROUP_SHIFT).unwrap_or(0);
                    groups[group % GROUPS].push((mixed, block, votes));
                }
                _ => {}
            }
        });
        for (mixed, block, votes) in groups.into_iter().flatten() {
            table.put(mixed, block, votes);
        }
        table
    }

    fn put(&mut self, mixed: u64, block: Block, votes: [i8; VOTES]) {
        self.known.add(mixed);
        let mut at = self.place(mixed);
        while self.slots[at].block != FREE {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot {
            check: check(mixed),
            block,
        };
        self.votes[at] = votes;
    }

    /// The weights of a convention, which is the sum of `mixture`.
    pub(super) fn convention(&self, number: usize, mixture: &Mixture) -> &Convention {
        self.conventions[number].get_or_init(|| self.parts.convention(mixture))
    }

    /// What is stored.
    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Finds all n-grams of two to four characters that the model knows. `maybe` is memory.
    pub(super) fn look_up(&self, codes: &Codes, maybe: &mut Vec<Maybe>, hits: &mut Vec<Hit>) {
        hits.clear();
        let most = codes.places() * KEYED.len() + 1;
        if maybe.len() < most {
            maybe.resize(most, Maybe::default());
        }
        // Without a branch: whether an n-gram is known is nothing that a processor could guess.
        let mut count = 0;
        codes.each_key(|at, keys| {
            for (key, row) in keys.into_iter().zip(FIRST_ROWS) {
                let mixed = mix(key);
                if let Some(place) = maybe.get_mut(count) {
                    *place = Maybe {
                        mixed,
                        row: at + row,
                        slot: Slot::default(),
                    };
                }
                count += usize::from(self.known.may_hold(mixed));
            }
        });
        let maybe = maybe.get_mut(..count).unwrap_or_default();
        for maybe in maybe.iter_mut() {
            maybe.slot = self.slots[self.place(maybe.mixed)];
        }
        hits.reserve(count);
        for maybe in maybe {
            if let Some((slot, block)) = self.find(maybe.mixed, maybe.slot) {
                hits.push(Hit {
                    row: maybe.row,
                    slot,
                    block,
                });
            }
        }
    }

    #[inline]
    fn place(&self, mixed: u64) -> usize {
        usize::try_from(mixed >> self.shift).unwrap_or(0)
    }

    /// The slot of an n-gram that the model knows; `slot` is the one at its first place.
    #[inline]
    fn find(&self, mixed: u64, mut slot: Slot) -> Option<(u32, Block)> {
        let mut at = self.place(mixed);
        loop {
            if slot.block == FREE {
                return None;
            }
            if slot.check == check(mixed) {
                return Some((u32::try_from(at).unwrap_or(0), slot.block));
            }
            at = (at + 1) & (self.slots.len() - 1);
            slot = self.slots[at];
        }
    }

    /// Adds what a text's n-grams say of its source.
    pub(super) fn vote(&self, codes: &Codes, hits: &[Hit], sums: &mut [i32; VOTES]) {
        let singles = codes.codes().iter();
        let singles = singles.filter_map(|code| self.single_votes.get(usize::from(*code)));
        let more = hits.iter().filter(|hit| hit.block.has_votes());
        let more = more.map(|hit| &self.votes[hit.slot as usize]);
        for votes in singles.chain(more) {
            for (sum, vote) in sums.iter_mut().zip(votes) {
                *sum += i32::from(*vote);
            }
        }
    }
}

/// The row of the first label that an n-gram of each of [`KEYED`] speaks for, less the place of its last character.
const FIRST_ROWS: [usize; KEYED.len()] = {
    let mut rows = [0; KEYED.len()];
    let mut at = 0;
    while at < KEYED.len() {
        let template = TEMPLATES[KEYED[at]];
        let before = (template.length - 1 + MARGIN).cast_signed() - template.first;
        rows[at] = (EDGES.cast_signed() - before).cast_unsigned();
        at += 1;
    }
    rows
};

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn check(mixed: u64) -> u32 {
    mixed as u32
}
