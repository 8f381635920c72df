//! From the codes of a font to characters, and how wide they are.
//!
//! The file's own table (`ToUnicode`) comes first. Without it the encoding tells: those named `Uni…` are Unicode, the other predefined
//! ones lead to a number in a character collection, which has a table of its own. A simple font without a table is taken for
//! Windows' Latin, but for the glyphs that it names.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use rustc_hash::FxHashMap;

use super::read::is_small;

/// Width of a character that the font does not tell, in thousandths of its size.
const WIDTH: f64 = 1000.0;
/// The same of a simple font.
const NARROW: f64 = 500.0;

/// A font.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
    widths: FxHashMap<u32, f64>,
    width: f64,
    /// Written from top to bottom.
    pub(super) vertical: bool,
}

/// What codes are.
enum Codes {
    /// One byte each; the characters of those that the font names.
    Simple(FxHashMap<u32, String>),
    /// Two bytes, UTF-16.
    Utf16,
    /// Of one to four bytes, with a way to a number in a collection, and from there to a character.
    Numbered(Box<CMap>, Option<Box<CMap>>),
}

/// A code of a string: its character, if any table has one, its width, and how many bytes it takes.
pub(super) struct Glyph {
    pub(super) text: Option<String>,
    /// In thousandths of the font's size.
    pub(super) width: f64,
    pub(super) bytes: usize,
    /// The single byte 32, which word spacing widens.
    pub(super) space: bool,
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let to_unicode = dict
            .get::<Stream<'_>>(b"ToUnicode")
            .and_then(|stream| table(&stream));
        let composite = dict
            .get::<Name<'_>>(b"Subtype")
            .is_some_and(|name| &*name == b"Type0");
        if composite {
            Self::composite(dict, to_unicode)
        } else {
            Self::simple(dict, to_unicode)
        }
    }

    fn simple(dict: &Dict<'_>, to_unicode: Option<CMap>) -> Self {
        let first = dict.get::<i32>(b"FirstChar").unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        let mut widths = FxHashMap::default();
        if let Some(array) = dict.get::<Array<'_>>(b"Widths") {
            let numbers = array.iter::<Number>().take(256);
            widths.extend(
                (first..)
                    .zip(numbers)
                    .map(|(code, width)| (code, width.as_f64())),
            );
        }
        Self {
            to_unicode,
            codes: Codes::Simple(named(dict)),
            widths,
            width: NARROW,
            vertical: false,
        }
    }

    fn composite(dict: &Dict<'_>, to_unicode: Option<CMap>) -> Self {
        let below = dict
            .get::<Array<'_>>(b"DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next())
            .unwrap_or_default();
        let name = dict.get::<Name<'_>>(b"Encoding");
        let name: &[u8] = name.as_deref().unwrap_or_default();
        let embedded = dict
            .get::<Stream<'_>>(b"Encoding")
            .and_then(|stream| table(&stream));
        let codes = if name.starts_with(b"Uni")
            && (name.windows(4).any(|part| part == b"UCS2")
                || name.windows(5).any(|part| part == b"UTF16"))
        {
            Codes::Utf16
        } else {
            let known = CMapName::from_bytes(name);
            let encoding = embedded
                .or_else(|| CMap::parse(load_embedded(known)?, load_embedded))
                .unwrap_or_else(CMap::identity_h);
            Codes::Numbered(Box::new(encoding), collection(&below).map(Box::new))
        };
        let width = below
            .get::<Number>(b"DW")
            .map_or(WIDTH, |width| width.as_f64());
        Self {
            to_unicode,
            codes,
            widths: widths(&below),
            width,
            vertical: name.ends_with(b"-V"),
        }
    }

    /// The first code of `bytes`, which are not empty.
    pub(super) fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = |len: usize| {
            let taken = bytes.iter().take(len);
            taken.fold(0_u32, |code, byte| code << 8 | u32::from(*byte))
        };
        let said = |code: u32| self.to_unicode.as_ref()?.lookup_bf_string(code).map(text);
        match &self.codes {
            Codes::Simple(names) => {
                let own = code(1);
                let text = said(own)
                    .or_else(|| names.get(&own).cloned())
                    .or_else(|| latin(bytes.first().copied()?));
                self.made(text, own, 1, own == 32)
            }
            Codes::Utf16 => {
                let pair = matches!(bytes.first(), Some(0xD8..=0xDB)) && bytes.len() >= 4;
                let len = if pair { 4 } else { 2 };
                let units = bytes.get(..len).unwrap_or(bytes).chunks(2).map(|pair| {
                    pair.iter()
                        .fold(0_u16, |unit, byte| unit << 8 | u16::from(*byte))
                });
                let decoded: Result<String, _> = char::decode_utf16(units).collect();
                let own = code(len);
                // Its widths are told by numbers of the collection; nearly all Chinese characters have the full one.
                let width = if own < 0x2000 { NARROW } else { WIDTH };
                let glyph = self.made(said(own).or(decoded.ok()), own, len, false);
                Glyph { width, ..glyph }
            }
            Codes::Numbered(encoding, unicode) => {
                let found = (1..=4_u8)
                    .filter(|len| usize::from(*len) <= bytes.len())
                    .find_map(|len| {
                        let number = encoding.lookup_cid_code(code(usize::from(len)), len)?;
                        Some((usize::from(len), number))
                    });
                let (len, number) = found.unwrap_or((2.min(bytes.len()), 0));
                let own = code(len);
                let text = said(own).or_else(|| {
                    let unicode = unicode.as_ref()?;
                    unicode.lookup_bf_string(number).map(text)
                });
                self.made(text, number, len, len == 1 && own == 32)
            }
        }
    }

    fn made(&self, text: Option<String>, code: u32, bytes: usize, space: bool) -> Glyph {
        let known = |text: &String| !text.is_empty() && !text.contains(['\0', '\u{FFFD}']);
        Glyph {
            text: text.filter(known),
            width: self.widths.get(&code).copied().unwrap_or(self.width),
            bytes,
            space,
        }
    }
}

