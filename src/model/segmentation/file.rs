//! The file of a segmentation model.
//!
//! Compressed with zstd; inside, columns of little-endian numbers: for the shared weights and for each convention's own the keys in order
//! (as distances), which weights of each row are there, and these.

use super::super::file::{number, take, varint};
use super::shape::{Kind, ROW, number_of};

const MAGIC: &[u8; 8] = b"cihe-ws1";
const LEVEL: i32 = 19;
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
        varint(out, self.keys.len() as u64);
        let mut last = 0;
        for key in &self.keys {
            varint(out, key - last);
            last = *key;
        }
        out.extend(&self.masks);
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
    }

    fn read(rest: &mut &[u8]) -> Option<Self> {
        let count = number(rest)?;
        let mut part = Self::default();
        let mut last = 0_u64;
        for _ in 0..count {
            last = last.checked_add(number(rest)? as u64)?;
            part.keys.push(last);
        }
        part.masks = take(rest, count)?.to_vec();
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
    /// Compression fails.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        let mut out = MAGIC.to_vec();
        varint(&mut out, self.conventions.len() as u64);
        for convention in &self.conventions {
            varint(&mut out, convention.len() as u64);
            out.extend(convention.as_bytes());
        }
        varint(&mut out, self.chars.len() as u64);
        for ch in &self.chars {
            varint(&mut out, u64::from(u32::from(*ch)));
        }
        out.extend(self.within.to_le_bytes());
        for part in &self.parts {
            part.write(&mut out);
        }
        zstd::encode_all(out.as_slice(), LEVEL)
    }

    /// Reads a file; `None` where it is none.
    pub fn read(file: &[u8]) -> Option<Self> {
        let bytes = zstd::decode_all(file).ok()?;
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let rest = &mut rest;
        let mut packed = Self::default();
        let conventions = number(rest)?;
        if conventions > CONVENTIONS {
            return None;
        }
        for _ in 0..conventions {
            let length = number(rest)?;
            let name = take(rest, length)?.to_vec();
            packed.conventions.push(String::from_utf8(name).ok()?);
        }
        for _ in 0..number(rest)? {
            let code = u32::try_from(number(rest)?).ok()?;
            packed.chars.push(char::from_u32(code)?);
        }
        packed.within = i16::from_le_bytes(*take(rest, 2)?.first_chunk()?);
        for _ in 0..=conventions {
            packed.parts.push(Part::read(rest)?);
        }
        rest.is_empty().then_some(packed)
    }
}
