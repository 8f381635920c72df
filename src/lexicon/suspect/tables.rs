//! The embedded tables: which characters are taken for which, and how often two stand side by side.
//!
//! Both files are lines of UTF-8, compressed with zstd: a character, then others with a letter each. Of `confusions` the first is what
//! was read, the others what may have stood there, with how alike they are (`A` same sound, to `Z` same shape). Of `pairs` the letter
//! is twice the logarithm of how often the second followed the first. How they were made stands beside them.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Which characters are taken for which.
static CONFUSIONS: &[u8] = include_bytes!("../data/confusions.zst");
/// How often pairs of characters are met.
static PAIRS: &[u8] = include_bytes!("../data/pairs.zst");

/// The common ideographs: all characters that are looked at.
const FIRST: u32 = 0x4E00;
const END: u32 = 0xA000;
/// The letter from which on a pair is so usual that neither of its characters is doubted: met thirteen times.
const USUAL: u8 = 6;
/// Words of a [`Bits`] table, as a power of two.
const WORDS: u32 = 14;

/// What may have stood where a character was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) char: char,
    /// How alike the two look, 0 to 25; 0 where they only sound alike.
    pub(super) likeness: u8,
}

/// The tables, unpacked.
pub(super) struct Tables {
    /// For each ideograph where its candidates begin; they end where the next one's begin.
    starts: Vec<u32>,
    candidates: Vec<Candidate>,
    /// The letter of a pair, less `A`.
    pairs: FxHashMap<u32, u8>,
    usual: Bits,
    known: Bits,
}

impl Tables {
    /// The embedded ones, unpacked when first asked for.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Tables> = OnceLock::new();
        SHARED.get_or_init(|| {
            let text = |bytes| {
                let bytes = zstd::decode_all(bytes).ok();
                bytes.and_then(|bytes| String::from_utf8(bytes).ok())
            };
            let (confusions, pairs) = (text(CONFUSIONS), text(PAIRS));
            let tables = confusions
                .zip(pairs)
                .map(|(one, other)| Self::read(&one, &other));
            tables.expect("the embedded tables are sound, as a test shows")
        })
    }

    fn read(confusions: &str, pairs: &str) -> Self {
        let mut lists: Vec<Vec<Candidate>> = vec![Vec::new(); (END - FIRST) as usize];
        for (read, char, likeness) in entries(confusions) {
            if let Some(list) = index(read).and_then(|at| lists.get_mut(at)) {
                list.push(Candidate { char, likeness });
            }
        }
        let mut starts = vec![0];
        let mut candidates = Vec::new();
        for list in lists {
            candidates.extend(list);
            starts.push(u32::try_from(candidates.len()).unwrap_or(u32::MAX));
        }
        let mut tables = Self {
            starts,
            candidates,
            pairs: FxHashMap::default(),
            usual: Bits::new(),
            known: Bits::new(),
        };
        for (one, other, letter) in entries(pairs) {
            let key = key(one, other);
            tables.pairs.insert(key, letter);
            tables.known.set(key);
            if letter >= USUAL {
                tables.usual.set(key);
            }
        }
        tables
    }

    /// What `read` may have been, the likest first; nothing for characters that are never doubted.
    pub(super) fn candidates(&self, read: char) -> &[Candidate] {
        let range = index(read).and_then(|at| self.starts.get(at).zip(self.starts.get(at + 1)));
        range.map_or(&[], |(start, end)| {
            self.candidates
                .get(*start as usize..*end as usize)
                .unwrap_or_default()
        })
    }

    /// Whether the pair is so usual that neither is doubted. Now and then it says so of a pair that is not.
    #[inline]
    pub(super) fn is_usual(&self, one: char, other: char) -> bool {
        self.usual.get(key(one, other))
    }

    /// Whether the pair is met at all; errs likewise.
    #[inline]
    pub(super) fn is_known(&self, one: char, other: char) -> bool {
        self.known.get(key(one, other))
    }

    /// How often the pair is met.
    pub(super) fn count(&self, one: char, other: char) -> f64 {
        let letter = self.pairs.get(&key(one, other));
        letter.map_or(0.0, |letter| (f64::from(*letter) / 2.0).exp())
    }
}

/// Whether `read` may have been taken for what is `meant`.
///
/// ```
/// use cihe::lexicon::is_confusable;
/// assert!(is_confusable('未', '末') && !is_confusable('未', '河'));
/// ```
pub fn is_confusable(read: char, meant: char) -> bool {
    let mut candidates = Tables::shared().candidates(read).iter();
    candidates.any(|candidate| candidate.char == meant)
}

/// The entries of a table: first character, other character, number.
fn entries(text: &str) -> impl Iterator<Item = (char, char, u8)> {
    text.lines().flat_map(|line| {
        let mut chars = line.chars();
        let first = chars.next();
        std::iter::from_fn(move || {
            let (other, letter) = (chars.next()?, chars.next()?);
            let number = u8::try_from(letter).ok()?.checked_sub(b'A')?;
            Some((first?, other, number))
        })
    })
}

/// The place of an ideograph in flat tables.
fn index(char: char) -> Option<usize> {
    let code = u32::from(char);
    (FIRST..END)
        .contains(&code)
        .then(|| (code - FIRST) as usize)
}

/// A pair as one number: its characters have 16 bits each.
#[inline]
fn key(one: char, other: char) -> u32 {
    u32::from(one) << 16 | u32::from(other) & 0xFFFF
}

/// A set of pairs that stays near the processor (128 KiB): two bits of one word for each. Of the pairs that are not in it, one in a
/// thousand (of the usual ones) or in fifty (of all) looks as if it were.
struct Bits(Vec<u64>);

impl Bits {
    fn new() -> Self {
        Self(vec![0; 1 << WORDS])
    }

    /// The word of a key and its bits, by multiplicative hashing.
    #[inline]
    fn place(key: u32) -> (usize, u64) {
        let mixed = u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bits = 1 << (mixed >> 32 & 63) | 1 << (mixed >> 38 & 63);
        let word = usize::try_from(mixed >> (64 - WORDS));
        (word.unwrap_or(0), bits)
    }

    fn set(&mut self, key: u32) {
        let (word, bits) = Self::place(key);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bits;
        }
    }

    #[inline]
    fn get(&self, key: u32) -> bool {
        let (word, bits) = Self::place(key);
        self.0.get(word).is_some_and(|word| word & bits == bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_sound() {
        let tables = Tables::shared();
        assert!(
            tables.candidates.len() > 50_000,
            "{}",
            tables.candidates.len()
        );
        assert!(tables.pairs.len() > 50_000, "{}", tables.pairs.len());
        let meant = |read| tables.candidates(read).iter().map(|one| one.char);
        assert!(meant('未').any(|char| char == '末'));
        assert!(tables.count('中', '国') > 1_000.0);
        assert!(tables.is_usual('中', '国') && tables.is_known('中', '国'));
        for read in ['一', '貧', 'a', '，', '\u{20000}'] {
            assert_eq!(tables.candidates(read), [], "{read}");
        }
    }

    #[test]
    fn lines_are_read_up_to_what_is_none() {
        let found: Vec<_> = entries("天夫Z大C\n\n河\n未末B?").collect();
        assert_eq!(found, [('天', '夫', 25), ('天', '大', 2), ('未', '末', 1)]);
    }
}
