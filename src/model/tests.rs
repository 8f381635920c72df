//! The model as a whole: it learns, the same file each time, and reads back what it wrote.

use std::sync::Arc;

use proptest::prelude::*;

use super::file::Packed;
use super::label::{LABELS, OUTSIDE, may_follow};
use super::viterbi::{Paths, Row, Steps, Viterbi, in_lanes};
use super::{EntityModel, EntityScratch, Kind, ModelFileError, Name, Sample, TrainOptions, train};
use crate::lexicon::Lexicon;

/// Where a file, unpacked, has what weights were multiplied by.
const SCALE: std::ops::Range<usize> = 8..12;

/// Sentences of two sources, which don't agree on whether 云溪 in 云溪队 is a place.
fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    let people = ["龚秋水", "韩小满", "沈知远", "萧望舒", "祝若兰", "孟怀瑾"];
    for (number, person) in people.iter().cycle().take(60).enumerate() {
        let (source, place) = if number % 2 == 0 {
            ("uner", None)
        } else {
            ("msra", Some((6, 8)))
        };
        let mut names = vec![Name {
            start: 3,
            end: 6,
            kind: Kind::Person,
        }];
        names.extend(place.map(|(start, end)| Name {
            start,
            end,
            kind: Kind::Location,
        }));
        let opening = if number % 2 == 0 {
            "队长是"
        } else {
            "见队长"
        };
        samples.push(Sample {
            text: format!("{opening}{person}云溪队今天来了"),
            names,
            source: source.to_owned(),
        });
    }
    samples
}

pub(super) fn trained() -> Packed {
    let options = TrainOptions {
        rate: 0.1,
        ..TrainOptions::default()
    };
    train(&samples(), &Lexicon::default_shared(), &options, |_| {})
}

fn names(model: &EntityModel, text: &str, source: usize) -> Vec<(String, Kind)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    model.find(
        &chars,
        source,
        &mut EntityScratch::default(),
        |name, chance| {
            assert!((0.5..=1.0).contains(&chance), "{chance}");
            found.push((String::from_iter(&chars[name.start..name.end]), name.kind));
        },
    );
    found
}

#[test]
fn samples_are_repeated_as_their_source_is_named() {
    let mut samples = samples();
    for sample in samples.iter_mut().take(20) {
        sample.source.push('~');
    }
    let weights = |repeat: &[(&str, u32)]| {
        let repeat = repeat
            .iter()
            .map(|(name, times)| ((*name).to_owned(), *times));
        let options = TrainOptions {
            epochs: 1,
            repeat: repeat.collect(),
            ..TrainOptions::default()
        };
        let packed = train(&samples, &Lexicon::default_shared(), &options, |_| {});
        packed.write().unwrap()
    };
    assert!(weights(&[("uner", 3)]) != weights(&[("uner", 3), ("uner~", 3)]));
}

#[test]
fn what_is_learned_holds_for_new_names_and_each_source_keeps_its_conventions() {
    let model = EntityModel::new(trained(), &Lexicon::default_shared());
    assert_eq!(model.sources(), ["uner", "msra"]);
    let person = ("杜春生".to_owned(), Kind::Person);
    let place = ("云溪".to_owned(), Kind::Location);
    assert_eq!(
        names(&model, "队长是杜春生云溪队今天来了", 0),
        vec![person.clone()]
    );
    assert_eq!(
        names(&model, "见队长杜春生云溪队今天来了", 1),
        [person, place]
    );
}

#[test]
fn a_text_is_told_by_its_source() {
    let model = EntityModel::new(trained(), &Lexicon::default_shared());
    for (text, source) in [("队长是谁", 0), ("见队长了", 1)] {
        let chars: Vec<char> = text.chars().collect();
        let mut votes = model.no_votes();
        model.vote(&chars, &mut EntityScratch::default(), &mut votes);
        assert!(votes.of(source) > votes.of(1 - source), "{text}: {votes:?}");
    }
}

