//! Whatever the bytes: no panic, an end, ascending numbers, and a hash.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{Folder, PACKINGS, pack};
use crate::record::hex;

const ENDINGS: [&str; 6] = ["txt", "html", "jsonl", "csv", "parquet", "warc"];

/// Reads a file to its end, and from the middle, and checks what always holds.
fn check(name: &str, bytes: &[u8]) {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 512;
    folder.put(name, bytes);
    let Ok(mut reader) = folder.file(name).open(&folder.options) else {
        return;
    };
    let mut numbers: Vec<i64> = Vec::new();
    for item in reader.by_ref() {
        let place = item.map_or_else(|reject| reject.place, |record| record.place);
        assert!(numbers.last().is_none_or(|last| *last < place.record));
        numbers.push(place.record);
    }
    assert!(reader.next().is_none());
    let end = reader.finish();
    assert_eq!(end.sha256, hex(&Sha256::digest(bytes)));
    let middle = numbers.get(numbers.len() / 2).copied().unwrap_or(3);
    let mut reader = folder.file(name).open(&folder.options).unwrap();
    reader.skip_to(middle);
    let rest: Vec<i64> = reader
        .by_ref()
        .map(|item| {
            item.map_or_else(|reject| reject.place, |record| record.place)
                .record
        })
        .collect();
    let wanted: Vec<i64> = numbers.into_iter().filter(|n| *n >= middle).collect();
    assert_eq!(rest, wanted);
    assert_eq!(reader.finish(), end);
}

/// Bytes that look like something: pieces of all the formats between random ones.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        &b"{\"text\":\""[..],
        b"\"}",
        b"\n",
        b"\r\n\r\n",
        b"text,id\n",
        b"\"",
        b",",
        b"PAR1",
        b"\x1F\x8B\x08\0\0\0\0\0\0\x03",
        b"\x28\xB5\x2F\xFD",
        b"BZh91AY&SY",
        b"\xFD7zXZ\0",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
        b"\xEF\xBB\xBF",
        b"\xE6\x98\xA5",
        b"\\ud800",
    ])
    .prop_map(<[u8]>::to_vec);
    let random = prop::collection::vec(any::<u8>(), 0..40);
    prop::collection::vec(prop_oneof![known, random], 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_in_any_format_end_without_a_panic(
        bytes in bytes(),
        ending in prop::sample::select(ENDINGS.to_vec()),
        packing in prop::sample::select(PACKINGS.to_vec()),
        is_packed in any::<bool>(),
    ) {
        let stored = if is_packed { pack(&bytes, packing) } else { bytes };
        check(&format!("a.{ending}{packing}"), &stored);
    }
}
