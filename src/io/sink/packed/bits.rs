//! Numbers of a few bits each, one after the other, lowest bit first.

/// How many bits `value` needs.
pub(super) fn width(value: u64) -> u32 {
    u64::BITS - value.leading_zeros()
}

/// Appends the low `width` bits of each of `values`; they must have no others. The last byte is filled up with zeros.
pub(super) fn pack(values: impl Iterator<Item = u64>, width: u32, out: &mut Vec<u8>) {
    let mut bits = Bits::default();
    if width <= u32::BITS {
        values.for_each(|value| bits.put(value, width, out));
    } else {
        for value in values {
            bits.put(value & u64::from(u32::MAX), u32::BITS, out);
            bits.put(value >> u32::BITS, width - u32::BITS, out);
        }
    }
    bits.finish(out);
}

/// Bits that have not filled a word yet: fewer than 32.
#[derive(Default)]
struct Bits {
    held: u64,
    filled: u32,
}

impl Bits {
    #[inline]
    fn put(&mut self, value: u64, width: u32, out: &mut Vec<u8>) {
        self.held |= value << self.filled;
        self.filled += width;
        if self.filled >= u32::BITS {
            let [a, b, c, d, ..] = self.held.to_le_bytes();
            out.extend_from_slice(&[a, b, c, d]);
            self.held >>= u32::BITS;
            self.filled -= u32::BITS;
        }
    }

    fn finish(self, out: &mut Vec<u8>) {
        let bytes = self.filled.div_ceil(u8::BITS) as usize;
        out.extend(self.held.to_le_bytes().iter().take(bytes));
    }
}

/// Appends `value` as a variable-length number (ULEB128).
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_lowest_bit_first() {
        let packed = |values: &[u64], width| {
            let mut out = Vec::new();
            pack(values.iter().copied(), width, &mut out);
            out
        };
        // The example of the format's documentation.
        assert_eq!(
            packed(&[0, 1, 2, 3, 4, 5, 6, 7], 3),
            [0b1000_1000, 0b1100_0110, 0b1111_1010]
        );
        assert_eq!(
            packed(&[u64::MAX, 1], 64),
            [
                255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0
            ]
        );
        assert_eq!(
            packed(&[1 << 39 | 1, 2], 40),
            [1, 0, 0, 0, 128, 2, 0, 0, 0, 0]
        );
        assert!(packed(&[0, 0], 0).is_empty());
    }

    #[test]
    fn long_numbers_take_seven_bits_a_byte() {
        let mut out = Vec::new();
        varint(300, &mut out);
        varint(127, &mut out);
        varint(0, &mut out);
        assert_eq!(out, [0xAC, 2, 127, 0]);
    }
}
