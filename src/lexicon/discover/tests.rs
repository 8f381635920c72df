//! What is found in texts made for it, and that memory is bounded.

use std::fmt::Write as _;

use super::study::Study;
use super::{DiscoverOptions, Discovery, Survey};
use crate::lexicon::{Lexicon, lint};

/// Sentences in which invented words (澜沅犀, 鹤汀乡, 砚鲤) stand in many surroundings.
fn prose() -> Vec<String> {
    let places = [
        "南京",
        "上海",
        "山上",
        "河边",
        "学校",
        "公园",
        "码头",
        "图书馆",
        "工厂",
        "街上",
    ];
    let verbs = [
        "看见", "发现", "保护", "研究", "喜欢", "画了", "数了", "记得", "找到", "拍下",
    ];
    let endings = [
        "很高兴",
        "跑得快",
        "已经少见",
        "正在喝水",
        "不怕人",
        "又来了",
        "下午就走",
        "每年都来",
    ];
    let mut texts = Vec::new();
    for (at, place) in places.iter().enumerate() {
        for (by, verb) in verbs.iter().enumerate() {
            let ending = endings[(at * 3 + by) % endings.len()];
            texts.push(format!("我们在{place}{verb}澜沅犀{ending}。"));
            texts.push(format!("{place}的人{verb}鹤汀乡{ending}，砚鲤{ending}。"));
            texts.push(format!("孩子{verb}砚鲤，{ending}；老人也{verb}砚鲤。"));
        }
    }
    texts
}

fn discover(texts: &[String], options: &DiscoverOptions) -> Discovery {
    let mut survey = Survey::default();
    for text in texts {
        survey.read(text);
    }
    let mut study = survey.study(options.min_frequency);
    for text in texts {
        study.read(text);
    }
    study.finish(&Lexicon::default_shared(), options)
}

fn words(discovery: &Discovery) -> Vec<&str> {
    discovery
        .words
        .iter()
        .map(|one| one.word.as_str())
        .collect()
}

#[test]
fn invented_words_come_first_and_parts_of_them_do_not_come_at_all() {
    let found = discover(&prose(), &DiscoverOptions::default());
    let words = words(&found);
    for word in ["澜沅犀", "鹤汀乡", "砚鲤"] {
        assert!(
            words.iter().take(4).any(|one| *one == word),
            "{word} in {words:?}"
        );
    }
    for part in ["澜沅", "沅犀", "鹤汀", "汀乡"] {
        assert!(!words.contains(&part), "{part} in {words:?}");
    }
    let lexicon = Lexicon::default_shared();
    assert!(words.iter().all(|word| !lexicon.has_word(word)));
}

#[test]
fn figures_are_those_of_the_texts() {
    let found = discover(&prose(), &DiscoverOptions::default());
    let one = found.words.iter().find(|one| one.word == "砚鲤").unwrap();
    // Once in every second and twice in every third of 300 sentences.
    assert_eq!(one.count, 300);
    assert_eq!(one.parts, ["砚", "鲤"]);
    // Before it a verb, of 10, or a mark; each mark counts as a neighbour of its own.
    assert!(one.left > 3.0 && one.right > 3.0, "{one:?}");
}

#[test]
fn what_is_rarer_than_asked_for_is_left_out() {
    let options = DiscoverOptions {
        min_frequency: 200,
        ..DiscoverOptions::default()
    };
    assert_eq!(words(&discover(&prose(), &options)), ["砚鲤"]);
    let options = DiscoverOptions {
        limit: 2,
        ..DiscoverOptions::default()
    };
    assert_eq!(discover(&prose(), &options).words.len(), 2);
}

#[test]
fn phrases_of_known_words_are_no_words() {
    let mut texts = Vec::new();
    for ending in [
        "河", "山", "树", "鱼", "鸟", "花", "船", "桥", "路", "灯", "书", "画",
    ] {
        for start in ["县", "乡", "村", "校", "厂", "店"] {
            texts.push(format!("{start}里应当依法保护{ending}"));
            texts.push(format!("{start}里的情况和{ending}"));
        }
    }
    let found = discover(&texts, &DiscoverOptions::default());
    for phrase in ["应当依法", "依法保护", "的情况", "情况和", "里应当"] {
        assert!(!words(&found).contains(&phrase), "{phrase} in {found:?}");
    }
}

#[test]
fn the_file_is_a_lexicon_that_makes_its_words_whole() {
    let found = discover(&prose(), &DiscoverOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.tsv");
    std::fs::write(&path, found.to_lexicon()).unwrap();
    let (read, problems) = lint(&path).unwrap();
    assert_eq!((read.entries.len(), problems.len()), (found.words.len(), 0));
    let lexicon = Lexicon::load(&[path]).unwrap();
    for word in words(&found) {
        let cut: Vec<_> = lexicon.tag(word, true).collect();
        assert_eq!(cut.len(), 1, "{word}");
    }
    assert_eq!(
        discover(&[], &DiscoverOptions::default())
            .to_lexicon()
            .lines()
            .count(),
        3
    );
}

#[test]
fn a_full_memory_forgets_the_rare_and_keeps_the_frequent() {
    let mut text = String::new();
    for number in 0_u32..4_000 {
        let rare = |by| char::from_u32(0x4E00 + number * 3 % 20_000 + by).unwrap();
        let other = "我们在河边看见";
        write!(text, "{other}{}砚鲤{}。{other}", rare(0), rare(1)).unwrap();
    }
    let mut survey = Survey::with_room_for(1_000);
    survey.read(&text);
    assert!(survey.strings_held() <= 1_000);
    assert!(survey.short_by() > 0);
    let mut study = Study::with_room_for(survey, 100, 100);
    study.read(&text);
    let found = study.finish(&Lexicon::default_shared(), &DiscoverOptions::default());
    assert_eq!(words(&found), ["砚鲤"]);
    assert_eq!(
        found.words[0].count, 4_000,
        "the second reading counts exactly"
    );
}

#[test]
fn without_memory_for_all_strings_the_rarer_are_passed_over_and_it_is_said() {
    let texts = &prose();
    let mut survey = Survey::default();
    for text in texts {
        survey.read(text);
    }
    let mut study = Study::with_room_for(survey, 10, 8);
    for text in texts {
        study.read(text);
    }
    let found = study.finish(&Lexicon::default_shared(), &DiscoverOptions::default());
    assert!(found.least > 100, "{}", found.least);
    assert!(found.words.iter().all(|one| one.count >= found.least));
}
