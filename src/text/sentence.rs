//! Where the sentences of a paragraph end.
//!
//! One pass, one small stack, no look further ahead than a dozen characters. The rules:
//!
//! - 。！？!? end a sentence, and take with them the marks, ellipses and closing quotes that follow. ； does not.
//! - A run of … (or of three and more `.`) belongs to what stands before it, and ends the sentence unless the text goes on
//!   with a comma or the like.
//! - `.` and ．end a sentence where they are no decimal point, list number or abbreviation, and are not glued to what follows. A
//!   decimal point may have a space behind it.
//! - Nothing ends inside brackets or book titles, except that a bracket may be a sentence of its own.
//! - A quotation that a colon, a comma or the sentence's beginning introduces ends its sentence where its last mark
//!   stands before the closing quote, unless 的, a comma or a bare "he said" follows. Any other quotation is a word of its
//!   sentence.
//! - A quotation of several sentences is cut after those of them that have at least [`QUOTED`] characters, as the Peking University
//!   corpus does.
//! - Marks of half width count as those of full width, and a pair may have one of each, as text recognition leaves it: （见附图).
//! - An opening mark that is not closed within [`REACH`] characters is taken for a slip and forgotten.

use std::ops::Range;

use super::script::is_han;

/// Characters after which an opening mark without its counterpart is forgotten.
const REACH: u32 = 200;
/// Characters that a sentence inside a quotation has at least, to be cut off by itself.
const QUOTED: u32 = 8;
/// Marks open at once; what is nested deeper is not looked at.
const DEPTH: usize = 16;
/// Characters of an attribution such as 他笑着说.
const ATTRIBUTION: usize = 12;

/// The sentences of one paragraph, as byte ranges: in order, without overlap, each beginning and ending with something
/// other than white space, and nothing but white space between them.
///
/// ```
/// let text = "增长3.5%。他问：“真的吗？”没人回答……";
/// let sentences: Vec<&str> = cihe::text::sentences(text).map(|at| &text[at]).collect();
/// assert_eq!(sentences, ["增长3.5%。", "他问：“真的吗？”", "没人回答……"]);
/// ```
pub fn sentences(paragraph: &str) -> Sentences<'_> {
    Sentences {
        text: paragraph,
        at: 0,
        char: 0,
        open: Vec::new(),
    }
}

/// Iterates over the sentences of a paragraph; made by [`sentences`].
#[derive(Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    at: usize,
    char: u32,
    open: Vec<Open>,
}

/// An opening mark that waits for its counterpart.
#[derive(Clone, Copy, Debug)]
struct Open {
    closer: char,
    char: u32,
    /// Brackets keep what they hold together; quotations may be cut.
    quotes: bool,
    /// Stands where a quotation can be the end of its sentence.
    introduced: bool,
}

/// What stands behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    Nothing,
    /// An introduced quotation, or a bracket that is the whole sentence.
    Whole,
    /// A quotation or bracket inside a sentence.
    Part,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        self.next_piece().map(|piece| piece.bytes)
    }
}

/// A sentence in bytes and in characters of its paragraph: the second are counted anyway.
pub(crate) struct Piece {
    /// Its bytes.
    pub(crate) bytes: Range<usize>,
    /// Its characters.
    pub(crate) chars: Range<u32>,
}

