//! Which script a text is written in, by counting the characters that only one of them uses.

use super::simplified::{Forms, Usage, forms};

/// The bytes of the first common ideograph, U+4E00, each as far to the left as [`place`] moves it.
const FIRST_COMMON: usize = (0xE4 << 12) + (0xB8 << 6) + 0x80;

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
        let forms = forms();
        let mut found = Self::default();
        // By usage. Nearly all characters are three bytes of the basic plane, for which these and one lookup are all there is
        // to do.
        let common = forms.common();
        let (mut han, mut simplified, mut traditional) = (0, 0, 0);
        let mut rest = text.as_bytes();
        loop {
            // The place in the table is out of it for whatever begins otherwise than a common ideograph. Each counter stays in a
            // register: a table of three would be written and read again for every character.
            while let [first, second, third, after @ ..] = rest
                && let Some(usage) = common.get(place(*first, *second, *third))
            {
                let usage = *usage as u32;
                han += 1;
                simplified += usage & 1;
                traditional += usage >> 1;
                rest = after;
            }
            let [first, after @ ..] = rest else { break };
            if first.is_ascii() {
                found.chars += 1;
                found.visible += u32::from(!char::from(*first).is_whitespace());
                rest = after;
                continue;
            }
            let at = text.len() - rest.len();
            let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                break;
            };
            found.meet(char, forms);
            rest = rest.get(char.len_utf8()..).unwrap_or_default();
        }
        found.chars += han;
        found.visible += han;
        found.han += han;
        found.simplified += simplified;
        found.traditional += traditional;
        found
    }

    fn meet(&mut self, char: char, forms: &Forms) {
        self.chars += 1;
        if is_han(char) {
            self.han += 1;
            self.visible += 1;
            match forms.usage(char) {
                Usage::Shared => {}
                Usage::Simplified => self.simplified += 1,
                Usage::Traditional => self.traditional += 1,
            }
        } else {
            self.visible += u32::from(!char.is_whitespace());
            self.kana += u32::from(('\u{3041}'..='\u{30FF}').contains(&char));
        }
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

/// The number of the common ideograph that is written with these bytes; larger than any of them for other characters.
#[inline]
fn place(first: u8, second: u8, third: u8) -> usize {
    let code = (usize::from(first) << 12) + (usize::from(second) << 6) + usize::from(third);
    code.wrapping_sub(FIRST_COMMON)
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
