//! WARC: which records count, and how a page is taken out of its response.

use super::{Folder, pack};
use crate::record::{MediaType, RejectCode, SourceStatus};

/// A record of any type.
fn record(kind: &str, extra: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{extra}Content-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    bytes.extend(content);
    bytes.extend(b"\r\n\r\n");
    bytes
}

/// A response as stored.
pub(super) fn response(http: &str) -> Vec<u8> {
    record("response", "", http.as_bytes())
}

/// The outcome for one response of the given head and body.
fn page(head: &str, body: &[u8]) -> super::Outcome {
    let folder = Folder::new();
    let mut http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").into_bytes();
    http.extend(body);
    folder.put("a.warc", record("response", "", &http));
    folder.read("a.warc")
}

#[test]
fn responses_are_numbered_among_themselves_and_carry_uri_and_date() {
    let folder = Folder::new();
    let http = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=\"gbk\"\r\n\r\n<p>";
    let extra = "WARC-Target-URI: <http://x.example/a>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\n";
    let plain = "Content-Type: text/plain\r\n";
    let bytes = [
        record("warcinfo", "", b"software: none"),
        record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", extra, http.as_bytes()),
        response("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"),
        response("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
        record("resource", plain, "春汛".as_bytes()),
        record("conversion", plain, "秋收".as_bytes()),
    ]
    .concat();
    folder.put("a.warc", bytes);
    let outcome = folder.read("a.warc");
    let shown = [
        "0 <p>",
        "1 ! unsupported",
        "2 ! unsupported",
        "3 春汛",
        "4 秋收",
    ];
    assert_eq!(outcome.show(), shown);
    let record = outcome.record(0);
    assert_eq!(record.media_type, MediaType::Html);
    assert_eq!(record.charset.as_deref(), Some("gbk"));
    let meta = r#"{"uri":"http://x.example/a","date":"2021-01-01T00:00:00Z"}"#;
    assert_eq!(record.fields.meta.as_deref(), Some(meta));
    assert!(outcome.reject(1).message.contains("404"));
    assert!(outcome.reject(2).message.contains("image/png"));
}

#[test]
fn transfer_and_content_codings_are_undone() {
    let chunked = "Transfer-Encoding: chunked\r\n";
    let body = b"3;x=y\r\n<p>\r\nA\r\n0123456789\r\n0\r\n\r\n";
    assert_eq!(page(chunked, body).show(), ["0 <p>0123456789"]);
    let gzip = "Content-Encoding: gzip\r\n";
    assert_eq!(page(gzip, &pack(b"<p>", ".gz")).show(), ["0 <p>"]);
}

#[test]
fn codings_that_the_crawler_has_undone_already_are_left_alone() {
    assert_eq!(
        page("Transfer-Encoding: chunked\r\n", b"<p>").show(),
        ["0 <p>"]
    );
    assert_eq!(page("Content-Encoding: gzip\r\n", b"<p>").show(), ["0 <p>"]);
}

#[test]
fn pages_that_do_not_unpack_are_rejects_of_their_own() {
    let cut = pack(&super::noise(100), ".gz");
    let gzip = "Content-Encoding: gzip\r\n";
    assert_eq!(page(gzip, cut.get(..60).unwrap()).show(), ["0 ! truncated"]);
    assert_eq!(
        page("Content-Encoding: br\r\n", b"x").show(),
        ["0 ! unsupported"]
    );
    let chunked = "Transfer-Encoding: chunked\r\n";
    assert_eq!(page(chunked, b"1\r\nx\r\n9\r\ny").show(), ["0 ! truncated"]);
}

#[test]
fn a_length_that_lies_costs_no_memory_and_ends_the_source() {
    let folder = Folder::new();
    for length in ["4000000000000", "18446744073709551615"] {
        let lie = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nx");
        folder.put(
            "a.warc",
            [
                response("HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\na"),
                lie.into(),
            ]
            .concat(),
        );
        let outcome = folder.read("a.warc");
        assert_eq!(outcome.show(), ["0 a", "1 ! truncated"]);
        assert_eq!(outcome.end.status, SourceStatus::Rejected);
    }
}

#[test]
fn what_is_no_warc_is_damaged_from_there_on() {
    let folder = Folder::new();
    let endless = format!("WARC/1.0\r\nX: {}", "x".repeat(100_000));
    for rest in [
        "no record\r\n\r\n",
        "WARC/1.0\r\nA: b\r\n\r\n",
        endless.as_str(),
    ] {
        let good = response("HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\na");
        folder.put("a.warc", [good, rest.into()].concat());
        let outcome = folder.read("a.warc");
        assert_eq!(
            outcome.codes(),
            [RejectCode::Damaged],
            "{}",
            outcome.reject(1).message
        );
    }
}

#[test]
fn a_page_over_the_limit_is_too_large_packed_or_not() {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 100;
    let head = "HTTP/1.1 200\r\nContent-Type: text/plain\r\n";
    let long = "x".repeat(101);
    let huge = "x".repeat(200_000);
    let mut packed = format!("{head}Content-Encoding: gzip\r\n\r\n").into_bytes();
    packed.extend(pack(huge.as_bytes(), ".gz"));
    let bytes = [
        response(&format!("{head}\r\n{long}")),
        response(&format!("{head}\r\n{huge}")),
        record("response", "", &packed),
        response(&format!("{head}\r\na")),
    ]
    .concat();
    folder.put("a.warc", bytes);
    let shown = ["0 ! too-large", "1 ! too-large", "2 ! too-large", "3 a"];
    assert_eq!(folder.read("a.warc").show(), shown);
}
