//! The file of a segmentation model.
//!
//! Inside, columns of numbers: for the shared weights and for each convention's own the keys in order
//! (as distances), which weights of each row are there, and these.

use super::super::bytes::{
    Magic, ModelFileError, few, packed, read_chars, read_keys, read_names, take, unpacked,
    write_chars, write_keys, write_names,
};
use super::shape::{Kind, ROW, number_of};

const MAGIC: Magic = *b"cihe-ws1";
/// Stored numbers for a nat: the largest weight that can be stored is four nats.
pub(super) const SCALE: f32 = 32.0;
/// Conventions that a model tells apart at most.
pub const CONVENTIONS: usize = 8;

/// Weights by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// In order.
    pub(super) keys: Vec<u64>,
    /// For each key which of its row's weights are there, as bits.
    pub(super) masks: Vec<u8>,
    /// Those of the first key, then those of the second, and so on.
    pub(super) weights: Vec<i8>,
}

impl Part {
    /// Adds a row unless it is all zero.
    pub(super) fn push(&mut self, key: u64, row: [i8; ROW]) {
        let mut mask = 0;
        for (at, weight) in row.iter().enumerate().filter(|(_, weight)| **weight != 0) {
            mask |= 1 << at;
            self.weights.push(*weight);
        }
        if mask != 0 {
            self.keys.push(key);
            self.masks.push(mask);
        }
    }

    /// All keys with their rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, [i8; ROW])> {
        let mut weights = self.weights.iter();
        let keys = self.keys.iter().zip(&self.masks);
        keys.map(move |(key, mask)| {
            let row = std::array::from_fn(|at| match mask >> at & 1 {
                1 => weights.next().copied().unwrap_or(0),
                _ => 0,
            });
            (*key, row)
        })
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_keys(out, self.keys.iter().copied());
        out.extend(&self.masks);
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
    }

    fn read(rest: &mut &[u8]) -> Option<Self> {
        let keys = read_keys(rest)?;
        let mut part = Self {
            masks: take(rest, keys.len())?.to_vec(),
            keys,
            weights: Vec::new(),
        };
        for (key, mask) in part.keys.iter().zip(&part.masks) {
            let kind = Kind::of(*key)?;
            let places = kind.keys();
            if u32::from(*mask) >> kind.width() != 0 || places > 0 && number_of(*key) >= places {
                return None;
            }
        }
        let weights: u32 = part.masks.iter().map(|mask| mask.count_ones()).sum();
        let weights = take(rest, weights as usize)?;
        part.weights = weights.iter().map(|weight| weight.cast_signed()).collect();
        Some(part)
    }
}

/// A segmentation model as it is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedSegmentation {
    pub(super) chars: Vec<char>,
    pub(super) conventions: Vec<String>,
    /// What a character says that neither begins nor ends a word.
    pub(super) within: i16,
    /// The shared weights, then those of each convention.
    pub(super) parts: Vec<Part>,
}

impl PackedSegmentation {
    /// The file.
    ///
    /// # Errors
    ///
    /// Compression fails; a model is too large.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut out = MAGIC.to_vec();
        write_names(&mut out, self.conventions.iter().map(String::as_str));
        write_chars(&mut out, &self.chars);
        out.extend(self.within.to_le_bytes());
        for part in &self.parts {
            few(part.weights.len())?;
            part.write(&mut out);
        }
        packed(&out)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// It is no such model, or has more inside than any.
    pub fn read(file: &[u8]) -> Result<Self, ModelFileError> {
        unpacked(file, MAGIC, Self::inside)
    }

    fn inside(rest: &mut &[u8]) -> Option<Self> {
        let conventions = read_names(rest, CONVENTIONS)?;
        let mut packed = Self {
            conventions: conventions.into_iter().map(str::to_owned).collect(),
            chars: read_chars(rest)?,
            ..Self::default()
        };
        packed.within = i16::from_le_bytes(*take(rest, 2)?.first_chunk()?);
        for _ in 0..=packed.conventions.len() {
            packed.parts.push(Part::read(rest)?);
        }
        Some(packed)
    }
}
