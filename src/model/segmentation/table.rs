//! Weights where a text finds them: n-grams of two to four characters in a table of hashes, all else by its number.
//!
//! A row is eight bytes and lies in the slot itself, so that an n-gram is one look-up; whether it is known at all is told by two bits that are nearly
//! always near the processor, as `model::table` has it. All places of a row are added at once, without a look at which are zero.

use super::super::known::{Known, mix};
use super::file::PackedSegmentation;
use super::shape::{Kind, ROW, Reading, Shape, number_of};

/// Weights of some places in a row.
type Row = [i8; ROW];

/// The check of a slot without an n-gram.
const FREE: u32 = 0;
/// An n-gram: the low half of its mixed key, made odd, and its weights, which may cancel out to zeros. Free where the check is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    check: u32,
    row: Row,
}

/// The weights of a convention.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    shift: u32,
    known: Known,
    ones: Vec<Row>,
    classes: Vec<Row>,
    singles: Vec<Row>,
    /// Weights of rows of one, by their kinds.
    narrow: [Vec<i8>; Kind::ALL.len()],
}

/// An n-gram that may be known: its mixed key and its place.
pub(super) type Maybe = (u64, usize);

impl Table {
    /// The shared weights and those of a convention, if it is one of the model's.
    pub(super) fn new(packed: &PackedSegmentation, convention: Option<usize>) -> Self {
        let own = convention.map_or(0, |at| at + 1);
        let parts = packed.parts.first().into_iter();
        let parts = parts.chain(packed.parts.get(own).filter(|_| own > 0));
        let count: usize = parts.clone().map(|part| part.keys.len()).sum();
        let size = (count * 2).next_power_of_two().max(64);
        let mut table = Self {
            slots: vec![Slot::default(); size],
            shift: u64::BITS - size.trailing_zeros(),
            known: Known::beside(size),
            ones: vec![Row::default(); Kind::One.keys()],
            classes: vec![Row::default(); Kind::Classes.keys()],
            singles: vec![Row::default(); Kind::Single.keys()],
            narrow: Kind::ALL.map(|kind| match kind.width() {
                1 => vec![0; kind.keys()],
                _ => Vec::new(),
            }),
        };
        for part in parts {
            part.rows().for_each(|(key, row)| table.put(key, row));
        }
        table
    }

    /// Adds to the weights of a key.
    fn put(&mut self, key: u64, row: Row) {
        let Some(kind) = Kind::of(key) else { return };
        let number = number_of(key);
        let place = match kind {
            Kind::One => self.ones.get_mut(number),
            Kind::Classes => self.classes.get_mut(number),
            Kind::Single => self.singles.get_mut(number),
            Kind::Two | Kind::Three | Kind::Four => Some(self.slot(mix(key))),
            _ => {
                let weights = self.narrow.get_mut(kind as usize);
                if let Some(weight) = weights.and_then(|weights| weights.get_mut(number)) {
                    *weight = weight.saturating_add(row[0]);
                }
                None
            }
        };
        for (sum, weight) in place.into_iter().flatten().zip(row) {
            *sum = sum.saturating_add(weight);
        }
    }

    /// The row of an n-gram, a free one if it is new.
    fn slot(&mut self, mixed: u64) -> &mut Row {
        self.known.add(mixed);
        let mut at = self.place(mixed);
        while self.slots[at].check != FREE && self.slots[at].check != check(mixed) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at].check = check(mixed);
        &mut self.slots[at].row
    }

    #[inline]
    fn place(&self, mixed: u64) -> usize {
        usize::try_from(mixed >> self.shift).unwrap_or(0)
    }

    #[inline]
    fn find(&self, mixed: u64) -> Option<&Row> {
        let mut at = self.place(mixed);
        loop {
            let slot = &self.slots[at];
            if slot.check == FREE {
                return None;
            }
            if slot.check == check(mixed) {
                return Some(&slot.row);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds up what everything says of each place; `maybe` is memory.
    pub(super) fn score(
        &self,
        shape: &Shape,
        reading: &mut Reading,
        maybe: &mut Vec<Maybe>,
        scores: &mut [i16],
    ) {
        Shape::each_one(reading, |place, kind, number| {
            self.add(scores, place, kind, number);
        });
        let most = (reading.chars.len() + 8) * 3 + 1;
        if maybe.len() < most {
            maybe.resize(most, (0, 0));
        }
        // Without a branch: whether an n-gram is known is nothing that a processor could guess.
        let mut count = 0;
        Shape::each_gram(reading, |keys| {
            for (place, key) in keys {
                let mixed = mix(key);
                if let Some(to) = maybe.get_mut(count) {
                    *to = (mixed, place);
                }
                count += usize::from(self.known.may_hold(mixed));
            }
        });
        for (mixed, place) in maybe.iter().take(count) {
            if let Some(row) = self.find(*mixed) {
                add(scores, *place, *row);
            }
        }
        Shape::each_class(reading, |place, kind, number| {
            self.add(scores, place, kind, number);
        });
        shape.each_word(reading, |place, kind, number| {
            self.add(scores, place, kind, number);
        });
    }

    /// Adds a row that has a table. The kind is known where this is called, so that nothing of the choice is left at run time.
    #[inline]
    fn add(&self, scores: &mut [i16], place: usize, kind: Kind, number: usize) {
        let rows = match kind {
            Kind::One => &self.ones,
            Kind::Classes => &self.classes,
            Kind::Single => &self.singles,
            _ => {
                let weight = self.narrow[kind as usize].get(number);
                if let (Some(score), Some(weight)) = (scores.get_mut(place), weight) {
                    *score = score.saturating_add(i16::from(*weight));
                }
                return;
            }
        };
        if let Some(row) = rows.get(number) {
            add(scores, place, *row);
        }
    }
}

#[inline]
fn add(scores: &mut [i16], place: usize, row: Row) {
    let to = scores
        .get_mut(place..)
        .and_then(<[i16]>::first_chunk_mut::<ROW>);
    if let Some(to) = to {
        for (score, weight) in to.iter_mut().zip(row) {
            *score = score.saturating_add(i16::from(weight));
        }
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn check(mixed: u64) -> u32 {
    mixed as u32 | 1
}
