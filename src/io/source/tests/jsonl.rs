//! JSON lines: fields, numbers and what is malformed.

use chrono::NaiveDate;

use super::Folder;
use crate::record::{Body, RejectCode};

/// Reads one line that is a record or a reject.
fn message(line: &str) -> (RejectCode, String) {
    let folder = Folder::new();
    folder.put("a.jsonl", line);
    let outcome = folder.read("a.jsonl");
    assert_eq!(outcome.items.len(), 1);
    let reject = outcome.reject(0);
    (reject.code, reject.message.clone())
}

#[test]
fn known_fields_are_taken_and_the_others_go_to_meta_as_they_stand() {
    let folder = Folder::new();
    folder.put(
        "a.jsonl",
        r#"{"id": 12345678901234567890123, "title":"河湾\n水位", "text":"春汛", "published":"2021-03-04T05:06:07Z", "collection":"水文", "tags":["a", {"b":1.50}], "note":"引\u0022号"}"#,
    );
    let outcome = folder.read("a.jsonl");
    let record = outcome.record(0);
    assert_eq!(record.body, Body::Text("春汛".into()));
    assert_eq!(record.fields.title.as_deref(), Some("河湾\n水位"));
    assert_eq!(record.fields.published, NaiveDate::from_ymd_opt(2021, 3, 4));
    assert_eq!(record.fields.collection.as_deref(), Some("水文"));
    let meta = r#"{"id":12345678901234567890123,"tags":["a", {"b":1.50}],"note":"引\u0022号"}"#;
    assert_eq!(record.fields.meta.as_deref(), Some(meta));
}

#[test]
fn blank_lines_are_no_records_but_count_as_lines() {
    let folder = Folder::new();
    folder.put(
        "a.jsonl",
        "\u{FEFF}{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"b\"}\nx\n\n{\"text\":\"c\"}",
    );
    let outcome = folder.read("a.jsonl");
    assert_eq!(outcome.show(), ["0 a", "3 b", "4 ! malformed", "6 c"]);
}

#[test]
fn a_malformed_line_says_where_and_keeps_its_bytes() {
    let folder = Folder::new();
    folder.put("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\",}\n");
    let outcome = folder.read("a.jsonl");
    let reject = outcome.reject(1);
    assert_eq!(reject.message, "line 2, column 13: trailing comma");
    assert_eq!(reject.bytes, Some(13..27));
    assert_eq!(reject.raw.as_deref(), Some(b"{\"text\":\"b\",}".as_slice()));
}

#[test]
fn what_json_does_not_allow_is_malformed() {
    let deep = format!(
        "{{\"text\":\"a\",\"x\":{}{}}}",
        "[".repeat(9_999),
        "]".repeat(9_999)
    );
    for line in [
        "[]",
        "7",
        "{\"text\":\"a\"} {}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"a\",\"x\":\"\\ud800\"}",
        "{\"text\":\"a\",\"x\":[\"\\udc00\"]}",
        "{\"text\":\"a\nb\"",
        deep.as_str(),
    ] {
        let line = line.replace('\n', "\u{1}");
        assert_eq!(message(&line).0, RejectCode::Malformed, "{line}");
    }
    let (_, lone) = message("{\"text\":\"\\ud800\"}");
    assert!(lone.starts_with("line 1, column 1"), "{lone}");
}

#[test]
fn bytes_that_are_not_utf_8_are_malformed_with_the_remedy() {
    let folder = Folder::new();
    folder.put("a.jsonl", b"{\"text\":\"\xD6\xD0\"}\n{\"text\":\"b\"}");
    let outcome = folder.read("a.jsonl");
    assert_eq!(outcome.show(), ["0 ! malformed", "1 b"]);
    let message = &outcome.reject(0).message;
    assert!(
        message.starts_with("line 1, column 10: not UTF-8"),
        "{message}"
    );
}

#[test]
fn a_line_without_a_text_says_so() {
    assert_eq!(message("{\"body\":\"a\"}").0, RejectCode::NoText);
    let (code, text) = message("{\"content\":7}");
    assert_eq!(code, RejectCode::NoText);
    assert_eq!(text, "line 1: field `content` is a number, not a string");
}
