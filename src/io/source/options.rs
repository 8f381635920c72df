//! What the source can be told: the `[source]` table of a pipeline.

use crate::record::MediaType;

/// Largest record read, in bytes, and the largest that can be asked for: with a token for each byte, the ids of its tokens (32
/// bytes each) still fit the 2 GiB of a column of strings.
pub const MAX_RECORD_BYTES: u64 = 60 << 20;
/// Largest ratio of unpacked to packed bytes.
pub(crate) const MAX_RATIO: u64 = 200;
/// Unpacked bytes up to which the ratio is not looked at: a small file of blanks is no bomb.
pub(crate) const RATIO_FREE_BYTES: u64 = 16 << 20;
/// Largest unpacked size of one source, in bytes.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 64 << 30;

/// Options of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceOptions {
    /// Names of the field that holds the text, the first that a record has wins.
    pub text_fields: Vec<String>,
    /// Largest record in bytes; a longer one is a reject.
    pub max_record_bytes: u64,
    /// Largest ratio of unpacked to packed bytes.
    pub max_ratio: u64,
    /// Largest unpacked size of a source in bytes.
    pub max_unpacked_bytes: u64,
    /// What files without a known ending, and standard input, hold; `None` refuses such files.
    pub unknown: Option<MediaType>,
}

impl Default for SourceOptions {
    fn default() -> Self {
        Self {
            text_fields: vec!["text".into(), "content".into()],
            max_record_bytes: MAX_RECORD_BYTES,
            max_ratio: MAX_RATIO,
            max_unpacked_bytes: MAX_UNPACKED_BYTES,
            unknown: None,
        }
    }
}
