//! `tokens`: one row a word, in the order of the text. By far the largest table, so nothing here allocates per row.

use arrow::array::RecordBatch;

use super::declare::{columns, int};
use super::words::{Distinct, Key};
use crate::record::{Document, Pos, Segmented, Token};

columns! {
    Tokens {
        doc_id: Words required, Dictionary, Unknown, "the document";
        sentence: Numbers required, Delta, Unknown, "the sentence it stands in, from 0";
        token: Numbers required, Delta, Unknown, "number of the token in its document, from 0";
        text: Words required, Dictionary, Unknown, "the word as the text has it";
        normal: Words optional, Dictionary, Unknown, "the simplified form, where it differs";
        pos: Words required, Dictionary, Unknown, "part of speech (jieba/ICTCLAS tags, or those of Universal Dependencies by tag.tagset)";
        char_start: Numbers required, Delta, Unknown, "first code point in documents.text";
        char_end: Numbers required, Delta, Unknown, "one past the last code point";
        byte_start: Offsets required, Delta, Unknown, "first byte in the source record";
        byte_end: Offsets required, Delta, Unknown, "one past the last byte";
        method: Words optional, Dictionary, Unknown, "reconciled where it was cut anew, so that it begins and ends where names do; else null";
    }
}

/// Builds rows of `tokens`: a document at a time, and of that a column at a time, since ten appends for each token cost
/// twice as much as ten passes over its tokens.
#[derive(Debug)]
pub(super) struct TokenRows {
    columns: Columns,
    tags: Tags,
}

/// The keys of the parts of speech in a batch's column, each found where its bytes lead: there are a few dozen, met
/// again with every token.
#[derive(Debug)]
struct Tags([Option<(Pos, Key)>; 1 << TAG_BITS]);

const TAG_BITS: u32 = 8;
/// What a word's `method` says that was cut anew.
const RECONCILED: &str = "reconciled";

impl Tags {
    const NONE: Self = Self([None; 1 << TAG_BITS]);

    #[inline]
    fn key(&mut self, pos: Pos, column: &mut Distinct) -> Key {
        let slot = &mut self.0[pos.hash(TAG_BITS)];
        match slot {
            Some((held, key)) if *held == pos => *key,
            _ => slot.insert((pos, column.key(pos.as_str()))).1,
        }
    }
}

impl TokenRows {
    pub(super) fn new() -> Self {
        Self {
            columns: Columns::new(),
            tags: Tags::NONE,
        }
    }

    /// There will be `rows` rows, and no more.
    pub(super) fn reserve(&mut self, rows: usize) {
        let to = &mut self.columns;
        for words in [
            &mut to.doc_id,
            &mut to.text,
            &mut to.normal,
            &mut to.pos,
            &mut to.method,
        ] {
            words.expect_rows(rows);
        }
        for numbers in [
            &mut to.sentence,
            &mut to.token,
            &mut to.char_start,
            &mut to.char_end,
        ] {
            numbers.reserve(rows);
        }
        for offsets in [&mut to.byte_start, &mut to.byte_end] {
            offsets.reserve(rows);
        }
    }

    pub(super) fn append(&mut self, doc_id: &str, segmented: &Segmented) {
        let (document, tokens) = (&segmented.document, segmented.tokens.as_slice());
        let (to, tags) = (&mut self.columns, &mut self.tags);
        to.doc_id.append_value_n(doc_id, tokens.len());
        let pieces = tokens.iter().map(|token| {
            let bytes = token.span.bytes();
            bytes.start.get()..bytes.end.get()
        });
        to.text.append_pieces(&document.text, pieces);
        if document.simplified.is_none() {
            to.normal.append_nulls(tokens.len());
        } else {
            for token in tokens {
                to.normal.append_option(document.normal_of(&token.span));
            }
        }
        to.pos
            .append_each(tokens.iter(), |token, column| tags.key(token.pos, column));
        self.append_methods(segmented);
        self.append_places(document, tokens);
    }

    fn append_methods(&mut self, segmented: &Segmented) {
        let to = &mut self.columns.method;
        let mut passed = 0;
        for number in &segmented.reconciled {
            let number = usize::try_from(*number).unwrap_or(usize::MAX);
            to.append_nulls(number - passed);
            to.append_option(Some(RECONCILED));
            passed = number + 1;
        }
        to.append_nulls(segmented.tokens.len() - passed);
    }

    fn append_places(&mut self, document: &Document, tokens: &[Token]) {
        let to = &mut self.columns;
        let spans = || tokens.iter().map(|token| &token.span);
        to.sentence
            .append(tokens.iter().map(|token| int(token.sentence)));
        to.token.append(0..int(tokens.len()));
        to.char_start
            .append(spans().map(|span| span.char_start.to_i32()));
        to.char_end
            .append(spans().map(|span| span.char_end.to_i32()));
        if document.alignment.is_identity() {
            to.byte_start
                .append(spans().map(|span| span.byte_start.to_i64()));
            to.byte_end
                .append(spans().map(|span| span.byte_end.to_i64()));
            return;
        }
        let mut source = document.alignment.cursor();
        for span in spans() {
            let bytes = source.source_range(&span.bytes());
            to.byte_start.append(std::iter::once(bytes.start.to_i64()));
            to.byte_end.append(std::iter::once(bytes.end.to_i64()));
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.tags = Tags::NONE;
        self.columns.finish()
    }
}
