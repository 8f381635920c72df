//! The dictionary with user lexicons: merging, linting, fingerprints.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::dictionary::DICTIONARY;
use super::{CHARS_LIMIT, Lexicon, LexiconError, ProblemKind, lint};

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

fn load(contents: &[&str]) -> Lexicon {
    let files = Files::new();
    let paths: Vec<_> = contents
        .iter()
        .enumerate()
        .map(|(number, content)| files.write(&format!("{number}.tsv"), content))
        .collect();
    Lexicon::load(&paths).unwrap()
}

fn tags(lexicon: &Lexicon, text: &str) -> String {
    let words: Vec<String> = lexicon
        .tag(text, true)
        .map(|hit| {
            format!(
                "{}/{}",
                text.get(hit.byte_start..hit.byte_end).unwrap(),
                hit.pos
            )
        })
        .collect();
    words.join(" ")
}

#[test]
fn lexicons_with_more_characters_than_there_are_numbers_for_are_refused() {
    let files = Files::new();
    let lines = |from: u32, count: u32| -> String {
        let chars = (from..from + count).filter_map(char::from_u32);
        chars.flat_map(|ch| [ch, '\n']).collect()
    };
    let half = u32::try_from(CHARS_LIMIT / 2).unwrap();
    let one = files.write("one.tsv", lines(0x2_0000, half));
    let other = files.write("other.tsv", lines(0x3_0000, half + 2));
    assert!(Lexicon::load(std::slice::from_ref(&one)).is_ok());
    let Err(LexiconError::BadLines(bad)) = Lexicon::load(&[one, other]) else {
        panic!("the characters do not fit");
    };
    assert_eq!(bad.len(), 1);
    assert_eq!(
        (bad[0].line, &bad[0].kind),
        (half + 1, &ProblemKind::TooManyCharacters)
    );
}

fn check_lint(content: impl AsRef<[u8]>, expected: &Expect) {
    let files = Files::new();
    let (lexicon, problems) = lint(&files.write("words.tsv", content)).unwrap();
    let entries = lexicon.entries.iter().map(|entry| {
        let (word, frequency, tag) = (&entry.word, entry.frequency, entry.tag);
        format!("{}: {word} {frequency:?} {tag:?}\n", entry.line)
    });
    let problems = problems
        .iter()
        .map(|problem| format!("{}! {}\n", problem.line, problem.kind));
    expected.assert_eq(&entries.chain(problems).collect::<String>());
}

