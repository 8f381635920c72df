//! N-grams to weights: one look-up for all labels of an n-gram.
//!
//! ```text
//! key -> bit: is it known at all?
//!     -> slot: half of the key's hash, and the n-gram's number
//!          `-> blocks[source][number]: where its rows begin, and which labels have one
//!                `-> rows[source][first ..]
//! ```
//!
//! Waiting for memory is most of the work, so that each step reads few bytes from a small table, and is done for a whole sentence before the
//! next, so that the waits overlap. Open addressing, half empty. The rows that all sources share and those of a source are added up
//! when the model is loaded: a character needs as many look-ups with four sources as with one.

use std::sync::OnceLock;

use super::file::{Packed, VOTES};
use super::label::WIDTH;

/// The number of no n-gram: its slot is free.
const FREE: u32 = u32::MAX;
/// Bits of the small table for a slot of the large one.
const BITS_A_SLOT: usize = 4;
/// Bits of the mask below the first row in a block.
const MASK_BITS: u32 = 8;

/// An n-gram: the low half of its mixed key and its number. With a million n-grams, one unknown one in eight thousand million is taken for
/// a known one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    check: u32,
    number: u32,
}

/// All n-grams of a model.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    shift: u32,
    /// A bit for each n-gram, at a place that its key tells. Most n-grams of a text are not known, and this small table says so
    /// without a wait for the memory of the large one.
    known: Vec<u64>,
    known_shift: u32,
    votes: Vec<[i8; VOTES]>,
    /// What is stored, of which conventions are made.
    parts: Parts,
    /// Made when first asked for: a process seldom needs all.
    conventions: Vec<OnceLock<Convention>>,
}

/// Rows as they are stored: those that all sources share, and those of each.
#[derive(Debug)]
struct Parts {
    count: usize,
    masks: Vec<u8>,
    rows: Vec<[i8; WIDTH]>,
}

/// The weights of a convention.
#[derive(Debug)]
struct Convention {
    /// By the n-gram's number.
    blocks: Vec<u32>,
    rows: Vec<[i8; WIDTH]>,
}

/// What a convention is the sum of: parts, each with its share in halves.
pub(super) type Mixture = Vec<(usize, i16)>;

impl Table {
    pub(super) fn new(packed: Packed, conventions: usize) -> Self {
        let count = packed.keys.len();
        let size = (count * 2).next_power_of_two().max(64);
        let mut table = Self {
            slots: vec![
                Slot {
                    check: 0,
                    number: FREE
                };
                size
            ],
            shift: u64::BITS - size.trailing_zeros(),
            known: vec![0; size * BITS_A_SLOT / 64],
            known_shift: u64::BITS - (size * BITS_A_SLOT).trailing_zeros(),
            parts: Parts {
                count: packed.parts(),
                masks: packed.masks,
                rows: packed.rows,
            },
            votes: packed.votes,
            conventions: (0..conventions).map(|_| OnceLock::new()).collect(),
        };
        for (number, key) in (0..).zip(&packed.keys) {
            table.put(mix(*key), number);
        }
        table
    }

    fn put(&mut self, mixed: u64, number: u32) {
        let (word, bit) = self.bit(mixed);
        self.known[word] |= 1 << bit;
        let mut at = self.place(mixed);
        while self.slots[at].number != FREE {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot {
            check: check(mixed),
            number,
        };
    }

    /// The weights of a convention, which is the sum of `mixture`.
    pub(super) fn convention(&self, number: usize, mixture: &Mixture) -> Weights<'_> {
        let convention =
            self.conventions[number].get_or_init(|| Convention::of(&self.parts, mixture));
        Weights(convention)
    }

    #[inline]
    fn place(&self, mixed: u64) -> usize {
        usize::try_from(mixed >> self.shift).unwrap_or(0)
    }

    /// Where the bit of an n-gram is.
    #[inline]
    fn bit(&self, mixed: u64) -> (usize, u64) {
        let at = mixed >> self.known_shift;
        (usize::try_from(at >> 6).unwrap_or(0), at & 63)
    }

