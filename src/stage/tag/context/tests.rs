//! Texts of a paper of 临澜, with whose bodies they name, in both scripts.

use proptest::prelude::*;

use super::{ContextOptions, city, find, publisher};
use crate::lexicon::Lexicon;
use crate::record::{Entity, Label};
use crate::stage::segment::fixture::{prose, segmented};
use crate::stage::tag::title;
use crate::stage::tag::title::fixture::{cases, check_all, marked, paragraphs, short_forms};

/// Texts with the bodies in them, by section.
const CASES: &str = include_str!("cases.txt");
/// The same, for a pipeline that knows nothing of where its documents come from.
const ALONE: &str = include_str!("alone.txt");

fn paper() -> ContextOptions {
    ContextOptions {
        city: ContextOptions::city_of("臨瀾市"),
        publisher: ContextOptions::publisher_of("临澜日报"),
    }
}

/// The bodies of a text, `short form, label, full name`, in simplified characters.
fn bodies(text: &str, options: &ContextOptions) -> Vec<String> {
    let (segmented, mut entities) = marked(text);
    let (document, tokens) = (&segmented.document, &segmented.tokens);
    title::find(document, tokens, &mut entities);
    entities.sort_by_key(|one| (one.span.byte_start, std::cmp::Reverse(one.span.byte_end)));
    let titles = |entities: &[Entity]| {
        let titles = entities.iter().filter(|one| one.label == Label::Title);
        titles.map(|one| one.span).collect::<Vec<_>>()
    };
    let before = titles(&entities);
    let lexicon = Lexicon::default_shared();
    find(document, tokens, &lexicon, options, &mut entities);
    assert_eq!(titles(&entities), before, "{text}");
    entities.sort_by_key(|one| one.span.byte_start);
    short_forms(document, &entities)
}

#[test]
fn bodies_are_those_of_the_cases() {
    check_all(CASES, |text| bodies(text, &paper()));
}

#[test]
fn without_support_nothing_is_added() {
    let none = ContextOptions::default();
    for (text, _) in cases(CASES, "the pipeline says of which city it is") {
        assert!(bodies(&text, &none).is_empty(), "{text}");
    }
}

#[test]
fn without_a_pipeline_that_says_so_the_only_city_of_a_document_is_meant() {
    check_all(ALONE, |text| bodies(text, &ContextOptions::default()));
}

#[test]
fn a_city_is_named_in_full_and_a_publisher_is_one_that_has_a_word_for_itself() {
    for name in [
        "",
        "临澜",
        "市",
        "Linlan市",
        "临澜市委",
        "一个名字很长很长的城市",
    ] {
        assert_eq!(ContextOptions::city_of(name), None, "{name}");
    }
    for name in ["", "报", "临澜", "临澜公司"] {
        assert_eq!(ContextOptions::publisher_of(name), None, "{name}");
    }
    for name in [
        "临澜日报",
        "臨瀾日報",
        "临澜日报社",
        "临澜电视台",
        "渡船杂志",
        "临澜网",
    ] {
        assert!(ContextOptions::publisher_of(name).is_some(), "{name}");
    }
}

proptest! {
    #[test]
    fn bodies_lie_in_their_sentence_on_any_text(text in prop_oneof![
        prose(),
        "[临澜省县市委政府书记、本报，。 a\n]{0,60}",
        "(市委|市政府|本报记者|本报|市政协|书记|议|作|同|表|临澜|、|\\PC){0,30}",
    ]) {
        let segmented = segmented(paragraphs(&text));
        let document = &segmented.document;
        let mut entities: Vec<Entity> = Vec::new();
        for token in segmented.tokens.iter().step_by(2) {
            let mut entity = marked("<沈>").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entities.push(entity);
        }
        find(document, &segmented.tokens, &Lexicon::default_shared(), &paper(), &mut entities);
        for one in &entities {
            let sentence = document.sentences[one.sentence as usize].span;
            prop_assert!(sentence.byte_start <= one.span.byte_start && one.span.byte_end <= sentence.byte_end);
            let tokens = &segmented.tokens;
            let last = tokens.iter().find(|token| token.span.byte_end >= one.span.byte_end).unwrap();
            let rest = document.text.get(one.span.byte_end.get()..last.span.byte_end.get()).unwrap();
            let whole = rest.is_empty() || publisher::BEHIND.contains(&rest) || city::HOLDERS.contains(&rest);
            prop_assert!(whole, "{} before {rest}", one.span.of(&document.text));
            let text = one.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), one.span.char_len() as usize);
        }
    }
}
