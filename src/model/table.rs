//! N-grams to weights: one look-up for all labels of an n-gram.
//!
//! ```text
//! key -> slot: for each convention where its rows begin, and which labels have one
//!          `-> rows[convention][first ..]
//! ```
//!
//! Open addressing, half empty. The rows that all sources share and those of a source are added up when the model is loaded, so
//! that a character needs as many look-ups with four sources as with one.

use super::file::{Packed, VOTES};
use super::label::WIDTH;

/// A slot that is free; no n-gram has this key.
const FREE: u64 = u64::MAX;
/// Bits of the small table for a slot of the large one.
const BITS_A_SLOT: usize = 4;
/// The number of no slot.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// Bits of the mask below the first row in a block.
const MASK_BITS: u32 = 8;

/// An n-gram.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    blocks: [u32; VOTES],
    votes: [i8; VOTES],
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
    /// For each convention.
    rows: Vec<Vec<[i8; WIDTH]>>,
}

impl Table {
    pub(super) fn new(packed: &Packed) -> Self {
        let size = (packed.keys.len() * 2).next_power_of_two().max(2);
        let free = Slot {
            key: FREE,
            blocks: [0; VOTES],
            votes: [0; VOTES],
        };
        let parts = packed.parts();
        let conventions = packed.sources.len().max(1);
        let mut table = Self {
            slots: vec![free; size],
            shift: u64::BITS - size.trailing_zeros(),
            known: vec![0; (size * BITS_A_SLOT).div_ceil(64)],
            known_shift: u64::BITS - (size * BITS_A_SLOT).trailing_zeros(),
            rows: vec![Vec::with_capacity(packed.rows.len() / 2); conventions],
        };
        let mut rest = packed.rows.as_slice();
        let grams = packed.keys.iter().zip(packed.masks.chunks_exact(parts));
        for ((key, masks), votes) in grams.zip(&packed.votes) {
            let mut own: [&[[i8; WIDTH]]; VOTES + 1] = [&[]; VOTES + 1];
            for (own, mask) in own.iter_mut().zip(masks) {
                let (rows, after) = rest.split_at(mask.count_ones() as usize);
                *own = rows;
                rest = after;
            }
            let mut slot = Slot {
                key: *key,
                votes: *votes,
                ..free
            };
            for (at, rows) in table.rows.iter_mut().enumerate() {
                let part = if parts > 1 { at + 1 } else { 0 };
                let first = u32::try_from(rows.len()).unwrap_or(0);
                let mask = merge(rows, (masks[0], own[0]), (masks[part], own[part]), part);
                slot.blocks[at] = (first << MASK_BITS) | u32::from(mask);
            }
            table.put(slot);
        }
        table
    }

    fn put(&mut self, slot: Slot) {
        let mixed = mix(slot.key);
        let (word, bit) = self.bit(mixed);
        self.known[word] |= 1 << bit;
        let mut at = self.place(mixed);
        while self.slots[at].key != FREE {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
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

    /// The number of an n-gram's slot; [`UNKNOWN`] for one that the model doesn't know.
    #[inline]
    pub(super) fn find(&self, key: u64) -> u32 {
        let mixed = mix(key);
        let (word, bit) = self.bit(mixed);
        if self.known[word] >> bit & 1 == 0 {
            return UNKNOWN;
        }
        let mut at = self.place(mixed);
        loop {
            let found = self.slots[at].key;
            if found == key {
                return u32::try_from(at).unwrap_or(UNKNOWN);
            }
            if found == FREE {
                return UNKNOWN;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// What an n-gram says of the text's source.
    #[inline]
    pub(super) fn votes(&self, slot: u32) -> [i8; VOTES] {
        self.slots[slot as usize].votes
    }

    /// The labels of an n-gram that have weights, as bits, and the weights.
    #[inline]
    pub(super) fn block(&self, slot: u32, convention: usize) -> (u32, &[[i8; WIDTH]]) {
        let block = self.slots[slot as usize].blocks[convention];
        let mask = block & ((1 << MASK_BITS) - 1);
        let first = (block >> MASK_BITS) as usize;
        (mask, &self.rows[convention][first..])
    }
}

/// A number of which all bits depend on all of the key. Both tables take their places from its highest bits, which are the best mixed.
#[inline]
fn mix(key: u64) -> u64 {
    let mixed = (key ^ (key >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// Adds up two blocks of rows; `part` 0 stands for nothing.
fn merge(
    rows: &mut Vec<[i8; WIDTH]>,
    shared: (u8, &[[i8; WIDTH]]),
    own: (u8, &[[i8; WIDTH]]),
    part: usize,
) -> u8 {
    let own = if part == 0 { (0, own.1) } else { own };
    let mut lists = [shared.1.iter(), own.1.iter()];
    let mask = shared.0 | own.0;
    for bit in (0..u8::BITS).filter(|bit| mask >> bit & 1 == 1) {
        let mut sum = [0_i8; WIDTH];
        for (list, has) in lists.iter_mut().zip([shared.0, own.0]) {
            if has >> bit & 1 == 1 {
                for (sum, weight) in sum.iter_mut().zip(list.next().unwrap_or(&[0; WIDTH])) {
                    *sum = sum.saturating_add(*weight);
                }
            }
        }
        rows.push(sum);
    }
    mask
}
