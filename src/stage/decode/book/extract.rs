//! The extraction, whatever the container.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;

use super::super::paragraph::Paragraph;
use super::{docx, epub};
use crate::record::{MediaType, RejectCode, SentenceKind};

/// The text of a file, as it is extracted.
#[derive(Debug, Default)]
pub(in super::super) struct Extract {
    /// UTF-8; what `byte_*` count in.
    pub(in super::super) text: String,
    /// In order, where the file knows its paragraphs.
    pub(in super::super) paragraphs: Option<Vec<Paragraph>>,
    /// What the file says its title is.
    pub(in super::super) title: Option<String>,
    /// When the file says it was published.
    pub(in super::super) published: Option<NaiveDate>,
}

impl Extract {
    /// Adds a line that is a paragraph, if it has any visible character.
    pub(super) fn paragraph(&mut self, line: &str, kind: SentenceKind) {
        let line = line.trim_end();
        if line.trim().is_empty() {
            return;
        }
        self.text.extend((!self.text.is_empty()).then_some('\n'));
        let start = self.text.len();
        self.text.push_str(line);
        let bytes = start..self.text.len();
        self.paragraphs
            .get_or_insert_default()
            .push(Paragraph::new(bytes, kind));
    }
}

/// Why nothing is extracted.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Refused {
    /// The kind of reason.
    pub(in super::super) code: RejectCode,
    /// The reason in words.
    pub(in super::super) message: String,
}

impl Refused {
    pub(super) fn new(code: RejectCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(super) fn damaged(message: impl Into<String>) -> Self {
        Self::new(RejectCode::Damaged, message)
    }
}

/// Reads a file with a reader that may panic.
///
/// The libraries read what anybody may have written. Should one of them trip, its state is gone with the call, and the file is a
/// reject like any other that is damaged: a corpus must not end with one bad file.
fn guarded(read: fn(&[u8]) -> Result<Extract, Refused>, bytes: &[u8]) -> Result<Extract, Refused> {
    catch_unwind(AssertUnwindSafe(|| read(bytes)))
        .unwrap_or_else(|_| Err(Refused::damaged("the file trips its reader over")))
}

/// The text of a file of a type that holds it in a container; `None` for the types that are text themselves.
pub(in super::super) fn extract(
    media_type: MediaType,
    bytes: &[u8],
) -> Option<Result<Extract, Refused>> {
    let read: fn(&[u8]) -> Result<Extract, Refused> = match media_type {
        MediaType::Plain | MediaType::Markdown | MediaType::Html => return None,
        MediaType::Docx => docx::read,
        MediaType::Epub => epub::read,
        #[cfg(feature = "pdf")]
        MediaType::Pdf => super::pdf::read,
        #[cfg(not(feature = "pdf"))]
        MediaType::Pdf => |_| {
            let message = "this build reads no PDF files; build it with the feature `pdf`";
            Err(Refused::new(RejectCode::Unsupported, message))
        },
    };
    Some(guarded(read, bytes).and_then(|extract| {
        if extract.text.trim().is_empty() {
            return Err(Refused::new(RejectCode::NoText, "the file holds no text"));
        }
        Ok(extract)
    }))
}

/// The text that `byte_*` count in, of a file of a type that holds it in a container (PDF, DOCX, EPUB). `None` for other types,
/// and for files that are turned away.
///
/// ```
/// use cihe::record::MediaType;
/// use cihe::stage::decode::extracted_text;
/// assert_eq!(extracted_text(MediaType::Plain, b"river"), None);
/// assert_eq!(extracted_text(MediaType::Docx, b"no archive"), None);
/// ```
pub fn extracted_text(media_type: MediaType, bytes: &[u8]) -> Option<String> {
    let extract = extract(media_type, bytes)?.ok()?;
    Some(extract.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_costs_its_file_alone() {
        let refused = guarded(|bytes| panic!("{} bytes are too many", bytes.len()), b"a");
        assert_eq!(refused.unwrap_err().code, RejectCode::Damaged);
    }
}
