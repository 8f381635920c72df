//! Which charset a body of bytes is in.
//!
//! The whole body is asked, not its first kilobyte, in the order of how hard the evidence is:
//!
//! 1. a byte order mark;
//! 2. UTF-16 without one: nearly every pair of bytes is a character that Chinese or English text has;
//! 3. UTF-8, which nothing else passes for; some broken bytes in a text that is otherwise UTF-8 do not count against it;
//! 4. GB 18030 or Big5: both are tried, and what comes out is scored by the frequencies of Chinese characters. `chardetng`'s guess
//!    and what the page or the transport say are voices of their own, but weak ones: both are often wrong;
//! 5. another legacy charset, where no Chinese comes out of either.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use super::frequency::{CHINESE, score};
use super::transcode::readable;

/// How much of a body is decoded on trial.
const SAMPLE: usize = 64 << 10;
/// The share of plausible units from which on bytes are UTF-16.
const UTF16_SHARE: f64 = 0.95;
/// Valid characters outside ASCII for each error, from which on a body is damaged UTF-8.
const UTF8_PER_ERROR: usize = 4;
/// What `chardetng`'s voice is worth, in points of the mean score.
const GUESS: f64 = 0.3;
/// What the page's or the transport's word is worth.
const HINT: f64 = 0.5;
/// Share of kana or Hangul from which on a text is Japanese or Korean.
const FOREIGN: f64 = 0.3;
/// Mean score of Chinese from which on a text is not Korean.
const KOREAN: f64 = 1.9;

/// A charset and how many bytes of byte order mark come before the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Detected {
    /// How to read the bytes.
    pub(super) encoding: &'static Encoding,
    /// Bytes to skip.
    pub(super) bom: usize,
}

/// The charset of `bytes`. `hint` is what the transport or the page says.
pub(super) fn detect(bytes: &[u8], hint: Option<&'static Encoding>) -> Detected {
    if let Some(marked) = by_mark(bytes) {
        return marked;
    }
    let bare = |encoding| Detected { encoding, bom: 0 };
    let has_nul = memchr(0, bytes).is_some();
    let valid = std::str::from_utf8(bytes).is_ok();
    if valid && !has_nul {
        return bare(UTF_8);
    }
    if let Some(encoding) = utf16(bytes, has_nul) {
        return bare(encoding);
    }
    if valid || is_damaged_utf8(bytes) {
        return bare(UTF_8);
    }
    bare(legacy(&sample(bytes), hint))
}

/// The byte order mark of `encoding` at the head of `bytes`, in bytes.
pub(super) fn mark_of(bytes: &[u8], encoding: &'static Encoding) -> usize {
    by_mark(bytes)
        .filter(|marked| marked.encoding == encoding)
        .map_or(0, |marked| marked.bom)
}

fn by_mark(bytes: &[u8]) -> Option<Detected> {
    const GB18030_MARK: [u8; 4] = [0x84, 0x31, 0x95, 0x33];
    if bytes.starts_with(&GB18030_MARK) {
        let bom = GB18030_MARK.len();
        return Some(Detected {
            encoding: GB18030,
            bom,
        });
    }
    Encoding::for_bom(bytes).map(|(encoding, bom)| Detected { encoding, bom })
}

/// The share of bytes that are control characters other than white space; text has none to speak of.
pub(super) fn control_share(bytes: &[u8]) -> f64 {
    // Counted in blocks whose sums fit a byte, and without a branch: so many bytes are looked at at once.
    let count = |block: &[u8]| {
        let controls = block.iter().map(|byte| u8::from(is_control(*byte)));
        usize::from(controls.sum::<u8>())
    };
    share(bytes.chunks(255).map(count).sum(), bytes.len())
}

/// Neither white space nor the escape of terminals.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch would keep the compiler from looking at many bytes at once"
)]
fn is_control(byte: u8) -> bool {
    (byte < 9) | (byte.wrapping_sub(14) < 18) & (byte != 27) | (byte == 127)
}

/// `part` of `whole`, 0 where there is nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let number = |count| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

/// How two bytes make a unit.
type Order = fn([u8; 2]) -> u16;

fn utf16(bytes: &[u8], has_nul: bool) -> Option<&'static Encoding> {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (pairs, _) = head.as_chunks::<2>();
    if pairs.len() < 2 {
        return None;
    }
    let orders: [(_, Order); 2] = [
        (UTF_16LE, u16::from_le_bytes),
        (UTF_16BE, u16::from_be_bytes),
    ];
    orders.into_iter().find_map(|(encoding, order)| {
        let units = pairs.iter().map(|pair| order(*pair));
        let plausible = units.clone().filter(|unit| is_plausible(*unit)).count();
        if share(plausible, pairs.len()) < UTF16_SHARE {
            return None;
        }
        let text: String = char::decode_utf16(units)
            .map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        // NULs are half of any ASCII in UTF-16. Without one, common characters must make up for that.
        let score = score(&text);
        let chinese = score >= CHINESE && (has_nul || score > 2.0 * CHINESE);
        (chinese || has_nul && text.is_ascii()).then_some(encoding)
    })
}

