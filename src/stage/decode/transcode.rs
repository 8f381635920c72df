//! Bytes in a known charset to text, with the alignment between the two and a record of what could not be decoded.
//!
//! UTF-8 is taken as it is. The legacy charsets go through `encoding_rs` in large pieces; the alignment is then read off source
//! and text side by side, since in each of these charsets the first bytes of a character tell its width.

use std::ops::Range;

use encoding_rs::{BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::text::{Alignment, AlignmentBuilder};

/// What stands for bytes that mean nothing.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The charsets that are read, by the names that stand in `documents.encoding`.
const NAMES: [&str; 36] = [
    "utf-8",
    "gb18030",
    "big5",
    "utf-16le",
    "utf-16be",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
];

/// The charset of a WHATWG label, if it is one that is read.
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).and_then(readable)
}

/// Whether `label` is the WHATWG label of a charset that is read.
pub fn is_readable(label: &str) -> bool {
    by_label(label).is_some()
}

/// The charset to read `encoding` with: GB 18030 for all that it extends; `None` where it is not read.
pub(super) fn readable(encoding: &'static Encoding) -> Option<&'static Encoding> {
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    name(encoding).map(|_| encoding)
}

/// The lower-case name of a charset that is read.
pub(super) fn name(encoding: &'static Encoding) -> Option<&'static str> {
    NAMES
        .into_iter()
        .find(|name| Encoding::for_label(name.as_bytes()) == Some(encoding))
}

/// Decoded text with the way back.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// From the text to the bytes.
    pub(super) alignment: Alignment,
    /// Places that no charset explains, adjacent ones as one.
    pub(super) damage: Vec<Damage>,
}

/// A stretch of undecodable bytes and the replacement characters for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// Bytes of the text.
    pub(super) text: Range<usize>,
    /// Bytes of the source.
    pub(super) source: Range<usize>,
}

impl Decoded {
    /// How many replacement characters the text has for undecodable bytes.
    pub(super) fn undecodable(&self) -> usize {
        let bytes: usize = self.damage.iter().map(|damage| damage.text.len()).sum();
        bytes / REPLACEMENT.len_utf8()
    }
}

/// Decodes `bytes`, of which the first `bom` are a byte order mark.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding, bom: usize) -> Decoded {
    let mut out = Target::default();
    out.builder.replaced(0, bom);
    let body = bytes.get(bom..).unwrap_or_default();
    if encoding == UTF_8 {
        out.utf8(body);
    } else if encoding == UTF_16LE {
        out.utf16(body, u16::from_le_bytes);
    } else if encoding == UTF_16BE {
        out.utf16(body, u16::from_be_bytes);
    } else {
        out.legacy(body, encoding);
    }
    Decoded {
        text: out.text,
        alignment: out.builder.build(),
        damage: out.damage,
    }
}

#[derive(Default)]
struct Target {
    text: String,
    builder: AlignmentBuilder,
    damage: Vec<Damage>,
}

impl Target {
    fn utf8(&mut self, bytes: &[u8]) {
        self.text.reserve(bytes.len());
        for chunk in bytes.utf8_chunks() {
            self.text.push_str(chunk.valid());
            self.builder.verbatim(chunk.valid().len());
            if !chunk.invalid().is_empty() {
                self.undecodable(chunk.invalid().len());
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) {
        self.text.reserve(bytes.len() / 2 * 3);
        let (pairs, odd) = bytes.as_chunks::<2>();
        for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
            let Ok(char) = decoded else {
                self.undecodable(2);
                continue;
            };
            self.text.push(char);
            match char.len_utf8() {
                1 => self.builder.scaled(1, 1, 2),
                3 => self.builder.scaled(1, 3, 2),
                // Two bytes and four bytes, as many as in UTF-16.
                same => self.builder.verbatim(same),
            }
        }
        if !odd.is_empty() {
            self.undecodable(odd.len());
        }
    }

    fn legacy(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        self.text.reserve(bytes.len() + bytes.len() / 2 + 16);
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let from = self.text.len();
            // A fresh decoder a piece: what an error made it hold back is simply read again.
            let mut decoder = encoding.new_decoder_without_bom_handling();
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut self.text, true);
            let (good, bad) = match result {
                DecoderResult::InputEmpty => (read, 0),
                DecoderResult::Malformed(bad, after) => {
                    let (bad, after) = (usize::from(bad), usize::from(after));
                    let good = read.saturating_sub(bad + after);
                    let at_end = good + bad == rest.len();
                    (
                        good,
                        if at_end {
                            cut_off(rest, good, encoding)
                        } else {
                            bad
                        },
                    )
                }
                DecoderResult::OutputFull => {
                    self.text.truncate(from);
                    let more = self.text.capacity().max(rest.len()) + 16;
                    self.text.reserve(more);
                    continue;
                }
            };
            let text = self.text.get(from..).unwrap_or_default();
            let source = rest.get(..good).unwrap_or_default();
            align(encoding, source, text, &mut self.builder);
            if bad > 0 {
                self.undecodable(bad);
            }
            at += good + bad;
        }
        self.text.shrink_to_fit();
    }

    fn undecodable(&mut self, bytes: usize) {
        let (text, source) = (self.text.len(), self.builder.source_len());
        self.text.push(REPLACEMENT);
        self.builder.replaced(REPLACEMENT.len_utf8(), bytes);
        let (text, source) = (text..self.text.len(), source..source + bytes);
        match self.damage.last_mut() {
            Some(last) if last.source.end == source.start => {
                last.text.end = text.end;
                last.source.end = source.end;
            }
            _ => self.damage.push(Damage { text, source }),
        }
    }
}

