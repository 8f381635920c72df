//! The model as a whole: it learns, the same file each time, reads back what it wrote, and tags by what it learned; and the universal tags.

use std::io::Write;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::TrainOptions;
use super::file::PackedTags;
use super::shape::{Word, keys};
use super::*;
use crate::lexicon::{Lexicon, MatchScratch};
use crate::record::Pos;

/// Sentences in which 计划 is what stands around it, beside others with names and dates.
fn samples() -> Vec<TaggedSample> {
    let people = ["龚 秋水", "韩 小满", "萧 望舒", "祝 若兰", "沈 知远"];
    let people = people.iter().cycle().take(100).enumerate();
    let text = people.map(|(number, person)| {
        let (surname, given) = person.split_once(' ').unwrap();
        format!(
            "{surname}/nr {given}/nr 计划/v 修/v 桥/n 。/w\n这/r 个/q 计划/n 很/d 好/a 。/w\n\
             １９{number}年/t ，/w 他/r 写/v 了/u 计划/n\n"
        )
    });
    parse_tagged(&text.collect::<String>()).unwrap()
}

fn trained(samples: &[TaggedSample]) -> PackedTags {
    let options = TrainOptions::of_tags();
    train_tags(samples, &Lexicon::default_shared(), &options, |_| {})
}

