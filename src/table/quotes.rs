//! `quotes`: one row a quotation, ordered by place.

use arrow::array::RecordBatch;

use super::declare::{columns, int, place_columns};
use crate::record::Tagged;

columns! {
    Quotes {
        doc_id: Text required, Dictionary, Page, "the document";
        quote: Int32 required, Delta, Unknown, "number of the quotation in its document, from 0";
        speaker: Text optional, Dictionary, Page, "who says it, as named in the text; a body under a short form that the document explains, in full";
        verb: Text optional, Dictionary, Chunk, "the verb that marks it";
        direct: Boolean required, Plain, Chunk, "whether the words stand as they were said: in quotation marks, or as a turn of an interview";
        text: Text required, Plain, Unknown, "what is said";
        sentence: Int32 required, Delta, Unknown, "the sentence in which it begins, from 0";
        char_start: Int32 required, Delta, Unknown, "first code point in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `quotes`.
#[derive(Debug)]
pub(super) struct QuoteRows(Columns);

impl QuoteRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    pub(super) fn append(&mut self, doc_id: &str, tagged: &Tagged) {
        let to = &mut self.0;
        let document = &tagged.segmented.document;
        let mut source = document.alignment.cursor();
        for (number, quote) in tagged.quotes.iter().enumerate() {
            to.doc_id.append_value(doc_id);
            to.quote.append_value(int(number));
            to.speaker.append_option(quote.speaker.as_deref());
            to.verb.append_option(quote.verb.as_deref());
            to.direct.append_value(quote.direct);
            to.text.append_value(quote.span.of(&document.text));
            to.sentence.append_value(int(quote.sentence));
            let bytes = source.source_range(&quote.span.bytes());
            place_columns!(to).append(&quote.span, &bytes);
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
