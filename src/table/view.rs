//! Rows read back: typed views of record batches, for those who check what was written.

use std::ops::Range;

use arrow::array::{Array, BinaryArray, Int32Array, Int64Array, RecordBatch, StringArray};

use super::TableId;

/// A row that names a piece of a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'b> {
    /// The document.
    pub doc_id: &'b str,
    /// The piece as the row has it.
    pub text: &'b str,
    /// Code points into the document's text.
    pub chars: Range<i32>,
    /// Bytes of the record.
    pub bytes: Range<i64>,
}

/// The rows of a table of pieces: `sentences`, `tokens`, `entities`, `enumerations`, `quotes`.
#[derive(Clone, Copy, Debug)]
pub struct Pieces<'b> {
    doc_id: &'b StringArray,
    text: &'b StringArray,
    char_start: &'b Int32Array,
    char_end: &'b Int32Array,
    byte_start: &'b Int64Array,
    byte_end: &'b Int64Array,
}

impl<'b> Pieces<'b> {
    /// A view of `rows`, which are of `table`; `None` where the columns are not those of a table of pieces.
    pub fn of(table: TableId, rows: &'b RecordBatch) -> Option<Self> {
        let text = if table == TableId::Enumerations {
            "name"
        } else {
            "text"
        };
        Some(Self {
            doc_id: column(rows, "doc_id")?,
            text: column(rows, text)?,
            char_start: column(rows, "char_start")?,
            char_end: column(rows, "char_end")?,
            byte_start: column(rows, "byte_start")?,
            byte_end: column(rows, "byte_end")?,
        })
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.doc_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Row `row`.
    pub fn piece(&self, row: usize) -> Piece<'b> {
        Piece {
            doc_id: self.doc_id.value(row),
            text: self.text.value(row),
            chars: self.char_start.value(row)..self.char_end.value(row),
            bytes: self.byte_start.value(row)..self.byte_end.value(row),
        }
    }
}

/// What a check needs of a document's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow<'b> {
    /// The document's id.
    pub doc_id: &'b str,
    /// The source's name.
    pub source: &'b str,
    /// The record in it.
    pub record: i64,
    /// The article in that.
    pub article: i32,
    /// How the record was read.
    pub media_type: &'b str,
    /// Its charset.
    pub encoding: &'b str,
    /// The repaired text.
    pub text: &'b str,
    /// Its length in code points.
    pub chars: i32,
    /// How many sentences it has.
    pub sentences: i32,
    /// How many tokens.
    pub tokens: i32,
    /// SHA-256 of the text.
    pub content_sha256: &'b str,
}

/// The rows of `documents`.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRows<'b> {
    doc_id: &'b StringArray,
    source: &'b StringArray,
    record: &'b Int64Array,
    article: &'b Int32Array,
    media_type: &'b StringArray,
    encoding: &'b StringArray,
    text: &'b StringArray,
    chars: &'b Int32Array,
    sentences: &'b Int32Array,
    tokens: &'b Int32Array,
    content_sha256: &'b StringArray,
}

impl<'b> DocumentRows<'b> {
    /// A view of `rows`; `None` where the columns are not those of `documents`.
    pub fn of(rows: &'b RecordBatch) -> Option<Self> {
        Some(Self {
            doc_id: column(rows, "doc_id")?,
            source: column(rows, "source")?,
            record: column(rows, "record")?,
            article: column(rows, "article")?,
            media_type: column(rows, "media_type")?,
            encoding: column(rows, "encoding")?,
            text: column(rows, "text")?,
            chars: column(rows, "chars")?,
            sentences: column(rows, "sentences")?,
            tokens: column(rows, "tokens")?,
            content_sha256: column(rows, "content_sha256")?,
        })
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.doc_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Row `row`.
    pub fn document(&self, row: usize) -> DocumentRow<'b> {
        DocumentRow {
            doc_id: self.doc_id.value(row),
            source: self.source.value(row),
            record: self.record.value(row),
            article: self.article.value(row),
            media_type: self.media_type.value(row),
            encoding: self.encoding.value(row),
            text: self.text.value(row),
            chars: self.chars.value(row),
            sentences: self.sentences.value(row),
            tokens: self.tokens.value(row),
            content_sha256: self.content_sha256.value(row),
        }
    }
}

/// What tells of a document whether another one is a copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedRow<'b> {
    /// The document's id.
    pub doc_id: &'b str,
    /// The one that it is a copy of.
    pub duplicate_of: Option<&'b str>,
    /// What it is known by.
    pub minhash: Option<&'b [u8]>,
    /// The epoch that wrote the row.
    pub epoch: i64,
}

