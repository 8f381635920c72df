//! The seam for segmenters, and the law that they keep.

use std::fmt::Debug;

use crate::record::Pos;
use crate::text::Span;

/// A word as an engine sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where in the view that the engine was given (not in the document).
    pub span: Span,
    /// Part of speech.
    pub pos: Pos,
}

/// A segmenter.
///
/// The contract: `segment` appends the words of `view` to `words`, which the caller has cleared. Words are in order,
/// none is empty, they do not overlap, and what they leave out is white space; words of white space alone are
/// allowed, for the hop drops them. Byte and character offsets name the same piece. The view is at most
/// [`PIECE_CHARS`](super::PIECE_CHARS) characters long; marks of Chinese prose have their full width in it whatever the text has
/// (see [`FullWidth`](crate::text::FullWidth)). It may be anything else: a part of a word, another language,
/// control characters. The answer depends on the view alone. [`check_words`] tells whether an answer keeps the law, and
/// every implementation is held to it by tests.
pub trait Engine: Send + Sync + Debug {
    /// Its name, for messages and plans.
    fn name(&self) -> &str;

    /// Appends the words of `view`.
    fn segment(&self, view: &str, words: &mut Vec<Word>);
}

/// Checks the segmenter law for one answer of an engine.
///
/// ```
/// use cihe::record::Pos;
/// use cihe::stage::segment::{Word, check_words};
/// use cihe::text::Span;
///
/// let word = Word { span: Span::whole("词河"), pos: Pos::UNKNOWN };
/// assert!(check_words("词河", &[word]).is_ok());
/// assert!(check_words("词河。", &[word]).unwrap_err().contains("left out"));
/// ```
///
/// # Errors
///
/// With the first breach in words, which is always the engine's.
pub fn check_words(view: &str, words: &[Word]) -> Result<(), String> {
    let (mut byte, mut char) = (0, 0);
    for (at, Word { span, .. }) in words.iter().enumerate() {
        let (start, end) = (span.byte_start.get(), span.byte_end.get());
        if start < byte {
            return Err(format!(
                "word {at} begins at byte {start}, before the last one's end {byte}"
            ));
        }
        if start >= end {
            return Err(format!(
                "word {at} is empty or ends before it begins: {start}..{end}"
            ));
        }
        let (Some(gap), Some(text)) = (view.get(byte..start), view.get(start..end)) else {
            return Err(format!(
                "word {at} at bytes {start}..{end} cuts a character or leaves the view"
            ));
        };
        if !gap.trim().is_empty() {
            return Err(format!("`{gap}` before word {at} is left out"));
        }
        char += gap.chars().count();
        let chars = char..char + text.chars().count();
        if (span.char_start.get()..span.char_end.get()) != chars {
            return Err(format!(
                "word {at} `{text}` is at characters {chars:?}, not {:?}",
                span.chars()
            ));
        }
        (byte, char) = (end, chars.end);
    }
    match view.get(byte..) {
        Some(rest) if rest.trim().is_empty() => Ok(()),
        rest => Err(format!(
            "`{}` after the last word is left out",
            rest.unwrap_or_default()
        )),
    }
}
