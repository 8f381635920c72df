//! Which n-grams a model may know, said without a wait for the memory of their weights.
//!
//! A Bloom filter of two bits a key, both in one word (the blocked kind of Putze, Sanders and Singler, "Cache-, Hash- and
//! Space-Efficient Bloom Filters", 2007). Most n-grams of a text are not known, and this small table is nearly always near
//! the processor.

/// Bits for a slot of the table that holds the weights.
const BITS_A_SLOT: usize = 2;

/// The keys that were added, and a few others.
#[derive(Debug)]
pub(super) struct Known {
    words: Vec<u64>,
    shift: u32,
}

impl Known {
    /// None yet, beside a table of so many slots, which is a power of two and 64 at least.
    pub(super) fn beside(slots: usize) -> Self {
        let words = slots * BITS_A_SLOT / 64;
        Self {
            words: vec![0; words],
            shift: u64::BITS - words.trailing_zeros(),
        }
    }

    /// Adds a key, mixed.
    pub(super) fn add(&mut self, mixed: u64) {
        let (word, bits) = self.bits(mixed);
        self.words[word] |= bits;
    }

    /// Whether a mixed key may be among them; seldom wrong, and never where it says no.
    #[inline]
    pub(super) fn may_hold(&self, mixed: u64) -> bool {
        let (word, bits) = self.bits(mixed);
        self.words[word] & bits == bits
    }

    #[inline]
    fn bits(&self, mixed: u64) -> (usize, u64) {
        let word = usize::try_from(mixed >> self.shift).unwrap_or(0);
        (word, 1 << (mixed & 63) | 1 << (mixed >> 6 & 63))
    }
}

/// A number of which all bits depend on all of the key. Places are taken from its highest bits, checks from its lowest.
#[inline]
pub(super) fn mix(key: u64) -> u64 {
    let mixed = (key ^ (key >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_held_and_most_else_is_not() {
        let mut known = Known::beside(4096);
        (0..2048).for_each(|key| known.add(mix(key)));
        assert!((0..2048).all(|key| known.may_hold(mix(key))));
        let wrong = (2048..4096).filter(|key| known.may_hold(mix(*key))).count();
        assert!(wrong < 600, "{wrong}");
    }
}
