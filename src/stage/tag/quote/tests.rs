//! Sentences with what is said in them, in both scripts.

use std::sync::Arc;

use proptest::prelude::*;

use super::find;
use crate::record::{Label, Quote, SentenceKind};
use crate::stage::segment::fixture::{prose, segmented};
use crate::stage::tag::title::fixture::{cases, marked, paragraphs, traditional};
use crate::text::simplify;

/// Sentences with their quotations, by section.
const CASES: &str = include_str!("cases.txt");

/// The quotations of a text, `speaker | verb | direct | text`, in order.
fn quotes(text: &str) -> Vec<String> {
    let (segmented, entities) = marked(text);
    let document = &segmented.document;
    let mut quotes = Vec::new();
    find(document, &segmented.tokens, &entities, &mut quotes);
    quotes
        .iter()
        .map(|quote| row(quote, &document.text))
        .collect()
}

fn row(quote: &Quote, text: &str) -> String {
    let speaker = quote.speaker.as_deref().unwrap_or("-");
    let verb = quote.verb.as_deref().unwrap_or("-");
    let kind = if quote.direct { "direct" } else { "indirect" };
    format!("{speaker} {verb} {kind}: {}", quote.span.of(text))
}

/// In simplified characters, whatever the script.
fn plain(row: &str) -> String {
    row.chars().map(simplify).collect()
}

/// Asserts a section of the cases, in either script; all that differ are told at once.
#[track_caller]
fn check(section: &str) {
    let mut wrong = Vec::new();
    for (text, expected) in cases(CASES, section) {
        let expected: Vec<String> = expected.iter().map(|row| plain(row)).collect();
        for text in [text.clone(), traditional(&text)] {
            let found: Vec<String> = quotes(&text).iter().map(|row| plain(row)).collect();
            if found != expected {
                wrong.push(format!(
                    "{text}\n  found {found:?}\n  expected {expected:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_verb_before_the_marks_tells_who_speaks() {
    check("a verb before the marks tells who speaks");
}

#[test]
fn a_verb_behind_the_marks_tells_who_spoke() {
    check("a verb behind the marks tells who spoke");
}

#[test]
fn parts_around_the_verb_are_of_one_speaker() {
    check("parts around the verb are of one speaker");
}

#[test]
fn indirect_speech_goes_to_the_end_of_its_sentence() {
    check("indirect speech goes to the end of its sentence");
}

#[test]
fn demands_go_on_with_what_was_said() {
    check("demands go on with what was said");
}

#[test]
fn a_pronoun_is_the_one_person_spoken_of() {
    check("a pronoun is the one person spoken of");
}

#[test]
fn a_surname_with_a_title_is_the_one_of_that_name() {
    check("a surname with a title is the one of that name");
}

#[test]
fn a_label_before_a_paragraph_tells_who_speaks() {
    check("a label before a paragraph tells who speaks");
}

#[test]
fn terms_titles_and_mottos_are_not_speech() {
    check("terms titles and mottos are not speech");
}

#[test]
fn words_that_end_like_a_verb_are_none() {
    check("words that end like a verb are none");
}

#[test]
fn a_quotation_may_go_on_over_paragraphs() {
    check("a quotation may go on over paragraphs");
}

#[test]
fn unbalanced_marks_do_no_harm() {
    check("unbalanced marks do no harm");
}

/// The turns of a text whose paragraphs are `label：…`, each with the label for a speaker; what has none goes on.
fn turns(text: &str) -> Vec<String> {
    let mut segmented = segmented(paragraphs(text));
    let document = &mut segmented.document;
    let mut speaker: Option<Arc<str>> = None;
    let mut last = None;
    for sentence in &mut document.sentences {
        let words = sentence.span.of(&document.text);
        if last != Some(sentence.paragraph)
            && let Some((label, _)) = words.split_once(['：', ':'])
        {
            speaker = Some(label.into());
        }
        last = Some(sentence.paragraph);
        sentence.speaker.clone_from(&speaker);
        sentence.kind = SentenceKind::Speech;
    }
    let mut quotes = Vec::new();
    find(&segmented.document, &segmented.tokens, &[], &mut quotes);
    let text = &segmented.document.text;
    quotes.iter().map(|quote| row(quote, text)).collect()
}

#[test]
fn turns_are_quotations_of_their_label() {
    assert_eq!(
        turns("临澜日报记者：桥修好了吗？\n沈知远: 修好了。石头是新的。\n路也要修。"),
        [
            "临澜日报记者 - direct: 桥修好了吗？",
            "沈知远 - direct: 修好了。石头是新的。\n路也要修。",
        ]
    );
    assert_eq!(
        turns("问：桥呢？\n答：修好了。\n沈知远：好。\n沈知远：走。"),
        [
            "- 问 direct: 桥呢？",
            "- 答 direct: 修好了。",
            "沈知远 - direct: 好。",
            "沈知远 - direct: 走。",
        ]
    );
    assert_eq!(turns("沈知远："), Vec::<String>::new());
}

#[test]
fn headlines_and_bylines_are_not_read() {
    let (mut segmented, entities) = marked("[沈知远]说：“桥修好了。”");
    for kind in [
        SentenceKind::Title,
        SentenceKind::Heading,
        SentenceKind::Byline,
        SentenceKind::Boilerplate,
    ] {
        for sentence in &mut segmented.document.sentences {
            sentence.kind = kind;
        }
        let mut quotes = Vec::new();
        find(
            &segmented.document,
            &segmented.tokens,
            &entities,
            &mut quotes,
        );
        assert_eq!(quotes, []);
    }
}

proptest! {
    #[test]
    fn quotations_lie_in_the_text_in_order_on_any_text(text in prop_oneof![
        prose(),
        "[沈说：，“”‘’「」\"他们要市长表示的。；a\n（）《》]{0,80}",
        "\\PC{0,80}",
    ]) {
        let segmented = segmented(paragraphs(&text));
        let document = &segmented.document;
        let mut entities = Vec::new();
        for token in segmented.tokens.iter().step_by(3) {
            let mut entity = marked("[沈]").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entity.label = if entities.len() % 3 == 0 { Label::Organisation } else { Label::Person };
            entities.push(entity);
        }
        let mut quotes = Vec::new();
        find(document, &segmented.tokens, &entities, &mut quotes);
        for quote in &quotes {
            let text = quote.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), quote.span.char_len() as usize);
            prop_assert!(!text.is_empty() && text.trim() == text);
            let sentence = document.sentences[quote.sentence as usize].span;
            prop_assert!(sentence.byte_start <= quote.span.byte_start && quote.span.byte_start < sentence.byte_end);
        }
        prop_assert!(quotes.is_sorted_by_key(|quote| quote.span.byte_start));
    }
}
