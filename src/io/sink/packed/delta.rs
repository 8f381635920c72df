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
    /// `self - before`, wrapped: its low half, and whether that is all of it.
    fn step(self, before: Self) -> (i32, bool);
    /// `self - before`, wrapped, and widened again.
    fn wide_step(self, before: Self) -> i64;
    /// The number itself.
    fn wide(self) -> i64;
}

impl Integer for i32 {
    #[inline]
    fn step(self, before: Self) -> (i32, bool) {
        (self.wrapping_sub(before), true)
    }
    fn wide_step(self, before: Self) -> i64 {
        i64::from(self.wrapping_sub(before))
    }
    fn wide(self) -> i64 {
        i64::from(self)
    }
}

impl Integer for i64 {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "that is what is asked")]
    fn step(self, before: Self) -> (i32, bool) {
        let step = self.wrapping_sub(before);
        (step as i32, step == i64::from(step as i32))
    }
    fn wide_step(self, before: Self) -> i64 {
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
    varint(zigzag(values.first().map_or(0, |first| first.wide())), out);
    let after = values.get(1..).unwrap_or_default();
    for (before, block) in values.chunks(BLOCK).zip(after.chunks(BLOCK)) {
        let mut steps = [0; BLOCK];
        let mut narrow = true;
        for ((to, value), before) in steps.iter_mut().zip(block).zip(before) {
            let (step, whole) = value.step(*before);
            *to = step;
            narrow &= whole;
        }
        if narrow {
            narrow_block(&steps, block.len(), out);
        } else {
            wide_block(before, block, out);
        }
    }
}

/// The first `count` of `steps`. All is done in 32 bits, of which the processor takes several at once.
fn narrow_block(steps: &[i32; BLOCK], count: usize, out: &mut Vec<u8>) {
    let known = steps.get(..count).unwrap_or_default();
    let least = known.iter().copied().min().unwrap_or_default();
    varint(zigzag(i64::from(least)), out);
    // A miniblock is always whole; a block leaves out those that it has no steps for.
    let (miniblocks, _) = steps.as_chunks::<MINIBLOCK>();
    let mut widths = [0; MINIBLOCKS];
    let at = out.len();
    out.extend(widths);
    for (number, steps) in (0..count.div_ceil(MINIBLOCK)).zip(miniblocks) {
        let mut above = steps.map(|step| step.wrapping_sub(least).cast_unsigned());
        // Nothing is known of what stands behind the last.
        above
            .iter_mut()
            .skip(count - number * MINIBLOCK)
            .for_each(|step| *step = 0);
        let bits = width(u64::from(above.iter().fold(0, |all, step| all | step)));
        widths[number] = u8::try_from(bits).unwrap_or(u8::MAX);
        pack(&above, bits, out);
    }
    for (slot, width) in out.iter_mut().skip(at).zip(widths) {
        *slot = width;
    }
}

/// Offsets that jump by gigabytes: none in practice.
fn wide_block<T: Integer>(before: &[T], block: &[T], out: &mut Vec<u8>) {
    let pairs = block.iter().zip(before);
    let steps: Vec<i64> = pairs
        .map(|(value, before)| value.wide_step(*before))
        .collect();
    let least = steps.iter().copied().min().unwrap_or_default();
    varint(zigzag(least), out);
    let widths = out.len();
    out.extend([0; MINIBLOCKS]);
    for (number, steps) in steps.chunks(MINIBLOCK).enumerate() {
        let mut above = [0; MINIBLOCK];
        for (above, step) in above.iter_mut().zip(steps) {
            *above = step.wrapping_sub(least).cast_unsigned();
        }
        let bits = width(above.iter().fold(0, |all, step| all | step));
        if let (Some(slot), Ok(bits)) = (out.get_mut(widths + number), u8::try_from(bits)) {
            *slot = bits;
        }
        wide_miniblock(&above, bits, out);
    }
}

fn wide_miniblock(values: &[u64; MINIBLOCK], bits: u32, out: &mut Vec<u8>) {
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
