//! Explanations of texts whose answer is known.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{How, Lexicon};

/// Words of the answer, one a line, then what was weighed and taken.
fn check(lexicon: &Lexicon, text: &str, expected: &Expect) {
    let explanation = lexicon.explain(text, true);
    let mut shown = String::new();
    for word in &explanation.words {
        let from = word.origin.as_ref().map(|origin| origin.line);
        let (pos, how, frequency) = (word.pos, word.how, word.frequency);
        writeln!(
            shown,
            "{}/{pos} {how:?} {frequency:?} {from:?}",
            word.span.of(text)
        )
        .unwrap();
    }
    let taken = explanation.weighed.iter().filter(|one| one.taken);
    let taken: Vec<&str> = taken.map(|one| one.span.of(text)).collect();
    writeln!(
        shown,
        "{} weighed, taken: {}",
        explanation.weighed.len(),
        taken.join(" ")
    )
    .unwrap();
    expected.assert_eq(&shown);
}

#[test]
fn each_word_says_how_it_came_about() {
    check(
        &Lexicon::default_shared(),
        "林远舟来到图书馆，看GB2312。",
        &expect![[r"
            林远舟/nr Model None None
            来到/v Dictionary Some(8779) None
            图书馆/n Dictionary Some(1551) None
            ，/x Mark None None
            看/v Single Some(66641) None
            GB2312/eng Letters None None
            。/x Mark None None
            19 weighed, taken: 林 远 舟 来到 图书馆 看 G B 2 3 1 2
        "]],
    );
}

#[test]
fn a_users_word_says_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.tsv");
    std::fs::write(&path, "# 人名\n林远舟\t500\tnr\n").unwrap();
    let lexicon = Lexicon::load(std::slice::from_ref(&path)).unwrap();
    assert_eq!(lexicon.origin("林远舟").unwrap().path, path);
    check(
        &lexicon,
        "林远舟来到图书馆",
        &expect![[r"
        林远舟/nr Dictionary Some(500) Some(2)
        来到/v Dictionary Some(8779) None
        图书馆/n Dictionary Some(1551) None
        13 weighed, taken: 林远舟 来到 图书馆
    "]],
    );
}

#[test]
fn frequencies_are_those_of_the_dictionary() {
    let lexicon = Lexicon::default_shared();
    assert_eq!(lexicon.frequency("图书馆"), Some(1551));
    assert_eq!(lexicon.frequency("林远舟"), None);
    assert!(lexicon.frequency_to_join("林远舟") > 0);
}

proptest! {
    #[test]
    fn the_words_taken_have_the_best_score_and_explain_the_answer(text in "[一-龥的是在有和人大国家图书馆市长A-Z0-9，。]{0,40}") {
        let lexicon = Lexicon::default_shared();
        let explanation = lexicon.explain(&text, true);
        for one in &explanation.weighed {
            let here = explanation.weighed.iter().filter(|other| other.span.char_start == one.span.char_start);
            let best = here.map(|other| other.score).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(!one.taken || one.score >= best);
        }
        let cut: Vec<String> = explanation.words.iter().map(|word| word.span.of(&text).to_owned()).collect();
        let hits: Vec<String> = lexicon.tag(&text, true).map(|hit| text.get(hit.byte_start..hit.byte_end).unwrap().to_owned()).collect();
        prop_assert_eq!(cut, hits);
        for word in &explanation.words {
            let chars = word.span.char_len();
            prop_assert!(chars == 1 || !matches!(word.how, How::Single), "{:?}", word);
            prop_assert!(word.how != How::Dictionary || word.frequency.is_some(), "{:?}", word);
        }
    }
}
