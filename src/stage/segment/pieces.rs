//! Long sentences in pieces, so that an engine's time and memory stay bounded whatever the input.

/// Longest text, in characters, that an engine is given. A sentence of prose has less than a tenth of it; what has more
/// is a table, a dump, or an attack. jieba's memory is in proportion to the text, and a run of unknown characters costs
/// it 512 bytes a character on top.
pub const PIECE_CHARS: usize = 4096;

/// A piece of a sentence and what comes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Its text.
    pub(super) text: &'t str,
    /// Bytes of the sentence before it.
    pub(super) byte: usize,
    /// Characters of the sentence before it.
    pub(super) char: usize,
}

/// Cuts `text` into pieces of at most [`PIECE_CHARS`] characters.
///
/// A piece ends behind its last separator (a character that no word of any engine contains: CJK punctuation, white
/// space), where the cut changes no answer. Only where there is none within the limit the cut is hard, and may fall
/// into a word. Linear: at most twice the limit is looked at for each limit's worth of progress.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let (mut rest, mut byte, mut char) = (text, 0, 0);
    std::iter::from_fn(move || {
        let (bytes, chars) = first_piece(rest)?;
        let (text, after) = rest.split_at_checked(bytes)?;
        let piece = Piece { text, byte, char };
        (rest, byte, char) = (after, byte + bytes, char + chars);
        Some(piece)
    })
}

/// Bytes and characters of the first piece.
fn first_piece(text: &str) -> Option<(usize, usize)> {
    let mut separated = None;
    let mut end = (0, 0);
    for (chars, (byte, character)) in text.char_indices().enumerate() {
        if chars == PIECE_CHARS {
            return Some(separated.unwrap_or(end));
        }
        end = (byte + character.len_utf8(), chars + 1);
        if is_separator(character) {
            separated = Some(end);
        }
    }
    (end.0 > 0).then_some(end)
}

/// ASCII marks are not separators: engines keep `3.5%`, `a-b` and `C++` together.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || !(character.is_ascii() || character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        let found: Vec<_> = pieces(text).collect();
        let joined: String = found.iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text, "pieces concatenate to the text");
        for piece in &found {
            let before = text.get(..piece.byte).unwrap();
            assert_eq!(before.chars().count(), piece.char);
        }
        found
            .iter()
            .map(|piece| piece.text.chars().count())
            .collect()
    }

    #[test]
    fn a_short_text_is_one_piece_and_an_empty_one_none() {
        assert_eq!(lengths("一句话。"), [4]);
        assert_eq!(lengths(""), [] as [usize; 0]);
        assert_eq!(lengths(&"长".repeat(PIECE_CHARS)), [PIECE_CHARS]);
    }

    #[test]
    fn a_piece_ends_behind_its_last_separator() {
        let text = format!("{}，{}", "甲".repeat(3000), "乙".repeat(3000));
        assert_eq!(lengths(&text), [3001, 3000]);
    }

    #[test]
    fn a_text_without_separators_is_cut_hard() {
        assert_eq!(lengths(&"长".repeat(10_000)), [4096, 4096, 1808]);
        assert_eq!(lengths(&"3.5%".repeat(2000)), [4096, 3904]);
    }
}
