//! A stored HTTP response: its head taken off, its transfer and content codings undone.

use std::borrow::Cow;
use std::io::Read;

use super::fault::Fault;
use super::whole::too_large;
use crate::record::{MediaType, RejectCode};

/// Header fields: names in lower case, continued lines joined.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Takes the lines after the first; what is no field is passed over, as browsers do.
    pub(super) fn parse(block: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in block.split(|byte| *byte == b'\n').skip(1) {
            let text: String = match std::str::from_utf8(line) {
                Ok(text) => text.to_owned(),
                // Header bytes beyond ASCII are Latin-1 by the book.
                Err(_) => line.iter().map(|byte| char::from(*byte)).collect(),
            };
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }

    /// The first value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A page, ready to be decoded.
#[derive(Debug)]
pub(super) struct Payload {
    pub(super) media_type: MediaType,
    pub(super) charset: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl Payload {
    /// # Errors
    ///
    /// When the content type is not one that is read.
    pub(super) fn new(content_type: Option<&str>, bytes: Vec<u8>) -> Result<Self, Fault> {
        let (media_type, charset) = media_type(content_type)?;
        Ok(Self {
            media_type,
            charset,
            bytes,
        })
    }
}

fn unsupported(message: String) -> Fault {
    Fault::new(RejectCode::Unsupported, message)
}

fn media_type(content_type: Option<&str>) -> Result<(MediaType, Option<String>), Fault> {
    let content_type = content_type.unwrap_or_default();
    let mut parts = content_type.split(';');
    let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let media_type = match essence.as_str() {
        "text/html" | "application/xhtml+xml" => MediaType::Html,
        "text/plain" => MediaType::Plain,
        "text/markdown" => MediaType::Markdown,
        "application/pdf" => MediaType::Pdf,
        "application/epub+zip" => MediaType::Epub,
        other if other == MediaType::Docx.name() => MediaType::Docx,
        "" => return Err(unsupported("the response has no content type".to_owned())),
        other => {
            return Err(unsupported(format!(
                "content of type `{other}` is not text"
            )));
        }
    };
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    Ok((media_type, charset))
}

/// Reads a response as stored.
///
/// # Errors
///
/// When it is not a success, not text, over the limit, or does not unpack.
pub(super) fn response(stored: &[u8], limit: u64) -> Result<Payload, Fault> {
    if !stored.starts_with(b"HTTP/") {
        return Err(unsupported("the response is not of HTTP".to_owned()));
    }
    let head_len = head_len(stored)
        .ok_or_else(|| Fault::new(RejectCode::Truncated, "the response ends within its header"))?;
    let (head, body) = stored.split_at(head_len);
    let status = head
        .split(|byte| *byte == b' ')
        .nth(1)
        .and_then(|word| std::str::from_utf8(word.trim_ascii()).ok())
        .and_then(|word| word.get(..3))
        .unwrap_or("unknown");
    if !status.starts_with('2') {
        return Err(unsupported(format!(
            "the server's answer has status {status}, which is not a page"
        )));
    }
    let headers = Headers::parse(head);
    let (media_type, charset) = media_type(headers.get("content-type"))?;
    let is_chunked = headers
        .get("transfer-encoding")
        .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let body = if is_chunked {
        dechunked(body)?
    } else {
        Cow::Borrowed(body)
    };
    let bytes = decoded(body, headers.get("content-encoding"), limit)?;
    Ok(Payload {
        media_type,
        charset,
        bytes,
    })
}

/// The length of the head with its blank line.
fn head_len(stored: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in stored.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if at > line.len() && matches!(line, b"\n" | b"\r\n") {
            return Some(at);
        }
    }
    None
}

/// Joins the chunks. Crawlers often store the joined body under the old header: what does not begin with a chunk's
/// size is taken as it is.
fn dechunked(body: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let mut rest = body;
    let mut joined = Vec::new();
    let mut is_first = true;
    loop {
        let Some((size, after)) = chunk_size(rest) else {
            if is_first {
                return Ok(Cow::Borrowed(body));
            }
            let message = "the body's chunks are cut or damaged";
            return Err(Fault::new(RejectCode::Damaged, message));
        };
        if size == 0 {
            return Ok(Cow::Owned(joined));
        }
        let Some((chunk, after)) = after.split_at_checked(size) else {
            if is_first {
                return Ok(Cow::Borrowed(body));
            }
            let message = "the body ends within a chunk";
            return Err(Fault::new(RejectCode::Truncated, message));
        };
        joined.extend_from_slice(chunk);
        rest = after
            .strip_prefix(b"\r\n")
            .or_else(|| after.strip_prefix(b"\n"))
            .unwrap_or(after);
        is_first = false;
    }
}

/// A chunk's size and what follows its line.
fn chunk_size(rest: &[u8]) -> Option<(usize, &[u8])> {
    let end = rest.iter().take(256).position(|byte| *byte == b'\n')?;
    let (line, after) = rest.split_at_checked(end + 1)?;
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((usize::from_str_radix(digits, 16).ok()?, after))
}

/// Undoes the content coding, where the bytes are still in it.
fn decoded(body: Cow<'_, [u8]>, coding: Option<&str>, limit: u64) -> Result<Vec<u8>, Fault> {
    let coding = coding.unwrap_or_default().trim().to_ascii_lowercase();
    let is_gzip = body.starts_with(&[0x1F, 0x8B]);
    match coding.as_str() {
        "gzip" | "x-gzip" if is_gzip => {
            unpacked(flate2::bufread::MultiGzDecoder::new(body.as_ref()), limit)
        }
        "deflate" if body.first().is_some_and(|byte| byte & 0x0F == 8) => {
            unpacked(flate2::bufread::ZlibDecoder::new(body.as_ref()), limit)
        }
        "" | "identity" | "gzip" | "x-gzip" | "deflate" => Ok(body.into_owned()),
        other => Err(unsupported(format!(
            "content coding `{other}` is not unpacked; store pages as identity or gzip"
        ))),
    }
}

fn unpacked(decoder: impl Read, limit: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    decoder
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| {
            let code = match error.kind() {
                std::io::ErrorKind::UnexpectedEof => RejectCode::Truncated,
                _ => RejectCode::Damaged,
            };
            Fault::new(code, format!("the page does not unpack: {error}"))
        })?;
    if bytes.len() as u64 > limit {
        return Err(too_large("the unpacked page", limit));
    }
    Ok(bytes)
}
