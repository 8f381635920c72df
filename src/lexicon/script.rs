//! The classes of characters that decide what the dictionary is asked about.

/// The block of most Chinese characters; asked first, for nearly all characters of a text are in it.
#[inline]
fn is_common_han(ch: char) -> bool {
    matches!(ch, '\u{4E00}'..='\u{9FFF}')
}

fn is_rare_han(ch: char) -> bool {
    matches!(ch,
        '\u{3400}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2B73F}'
        | '\u{2B740}'..='\u{2B81F}'
        | '\u{2B820}'..='\u{2CEAF}'
        | '\u{2CEB0}'..='\u{2EBEF}'
        | '\u{2F800}'..='\u{2FA1F}')
}

/// Whether `ch` is a Chinese character.
pub(super) fn is_han(ch: char) -> bool {
    is_common_han(ch) || is_rare_han(ch)
}

/// Whether words go through `ch`: Chinese characters, ASCII letters and digits, and a few marks that stand in numbers and
/// names. Every other character is a word by itself, and ends those before it.
#[inline]
pub(super) fn is_word_char(ch: char) -> bool {
    is_common_han(ch)
        || if ch.is_ascii() {
            ch.is_ascii_alphanumeric() || matches!(ch, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        } else {
            is_rare_han(ch)
        }
}

/// Whether `ch` joins letters and digits on both sides of it to one word.
pub(super) fn is_connector(ch: char) -> bool {
    matches!(ch, '.' | '_' | '-')
}
