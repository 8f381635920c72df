//! `documents`: one row a document. A ledger: records in are documents' records and rejects together.

use arrow::array::RecordBatch;

use super::declare::{columns, days, int};
use crate::record::Tagged;

columns! {
    Documents {
        doc_id: Text required, Plain, Page, "stable id: 32 hex characters, a hash of source, record and article";
        source: Text required, Dictionary, Page, "path under the input root, or URL";
        record: Int64 required, Delta, Page, "line or row in the source, from 0; 0 for a whole file";
        article: Int32 required, Dictionary, Chunk, "which article of the record, from 0";
        title: Text optional, Plain, Unknown, "title, where the record or the text says it";
        published: Date optional, Dictionary, Page, "day of publication";
        collection: Text optional, Dictionary, Page, "group key";
        media_type: Text required, Dictionary, Chunk, "how the record was read (IANA media type)";
        encoding: Text required, Dictionary, Chunk, "charset of the source (WHATWG name)";
        script: Text required, Dictionary, Chunk, "ISO 15924: Hans, Hant, or Zyyy where neither";
        text: Text required, Plain, Unknown, "the repaired text in its own script";
        chars: Int32 required, Plain, Chunk, "code points in the text";
        paragraphs: Int32 required, Dictionary, Chunk, "number of paragraphs";
        sentences: Int32 required, Dictionary, Chunk, "number of sentences";
        tokens: Int32 required, Plain, Chunk, "number of tokens";
        content_sha256: Text required, Plain, Unknown, "SHA-256 of the text, in hex";
        duplicate_of: Text optional, Plain, Unknown, "doc_id of the first document with the same or nearly the same text, where this is not that one";
        minhash: Binary optional, Plain, Unknown, "what duplicates are known by: 16 bytes of hash, and for texts long enough 256 bytes of MinHash";
        meta: Text optional, Plain, Unknown, "JSON object of the fields passed through, with byline and dateline where the text says them";
        han_ratio: Float32 required, Plain, Chunk, "Han characters among all that are not white space, 0 to 1";
        repaired_breaks: Int32 required, Dictionary, Chunk, "line breaks and spaces that were taken out";
        ocr_suspects: Int32 required, Dictionary, Chunk, "characters that look like recognition errors";
        suspects_per_thousand: Float32 required, Plain, Chunk, "the same for every thousand characters";
        boilerplate_share: Float32 required, Plain, Chunk, "characters of boilerplate sentences among those of all sentences, 0 to 1";
        language: Text required, Dictionary, Chunk, "what the scripts say: zh, ja, ko, or und for any other";
        epoch: Int64 required, Dictionary, Chunk, "the epoch that wrote the row";
    }
}

/// Builds rows of `documents`.
#[derive(Debug)]
pub(super) struct DocumentRows(Columns);

impl DocumentRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    /// Makes room for the texts of `rows` documents, of `bytes` bytes together.
    pub(super) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.0.text.reserve(rows, bytes);
    }

    pub(super) fn append(
        &mut self,
        doc_id: &str,
        tagged: &Tagged,
        signature: Option<&[u8]>,
        epoch: i64,
    ) {
        let to = &mut self.0;
        let document = &tagged.segmented.document;
        to.doc_id.append_value(doc_id);
        to.source.append_value(&document.place.source);
        to.record.append_value(document.place.record);
        to.article.append_value(document.article);
        to.title.append_option(document.title.as_deref());
        to.published.append_option(document.published.map(days));
        to.collection.append_option(document.collection.as_deref());
        to.media_type.append_value(document.media_type.name());
        to.encoding.append_value(document.encoding);
        to.script.append_value(document.script.code());
        to.text.append_value(&document.text);
        to.chars.append_value(int(document.chars));
        to.paragraphs.append_value(int(document.paragraphs));
        to.sentences.append_value(int(document.sentences.len()));
        to.tokens.append_value(int(tagged.segmented.tokens.len()));
        to.content_sha256.append_value(&document.content_sha256);
        to.duplicate_of
            .append_option(document.duplicate_of.map(|id| id.to_string()));
        to.minhash.append_option(signature);
        to.meta.append_option(document.meta.as_deref());
        to.han_ratio.append_value(document.quality.han_ratio);
        to.repaired_breaks
            .append_value(int(document.quality.repaired_breaks));
        to.ocr_suspects
            .append_value(int(document.quality.ocr_suspects));
        to.suspects_per_thousand
            .append_value(document.quality.suspects_per_thousand);
        to.boilerplate_share
            .append_value(document.quality.boilerplate_share);
        to.language.append_value(document.quality.language.code());
        to.epoch.append_value(epoch);
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
