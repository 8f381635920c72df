//! A file, page by page, within limits.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};

use super::super::extract::{Extract, Refused};
use super::content::Content;
use crate::record::RejectCode;

/// How a PDF file begins.
const MAGIC: &[u8] = b"%PDF-";
/// How it ends.
const END: &[u8] = b"%%EOF";
/// Where its beginning may be at the latest, and its end at the earliest.
const HEAD: usize = 1024;
/// Pages that are read of a file: more is no document of people.
const PAGES: usize = 50_000;
/// Bytes of text that a file may hold.
const TEXT: usize = 64 << 20;
/// Bytes that the content of one page may unpack to.
const CONTENT: u64 = 64 << 20;
/// Share of characters without a meaning, in percent, above which a font hides its text.
const UNKNOWN_PERCENT: usize = 30;

/// Reads a PDF file.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Extract, Refused> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if !head.windows(MAGIC.len()).any(|window| window == MAGIC) {
        return Err(Refused::damaged("the file is no PDF"));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Invalid if !is_whole(bytes) => {
            Refused::new(RejectCode::Truncated, "the file ends too early")
        }
        other => refused(other),
    })?;
    let pages = pdf.pages();
    if pages.len() > PAGES {
        let message = format!("the file has more than {PAGES} pages");
        return Err(Refused::new(RejectCode::Bomb, message));
    }
    let mut content = Content::default();
    let mut text = String::new();
    for (number, page) in pages.iter().enumerate() {
        check(page)?;
        if page.raw().contains_key(b"Contents") && page.page_stream().is_none() {
            return Err(unread(number + 1, bytes));
        }
        let of_page = content.page(page)?;
        if !of_page.is_empty() {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(&of_page);
        }
        if text.len() > TEXT {
            let message = format!("the file holds more than {TEXT} bytes of text");
            return Err(Refused::new(RejectCode::Bomb, message));
        }
    }
    let (known, unknown) = (content.known, content.unknown);
    if unknown * 100 > (known + unknown) * UNKNOWN_PERCENT {
        let message = format!(
            "{unknown} of {} characters are numbers of glyphs that no table explains",
            known + unknown
        );
        return Err(Refused::new(RejectCode::NoText, message));
    }
    if text.trim().is_empty() && !is_whole(bytes) {
        return Err(Refused::new(
            RejectCode::Truncated,
            "the file ends too early",
        ));
    }
    if text.trim().is_empty() {
        let message = "the file has no text layer: its pages are images, or empty";
        return Err(Refused::new(RejectCode::NoText, message));
    }
    Ok(Extract {
        text,
        ..Extract::default()
    })
}

/// Whether the mark of the end is where it must be, or near.
fn is_whole(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(HEAD)..);
    let tail = tail.unwrap_or_default();
    tail.windows(END.len()).any(|window| window == END)
}

/// The refusal of a file with a page that can't be unpacked: its text must not go missing without a word.
fn unread(page: usize, bytes: &[u8]) -> Refused {
    let code = if is_whole(bytes) {
        RejectCode::Damaged
    } else {
        RejectCode::Truncated
    };
    Refused::new(
        code,
        format!("the content of page {page} can't be unpacked"),
    )
}

fn refused(error: LoadPdfError) -> Refused {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Refused::new(RejectCode::Encrypted, "the file is protected by a password")
        }
        LoadPdfError::Decryption(_) => Refused::new(
            RejectCode::Encrypted,
            "the file is encrypted in a way that is not read",
        ),
        LoadPdfError::Invalid => Refused::damaged("the file is a damaged PDF"),
    }
}

/// Refuses a page whose content unpacks to too much. The library unpacks it whole, so it is measured before.
fn check(page: &Page<'_>) -> Result<(), Refused> {
    let dict = page.raw();
    let mut total = 0;
    if let Some(stream) = dict.get::<Stream<'_>>(b"Contents") {
        total += size(&stream);
    } else if let Some(streams) = dict.get::<Array<'_>>(b"Contents") {
        for stream in streams.iter::<Stream<'_>>() {
            total += size(&stream);
            if total > CONTENT {
                break;
            }
        }
    }
    if total > CONTENT {
        return Err(too_much());
    }
    Ok(())
}

/// The refusal of content that unpacks to too much.
pub(super) fn too_much() -> Refused {
    let message = format!("the content of a page unpacks to more than {CONTENT} bytes");
    Refused::new(RejectCode::Bomb, message)
}

/// What a stream unpacks to, as far as the limit; LZW and run lengths multiply by a few hundred at most, hexadecimal by less.
pub(super) fn size(stream: &Stream<'_>) -> u64 {
    let raw = stream.raw_data();
    let filters = stream.filters();
    let stored = raw.len() as u64;
    match filters.as_slice() {
        [] => stored,
        [Filter::FlateDecode] => {
            let mut unpacked = ZlibDecoder::new(&*raw).take(CONTENT + 1);
            // A stream that breaks off is used as far as it goes.
            let mut sink = std::io::sink();
            let counted = std::io::copy(&mut unpacked, &mut sink);
            // The library reads on where this one gives up, to 1032 times the size at most.
            counted.unwrap_or(stored.saturating_mul(1032))
        }
        many => {
            let factor = many.iter().fold(1_u64, |factor, filter| {
                factor.saturating_mul(match filter {
                    Filter::FlateDecode | Filter::LzwDecode => 1032,
                    Filter::RunLengthDecode => 64,
                    _ => 1,
                })
            });
            stored.saturating_mul(factor)
        }
    }
}

/// Whether a stream is within the limit.
pub(super) fn is_small(stream: &Stream<'_>) -> bool {
    size(stream) <= CONTENT
}
