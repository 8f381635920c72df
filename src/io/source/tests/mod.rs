//! Real files in fresh folders, read as a run reads them.

mod faults;
mod find;
mod formats;
mod garbage;
mod jsonl;
mod listing;
mod tables;
mod warc;

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

use tempfile::TempDir;

use super::list::list_with;
use super::{Listed, SourceEnd, SourceFile, SourceOptions};
use crate::record::{Record, Reject, RejectCode};

/// The packings by their endings; the first is none.
const PACKINGS: [&str; 5] = ["", ".gz", ".zst", ".bz2", ".xz"];

/// A folder of inputs.
struct Folder {
    root: TempDir,
    options: SourceOptions,
}

/// What reading a source gave.
struct Outcome {
    items: Vec<Result<Record, Reject>>,
    end: SourceEnd,
}

impl Folder {
    fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
            options: SourceOptions::default(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("in").join(name)
    }

    fn spool(&self) -> PathBuf {
        self.root.path().join("spool")
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Lists inputs given relative to the folder.
    fn list(&self, inputs: &[&str]) -> Vec<Listed> {
        let inputs: Vec<String> = inputs.iter().map(|input| self.input(input)).collect();
        list_with(&inputs, std::io::empty(), &self.spool(), &self.options)
            .unwrap()
            .collect()
    }

    fn problems(&self, inputs: &[&str]) -> String {
        let inputs: Vec<String> = inputs.iter().map(|input| self.input(input)).collect();
        let problems =
            list_with(&inputs, std::io::empty(), &self.spool(), &self.options).unwrap_err();
        let root = self.path("").display().to_string();
        problems.to_string().replace(&root, "")
    }

    fn input(&self, input: &str) -> String {
        if input == "-" || input.contains("://") {
            return input.to_owned();
        }
        self.path(input).display().to_string()
    }

    fn file(&self, name: &str) -> SourceFile {
        match self.list(&[name]).pop() {
            Some(Listed::File(file)) => file,
            other => panic!("{name} is no source: {other:?}"),
        }
    }

    fn read(&self, name: &str) -> Outcome {
        let mut reader = self.file(name).open(&self.options).unwrap();
        let items: Vec<_> = reader.by_ref().collect();
        let end = reader.finish();
        Outcome { items, end }
    }
}

impl Outcome {
    /// Number and text of each record; number and code of each reject.
    fn show(&self) -> Vec<String> {
        self.items
            .iter()
            .map(|item| match item {
                Ok(record) => {
                    let text = String::from_utf8(record.body.as_bytes().to_vec()).unwrap();
                    format!("{} {text}", record.place.record)
                }
                Err(reject) => format!("{} ! {}", reject.place.record, reject.code),
            })
            .collect()
    }

    fn record(&self, index: usize) -> &Record {
        self.items[index].as_ref().unwrap()
    }

    fn reject(&self, index: usize) -> &Reject {
        self.items[index].as_ref().unwrap_err()
    }

    fn codes(&self) -> Vec<RejectCode> {
        let rejects = self.items.iter().filter_map(|item| item.as_ref().err());
        rejects.map(|reject| reject.code).collect()
    }
}

/// Packs as the ending says.
fn pack(bytes: &[u8], ending: &str) -> Vec<u8> {
    let mut packed = Vec::new();
    match ending {
        ".gz" => {
            let level = flate2::Compression::default();
            flate2::read::GzEncoder::new(bytes, level)
                .read_to_end(&mut packed)
                .unwrap();
        }
        ".zst" => packed = zstd::encode_all(bytes, 1).unwrap(),
        ".bz2" => {
            let mut encoder = bzip2::write::BzEncoder::new(packed, bzip2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            packed = encoder.finish().unwrap();
        }
        ".xz" => {
            let mut encoder = liblzma::write::XzEncoder::new(packed, 0);
            encoder.write_all(bytes).unwrap();
            packed = encoder.finish().unwrap();
        }
        _ => packed.extend_from_slice(bytes),
    }
    packed
}

/// Bytes that do not compress, the same on each call.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    })
    .flatten()
    .take(len)
    .collect()
}
