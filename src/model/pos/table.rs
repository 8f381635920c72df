//! Weights where a text finds them, as `model::segmentation` has them: whether a key is known is told by two bits that are nearly always
//! near the processor; a slot leads to the weights of a key.

use super::super::known::Known;
use super::choices::LABELS;
use super::file::{PackedTags, Weight};
use super::shape::KEYS;

/// What all keys say of each tag.
pub(super) type Scores = [i32; LABELS];

/// A key and where its weights are; none where the count is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    /// The first weight in 24 bits, and how many in eight.
    block: u32,
}

/// The weights of all keys.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    shift: u32,
    known: Known,
    weights: Vec<Weight>,
}

impl Table {
    pub(super) fn new(packed: &PackedTags) -> Self {
        let size = (packed.keys.len() * 2).next_power_of_two().max(64);
        let mut table = Self {
            slots: vec![Slot::default(); size],
            shift: u64::BITS - size.trailing_zeros(),
            known: Known::beside(size),
            weights: packed.weights.clone(),
        };
        let mut first = 0_u32;
        for (key, count) in packed.keys.iter().zip(&packed.counts) {
            if *count > 0 {
                let block = first << 8 | u32::from(*count);
                table.put(Slot { key: *key, block });
                first += u32::from(*count);
            }
        }
        table
    }

    fn put(&mut self, slot: Slot) {
        let mixed = spread(slot.key);
        self.known.add(mixed);
        let mut at = self.place(mixed);
        while self.slots[at].block != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    #[inline]
    fn place(&self, mixed: u64) -> usize {
        usize::try_from(mixed >> self.shift).unwrap_or(0)
    }

    /// Adds what keys say of each tag.
    #[inline]
    pub(super) fn add(&self, keys: &[u32], scores: &mut Scores) {
        // Without a branch: whether a key is known is nothing that a processor could guess.
        let (mut maybe, mut count) = ([0; KEYS], 0);
        for key in keys.iter().take(KEYS) {
            maybe[count] = *key;
            count += usize::from(self.known.may_hold(spread(*key)));
        }
        // All waits for memory at once.
        let mut slots = [Slot::default(); KEYS];
        for (slot, key) in slots.iter_mut().zip(&maybe).take(count) {
            *slot = self.slots[self.place(spread(*key))];
        }
        for (slot, key) in slots.iter().zip(&maybe).take(count) {
            let (mut slot, mut at) = (*slot, self.place(spread(*key)));
            loop {
                if slot.block == 0 {
                    break;
                }
                if slot.key == *key {
                    let first = (slot.block >> 8) as usize;
                    let weights = self.weights.get(first..).unwrap_or_default();
                    for weight in weights.iter().take((slot.block & 0xFF) as usize) {
                        scores[usize::from(weight.label) % LABELS] += i32::from(weight.value);
                    }
                    break;
                }
                at = (at + 1) & (self.slots.len() - 1);
                slot = self.slots[at];
            }
        }
    }
}

/// A key, which is a hash, over 64 bits.
#[inline]
fn spread(key: u32) -> u64 {
    u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
