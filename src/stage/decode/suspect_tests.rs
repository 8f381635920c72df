//! Suspects on their way through the hop: edits that propose, texts that are mended.

use std::sync::LazyLock;

use super::{Decode, DecodeOptions, OcrSuspects};
use crate::lexicon::Lexicon;
use crate::record::{Body, Document, Edit, EditRule, Fields, MediaType, Place, Record};
use crate::stage::{Map, Output};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default_shared);

const SPOILT: &str = "孩子们在图书棺里读书。";
/// The same with a trace of the scanner.
const SCANNED: &str = "孩子们在图书棺里读书，他 们都很高兴。";

fn decode(body: Body, what: OcrSuspects) -> Document {
    let options = DecodeOptions {
        ocr_suspects: what,
        ..DecodeOptions::default()
    };
    let record = Record {
        place: Place::new("page.txt", 0),
        media_type: MediaType::Plain,
        body,
        charset: None,
        fields: Fields::default(),
    };
    let decode = Decode::new(&options).unwrap().with_lexicon(&LEXICON);
    let mut out = Output::default();
    decode.map(record, &mut decode.scratch(), &mut out);
    out.items.remove(0)
}

fn suspects(document: &Document) -> Vec<&Edit> {
    let edits = document.edits.iter();
    edits
        .filter(|edit| edit.rule == EditRule::OcrSuspect)
        .collect()
}

#[test]
fn a_report_proposes_and_leaves_the_text_alone() {
    let document = decode(Body::Text(SCANNED.into()), OcrSuspects::Report);
    assert_eq!(document.text, "孩子们在图书棺里读书，他们都很高兴。");
    assert_eq!(document.quality.ocr_suspects, 1);
    let [edit] = suspects(&document)[..] else {
        panic!("one suspect");
    };
    assert_eq!((edit.before(), edit.after()), ("棺", "馆"));
    assert_eq!((edit.char_start.get(), edit.byte_start.get()), (6, 18));
    assert_eq!(edit.rule, EditRule::OcrSuspect);
}

#[test]
fn what_is_applied_stands_in_the_text_and_leads_to_the_same_bytes() {
    // GB18030: two bytes a character.
    let (bytes, _, _) = encoding_rs::GB18030.encode(SPOILT);
    let document = decode(Body::Bytes(bytes.into_owned()), OcrSuspects::Apply);
    assert_eq!(document.text, "孩子们在图书馆里读书。");
    let edit = suspects(&document)[0];
    assert_eq!((edit.byte_start.get(), edit.byte_end.get()), (12, 14));
    let source = document.source_of(&document.sentences[0].span);
    assert_eq!(source.start.get()..source.end.get(), 0..22);
}

#[test]
fn nothing_is_looked_for_where_it_is_off_or_the_text_was_typed() {
    let off = decode(Body::Text(SCANNED.into()), OcrSuspects::Off);
    assert_eq!((off.quality.ocr_suspects, suspects(&off).len()), (0, 0));
    let typed = decode(Body::Text(SPOILT.into()), OcrSuspects::Report);
    assert_eq!((typed.quality.ocr_suspects, typed.edits.len()), (0, 0));
}

#[test]
fn a_traditional_text_gets_proposals_in_its_own_script() {
    let document = decode(
        Body::Text("孩子們在圖書棺裡讀書。他們的頭友很長。".into()),
        OcrSuspects::Apply,
    );
    let [library, ..] = suspects(&document)[..] else {
        panic!("a suspect");
    };
    assert_eq!((library.before(), library.after()), ("棺", "館"));
    assert!(document.text.starts_with("孩子們在圖書館裡讀書。"));
    assert_eq!(document.view().get(..24), Some("孩子们在图书馆里"));
    // The character stands in its traditional form: what is replaced is what the text has.
    let document = decode(
        Body::Text("我們要保護環撞和水源。".into()),
        OcrSuspects::Apply,
    );
    assert_eq!(document.text, "我們要保護環境和水源。");
}

#[test]
fn a_suspect_behind_another_edit_knows_its_place() {
    // A byte order mark and a title's break come before it.
    let text = format!("\u{FEFF}江边的村子\n\n{SCANNED}");
    let document = decode(Body::Bytes(text.clone().into_bytes()), OcrSuspects::Report);
    assert_eq!(document.edits[0].rule.name(), "bom");
    let edit = suspects(&document)[0];
    let at = text.find('棺').unwrap();
    assert_eq!(edit.byte_start.get(), at);
    let there = document.text.chars().nth(edit.char_start.get());
    assert_eq!(there, Some('棺'));
}
