//! Which script a text is written in, by counting the characters that only one of them uses.

use std::sync::OnceLock;

use super::offset::CharOffset;
use super::simplified::{Forms, Usage, forms};

/// The bytes of the first character of three bytes, U+0800, each as far to the left as [`place`] moves it.
const FIRST_OF_THREE: usize = (0xE0 << 12) + (0xA0 << 6) + 0x80;

/// What one look at every character of a text finds.
///
/// ```
/// use cihe::text::ScriptEvidence;
/// assert!(ScriptEvidence::of("這是繁體字").is_traditional());
/// assert!(ScriptEvidence::of("这是简体字").is_simplified());
/// let neither = ScriptEvidence::of("中文 text");
/// assert!(!neither.is_traditional() && !neither.is_simplified());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptEvidence {
    /// Characters.
    pub chars: u32,
    /// Characters that are not white space.
    pub visible: u32,
    /// Han characters.
    pub han: u32,
    /// Kana: where there are many, the Han characters are Japanese.
    pub kana: u32,
    /// Han characters that only simplified text uses.
    pub simplified: u32,
    /// Han characters that only traditional text uses.
    pub traditional: u32,
}

impl ScriptEvidence {
    /// Looks at every character of `text` once.
    pub fn of(text: &str) -> Self {
        let classes = classes();
        let mut found = Self::default();
        let mut rest = text.as_bytes();
        while let [first, after @ ..] = rest {
            if first.is_ascii() {
                found.chars += 1;
                found.visible += u32::from(!char::from(*first).is_whitespace());
                rest = after;
                continue;
            }
            let run = found.meet_run(rest, classes);
            let at = text.len() - rest.len() + run;
            rest = rest.get(run..).unwrap_or_default();
            if run == 0
                && let Some(char) = text.get(at..).and_then(|rest| rest.chars().next())
            {
                found.meet(char, forms());
                rest = rest.get(char.len_utf8()..).unwrap_or_default();
            }
        }
        found
    }

    /// Meets the characters of three bytes that `bytes` begins with, as many as a sum holds; returns their bytes. Nearly all
    /// characters are such, marks among them, so that a run of them is long and nothing in it depends on what a character is.
    fn meet_run(&mut self, bytes: &[u8], classes: &[Class]) -> usize {
        let most = 3 * Class::SUM;
        let run = bytes.get(..most).unwrap_or(bytes);
        let mut rest = run;
        let mut sum = 0;
        while let [first, second, third, after @ ..] = rest
            && let Some(class) = classes.get(place(*first, *second, *third))
        {
            sum += class.counts();
            rest = after;
        }
        let met = run.len() - rest.len();
        self.add(met / 3, sum);
        met
    }

    fn meet(&mut self, char: char, forms: &Forms) {
        self.add(1, Class::of(char, forms).counts());
    }

    /// Adds so many characters, whose classes have this sum.
    fn add(&mut self, chars: usize, sum: u64) {
        let chars = CharOffset::of(chars).raw();
        let [han, simplified, traditional, kana, blank] = Class::figures(sum);
        self.chars += chars;
        self.visible += chars - blank;
        self.han += han;
        self.kana += kana;
        self.simplified += simplified;
        self.traditional += traditional;
    }

    /// Han characters among all that are not white space.
    pub fn han_ratio(&self) -> f32 {
        // In steps of 1/10,000, which both types hold: more digits would pretend more than a count can say.
        let steps = u64::from(self.han) * 10_000 / u64::from(self.visible.max(1));
        f32::from(u16::try_from(steps).unwrap_or(10_000)) / 10_000.0
    }

    /// More characters of traditional than of simplified text.
    pub fn is_traditional(&self) -> bool {
        self.is_chinese() && self.traditional > self.simplified
    }

    /// At least as many characters of simplified as of traditional text, and some.
    pub fn is_simplified(&self) -> bool {
        self.is_chinese() && self.simplified > 0 && self.simplified >= self.traditional
    }

    /// Japanese text has a kana for every other kanji or so; a Chinese text with a Japanese name has not.
    fn is_chinese(&self) -> bool {
        self.kana * 3 <= self.han
    }
}

/// What a character counts for.
#[derive(Clone, Copy, Debug)]
enum Class {
    Other,
    Han,
    Simplified,
    Traditional,
    Kana,
    Blank,
}

impl Class {
    /// Bits of a figure in a sum of all five, and how many characters it has room for.
    const BITS: u32 = 12;
    const SUM: usize = (1 << Self::BITS) - 1;

    /// What it adds to the sum: one figure beside the other, so that a character costs one addition.
    #[inline]
    const fn counts(self) -> u64 {
        const HAN: u64 = 1;
        const TABLE: [u64; 6] = [
            0,
            HAN,
            HAN | 1 << Class::BITS,
            HAN | 1 << (2 * Class::BITS),
            1 << (3 * Class::BITS),
            1 << (4 * Class::BITS),
        ];
        TABLE[self as usize]
    }

