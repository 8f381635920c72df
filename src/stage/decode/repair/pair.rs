//! A line end with what is known around it: the two lines, and the paragraph up to there.

use super::lines::Line;
use super::starts::Start;

/// What is known of the paragraph up to a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// The line is its first.
    pub(super) first: bool,
    /// How it began.
    pub(super) begins: Start,
    /// Opened and not yet closed.
    depth: i32,
    /// A straight quotation mark stands alone.
    quoted: bool,
}

impl Paragraph {
    /// A paragraph that begins with `line`.
    pub(super) fn new(line: &Line) -> Self {
        Self {
            first: true,
            begins: line.begins,
            depth: i32::from(line.opened).max(0),
            quoted: line.quoted,
        }
    }

    /// The same with one line more.
    pub(super) fn goes_on(self, line: &Line) -> Self {
        Self {
            first: false,
            depth: (self.depth + i32::from(line.opened)).max(0),
            quoted: self.quoted != line.quoted,
            ..self
        }
    }

    /// Whether a quotation or a bracket is open.
    pub(super) fn is_open(self) -> bool {
        self.quoted || self.depth > 0
    }
}

/// A line end: the lines around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'l> {
    /// The line that ends.
    pub(super) line: &'l Line,
    /// The next.
    pub(super) next: &'l Line,
    /// The line behind the next.
    pub(super) behind: Option<&'l Line>,
    /// The first pair of the text.
    pub(super) top: bool,
    /// What the line belongs to.
    pub(super) paragraph: Paragraph,
}