impl Sentences<'_> {
    /// The next sentence with its characters.
    pub(crate) fn next_piece(&mut self) -> Option<Piece> {
        while let Some(char) = self.peek().filter(|char| char.is_whitespace()) {
            self.step(char);
        }
        let start = self.at;
        let first = self.char;
        let (mut end, mut last) = (start, first);
        while self.at < self.text.len() {
            let plain = self.skip_plain();
            if plain > end {
                (end, last) = (plain, self.char);
            }
            let Some(char) = self.peek() else { break };
            if self.mark(char, start, first) {
                return Some(Piece {
                    bytes: start..self.at,
                    chars: first..self.char,
                });
            }
            if !char.is_whitespace() {
                (end, last) = (self.at, self.char);
            }
        }
        let rest = self.text.get(start..end).unwrap_or_default();
        let blank = rest.chars().rev().take_while(|char| char.is_whitespace());
        let (blanks, bytes) = blank.fold((0, 0), |(count, bytes), char| {
            (count + 1, bytes + char.len_utf8())
        });
        (!rest.is_empty()).then(|| Piece {
            bytes: start..end - bytes,
            chars: first..last - blanks,
        })
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self, char: char) {
        self.at += char.len_utf8();
        self.char += 1;
    }

    /// Passes over the bytes that begin no mark; returns where it stands.
    fn skip_plain(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        let mut rest = bytes.get(self.at..).unwrap_or_default();
        let mut chars = 0;
        loop {
            // Han characters, which most are: four at a time, and what is left one by one. It pays here, where nothing but marks
            // ends a run.
            while let Some(([a, _, _, b, _, _, c, _, _, d, _, _], after)) = rest.split_first_chunk()
                && is_han_lead(*a) & is_han_lead(*b) & is_han_lead(*c) & is_han_lead(*d)
            {
                rest = after;
                chars += 4;
            }
            while let [lead, _, _, after @ ..] = rest
                && is_han_lead(*lead)
            {
                rest = after;
                chars += 1;
            }
            rest = match rest {
                // ASCII, ‘ ’ “ ” …, 。 and the brackets up to 】 with 〔 and 〕, ！ （ ） ． ？
                []
                | [b'!' | b'"' | b'(' | b')' | b'.' | b'?' | b'[' | b']', ..]
                | [0xE2, 0x80, 0x98 | 0x99 | 0x9C | 0x9D | 0xA6, ..]
                | [0xE3, 0x80, 0x82 | 0x88..=0x91 | 0x94 | 0x95, ..]
                | [0xEF, 0xBC, 0x81 | 0x88 | 0x89 | 0x8E | 0x9F, ..] => break,
                [0..0x80, after @ ..]
                | [0x80..0xE0, _, after @ ..]
                | [0xE0..0xF0, _, _, after @ ..]
                | [_, _, _, _, after @ ..] => after,
                _ => &[],
            };
            chars += 1;
        }
        self.at = bytes.len() - rest.len();
        self.char += chars;
        self.at
    }

    /// Takes one mark with what belongs to it; whether the sentence ends behind it.
    fn mark(&mut self, char: char, start: usize, first: u32) -> bool {
        let at = self.at;
        if let Some((closer, quotes)) = opens(char)
            && !(char == '"' && self.is_open('"') && !self.before(start).ends_with([':', '：']))
        {
            self.push(closer, quotes, start);
            self.step(char);
            return false;
        }
        self.step(char);
        if closes(char) {
            self.close(char, start, first);
            return false;
        }
        let ellipsis = is_ellipsis(self.text, at, char);
        if !ellipsis && !ends(self.text, at, char, start) {
            return false;
        }
        let closed = self.take_followers(start, first);
        // A sentence may begin with an ellipsis.
        if ellipsis && at == start {
            return false;
        }
        self.ends_here(ellipsis, closed, first)
    }

    fn ends_here(&mut self, ellipsis: bool, closed: Closed, first: u32) -> bool {
        let now = self.char;
        self.open.retain(|open| now - open.char <= REACH);
        if let Some(last) = self.open.last() {
            let held = now - last.char.max(first);
            return !ellipsis
                && closed == Closed::Nothing
                && held > QUOTED
                && self.open.iter().all(|open| open.quotes);
        }
        match closed {
            Closed::Nothing => !(ellipsis && goes_on(self.rest())),
            Closed::Whole => !goes_on(self.rest()),
            Closed::Part => self.rest().trim_start().is_empty(),
        }
    }

    /// Takes the marks and closing quotes that follow a mark.
    fn take_followers(&mut self, start: usize, first: u32) -> Closed {
        let mut closed = Closed::Nothing;
        while let Some(char) = self.peek() {
            if is_stop(char) || char == '…' || char == '.' && self.after_dot() {
                // A mark behind a bracket or quotation ends the sentence around it.
                closed = Closed::Nothing;
            } else if closes(char) && (!char.is_ascii() || self.is_open(char)) {
                closed = self.close(char, start, first);
            } else {
                break;
            }
            self.step(char);
        }
        closed
    }

    fn after_dot(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.ends_with(['.', '。', '?', '!', '？', '！'])
    }

    fn is_open(&self, closer: char) -> bool {
        let closer = full_width(closer);
        self.open.iter().any(|open| open.closer == closer)
    }

    fn push(&mut self, closer: char, quotes: bool, start: usize) {
        if self.open.len() >= DEPTH {
            let now = self.char;
            self.open.retain(|open| now - open.char <= REACH);
        }
        if self.open.len() < DEPTH {
            let before = self.before(start);
            self.open.push(Open {
                closer,
                char: self.char,
                quotes,
                introduced: before.is_empty() || quotes && introduces(before),
            });
        }
    }

    /// What stands between `start` and here.
    fn before(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Forgets the mark that `char` closes, and all inside it.
    fn close(&mut self, char: char, start: usize, first: u32) -> Closed {
        let closer = full_width(char);
        let Some(at) = self.open.iter().rposition(|open| open.closer == closer) else {
            return if start == self.at {
                Closed::Part
            } else {
                Closed::Whole
            };
        };
        let open = self.open.get(at).copied();
        self.open.truncate(at);
        match open {
            // Its beginning was cut off as a sentence of its own.
            Some(open) if open.introduced || open.char < first => Closed::Whole,
            _ => Closed::Part,
        }
    }
}

