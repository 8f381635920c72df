//! The hop from outside: what becomes of a record, and the laws that hold for any.

use encoding_rs::{BIG5, Encoding, GB18030};
use proptest::prelude::*;

use super::{Decode, DecodeError, DecodeOptions, decode_slice};
use crate::record::{
    Body, Document, Fields, MediaType, Place, Record, Reject, RejectCode, Script, SentenceKind,
};
use crate::stage::{Map, Output};

pub(super) fn run(
    options: &DecodeOptions,
    body: Body,
    media_type: MediaType,
) -> Result<Document, Reject> {
    let record = Record {
        place: Place::new("a.txt", 0),
        media_type,
        body,
        charset: None,
        fields: Fields::default(),
    };
    let mut out = Output::default();
    let decode = Decode::new(options).unwrap();
    decode.map(record, &mut decode.scratch(), &mut out);
    assert_eq!(
        out.items.len() + out.rejects.len(),
        1,
        "one record, one answer"
    );
    out.items.pop().ok_or_else(|| out.rejects.pop().unwrap())
}

pub(super) fn read(bytes: &[u8], media_type: MediaType) -> Result<Document, Reject> {
    run(
        &DecodeOptions::default(),
        Body::Bytes(bytes.to_vec()),
        media_type,
    )
}

fn plain(bytes: &[u8]) -> Document {
    read(bytes, MediaType::Plain).unwrap()
}

