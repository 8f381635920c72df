//! Numbers of a few bits each, one after the other, lowest bit first.

/// Numbers that are packed at once: at any width they fill whole bytes.
pub(super) const BLOCK: usize = 32;

/// How many bits `value` needs.
pub(super) fn width(value: u64) -> u32 {
    u64::BITS - value.leading_zeros()
}

/// Appends the low `width` bits of each of `values`, which have no others; zeros fill the last eight up.
pub(super) fn pack(values: &[u32], width: u32, out: &mut Vec<u8>) {
    let (blocks, rest) = values.as_chunks::<BLOCK>();
    out.reserve(values.len() * width as usize / 8 + BLOCK);
    for block in blocks {
        pack_block(block, width, out);
    }
    if !rest.is_empty() {
        let mut block = [0; BLOCK];
        for (slot, value) in block.iter_mut().zip(rest) {
            *slot = *value;
        }
        let end = out.len() + rest.len().div_ceil(8) * width as usize;
        pack_block(&block, width, out);
        out.truncate(end);
    }
}

/// Appends a block, by code that was compiled for its width: where a number begins and whether it crosses into the next word is known
/// then, and half the time of a loop that finds out is saved.
fn pack_block(values: &[u32; BLOCK], width: u32, out: &mut Vec<u8>) {
    macro_rules! by_width {
        ($($width:literal)*) => {
            match width {
                0 => {}
                $($width => pack_words::<$width>(values, out),)*
                _ => out.extend(values.iter().flat_map(|value| value.to_le_bytes())),
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
}

/// All steps spelled out: a loop over them is left as one by the compiler, with every place computed anew.
#[inline]
fn pack_words<const WIDTH: usize>(values: &[u32; BLOCK], out: &mut Vec<u8>) {
    let mut words = [0; WIDTH];
    macro_rules! put {
        ($($number:literal)*) => {
            $(pack_one::<WIDTH, $number>(values[$number], &mut words);)*
        };
    }
    put!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
    out.extend_from_slice(words.map(u32::to_le_bytes).as_flattened());
}

/// Puts a number at its bits, of which some may be in the next word.
#[inline]
fn pack_one<const WIDTH: usize, const NUMBER: usize>(value: u32, words: &mut [u32; WIDTH]) {
    let (word, shift) = (NUMBER * WIDTH / BLOCK, NUMBER * WIDTH % BLOCK);
    words[word] |= value << shift;
    if shift + WIDTH > BLOCK {
        words[word + 1] = value >> (BLOCK - shift);
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
        let packed = |values: &[u32], width| {
            let mut out = Vec::new();
            pack(values, width, &mut out);
            out
        };
        // The example of the format's documentation.
        assert_eq!(
            packed(&[0, 1, 2, 3, 4, 5, 6, 7], 3),
            [0b1000_1000, 0b1100_0110, 0b1111_1010]
        );
        assert_eq!(packed(&[5], 3), [5, 0, 0]);
        assert!(packed(&[0, 0], 0).is_empty());
    }

    #[test]
    fn a_number_is_found_at_its_bits_at_every_width() {
        for width in 1..=32 {
            let mask = u32::MAX >> (32 - width);
            let values: Vec<u32> = (0..75_u32)
                .map(|n| n.wrapping_mul(0x9E37_79B9) & mask)
                .collect();
            let mut out = Vec::new();
            pack(&values, width, &mut out);
            assert_eq!(out.len(), 80 * width as usize / 8);
            let bit = |at: usize| u32::from(out[at / 8] >> (at % 8) & 1);
            for (number, value) in values.iter().enumerate() {
                let from = number * width as usize;
                let found = (0..width as usize)
                    .map(|at| bit(from + at) << at)
                    .sum::<u32>();
                assert_eq!(found, *value, "number {number} at width {width}");
            }
        }
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
