//! The lines of a text and what is measured of each.
//!
//! A line is measured once, in one pass over its characters; what follows looks at the figures only. Lines wider than any column are
//! not measured: they are paragraphs already, and of those only beginning and end matter.

use memchr::memchr2_iter;

use std::ops::Range;

use super::class::{Class, first};
use super::marks::{End, end, is_blank, width};
use super::starts::{Start, start};
use crate::text::han_prefix;

/// Columns of the widest line that a machine may have broken.
pub(super) const WIDEST: u16 = 92;
/// Bytes of a line that is wider than that, whatever its characters.
const TOO_LONG: usize = 300;

/// The lines of `text` without their ends: line feeds, carriage returns, or both.
pub(in crate::stage::decode) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut ends = memchr2_iter(b'\n', b'\r', bytes);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let Some(end) = ends.next() else {
            at = bytes.len();
            return (start < at).then_some(start..at);
        };
        at = end + 1;
        if let Some([b'\r', b'\n']) = bytes.get(end..end + 2) {
            ends.next();
            at += 1;
        }
        Some(start..end)
    })
}

/// What is counted of a line, apart from it: so it stays in registers.
#[derive(Default)]
struct Counts {
    columns: u16,
    chars: u16,
    wide: u16,
    marks: u16,
    stops: u16,
    members: u16,
    pause: u16,
    opened: i16,
    quoted: bool,
    ruled: bool,
}

impl Counts {
    /// Counts the characters of a line whose first `run` bytes are common ideographs: most are, and those say no more than how many
    /// they are.
    fn of(line: &str, mut run: usize) -> Self {
        let mut counts = Self::default();
        let mut narrow = 0;
        // Whether the last character was Han.
        let mut after_han = false;
        let mut rest = line.get(run..).unwrap_or_default();
        loop {
            let han = u16::try_from(run / 3).unwrap_or(u16::MAX);
            counts.chars += han;
            counts.wide += 2 * han;
            let Some((class, bytes)) = first(rest) else {
                break;
            };
            let dot = (han > 0 || after_han) && rest.starts_with('.');
            let comma = rest.starts_with('、');
            rest = rest.get(bytes..).unwrap_or_default();
            counts.members += u16::from(comma && !rest.is_empty());
            counts.chars += 1;
            let wide = u16::from(class.has(Class::WIDE));
            counts.wide += 2 * wide;
            narrow += 1 - wide;
            after_han = class.has(Class::HAN);
            if dot || class.is_notable() {
                // A mark is inside the line if something follows; a half-width full stop is a decimal point but behind Han.
                let inner = (dot || class.has(Class::MARK)) && !rest.is_empty();
                if inner && counts.marks == 0 {
                    counts.pause = counts.chars;
                }
                counts.marks += u16::from(inner);
                counts.stops += u16::from(inner && (dot || class.has(Class::STOP)));
                counts.opened += i16::from(class.has(Class::OPENING));
                counts.opened -= i16::from(class.has(Class::CLOSING));
                counts.quoted ^= class.has(Class::QUOTE);
                counts.ruled |= class.has(Class::RULED);
            }
            run = han_prefix(rest, TOO_LONG);
            rest = rest.get(run..).unwrap_or_default();
        }
        if counts.marks == 0 {
            counts.pause = counts.chars;
        }
        counts.columns = counts.wide + narrow;
        counts
    }
}

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// First byte that is no white space.
    pub(super) start: u32,
    /// One past the last such byte.
    pub(super) end: u32,
    /// Columns of white space before it.
    pub(super) indent: u16,
    /// Blank lines before it.
    pub(super) gap: u16,
    /// Its width in columns; more than [`WIDEST`] means that nothing else was measured.
    pub(super) columns: u16,
    /// Its characters.
    pub(super) chars: u16,
    /// The columns of its wide characters.
    pub(super) wide: u16,
    /// Marks of sentences in it, its last character left out.
    pub(super) marks: u16,
    /// Those of them that end a sentence.
    pub(super) stops: u16,
    /// Commas of enumerations in it, its last character left out.
    pub(super) members: u16,
    /// Characters before the first mark; all of them where there is none.
    pub(super) pause: u16,
    /// Openings less closings.
    pub(super) opened: i16,
    /// Whether a straight quotation mark is left over.
    pub(super) quoted: bool,
    /// How it begins.
    pub(super) begins: Start,
    /// How it ends.
    pub(super) ends: End,
    /// Its first character.
    pub(super) first: char,
    /// Its last.
    pub(super) last: char,
    /// White space behind it.
    pub(super) trailing: bool,
    /// Characters that only tables and code have.
    pub(super) ruled: bool,
}

impl Line {
    /// The line at `bytes` of `text`, `gap` blank lines behind the one before; `None` where it is blank itself.
    pub(super) fn measure(text: &str, bytes: &Range<usize>, gap: u16) -> Option<Self> {
        let whole = text.get(bytes.clone()).unwrap_or_default();
        let body = whole.trim_start_matches(is_blank);
        let lead = whole.len() - body.len();
        let trimmed = body.trim_end_matches(is_blank);
        let (first, last) = (trimmed.chars().next()?, trimmed.chars().next_back()?);
        let run = han_prefix(trimmed, TOO_LONG / 3);
        let at = bytes.start + lead;
        let indent = whole.get(..lead).unwrap_or_default();
        let counts = if trimmed.len() <= TOO_LONG {
            Counts::of(trimmed, run)
        } else {
            Counts {
                columns: WIDEST + 1,
                ..Counts::default()
            }
        };
        Some(Self {
            start: u32::try_from(at).ok()?,
            end: u32::try_from(at + trimmed.len()).ok()?,
            indent: indent.chars().take(64).map(width).sum(),
            gap,
            columns: counts.columns,
            chars: counts.chars,
            wide: counts.wide,
            marks: counts.marks,
            stops: counts.stops,
            members: counts.members,
            pause: counts.pause,
            opened: counts.opened,
            quoted: counts.quoted,
            begins: start(trimmed, run),
            ends: end(trimmed),
            first,
            last,
            trailing: trimmed.len() < body.len(),
            ruled: counts.ruled,
        })
    }

    /// Too wide to be a line that was broken.
    pub(super) fn is_long(&self) -> bool {
        self.columns > WIDEST
    }

    /// The line without white space around it.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.bytes()).unwrap_or_default()
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether its sentence may go on.
    pub(super) fn is_open_ended(&self) -> bool {
        matches!(
            self.ends,
            End::Pause | End::Open | End::Closed | End::Han | End::Latin
        )
    }

    /// Whether it has marks of a sentence anywhere.
    pub(super) fn is_marked(&self) -> bool {
        self.marks > 0 || matches!(self.ends, End::Stop | End::Pause | End::Semicolon)
    }

    /// Whether it is prose, as far as its marks tell.
    pub(super) fn is_prose(&self, text: &str) -> bool {
        if self.is_long() {
            self.of(text).contains(['。', '，', ','])
        } else {
            self.stops > 0 || self.marks > 1
        }
    }
}
