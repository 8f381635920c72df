//! Learned weights as they are stored: eight bits each, and none at all where that would be zero.

use super::super::file::Packed;
use super::super::grams::{TEMPLATES, kind_of};
use super::super::label::{LABELS, WIDTH};
use super::super::lists::ROWS;
use super::crf::Row;
use super::learn::Weights;
use super::source::Classifier;
use super::space::Space;

/// Stored numbers for a nat: the largest that can be stored is two nats, which one weight in ten thousand is above.
const SCALE: f32 = 64.0;

/// Packs what was learned; weights below `prune` are left out.
pub(super) fn pack(
    space: &Space,
    weights: &Weights,
    classifier: &Classifier,
    prune: f32,
) -> Packed {
    let mut packed = Packed {
        chars: space.alphabet.chars().to_vec(),
        sources: space.sources.clone(),
        scale: SCALE,
        bias: classifier.bias(),
        ..Packed::default()
    };
    for (steps, base) in weights.steps.iter().zip(&space.lists) {
        let steps = steps.as_flattened().iter();
        packed
            .steps
            .push(steps.map(|step| wide(step * SCALE)).collect());
        let rows = weights.rows.iter().skip(*base as usize).take(ROWS);
        packed.lists.extend(rows.map(|row| quantised(row, prune)));
    }
    let keys = space.blocks.iter().flat_map(|blocks| blocks.keys());
    let mut keys: Vec<u64> = keys.copied().collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        block(&mut packed, key, space, weights, classifier, prune);
    }
    packed
}

/// Adds the rows of an n-gram, if it has any.
fn block(
    packed: &mut Packed,
    key: u64,
    space: &Space,
    weights: &Weights,
    classifier: &Classifier,
    prune: f32,
) {
    let (mut masks, before) = (Vec::new(), packed.rows.len());
    for blocks in &space.blocks {
        let mut mask = 0_u8;
        if let Some(base) = blocks.get(&key) {
            let rows = weights.rows.iter().skip(*base as usize);
            for (offset, row) in rows.take(TEMPLATES[kind_of(key)].labels).enumerate() {
                let row = quantised(row, prune);
                if row != [0; WIDTH] {
                    mask |= 1 << offset;
                    packed.rows.push(row);
                }
            }
        }
        masks.push(mask);
    }
    if packed.rows.len() > before {
        packed.keys.push(key);
        packed.masks.extend(masks);
        packed.votes.push(classifier.votes(key));
    }
}

fn quantised(row: &Row, prune: f32) -> [i8; WIDTH] {
    let mut stored = [0; WIDTH];
    for (stored, weight) in stored.iter_mut().zip(row).take(LABELS) {
        *stored = self::stored(*weight, prune, SCALE);
    }
    stored
}

/// A weight as it is stored, with so many numbers for a nat; zero below `prune`.
pub(in super::super) fn stored(weight: f32, prune: f32, scale: f32) -> i8 {
    if weight.abs() >= prune {
        small(weight * scale)
    } else {
        0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded; conversion saturates"
)]
pub(super) fn small(weight: f32) -> i8 {
    weight.round() as i8
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded; conversion saturates"
)]
pub(in super::super) fn wide(weight: f32) -> i16 {
    weight.round() as i16
}
