//! What n-grams say of labels by one convention, and how it is added up.
//!
//! A file has the weights that all sources share, and those of each; a convention is the sum of some of them, made when it is first
//! asked for: a character needs as many look-ups with four sources as with one. The rows of a convention are those of the
//! file's n-grams in their order, whichever part has them, so that an n-gram's rows begin at the same place in each.

use super::file::{Packed, VOTES};
use super::grams::{CLASS_BITS, Codes, TEMPLATES, kind_of, rest_of};
use super::label::WIDTH;
use super::table::{EDGES, Hit, KEYED};
use super::viterbi::Row;

/// The template of single characters.
const SINGLE: usize = 0;
/// Labels that a character speaks for: two before it to two behind it.
const SPAN: usize = TEMPLATES[SINGLE].labels;
/// The template of three classes, the last but one. That of five is the last.
const THREE: usize = 5;
const THREES: usize = 1 << (3 * CLASS_BITS);
const FIVES: usize = 1 << (5 * CLASS_BITS);

/// What a convention is the sum of: parts, each with its share in halves.
pub(super) type Mixture = Vec<(usize, i16)>;

/// A row of weights, at an address from which a processor reads it at once.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(16))]
struct Weights([i8; WIDTH]);

impl Weights {
    #[inline]
    fn add_to(&self, sum: &mut Row) {
        let wide = self.0.map(i16::from);
        *sum = std::array::from_fn(|label| sum[label].saturating_add(wide[label]));
    }
}

/// Rows as they are stored: those that all sources share, and those of each.
#[derive(Debug, Default)]
pub(super) struct Parts {
    count: usize,
    /// Codes that characters may have.
    codes: usize,
    keys: Vec<u64>,
    masks: Vec<u8>,
    rows: Vec<[i8; WIDTH]>,
    /// The number of each row of five classes; 0 where there is none. Nearly all of it is never touched.
    fives: Vec<u32>,
}

/// The weights of a convention.
#[derive(Debug)]
pub(super) struct Convention {
    /// By the character's code.
    singles: Vec<[Weights; SPAN]>,
    /// Of n-grams of two to four characters.
    rows: Vec<Weights>,
    /// By the classes.
    threes: Vec<Weights>,
    /// By their numbers, the first of which is that of unknown ones.
    fives: Vec<Weights>,
}

impl Parts {
    pub(super) fn new(packed: Packed) -> Self {
        let mut fives = vec![0; FIVES];
        let five = |key: &&u64| kind_of(**key) > THREE;
        for (number, key) in (1..).zip(packed.keys.iter().filter(five)) {
            if let Some(place) = fives.get_mut(rest_of(*key)) {
                *place = number;
            }
        }
        Self {
            count: packed.parts(),
            codes: packed.codes(),
            keys: packed.keys,
            masks: packed.masks,
            rows: packed.rows,
            fives,
        }
    }

    /// The sum of `mixture`.
    pub(super) fn convention(&self, mixture: &Mixture) -> Convention {
        let mut convention = Convention {
            singles: vec![<[Weights; SPAN]>::default(); self.codes],
            rows: Vec::with_capacity(self.rows.len()),
            threes: vec![Weights::default(); THREES],
            fives: vec![Weights::default()],
        };
        let mut rest = self.rows.as_slice();
        for (key, masks) in self.keys.iter().zip(self.masks.chunks_exact(self.count)) {
            let mut own: [(u8, &[[i8; WIDTH]]); VOTES + 1] = [(0, &[]); VOTES + 1];
            for (own, mask) in own.iter_mut().zip(masks) {
                let (rows, after) = rest.split_at(mask.count_ones() as usize);
                *own = (*mask, rows);
                rest = after;
            }
            match kind_of(*key) {
                SINGLE => {
                    let place = convention.singles.get_mut(rest_of(*key));
                    let mut other = Default::default();
                    let place = place.unwrap_or(&mut other);
                    sum(&mut own, mixture, |label, row| place[label] = row);
                }
                kind if KEYED.contains(&kind) => {
                    sum(&mut own, mixture, |_, row| convention.rows.push(row));
                }
                THREE => {
                    if let Some(place) = convention.threes.get_mut(rest_of(*key)) {
                        sum(&mut own, mixture, |_, row| *place = row);
                    }
                }
                _ => {
                    convention.fives.push(Weights::default());
                    if let Some(place) = convention.fives.last_mut() {
                        sum(&mut own, mixture, |_, row| *place = row);
                    }
                }
            }
        }
        convention.rows.shrink_to_fit();
        convention
    }
}

/// Adds up an n-gram's rows of all parts, and calls `each` with each label that has one and the sum.
#[inline]
fn sum(
    own: &mut [(u8, &[[i8; WIDTH]]); VOTES + 1],
    mixture: &Mixture,
    mut each: impl FnMut(usize, Weights),
) {
    let mut left = own.iter().fold(0, |all, (mask, _)| all | mask);
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
        each(bit.trailing_zeros() as usize, Weights(sum.map(halved)));
    }
}

/// Half of a sum, as far as it can be stored.
#[inline]
fn halved(sum: i16) -> i8 {
    let least = i16::from(i8::MIN);
    i8::try_from((sum / 2).clamp(least, i16::from(i8::MAX))).unwrap_or(0)
}

impl Convention {
    /// Adds up what all n-grams of a text say of each character, into rows of which [`EDGES`] at both ends mean nothing.
    pub(super) fn score(&self, parts: &Parts, codes: &Codes, hits: &[Hit], rows: &mut Vec<Row>) {
        rows.clear();
        rows.resize(EDGES, [0; WIDTH]);
        let near = codes.classes().zip(codes.codes().array_windows());
        rows.extend(near.map(|(classes, codes)| self.near(parts, classes, codes)));
        rows.resize(rows.len() + EDGES, [0; WIDTH]);
        for hit in hits {
            let (mut mask, first) = hit.block.parts();
            let Some((sums, weights)) = rows.get_mut(hit.row..).zip(self.rows.get(first..)) else {
                continue;
            };
            for weights in weights.iter().take(mask.count_ones() as usize) {
                let offset = mask.trailing_zeros() as usize;
                mask &= mask - 1;
                if let Some(sum) = sums.get_mut(offset) {
                    weights.add_to(sum);
                }
            }
        }
    }

    /// What a character, its neighbours by themselves, and their classes say of it.
    #[inline]
    fn near(&self, parts: &Parts, classes: &[u8; 5], codes: &[u16; SPAN]) -> Row {
        let five = classes.iter().fold(0, |number, class| {
            (number << CLASS_BITS) | usize::from(*class)
        });
        let three = (five >> CLASS_BITS) % THREES;
        let mut sum = [0; WIDTH];
        let of_five = parts.fives.get(five).map_or(0, |number| *number as usize);
        let of_three = self.threes.get(three);
        for weights in of_three.into_iter().chain(self.fives.get(of_five)) {
            weights.add_to(&mut sum);
        }
        for (at, code) in codes.iter().enumerate() {
            if let Some(single) = self.singles.get(usize::from(*code)) {
                single[SPAN - 1 - at].add_to(&mut sum);
            }
        }
        sum
    }
}