    /// The figures of a sum: Han, simplified, traditional, kana, blank.
    fn figures(sum: u64) -> [u32; 5] {
        [0, 1, 2, 3, 4].map(|at| {
            let figure = sum >> (at * Self::BITS) & Self::SUM as u64;
            u32::try_from(figure).expect("a figure has twelve bits")
        })
    }

    fn of(char: char, forms: &Forms) -> Self {
        if is_han(char) {
            return match forms.usage(char) {
                Usage::Shared => Self::Han,
                Usage::Simplified => Self::Simplified,
                Usage::Traditional => Self::Traditional,
            };
        }
        match char {
            '\u{3041}'..='\u{30FF}' => Self::Kana,
            _ if char.is_whitespace() => Self::Blank,
            _ => Self::Other,
        }
    }
}

/// The classes of the characters of three bytes; built at first use.
fn classes() -> &'static [Class] {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let forms = forms();
        // Surrogates have a place and no character.
        let class = |code| char::from_u32(code).map_or(Class::Other, |char| Class::of(char, forms));
        ('\u{800}' as u32..=0xFFFF).map(class).collect()
    })
}

/// The number among the characters of three bytes of the one that is written so; larger than any of them for other characters.
#[inline]
fn place(first: u8, second: u8, third: u8) -> usize {
    let code = (usize::from(first) << 12) + (usize::from(second) << 6) + usize::from(third);
    code.wrapping_sub(FIRST_OF_THREE)
}

/// The bytes of the common ideographs that `text` begins with, `most` of them at most.
///
/// Nearly all of a Chinese text are such, and whoever looks for marks passes over them with this. Runs are short, so that it
/// is part of its callers: a step of four characters at once was slower, for it became a call.
#[inline]
pub(crate) fn han_prefix(text: &str, most: usize) -> usize {
    let mut rest = text.as_bytes();
    let mut left = most;
    while left > 0
        && let [0xE5..=0xE9, _, _, after @ ..] | [0xE4, 0xB8..=0xBF, _, after @ ..] = rest
    {
        rest = after;
        left -= 1;
    }
    text.len() - rest.len()
}

/// Whether `char` is a Han character (unified or compatibility ideograph, or the zero 〇).
pub const fn is_han(char: char) -> bool {
    matches!(char,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{3007}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = ScriptEvidence::of(text);
        let script = match (found.is_simplified(), found.is_traditional()) {
            (true, false) => "Hans",
            (false, true) => "Hant",
            (false, false) => "Zyyy",
            (true, true) => "both",
        };
        assert_eq!(script, expected, "{text}: {found:?}");
    }

    #[test]
    fn the_script_is_that_of_the_characters_only_one_of_them_uses() {
        check("河边的老图书馆周末开放。", "Hans");
        check("河邊的老圖書館週末開放。", "Hant");
        check("引文“國語”之外都是简体字，没有别的说法。", "Hans");
        check("這篇繁體文章提到了「国」字一次，別無其他。", "Hant");
    }

    #[test]
    fn without_evidence_there_is_no_script() {
        check("", "Zyyy");
        check("river 2024", "Zyyy");
        check("人口和山水", "Zyyy");
        check("皇后在台中", "Zyyy");
    }

    #[test]
    fn every_character_is_counted_as_if_it_stood_alone() {
        let planes = ('\u{0}'..='\u{FFFF}')
            .chain('\u{1F600}'..='\u{1F640}')
            .chain('\u{20000}'..='\u{20040}');
        let text: String = planes.collect();
        let mut expected = ScriptEvidence::default();
        text.chars().for_each(|char| expected.meet(char, forms()));
        assert_eq!(ScriptEvidence::of(&text), expected);
    }

    #[test]
    fn common_ideographs_are_passed_over() {
        for (text, most, expected) in [
            ("", 9, 0),
            ("河水a", 9, 6),
            ("河水涨了", 3, 9),
            ("㐀河", 9, 0),
            ("䷿河", 9, 0),
            ("一\u{9FFF}\u{A000}", 9, 6),
            ("，河", 9, 0),
        ] {
            assert_eq!(han_prefix(text, most), expected, "{text}");
        }
    }

    #[test]
    fn japanese_is_neither() {
        check("この図書館は国の施設です。", "Zyyy");
    }

    #[test]
    fn the_han_ratio_leaves_white_space_out() {
        let found = ScriptEvidence::of("水 \n 山ab");
        assert_eq!((found.han, found.visible, found.chars), (2, 4, 7));
        assert!((found.han_ratio() - 0.5).abs() < f32::EPSILON);
    }
}
