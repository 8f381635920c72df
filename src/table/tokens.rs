//! `tokens`: one row a word, in the order of the text. By far the largest table, so nothing here allocates per row.

use arrow::array::RecordBatch;

use super::declare::{columns, int, place_columns};
use crate::record::Segmented;

columns! {
    Tokens {
        doc_id: Text required, Dictionary, Page, "the document";
        sentence: Int32 required, Delta, Unknown, "the sentence it stands in, from 0";
        token: Int32 required, Delta, Unknown, "number of the token in its document, from 0";
        text: Text required, Dictionary, Unknown, "the word as the text has it";
        normal: Text optional, Dictionary, Unknown, "the simplified form, where it differs";
        pos: Text required, Dictionary, Chunk, "part of speech (jieba/ICTCLAS tags)";
        char_start: Int32 required, Delta, Unknown, "first code point in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `tokens`.
#[derive(Debug)]
pub(super) struct TokenRows(Columns);

impl TokenRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    pub(super) fn append(&mut self, doc_id: &str, segmented: &Segmented) {
        let to = &mut self.0;
        let document = &segmented.document;
        let mut source = document.alignment.cursor();
        for (number, token) in segmented.tokens.iter().enumerate() {
            to.doc_id.append_value(doc_id);
            to.sentence.append_value(int(token.sentence));
            to.token.append_value(int(number));
            to.text.append_value(token.span.of(&document.text));
            to.normal.append_option(document.normal_of(&token.span));
            to.pos.append_value(token.pos.as_str());
            let bytes = source.source_range(&token.span.bytes());
            place_columns!(to).append(&token.span, &bytes);
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