/// How many of the bytes from `from` on mean nothing, where the text ends in the middle of a character.
///
/// Bytes that would each be a character of its own if anything followed are not swallowed because nothing does: so a
/// piece of text reads the same wherever it stands.
fn cut_off(bytes: &[u8], from: usize, encoding: &'static Encoding) -> usize {
    let tail = bytes.get(from..).unwrap_or_default();
    let followed = [tail, b"\n"].concat();
    let mut scratch = String::with_capacity(followed.len() * 3 + 16);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    match decoder
        .decode_to_string_without_replacement(&followed, &mut scratch, true)
        .0
    {
        DecoderResult::Malformed(bad, _) => usize::from(bad).min(tail.len()),
        _ => tail.len(),
    }
}

/// Appends the runs of `source`, which decodes to `text` without an error.
fn align(encoding: &'static Encoding, source: &[u8], text: &str, out: &mut AlignmentBuilder) {
    let text = text.as_bytes();
    let double = [GB18030, BIG5, EUC_KR].contains(&encoding);
    let (mut from, mut to) = (0, 0);
    while let (Some(lead), Some(first)) = (source.get(from), text.get(to)) {
        let rest = source.get(from..).unwrap_or_default();
        let usual = if double {
            usual_run(rest, text.get(to..).unwrap_or_default())
        } else {
            0
        };
        let (source_width, text_width) = if usual > 0 {
            out.scaled(usual, 3, 2);
            (2 * usual, 3 * usual)
        } else if lead.is_ascii() {
            let run = rest.iter().take_while(|byte| byte.is_ascii()).count();
            out.verbatim(run);
            (run, run)
        } else {
            let wide = width(encoding, *lead, source.get(from + 1).copied());
            let pair = encoding == BIG5 && *lead == 0x88 && *first < 0xE0 && is_pair(source, from);
            let narrow = utf8_width(*first);
            if pair {
                out.replaced(narrow * 2, wide);
                (wide, narrow * 2)
            } else {
                let byte = |width| u8::try_from(width).unwrap_or(u8::MAX);
                out.scaled(1, byte(narrow), byte(wide));
                (wide, narrow)
            }
        };
        from += source_width;
        to += text_width;
    }
}

/// How many characters there are, one behind another, that have two bytes in the charset and three as text: nearly all of them,
/// and a run of them is added at once.
fn usual_run(source: &[u8], text: &[u8]) -> usize {
    let (pairs, _) = source.as_chunks::<2>();
    let (triples, _) = text.as_chunks::<3>();
    let usual = |(pair, triple): &(&[u8; 2], &[u8; 3])| {
        // A digit behind the first byte is one of four bytes.
        pair[0] > 0x80 && pair[1] >= b'@' && matches!(triple[0], 0xE0..0xF0)
    };
    pairs.iter().zip(triples).take_while(usual).count()
}

/// Four codes of Big5-HKSCS stand for a letter with a combining mark: two characters.
fn is_pair(source: &[u8], at: usize) -> bool {
    matches!(source.get(at + 1), Some(0x62 | 0x64 | 0xA3 | 0xA5))
}

fn utf8_width(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// How many bytes the character has that begins with `lead`, which is not ASCII.
fn width(encoding: &'static Encoding, lead: u8, next: Option<u8>) -> usize {
    if encoding == GB18030 {
        match (lead, next) {
            (0x80, _) => 1,
            (_, Some(b'0'..=b'9')) => 4,
            _ => 2,
        }
    } else if encoding == BIG5 || encoding == EUC_KR {
        2
    } else if encoding == SHIFT_JIS {
        if matches!(lead, 0x80 | 0xA1..=0xDF) {
            1
        } else {
            2
        }
    } else if encoding == EUC_JP {
        if lead == 0x8F { 3 } else { 2 }
    } else {
        1
    }
}
