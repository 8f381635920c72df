//! Suspects in made-up sentences, and the laws that hold for any text.

use proptest::prelude::*;

use super::Suspects;
use crate::lexicon::Lexicon;

fn suspects() -> Suspects {
    Suspects::new(&Lexicon::default_shared())
}

fn found(text: &str) -> String {
    let found = suspects().find(text);
    let found = found
        .iter()
        .map(|one| format!("{}{}{}", one.byte, one.before, one.after));
    found.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_look_alike_that_tears_a_word_apart_is_found() {
    assert_eq!(found("孩子们在图书棺里读书。"), "18棺馆");
    assert_eq!(found("他们完成了仟务。"), "15仟任");
    assert_eq!(found("新桥花了两百亿元大民币。"), "24大人");
    assert_eq!(found("村里的人都来保护生态坏境。"), "30坏环");
}

#[test]
fn what_its_neighbour_hardly_does_without_is_missed_whatever_was_read() {
    assert_eq!(found("河口镇的贸局总额涨了一倍。"), "15局易");
}

#[test]
fn a_word_of_one_character_is_found_by_its_pairs() {
    assert_eq!(found("这项工程昀技术方案通过了。"), "12昀的");
}

#[test]
fn two_side_by_side_are_found_where_the_text_has_what_was_meant() {
    let both = "24仟任 27条务";
    assert_eq!(
        found("新桥镇把它当战略仟条。这是一项战略任务，谁都知道。"),
        both
    );
    assert_eq!(found("新桥镇把它当战略仟条。谁都知道。"), "");
    assert_eq!(
        found("新桥镇把它当战略仟条。这要有战略眼光，谁都知道。"),
        ""
    );
}

#[test]
fn items_of_a_list_may_be_names() {
    assert_eq!(found("到会的有沈智刚、梁惠玲、顾东亮、吕陆等人。"), "");
}

#[test]
fn clean_text_has_none() {
    for text in [
        "",
        "河",
        "河水涨了，村里的人都去看。",
        "渔民把船拖上岸，老人们坐在堤上抽烟。",
        "沈知远和顾小荷在临江县的码头等了一夜。",
        "二〇二五年三月，这座桥的修缮花了三千二百万元。",
        "床前明月光，疑是地上霜。",
        "圖書館今天開放。",
    ] {
        assert_eq!(found(text), "", "{text}");
    }
}

#[test]
fn a_users_word_protects_its_characters_and_does_nothing_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.tsv");
    std::fs::write(&path, "图书棺\n任务棺\t0\n").unwrap();
    let lexicon = Lexicon::load(&[path]).unwrap();
    let text = "孩子们在图书棺里读书。";
    assert_eq!(suspects().find(text).len(), 1);
    assert_eq!(Suspects::new(&lexicon).find(text), []);
    let other = "孩子们在图书倌里读书。";
    assert_eq!(Suspects::new(&lexicon).find(other), suspects().find(other));
}

#[test]
fn what_comes_again_and_again_is_the_authors_own_word() {
    let line = "孩子们在图书棺里读书。";
    assert_eq!(suspects().find(&line.repeat(2)).len(), 2);
    assert_eq!(suspects().find(&line.repeat(3)), []);
}

proptest! {
    #[test]
    fn suspects_are_in_order_apart_and_as_long_as_what_they_replace(
        text in "([一-龥]{0,12}[，。 a\n]?){0,8}",
    ) {
        let found = suspects().find(&text);
        for one in &found {
            prop_assert_eq!(text.get(one.byte..).and_then(|rest| rest.chars().next()), Some(one.before));
            prop_assert!(one.before != one.after);
            prop_assert_eq!(one.before.len_utf8(), one.after.len_utf8());
            prop_assert!((0.7..=1.0).contains(&one.confidence));
        }
        for pair in found.windows(2) {
            let gap = pair[1].byte - pair[0].byte;
            prop_assert!(gap == 3 || gap >= 9);
        }
    }
}
