//! The `decode` hop: bytes to documents.
//!
//! ```text
//! bytes --charset--> decoded text --html | repair--> text --article--> articles --> sentences, script, simplified view
//! ```
//!
//! Each step describes its own change as an alignment, and the document's alignment is their composition. Nothing
//! visible is lost without a row: what a step takes out or can't read is an [`Edit`](crate::record::Edit) or a
//! [`Reject`](crate::record::Reject).
//!
//! | file | step |
//! |---|---|
//! | `charset`, `frequency` | which charset the bytes are in |
//! | `transcode` | bytes to text |
//! | `book` | the text of PDF, DOCX and EPUB files |
//! | `html` | a page's visible text, and which part of it is the main text |
//! | `repair` | lines that a machine broke, spaces that it left |
//! | `paragraph` | paragraphs and sentences |
//! | `suspect` | characters that were probably read wrongly |
//! | `article` | which paragraphs are an article, and what each is for |
//! | `decode`, `shape`, `documents` | the hop, and the documents it makes |
//! | `quality` | the figures of a document, and the limits that a pipeline sets them |
//! | `reread` | the way back, for whoever checks the tables |

mod article;
mod book;
mod charset;
#[cfg(test)]
mod charset_tests;
#[expect(
    clippy::module_inception,
    reason = "the file is named for what runs, as in every hop"
)]
mod decode;
mod documents;
mod frequency;
mod held;
mod hint;
mod html;
mod options;
mod paragraph;
mod quality;
#[cfg(test)]
mod quality_tests;
mod repair;
mod reread;
mod shape;
mod suspect;
#[cfg(test)]
mod suspect_tests;
#[cfg(test)]
mod tests;
mod transcode;

pub use book::extracted_text;
pub use decode::{Decode, DecodeError, DecodeScratch};
pub use options::{Articles, DecodeOptions, OcrSuspects, QualityOptions, Repair};
pub use reread::decode_slice;
pub use transcode::is_readable;
