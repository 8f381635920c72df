//! A record: bytes, and what is known of them before anybody looks at the text.

use chrono::NaiveDate;

use super::{Located, Place};

/// What kind of text a record holds; decides how `decode` reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// Lines and paragraphs.
    Plain,
    /// Plain with Markdown's marks.
    Markdown,
    /// A web page.
    Html,
}

impl MediaType {
    /// The IANA name, as in `documents.media_type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
        }
    }
}

/// The content of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Bytes in a charset that is yet to be found.
    Bytes(Vec<u8>),
    /// A text field of a JSONL, CSV or Parquet record: UTF-8 by its format.
    Text(String),
}

impl Body {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
        }
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes that `byte_start` and `byte_end` count.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

/// What a record says of itself beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The title, where a field holds it.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// The group it belongs to.
    pub collection: Option<String>,
    /// All other fields (the record's own `id` among them) as one JSON object, in their order.
    pub meta: Option<String>,
}

/// One record of a source: what becomes zero, one or several documents.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it came from.
    pub place: Place,
    /// How to read it.
    pub media_type: MediaType,
    /// What to read.
    pub body: Body,
    /// The charset that the transport named (HTTP header), if any: a hint, not an order.
    pub charset: Option<String>,
    /// What is known beside the text.
    pub fields: Fields,
}

impl Located for Record {
    fn place(&self) -> &Place {
        &self.place
    }
}
