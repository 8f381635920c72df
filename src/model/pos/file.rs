//! The file of a model of parts of speech.
//!
//! Inside, columns of numbers: the tags; which of them words may have; steps from tag to tag; the keys in
//! order (as distances), how many tags each has a weight for, and these.

use super::super::bytes::{
    MOST_WEIGHTS, Magic, ModelFileError, few, number, packed, read_keys, read_names, take,
    unpacked, varint, write_keys, write_names,
};
use super::choices::{Choices, LABELS};
use crate::record::Pos;

const MAGIC: Magic = *b"cihe-ps1";
/// Stored numbers for a nat: the largest weight that can be stored is four nats.
pub(super) const SCALE: f32 = 32.0;

/// What a key says of a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) label: u8,
    pub(super) value: i8,
}

/// A model as it is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedTags {
    /// The tags.
    pub(super) labels: Vec<Pos>,
    pub(super) choices: Choices,
    /// From each tag, and from what is before the first word, to each.
    pub(super) steps: Vec<i16>,
    /// In order.
    pub(super) keys: Vec<u32>,
    /// How many weights each key has.
    pub(super) counts: Vec<u8>,
    /// Those of the first key, then those of the second, and so on.
    pub(super) weights: Vec<Weight>,
}

impl PackedTags {
    /// The file.
    ///
    /// # Errors
    ///
    /// Compression fails; a model is too large.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        few(self.weights.len())?;
        let mut out = MAGIC.to_vec();
        write_names(&mut out, self.labels.iter().map(Pos::as_str));
        varint(&mut out, self.choices.sets.len() as u64);
        out.extend(self.choices.sets.iter().flat_map(|set| set.to_le_bytes()));
        let words = self.choices.words.iter();
        let tags = self.choices.tags.iter();
        ordered(&mut out, words.map(|(hash, set)| (u64::from(*hash), *set)));
        ordered(&mut out, tags.map(|(tag, set)| (*tag, *set)));
        out.extend(self.steps.iter().flat_map(|step| step.to_le_bytes()));
        let keys = self.keys.iter().zip(&self.counts);
        ordered(
            &mut out,
            keys.map(|(key, count)| (u64::from(*key), u16::from(*count))),
        );
        out.extend(self.weights.iter().map(|weight| weight.label));
        out.extend(
            self.weights
                .iter()
                .map(|weight| weight.value.cast_unsigned()),
        );
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
        let names = read_names(rest, LABELS)?;
        let labels: Option<Vec<Pos>> = names.into_iter().map(Pos::new).collect();
        let labels = labels.filter(|labels| !labels.is_empty())?;
        let mut packed = Self {
            choices: choices(rest, labels.len())?,
            labels,
            ..Self::default()
        };
        let labels = packed.labels.len();
        let (steps, _) = take(rest, 2 * labels * (labels + 1))?.as_chunks();
        packed.steps = steps.iter().copied().map(i16::from_le_bytes).collect();
        for (key, count) in read_ordered(rest)? {
            packed.keys.push(u32::try_from(key).ok()?);
            packed.counts.push(u8::try_from(count).ok()?);
        }
        let count = packed.counts.iter().map(|count| usize::from(*count)).sum();
        if count >= MOST_WEIGHTS {
            return None;
        }
        let (of, values) = (take(rest, count)?, take(rest, count)?);
        if of.iter().any(|label| usize::from(*label) >= labels) {
            return None;
        }
        let weights = of.iter().zip(values).map(|(label, value)| Weight {
            label: *label,
            value: value.cast_signed(),
        });
        packed.weights = weights.collect();
        Some(packed)
    }
}

fn choices(rest: &mut &[u8], labels: usize) -> Option<Choices> {
    let count = number(rest)?;
    let (sets, _) = take(rest, count.checked_mul(8)?)?.as_chunks();
    let sets: Vec<u64> = sets.iter().copied().map(u64::from_le_bytes).collect();
    let sound = |set: &u64| *set != 0 && (u64::BITS - set.leading_zeros()) as usize <= labels;
    if sets.is_empty() || !sets.iter().all(sound) {
        return None;
    }
    let words = read_ordered(rest)?.into_iter();
    let words: Option<Vec<(u32, u16)>> = words
        .map(|(hash, set)| Some((u32::try_from(hash).ok()?, set)))
        .collect();
    let (words, tags) = (words?, read_ordered(rest)?);
    let of_words = words.iter().map(|(_, set)| *set);
    let mut numbers = of_words.chain(tags.iter().map(|(_, set)| *set));
    if numbers.any(|set| usize::from(set) >= sets.len()) {
        return None;
    }
    Some(Choices::new(sets, words, tags))
}

/// Keys in order, and then what belongs to each.
fn ordered(out: &mut Vec<u8>, rows: impl ExactSizeIterator<Item = (u64, u16)> + Clone) {
    write_keys(out, rows.clone().map(|(key, _)| key));
    rows.for_each(|(_, value)| varint(out, u64::from(value)));
}

fn read_ordered(rest: &mut &[u8]) -> Option<Vec<(u64, u16)>> {
    let keys = read_keys(rest)?.into_iter();
    keys.map(|key| Some((key, u16::try_from(number(rest)?).ok()?)))
        .collect()
}
