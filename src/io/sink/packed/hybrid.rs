//! The hybrid of runs and packed bits: dictionary numbers and definition levels.

use super::bits::{pack, varint};

/// Values that are packed together.
const GROUP: usize = 8;

/// Appends `values`, none of which has more than `width` bits.
///
/// Equal values from [`GROUP`] on become a run; what is between runs is packed.
pub(super) fn encode(values: &[u32], width: u32, out: &mut Vec<u8>) {
    let mut rest = values;
    let mut loose = values;
    let mut pending = 0;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|value| *value == first).count();
        if run < GROUP {
            let step = GROUP.min(rest.len());
            pending += step;
            rest = rest.get(step..).unwrap_or_default();
            continue;
        }
        packed(loose.get(..pending).unwrap_or_default(), width, out);
        varint((run as u64) << 1, out);
        let bytes = width.div_ceil(u8::BITS) as usize;
        out.extend(first.to_le_bytes().iter().take(bytes));
        rest = rest.get(run..).unwrap_or_default();
        (loose, pending) = (rest, 0);
    }
    packed(loose, width, out);
}

/// All groups but the last of all are whole; zeros fill that one up.
fn packed(values: &[u32], width: u32, out: &mut Vec<u8>) {
    if values.is_empty() {
        return;
    }
    let groups = values.len().div_ceil(GROUP);
    varint((groups as u64) << 1 | 1, out);
    pack(values, width, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_packed_groups_alternate() {
        let mut out = Vec::new();
        encode(
            &[1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0],
            1,
            &mut out,
        );
        assert_eq!(out, [3, 0b0101_0101, 10 << 1, 1, 3, 0]);
    }

    #[test]
    fn one_word_alone_takes_no_bits() {
        let mut out = Vec::new();
        encode(&[0; 300], 0, &mut out);
        assert_eq!(out, [0xD8, 4]);
    }
}
