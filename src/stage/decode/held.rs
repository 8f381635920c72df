//! A text as it came: a string, or bytes that were found to be UTF-8.
//!
//! `encoding_rs` checks UTF-8 many bytes at a time, five times as fast as the standard library; but only the latter makes a string of
//! bytes without a copy. A page and a text whose lines were broken never become that string: they are read, and
//! another text is made of them. So the bytes stay bytes until somebody has to own the text.

use std::borrow::Cow;

use encoding_rs::UTF_8;

/// A text that may yet be bytes.
#[derive(Debug)]
pub(super) enum Held {
    /// A string.
    Text(String),
    /// Bytes that were looked at.
    Checked(Vec<u8>),
}

impl Held {
    /// The bytes as a text; given back where they are no UTF-8.
    pub(super) fn check(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        if utf8(&bytes).is_some() {
            Ok(Self::Checked(bytes))
        } else {
            Err(bytes)
        }
    }

    /// Its bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Checked(bytes) => bytes,
        }
    }

    /// The text. Bytes are looked at again: ask once.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Checked(bytes) => utf8(bytes).expect("the bytes were found to be UTF-8"),
        }
    }
}

/// `bytes` as a text, where that is what they are.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(Cow::Borrowed(text)) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn bytes_are_a_text_if_they_are_utf8_and_come_back_if_not() {
        let text = "河边的图书馆 opens.";
        let held = Held::check(text.as_bytes().to_vec()).unwrap();
        assert_eq!((held.as_str(), held.as_bytes()), (text, text.as_bytes()));
        let cut = text.as_bytes()[..4].to_vec();
        assert_eq!(Held::check(cut.clone()).unwrap_err(), cut);
    }
}
