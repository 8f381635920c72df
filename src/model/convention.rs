//! What n-grams say of labels by one convention, and how it is added up.
//!
//! A file has the weights that all sources share, and those of each; a convention is the sum of some of them, made when it is first
//! asked for: a character needs as many look-ups with four sources as with one. The rows of a convention are those of the
//! file's n-grams in their order, whichever part has them, so that an n-gram's rows begin at the same place in each.

use std::ops::Range;

use super::file::{Packed, VOTES};
use super::grams::{CLASS_BITS, TEMPLATES, kind_of, rest_of};
use super::label::WIDTH;
use super::looked::Looked;
use super::table::{EDGES, Hit, KEYED};
use super::viterbi::{LANES, Row};

/// The template of single characters.
const SINGLE: usize = 0;
/// Labels that a character speaks for: two before it to two behind it.
const SPAN: usize = TEMPLATES[SINGLE].labels;
/// The template of three classes, the last but one. That of five is the last.
const THREE: usize = 5;
const THREES: usize = 1 << (3 * CLASS_BITS);
const FIVES: usize = 1 << (5 * CLASS_BITS);
/// Rows of weights that an n-gram may have.
const ROWS: usize = 8;
/// Weights that an n-gram may have.
const PLACES: usize = ROWS * WIDTH;

/// Weights of an n-gram that are added at once.
pub(super) const GROUP: usize = 4;
/// Weights of a convention that are made at a time.
const CHUNK: usize = 1 << 10;

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

/// Weights as they are stored: those that all sources share, and those of each.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Codes that characters may have.
    codes: usize,
    /// The n-grams that conventions keep in tables of their own: keys and weights.
    tabled: Vec<(u64, Range<usize>)>,
    /// For each weight its label's lane, and which character's: its number among those of [`PLACES`].
    places: Vec<u8>,
    /// For each part.
    weights: Vec<Vec<i8>>,
    /// The number of each row of five classes; 0 where there is none. Nearly all of it is never touched.
    fives: Vec<u32>,
}

/// A weight and its place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry(u16);

impl Entry {
    fn new(place: u8, weight: i8) -> Self {
        Self(u16::from_le_bytes([place, weight.cast_unsigned()]))
    }

    #[inline]
    fn parts(self) -> (usize, i8) {
        let [place, weight] = self.0.to_le_bytes();
        (usize::from(place), weight.cast_signed())
    }

    #[inline]
    fn add_to(self, sums: &mut [i16; PLACES]) {
        let (place, weight) = self.parts();
        let sum = &mut sums[place % PLACES];
        // Far from overflow: a label has 27 n-grams at most.
        *sum = sum.wrapping_add(i16::from(weight));
    }
}

/// The first weights of an n-gram.
pub(super) type Head = [Entry; GROUP];

/// The weights of a convention.
#[derive(Debug)]
pub(super) struct Convention {
    /// Those of an n-gram side by side, for two to four characters, groups of [`GROUP`] that are filled up with nothing.
    entries: Vec<Entry>,
    /// By the character's code.
    singles: Vec<[Weights; SPAN]>,
    /// By the classes.
    threes: Vec<Weights>,
    /// By their numbers, the first of which is that of unknown ones.
    fives: Vec<Weights>,
}

impl Parts {
    /// Calls `each` with the number of each n-gram and where its weights are.
    pub(super) fn new(packed: &Packed, mut each: impl FnMut(usize, Range<usize>)) -> Self {
        let count = packed.parts();
        let most = packed.rows.weights.len() + packed.keys.len() * (GROUP - 1);
        let mut parts = Self {
            codes: packed.codes(),
            places: Vec::with_capacity(most),
            weights: (0..count).map(|_| vec![0; most]).collect(),
            fives: vec![0; FIVES],
            tabled: Vec::new(),
        };
        let mut labels = packed.rows.labels.iter();
        let mut weights = packed.rows.weights.iter();
        let mut fives = 0;
        let masks = packed.masks.chunks_exact(count);
        for (number, (key, masks)) in packed.keys.iter().zip(masks).enumerate() {
            let first = parts.places.len();
            if kind_of(*key) > THREE {
                fives += 1;
                if let Some(place) = parts.fives.get_mut(rest_of(*key)) {
                    *place = fives;
                }
            }
            // The places of all parts' weights first; then each weight to its place.
            let (mut own, mut all) = ([[0; ROWS]; VOTES + 1], [0; ROWS]);
            let mut any = 0;
            for (own, mask) in own.iter_mut().zip(masks) {
                any |= u16::from(*mask);
                for (offset, labels) in ones(u16::from(*mask)).zip(labels.by_ref()) {
                    own[offset] = *labels;
                    all[offset] |= *labels;
                }
            }
            let mut firsts = [0; ROWS];
            for offset in ones(any) {
                firsts[offset] = parts.places.len();
                let place = |label: usize| u8::try_from(offset * WIDTH + LANES[label]).unwrap_or(0);
                parts.places.extend(ones(all[offset]).map(place));
            }
            for ((part, own), mask) in parts.weights.iter_mut().zip(own).zip(masks) {
                for offset in ones(u16::from(*mask)) {
                    for (label, weight) in ones(own[offset]).zip(weights.by_ref()) {
                        let before = all[offset] & ((1 << label) - 1);
                        let at = firsts[offset] + before.count_ones() as usize;
                        if let Some(to) = part.get_mut(at) {
                            *to = *weight;
                        }
                    }
                }
            }
            if !KEYED.contains(&kind_of(*key)) {
                parts.tabled.push((*key, first..parts.places.len()));
            }
            // Filled up with weights of nothing, so that some can be added at once.
            parts
                .places
                .resize(parts.places.len().next_multiple_of(GROUP), 0);
            each(number, first..parts.places.len());
        }
        parts
    }

