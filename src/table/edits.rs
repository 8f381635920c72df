//! `edits`: one row a change on the way from bytes to text. Text and edits together give the visible source back; a page's markup
//! and its white space are not told. A row of the stage `article` changes nothing: it tells that an article was cut off there, and
//! how sure that is. A row of the rule `ocr-suspect` is a proposal: unless the pipeline says `ocr-suspects = "apply"`, the text has what is
//! `before`, and the row is no part of the way back.

use arrow::array::RecordBatch;

use super::declare::{columns, int};
use crate::record::Document;

columns! {
    Edits {
        doc_id: Text required, Dictionary, Page, "the document";
        edit: Int32 required, Delta, Unknown, "number of the edit in its document, from 0";
        stage: Text required, Dictionary, Chunk, "the step of decoding: charset, html, layout, ocr, article";
        rule: Text required, Dictionary, Page, "the rule that made it";
        before: Text required, Dictionary, Unknown, "what stood in the decoded source";
        after: Text required, Dictionary, Unknown, "what stands in the text; of the rule ocr-suspect what should, which the text has only where the pipeline applies it";
        confidence: Float32 required, Dictionary, Chunk, "how sure the rule is, 0 to 1";
        char_start: Int32 required, Delta, Unknown, "where in documents.text, in code points";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `edits`.
#[derive(Debug)]
pub(super) struct EditRows(Columns);

impl EditRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    pub(super) fn append(&mut self, doc_id: &str, document: &Document) {
        let to = &mut self.0;
        for (number, edit) in document.edits.iter().enumerate() {
            to.doc_id.append_value(doc_id);
            to.edit.append_value(int(number));
            to.stage.append_value(edit.rule.stage());
            to.rule.append_value(edit.rule.name());
            to.before.append_value(edit.before());
            to.after.append_value(edit.after());
            to.confidence.append_value(edit.confidence);
            to.char_start.append_value(edit.char_start.to_i32());
            to.byte_start.append_value(edit.byte_start.to_i64());
            to.byte_end.append_value(edit.byte_end.to_i64());
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
