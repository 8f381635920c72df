//! What a character is to a reader who looks for the end of a line: its width on paper, and the marks that end, interrupt, open
//! and close.
//!
//! Recognised pages have half-width marks where the print has Chinese ones, so each class holds both. A half-width full stop
//! is also a decimal point and is only asked about behind a Han character.

use crate::text::is_han;

/// Columns of a character in a typewriter's count: two for what is as wide as a Han character.
pub(super) const fn width(char: char) -> u16 {
    match char {
        '\0'..='~' => 1,
        '—' | '‘' | '’' | '“' | '”' | '…' | '·' | '①'..='⓿' | '■'..='◿' => 2,
        char if char >= '\u{1100}' => 2,
        _ => 1,
    }
}

/// Ends a sentence.
pub(super) const fn is_stop(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '!' | '?' | '…' | '｡')
}

/// Interrupts a sentence.
pub(super) const fn is_pause(char: char) -> bool {
    matches!(char, '，' | '、' | ',' | '﹐')
}

/// Marks that only sentences have, at any place of them.
pub(super) const fn is_mark(char: char) -> bool {
    is_stop(char) && char != '…' || matches!(char, '，' | ',' | '；' | ';')
}

/// Opens what another mark closes.
pub(super) const fn is_opening(char: char) -> bool {
    matches!(
        char,
        '“' | '‘' | '「' | '『' | '（' | '(' | '《' | '〈' | '【' | '〔' | '['
    )
}

/// Closes what another mark opened.
pub(super) const fn is_closing(char: char) -> bool {
    matches!(
        char,
        '”' | '’' | '」' | '』' | '）' | ')' | '》' | '〉' | '】' | '〕' | ']'
    )
}

/// Never stands at the beginning of a line that a typesetter broke, nor behind a space that a writer meant.
pub(super) fn never_begins(char: char) -> bool {
    is_closing(char)
        || matches!(
            char,
            '。' | '！'
                | '？'
                | '，'
                | '、'
                | '；'
                | '：'
                | ','
                | '!'
                | '?'
                | ';'
                | '｡'
                | '%'
                | '％'
                | '℃'
        )
}

/// A digit, of either width.
pub(super) fn is_figure(char: char) -> bool {
    matches!(char, '0'..='9' | '０'..='９')
}

/// A Latin letter or a digit, of either width.
pub(super) fn is_latin(char: char) -> bool {
    char.is_ascii_alphanumeric()
        || matches!(char, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'À'..='ɏ')
}

/// White space inside a line.
pub(super) fn is_blank(char: char) -> bool {
    // Nothing behind the ideographic space is one.
    char <= '\u{3000}' && char != '\n' && char != '\r' && char.is_whitespace()
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A sentence is over, closing marks aside.
    Stop,
    /// A part of a sentence is over.
    Semicolon,
    /// Something is announced.
    Colon,
    /// A sentence is interrupted.
    Pause,
    /// Something was opened.
    Open,
    /// Something was closed.
    Closed,
    /// In Han characters.
    Han,
    /// In letters or digits.
    Latin,
    /// In something else.
    Other,
}

/// How `line`, without white space behind it, ends.
pub(super) fn end(line: &str) -> End {
    let mut chars = line.chars().rev();
    let Some(last) = chars.next() else {
        return End::Other;
    };
    match last {
        last if is_han(last) => End::Han,
        last if is_stop(last) => End::Stop,
        '.' | '．' => match chars.next() {
            Some(before) if is_han(before) || is_closing(before) || before == '"' => End::Stop,
            _ => End::Latin,
        },
        last if is_pause(last) => End::Pause,
        last if is_opening(last) => End::Open,
        '；' | ';' => End::Semicolon,
        '：' | ':' => End::Colon,
        last if is_closing(last) || last == '"' => {
            let inner = chars.find(|char| !is_closing(*char) && *char != '"');
            if inner.is_some_and(|inner| is_stop(inner) || inner == '.') {
                End::Stop
            } else {
                End::Closed
            }
        }
        last if is_latin(last) => End::Latin,
        _ => End::Other,
    }
}
