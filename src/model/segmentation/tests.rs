//! The model as a whole: it learns, the same file each time, reads back what it wrote, and cuts by what it learned.

use std::io::Write;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use rustc_hash::FxHashMap;

use super::super::TrainOptions;
use super::encode::each_key;
use super::file::PackedSegmentation;
use super::route::{Gap, best, gap};
use super::shape::{BEFORE, ROW, Reading, Shape};
use super::{
    SegmentationModel, SegmentationScratch, Vocabulary, WordEvaluation, WordSample, parse_words,
    train_words,
};
use crate::lexicon::Lexicon;

/// Sentences of two conventions, which don't agree on whether 石桥镇 is one word.
fn samples() -> Vec<WordSample> {
    let people = ["龚秋水", "韩小满", "沈知远", "萧望舒", "祝若兰"];
    let mut samples = Vec::new();
    for person in people.iter().cycle().take(60) {
        let text = format!("{person} 昨天 到 了 石桥镇 ， 走 了 ３．５ 里");
        samples.extend(parse_words(&text, "whole"));
        samples.extend(parse_words(&text.replace("桥镇", "桥 镇"), "apart"));
    }
    samples
}

fn trained() -> PackedSegmentation {
    let options = TrainOptions::of_words();
    train_words(&samples(), &Lexicon::default_shared(), &options, |_| {})
}

fn cut<'t>(model: &SegmentationModel, text: &'t str) -> Vec<&'t str> {
    let mut words = Vec::new();
    let mut scratch = SegmentationScratch::default();
    model.cut(text, &mut scratch, |span, _| words.push(span.of(text)));
    words
}

fn embedded(convention: &str) -> Arc<SegmentationModel> {
    SegmentationModel::embedded(convention, &Lexicon::default_shared())
}

fn shared() -> &'static SegmentationModel {
    static SHARED: LazyLock<Arc<SegmentationModel>> = LazyLock::new(|| embedded("pku"));
    &SHARED
}

#[test]
fn what_is_learned_is_cut_by_each_convention_in_its_own_way() {
    let lexicon = Lexicon::default_shared();
    let text = "祝若兰昨天到了石桥镇";
    let whole = SegmentationModel::new(trained(), "whole", &lexicon);
    assert_eq!(cut(&whole, text), ["祝若兰", "昨天", "到", "了", "石桥镇"]);
    let apart = SegmentationModel::new(trained(), "apart", &lexicon);
    assert_eq!(
        cut(&apart, text),
        ["祝若兰", "昨天", "到", "了", "石桥", "镇"]
    );
}

#[test]
fn the_same_samples_give_the_same_file_which_reads_back() {
    let packed = trained();
    assert_eq!(packed, trained());
    let file = packed.write().unwrap();
    assert_eq!(PackedSegmentation::read(&file).unwrap(), packed);
}

#[test]
fn the_loss_falls_from_epoch_to_epoch() {
    let mut losses = Vec::new();
    let lexicon = Lexicon::default_shared();
    train_words(
        &samples(),
        &lexicon,
        &TrainOptions::of_words(),
        |progress| {
            losses.push(progress.loss);
        },
    );
    assert_eq!(losses.len(), 8);
    assert!(losses[0] > losses[7] && losses[7] >= 0.0, "{losses:?}");
}

#[test]
fn no_damaged_file_is_a_model() {
    let file = trained().write().unwrap();
    let bytes = zstd::decode_all(file.as_slice()).unwrap();
    assert!(PackedSegmentation::read(b"no model").is_err());
    for length in (0..bytes.len()).step_by(bytes.len() / 64 + 1) {
        let cut = zstd::encode_all(&bytes[..length], 1).unwrap();
        assert!(PackedSegmentation::read(&cut).is_err(), "{length} bytes");
    }
    // Whatever is read can be used.
    for at in (8..bytes.len()).step_by(bytes.len() / 64 + 1) {
        let mut other = bytes.clone();
        other[at] ^= 0xFF;
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.write_all(&other).unwrap();
        if let Ok(packed) = PackedSegmentation::read(&encoder.finish().unwrap()) {
            let model = SegmentationModel::new(packed, "whole", &Lexicon::default_shared());
            assert_eq!(cut(&model, "昨天到了石桥镇").concat(), "昨天到了石桥镇");
        }
    }
}

#[test]
fn scores_in_use_are_sums_of_the_weights_that_training_gave() {
    let packed = trained();
    let mut rows: FxHashMap<u64, [i16; ROW]> = FxHashMap::default();
    for part in packed.parts.iter().take(2) {
        for (key, row) in part.rows() {
            let sum = rows.entry(key).or_default();
            *sum = std::array::from_fn(|at| (sum[at] + i16::from(row[at])).clamp(-128, 127));
        }
    }
    let lexicon = Lexicon::default_shared();
    let shape = Shape::new(packed.chars.clone(), &lexicon);
    let first = packed.conventions[0].clone();
    let model = SegmentationModel::new(packed, &first, &lexicon);
    for text in ["沈知远昨天到了石桥镇，走了３．５里", "A-1 昨天龘", "了"] {
        let mut reading = Reading::default();
        reading.chars.extend(text.chars());
        shape.read(&mut reading);
        let mut scores = vec![0; 2 * reading.chars.len() + 1 + BEFORE + 2 * ROW];
        each_key(&shape, &mut reading, |place, key| {
            for (score, weight) in scores
                .iter_mut()
                .skip(place)
                .zip(rows.get(&key).into_iter().flatten())
            {
                *score += weight;
            }
        });
        let places = 2 * reading.chars.len() + 1;
        assert!(scores.iter().any(|score| *score != 0));
        assert_eq!(model.scores(text), scores[BEFORE..BEFORE + places]);
    }
}