impl SignedRow<'_> {
    /// The columns it is made of.
    pub const COLUMNS: [&'static str; 4] = ["doc_id", "duplicate_of", "minhash", "epoch"];
}

/// The rows of `documents`, as far as duplicates are concerned; `None` where the columns are not those.
pub fn signed_documents(rows: &RecordBatch) -> Option<Vec<SignedRow<'_>>> {
    let doc_id: &StringArray = column(rows, "doc_id")?;
    let duplicate_of: &StringArray = column(rows, "duplicate_of")?;
    let minhash: &BinaryArray = column(rows, "minhash")?;
    let epoch: &Int64Array = column(rows, "epoch")?;
    let rows = (0..rows.num_rows()).map(|row| SignedRow {
        doc_id: doc_id.value(row),
        duplicate_of: duplicate_of.is_valid(row).then(|| duplicate_of.value(row)),
        minhash: minhash.is_valid(row).then(|| minhash.value(row)),
        epoch: epoch.value(row),
    });
    Some(rows.collect())
}

/// What tells whether a document is to be annotated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRow<'b> {
    /// The source's name.
    pub source: &'b str,
    /// The record in it.
    pub record: i64,
    /// The article in that.
    pub article: i32,
    /// The repaired text.
    pub text: &'b str,
}

impl TextRow<'_> {
    /// The columns it is made of.
    pub const COLUMNS: [&'static str; 4] = ["source", "record", "article", "text"];
}

/// The rows of `documents`, as far as their texts are concerned; `None` where the columns are not those.
pub fn texts(rows: &RecordBatch) -> Option<Vec<TextRow<'_>>> {
    let article: &Int32Array = column(rows, "article")?;
    let text: &StringArray = column(rows, "text")?;
    let places = places(rows)?.into_iter().enumerate();
    Some(
        places
            .map(|(row, (source, record))| TextRow {
                source,
                record,
                article: article.value(row),
                text: text.value(row),
            })
            .collect(),
    )
}

/// Source and record of each row of `documents` or `rejects`; `None` where the columns are not those.
pub fn places(rows: &RecordBatch) -> Option<Vec<(&str, i64)>> {
    let source: &StringArray = column(rows, "source")?;
    let record: &Int64Array = column(rows, "record")?;
    let rows = 0..rows.num_rows();
    Some(
        rows.map(|row| (source.value(row), record.value(row)))
            .collect(),
    )
}

/// What a check needs of a row of `rejects`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RejectRow<'b> {
    /// The source's name.
    pub source: &'b str,
    /// The record in it.
    pub record: i64,
    /// The name of the reason.
    pub code: &'b str,
    /// The epoch that wrote the row.
    pub epoch: i64,
}

/// The rows of `rejects`; `None` where the columns are not those.
pub fn rejects(rows: &RecordBatch) -> Option<Vec<RejectRow<'_>>> {
    let code: &StringArray = column(rows, "code")?;
    let epoch: &Int64Array = column(rows, "epoch")?;
    let places = places(rows)?.into_iter().enumerate();
    Some(
        places
            .map(|(row, (source, record))| RejectRow {
                source,
                record,
                code: code.value(row),
                epoch: epoch.value(row),
            })
            .collect(),
    )
}

/// What a check needs of a row of `sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedSource<'b> {
    /// The source's name.
    pub source: &'b str,
    /// How it ended.
    pub status: &'b str,
    /// Documents made of it.
    pub documents: i32,
    /// The epoch in which it ended.
    pub epoch: i64,
}

/// The rows of `sources`; `None` where the columns are not those.
pub fn ended_sources(rows: &RecordBatch) -> Option<Vec<EndedSource<'_>>> {
    let source: &StringArray = column(rows, "source")?;
    let status: &StringArray = column(rows, "status")?;
    let documents: &Int32Array = column(rows, "documents")?;
    let epoch: &Int64Array = column(rows, "epoch")?;
    Some(
        (0..rows.num_rows())
            .map(|row| EndedSource {
                source: source.value(row),
                status: status.value(row),
                documents: documents.value(row),
                epoch: epoch.value(row),
            })
            .collect(),
    )
}

pub(super) fn column<'b, A: Array + 'static>(rows: &'b RecordBatch, name: &str) -> Option<&'b A> {
    rows.column_by_name(name)?.as_any().downcast_ref()
}
