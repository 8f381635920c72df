//! Parts of a zip, with limits: a few bytes may not become a memory full.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::extract::Refused;
use crate::record::RejectCode;

/// Bytes that all parts read of a file may have together.
const MOST: u64 = 64 << 20;
/// How many times its stored size a part may be …
const RATIO: u64 = 200;
/// … where it is larger than this.
const FREE: u64 = 4 << 20;
/// Entries that a file may have: a book of ten thousand chapters has fewer.
const ENTRIES: usize = 100_000;
/// What a zip's directory ends with.
const DIRECTORY: &[u8] = b"PK\x05\x06";
/// The head of an OLE file, in which Office wraps encrypted documents, and which old ones are.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The name of the stream that an encrypted document is, in UTF-16.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// An open zip.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    read: u64,
}

impl<'a> Package<'a> {
    /// Opens the zip that `bytes` are.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        if bytes.starts_with(OLE) {
            let encrypted = bytes
                .windows(ENCRYPTED.len())
                .any(|window| window == ENCRYPTED);
            return Err(if encrypted {
                Refused::new(RejectCode::Encrypted, "the file is protected by a password")
            } else {
                Refused::new(
                    RejectCode::Unsupported,
                    "the file is of the old binary format; save it as DOCX",
                )
            });
        }
        // Its directory stands at the end of a zip: where there is a beginning but no directory, the end is missing.
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            if bytes.starts_with(b"PK\x03\x04") && !bytes.windows(4).any(|at| at == DIRECTORY) {
                return Refused::new(RejectCode::Truncated, "the file ends too early");
            }
            refused("the file is no zip, or a damaged one", &error)
        })?;
        if archive.len() > ENTRIES {
            let message = format!("the file has more than {ENTRIES} parts");
            return Err(Refused::new(RejectCode::Bomb, message));
        }
        Ok(Self { archive, read: 0 })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The part of this name, which must be UTF-8 (or UTF-16 with a mark).
    pub(super) fn text(&mut self, name: &str) -> Result<String, Refused> {
        let failed = |error: &ZipError| refused(&format!("the part `{name}`"), error);
        let Some(index) = self.archive.index_for_name(name) else {
            return Err(Refused::damaged(format!("the file has no part `{name}`")));
        };
        let part = self
            .archive
            .by_index(index)
            .map_err(|error| failed(&error))?;
        let stored = part.compressed_size();
        let most = MOST
            .saturating_sub(self.read)
            .min(FREE.max(stored.saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&ZipError::Io(error)))?;
        let size = bytes.len() as u64;
        if size > most {
            let message = format!(
                "the part `{name}` unpacks to more than {RATIO} times its size, or the file to more than {MOST} bytes"
            );
            return Err(Refused::new(RejectCode::Bomb, message));
        }
        self.read += size;
        decoded(bytes).ok_or_else(|| Refused::damaged(format!("the part `{name}` is not Unicode")))
    }
}

/// Bytes of XML as text, without their mark.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(std::borrow::Cow::into_owned);
    }
    String::from_utf8(bytes).ok()
}

fn refused(what: &str, error: &ZipError) -> Refused {
    let encrypted = matches!(error, ZipError::InvalidPassword)
        || matches!(error, ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED);
    if encrypted {
        return Refused::new(
            RejectCode::Encrypted,
            format!("{what}: protected by a password"),
        );
    }
    Refused::damaged(format!("{what}: {error}"))
}
