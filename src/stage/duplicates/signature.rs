//! A text in 272 bytes: a hash of all of it, and a sketch that tells how much two texts share.
//!
//! ```text
//! view     记者 沈知远  2024 年 ……
//! units    记 者 沈 知 远 2024 年       letters and digits in a row are one; white space and punctuation are none
//! pieces   记者沈 者沈知 沈知远 …       each three units in a row, hashed to 64 bits
//! slots    256: the first byte of a piece's hash says which; each keeps the smallest hash it meets
//! sketch   the last byte of each slot
//! ```
//!
//! Of two texts a slot agrees with the probability that a piece of either is in both (Broder's minimum, here with one hash a
//! piece rather than one for each slot: Li, Owen and Zhang 2012). Slots of short texts may stay empty; they borrow from a
//! slot that is drawn for them, the same for all texts (Shrivastava 2017). A byte of the minimum is enough: by chance one
//! slot in 256 agrees, and that is reckoned with.
//!
//! With 256 slots the share of common pieces is known to within 0.025 (standard deviation at 0.8). Twice the slots with half
//! the bytes each tell more than 128 slots of two bytes.

use std::fmt;

use super::Duplicates;

/// Slots of a sketch.
pub(super) const SLOTS: usize = 256;
/// Bytes of the hash of the whole.
pub(super) const HASH: usize = 16;

/// The share of common pieces from which two documents are copies of each other.
///
/// Of two texts of one length that is so where they have 82 characters in 100 in common. A dispatch with another headline and two of
/// nine sentences cut is above it (about 0.77); two pages of one site with as much frame as text of their own are far below (0.33).
pub const SIMILAR: f64 = 0.7;

/// Units that a text must have to be compared for likeness. In a shorter one, a single number may be all that matters.
pub const NEAR_UNITS: usize = 50;

/// Slots that a text must fill by itself: one that says the same thing over and over is only compared as a whole.
const FILLED: usize = 24;

/// Draws for an empty slot before the first that is filled will do.
const DRAWS: u64 = 1 << 10;

/// Units that are hashed at a time.
const CHUNK: usize = 2 + 21 * 3 * LANES;
/// Sums of the hash of the whole: one waits for itself only every so many pieces.
const LANES: usize = 4;

/// Odd numbers without a pattern.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
const STEP_TWICE: u64 = STEP.wrapping_mul(STEP);
const KEY: u64 = 0xD6E8_FEB8_6659_FD93;
const RUN: u64 = 0xA076_1D64_78BD_642F;

/// What is kept of a text for finding its copies.
///
/// ```
/// use cihe::stage::duplicates::{Duplicates, Signature};
/// let of = |text| Signature::of(text, Duplicates::Near);
/// assert_eq!(of("词河，把文档 变成表格。"), of("词河把文档变成表格"));
/// assert_ne!(of("词河"), of("河词"));
/// assert_eq!(of("……"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    hash: [u8; HASH],
    sketch: Option<[u8; SLOTS]>,
}

impl Signature {
    /// The signature of a simplified view, as far as `wanted`; `None` where nothing is wanted, and where a text has nothing to compare.
    pub fn of(view: &str, wanted: Duplicates) -> Option<Self> {
        let mut reading = Reading::new();
        match wanted {
            Duplicates::Off => return None,
            Duplicates::Exact => reading.read(view, |_| {}),
            Duplicates::Near => return Self::near(view, reading),
        }
        reading.hash().map(|hash| Self { hash, sketch: None })
    }

    fn near(view: &str, mut reading: Reading) -> Option<Self> {
        let mut slots = [u64::MAX; SLOTS];
        reading.read(view, |piece| {
            let [slot, ..] = piece.to_be_bytes();
            let smallest = &mut slots[usize::from(slot)];
            *smallest = piece.min(*smallest);
        });
        let hash = reading.hash()?;
        let filled = slots.iter().filter(|slot| **slot != u64::MAX).count();
        let is_near = reading.before >= NEAR_UNITS && filled >= FILLED;
        let sketch = is_near.then(|| sketch(&slots));
        Some(Self { hash, sketch })
    }