#[test]
fn the_embedded_model_is_sound_and_has_both_conventions() {
    let text = "1998年3月修了两座石桥";
    assert_eq!(
        cut(shared(), text),
        ["1998年", "3月", "修", "了", "两", "座", "石桥"]
    );
    assert_eq!(
        cut(&embedded("ud"), text),
        ["1998", "年", "3", "月", "修", "了", "两", "座", "石桥"]
    );
}

#[test]
fn numbers_and_latin_words_are_whole_and_marks_are_words() {
    let model = shared();
    for word in ["GDP", "3.5%", "ＶＣＤ", "a-b", "x_1.5"] {
        let text = format!("他说{word}涨了。");
        let words = cut(model, &text);
        assert!(words.contains(&word), "{words:?}");
        assert_eq!(words.last(), Some(&"。"));
    }
}

#[test]
fn white_space_ends_words_and_is_none() {
    assert_eq!(cut(shared(), " 石桥\u{3000}\n石桥 "), ["石桥", "石桥"]);
}

#[test]
fn parts_of_speech_are_those_of_the_dictionary_or_its_guess() {
    let (model, text) = (shared(), "石桥昨天GDP，2024年");
    let mut found = Vec::new();
    let mut scratch = SegmentationScratch::default();
    model.cut(text, &mut scratch, |span, pos| {
        found.push(format!("{}/{pos}", span.of(text)));
    });
    assert_eq!(found, ["石桥/ns", "昨天/t", "GDP/eng", "，/x", "2024年/t"]);
}

#[test]
fn a_users_word_is_a_word_unless_it_tears_a_known_one_apart() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "霜桥雪芽\n的雾\n和服").unwrap();
    let lexicon = Lexicon::load(&[file.path().to_path_buf()]).unwrap();
    let model = SegmentationModel::embedded("pku", &lexicon);
    assert!(!cut(shared(), "他们喝霜桥雪芽").contains(&"霜桥雪芽"));
    assert!(cut(&model, "他们喝霜桥雪芽").contains(&"霜桥雪芽"));
    assert!(cut(&model, "山上的雾散了").contains(&"的雾"));
    assert!(cut(&model, "产品和服务都好").contains(&"服务"));
}

#[test]
fn words_are_read_in_every_form() {
    let expected = ["石桥", "修", "/", "好"];
    for text in [
        "石桥/n 修/v //w 好/a",
        "石桥 修 / 好\n\n",
        "# text = 石桥修/好\n1\t石桥\tN\n2-3\t修/\t_\n2\t修\tV\n3\t/\tP\n3.1\t空\t_\n4\t好\tA\n\n",
    ] {
        let samples = parse_words(text, "a");
        assert_eq!(samples.len(), 1, "{text}");
        assert_eq!(samples[0].words, expected);
    }
    let samples = parse_words("石桥 修 好", "");
    let vocabulary = Vocabulary::of(&samples);
    assert!(vocabulary.has("石桥") && !vocabulary.has("桥"));
}

#[test]
fn evaluation_counts_words_ends_and_new_words() {
    let mut evaluation = WordEvaluation::default();
    // 甲乙 丙 丁戊 己, cut as 甲 乙 丙 丁戊己; the first two are new.
    evaluation.add(&[2, 3, 5, 6], &[1, 2, 3, 6], |number| number < 2);
    let words = evaluation.words;
    assert_eq!((words.right, words.found, words.there), (1, 4, 4));
    let ends = evaluation.ends;
    assert_eq!((ends.right, ends.found, ends.there), (2, 3, 3));
    assert_eq!((evaluation.new.right, evaluation.new.there), (1, 2));
}

/// The score of a way to cut, summed up as the docs have it; `None` where a gap forbids it.
fn score(reading: &Reading, scores: &[i16], within: i16, ends: &[bool]) -> Option<i32> {
    let mut sum = 0;
    for at in 1..ends.len() {
        match gap(reading, at) {
            Gap::Cut if !ends[at] => return None,
            Gap::Joined if ends[at] => return None,
            _ => {}
        }
        let [single, end] = [2 * at - 1, 2 * at].map(|place| i32::from(scores[BEFORE + place]));
        sum += if ends[at] { end } else { 0 };
        sum += match (ends[at - 1], ends[at]) {
            (true, true) => single,
            (false, false) => i32::from(within),
            _ => 0,
        };
    }
    Some(sum)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_other_way_to_cut_is_better(
        text in "[桥石a1. ]{1,8}",
        values in prop::collection::vec(-90_i16..90, 64),
        within in -50_i16..50,
    ) {
        let chars: Vec<char> = "桥石a1. ".chars().collect();
        let shape = Shape::new(chars, &Lexicon::default_shared());
        let mut reading = Reading::default();
        reading.chars.extend(text.chars());
        shape.read(&mut reading);
        let (mut steps, mut found) = (Vec::new(), Vec::new());
        best(&reading, &values, within, &mut steps, &mut found);
        let length = reading.chars.len();
        let way = |is_end: &dyn Fn(usize) -> bool| -> Vec<bool> {
            (0..=length).map(|at| at == 0 || at == length || is_end(at)).collect()
        };
        let own = score(&reading, &values, within, &way(&|at| found.contains(&at)));
        prop_assert!(own.is_some());
        for bits in 0..1_u32 << (length - 1) {
            let other = way(&|at| bits >> (at - 1) & 1 == 1);
            prop_assert!(score(&reading, &values, within, &other) <= own);
        }
    }

    #[test]
    fn words_are_the_text_but_for_white_space(text in "\\PC{0,40}") {
        let whole: String = text.split_whitespace().collect();
        let words: String = cut(shared(), &text).concat().split_whitespace().collect();
        prop_assert_eq!(words, whole);
    }
}
