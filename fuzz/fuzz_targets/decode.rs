//! Arbitrary bytes as records of every media type: accounted for, spans that hold, and source slices that say what the
//! text says.

#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use cihe::record::{Body, Document, Fields, MediaType, Place, Record};
use cihe::stage::decode::{Decode, DecodeOptions, decode_slice, extracted_text};
use cihe::stage::{Map, Output};
use libfuzzer_sys::fuzz_target;

static HOP: LazyLock<Decode> =
    LazyLock::new(|| Decode::new(&DecodeOptions::default()).expect("the defaults are right"));

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    kind: u8,
    charset: Option<&'b str>,
    bytes: &'b [u8],
}

fn media_type(kind: u8) -> MediaType {
    match kind % 6 {
        0 => MediaType::Plain,
        1 => MediaType::Markdown,
        2 => MediaType::Html,
        3 => MediaType::Docx,
        4 => MediaType::Epub,
        _ => MediaType::Pdf,
    }
}

/// UTF-8 in every second case, where the bytes are that.
fn body(input: &Input<'_>) -> Body {
    match std::str::from_utf8(input.bytes) {
        Ok(text) if input.kind & 128 != 0 => Body::Text(text.to_owned()),
        _ => Body::Bytes(input.bytes.to_vec()),
    }
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Sentences are in order, do not overlap, and leave out only white space; each is what its source bytes say.
fn holds(document: &Document, source: &[u8]) {
    let text = document.text.as_str();
    assert_eq!(
        document.view().len(),
        text.len(),
        "the view is as long as the text"
    );
    assert_eq!(document.alignment.text_len().get(), text.len());
    // An article ends where the next one begins.
    assert!(document.alignment.source_len().get() <= source.len());
    assert_eq!(document.chars as usize, text.chars().count());
    let (mut byte, mut paragraph) = (0, 0);
    for sentence in &document.sentences {
        let bytes = sentence.span.bytes();
        let between = text
            .get(byte..bytes.start.get())
            .expect("in order, on characters");
        assert_eq!(between.trim(), "", "only white space is left out");
        let said = sentence.span.of(text);
        assert!(
            !said.is_empty() && said.trim() == said,
            "no white space at the ends"
        );
        assert_eq!(sentence.span.char_len() as usize, said.chars().count());
        assert!(paragraph <= sentence.paragraph && sentence.paragraph < document.paragraphs);
        (byte, paragraph) = (bytes.end.get(), sentence.paragraph);
        let place = document.source_of(&sentence.span);
        let slice = source
            .get(place.start.get()..place.end.get())
            .expect("inside the source");
        let reread = decode_slice(slice, document.encoding, document.media_type.name());
        assert_eq!(
            bare(&reread),
            bare(said),
            "bytes {place:?} of {}",
            document.encoding
        );
    }
    assert_eq!(
        text.get(byte..).map(str::trim),
        Some(""),
        "only white space is left out"
    );
    for edit in &document.edits {
        assert!(edit.byte_start <= edit.byte_end && edit.byte_end.get() <= source.len());
        assert!(edit.char_start.raw() <= document.chars);
    }
}

fuzz_target!(|input: Input<'_>| {
    let record = Record {
        place: Place::new("fuzz", 0),
        media_type: media_type(input.kind),
        body: body(&input),
        charset: input.charset.map(str::to_owned),
        fields: Fields::default(),
    };
    let mut out = Output::default();
    HOP.map(record, &mut HOP.scratch(), &mut out);
    assert!(
        out.items.len() + out.rejects.len() > 0,
        "the record is accounted for"
    );
    let extracted = extracted_text(media_type(input.kind), input.bytes);
    let source = extracted.as_deref().map_or(input.bytes, str::as_bytes);
    for document in &out.items {
        holds(document, source);
    }
});