fn is_plausible(unit: u16) -> bool {
    matches!(unit,
        9 | 10 | 13 | 0x20..=0x7E | 0xA0..=0xFF
        | 0x2010..=0x2027 | 0x3000..=0x3020 | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E)
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut errors) = (0, 0);
    let mut left = bytes.len();
    for chunk in bytes.utf8_chunks() {
        left -= chunk.valid().len() + chunk.invalid().len();
        let leads = chunk.valid().bytes().filter(|byte| *byte >= 0xC0);
        valid += leads.count();
        errors += usize::from(!chunk.invalid().is_empty());
        // Far from UTF-8; no need to see the end. Characters outside ASCII have two bytes at least.
        let hopeless = valid + left / 2 < UTF8_PER_ERROR * errors;
        if hopeless || errors > SAMPLE && errors > valid {
            return false;
        }
    }
    valid >= UTF8_PER_ERROR * errors
}

/// Pieces from the beginning, the middle and the end, cut where no charset has the middle of a character.
fn sample(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() <= SAMPLE {
        return bytes.to_vec();
    }
    // Behind ASCII begins a character; a long head of markup says nothing.
    let first = bytes
        .iter()
        .position(|byte| !byte.is_ascii())
        .unwrap_or_default();
    let head = bytes.get(first..).unwrap_or_default();
    let mut sample = head.get(..SAMPLE / 2).unwrap_or(head).to_vec();
    for from in [bytes.len() / 2, bytes.len() - SAMPLE / 4] {
        let piece = bytes.get(from..).unwrap_or_default();
        let piece = piece.get(..SAMPLE / 4).unwrap_or(piece);
        // Below `0`, bytes are ASCII in each of them.
        if let Some(at) = piece.iter().position(|byte| *byte < b'0') {
            sample.push(b'\n');
            sample.extend_from_slice(piece.get(at..).unwrap_or_default());
        }
    }
    sample
}

fn legacy(sample: &[u8], hint: Option<&'static Encoding>) -> &'static Encoding {
    let rate = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        score(&text) + if hint == Some(encoding) { HINT } else { 0.0 }
    };
    let rates = (rate(GB18030), rate(BIG5));
    let hint = hint.filter(|hint| is_other(hint));
    if hint.is_none() && is_clear(sample, rates) {
        return better(rates).0;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = readable(detector.guess(None, Utf8Detection::Deny));
    let voice = |encoding| if guess == Some(encoding) { GUESS } else { 0.0 };
    let (chinese, rate) = better((rates.0 + voice(GB18030), rates.1 + voice(BIG5)));
    let guess = guess.filter(|guess| is_other(guess));
    let mut others = [hint, guess].into_iter().flatten();
    let other = others.find(|other| fits(sample, other, rate));
    other.unwrap_or(chinese)
}

/// Whether a charset is a legacy one that is not Chinese.
fn is_other(encoding: &'static Encoding) -> bool {
    ![GB18030, BIG5, UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
}

/// The better of GB 18030 and Big5, and how well `sample` reads in it, given how well it reads in either.
fn better((gb18030, big5): (f64, f64)) -> (&'static Encoding, f64) {
    if big5 > gb18030 {
        (BIG5, big5)
    } else {
        (GB18030, gb18030)
    }
}

/// Whether nothing that `chardetng` could say would change the answer: it takes ten times as long as all else about a
/// charset, and its one voice is rarely needed. Of the charsets that are not Chinese, those of Japanese alone fit a text that
/// reads so well in a Chinese one.
fn is_clear(sample: &[u8], rates: (f64, f64)) -> bool {
    let (_, rate) = better(rates);
    (rates.0 - rates.1).abs() > GUESS
        && rate > KOREAN
        && ![SHIFT_JIS, EUC_JP]
            .iter()
            .any(|other| fits(sample, other, rate))
}

/// Whether `sample` reads well in a charset that is not Chinese, given how well it reads in the best that is.
fn fits(sample: &[u8], encoding: &'static Encoding, chinese: f64) -> bool {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(sample) else {
        return false;
    };
    if encoding.is_single_byte() {
        return chinese < CHINESE;
    }
    // Half of the characters of KS X 1001 have the codes of other common characters in the Chinese charsets.
    let korean = encoding == EUC_KR;
    if korean && chinese > KOREAN {
        return false;
    }
    let own = |char: &char| {
        let block = if korean {
            '가'..='힣'
        } else {
            '\u{3041}'..='\u{30FF}'
        };
        block.contains(char)
    };
    let foreign = text.chars().filter(own).count();
    let wide = text.chars().filter(|char| !char.is_ascii()).count();
    share(foreign, wide) > if korean { 2.0 * FOREIGN } else { FOREIGN }
}

/// The charset that a page names in its own head, or an XML declaration in its first line.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 2048;
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    [&b"charset="[..], b"encoding="]
        .into_iter()
        .find_map(|key| {
            let at = head.windows(key.len()).position(|window| window == key)?;
            let value = head.get(at + key.len()..)?;
            let quotes = value
                .iter()
                .take_while(|byte| matches!(**byte, b'"' | b'\'' | b' '))
                .count();
            let value = value.get(quotes..)?;
            let end = value
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))?;
            super::transcode::by_label(std::str::from_utf8(value.get(..end)?).ok()?)
        })
}