/// Whether the byte begins a common ideograph, or another character of their blocks that is no mark.
#[inline]
const fn is_han_lead(byte: u8) -> bool {
    matches!(byte, 0xE4..=0xE9)
}

/// Whether a quotation that follows is one of its own.
fn introduces(before: &str) -> bool {
    before
        .trim_end_matches(' ')
        .ends_with(['：', ':', '，', ',', '”', '’', '」', '』'])
}

/// The counterpart of an opening mark at full width, and whether the two are quotation marks.
fn opens(char: char) -> Option<(char, bool)> {
    Some(match char {
        '“' | '"' => ('”', true),
        '‘' => ('’', true),
        '「' => ('」', true),
        '『' => ('』', true),
        '（' | '(' => ('）', false),
        '【' => ('】', false),
        '《' => ('》', false),
        '〈' => ('〉', false),
        '〔' => ('〕', false),
        '[' => (']', false),
        _ => return None,
    })
}

/// A closing mark as those wait for it that were opened.
fn full_width(closer: char) -> char {
    match closer {
        '"' => '”',
        ')' => '）',
        _ => closer,
    }
}

fn closes(char: char) -> bool {
    matches!(
        char,
        '”' | '’' | '」' | '』' | '）' | '】' | '》' | '〉' | '〕' | ')' | ']' | '"'
    )
}

/// Marks that end a sentence wherever they stand.
fn is_stop(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '!' | '?')
}

/// Whether the mark at `at` begins an ellipsis.
fn is_ellipsis(text: &str, at: usize, char: char) -> bool {
    char == '…' || char == '.' && text.get(at..).is_some_and(|rest| rest.starts_with("..."))
}

