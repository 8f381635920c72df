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
    /// A PDF file.
    Pdf,
    /// A document of Word and its kin.
    Docx,
    /// An electronic book.
    Epub,
}

impl MediaType {
    /// The IANA name, as in `documents.media_type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Epub => "application/epub+zip",
        }
    }

    /// The type that bytes say themselves to be of, by how files of that type must begin; `None` for text, which begins anyhow.
    ///
    /// ```
    /// use cihe::record::MediaType;
    /// assert_eq!(MediaType::of_magic(b"%PDF-1.7\n"), Some(MediaType::Pdf));
    /// assert_eq!(MediaType::of_magic("河水".as_bytes()), None);
    /// ```
    pub fn of_magic(bytes: &[u8]) -> Option<Self> {
        /// Where the name of the first part of a zip stands.
        const FIRST: usize = 30;
        /// How much of a zip is searched for the names of parts that say what it is.
        const HEAD: usize = 64 << 10;
        if bytes.starts_with(b"%PDF-1.") || bytes.starts_with(b"%PDF-2.") {
            return Some(Self::Pdf);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return None;
        }
        let first = bytes.get(FIRST..).unwrap_or_default();
        if first.starts_with(b"mimetypeapplication/epub+zip") {
            return Some(Self::Epub);
        }
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        let tail = bytes
            .get(bytes.len().saturating_sub(HEAD)..)
            .unwrap_or_default();
        let listed = |name: &[u8]| tail.windows(name.len()).any(|window| window == name);
        let is = |name: &[u8]| holds(name) || listed(name);
        if is(b"word/document.xml") {
            Some(Self::Docx)
        } else {
            is(b"META-INF/container.xml").then_some(Self::Epub)
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
