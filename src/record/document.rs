//! A document: repaired text, its structure, and the way back.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{DocId, Edit, Located, MediaType, Place};
use crate::text::{Alignment, ByteOffset, SourceOffset, Span};

/// The script of a text (ISO 15924).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// Simplified Chinese characters.
    Hans,
    /// Traditional Chinese characters.
    Hant,
    /// Neither, or no telling.
    #[default]
    Zyyy,
}

impl Script {
    /// The ISO 15924 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hans => "Hans",
            Self::Hant => "Hant",
            Self::Zyyy => "Zyyy",
        }
    }
}

/// What a sentence is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// The document's title.
    Title,
    /// A heading inside it.
    Heading,
    /// Running text.
    #[default]
    Body,
    /// Words under a picture.
    Caption,
    /// Who wrote it.
    Byline,
    /// A turn in an interview.
    Speech,
    /// An item of a list.
    List,
    /// Navigation, notices, what every page of a site says.
    Boilerplate,
}

impl SentenceKind {
    /// As in the `sentences` table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Byline => "byline",
            Self::Speech => "speech",
            Self::List => "list",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A sentence of a document. Sentences are in order, do not overlap, and leave out only white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The paragraph it stands in, from 0.
    pub paragraph: u32,
    /// What it is for.
    pub kind: SentenceKind,
    /// Where in the text; neither begins nor ends with white space.
    pub span: Span,
    /// Who says it, for turns in an interview.
    pub speaker: Option<Arc<str>>,
}

/// Quality figures of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// Han characters among all that are not white space, 0 to 1.
    pub han_ratio: f32,
    /// Line breaks and spaces that were taken out.
    pub repaired_breaks: u32,
    /// Characters that look like recognition errors.
    pub ocr_suspects: u32,
    /// The same for every thousand characters.
    pub suspects_per_thousand: f32,
    /// Characters of boilerplate sentences among those of all sentences, 0 to 1.
    pub boilerplate_share: f32,
    /// What the scripts say of the language.
    pub language: Language,
}

/// The language of a text as far as its scripts tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese: Han characters, and hardly any kana.
    Chinese,
    /// Japanese: kana, mostly with Han characters.
    Japanese,
    /// Korean: Hangul.
    Korean,
    /// Any other, or no telling.
    #[default]
    Other,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Chinese, Self::Japanese, Self::Korean, Self::Other];

    /// The code of BCP 47; `und` where it is none of ours.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::Other => "und",
        }
    }
}

/// A document: what `decode` makes of a record, whole or in part.
#[derive(Clone, Debug)]
pub struct Document {
    /// Stable id.
    pub id: DocId,
    /// The record it was made from.
    pub place: Place,
    /// Which article of the record, from 0.
    pub article: i32,
    /// Title, where the record or the text says it.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Group key.
    pub collection: Option<String>,
    /// How the record was read.
    pub media_type: MediaType,
    /// The charset's name (WHATWG, lower case), such as `utf-8`, `gb18030`, `big5`.
    pub encoding: &'static str,
    /// The script of the text.
    pub script: Script,
    /// The repaired text in its own script.
    pub text: String,
    /// The simplified view where it differs: character for character *and byte for byte* as long as the text.
    pub simplified: Option<String>,
    /// From the text back to the record's bytes.
    pub alignment: Alignment,
    /// Code points in the text.
    pub chars: u32,
    /// How many paragraphs.
    pub paragraphs: u32,
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In the order of the text.
    pub edits: Vec<Edit>,
    /// Figures.
    pub quality: Quality,
    /// SHA-256 of the text, in hex.
    pub content_sha256: String,
    /// The first document with the same text, where that is known.
    pub duplicate_of: Option<DocId>,
    /// JSON of fields passed through.
    pub meta: Option<String>,
    /// Of a notice, where its header and its signature name the organs that issued it; in order.
    pub issuers: Vec<Span>,
}

impl Document {
    /// The text that engines read: simplified where that differs. Offsets into it are offsets into the text.
    pub fn view(&self) -> &str {
        self.simplified.as_deref().unwrap_or(&self.text)
    }

    /// The simplified form of a piece, where it differs from what the text says.
    pub fn normal_of(&self, span: &Span) -> Option<&str> {
        let view = self.simplified.as_deref()?;
        Some(span.of(view)).filter(|normal| *normal != span.of(&self.text))
    }

    /// The source bytes of a piece of the text.
    pub fn source_of(&self, span: &Span) -> std::ops::Range<SourceOffset> {
        self.alignment.source_range(&span.bytes())
    }

    /// The source bytes of the whole text.
    pub fn source_extent(&self) -> std::ops::Range<SourceOffset> {
        self.alignment
            .source_range(&(ByteOffset::ZERO..ByteOffset::of(self.text.len())))
    }
}

impl Located for Document {
    fn place(&self) -> &Place {
        &self.place
    }
}
