//! Characters as small numbers, forms that mean the same as one.
//!
//! Newspapers write a comma of full width, notices of half width, so that the model reads one of both and nothing has to be
//! learned twice. The same goes for digits, which one, of full-width letters, and of quotation marks.

/// The code before the first and behind the last character.
pub(super) const EDGE: u16 = 0;
/// Codes below are those of characters that the model doesn't know, by class.
const KNOWN: u16 = 16;
/// Bits of a code: four of them and a kind make a key of 64 bits.
pub(super) const BITS: u32 = 15;
const DIRECT: usize = 0x1_0000;

/// What a character looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Edge,
    Han,
    Numeral,
    Digit,
    Upper,
    Lower,
    Pause,
    Dot,
    Bracket,
    Quote,
    Stop,
    Space,
    Other,
}

impl Class {
    /// The class of a character in its one form.
    pub(super) fn of(ch: char) -> Self {
        match ch {
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
            | '万' | '亿' | '零' | '〇' | '两' => Self::Numeral,
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Self::Han,
            '0'..='9' => Self::Digit,
            'A'..='Z' => Self::Upper,
            'a'..='z' => Self::Lower,
            '、' => Self::Pause,
            '·' => Self::Dot,
            '(' | ')' | '《' | '》' | '〈' | '〉' | '[' | ']' | '【' | '】' => Self::Bracket,
            '"' => Self::Quote,
            ' ' => Self::Space,
            ',' | ';' | ':' | '!' | '?' | '。' | '.' => Self::Stop,
            _ if ch.is_uppercase() => Self::Upper,
            _ if ch.is_lowercase() => Self::Lower,
            _ => Self::Other,
        }
    }
}

/// The one form of a character.
pub(super) fn plain(ch: char) -> char {
    let ch = match ch {
        '！'..='～' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        _ => ch,
    };
    match ch {
        '0'..='9' => '0',
        '“' | '”' | '「' | '」' | '『' | '』' | '‘' | '’' | '\'' => '"',
        '•' | '・' | '‧' | '∙' => '·',
        '—' | '–' | '―' | '─' => '-',
        _ if ch.is_whitespace() => ' ',
        _ => ch,
    }
}

/// The characters that a model knows, numbered.
#[derive(Clone, Debug)]
pub(super) struct Alphabet {
    /// The code of each character of the Basic Multilingual Plane, its class if it is not known.
    codes: Vec<u16>,
    /// The class of each code.
    classes: Vec<u8>,
    chars: Vec<char>,
}

impl Alphabet {
    /// Of characters in their one form.
    pub(super) fn new(chars: Vec<char>) -> Self {
        let mut codes = vec![Class::Other as u16; DIRECT];
        for (at, code) in codes.iter_mut().enumerate() {
            let ch = u32::try_from(at).ok().and_then(char::from_u32);
            *code = ch.map_or(Class::Other, |ch| Class::of(plain(ch))) as u16;
        }
        let mut classes: Vec<u8> = (0..).take(usize::from(KNOWN)).collect();
        for (ch, code) in chars.iter().zip(KNOWN..1 << BITS) {
            classes.push(Class::of(*ch) as u8);
            if let Some(place) = codes.get_mut(*ch as usize) {
                *place = code;
            }
        }
        // Other forms have the code of the one.
        for at in 0..DIRECT {
            let Some(ch) = u32::try_from(at).ok().and_then(char::from_u32) else {
                continue;
            };
            let one = plain(ch);
            if one != ch && (one as usize) < DIRECT {
                codes[at] = codes[one as usize];
            }
        }
        Self {
            codes,
            classes,
            chars,
        }
    }

    /// The code of `ch`.
    #[inline]
    pub(super) fn code(&self, ch: char) -> u16 {
        match self.codes.get(ch as usize) {
            Some(code) => *code,
            None => Class::of(ch) as u16,
        }
    }

    /// The class of a code, a small number.
    #[inline]
    pub(super) fn class(&self, code: u16) -> u8 {
        let class = self.classes.get(usize::from(code));
        class.copied().unwrap_or(Class::Other as u8)
    }

    /// How many codes there are.
    pub(super) fn count(chars: usize) -> usize {
        (chars + usize::from(KNOWN)).min(1 << BITS)
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }
}
