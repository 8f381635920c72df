//! Our answers against those of jieba-rs: on the samples, on generated texts, with users' words.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jieba_rs::Jieba;
use proptest::prelude::*;

use super::Lexicon;
use super::packed::{Packed, columns};
use crate::record::Pos;

type Answer = Vec<(usize, usize, usize, usize, Pos)>;

static REFERENCE: LazyLock<Jieba> = LazyLock::new(Jieba::new);

fn ours(lexicon: &Lexicon, text: &str, hmm: bool) -> Answer {
    let hits = lexicon.tag(text, hmm);
    hits.map(|hit| {
        let (start, end) = (hit.byte_start, hit.byte_end);
        (start, end, hit.char_start, hit.char_end, hit.pos)
    })
    .collect()
}

fn theirs(jieba: &Jieba, text: &str, hmm: bool) -> Answer {
    let tags = jieba.tag(text, hmm).into_iter();
    tags.map(|tag| {
        let pos = Pos::new(tag.tag).unwrap_or(Pos::UNKNOWN);
        (tag.byte_start, tag.byte_end, tag.start, tag.end, pos)
    })
    .collect()
}

fn check(lexicon: &Lexicon, jieba: &Jieba, text: &str) {
    for hmm in [true, false] {
        assert_eq!(
            ours(lexicon, text, hmm),
            theirs(jieba, text, hmm),
            "hmm {hmm}: {text:?}"
        );
    }
}

/// Texts of all kinds of characters: common and rare ones, marks inside and outside of words, line breaks, pieces of
/// words.
fn mixture() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(DICTIONARY_WORDS).prop_map(str::to_owned),
        3 => (prop::sample::select(DICTIONARY_WORDS), 0_usize..4).prop_map(|(word, from)| word.chars().skip(from).collect()),
        3 => "[一-龥]{1,8}",
        1 => "[㐀-䶿\u{9FD6}-\u{9FFF}\u{F900}-\u{FAFF}𠀀-𠀿𪜀-𪜿]{1,4}",
        2 => "[a-zA-Z0-9]{1,4}[-._%+#&]{0,2}[a-zA-Z0-9]{0,3}%?",
        1 => "[-._%+#&]{1,4}",
        2 => prop::sample::select(&["，", "。", "\r\n", "\r", "\n", " ", "　", "·", "《", "”", "👪", "①", "％", "\u{0}"][..]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

const DICTIONARY_WORDS: &[&str] = &[
    "的",
    "了",
    "是",
    "在",
    "和",
    "一",
    "不",
    "有",
    "大",
    "中国",
    "北京大学",
    "中华人民共和国",
    "人民",
    "研究生",
    "生命",
    "起源",
    "长江大桥",
    "市长",
    "南京市",
    "工信处",
    "交换机",
    "欧阳修",
    "发展中国家",
    "有意见",
    "结合成",
    "分子",
    "为人民服务",
    "马克思列宁主义",
    "T恤",
    "4S店",
    "卡拉OK",
    "AA制",
    "百分之",
    "一九九八年",
    "坚定不移",
    "计算所",
    "深造",
    "江",
    "王",
    "李小",
];

#[test]
fn answers_on_all_samples_are_those_of_the_reference() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let lexicon = Lexicon::default_shared();
    let mut texts = 0;
    for entry in walkdir::WalkDir::new(samples) {
        let entry = entry.unwrap();
        // Files that are no UTF-8 are text too, whatever this reads them as.
        let Ok(bytes) = fs::read(entry.path()) else {
            continue;
        };
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| encoding_rs::GB18030.decode(error.as_bytes()).0.into_owned());
        check(&lexicon, &REFERENCE, &text);
        texts += 1;
    }
    assert!(texts > 5, "{texts}");
}

#[test]
fn the_embedded_file_is_what_its_words_are_packed_into() {
    let packed = Packed::embedded();
    let (list, trie) = (packed.words(), packed.trie());
    assert_eq!(list.total(), trie.total);
    let unpacked = zstd::decode_all(super::packed::DICTIONARY).unwrap();
    assert!(columns(packed.alphabet(), &list) == Some(unpacked));
}

#[test]
fn a_list_that_is_no_dictionary_is_refused() {
    for (list, message) in [
        ("词河 3 n\n云溪 many n", "bad line `云溪 many n`"),
        ("词河 3", "bad line `词河 3`"),
        ("词河 3 n\n词河 4 n", "bad line `the same word twice`"),
    ] {
        assert_eq!(super::pack(list).unwrap_err().to_string(), message);
    }
}

