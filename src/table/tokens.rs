//! `tokens`: one row a word, in the order of the text. By far the largest table, so nothing here allocates per row.

use arrow::array::{Int32Builder, RecordBatch};

use super::declare::{columns, int};
use crate::record::{Document, Segmented, Token};

columns! {
    Tokens {
        doc_id: Words required, Dictionary, Unknown, "the document";
        sentence: Int32 required, Delta, Unknown, "the sentence it stands in, from 0";
        token: Int32 required, Delta, Unknown, "number of the token in its document, from 0";
        text: Words required, Dictionary, Unknown, "the word as the text has it";
        normal: Words optional, Dictionary, Unknown, "the simplified form, where it differs";
        pos: Words required, Dictionary, Unknown, "part of speech (jieba/ICTCLAS tags)";
        char_start: Int32 required, Delta, Unknown, "first code point in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `tokens`: a document at a time, and of that a column at a time, since ten appends for each token cost
/// twice as much as ten passes over its tokens.
#[derive(Debug)]
pub(super) struct TokenRows {
    columns: Columns,
    /// Values of one integer column on their way.
    ints: Vec<i32>,
    starts: Vec<i64>,
    ends: Vec<i64>,
}

impl TokenRows {
    pub(super) fn new() -> Self {
        Self {
            columns: Columns::new(),
            ints: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
        }
    }

    pub(super) fn append(&mut self, doc_id: &str, segmented: &Segmented) {
        let (document, tokens) = (&segmented.document, segmented.tokens.as_slice());
        self.columns.doc_id.append_value_n(doc_id, tokens.len());
        for token in tokens {
            self.columns
                .text
                .append_value(token.span.of(&document.text));
        }
        if document.simplified.is_none() {
            self.columns.normal.append_nulls(tokens.len());
        } else {
            for token in tokens {
                self.columns
                    .normal
                    .append_option(document.normal_of(&token.span));
            }
        }
        for token in tokens {
            self.columns.pos.append_value(token.pos.as_str());
        }
        self.append_numbers(tokens);
        self.append_bytes(document, tokens);
    }

    fn append_numbers(&mut self, tokens: &[Token]) {
        let to = &mut self.columns;
        let mut append = |column: &mut Int32Builder, value: fn(usize, &Token) -> i32| {
            self.ints.clear();
            self.ints.extend(
                tokens
                    .iter()
                    .enumerate()
                    .map(|(number, token)| value(number, token)),
            );
            column.append_slice(&self.ints);
        };
        append(&mut to.sentence, |_, token| int(token.sentence));
        append(&mut to.token, |number, _| int(number));
        append(&mut to.char_start, |_, token| {
            token.span.char_start.to_i32()
        });
        append(&mut to.char_end, |_, token| token.span.char_end.to_i32());
    }

    fn append_bytes(&mut self, document: &Document, tokens: &[Token]) {
        let mut source = document.alignment.cursor();
        self.starts.clear();
        self.ends.clear();
        for token in tokens {
            let bytes = source.source_range(&token.span.bytes());
            self.starts.push(bytes.start.to_i64());
            self.ends.push(bytes.end.to_i64());
        }
        self.columns.byte_start.append_slice(&self.starts);
        self.columns.byte_end.append_slice(&self.ends);
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.columns.finish()
    }
}