#[test]
fn the_same_samples_give_the_same_file_and_it_is_read_as_it_was() {
    let packed = trained();
    let file = packed.write().unwrap();
    assert_eq!(trained().write().unwrap(), file);
    assert_eq!(Packed::read(&file).unwrap(), packed);
}

#[test]
fn what_is_no_model_is_refused() {
    let refused = Err(ModelFileError::NotOne);
    assert_eq!(Packed::read(b""), refused);
    let file = zstd::decode_all(trained().write().unwrap().as_slice()).unwrap();
    for length in [0, 7, 8, 20, file.len() / 2, file.len() - 1] {
        let cut = zstd::encode_all(&file[..length], 1).unwrap();
        assert_eq!(Packed::read(&cut), refused, "{length}");
    }
    for scale in [f32::NAN, f32::INFINITY, 0.0, -1.0, 1e30] {
        let mut odd = file.clone();
        odd[SCALE].copy_from_slice(&scale.to_le_bytes());
        let odd = zstd::encode_all(odd.as_slice(), 1).unwrap();
        assert_eq!(Packed::read(&odd), refused, "{scale}");
    }
}

#[test]
fn the_embedded_model_is_made_ready_once() {
    let model = EntityModel::embedded();
    assert!(Arc::ptr_eq(&model, &EntityModel::embedded()));
    assert_eq!(model.sources(), ["uner", "msra", "weibo", "news"]);
}

#[test]
fn odd_texts_are_no_trouble() {
    let model = EntityModel::embedded();
    for text in ["", "林", "\u{10ffff}\0", "𠮷𠮷𠮷", "　", "A", "·", "林·"] {
        for source in 0..9 {
            names(&model, text, source);
        }
    }
    names(&model, &"林".repeat(100_000), 0);
}

/// All legal sequences, one after the other.
fn best_by_hand(rows: &[Row], steps: &Steps) -> i32 {
    fn go(rows: &[Row], steps: &Steps, last: u8) -> Option<i32> {
        let Some((row, rest)) = rows.split_first() else {
            return may_follow(last, OUTSIDE).then_some(0);
        };
        let labels = 0..u8::try_from(LABELS).unwrap();
        let legal = labels.filter(|next| may_follow(last, *next));
        legal
            .filter_map(|next| {
                let step = steps[usize::from(last)][usize::from(next)];
                Some(go(rest, steps, next)? + step + i32::from(row[usize::from(next)]))
            })
            .max()
    }
    go(rows, steps, OUTSIDE).unwrap_or(0)
}

fn score(rows: &[Row], steps: &Steps, labels: &[u8]) -> i32 {
    let mut last = OUTSIDE;
    let mut sum = 0;
    for (row, label) in rows.iter().zip(labels) {
        assert!(may_follow(last, *label));
        sum += steps[usize::from(last)][usize::from(*label)] + i32::from(row[usize::from(*label)]);
        last = *label;
    }
    assert!(may_follow(last, OUTSIDE));
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_best_sequence_is_the_best_of_all(
        rows in prop::collection::vec(prop::array::uniform16(-60_i16..60), 0..5),
        steps in prop::array::uniform16(prop::array::uniform16(-60_i32..60)),
    ) {
        let mut viterbi = Viterbi::default();
        let paths = Paths::new(&steps);
        let lanes: Vec<Row> = rows.iter().map(in_lanes).collect();
        viterbi.run(&lanes, &paths);
        let best = score(&rows, &steps, &viterbi.labels);
        prop_assert_eq!(best, best_by_hand(&rows, &steps));
        viterbi.look_back(&lanes, &paths);
        for at in 0..rows.len() {
            prop_assert!(viterbi.margin(at) >= 0);
            // Without the best label here, the best is worse by just the margin.
            let mut without = rows.clone();
            without[at][usize::from(viterbi.labels[at])] = -10_000;
            prop_assert_eq!(viterbi.margin(at), best - best_by_hand(&without, &steps));
        }
    }
}