/// A frequent word that no text of these tests has.
const BALLAST: &str = "一个";

/// How often the embedded dictionary has a word.
fn frequency_of(word: &str) -> Option<usize> {
    let packed = Packed::embedded();
    let mut codes = Vec::new();
    packed.alphabet().encode(word, &mut codes);
    let frequency = packed.words().find(&codes)?.frequency?;
    usize::try_from(frequency).ok()
}

/// What `Lexicon::load` promises, in the library's own terms. There each word adds to the sum that all are measured by, here
/// it does not: what users' words add is taken from a word that is in no text.
fn reference_with(entries: &[(String, Option<u32>, Option<&str>)]) -> Jieba {
    let mut jieba = Jieba::empty();
    let single = |word: &str| usize::from(word.chars().count() == 1);
    for (word, _, tag) in entries {
        if tag.is_some() {
            jieba.add_word(word, Some(single(word)), *tag);
        }
    }
    jieba.load_default_dict();
    let mut ballast = frequency_of(BALLAST).unwrap();
    let before = |word: &str, tagged: bool| {
        let absent = if tagged { single(word) } else { 0 };
        frequency_of(word).unwrap_or(absent)
    };
    let added = entries
        .iter()
        .filter(|(word, _, tag)| tag.is_some() && frequency_of(word).is_none());
    ballast -= added.map(|(word, ..)| single(word)).sum::<usize>();
    jieba.add_word(BALLAST, Some(ballast), Some("x"));
    for (word, frequency, tag) in entries {
        let frequency = frequency.map(|frequency| usize::try_from(frequency).unwrap());
        let now = jieba.add_word(word, frequency, Some("x"));
        ballast = ballast + before(word, tag.is_some()) - now;
        jieba.add_word(BALLAST, Some(ballast), Some("x"));
    }
    jieba
}

/// A few words that overlap each other and those of the dictionary.
fn users_words() -> impl Strategy<Value = Vec<(String, Option<u32>, Option<&'static str>)>> {
    let word = prop_oneof![
        prop::sample::subsequence(vec!["长江", "大", "桥", "市长", "江", "词河"], 1..4)
            .prop_map(|parts| parts.concat()),
        "[a-c龘𠮷河长㐂]{1,4}",
        prop::sample::select(DICTIONARY_WORDS).prop_map(str::to_owned),
    ];
    let frequency = prop::option::of(prop_oneof![Just(0), 1..100_u32, Just(3_000)]);
    let tag = prop::option::of(prop::sample::select(&["n", "nz", "nr"][..]));
    prop::collection::btree_map(word, (frequency, tag), 1..12).prop_map(|words| {
        let words = words.into_iter();
        words
            .map(|(word, (frequency, tag))| (word, frequency, tag))
            .collect()
    })
}

/// With a user's words, in texts and among words of the dictionary.
fn check_with(words: &[(String, Option<u32>, Option<&'static str>)], texts: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.tsv");
    let lines = words.iter().map(|(word, frequency, tag)| {
        let frequency = frequency.map(|frequency| frequency.to_string());
        format!(
            "{word}\t{}\t{}\n",
            frequency.unwrap_or_default(),
            tag.unwrap_or_default()
        )
    });
    fs::write(&path, lines.collect::<String>()).unwrap();
    let lexicon = Lexicon::load(&[path]).unwrap();
    let jieba = reference_with(words);
    for text in texts {
        check(&lexicon, &jieba, text);
        for (word, ..) in words {
            check(
                &lexicon,
                &jieba,
                &format!("南京市{word}长江{word}{word}大桥"),
            );
        }
    }
}

/// Its logarithm is minus infinity, and so is the score of all that leads to it: as likely as nothing at all.
#[test]
fn words_of_frequency_zero_are_taken_as_the_reference_takes_them() {
    let words =
        ["a𠮷", "𠮷a河", "龘", "长江大", "市长"].map(|word| (word.to_owned(), Some(0), None));
    check_with(
        &words,
        &["龘a𠮷a河龘".to_owned(), "𠮷龘长江大龘市长".to_owned()],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn answers_on_mixtures_are_those_of_the_reference(text in mixture()) {
        check(&Lexicon::default_shared(), &REFERENCE, &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn answers_with_users_words_are_those_of_the_reference(
        words in users_words(),
        texts in prop::collection::vec(mixture(), 24),
    ) {
        check_with(&words, &texts);
    }
}
