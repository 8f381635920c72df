//! Files that hold a document in a container: DOCX, EPUB and PDF.
//!
//! ```text
//! bytes --package--> parts of a zip --xml--> docx: paragraphs with their styles
//!                                        --> epub: chapters in reading order, each a page
//!       --pdf------> glyphs of each page --> lines
//!                                                  --> Extract: text in UTF-8, and paragraphs where the file knows them
//! ```
//!
//! There is no way from a character to a byte of such a file (it is compressed, and a character may be a number of a glyph), so
//! `byte_*` count in the text as it is extracted. The extraction is a function of the file's bytes alone, and whoever checks a
//! row does it again. A file is one record; chapters and headings are paragraphs of kind heading, pages are parted by a
//! blank line. A PDF's lines are broken by its maker, so its text is repaired as plain text is; the others know their paragraphs.
//!
//! Files may be hostile: what is unpacked is bounded in size and in ratio, and a library that panics costs one record.

mod docx;
mod epub;
mod extract;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(test)]
mod tests;
mod xml;

pub use extract::extracted_text;
pub(super) use extract::{Extract, Refused, extract};
