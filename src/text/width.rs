//! Chinese prose with its marks at full width: what segmenters and taggers read where text recognition or a hurried writer left
//! `,` for ， and `"` for “.
//!
//! The text itself keeps its marks, and so does the simplified view, whose bytes are the text's. A mark of half width takes one
//! byte and its counterpart three, so this reading has bytes of its own; its characters are as many, and one lookup leads a byte
//! back. Text without such marks, which is nearly all, is told by one pass over its bytes and is its own reading.
//!
//! | mark | is read at full width |
//! |---|---|
//! | `,` `:` `;` `!` `?` | behind a Chinese character or mark; behind anything else where a Chinese character follows at once |
//! | `(` | likewise, or before a Chinese character; `)` as the one it closes |
//! | `"` | likewise; the first of a pair is “, the other is as the first |
//!
//! Marks between letters, digits and signs stay as they are: `3,500`, `2:1`, `f("a")`, addresses with all that is in them up to white space
//! or a Chinese character. So does `.`, which is no less often the point of a number, a name or an address.

use super::script::is_han;

/// Brackets and quotation marks that wait for their counterpart at once; what is nested deeper stands for itself.
const DEPTH: usize = 8;
/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Reads texts with their marks at full width; keeps its memory from text to text.
///
/// ```
/// use cihe::text::FullWidth;
/// let mut reading = FullWidth::default();
/// assert_eq!(reading.of("他说:\"今天(周三)有1,500人.\""), Some("他说：“今天（周三）有1,500人.”"));
/// // The second mark is at byte 9 of the reading, and at byte 7 of the text.
/// assert_eq!(reading.byte_in_text(9), 7);
/// assert_eq!(reading.of("人口12,000，见 https://example.com/a?b=(c)"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct FullWidth {
    text: String,
    /// Where the marks that were read at full width begin, in the reading.
    marks: Vec<usize>,
}

/// What a character says of the mark next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Chinese,
    /// A letter, digit or sign that is not Chinese.
    Other,
    Space,
    /// The text's beginning or end.
    Edge,
}

/// A bracket or quotation mark that waits for its counterpart.
#[derive(Clone, Copy, Debug)]
struct Open {
    quote: bool,
    wide: bool,
}

/// What the pass knows of the text before a mark.
#[derive(Debug)]
struct Before {
    last: Side,
    /// The last that is no white space.
    visible: Side,
    /// Within an address such as `https://…`.
    address: bool,
    open: [Open; DEPTH],
    depth: usize,
}

impl FullWidth {
    /// The reading of `text`; `None` where that is the text itself.
    pub fn of(&mut self, text: &str) -> Option<&str> {
        if !may_have_marks(text.as_bytes()) {
            return None;
        }
        self.text.clear();
        self.marks.clear();
        let mut before = Before::new();
        for (at, char) in text.char_indices() {
            let wide = widened(char).and_then(|_| before.mark(text, at, char));
            let read = wide.unwrap_or(char);
            if wide.is_some() {
                self.marks.push(self.text.len());
            } else if char == ':' && text.get(at..).is_some_and(|rest| rest.starts_with("://")) {
                before.address = true;
            }
            self.text.push(read);
            before.step(read);
        }
        (!self.marks.is_empty()).then_some(self.text.as_str())
    }

    /// Where the byte `at` of the last reading that was no text itself is in that text.
    pub fn byte_in_text(&self, at: usize) -> usize {
        // Each mark before it has two bytes more.
        at.saturating_sub(2 * self.marks.partition_point(|mark| *mark < at))
    }
}

/// Whether a byte of the text is a mark of half width. Blocks without a branch inside are looked at many bytes at a time; most have no
/// byte of ASCII at all.
fn may_have_marks(bytes: &[u8]) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b',' | b':' | b';' | b'!' | b'?' | b'(' | b')' | b'"');
    bytes.chunks(BLOCK).any(|block| {
        let high = block.iter().fold(0xFF_u8, |all, byte| all & byte);
        high.is_ascii()
            && block
                .iter()
                .map(is_mark)
                .fold(false, |found, mark| found | mark)
    })
}

/// The counterpart of a mark; of quotation marks the opening one.
fn widened(char: char) -> Option<char> {
    Some(match char {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '"' => '“',
        _ => return None,
    })
}

fn side(char: char) -> Side {
    // Chinese marks and full forms, and the marks that are Chinese between Chinese characters.
    let mark = matches!(char, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FFEE}' | '“' | '”' | '‘' | '’' | '…' | '—');
    if char.is_whitespace() {
        Side::Space
    } else if mark || is_han(char) {
        Side::Chinese
    } else {
        Side::Other
    }
}

impl Before {
    const fn new() -> Self {
        let none = Open {
            quote: false,
            wide: false,
        };
        Self {
            last: Side::Edge,
            visible: Side::Edge,
            address: false,
            open: [none; DEPTH],
            depth: 0,
        }
    }