/// Whether the mark `char` at `at` ends a sentence that began at `start`.
fn ends(text: &str, at: usize, char: char, start: usize) -> bool {
    let next = text
        .get(at + char.len_utf8()..)
        .and_then(|rest| rest.chars().next());
    match char {
        '。' | '！' | '？' => true,
        // `?` and `!` of an address or a formula are glued to what follows; behind a Chinese character a number may follow.
        '!' | '?' => next.is_none_or(|next| match next {
            '0'..='9' => before(text, at).is_some_and(is_han),
            _ => !next.is_ascii_alphanumeric() && !"/=&#_%".contains(next),
        }),
        '．' => {
            !is_number(text.get(start..at).unwrap_or_default())
                && (next.is_none_or(|next| !is_digit(next))
                    || before(text, at).is_none_or(|last| !is_digit(last)))
        }
        '.' => {
            next.is_none_or(|next| next.is_whitespace() || closes(next))
                && !is_number(text.get(start..at).unwrap_or_default())
                && !is_abbreviation(text, at)
                && !is_split_number(text, at)
        }
        _ => false,
    }
}

/// Whether the full stop at `at` is a decimal point with a space behind it, as text recognition leaves it: `1. 8 万吨`.
fn is_split_number(text: &str, at: usize) -> bool {
    let mut behind = text.get(at..).unwrap_or_default().chars().skip(1);
    before(text, at).is_some_and(is_digit)
        && behind.next() == Some(' ')
        && behind.next().is_some_and(is_digit)
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}

/// Whether `text` is the number of a list's item.
fn is_number(text: &str) -> bool {
    let numeral = |char: char| is_digit(char) || "一二三四五六七八九十".contains(char);
    !text.is_empty() && text.len() <= 9 && text.chars().all(numeral)
}

/// Whether the word before the full stop at `at` is one that has a full stop of its own.
fn is_abbreviation(text: &str, at: usize) -> bool {
    const KNOWN: [&str; 22] = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "vs", "etc", "e.g", "i.e", "Inc", "Ltd",
        "Co", "Corp", "No", "Fig", "Vol", "al", "Mt", "pp",
    ];
    // The longest of them is four bytes; `U.S` and the like end with a single letter.
    let word = text
        .as_bytes()
        .get(at.saturating_sub(5)..at)
        .unwrap_or_default();
    let letters = word
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'.')
        .count();
    let word = word.get(word.len() - letters..).unwrap_or_default();
    KNOWN.iter().any(|known| known.as_bytes() == word)
        || matches!(word, [.., b'.', letter] | [letter] if letter.is_ascii_uppercase())
}

/// Whether the sentence goes on behind a quotation or an ellipsis.
fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    if rest.starts_with(links) {
        return true;
    }
    let clause = rest.chars().take(ATTRIBUTION).position(ends_clause);
    let Some(length) = clause else { return false };
    let said = rest.chars().take(length).last();
    said.is_some_and(says)
}

/// What no sentence begins with.
fn links(char: char) -> bool {
    matches!(
        char,
        '，' | '、'
            | '；'
            | '：'
            | ','
            | ';'
            | ':'
            | '—'
            | '～'
            | '的'
            | '地'
            | '之'
            | '等'
            | '和'
            | '与'
            | '與'
            | '及'
    )
}

fn ends_clause(char: char) -> bool {
    matches!(
        char,
        '，' | '。'
            | '！'
            | '？'
            | '：'
            | '；'
            | '、'
            | ','
            | '.'
            | '!'
            | '?'
            | ':'
            | ';'
            | '“'
            | '「'
            | '\n'
    )
}

/// The last character of verbs of saying.
fn says(char: char) -> bool {
    matches!(
        char,
        '说' | '道' | '问' | '答' | '喊' | '叫' | '称' | '讲' | '嚷' | '說' | '問' | '稱' | '講'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_is_passed_over_as_plain() {
        for char in '\0'..='\u{FFFF}' {
            let marks = opens(char).is_some() || closes(char) || is_stop(char);
            if marks || matches!(char, '…' | '.' | '．') {
                let text = format!("水{char}木");
                assert_eq!(sentences(&text).skip_plain(), 3, "{char:?}");
            }
        }
    }
}
