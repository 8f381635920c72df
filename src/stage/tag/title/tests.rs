//! Sentences with the titles of their persons, in both scripts.

use proptest::prelude::*;

use super::find;
use super::fixture::{cases, marked, paragraphs, traditional};
use crate::record::{Entity, Label};
use crate::stage::segment::fixture::{prose, segmented};

/// Sentences with their persons, by section.
const CASES: &str = include_str!("cases.txt");

/// The persons of a text with their titles, `name: title, title`, in order; those without stand alone.
fn titles(text: &str) -> Vec<String> {
    let (segmented, mut entities) = marked(text);
    let document = &segmented.document;
    find(document, &segmented.tokens, &mut entities);
    let persons = entities.iter().filter(|one| one.label == Label::Person);
    let row = |one: &Entity| {
        let name = one.span.of(&document.text);
        match one.titles.as_slice() {
            [] => name.to_owned(),
            titles => format!("{name}: {}", titles.join(", ")),
        }
    };
    for title in entities.iter().filter(|one| one.label == Label::Title) {
        let text = title.span.of(&document.text);
        let known = |one: &Entity| one.titles.iter().any(|title| title == text);
        assert!(entities.iter().any(known), "{text} is nobody's");
    }
    persons.map(row).collect()
}

/// What differs from the expected persons, in either script.
fn differs(text: &str, expected: &[String]) -> Vec<String> {
    let other = traditional(text);
    let expected: Vec<String> = expected.iter().map(|row| plain(row)).collect();
    let mut wrong = Vec::new();
    for text in [text, &other] {
        let found: Vec<String> = titles(text).iter().map(|row| plain(row)).collect();
        if found != expected {
            wrong.push(format!(
                "{text}\n  found {found:?}\n  expected {expected:?}"
            ));
        }
    }
    wrong
}

/// Asserts a section of the cases; all that differ are told at once.
#[track_caller]
fn check(section: &str) {
    let cases = cases(CASES, section).into_iter();
    let wrong: Vec<String> = cases
        .flat_map(|(text, expected)| differs(&text, &expected))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// In simplified characters, whatever the script.
fn plain(row: &str) -> String {
    row.chars().map(crate::text::simplify).collect()
}

#[test]
fn titles_stand_before_a_name() {
    check("titles stand before a name");
}

#[test]
fn titles_stand_behind_a_name() {
    check("titles stand behind a name");
}

#[test]
fn a_list_shares_what_several_can_be() {
    check("a list shares what several can be");
}

#[test]
fn in_a_list_everyone_has_an_office_of_their_own() {
    check("in a list everyone has an office of their own");
}

#[test]
fn what_is_no_office_is_no_title() {
    check("what is no office is no title");
}

#[test]
fn what_happens_is_no_part_of_a_title() {
    check("what happens is no part of a title");
}

#[test]
fn an_organisation_in_a_title_keeps_its_row() {
    let (segmented, mut entities) = marked("{市水务局}局长[廖海生]到场。");
    find(&segmented.document, &segmented.tokens, &mut entities);
    let span = |label| entities.iter().find(|one| one.label == label).unwrap().span;
    let (title, body) = (span(Label::Title), span(Label::Organisation));
    assert!(title.byte_start <= body.byte_start && body.byte_end <= title.byte_end);
}

proptest! {
    #[test]
    fn titles_lie_in_their_sentence_on_any_text(text in prop_oneof![
        prose(),
        "[\\[\\]沈市长书记副、，兼（）等位三 a\n。]{0,60}",
        "\\PC{0,80}",
    ]) {
        let names: String = text.chars().filter(|char| !"[]{}<>".contains(*char)).collect();
        let segmented = segmented(paragraphs(&names));
        let document = &segmented.document;
        let mut entities = Vec::new();
        for token in segmented.tokens.iter().step_by(3) {
            let mut entity = marked("[沈]").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entities.push(entity);
        }
        find(document, &segmented.tokens, &mut entities);
        for one in &entities {
            let sentence = document.sentences[one.sentence as usize].span;
            prop_assert!(sentence.byte_start <= one.span.byte_start && one.span.byte_end <= sentence.byte_end);
            let text = one.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), one.span.char_len() as usize);
        }
    }
}