    /// Goes past a character as it was read.
    fn step(&mut self, char: char) {
        self.last = side(char);
        if self.last != Side::Other {
            self.address = false;
        }
        if self.last != Side::Space {
            self.visible = self.last;
        }
    }

    /// The mark at `at` at full width, where it is to be read so.
    fn mark(&mut self, text: &str, at: usize, char: char) -> Option<char> {
        let mut rest = text.get(at + 1..).unwrap_or_default().chars();
        let next = rest.next().map_or(Side::Edge, side);
        let wide = self.visible == Side::Chinese || next == Side::Chinese && self.may_begin(char);
        // Behind an address only what a Chinese character follows is no part of it.
        let wide = wide && !(self.address && (next != Side::Chinese || char == '?'));
        match char {
            '(' => self.push(false, wide),
            ')' => {
                let wide = self.close(false).unwrap_or(wide);
                return wide.then_some('）');
            }
            '"' => {
                let closes = self.close(true);
                // What ends a text opens nothing.
                let closing = closes.is_some() || next == Side::Edge;
                if !closing {
                    self.push(true, wide);
                }
                let mark = if closing { '”' } else { '“' };
                return closes.unwrap_or(wide).then_some(mark);
            }
            _ => {}
        }
        wide.then(|| widened(char)).flatten()
    }

    /// Whether a Chinese character behind the mark is enough. It is not behind a space or a sign: `x ? 是 : 否`, `f("是")`.
    fn may_begin(&self, char: char) -> bool {
        match char {
            '"' | '(' => self.last != Side::Other || char == '(',
            _ => self.last == Side::Other,
        }
    }

    fn push(&mut self, quote: bool, wide: bool) {
        if let Some(open) = self.open.get_mut(self.depth) {
            *open = Open { quote, wide };
            self.depth += 1;
        }
    }

    /// Takes back the last open mark of its kind, and all inside it; whether that was read at full width.
    fn close(&mut self, quote: bool) -> Option<bool> {
        let open = self.open.get(..self.depth)?;
        let at = open.iter().rposition(|open| open.quote == quote)?;
        let wide = open.get(at)?.wide;
        self.depth = at;
        Some(wide)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut reading = FullWidth::default();
        assert_eq!(reading.of(text).unwrap_or(text), expected);
    }

    #[test]
    fn marks_of_chinese_prose_are_read_at_full_width() {
        check(
            "河水涨了,桥还在;谁去看?我去!",
            "河水涨了，桥还在；谁去看？我去！",
        );
        check("他说:\"天黑了。\"我们回家。", "他说：“天黑了。”我们回家。");
        check(
            "他说: \"天黑了。\" 我们(三个人)回家。",
            "他说： “天黑了。” 我们（三个人）回家。",
        );
        check("\"好!\"她说,\"走吧\"", "“好！”她说，“走吧”");
        check(
            "今年(8月13日)涨了80%,其中GDP(总值)也涨了",
            "今年（8月13日）涨了80%，其中GDP（总值）也涨了",
        );
        check(
            "世界银行(World Bank),见《河》:一、",
            "世界银行（World Bank），见《河》：一、",
        );
    }

    #[test]
    fn numbers_latin_text_addresses_and_code_stay_as_they_are() {
        for text in [
            "",
            "人口12,000，比分2:1。",
            "Hello, world! (really?) \"yes\"; 好",
            "见 https://example.com/a?b=(c),d 网页",
            "print(\"hello\", 1); x = a ? b : c;",
            "f(\"是\")",
            "时间10:30",
            "３，５",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn an_address_ends_where_chinese_begins() {
        check(
            "网站(http://a.example/b?c=1)和账号",
            "网站（http://a.example/b?c=1）和账号",
        );
        check("见http://a.example,然后走", "见http://a.example，然后走");
    }

    #[test]
    fn what_closes_is_as_wide_as_what_opened() {
        check("桥(a (b) c)好", "桥（a (b) c）好");
        check("a (b) c", "a (b) c");
        check("好)", "好）");
        let deep = "桥".to_owned() + &"(".repeat(20) + &")".repeat(20);
        let mut reading = FullWidth::default();
        assert_eq!(reading.of(&deep).map(|read| read.chars().count()), Some(41));
    }

    proptest! {
        #[test]
        fn every_character_leads_back_to_its_own(text in "([水桥a1 ,:;!?()\"。，”]|://|\n){0,40}") {
            let mut reading = FullWidth::default();
            let Some(read) = reading.of(&text).map(str::to_owned) else { return Ok(()) };
            prop_assert!(read != text);
            let mut read_chars = read.char_indices();
            for (at, char) in text.char_indices() {
                let (read_at, read_char) = read_chars.next().unwrap();
                prop_assert_eq!(reading.byte_in_text(read_at), at);
                prop_assert!(read_char == char || widened(char).is_some() && read_char.len_utf8() == 3);
            }
            prop_assert_eq!(read_chars.next(), None);
            prop_assert_eq!(reading.byte_in_text(read.len()), text.len());
        }
    }
}