#[test]
fn a_clean_file_is_read_with_or_without_byte_order_mark() {
    let content = "# 地名\n云溪县\t120\tns\n\n数字河长\t\tn\r\n词河\n";
    let expected = expect![[r"
        2: 云溪县 Some(120) Some(ns)
        4: 数字河长 None Some(n)
        5: 词河 None None
    "]];
    check_lint(content, &expected);
    check_lint(format!("\u{feff}{content}"), &expected);
}

#[test]
fn every_problem_is_named_with_its_line() {
    let mut content = "词河\n云 溪\n\t3\tn\n河长\t-1\n河长\t3.5\n河长\t3\t名词\n河长\t3\tabcdefghi\n河长\t3\tn\tx\ty\n词河\t7\n"
        .as_bytes()
        .to_vec();
    content.extend(b"\xff\xfe\n");
    content.extend("长".repeat(65).bytes());
    check_lint(
        content,
        &expect![[r"
            9: 词河 Some(7) None
            2! white space inside the word `云 溪`; columns are separated by tabs
            3! the word is empty
            4! bad frequency `-1`, expected a whole number from 0 to 4294967295
            5! bad frequency `3.5`, expected a whole number from 0 to 4294967295
            6! bad tag `名词`, expected one to eight printable ASCII characters
            7! bad tag `abcdefghi`, expected one to eight printable ASCII characters
            8! 5 columns, expected at most three: word, frequency, tag
            9! duplicate word `词河`, first on line 1; this line wins
            10! the line is not UTF-8
            11! the word has 65 characters, more than 64
        "]],
    );
}

#[test]
fn loading_names_all_bad_lines_of_all_files_at_once() {
    let files = Files::new();
    let one = files.write("one.tsv", "词河\tmany\n");
    let two = files.write("two.tsv", "河长\n河长\n云 溪\n");
    let error = Lexicon::load(&[one, two]).unwrap_err();
    let LexiconError::BadLines(problems) = &error else {
        panic!("{error}")
    };
    assert_eq!(problems.len(), 2, "the duplicate is only a warning");
    let message = error.to_string();
    assert!(message.contains("one.tsv:1: bad frequency"), "{message}");
    assert!(message.contains("two.tsv:3: white space"), "{message}");
}

#[test]
fn a_missing_file_is_named() {
    let error = Lexicon::load(&[PathBuf::from("no/such/words.tsv")]).unwrap_err();
    assert!(error.to_string().contains("no/such/words.tsv"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_long_list_of_problems_is_counted_rather_than_shown() {
    let files = Files::new();
    let path = files.write("bad.tsv", "a b\n".repeat(1000));
    let message = Lexicon::load(&[path]).unwrap_err().to_string();
    assert!(message.ends_with("and 950 more"), "{message}");
}

#[test]
fn a_users_word_is_cut_as_one() {
    let text = "云溪县的数字河长来了";
    let plain = tags(&Lexicon::default_shared(), text);
    assert!(!plain.contains("数字河长"), "{plain}");
    assert_eq!(
        tags(&load(&["云溪县\t500\tns\n数字河长\n"]), text),
        "云溪县/ns 的/uj 数字河长/x 来/v 了/ul"
    );
}

#[test]
fn a_users_tag_wins_over_that_of_the_dictionary() {
    assert_eq!(tags(&Lexicon::default_shared(), "北京"), "北京/ns");
    assert_eq!(tags(&load(&["北京\t\tnz"]), "北京"), "北京/nz");
    assert_eq!(tags(&load(&["北京\t90000"]), "北京"), "北京/ns");
}

#[test]
fn other_words_are_cut_as_without_the_users() {
    let text = "他来到网易杭研大厦，龘字很少见。";
    let lexicon = load(&["词河\t\tnz\n㐂\t\tnr\n"]);
    assert_eq!(tags(&lexicon, text), tags(&Lexicon::default_shared(), text));
}

#[test]
fn the_most_frequent_word_of_a_users_changes_no_text_without_it() {
    let lexicon = load(&["词河\t4294967295\tnz\n河长\t4294967295\n"]);
    for text in [
        "南京市长江大桥有意见分歧。",
        "研究生命起源，结合成分子时",
        "龘字与词、河",
    ] {
        assert_eq!(tags(&lexicon, text), tags(&Lexicon::default_shared(), text));
    }
}

#[test]
fn a_word_of_frequency_zero_is_not_cut() {
    let text = "北京大学";
    assert_eq!(tags(&Lexicon::default_shared(), text), "北京大学/nt");
    assert_eq!(tags(&load(&["北京大学\t0"]), text), "北京/ns 大学/n");
}

#[test]
fn later_files_win_without_a_warning() {
    let lexicon = load(&["词河\t5\tn\n河长", "词河\t9\tnz"]);
    assert_eq!(lexicon.entries().len(), 2);
    assert_eq!(lexicon.entries()[0].frequency, Some(9));
    assert!(lexicon.warnings().is_empty());
    assert_eq!(load(&["词河\n词河"]).warnings().len(), 1);
}

#[test]
fn the_fingerprint_changes_with_the_words_and_not_with_the_file() {
    let plain = Lexicon::default_shared();
    let one = load(&["词河\t5\tn"]);
    assert_eq!(
        one.fingerprint(),
        load(&["# 注\n\n词河\t5\tn\n"]).fingerprint()
    );
    assert_ne!(one.fingerprint(), plain.fingerprint());
    assert_ne!(one.fingerprint(), load(&["词河\t5\tnz"]).fingerprint());
    assert_eq!(
        Lexicon::load(&[]).unwrap().fingerprint(),
        plain.fingerprint()
    );
}

#[test]
fn the_fingerprint_names_the_version_that_is_linked() {
    let lock = include_str!("../../Cargo.lock");
    let (name, version) = DICTIONARY.split_once(' ').unwrap();
    let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
    assert!(
        lock.contains(&entry),
        "update DICTIONARY to the version in Cargo.lock"
    );
}

/// The library behind the lexicon, called directly.
fn library(text: &str, hmm: bool) -> Vec<(usize, usize, String)> {
    let jieba = jieba_rs::Jieba::new();
    let tags = jieba.tag(text, hmm);
    tags.into_iter()
        .map(|tag| (tag.byte_start, tag.byte_end, tag.tag.to_owned()))
        .collect()
}

#[test]
fn answers_are_those_of_the_library() {
    let texts = [
        "云溪县今日发布《数字河长工作公报》，全县共有河长1,204名，较去年增长3.5%。",
        "龚秋水说：“我们会把水质数据放到网上。”记者 韩小满 报道",
        "C++与GDP、a-b;　全角　空格\r\n换行……👩‍👩‍👧 龘龖𠮷野家",
        "小明硕士毕业于云溪大学计算所，后在梅岭工作",
    ];
    for text in texts {
        for hmm in [true, false] {
            let ours: Vec<_> = Lexicon::default_shared()
                .tag(text, hmm)
                .map(|hit| (hit.byte_start, hit.byte_end, hit.pos.to_string()))
                .collect();
            assert_eq!(ours, library(text, hmm), "{text}");
            let words = ours
                .iter()
                .map(|(from, to, _)| text.get(*from..*to).unwrap());
            let joined: String = words.collect();
            assert_eq!(joined, text);
        }
    }
}
