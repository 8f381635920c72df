//! Every layout in every packing gives the same records and the hash of its file.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use sha2::{Digest, Sha256};

use super::{Folder, PACKINGS, pack, warc};
use crate::record::SourceStatus;
use crate::record::hex;

fn parquet() -> Vec<u8> {
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["春汛", "秋收"]));
    let batch = RecordBatch::try_from_iter([("text", texts)]).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn layouts() -> Vec<(&'static str, Vec<u8>, Vec<&'static str>)> {
    let two = vec!["0 春汛", "1 秋收"];
    let page = |text: &str| {
        warc::response(&format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}"
        ))
    };
    let warc = [page("春汛"), page("秋收")].concat();
    let lines = "{\"text\":\"春汛\"}\n{\"text\":\"秋收\"}\n";
    vec![
        ("txt", "春汛".into(), vec!["0 春汛"]),
        ("md", "# 春汛".into(), vec!["0 # 春汛"]),
        ("html", "<p>春汛".into(), vec!["0 <p>春汛"]),
        ("htm", "<p>春汛".into(), vec!["0 <p>春汛"]),
        ("jsonl", lines.into(), two.clone()),
        ("ndjson", lines.into(), two.clone()),
        ("csv", "text\n春汛\n秋收\n".into(), two.clone()),
        ("parquet", parquet(), two.clone()),
        ("warc", warc, two),
    ]
}

#[test]
fn every_layout_is_read_in_every_packing_with_the_hash_of_its_file() {
    let folder = Folder::new();
    for (ending, bytes, records) in layouts() {
        for packing in PACKINGS {
            let name = format!("a.{ending}{packing}");
            let stored = pack(&bytes, packing);
            folder.put(&name, &stored);
            let outcome = folder.read(&name);
            assert_eq!(outcome.show(), records, "{name}");
            assert_eq!(outcome.end.status, SourceStatus::Done, "{name}");
            assert_eq!(outcome.end.sha256, hex(&Sha256::digest(&stored)), "{name}");
        }
    }
    let left = std::fs::read_dir(folder.spool()).unwrap().count();
    assert_eq!(left, 0, "unpacked Parquet is removed");
}

#[test]
fn members_and_frames_that_follow_each_other_are_one_stream() {
    let folder = Folder::new();
    for packing in PACKINGS {
        let name = format!("a.jsonl{packing}");
        let parts = ["{\"text\":\"春", "汛\"}\n", "", "{\"text\":\"秋收\"}"];
        let stored: Vec<u8> = parts
            .iter()
            .flat_map(|part| pack(part.as_bytes(), packing))
            .collect();
        folder.put(&name, stored);
        assert_eq!(folder.read(&name).show(), ["0 春汛", "1 秋收"], "{name}");
    }
}

#[test]
fn reading_goes_on_from_any_record_as_if_the_others_had_been_read() {
    let folder = Folder::new();
    for (ending, bytes, records) in layouts() {
        let name = format!("a.{ending}");
        folder.put(&name, bytes);
        let whole = folder.read(&name);
        for from in 0..=records.len() + 1 {
            let first = i64::try_from(from).unwrap();
            let mut reader = folder.file(&name).open(&folder.options).unwrap();
            reader.skip_to(first);
            assert!(reader.position() >= first);
            let rest = reader.by_ref().map(|item| item.unwrap().place.record);
            let wanted = whole
                .items
                .iter()
                .map(|item| item.as_ref().unwrap().place.record);
            let wanted: Vec<_> = wanted.filter(|number| *number >= first).collect();
            assert_eq!(rest.collect::<Vec<_>>(), wanted, "{name} from {from}");
            assert_eq!(reader.finish(), whole.end, "{name} from {from}");
        }
    }
}

#[test]
fn a_reader_that_is_let_go_early_still_hashes_the_whole_file() {
    let folder = Folder::new();
    let bytes = "{\"text\":\"春汛\"}\n".repeat(50_000);
    folder.put("a.jsonl", &bytes);
    let mut reader = folder.file("a.jsonl").open(&folder.options).unwrap();
    assert!(reader.next().is_some());
    assert_eq!(reader.position(), 1);
    assert_eq!(reader.finish().sha256, hex(&Sha256::digest(&bytes)));
}
