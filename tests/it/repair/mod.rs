//! Repair of broken lines, proved on our own texts: clean prose is broken in many ways and must come back, and whatever has lines or
//! spaces of its own must stay as it is.
//!
//! `prose` holds a document a file, a paragraph a line. `kept` holds a kind a file, its documents between lines of `%%`. All of it is
//! invented.

mod breaking;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cihe::record::{Body, Document, Fields, MediaType, Place, Record};
use cihe::stage::decode::{Decode, DecodeOptions};
use cihe::stage::{Map, Output};
use proptest::prelude::*;

use breaking::{BREAKS, Break, broken};

/// Widths in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 10..=40;

fn decode(text: &str) -> Document {
    let record = Record {
        place: Place::new("a.txt", 0),
        media_type: MediaType::Plain,
        body: Body::Bytes(text.as_bytes().to_vec()),
        charset: None,
        fields: Fields::default(),
    };
    let decode = Decode::new(&DecodeOptions::default()).expect("the defaults are sound");
    let mut out = Output::default();
    decode.map(record, &mut decode.scratch(), &mut out);
    out.items.pop().expect("text is a document")
}

/// The files of a folder beside this one, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/repair")
        .join(folder);
    let entries = std::fs::read_dir(folder).expect("our own folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("our own file").path())
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("our own texts are UTF-8")
}

fn prose() -> Vec<Vec<String>> {
    let paragraphs = |path: &PathBuf| read(path).lines().map(str::to_owned).collect();
    files("prose").iter().map(paragraphs).collect()
}

/// The paragraphs of a text, without white space around them.
fn paragraphs(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Where paragraphs end, in visible characters.
fn boundaries<'t>(paragraphs: impl IntoIterator<Item = &'t str>) -> BTreeSet<usize> {
    let mut at = 0;
    let end = |paragraph: &str| {
        at += paragraph
            .chars()
            .filter(|char| !char.is_whitespace())
            .count();
        at
    };
    paragraphs.into_iter().map(end).collect()
}

/// Characters in which two texts of the same visible characters differ: their white space inside paragraphs.
fn differences(one: &[&str], other: &[&str]) -> usize {
    let spaces = |paragraphs: &[&str]| -> BTreeSet<(usize, usize)> {
        let mut at = 0;
        let mut found = BTreeSet::new();
        for char in paragraphs.iter().flat_map(|paragraph| paragraph.chars()) {
            if char.is_whitespace() {
                found.insert((at, found.len() - found.range(..(at, 0)).count()));
            } else {
                at += 1;
            }
        }
        found
    };
    spaces(one).symmetric_difference(&spaces(other)).count()
}

/// The source, from the text with its edits undone.
fn undone(document: &Document) -> String {
    let mut text: Vec<char> = document.text.chars().collect();
    for edit in document.edits.iter().rev() {
        let at = edit.char_start.get();
        let after = at..at + edit.after().chars().count();
        assert_eq!(text[after.clone()].iter().collect::<String>(), edit.after());
        text.splice(after, edit.before().chars());
    }
    text.into_iter().collect()
}

#[test]
fn broken_prose_comes_back() {
    let (mut hits, mut boundaries_in, mut boundaries_out) = (0, 0, 0);
    let (mut wrong, mut chars) = (0, 0);
    for document in prose() {
        let whole: Vec<&str> = document.iter().map(String::as_str).collect();
        let gold = boundaries(whole.iter().copied());
        for (number, width) in WIDTHS.enumerate() {
            for (style, break_) in BREAKS.iter().enumerate() {
                // Each style meets each width in some document: a third of all cases keeps the test short.
                if !(number + style + whole.len()).is_multiple_of(3) {
                    continue;
                }
                let repaired = decode(&broken(&whole, width, *break_));
                let found = paragraphs(&repaired.text);
                let ends = boundaries(found.iter().copied());
                hits += gold.intersection(&ends).count();
                boundaries_in += gold.len();
                boundaries_out += ends.len();
                wrong += differences(&whole, &found);
                chars += whole
                    .iter()
                    .map(|paragraph| paragraph.chars().count())
                    .sum::<usize>();
            }
        }
    }
    // F1 is at least 0.98, and of a thousand characters less than one is wrong.
    let said = format!(
        "{hits} of {boundaries_in} boundaries, {boundaries_out} found; {wrong} of {chars} characters wrong"
    );
    assert!(
        200 * hits >= 98 * (boundaries_in + boundaries_out),
        "{said}"
    );
    assert!(1000 * wrong < chars, "{said}");
}

#[test]
fn where_paragraphs_show_prose_comes_back_exactly() {
    for document in prose() {
        let whole: Vec<&str> = document.iter().map(String::as_str).collect();
        // A full line that ends a sentence may end a paragraph, too, and nothing tells.
        let hides = |break_: &&Break| matches!(break_, Break::Flush | Break::BlankColumns);
        for break_ in BREAKS.iter().filter(|break_| !hides(break_)) {
            for width in [14, 20, 28, 36] {
                let repaired = decode(&broken(&whole, width, *break_));
                assert_eq!(paragraphs(&repaired.text), whole, "{break_:?} at {width}");
            }
        }
    }
}

#[test]
fn what_has_lines_of_its_own_stays_as_it_is() {
    let mut documents = 0;
    for path in files("kept") {
        for text in read(&path).split("%%\n") {
            assert_eq!(decode(text).text, text, "{}", path.display());
            documents += 1;
        }
    }
    assert!(documents >= 30, "{documents}");
}

#[test]
fn whole_prose_stays_as_it_is() {
    for document in prose() {
        for between in ["\n", "\n\n", "\n　　"] {
            let text = document.join(between);
            assert_eq!(decode(&text).text, text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn text_and_edits_give_the_source_back(
        document in 0..8_usize, width in WIDTHS, style in 0..BREAKS.len(), feed in prop_oneof![Just("\n"), Just("\r\n"), Just(" \n")]
    ) {
        let documents = prose();
        let whole: Vec<&str> = documents[document % documents.len()].iter().map(String::as_str).collect();
        let source = broken(&whole, width, BREAKS[style]).replace('\n', feed);
        let repaired = decode(&source);
        prop_assert_eq!(undone(&repaired), source.as_str());
        for edit in &repaired.edits {
            prop_assert_eq!(source.get(edit.byte_start.get()..edit.byte_end.get()), Some(edit.before()));
            prop_assert!((0.5..=1.0).contains(&edit.confidence) && edit.rule.stage() == "layout");
            prop_assert!(edit.before().chars().all(char::is_whitespace));
        }
    }

    #[test]
    fn whatever_the_text_the_source_comes_back(
        source in "([河水涨了图书馆今天重新开放的在一二]{1,9}|[a-z]{1,6}|[0-9]{1,3}|[，。、：；！？“”（）,.\":]| |  |\u{3000}|\t|\n|\r\n|\n\n|\n\u{3000}\u{3000}|一、|1\\. ){0,120}"
    ) {
        prop_assume!(!source.trim().is_empty());
        let repaired = decode(&source);
        prop_assert_eq!(undone(&repaired), source);
    }
}
