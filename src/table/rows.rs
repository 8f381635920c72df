//! Documents to rows: one builder a table, filled document by document and emptied batch by batch.

use std::fmt::Write;

use super::documents::DocumentRows;
use super::edits::EditRows;
use super::entities::EntityRows;
use super::enumerations::EnumerationRows;
use super::quotes::QuoteRows;
use super::sentences::SentenceRows;
use super::tokens::TokenRows;
use super::{TableBatch, TableId};
use crate::record::{Segmented, Tagged};

/// Builds the rows of all tables that are made of documents.
///
/// One worker owns it and uses it again and again; each table that is not wanted costs nothing.
#[derive(Debug)]
pub struct Rows {
    documents: Option<DocumentRows>,
    sentences: Option<SentenceRows>,
    tokens: Option<TokenRows>,
    entities: Option<EntityRows>,
    enumerations: Option<EnumerationRows>,
    quotes: Option<QuoteRows>,
    edits: Option<EditRows>,
    /// The id of the document at hand as the tables spell it, written once for all its rows.
    doc_id: String,
}

impl Rows {
    /// Builders for `wanted` tables, as far as they are made of documents.
    pub fn new(wanted: &[TableId]) -> Self {
        let wants = |table| wanted.contains(&table);
        Self {
            documents: wants(TableId::Documents).then(DocumentRows::new),
            sentences: wants(TableId::Sentences).then(SentenceRows::new),
            tokens: wants(TableId::Tokens).then(TokenRows::new),
            entities: wants(TableId::Entities).then(EntityRows::new),
            enumerations: wants(TableId::Enumerations).then(EnumerationRows::new),
            quotes: wants(TableId::Quotes).then(QuoteRows::new),
            edits: wants(TableId::Edits).then(EditRows::new),
            doc_id: String::new(),
        }
    }

    /// Makes room for the texts and tokens of all `documents` of a batch, as many as there will be: rows that grow in steps take twice the
    /// memory they need while they are copied, and keep a good deal of it. Other columns are small beside these.
    pub fn reserve(&mut self, documents: &[Tagged]) {
        let sum =
            |count: fn(&Segmented) -> usize| documents.iter().map(|it| count(&it.segmented)).sum();
        let bytes = sum(|it| it.document.text.len());
        if let Some(rows) = &mut self.documents {
            rows.reserve(documents.len(), bytes);
        }
        if let Some(rows) = &mut self.sentences {
            rows.reserve(sum(|it| it.document.sentences.len()), bytes);
        }
        if let Some(rows) = &mut self.tokens {
            rows.reserve(sum(|it| it.tokens.len()));
        }
    }

    /// Appends all rows of a document that is committed in `epoch`.
    pub fn append(&mut self, tagged: &Tagged, epoch: i64) {
        self.append_signed(tagged, None, epoch);
    }

    /// As [`append`](Self::append), with what `minhash` says of the document.
    pub fn append_signed(&mut self, tagged: &Tagged, signature: Option<&[u8]>, epoch: i64) {
        let document = &tagged.segmented.document;
        self.doc_id.clear();
        write!(self.doc_id, "{}", document.id).expect("writing to a string does not fail");
        let doc_id = self.doc_id.as_str();
        if let Some(rows) = &mut self.documents {
            rows.append(doc_id, tagged, signature, epoch);
        }
        if let Some(rows) = &mut self.sentences {
            rows.append(doc_id, document);
        }
        if let Some(rows) = &mut self.tokens {
            rows.append(doc_id, &tagged.segmented);
        }
        if let Some(rows) = &mut self.entities {
            rows.append(doc_id, tagged);
        }
        if let Some(rows) = &mut self.enumerations {
            rows.append(doc_id, tagged);
        }
        if let Some(rows) = &mut self.quotes {
            rows.append(doc_id, tagged);
        }
        if let Some(rows) = &mut self.edits {
            rows.append(doc_id, document);
        }
    }

    /// The rows so far, without tables that have none; begins anew.
    pub fn finish(&mut self) -> TableBatch {
        let mut batch = TableBatch::default();
        let finished = [
            (
                TableId::Documents,
                self.documents.as_mut().map(DocumentRows::finish),
            ),
            (
                TableId::Sentences,
                self.sentences.as_mut().map(SentenceRows::finish),
            ),
            (TableId::Tokens, self.tokens.as_mut().map(TokenRows::finish)),
            (
                TableId::Entities,
                self.entities.as_mut().map(EntityRows::finish),
            ),
            (
                TableId::Enumerations,
                self.enumerations.as_mut().map(EnumerationRows::finish),
            ),
            (TableId::Quotes, self.quotes.as_mut().map(QuoteRows::finish)),
            (TableId::Edits, self.edits.as_mut().map(EditRows::finish)),
        ];
        for (table, rows) in finished {
            if let Some(rows) = rows.filter(|rows| rows.num_rows() > 0) {
                batch.put(table, rows);
            }
        }
        batch
    }
}