/// Words with their tags, as the model chooses them.
fn tag(model: &TagModel, words: &str) -> String {
    let (mut scratch, mut guesses) = (TagScratch::default(), MatchScratch::default());
    let lexicon = Lexicon::default_shared();
    scratch.clear();
    for word in words.split(' ') {
        let tag = lexicon.pos_or_guess(&mut guesses, word);
        scratch.push(model, &lexicon, word, tag, None);
    }
    let tags = model.tag(&mut scratch);
    let pairs = words
        .split(' ')
        .zip(tags)
        .map(|(word, tag)| format!("{word}/{tag}"));
    pairs.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_learned_is_told_by_what_stands_around() {
    let model = TagModel::new(&trained(&samples()));
    let found = tag(&model, "祝若兰 计划 修 桥 。");
    assert_eq!(found, "祝若兰/nr 计划/v 修/v 桥/n 。/x");
    assert_eq!(
        tag(&model, "这 个 计划 很 好"),
        "这/r 个/q 计划/n 很/d 好/a"
    );
    // A date is known whole and in two, digits of any number and width.
    assert_eq!(
        tag(&model, "2031年 ， 他 写 了 计划"),
        "2031年/t ，/x 他/r 写/v 了/ul 计划/n"
    );
    assert_eq!(
        tag(&model, "2031 年 ， 他 写 了 计划"),
        "2031/m 年/t ，/x 他/r 写/v 了/ul 计划/n"
    );
}

#[test]
fn the_same_samples_give_the_same_file_which_reads_back() {
    let packed = trained(&samples());
    assert_eq!(packed, trained(&samples()));
    let file = packed.write().unwrap();
    assert_eq!(PackedTags::read(&file).unwrap(), packed);
}

#[test]
fn the_loss_falls_from_epoch_to_epoch() {
    let mut losses = Vec::new();
    let options = TrainOptions::of_tags();
    train_tags(
        &samples(),
        &Lexicon::default_shared(),
        &options,
        |progress| {
            losses.push(progress.loss);
        },
    );
    assert_eq!(losses.len(), options.epochs as usize);
    assert!(losses[0] > 2.0 * losses[losses.len() - 1], "{losses:?}");
}

#[test]
fn nothing_to_learn_makes_a_model_all_the_same() {
    let packed = trained(&[]);
    assert!(
        PackedTags::read(&packed.write().unwrap()).is_err(),
        "a model without tags is none"
    );
    let one = trained(&parse_tagged("好/a 好/a").unwrap());
    assert_eq!(tag(&TagModel::new(&one), "坏 好"), "坏/a 好/a");
}

#[test]
fn corpora_are_read_in_both_forms() {
    let samples =
        parse_tagged("[临澜/ns 镇/n]ns 的/u 灯/Ng ，/w 了/y Ｅ５/nx\n\n地/u 等/u\n").unwrap();
    assert_eq!(samples.len(), 2);
    assert_eq!(
        format!("{:?}", samples[0].tags),
        "[ns, n, uj, ng, x, y, eng]"
    );
    assert_eq!(format!("{:?}", samples[1].tags), "[uv, u]");
    let conllu = "# text = 桥好\n1-2\t桥好\t_\t_\n1\t桥\t桥\tNOUN\tNN\n2\t好\t好\tADJ\tJJ\n\n";
    let samples = parse_tagged(conllu).unwrap();
    assert_eq!(samples[0].words, ["桥", "好"]);
    assert_eq!(format!("{:?}", samples[0].tags), "[NOUN, ADJ]");
    assert_eq!(samples[0].tagset, Tagset::Universal);
    // Whatever comment or row is the first.
    let rows = conllu.split_once('\n').unwrap().1;
    for begin in ["", "#sent_id=1\n", "\n# a/b c/d\n#\n", "0.1\t_\t_\t_\n"] {
        assert_eq!(parse_tagged(&format!("{begin}{rows}")).unwrap(), samples);
    }
    let slash = parse_tagged("#/w 桥/n\n好/a\n").unwrap();
    assert_eq!(slash[0].words, ["#", "桥"]);
}

#[test]
fn what_has_no_known_tags_is_no_corpus() {
    let refused = |text: &str| parse_tagged(text).unwrap_err().to_string();
    for text in ["没有 标记 的 词\n", "", "\n\n", "# text = 桥\n"] {
        assert!(refused(text).starts_with("no words with tags"), "{text}");
    }
    for (text, parts) in [
        (
            "桥/n 好/a\n桥/n 好/NN\n",
            ["line 2:", "\"NN\"", "好", "ICTCLAS"],
        ),
        (
            "桥/n 好/a\n桥/名词\n",
            ["line 2:", "\"名词\"", "桥", "ICTCLAS"],
        ),
        (
            "1\t桥\t_\tNOUN\n2\t好\t_\t_\n",
            ["line 2:", "\"_\"", "好", "fourth column"],
        ),
        (
            "# a\n1\t和\t_\tCONJ\n",
            ["line 2:", "\"CONJ\"", "和", "CCONJ"],
        ),
        ("1\t桥\n", ["line 1:", "\"\"", "桥", "version 2"]),
    ] {
        let message = refused(text);
        for part in parts {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
    // jieba's finer tags are known.
    let finer = parse_tagged("沈知远/nrt 此/zg 一座/mq 。/w\n").unwrap();
    assert_eq!(format!("{:?}", finer[0].tags), "[nrt, zg, mq, x]");
}

#[test]
fn a_model_knows_whose_tags_it_has() {
    assert_eq!(TagModel::embedded().tagset(), Tagset::Ictclas);
    let tree = parse_tagged("1\t桥\t_\tNOUN\n2\t好\t_\tADJ\n").unwrap();
    assert_eq!(TagModel::new(&trained(&tree)).tagset(), Tagset::Universal);
}

#[test]
fn the_shipped_model_is_sound_small_and_has_no_tags_but_the_known_ones() {
    let model = TagModel::embedded();
    assert!(model.labels().len() > 35);
    for label in model.labels() {
        assert!(ICTCLAS.contains(&label.as_str()), "{label}");
    }
}

#[test]
fn the_shipped_model_knows_what_the_dictionary_can_not() {
    let model = TagModel::embedded();
    for (words, expected) in [
        ("我们 计划 在 三 年 内 修 好 灯塔", "计划/v"),
        ("这 项 计划 得到 了 批准", "计划/n"),
        ("孩子 们 在 灯塔 下 看 船", "在/p"),
        ("今天 外面 在 下雨", "在/d"),
        ("渔民 会 在 清晨 出海", "会/v"),
        ("码头 的 建设 很 快", "建设/vn"),
        ("工人 们 正在 建设 码头", "建设/v"),
        ("他们 研究 了 潮汐", "研究/v"),
        ("这 项 研究 很 重要", "研究/vn"),
    ] {
        let found = tag(&model, words);
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn every_universal_tag_of_the_table_is_one_and_every_tag_has_a_row() {
    let x = Pos::new("x").unwrap();
    for tag in ICTCLAS {
        let tag = Pos::new(tag).unwrap();
        let universal = universal("桥", tag, None, None);
        assert!(UNIVERSAL.contains(&universal.as_str()), "{universal}");
        let has_row = universal.as_str() != "X";
        assert!(has_row || ["eng", "x"].contains(&tag.as_str()), "{tag}");
    }
    assert_eq!(universal("桥", x, None, None).as_str(), "X");
}

#[test]
fn closed_classes_are_as_the_treebanks_have_them() {
    let pos = |tag: &str| Pos::new(tag).unwrap();
    let check = |word: &str, tag: &str, before: &str, next: &str, expected: &str| {
        let (before, next) = (Pos::new(before), Pos::new(next));
        assert_eq!(
            universal(word, pos(tag), before, next).as_str(),
            expected,
            "{word}"
        );
    };
    check("是", "v", "NOUN", "n", "AUX");
    check("会", "v", "PRON", "v", "AUX");
    check("会", "v", "PRON", "n", "VERB");
    check("会", "n", "VERB", "", "NOUN");
    check("被", "p", "NOUN", "v", "AUX");
    check("把", "p", "NOUN", "n", "ADP");
    check("了", "ul", "VERB", "n", "AUX");
    check("的", "uj", "NOUN", "n", "PART");
    check("的", "uj", "VERB", "n", "SCONJ");
    check("这", "r", "", "q", "DET");
    check("这", "r", "", "v", "PRON");
    check("和", "c", "NOUN", "n", "CCONJ");
    check("但是", "c", "PUNCT", "r", "SCONJ");
    check("上", "f", "NOUN", "v", "ADP");
    check("市", "n", "PROPN", "n", "PART");
    check("市", "n", "VERB", "n", "NOUN");
    check("。", "x", "NOUN", "", "PUNCT");
    check("％", "m", "NUM", "", "SYM");
    // jieba's `zg` are words of all kinds, by the word.
    check("您", "zg", "", "v", "PRON");
    check("此", "zg", "ADP", "v", "PRON");
    check("此", "zg", "ADP", "n", "DET");
    check("每", "zg", "", "q", "DET");
    check("较", "zg", "NOUN", "a", "ADV");
    check("仍", "zg", "NOUN", "v", "ADV");
    check("虽", "zg", "PUNCT", "v", "ADP");
    check("且", "zg", "PUNCT", "v", "SCONJ");
    check("穿", "zg", "PRON", "n", "VERB");
    check("县", "zg", "PROPN", "n", "PART");
    check("县", "zg", "VERB", "n", "NOUN");
    check("车", "zg", "NUM", "v", "NOUN");
    check("糖", "zg", "VERB", "x", "NOUN");
    check("z", "z", "", "", "ADJ");
    check("NOUN", "NOUN", "", "", "NOUN");
    check("河长", "user", "", "", "X");
}

proptest! {
    /// No file makes the reader panic, nor what it takes for a model.
    #[test]
    fn damaged_files_are_no_models(at in 0..4000_usize, byte: u8, cut in 0..4000_usize) {
        static INSIDE: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let text = "石桥/n 修/v 好/a 了/u 他/r 来/v\n石桥/v 好/n\n".repeat(20);
            let file = trained(&parse_tagged(&text).unwrap());
            zstd::decode_all(file.write().unwrap().as_slice()).unwrap()
        });
        let mut inside = INSIDE.clone();
        let (length, cut) = (inside.len(), cut % inside.len());
        inside[at % length] = byte;
        inside.truncate(length - cut % 3);
        let mut packed = zstd::Encoder::new(Vec::new(), 1).unwrap();
        packed.write_all(&inside).unwrap();
        if let Ok(packed) = PackedTags::read(&packed.finish().unwrap()) {
            tag(&TagModel::new(&packed), "石桥 修 好 了");
        }
    }

    /// Any words get a tag each, and keys know neither more nor less than their margins.
    #[test]
    fn any_words_get_a_tag_each(words in prop::collection::vec("[石桥修好在的0-9a-z，。 ○𠮷]{0,5}", 0..30)) {
        let model = TagModel::embedded();
        let (lexicon, mut scratch) = (Lexicon::default_shared(), TagScratch::default());
        scratch.clear();
        for word in &words {
            scratch.push(&model, &lexicon, word, Pos::UNKNOWN, None);
        }
        prop_assert_eq!(model.tag(&mut scratch).count(), words.len());
        prop_assert_eq!(keys(&[Word::EDGE; 4], 0, &mut [0; _]), 0);
    }

    /// What is known of a word is its tag.
    #[test]
    fn what_is_known_stays(at in 0..6_usize) {
        let (model, lexicon) = (TagModel::embedded(), Lexicon::default_shared());
        let mut scratch = TagScratch::default();
        scratch.clear();
        for (number, word) in ["石桥", "在", "修", "好", "的", "灯"].into_iter().enumerate() {
            let known = (number == at).then(|| Pos::new("nrt").unwrap());
            scratch.push(&model, &lexicon, word, Pos::UNKNOWN, known);
        }
        let tags: Vec<Pos> = model.tag(&mut scratch).collect();
        prop_assert_eq!(tags[at].as_str(), "nr");
    }
}
