//! The embedded tables: which characters are taken for which, and how often two stand side by side.
//!
//! Both files are lines of UTF-8, compressed with zstd: a character, then others with a letter each. Of `confusions` the first is what
//! was read, the others what may have stood there, with how alike they are (`A` same sound, to `Z` same shape). Of `pairs` the letter
//! is twice the logarithm of how often the second followed the first. How they were made stands beside them.

use std::sync::OnceLock;

/// Which characters are taken for which.
static CONFUSIONS: &[u8] = include_bytes!("../data/confusions.zst");
/// How often pairs of characters are met.
static PAIRS: &[u8] = include_bytes!("../data/pairs.zst");

/// The common ideographs: all characters that are looked at.
const FIRST: u32 = 0x4E00;
const END: u32 = 0xA000;
/// The letter from which on a pair is so usual that neither of its characters is doubted: met twenty times.
const USUAL: u8 = 6;
/// How many times oftener than by chance it must be: 大民 is met ninety times, for both are everywhere, and yet is no help to 大民币.
const DRAWN: f32 = 2.0;
/// How often of all times a character has one and the same neighbour, from which on that neighbour is looked for: 贸 stands before 易.
const BOUND: f32 = 0.5;
/// Words of a [`Bits`] table, as a power of two.
const WORDS: u32 = 15;

/// What may have stood where a character was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) char: char,
    /// How alike the two look, 0 to 25; 0 where they only sound alike.
    pub(super) likeness: u8,
}

/// A character that another one hardly does without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) char: char,
    /// How often it is beside it, of all times.
    pub(super) share: f32,
}

/// The tables, unpacked.
pub(super) struct Tables {
    /// For each ideograph where its candidates begin; they end where the next one's begin.
    starts: Vec<u32>,
    candidates: Vec<Candidate>,
    /// Of each ideograph what is met behind it, and before it.
    behind: Neighbours,
    before: Neighbours,
    /// All pairs: most that are asked for are in none of the lists, and this says so at once.
    known: Bits,
    usual: Bits,
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
        let pairs: Vec<(char, char, u8)> = entries(pairs).collect();
        let turned = pairs
            .iter()
            .map(|(one, other, letter)| (*other, *one, *letter));
        let behind = Neighbours::new(pairs.iter().copied());
        let before = Neighbours::new(turned);
        let all: f32 = pairs.iter().map(|(_, _, letter)| times(*letter)).sum();
        let (mut known, mut usual) = (Bits::new(), Bits::new());
        for (one, other, letter) in &pairs {
            let by_chance = behind.of(*one).total * before.of(*other).total / all;
            known.set(key(*one, *other));
            if *letter >= USUAL && times(*letter) >= by_chance * DRAWN {
                usual.set(key(*one, *other));
            }
        }
        Self {
            starts,
            candidates,
            behind,
            before,
            known,
            usual,
        }
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

    /// How often `other` is met behind `one`. Many of the same `one` in a row find its neighbours near the processor.
    pub(super) fn count_behind(&self, one: char, other: char) -> f64 {
        if self.known.get(key(one, other)) {
            self.behind.times(one, other).into()
        } else {
            0.0
        }
    }

    /// How often `one` is met before `other`; the same figure, the other way round.
    pub(super) fn count_before(&self, one: char, other: char) -> f64 {
        if self.known.get(key(one, other)) {
            self.before.times(other, one).into()
        } else {
            0.0
        }
    }

    /// How often the character is met, with any other behind it.
    pub(super) fn total(&self, char: char) -> f64 {
        self.behind.of(char).total.into()
    }

