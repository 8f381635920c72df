//! Damage, cuts, bombs and sizes: every one a reject with its code, and what came before stays.

use super::{Folder, PACKINGS, noise, pack};
use crate::record::hex;
use crate::record::{RAW_LIMIT, RejectCode, SourceStatus};

/// Lines whose text does not compress, so that every cut falls into data.
fn lines() -> String {
    let texts = noise(300);
    let lines = texts
        .chunks(3)
        .map(|bytes| format!("{{\"text\":\"{}\"}}\n", hex(bytes)));
    lines.collect::<Vec<_>>().concat()
}

#[test]
fn a_packed_file_cut_anywhere_gives_its_whole_lines_and_then_one_truncated_reject() {
    let folder = Folder::new();
    let whole = lines();
    for packing in PACKINGS.into_iter().skip(1) {
        let stored = pack(whole.as_bytes(), packing);
        for cut in [
            0,
            1,
            5,
            stored.len() / 3,
            stored.len() / 2,
            stored.len() - 1,
        ] {
            let name = format!("a.jsonl{packing}");
            folder.put(&name, stored.get(..cut).unwrap());
            let outcome = folder.read(&name);
            let (last, records) = outcome.items.split_last().unwrap();
            let reject = last.as_ref().unwrap_err();
            assert_eq!(
                reject.code,
                RejectCode::Truncated,
                "{name} cut at {cut}: {reject:?}"
            );
            assert!(records.iter().all(Result::is_ok), "{name} cut at {cut}");
            assert_eq!(reject.place.record, i64::try_from(records.len()).unwrap());
            assert_eq!(outcome.end.status, SourceStatus::Rejected);
        }
    }
}

#[test]
fn a_cut_whole_file_is_one_reject() {
    let folder = Folder::new();
    let stored = pack(&noise(5_000), ".gz");
    folder.put("a.txt.gz", stored.get(..2_000).unwrap());
    assert_eq!(folder.read("a.txt.gz").show(), ["0 ! truncated"]);
}

#[test]
fn damage_inside_a_packed_file_is_said_and_what_came_before_stays() {
    let folder = Folder::new();
    for packing in PACKINGS.into_iter().skip(1) {
        let mut stored = pack(b"{\"text\":\"a\"}\n", packing);
        stored.extend(b"no member begins like this, whatever the packing");
        let name = format!("a.jsonl{packing}");
        folder.put(&name, stored);
        let outcome = folder.read(&name);
        assert_eq!(outcome.show(), ["0 a", "1 ! damaged"], "{name}");
        assert!(
            outcome.reject(1).message.contains("damaged after"),
            "{name}"
        );
    }
}

#[test]
fn what_unpacks_to_too_much_is_a_bomb_that_names_the_limit() {
    let mut folder = Folder::new();
    let zeros = vec![b'\n'; 20 << 20];
    for packing in PACKINGS.into_iter().skip(1) {
        folder.put(&format!("a.txt{packing}"), pack(&zeros, packing));
    }
    for packing in PACKINGS.into_iter().skip(1) {
        let name = format!("a.txt{packing}");
        let outcome = folder.read(&name);
        assert_eq!(outcome.codes(), [RejectCode::Bomb], "{name}");
        assert!(outcome.reject(0).message.contains("source.max-ratio"));
    }
    folder.options.max_unpacked_bytes = 1 << 20;
    let outcome = folder.read("a.txt.gz");
    assert_eq!(outcome.codes(), [RejectCode::Bomb]);
    assert!(
        outcome
            .reject(0)
            .message
            .contains("source.max-unpacked-bytes")
    );
}

#[test]
fn blanks_below_the_free_size_are_no_bomb() {
    let folder = Folder::new();
    folder.put("a.txt.gz", pack(&vec![b' '; 10 << 20], ".gz"));
    assert_eq!(folder.read("a.txt.gz").record(0).body.len(), 10 << 20);
}

#[test]
fn a_file_over_the_limit_is_too_large_and_one_at_the_limit_is_not() {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 10;
    folder.put("a.txt", "0123456789");
    folder.put("b.txt", "0123456789x");
    assert_eq!(folder.read("a.txt").show(), ["0 0123456789"]);
    let outcome = folder.read("b.txt");
    assert_eq!(outcome.show(), ["0 ! too-large"]);
    assert!(
        outcome
            .reject(0)
            .message
            .contains("source.max-record-bytes")
    );
    assert_eq!(outcome.end.status, SourceStatus::Rejected);
}

#[test]
fn a_line_over_the_limit_is_one_reject_with_its_place_and_the_next_line_is_read() {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 20_000;
    let long = "x".repeat(1 << 20);
    folder.put(
        "a.jsonl",
        format!("{{\"text\":\"a\"}}\n{long}\n{{\"text\":\"b\"}}\n"),
    );
    let outcome = folder.read("a.jsonl");
    assert_eq!(outcome.show(), ["0 a", "1 ! too-large", "2 b"]);
    let reject = outcome.reject(1);
    assert_eq!(reject.bytes, Some(13..13 + (1 << 20) + 1));
    assert_eq!(reject.raw.as_ref().map(Vec::len), Some(RAW_LIMIT));
    assert_eq!(outcome.end.status, SourceStatus::Done);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_is_a_reject_of_the_whole_source() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.put("a.txt", "春汛");
    let file = folder.file("a.txt");
    std::fs::set_permissions(&file.path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&file.path).is_ok() {
        // The superuser reads everything; a file that has gone is refused in the same way.
        std::fs::remove_file(&file.path).unwrap();
    }
    let reject = file.open(&folder.options).unwrap_err();
    assert_eq!(reject.code, RejectCode::Unreadable);
    assert_eq!(reject.place.record, 0);
}
