//! Document ids: the same input has the same id on any machine.

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use super::Place;

/// A document's id: the first 16 bytes of SHA-256 over source, record and article; 32 hex characters in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId([u8; 16]);

impl DocId {
    /// The id of article `article` of the record at `place`.
    pub fn new(place: &Place, article: i32) -> Self {
        let mut hash = Sha256::new();
        hash.update(place.source.as_bytes());
        hash.update([0]);
        hash.update(place.record.to_le_bytes());
        hash.update(article.to_le_bytes());
        let digest = hash.finalize();
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Self(id)
    }
}

impl DocId {
    /// Characters of an id as the tables spell it.
    pub const CHARS: usize = 32;

    /// The id that the tables spell `hex`.
    ///
    /// ```
    /// use cihe::record::{DocId, Place};
    /// let id = DocId::new(&Place::new("news/a.txt", 3), 1);
    /// assert_eq!(DocId::parse(&id.to_string()), Some(id));
    /// assert_eq!(DocId::parse("1c14"), None);
    /// ```
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != Self::CHARS || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let id = u128::from_str_radix(hex, 16).ok()?;
        Some(Self(id.to_be_bytes()))
    }
}

/// Bytes in lower-case hex, as hashes stand in the tables.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a string takes any text");
    }
    text
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_stable_across_releases() {
        let id = DocId::new(&Place::new("news/a.txt", 3), 1);
        assert_eq!(id.to_string(), "1c14396c84ca3eff065c3e5332a29988");
    }
}