    /// What is so often behind `before`, or before `behind`, that it may have stood there whatever was read.
    pub(super) fn bound(&self, before: Option<char>, behind: Option<char>) -> [Option<Bound>; 2] {
        [
            before.and_then(|char| self.behind.of(char).bound),
            behind.and_then(|char| self.before.of(char).bound),
        ]
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

/// How often a pair is met, by its letter less `A`.
fn times(letter: u8) -> f32 {
    (f32::from(letter) / 2.0).exp()
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

/// Neighbours of all ideographs on one side.
struct Neighbours {
    of: Vec<Beside>,
    /// Each as its code and its letter, less `A`; in order for each ideograph.
    list: Vec<(u16, u8)>,
}

/// The neighbours of one ideograph.
#[derive(Clone, Copy, Debug, Default)]
struct Beside {
    /// Where they are in the list.
    start: u32,
    end: u32,
    /// How often there is one.
    total: f32,
    /// The one that is there so often that it may be missed.
    bound: Option<Bound>,
}

impl Neighbours {
    fn new(pairs: impl Iterator<Item = (char, char, u8)>) -> Self {
        let mut pairs: Vec<_> = pairs
            .filter_map(|(one, other, letter)| {
                Some((index(one)?, u16::try_from(other).ok()?, letter))
            })
            .collect();
        pairs.sort_unstable();
        let mut of = vec![Beside::default(); (END - FIRST) as usize];
        let mut list = Vec::with_capacity(pairs.len());
        for group in pairs.chunk_by(|one, other| one.0 == other.0) {
            let start = u32::try_from(list.len()).unwrap_or(u32::MAX);
            list.extend(group.iter().map(|(_, other, letter)| (*other, *letter)));
            let total = group.iter().map(|(_, _, letter)| times(*letter)).sum();
            let most = group.iter().max_by_key(|(_, _, letter)| letter);
            let bound = most.filter(|(_, _, letter)| times(*letter) >= total * BOUND);
            if let Some(slot) = group.first().and_then(|(one, ..)| of.get_mut(*one)) {
                *slot = Beside {
                    start,
                    end: u32::try_from(list.len()).unwrap_or(u32::MAX),
                    total,
                    bound: bound.and_then(|(_, other, letter)| {
                        let char = char::from_u32((*other).into())?;
                        Some(Bound {
                            char,
                            share: times(*letter) / total,
                        })
                    }),
                };
            }
        }
        Self { of, list }
    }

    fn of(&self, char: char) -> Beside {
        let found = index(char).and_then(|at| self.of.get(at));
        found.copied().unwrap_or_default()
    }

    /// How often `other` is beside `char`.
    fn times(&self, char: char, other: char) -> f32 {
        let Beside { start, end, .. } = self.of(char);
        let list = self
            .list
            .get(start as usize..end as usize)
            .unwrap_or_default();
        let Ok(other) = u16::try_from(other) else {
            return 0.0;
        };
        let found = list.binary_search_by_key(&other, |(code, _)| *code);
        let letter = found.ok().and_then(|at| list.get(at));
        letter.map_or(0.0, |(_, letter)| times(*letter))
    }
}

/// A pair as one number: its characters have 16 bits each.
#[inline]
fn key(one: char, other: char) -> u32 {
    u32::from(one) << 16 | u32::from(other) & 0xFFFF
}

/// A set of pairs that stays near the processor (256 KiB): two bits of one word for each. Of the pairs that are not in it, one in some
/// hundreds (of the usual ones) or in thirty (of all) looks as if it were.
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
        let pairs = tables.behind.list.len();
        assert!(
            pairs > 50_000 && tables.before.list.len() == pairs,
            "{pairs}"
        );
        let meant = |read| tables.candidates(read).iter().map(|one| one.char);
        assert!(meant('未').any(|char| char == '末'));
        assert!(tables.count_behind('中', '国') > 1_000.0);
        let both = [
            tables.count_behind('国', '家'),
            tables.count_before('国', '家'),
        ];
        assert!((both[0] - both[1]).abs() < 1e-6, "{both:?}");
        assert!(tables.is_usual('中', '国') && !tables.is_usual('国', '一'));
        let bound = |before, behind| {
            tables
                .bound(before, behind)
                .map(|found| found.map(|found| found.char))
        };
        assert_eq!(bound(Some('贸'), Some('贸')), [Some('易'), None]);
        assert_eq!(bound(Some('的'), None), [None; 2]);
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