fn text(found: BfString) -> String {
    match found {
        BfString::Char(char) => char.to_string(),
        BfString::String(text) => text,
    }
}

/// A table of codes that the file holds.
fn table(stream: &Stream<'_>) -> Option<CMap> {
    let data = is_small(stream).then(|| stream.decoded_data().ok())??;
    CMap::parse(&data, load_embedded)
}

/// The way from numbers of the font's collection to characters.
fn collection(font: &Dict<'_>) -> Option<CMap> {
    let system = font.get::<Dict<'_>>(b"CIDSystemInfo")?;
    let registry = system.get::<Bytes<'_>>(b"Registry")?;
    let ordering = system.get::<Bytes<'_>>(b"Ordering")?;
    let family = CidFamily::from_registry_ordering(&registry, &ordering);
    CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)
}

/// `W` of a composite font: `[first [w w w] first last w …]`.
fn widths(font: &Dict<'_>) -> FxHashMap<u32, f64> {
    let mut widths = FxHashMap::default();
    let Some(array) = font.get::<Array<'_>>(b"W") else {
        return widths;
    };
    let mut open: Vec<u32> = Vec::new();
    // Ranges may overlap a thousand times: codes count whenever they are named.
    let mut left = 0x2_0000_usize;
    for object in array.iter::<Object<'_>>() {
        if let Object::Array(list) = object {
            if let Some(first) = open.pop() {
                let numbers = list.iter::<Number>().map(|width| width.as_f64());
                widths.extend((first..=0xFFFF).zip(numbers));
            }
            open.clear();
        } else if let Some(number) = object.into_number() {
            let code = u32::try_from(number.as_i64()).unwrap_or(0).min(0xFFFF);
            if let [first, last] = open[..] {
                // The first range that tells a width counts.
                for code in (first..=last).take(left) {
                    left -= 1;
                    widths.entry(code).or_insert(number.as_f64());
                }
                open.clear();
            } else {
                open.push(code);
            }
        }
    }
    widths
}

/// Windows' Latin.
fn latin(byte: u8) -> Option<String> {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    (byte >= 0x20).then(|| text.into_owned())
}

/// The characters of glyphs that a simple font names in its `Differences`.
fn named(font: &Dict<'_>) -> FxHashMap<u32, String> {
    let mut names = FxHashMap::default();
    let differences = font
        .get::<Dict<'_>>(b"Encoding")
        .and_then(|encoding| encoding.get::<Array<'_>>(b"Differences"));
    let mut code = 0_u32;
    for object in differences.iter().flat_map(Array::iter::<Object<'_>>) {
        if let Object::Name(name) = &object {
            if let Some(text) = glyph_name(name.as_str()) {
                names.insert(code, text);
            }
            code = code.saturating_add(1);
        } else if let Some(number) = object.into_number() {
            code = u32::try_from(number.as_i64()).unwrap_or(0);
        }
    }
    names
}

/// Names of glyphs that are no letters: those of figures and marks that Chinese documents have in Latin fonts.
const NAMES: [(&str, char); 42] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
];

fn glyph_name(name: &str) -> Option<String> {
    let bare = name.split('.').next().filter(|bare| !bare.is_empty())?;
    let mut chars = bare.chars();
    if let (Some(letter), None) = (chars.next(), chars.next()) {
        return Some(letter.to_string());
    }
    let digits = bare.strip_prefix("uni").or_else(|| bare.strip_prefix('u'));
    let code = digits.filter(|digits| (4..=6).contains(&digits.len()));
    let char = code
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32)
        .or_else(|| {
            let known = NAMES.iter().find(|(known, _)| *known == bare)?;
            Some(known.1)
        });
    char.map(String::from)
}
