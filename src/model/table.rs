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
    /// For each source, by number.
    blocks: Vec<Vec<u32>>,
    votes: Vec<[i8; VOTES]>,
    /// For each source.
    rows: Vec<Vec<[i8; WIDTH]>>,
}

impl Table {
    pub(super) fn new(packed: &Packed) -> Self {
        let count = packed.keys.len();
        let size = (count * 2).next_power_of_two().max(64);
        let sources = packed.sources.len().max(1);
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
            blocks: vec![Vec::with_capacity(count); sources],
            votes: packed.votes.clone(),
            rows: vec![Vec::with_capacity(packed.rows.len()); sources],
        };
        for (number, key) in (0..).zip(&packed.keys) {
            table.put(mix(*key), number);
        }
        table.merge(packed);
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

    /// Adds up what all sources share and what each has of its own.
    fn merge(&mut self, packed: &Packed) {
        let parts = packed.parts();
        let mut rest = packed.rows.as_slice();
        for masks in packed.masks.chunks_exact(parts) {
            let mut own: [(u8, &[[i8; WIDTH]]); VOTES + 1] = [(0, &[]); VOTES + 1];
            for (own, mask) in own.iter_mut().zip(masks) {
                let (rows, after) = rest.split_at(mask.count_ones() as usize);
                *own = (*mask, rows);
                rest = after;
            }
            let sources = self.rows.iter_mut().zip(&mut self.blocks);
            // Without sources, what is shared is all.
            for ((rows, blocks), own_part) in sources.zip(own.iter().skip(1)) {
                let first = u32::try_from(rows.len()).unwrap_or(0);
                let mask = add_up(rows, own[0], *own_part);
                blocks.push((first << MASK_BITS) | u32::from(mask));
            }
        }
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

    /// The labels of an n-gram that have weights, as bits, and the weights.
    #[inline]
    pub(super) fn block(&self, number: u32, source: usize) -> (u32, &[[i8; WIDTH]]) {
        let block = self.blocks[source][number as usize];
        let mask = block & ((1 << MASK_BITS) - 1);
        let first = (block >> MASK_BITS) as usize;
        (mask, &self.rows[source][first..])
    }
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

/// Adds up two blocks of rows: labels that have one, as bits, and the rows.
fn add_up(
    rows: &mut Vec<[i8; WIDTH]>,
    shared: (u8, &[[i8; WIDTH]]),
    own: (u8, &[[i8; WIDTH]]),
) -> u8 {
    let mut lists = [shared.1.iter(), own.1.iter()];
    let mask = shared.0 | own.0;
    for bit in (0..u8::BITS).filter(|bit| mask >> bit & 1 == 1) {
        let mut sum = [0_i8; WIDTH];
        for (list, has) in lists.iter_mut().zip([shared.0, own.0]) {
            if has >> bit & 1 == 1 {
                let row = list.next().unwrap_or(&[0; WIDTH]);
                sum = std::array::from_fn(|label| sum[label].saturating_add(row[label]));
            }
        }
        rows.push(sum);
    }
    mask
}
