//! `sentences`: one row a sentence, in the order of the text.

use arrow::array::RecordBatch;

use super::declare::{columns, int, place_columns};
use crate::record::{DocId, Document};

columns! {
    Sentences {
        doc_id: Text required, Dictionary, Page, "the document";
        sentence: Int32 required, Delta, Unknown, "number of the sentence in its document, from 0";
        paragraph: Int32 required, Delta, Unknown, "the paragraph it stands in, from 0";
        kind: Text required, Dictionary, Chunk, "title, heading, body, caption, byline, speech, list or boilerplate";
        text: Text required, Plain, Unknown, "the sentence";
        speaker: Text optional, Dictionary, Unknown, "who says it, in interviews";
        char_start: Int32 required, Delta, Unknown, "first code point in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `sentences`.
#[derive(Debug)]
pub(super) struct SentenceRows(Columns);

impl SentenceRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    /// Makes room for the texts of `rows` sentences, of `bytes` bytes together, and for the ids of their documents.
    pub(super) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.0.text.reserve(rows, bytes);
        self.0.doc_id.reserve(rows, rows * DocId::CHARS);
    }

    pub(super) fn append(&mut self, doc_id: &str, document: &Document) {
        let to = &mut self.0;
        let mut source = document.alignment.cursor();
        for (number, sentence) in document.sentences.iter().enumerate() {
            to.doc_id.append_value(doc_id);
            to.sentence.append_value(int(number));
            to.paragraph.append_value(int(sentence.paragraph));
            to.kind.append_value(sentence.kind.name());
            to.text.append_value(sentence.span.of(&document.text));
            to.speaker.append_option(sentence.speaker.as_deref());
            let bytes = source.source_range(&sentence.span.bytes());
            place_columns!(to).append(&sentence.span, &bytes);
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