    /// The weights of the sum of `mixture`, a few at a time, so that what they are the sum of stays near the processor.
    fn entries(&self, mixture: &Mixture) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(self.places.len());
        for (number, places) in self.places.chunks(CHUNK).enumerate() {
            let mut sums = [0_i16; CHUNK];
            for (part, halves) in mixture {
                let weights = self.weights[*part].chunks(CHUNK).nth(number);
                for (sum, weight) in sums.iter_mut().zip(weights.into_iter().flatten()) {
                    *sum += i16::from(*weight) * halves;
                }
            }
            let own = sums.iter().zip(places);
            entries.extend(own.map(|(sum, place)| Entry::new(*place, halved(*sum))));
        }
        entries
    }

    /// The sum of `mixture`.
    pub(super) fn convention(&self, mixture: &Mixture) -> Convention {
        let mut convention = Convention {
            entries: self.entries(mixture),
            singles: vec![<[Weights; SPAN]>::default(); self.codes],
            threes: vec![Weights::default(); THREES],
            fives: vec![Weights::default()],
        };
        for (key, own) in &self.tabled {
            convention.put(*key, own.clone());
        }
        convention
    }
}

/// The numbers of the bits that are set, from the lowest.
#[inline]
fn ones(mut bits: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        lowest
    })
}

/// Half of a sum, as far as it can be stored.
#[inline]
fn halved(sum: i16) -> i8 {
    let least = i16::from(i8::MIN);
    i8::try_from((sum / 2).clamp(least, i16::from(i8::MAX))).unwrap_or(0)
}

impl Convention {
    /// Adds up what all n-grams of a text say of each character, into rows of which [`EDGES`] at both ends mean nothing.
    pub(super) fn score(
        &self,
        parts: &Parts,
        looked: &Looked,
        heads: &mut Vec<Head>,
        rows: &mut Vec<Row>,
    ) {
        let Looked { codes, hits } = looked;
        rows.clear();
        rows.resize(EDGES, [0; WIDTH]);
        let near = codes.classes().zip(codes.codes().array_windows());
        rows.extend(near.map(|(classes, codes)| self.near(parts, *classes, codes)));
        rows.resize(rows.len() + EDGES, [0; WIDTH]);
        // All first weights at once, so that the waits for memory overlap; the others of an n-gram are beside its first.
        let first = |hit: &Hit| {
            let entries = self.entries.get(hit.block.weights().start..);
            entries.and_then(<[Entry]>::first_chunk::<GROUP>).copied()
        };
        heads.clear();
        heads.extend(hits.iter().map(|hit| first(hit).unwrap_or_default()));
        let sums = rows.as_flattened_mut();
        for (hit, head) in hits.iter().zip(heads.iter()) {
            let sums = sums.get_mut(hit.row * WIDTH..);
            let sums = sums.and_then(|sums| sums.first_chunk_mut::<PLACES>());
            let entries = self.entries.get(hit.block.weights());
            let Some((sums, (groups, _))) = sums.zip(entries.map(<[Entry]>::as_chunks::<GROUP>))
            else {
                continue;
            };
            let [_, rest @ ..] = groups else { continue };
            for entry in head {
                entry.add_to(sums);
            }
            for entry in rest.iter().flatten() {
                entry.add_to(sums);
            }
        }
    }

    /// Copies an n-gram's weights to the table where they belong.
    fn put(&mut self, key: u64, own: Range<usize>) {
        let mut unknown = <[Weights; SPAN]>::default();
        let rows = match kind_of(key) {
            SINGLE => self
                .singles
                .get_mut(rest_of(key))
                .map(<[Weights; SPAN]>::as_mut_slice),
            THREE => self.threes.get_mut(rest_of(key)).map(std::slice::from_mut),
            _ => {
                self.fives.push(Weights::default());
                self.fives.last_mut().map(std::slice::from_mut)
            }
        };
        let rows = rows.unwrap_or(&mut unknown);
        for entry in self.entries.get(own).unwrap_or_default() {
            let (place, weight) = entry.parts();
            if let Some(row) = rows.get_mut(place / WIDTH) {
                row.0[place % WIDTH] = weight;
            }
        }
    }

    /// What a character, its neighbours by themselves, and their classes say of it.
    #[inline]
    fn near(&self, parts: &Parts, classes: [u8; 5], codes: &[u16; SPAN]) -> Row {
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
