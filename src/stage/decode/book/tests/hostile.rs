//! Damaged and hostile files: an answer for each, in time.

use std::time::{Duration, Instant};

use super::files::{NOTICE, docx, epub, newspaper, objects, pdf, zip};
use super::reading::sound;
use crate::record::{MediaType, RejectCode};
use crate::stage::decode::tests::read;

/// A generator of numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            2 => bytes[at] ^= 1 << dice.below(8),
            _ => {
                let end = (at + dice.below(64)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

#[test]
fn three_hundred_damaged_files_are_each_a_document_or_a_reject() {
    let samples = [
        (docx(NOTICE), MediaType::Docx),
        (epub(None), MediaType::Epub),
        (newspaper(), MediaType::Pdf),
    ];
    let mut dice = Dice(7);
    let start = Instant::now();
    for _ in 0..100 {
        for (bytes, media_type) in &samples {
            let damaged = mutate(bytes, &mut dice);
            // `read` asserts that there is one answer; a document obeys the laws.
            if read(&damaged, *media_type).is_ok() {
                sound(&damaged, *media_type);
            }
        }
    }
    assert!(
        start.elapsed() < Duration::from_mins(1),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn every_truncation_of_a_file_has_an_answer() {
    for (bytes, media_type) in [
        (docx(NOTICE), MediaType::Docx),
        (newspaper(), MediaType::Pdf),
    ] {
        for end in (0..bytes.len()).step_by(97) {
            if let Err(reject) = read(&bytes[..end], media_type) {
                assert_ne!(reject.code, RejectCode::Panic);
            }
        }
    }
}

#[test]
fn a_zip_bomb_is_refused_before_it_fills_the_memory() {
    let bomb = " ".repeat(40 << 20);
    let bytes = zip(&[("word/document.xml", &bomb)]);
    assert!(bytes.len() < 1 << 20);
    let reject = read(&bytes, MediaType::Docx).unwrap_err();
    assert_eq!(reject.code, RejectCode::Bomb);
}

#[test]
fn deep_nesting_is_refused_or_read_and_overflows_nothing() {
    let deep = docx(&"<w:p>".repeat(50_000));
    assert_eq!(
        read(&deep, MediaType::Docx).unwrap_err().code,
        RejectCode::Damaged
    );
    let arrays = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let content = format!("{arrays} TJ {} q", "<<".repeat(100_000));
    let bytes = pdf(&objects(&[content], "UniGB-UCS2-H", None), "");
    assert!(read(&bytes, MediaType::Pdf).is_err());
}

#[test]
#[cfg(feature = "pdf")]
fn content_that_unpacks_to_too_much_is_refused() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..80 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let hex: Vec<String> = packed
        .finish()
        .unwrap()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut page = objects(&[String::new()], "UniGB-UCS2-H", None);
    page[3] = super::files::stream("/Filter[/ASCIIHexDecode/FlateDecode]", &hex.concat());
    let reject = read(&pdf(&page, ""), MediaType::Pdf).unwrap_err();
    assert_eq!(reject.code, RejectCode::Bomb);
}