    /// Whether the model may know an n-gram; seldom wrong, and never where it says no.
    #[inline]
    pub(super) fn may_know(&self, mixed: u64) -> bool {
        let (word, bit) = self.bit(mixed);
        self.known[word] >> bit & 1 == 1
    }

    /// The number of an n-gram that the model knows.
    #[inline]
    pub(super) fn find(&self, mixed: u64) -> Option<u32> {
        let mut at = self.place(mixed);
        loop {
            let slot = self.slots[at];
            if slot.number == FREE {
                return None;
            }
            if slot.check == check(mixed) {
                return Some(slot.number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// What an n-gram says of the text's source.
    #[inline]
    pub(super) fn votes(&self, number: u32) -> [i8; VOTES] {
        self.votes[number as usize]
    }
}

/// The weights of n-grams by a convention.
#[derive(Clone, Copy)]
pub(super) struct Weights<'t>(&'t Convention);

/// Where the rows of an n-gram begin, and which labels have one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block(u32);

impl<'t> Weights<'t> {
    /// The blocks of n-grams that stand at given places: all at once, so that the waits for memory overlap.
    #[inline]
    pub(super) fn blocks(self, known: &[(u32, u32)], blocks: &mut Vec<(u32, Block)>) {
        blocks.clear();
        let block = |number: u32| Block(self.0.blocks[number as usize]);
        blocks.extend(known.iter().map(|(at, number)| (*at, block(*number))));
    }

    /// The labels of an n-gram that have weights, as bits, and the weights.
    #[inline]
    pub(super) fn block(self, block: Block) -> (u32, &'t [[i8; WIDTH]]) {
        let mask = block.0 & ((1 << MASK_BITS) - 1);
        let first = (block.0 >> MASK_BITS) as usize;
        (mask, &self.0.rows[first..])
    }
}

impl Convention {
    fn of(parts: &Parts, mixture: &Mixture) -> Self {
        let mut convention = Self {
            blocks: Vec::with_capacity(parts.masks.len() / parts.count),
            rows: Vec::with_capacity(parts.rows.len()),
        };
        let mut rest = parts.rows.as_slice();
        for masks in parts.masks.chunks_exact(parts.count) {
            let mut own: [(u8, &[[i8; WIDTH]]); VOTES + 1] = [(0, &[]); VOTES + 1];
            for (own, mask) in own.iter_mut().zip(masks) {
                let (rows, after) = rest.split_at(mask.count_ones() as usize);
                *own = (*mask, rows);
                rest = after;
            }
            let first = u32::try_from(convention.rows.len()).unwrap_or(0);
            let mask = convention.add(&mut own, mixture);
            convention
                .blocks
                .push((first << MASK_BITS) | u32::from(mask));
        }
        convention.rows.shrink_to_fit();
        convention
    }

    /// Adds up the rows of an n-gram's parts; returns the labels that have one.
    fn add(&mut self, own: &mut [(u8, &[[i8; WIDTH]]); VOTES + 1], mixture: &Mixture) -> u8 {
        let mask = mixture
            .iter()
            .fold(0, |mask, (part, _)| mask | own[*part].0);
        let mut left = mask;
        while left != 0 {
            let bit = left & left.wrapping_neg();
            left ^= bit;
            let mut sum = [0_i16; WIDTH];
            for (part, halves) in mixture {
                let (mask, rows) = &mut own[*part];
                if *mask & bit != 0
                    && let Some((row, after)) = rows.split_first()
                {
                    *rows = after;
                    for (sum, weight) in sum.iter_mut().zip(row) {
                        *sum += i16::from(*weight) * halves;
                    }
                }
            }
            self.rows.push(sum.map(halved));
        }
        mask
    }
}

/// Half of a sum, as far as it can be stored.
#[inline]
fn halved(sum: i16) -> i8 {
    let least = i16::from(i8::MIN);
    i8::try_from((sum / 2).clamp(least, i16::from(i8::MAX))).unwrap_or(0)
}

/// A number of which all bits depend on all of the key. Places are taken from its highest bits, checks from its lowest.
#[inline]
pub(super) fn mix(key: u64) -> u64 {
    let mixed = (key ^ (key >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 32)
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn check(mixed: u64) -> u32 {
    mixed as u32
}