fn visible(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// Every sentence's source bytes say what the sentence says, and sentences cover all but white space.
pub(super) fn check_laws(document: &Document, bytes: &[u8]) {
    let mut covered = String::new();
    for sentence in &document.sentences {
        let text = sentence.span.of(&document.text);
        let source = document.source_of(&sentence.span);
        let slice = &bytes[source.start.get()..source.end.get()];
        let again = decode_slice(slice, document.encoding, document.media_type.name());
        assert_eq!(visible(&again), visible(text), "{source:?}");
        assert_eq!(text, text.trim());
        covered.push_str(&visible(text));
    }
    assert_eq!(covered, visible(&document.text));
}

/// With its edits undone the text is all that the page shows.
pub(super) fn check_told(document: &Document, bytes: &[u8]) {
    let mut text: Vec<char> = document.text.chars().collect();
    for edit in document.edits.iter().rev() {
        let at = edit.char_start.get();
        let after = edit.after().chars().count();
        text.splice(at..at + after, edit.before().chars());
    }
    let all = decode_slice(bytes, document.encoding, document.media_type.name());
    assert_eq!(visible(&String::from_iter(text)), visible(&all));
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

const NEWS: &str = "林河镇图书馆今天重新开放。\r\n镇长吴江说：“欢迎大家来看书！”当天有三百多人入馆，其中有20名学生。\n";

#[test]
fn any_charset_gives_the_same_text_and_a_way_back() {
    let bodies = [
        (NEWS.as_bytes().to_vec(), "utf-8"),
        ([b"\xef\xbb\xbf", NEWS.as_bytes()].concat(), "utf-8"),
        (encode(NEWS, GB18030), "gb18030"),
        (utf16(NEWS, u16::to_le_bytes), "utf-16le"),
        (utf16(NEWS, u16::to_be_bytes), "utf-16be"),
        (
            [vec![0xFF, 0xFE], utf16(NEWS, u16::to_le_bytes)].concat(),
            "utf-16le",
        ),
    ];
    for (bytes, encoding) in bodies {
        let document = plain(&bytes);
        assert_eq!(
            (document.text.as_str(), document.encoding),
            (NEWS, encoding)
        );
        assert_eq!(document.script, Script::Hans);
        assert_eq!(document.sentences.len(), 3);
        check_laws(&document, &bytes);
    }
}

#[test]
fn a_byte_order_mark_is_an_edit() {
    let document = plain("\u{FEFF}河水".as_bytes());
    assert_eq!(document.text, "河水");
    let edit = &document.edits[0];
    assert_eq!(
        (edit.rule.name(), edit.byte_start.get()..edit.byte_end.get()),
        ("bom", 0..3)
    );
}

#[test]
fn damaged_bytes_are_edits_and_the_rest_is_read() {
    let mut bytes = NEWS.repeat(3).into_bytes();
    bytes[4] = 0xFF;
    bytes.truncate(bytes.len() - 2);
    let document = plain(&bytes);
    assert_eq!(document.encoding, "utf-8");
    let edits: Vec<_> = document
        .edits
        .iter()
        .map(|edit| (edit.before(), edit.after()))
        .collect();
    assert_eq!(
        edits,
        [
            ("\\xe6\\xff\\xb3", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\\xe3\\x80", "\u{FFFD}")
        ]
    );
    assert_eq!(document.edits[0].char_start.get(), 1);
    check_laws(&document, &bytes);
}

#[test]
fn too_much_damage_is_a_reject_with_its_first_place() {
    let options = DecodeOptions {
        encoding: Some("utf-8".into()),
        ..DecodeOptions::default()
    };
    let bytes = [b"abc\n".to_vec(), encode("河水涨了，桥还在", GB18030)].concat();
    let reject = run(&options, Body::Bytes(bytes), MediaType::Plain).unwrap_err();
    assert_eq!(
        (reject.code, reject.bytes.map(|bytes| bytes.start)),
        (RejectCode::Undecodable, Some(4))
    );
}

#[test]
fn binary_and_empty_bodies_are_rejects() {
    let code = |bytes: &[u8], media| read(bytes, media).unwrap_err().code;
    let binary: Vec<u8> = (0..2000u32).map(|i| (i * 7919 % 251) as u8).collect();
    assert_eq!(code(&binary, MediaType::Plain), RejectCode::Binary);
    assert_eq!(code(&[0; 100], MediaType::Plain), RejectCode::Binary);
    assert_eq!(code(b"", MediaType::Plain), RejectCode::Empty);
    assert_eq!(
        code(" \n\u{3000}".as_bytes(), MediaType::Markdown),
        RejectCode::Empty
    );
    assert_eq!(
        code(b"<p> </p><script>1</script>", MediaType::Html),
        RejectCode::Empty
    );
}

#[test]
fn a_wrong_charset_option_is_an_error() {
    for label in ["no-such", "iso-2022-jp", ""] {
        let options = DecodeOptions {
            encoding: Some(label.into()),
            ..DecodeOptions::default()
        };
        let error = Decode::new(&options).unwrap_err();
        assert_eq!(
            error,
            DecodeError::Encoding {
                label: label.into()
            }
        );
    }
    let options = DecodeOptions {
        max_undecodable: f64::NAN,
        ..DecodeOptions::default()
    };
    assert!(Decode::new(&options).is_err());
}

#[test]
fn a_text_field_is_utf8_whatever_it_looks_like() {
    let text = "\u{FEFF}河水\u{1}。";
    let document = run(
        &DecodeOptions::default(),
        Body::Text(text.into()),
        MediaType::Plain,
    )
    .unwrap();
    assert_eq!((document.text.as_str(), document.encoding), (text, "utf-8"));
}

#[test]
fn traditional_text_has_a_simplified_view() {
    let document = plain(&encode("臺灣的圖書館今天重新開放，歡迎大家來看書。", BIG5));
    assert_eq!((document.encoding, document.script), ("big5", Script::Hant));
    assert_eq!(
        document.view(),
        "台湾的图书馆今天重新开放，欢迎大家来看书。"
    );
}

#[test]
fn markdown_has_a_title_headings_and_lists() {
    let source = "# 林河镇\n\n镇在河边。\n\n## 历史\n- 建于1920年\n1. 修桥\n";
    let document = read(source.as_bytes(), MediaType::Markdown).unwrap();
    assert_eq!(document.title.as_deref(), Some("林河镇"));
    let kinds: Vec<_> = document
        .sentences
        .iter()
        .map(|sentence| sentence.kind)
        .collect();
    let names: Vec<_> = kinds.into_iter().map(SentenceKind::name).collect();
    assert_eq!(names, ["title", "body", "heading", "list", "list"]);
    assert_eq!(document.paragraphs, 5);
}

#[test]
fn hard_wrapped_lines_are_joined_and_told() {
    let text =
        "今年以来，林河镇的老图书馆经\r\n过修缮重新向市民开放，前来看 \r\n 书的人比去年多了。\n";
    let bytes = encode(text, GB18030);
    let document = plain(&bytes);
    assert_eq!(document.paragraphs, 1);
    assert_eq!(document.quality.repaired_breaks, 2);
    let rules: Vec<_> = document
        .edits
        .iter()
        .map(|edit| (edit.rule.name(), edit.before(), edit.char_start.get()))
        .collect();
    assert_eq!(
        rules,
        [("hard-wrap", "\r\n", 14), ("hard-wrap", " \r\n ", 28)]
    );
    for edit in &document.edits {
        let slice = &bytes[edit.byte_start.get()..edit.byte_end.get()];
        assert_eq!(GB18030.decode(slice).0, edit.before());
    }
    check_told(&document, &bytes);
    check_laws(&document, &bytes);
}

fn han_text() -> impl Strategy<Value = String> {
    "([林河镇图书馆今天重新开放的了是在人我有他这中大来上国个到说们为子和你地出道也时年]|[a-z0-9 ]|[，。！？“”\n]){1,80}"
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        media in prop_oneof![Just(MediaType::Plain), Just(MediaType::Markdown), Just(MediaType::Html)],
        label in proptest::option::of(prop_oneof![Just("gbk"), Just("big5"), Just("utf-16le"), Just("shift_jis"), Just("euc-jp"), Just("utf-8")]),
    ) {
        let options = DecodeOptions {
            encoding: label.map(Into::into),
            max_undecodable: 1.0,
            ..DecodeOptions::default()
        };
        if let Ok(document) = run(&options, Body::Bytes(bytes.clone()), media) {
            check_laws(&document, &bytes);
        }
    }

    #[test]
    fn pages_of_any_markup_lead_back_to_their_bytes(
        html in "(<p>|</p>|<div>|</div>|<br>|<h1>|</h1>|<script>|</script>|<!--|-->|<svg/>|&amp;|&ltx|&nbsp;|&#20013;|&notit;|&|<|[林河a1 。\n]){0,40}"
    ) {
        if let Ok(document) = read(html.as_bytes(), MediaType::Html) {
            check_laws(&document, html.as_bytes());
            check_told(&document, html.as_bytes());
        }
    }

    #[test]
    fn every_sentence_leads_to_its_bytes(text in han_text(), charset in 0..4) {
        let (bytes, label) = match charset {
            0 => (text.clone().into_bytes(), "utf-8"),
            1 => (encode(&text, GB18030), "gb18030"),
            2 => (utf16(&text, u16::to_le_bytes), "utf-16le"),
            _ => {
                let (bytes, _, failed) = BIG5.encode(&text);
                prop_assume!(!failed);
                (bytes.into_owned(), "big5")
            }
        };
        let options = DecodeOptions { encoding: Some(label.into()), ..DecodeOptions::default() };
        if let Ok(document) = run(&options, Body::Bytes(bytes.clone()), MediaType::Plain) {
            prop_assert_eq!(visible(&document.text), visible(&text));
            prop_assert!(document.edits.iter().all(|edit| edit.rule.stage() == "layout"));
            check_laws(&document, &bytes);
        }
    }
}