    /// As the `minhash` column has it: the hash, then the sketch if there is one.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sketch = self.sketch.as_ref().map_or(&[][..], |sketch| sketch);
        [&self.hash, sketch].concat()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (hash, rest) = bytes.split_first_chunk()?;
        let sketch = match rest.len() {
            0 => None,
            _ => Some(rest.try_into().ok()?),
        };
        Some(Self {
            hash: *hash,
            sketch,
        })
    }

    /// The hash of the whole.
    pub(super) fn hash(&self) -> &[u8; HASH] {
        &self.hash
    }

    /// The sketch, where the text is long enough.
    pub(super) fn sketch(&self) -> Option<&[u8; SLOTS]> {
        self.sketch.as_ref()
    }

    /// The share of common pieces, as far as the sketches tell; `None` where one text has none.
    pub fn likeness(&self, other: &Self) -> Option<f64> {
        Some(likeness(self.sketch.as_ref()?, other.sketch.as_ref()?))
    }
}

/// For people: the hash of the whole, and whether likeness can be told.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.hash {
            write!(f, "{byte:02x}")?;
        }
        f.write_str(match self.sketch {
            Some(_) => " and a sketch for copies that are nearly the same",
            None => ", too short for copies that are nearly the same",
        })
    }
}

/// The share of common pieces of two texts.
pub(super) fn likeness(one: &[u8; SLOTS], other: &[u8; SLOTS]) -> f64 {
    const BY_CHANCE: f64 = 1.0 / 256.0;
    let slots = one.iter().zip(other);
    let agree: u16 = slots.map(|(one, other)| u16::from(one == other)).sum();
    let share = f64::from(agree) / 256.0;
    ((share - BY_CHANCE) / (1.0 - BY_CHANCE)).max(0.0)
}

/// The last bytes of the slots, with empty ones filled from others.
fn sketch(slots: &[u64; SLOTS]) -> [u8; SLOTS] {
    let byte = |slot: &u64| slot.to_le_bytes()[0];
    let mut sketch = [0; SLOTS];
    for (number, (to, slot)) in (0_u64..).zip(sketch.iter_mut().zip(slots)) {
        *to = if *slot == u64::MAX {
            let drawn = (1..DRAWS).map(|draw| {
                let [at, ..] = mix(number << 32 | draw).to_be_bytes();
                &slots[usize::from(at)]
            });
            // A slot is found at the first few draws; the chain makes sure that there is an end.
            let mut filled = drawn.chain(slots).filter(|slot| **slot != u64::MAX);
            filled.next().map_or(0, byte)
        } else {
            byte(slot)
        };
    }
    sketch
}

/// One pass over a text. Units are gathered some hundred at a time, so that hashing them is a loop without a branch, in which
/// the processor has several under way at once.
struct Reading {
    /// The last two units of the time before, then those of now.
    units: [u64; CHUNK],
    /// Units of the times before.
    before: usize,
    /// Together they depend on all units and their order, but for the last two.
    lanes: [u64; LANES],
}

impl Reading {
    fn new() -> Self {
        Self {
            units: [0; CHUNK],
            before: 0,
            lanes: [0; LANES],
        }
    }

    fn read(&mut self, text: &str, mut piece: impl FnMut(u64)) {
        // The end of what was gathered, and the letters and digits in a row so far; 0 for none.
        let (mut end, mut run) = (2, 0_u64);
        let mut rest = text;
        loop {
            let mut bytes = rest.as_bytes();
            // Nearly all there is: U+4000 to U+9FFF, three bytes each. They are taken as they stand.
            while let [lead @ 0xE4..=0xE9, second, third, after @ ..] = bytes {
                end = self.put(
                    end,
                    u64::from(u32::from_be_bytes([0, *lead, *second, *third])),
                    &mut piece,
                );
                bytes = after;
            }
            rest = rest.get(rest.len() - bytes.len()..).unwrap_or_default();
            // All others up to the next of those.
            while let Some(ch) = rest.chars().next().filter(|ch| !is_common(*ch)) {
                rest = rest.get(ch.len_utf8()..).unwrap_or_default();
                let class = class(ch);
                if let Class::Run(ch) = class {
                    run = (run ^ u64::from(ch)).wrapping_mul(RUN) | 1;
                    continue;
                }
                if run != 0 {
                    end = self.put(end, mix(run), &mut piece);
                    run = 0;
                }
                if let Class::Unit = class {
                    end = self.put(end, u64::from(u32::from(ch)), &mut piece);
                }
            }
            if run != 0 {
                end = self.put(end, mix(run), &mut piece);
                run = 0;
            }
            if rest.is_empty() {
                break;
            }
        }
        self.flush(end, &mut piece);
    }

