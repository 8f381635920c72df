//! `DELTA_BINARY_PACKED`: the steps from one number to the next, packed in blocks to the bits that the widest needs.

use super::bits::{pack, varint, width};

/// Steps of a block, which share their smallest.
const BLOCK: usize = 128;
/// Steps of a miniblock, which share their width.
const MINIBLOCK: usize = 32;
/// Miniblocks of a block.
const MINIBLOCKS: usize = BLOCK / MINIBLOCK;

/// An integer column's type, whose steps wrap around at its own width.
pub(super) trait Integer: Copy {
    /// `self - before`, wrapped, and widened again.
    fn step(self, before: Self) -> i64;
    /// The number itself.
    fn wide(self) -> i64;
}

impl Integer for i32 {
    fn step(self, before: Self) -> i64 {
        i64::from(self.wrapping_sub(before))
    }
    fn wide(self) -> i64 {
        i64::from(self)
    }
}

impl Integer for i64 {
    fn step(self, before: Self) -> i64 {
        self.wrapping_sub(before)
    }
    fn wide(self) -> i64 {
        self
    }
}

/// Appends `values`.
pub(super) fn encode<T: Integer>(values: &[T], out: &mut Vec<u8>) {
    varint(BLOCK as u64, out);
    varint(MINIBLOCKS as u64, out);
    varint(values.len() as u64, out);
    let mut before = values.first().copied();
    varint(zigzag(before.map_or(0, T::wide)), out);
    let mut steps = [0; BLOCK];
    for block in values.get(1..).unwrap_or_default().chunks(BLOCK) {
        for (step, value) in steps.iter_mut().zip(block) {
            *step = before.map_or(0, |before| value.step(before));
            before = Some(*value);
        }
        encode_block(steps.get(..block.len()).unwrap_or_default(), out);
    }
}

fn encode_block(steps: &[i64], out: &mut Vec<u8>) {
    let least = steps.iter().copied().min().unwrap_or_default();
    varint(zigzag(least), out);
    let widths = out.len();
    out.extend([0; MINIBLOCKS]);
    for (number, steps) in steps.chunks(MINIBLOCK).enumerate() {
        // A miniblock is always whole; a block leaves out those that it has no steps for.
        let mut above = [0; MINIBLOCK];
        for (above, step) in above.iter_mut().zip(steps) {
            // Never negative; of 32-bit steps it has 32 bits at most.
            *above = step.wrapping_sub(least).cast_unsigned();
        }
        let bits = width(above.iter().fold(0, |all, step| all | step));
        if let (Some(slot), Ok(bits)) = (out.get_mut(widths + number), u8::try_from(bits)) {
            *slot = bits;
        }
        pack_miniblock(&above, bits, out);
    }
}

fn pack_miniblock(values: &[u64; MINIBLOCK], bits: u32, out: &mut Vec<u8>) {
    if bits <= u32::BITS {
        #[expect(clippy::cast_possible_truncation, reason = "no value has more bits")]
        return pack(&values.map(|value| value as u32), bits, out);
    }
    // Offsets that jump by gigabytes: none in practice.
    let (mut held, mut filled) = (0_u128, 0);
    for value in values {
        held |= u128::from(*value) << filled;
        filled += bits;
        while filled >= u8::BITS {
            let [low, ..] = held.to_le_bytes();
            out.push(low);
            held >>= u8::BITS;
            filled -= u8::BITS;
        }
    }
}

/// Small for numbers near zero, of either sign.
fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_steps_take_no_bits() {
        let mut out = Vec::new();
        encode(&[1, 2, 3, 4, 5], &mut out);
        // The first example of the format's documentation, in blocks of 128.
        assert_eq!(out, [128, 1, 4, 5, 2, 2, 0, 0, 0, 0]);
    }

    #[test]
    fn steps_are_packed_above_the_least() {
        let mut out = Vec::new();
        encode(&[7, 5, 3, 1, 2, 3, 4, 5], &mut out);
        let expected = [
            128,
            1,
            4,
            8,
            14,
            3,
            2,
            0,
            0,
            0,
            0b1100_0000,
            0b0011_1111,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        assert_eq!(out, expected);
    }
}
