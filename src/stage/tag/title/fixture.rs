//! Documents whose names are marked by hand, so that no trained model stands between a sentence and what is expected of it.

use crate::record::{
    Document, Entity, Label, Method, Place, Script, Segmented, Sentence, SentenceKind,
};
use crate::stage::segment::fixture::{document, segmented};
use crate::text::{
    ScriptEvidence, SpanWalker, sentences, simplified_view, simplify, traditional_form,
};

/// A text with names marked: `[person]`, `{organisation}`, `<place>`. Each line is a paragraph.
pub(in crate::stage::tag) fn marked(text: &str) -> (Segmented, Vec<Entity>) {
    let (plain, names) = unmark(text);
    let segmented = segmented(paragraphs(&plain));
    let mut walker = SpanWalker::new(&plain);
    let entities = names.into_iter().map(|(start, end, label)| {
        let span = walker.span(start..end);
        let holds = |sentence: &&Sentence| sentence.span.byte_end < span.byte_end;
        let sentence = segmented
            .document
            .sentences
            .iter()
            .take_while(holds)
            .count();
        Entity {
            method: Method::Model,
            ..Entity::by_rule(u32::try_from(sentence).unwrap(), label, span, 1.0)
        }
    });
    let entities = entities.collect();
    (segmented, entities)
}

/// The same text in traditional characters, its marks kept.
pub(in crate::stage::tag) fn traditional(text: &str) -> String {
    let form = |line: &str| {
        let piece = traditional_form(line).unwrap_or_else(|| line.to_owned());
        assert_eq!(piece.chars().count(), line.chars().count(), "{line}");
        piece
    };
    text.lines().map(form).collect::<Vec<_>>().join("\n")
}

/// The cases of a section: a text, its line breaks written ⏎, and the rows behind `=` that are expected of it.
pub(in crate::stage::tag) fn cases(all: &str, section: &str) -> Vec<(String, Vec<String>)> {
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    let lines = all
        .lines()
        .skip_while(|line| line.strip_prefix("# ") != Some(section));
    for line in lines.skip(1).take_while(|line| !line.starts_with("# ")) {
        let text = line.replace('⏎', "\n");
        match (text.strip_prefix("= "), cases.last_mut()) {
            (Some(row), Some((_, rows))) => rows.push(row.to_owned()),
            _ if text.is_empty() => {}
            _ => cases.push((text, Vec::new())),
        }
    }
    assert!(!cases.is_empty(), "no section {section}");
    cases
}

/// Asserts that in either script `rows` are those that all sections of `all` expect of their texts; all that differ are told at once.
#[track_caller]
pub(in crate::stage::tag) fn check_all(all: &str, rows: impl Fn(&str) -> Vec<String>) {
    let sections = all.lines().filter_map(|line| line.strip_prefix("# "));
    let mut wrong = Vec::new();
    for section in sections {
        for (text, expected) in cases(all, section) {
            for text in [text.clone(), traditional(&text)] {
                let found = rows(&text);
                if found != expected {
                    wrong.push(format!(
                        "{section}: {text}\n  found {found:?}\n  expected {expected:?}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The short forms among entities, `short form, label, full name`, in simplified characters.
pub(in crate::stage::tag) fn short_forms(document: &Document, entities: &[Entity]) -> Vec<String> {
    let row = |entity: &Entity| {
        let full = entity.full.as_ref()?.simplified(document);
        let short = entity.span.of(document.view());
        let row = format!("{short} {} {full}", entity.label.name());
        Some(row.chars().map(simplify).collect())
    };
    entities.iter().filter_map(row).collect()
}

/// A document of paragraphs with sentences as `decode` finds them.
pub(in crate::stage::tag) fn paragraphs(plain: &str) -> Document {
    let mut document = document(&Place::new("a.txt", 0), plain);
    document.sentences.clear();
    let mut walker = SpanWalker::new(plain);
    let mut byte = 0;
    for (paragraph, line) in plain.split_inclusive('\n').enumerate() {
        for sentence in sentences(line) {
            document.sentences.push(Sentence {
                paragraph: u32::try_from(paragraph).unwrap(),
                kind: SentenceKind::Body,
                span: walker.span(byte + sentence.start..byte + sentence.end),
                speaker: None,
            });
        }
        byte += line.len();
    }
    document.simplified = simplified_view(plain, &ScriptEvidence::of(plain));
    if document.simplified.is_some() {
        document.script = Script::Hant;
    }
    document
}

/// The text without marks, and the names with their bytes.
fn unmark(text: &str) -> (String, Vec<(usize, usize, Label)>) {
    let mut plain = String::new();
    let mut names = Vec::new();
    let mut open = 0;
    for char in text.chars() {
        let label = match char {
            '[' | '{' | '<' => {
                open = plain.len();
                continue;
            }
            ']' => Label::Person,
            '}' => Label::Organisation,
            '>' => Label::Location,
            _ => {
                plain.push(char);
                continue;
            }
        };
        names.push((open, plain.len(), label));
    }
    (plain, names)
}