    /// Gathers a unit at `end`; answers where the next one goes.
    #[inline]
    fn put(&mut self, end: usize, unit: u64, piece: &mut impl FnMut(u64)) -> usize {
        if let Some(place) = self.units.get_mut(end) {
            *place = unit;
        }
        if end + 1 == CHUNK {
            self.flush(CHUNK, piece);
            return 2;
        }
        end + 1
    }

    /// Hashes the units up to `end`.
    #[inline(never)]
    fn flush(&mut self, end: usize, piece: &mut impl FnMut(u64)) {
        let units = self.units.get(..end).unwrap_or_default();
        // The first two units have no two before them; no piece of the text ends there.
        for three in units.windows(3).skip(2_usize.saturating_sub(self.before)) {
            piece(hash_of(three));
        }
        for threes in units.chunks(3 * LANES) {
            for (lane, three) in self.lanes.iter_mut().zip(threes.chunks_exact(3)) {
                *lane = (lane.rotate_left(5) ^ hash_of(three)).wrapping_mul(STEP);
            }
        }
        if let [.., one, two] = *units {
            self.before += units.len() - 2;
            self.units[0] = one;
            self.units[1] = two;
        }
    }

    /// The hash of the whole; `None` if there was nothing.
    fn hash(&self) -> Option<[u8; HASH]> {
        if self.before == 0 {
            return None;
        }
        // The last two are still where the next would need them.
        let start = hash_of(&[self.before as u64, self.units[0], self.units[1]]);
        let first = self.lanes.iter().fold(start, |sum, lane| mix(sum ^ lane));
        let second = self
            .lanes
            .iter()
            .rev()
            .fold(first, |sum, lane| mix(sum.rotate_left(32) ^ lane));
        let mut hash = [0; HASH];
        let bytes = first.to_le_bytes().into_iter().chain(second.to_le_bytes());
        hash.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        Some(hash)
    }
}

/// The hash of three units in their order.
#[inline]
fn hash_of(units: &[u64]) -> u64 {
    let &[one, two, three] = units else { return 0 };
    let sum = one
        .wrapping_mul(STEP_TWICE)
        .wrapping_add(two.wrapping_mul(STEP));
    mix(sum.wrapping_add(three))
}

/// What a character is to the comparison.
enum Class {
    /// A unit by itself.
    Unit,
    /// A letter or digit, in the form that is compared.
    Run(u32),
    /// White space or punctuation.
    Nothing,
}

/// Whether `ch` is taken without another look.
#[inline]
fn is_common(ch: char) -> bool {
    matches!(ch, '\u{4000}'..='\u{9FFF}')
}

#[inline]
fn class(ch: char) -> Class {
    match ch {
        '0'..='9' | 'a'..='z' => Class::Run(u32::from(ch)),
        'A'..='Z' => Class::Run(u32::from(ch.to_ascii_lowercase())),
        '\0'..='\u{7F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Class::Nothing,
        // Full-width forms of ASCII are the same letters and digits.
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(u32::from(ch) - 0xFEE0) {
            Some(ch) if ch.is_ascii_alphanumeric() => {
                Class::Run(u32::from(ch.to_ascii_lowercase()))
            }
            _ => Class::Nothing,
        },
        // Letters of other scripts make words as Latin ones do; ideographs beyond the common block are letters by themselves.
        '\u{80}'..='\u{2DFF}' if ch.is_alphanumeric() => Class::Run(u32::from(ch)),
        _ if ch.is_alphanumeric() => Class::Unit,
        _ => Class::Nothing,
    }
}

/// Spreads 64 bits over 64 bits: both halves of a product.
#[inline]
pub(super) fn mix(value: u64) -> u64 {
    let product = u128::from(value ^ KEY) * u128::from(STEP);
    let half = |part: u128| u64::try_from(part & u128::from(u64::MAX)).unwrap_or(u64::MAX);
    half(product) ^ half(product >> 64)
}
