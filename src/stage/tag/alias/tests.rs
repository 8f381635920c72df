//! Texts that explain short forms, with the mentions that come of it, in both scripts.

use proptest::prelude::*;

use super::find;
use crate::lexicon::Lexicon;
use crate::record::{Entity, FullName, Label, Method, Segmented};
use crate::stage::segment::fixture::{prose, segmented};
use crate::stage::tag::title::fixture::{check_all, marked, paragraphs, short_forms};
use crate::stage::tag::{quote, title};

/// Texts with their mentions, by section.
const CASES: &str = include_str!("cases.txt");

/// A text with its names and the mentions of its short forms.
fn tagged(text: &str) -> (Segmented, Vec<Entity>) {
    let (segmented, mut entities) = marked(text);
    let (document, tokens) = (&segmented.document, &segmented.tokens);
    find(document, tokens, &Lexicon::default_shared(), &mut entities);
    entities.sort_by_key(|entity| entity.span.byte_start);
    (segmented, entities)
}

#[test]
fn mentions_are_those_of_the_cases() {
    check_all(CASES, |text| {
        let (segmented, entities) = tagged(text);
        short_forms(&segmented.document, &entities)
    });
}

#[test]
fn a_title_holds_the_body_and_a_speaker_is_named_in_full() {
    let text = "{臨瀾市發展和改革委員會}（以下簡稱“市發展改革委”）開會。市發展改革委主任[方見山]到場。市發展改革委表示：“路要修好。”";
    let (segmented, mut entities) = tagged(text);
    let document = &segmented.document;
    title::find(document, &segmented.tokens, &mut entities);
    entities.sort_by_key(|entity| entity.span.byte_start);
    let body = |entity: &&Entity| {
        entity.label == Label::Organisation && entity.span.of(&document.text) == "市發展改革委"
    };
    let title = entities
        .iter()
        .find(|one| one.label == Label::Title)
        .unwrap();
    assert_eq!(title.span.of(&document.text), "市發展改革委主任");
    let held = entities.iter().filter(body);
    let mut held = held.filter(|one| one.span.byte_start == title.span.byte_start);
    let full = held.next().unwrap().full.as_ref().unwrap();
    assert_eq!(full.simplified(document), "临澜市发展和改革委员会");
    let mut quotes = Vec::new();
    quote::find(document, &segmented.tokens, &entities, &mut quotes);
    let speakers: Vec<_> = quotes.iter().map(|one| one.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("臨瀾市發展和改革委員會")]);
}

#[test]
fn a_mention_in_marks_is_the_same_concept() {
    let text = "《渡口安全管理条例》（以下简称《条例》）施行。《条例》共十条，条例很短。";
    let (segmented, mut entities) = marked(&text.replace('《', "《{").replace('》', "}》"));
    entities.truncate(1);
    (entities[0].label, entities[0].concept) = (Label::Term, Some("urn:a".into()));
    let (document, tokens) = (&segmented.document, &segmented.tokens);
    find(document, tokens, &Lexicon::default_shared(), &mut entities);
    let rows = entities.iter().skip(1).map(|one| {
        assert_eq!((one.label, one.method), (Label::Term, Method::Lexicon));
        assert_eq!(one.full, Some(FullName::Stated(entities[0].span)));
        (one.span.of(&document.text), one.concept.as_deref())
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows, [("条例", Some("urn:a")); 2]);
}

proptest! {
    #[test]
    fn mentions_lie_in_their_sentence_on_any_text(text in prop_oneof![
        prose(),
        "[临澜市水务局（以下简称“”《》，。a\n ）原]{0,60}",
        "(临澜市水务局（以下简称.{0,4}）。水务局|，以下简称|\\PC){0,20}",
    ]) {
        let segmented = segmented(paragraphs(&text));
        let document = &segmented.document;
        let mut entities: Vec<Entity> = Vec::new();
        for token in segmented.tokens.iter().step_by(2) {
            let mut entity = marked("{沈}").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entities.push(entity);
        }
        find(document, &segmented.tokens, &Lexicon::default_shared(), &mut entities);
        for one in &entities {
            let sentence = document.sentences[one.sentence as usize].span;
            prop_assert!(sentence.byte_start <= one.span.byte_start && one.span.byte_end <= sentence.byte_end);
            let text = one.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), one.span.char_len() as usize);
            if let Some(full) = &one.full {
                prop_assert!(full.simplified(document).len() > text.len() || text.is_ascii());
            }
        }
    }
}
