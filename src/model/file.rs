//! The file of a model of names.

use std::ops::RangeInclusive;

use super::alphabet::Alphabet;
use super::bytes::{
    MOST_WEIGHTS, Magic, ModelFileError, few, number, packed, read_chars, read_keys, read_names,
    take, unpacked, varint, write_chars, write_keys, write_names,
};
use super::grams::{TEMPLATES, kind_of};
use super::label::{LABELS, WIDTH};
use super::lists::ROWS;

/// Sources that a model tells apart at most.
pub(super) const VOTES: usize = 4;
/// What weights may have been multiplied by.
const SCALES: RangeInclusive<f32> = 1.0..=4096.0;
const MAGIC: Magic = *b"cihe-ne2";

/// Rows of weights, most of which are zero and not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    /// For each row the labels that have a weight, as bits.
    pub(super) labels: Vec<u16>,
    /// The weights of the first row, then those of the second, and so on.
    pub(super) weights: Vec<i8>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    pub(super) fn push(&mut self, row: [i8; WIDTH]) {
        let set = row.iter().take(LABELS).enumerate();
        let set = set.filter(|(_, weight)| **weight != 0);
        let labels = set.fold(0, |labels, (label, weight)| {
            self.weights.push(*weight);
            labels | 1 << label
        });
        self.labels.push(labels);
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.labels.iter().map(|labels| labels.to_le_bytes()[0]));
        out.extend(self.labels.iter().map(|labels| labels.to_le_bytes()[1]));
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
    }

    fn read(rest: &mut &[u8], count: usize) -> Option<Self> {
        let (low, high) = (take(rest, count)?, take(rest, count)?);
        let labels = low.iter().zip(high);
        let labels: Vec<u16> = labels
            .map(|(low, high)| u16::from_le_bytes([*low, *high]))
            .collect();
        if labels.iter().any(|labels| labels >> LABELS != 0) {
            return None;
        }
        let weights: u32 = labels.iter().map(|labels| labels.count_ones()).sum();
        let weights = take(rest, weights as usize)?;
        Some(Self {
            labels,
            weights: weights.iter().map(|weight| weight.cast_signed()).collect(),
        })
    }

    /// All rows with their zeros.
    fn dense(&self) -> Vec<[i8; WIDTH]> {
        let mut weights = self.weights.iter();
        let row = |labels: &u16| {
            std::array::from_fn(|label| match labels >> label & 1 {
                1 => weights.next().copied().unwrap_or(0),
                _ => 0,
            })
        };
        self.labels.iter().map(row).collect()
    }
}

/// A model as it is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Packed {
    pub(super) chars: Vec<char>,
    pub(super) sources: Vec<String>,
    /// Stored numbers for a nat.
    pub(super) scale: f32,
    /// For each part.
    pub(super) steps: Vec<Vec<i16>>,
    /// Those of a part after those of another.
    pub(super) lists: Vec<[i8; WIDTH]>,
    /// In order.
    pub(super) keys: Vec<u64>,
    /// For each key and part the labels of its template that have a row.
    pub(super) masks: Vec<u8>,
    pub(super) rows: Rows,
    pub(super) votes: Vec<[i8; VOTES]>,
    pub(super) bias: [i8; VOTES],
}

impl Packed {
    /// Shared weights and those of each source.
    pub(super) fn parts(&self) -> usize {
        self.sources.len() + 1
    }

    /// Codes that characters may have.
    pub(super) fn codes(&self) -> usize {
        Alphabet::count(self.chars.len())
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// Compression fails; a model is too large.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        few(self.rows.weights.len())?;
        let mut out = MAGIC.to_vec();
        out.extend(self.scale.to_le_bytes());
        write_names(&mut out, self.sources.iter().map(String::as_str));
        write_chars(&mut out, &self.chars);
        let steps = self.steps.iter().flatten();
        out.extend(steps.flat_map(|step| step.to_le_bytes()));
        out.extend(self.bias.map(i8::cast_unsigned));
        let mut lists = Rows::default();
        for row in &self.lists {
            lists.push(*row);
        }
        lists.write(&mut out);
        write_keys(&mut out, self.keys.iter().copied());
        for part in 0..self.parts() {
            out.extend(self.masks.iter().skip(part).step_by(self.parts()));
        }
        varint(&mut out, self.rows.len() as u64);
        self.rows.write(&mut out);
        for source in 0..self.sources.len() {
            out.extend(self.votes.iter().map(|votes| votes[source].cast_unsigned()));
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
        let mut packed = Self {
            scale: f32::from_le_bytes(*take(rest, 4)?.first_chunk()?),
            ..Self::default()
        };
        // Beyond these no sum of weights keeps within its type; training makes some tens to hundreds.
        if !SCALES.contains(&packed.scale) {
            return None;
        }
        let sources = read_names(rest, VOTES)?;
        packed.sources = sources.into_iter().map(str::to_owned).collect();
        packed.chars = read_chars(rest)?;
        for _ in 0..packed.parts() {
            let (steps, _) = take(rest, 2 * WIDTH * WIDTH)?.as_chunks();
            packed
                .steps
                .push(steps.iter().copied().map(i16::from_le_bytes).collect());
        }
        let bias: [u8; VOTES] = *take(rest, VOTES)?.first_chunk()?;
        packed.bias = bias.map(u8::cast_signed);
        packed.lists = Rows::read(rest, packed.parts() * ROWS)?.dense();
        packed.keys = read_keys(rest)?;
        packed.read_rows(rest)?;
        Some(packed)
    }

    fn read_rows(&mut self, rest: &mut &[u8]) -> Option<()> {
        let (keys, parts) = (self.keys.len(), self.parts());
        if self.keys.iter().any(|key| kind_of(*key) >= TEMPLATES.len()) {
            return None;
        }
        self.masks = vec![0; keys * parts];
        for part in 0..parts {
            let column = take(rest, keys)?;
            let places = self.masks.iter_mut().skip(part).step_by(parts);
            for (place, mask) in places.zip(column) {
                *place = *mask;
            }
        }
        let masks = self.keys.iter().zip(self.masks.chunks_exact(parts));
        for (key, masks) in masks {
            let labels = TEMPLATES[kind_of(*key)].labels;
            if masks.iter().any(|mask| mask >> (labels - 1) > 1) {
                return None;
            }
        }
        let rows = number(rest)?;
        let marked: u32 = self.masks.iter().map(|mask| mask.count_ones()).sum();
        if rows != marked as usize {
            return None;
        }
        self.rows = Rows::read(rest, rows)?;
        if self.rows.weights.len() >= MOST_WEIGHTS {
            return None;
        }
        self.votes = vec![[0; VOTES]; keys];
        for source in 0..self.sources.len() {
            let column = take(rest, keys)?;
            for (votes, vote) in self.votes.iter_mut().zip(column) {
                votes[source] = vote.cast_signed();
            }
        }
        Some(())
    }
}
