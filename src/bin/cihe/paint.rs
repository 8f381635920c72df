//! Colours, where the reader wants them.

use std::borrow::Cow;
use std::fmt::{self, Display};

/// An ANSI style by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// What a section is about.
    Heading,
    /// What matters less.
    Faint,
    /// What is well.
    Good,
    /// What is not.
    Bad,
    /// People.
    Person,
    /// Places.
    Place,
    /// Organisations.
    Organisation,
    /// All other entities.
    Other,
    /// What an article is called.
    Title,
    /// What a part of it is called.
    Part,
    /// Who wrote it.
    Writer,
    /// What is said about a picture.
    Caption,
    /// What somebody says.
    Speech,
    /// One of several things.
    Item,
    /// What is not part of the text.
    Outside,
    /// A change of the text, at its place.
    Mark,
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Heading => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Bad => "1;31",
            Self::Person => "1;35",
            Self::Place => "1;34",
            Self::Organisation => "1;33",
            Self::Other => "1;36",
            Self::Title => "1;4",
            Self::Part => "4",
            Self::Writer => "33",
            Self::Caption => "92",
            Self::Speech => "36",
            Self::Item => "34",
            Self::Outside => "9;2",
            Self::Mark => "31",
        }
    }
}

/// Whether to paint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) on: bool,
}

impl Paint {
    /// `value` in a style, or as it is.
    pub(crate) fn of<T: Display>(self, style: Style, value: T) -> Painted<T> {
        Painted {
            value,
            style: self.on.then_some(style),
        }
    }
}

/// A value with its style.
#[derive(Debug)]
pub(crate) struct Painted<T> {
    value: T,
    style: Option<Style>,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Some(style) => write!(f, "\u{1b}[{}m{}\u{1b}[0m", style.code(), self.value),
            None => self.value.fmt(f),
        }
    }
}

/// A text that can be shown: control characters become their pictures, so that no document commands a terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(picture).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_can_not_command_the_terminal() {
        assert_eq!(printable("词\u{1b}[31m\n\u{7f}\u{9b}"), "词␛[31m␊␡\u{fffd}");
        assert_eq!(printable("词河"), "词河");
    }

    #[test]
    fn without_colours_there_is_no_escape() {
        let painted = Paint { on: false }.of(Style::Bad, "词");
        assert_eq!(painted.to_string(), "词");
        let painted = Paint { on: true }.of(Style::Bad, "词");
        assert_eq!(painted.to_string(), "\u{1b}[1;31m词\u{1b}[0m");
    }
}
