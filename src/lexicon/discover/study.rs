//! The second reading: the strings that may be words, counted exactly, with what stands beside them.
//!
//! A string is looked at when it is met often, and its characters hold together: of the two parts that it can be split into, even the
//! pair that is likeliest by chance is [`COHESION`] times (in bits) less likely than the string. What stands to its left and right tells where
//! a word ends: inside of one hardly anything can follow, behind one nearly everything (branching entropy, in bits).

use rustc_hash::FxHashMap;

use super::survey::{Survey, each_start, hash_of, hashes};

/// Strings that are looked at, at most: some 150 MB with their neighbours. Where more are frequent enough, the frequency that is asked for
/// goes up.
const CANDIDATES: usize = 1 << 18;

/// Neighbours that are told apart on each side of a string. All others count as new ones.
const NEIGHBOURS: usize = 32;

/// Bits by which a string must be likelier than its parts side by side.
pub(super) const COHESION: f64 = 3.0;

/// Counts what may be words in the same texts again.
#[derive(Debug)]
pub struct Study {
    survey: Survey,
    floor: u32,
    /// None: looked at, and no word.
    met: FxHashMap<u64, Option<Candidate>>,
}

/// A string that may be a word.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    pub(super) word: Box<str>,
    pub(super) count: u32,
    /// Bits by which it is likelier than its parts.
    pub(super) cohesion: f64,
    pub(super) left: Neighbours,
    pub(super) right: Neighbours,
}

/// What stands on one side of a string.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    known: Vec<(char, u32)>,
    /// Ends of runs, and characters for which there was no place: each one unlike all others.
    others: u32,
}

impl Study {
    /// Looks at `most` strings at most.
    pub(super) fn with_room_for(survey: Survey, least: u32, most: usize) -> Self {
        let least = least.saturating_sub(survey.short_by()).max(1);
        let floor = survey.floor(least, most);
        Self {
            survey,
            floor,
            met: FxHashMap::default(),
        }
    }

    /// Counts in one of the texts that the survey has read.
    pub fn read(&mut self, text: &str) {
        each_start(text, |chars, before| {
            for (length, hash) in (1..).zip(hashes(chars)) {
                if length == 1 {
                    continue;
                }
                if self.survey.count(hash) < self.floor {
                    break;
                }
                let Some(string) = chars.get(..length) else {
                    break;
                };
                let after = chars.get(length).copied();
                self.meet(hash, string, before, after);
            }
        });
    }

    fn meet(&mut self, hash: u64, string: &[char], before: Option<char>, after: Option<char>) {
        if !self.met.contains_key(&hash) {
            let candidate = self.candidate(string);
            self.met.insert(hash, candidate);
        }
        if let Some(Some(candidate)) = self.met.get_mut(&hash) {
            candidate.count += 1;
            candidate.left.add(before);
            candidate.right.add(after);
        }
    }

    fn candidate(&self, string: &[char]) -> Option<Candidate> {
        let cohesion = self.cohesion(string);
        if cohesion < COHESION {
            return None;
        }
        Some(Candidate {
            word: string.iter().collect::<String>().into(),
            cohesion,
            ..Candidate::default()
        })
    }

    /// Bits by which the string is likelier than the likeliest two parts of it.
    fn cohesion(&self, string: &[char]) -> f64 {
        let count = |string: &[char]| f64::from(self.survey.count(hash_of(string)).max(1));
        let whole = count(string);
        let splits = (1..string.len()).filter_map(|at| string.split_at_checked(at));
        let parts = splits.map(|(one, other)| count(one) * count(other));
        let likeliest = parts.fold(1.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "a count of characters")]
        let chars = self.survey.chars().max(1) as f64;
        (whole * chars / likeliest).log2()
    }

    /// Characters read, the frequency below which nothing was looked at, and what was.
    pub(super) fn into_parts(self) -> (u64, u32, Vec<Candidate>) {
        let found = self.met.into_values().flatten().collect();
        (self.survey.chars(), self.floor, found)
    }
}

impl Survey {
    /// Goes on with a second reading of the same texts, for words that stand there `least` times.
    pub fn study(self, least: u32) -> Study {
        Study::with_room_for(self, least, CANDIDATES)
    }
}

impl Neighbours {
    fn add(&mut self, ch: Option<char>) {
        let Some(ch) = ch else {
            self.others = self.others.saturating_add(1);
            return;
        };
        if let Some((_, count)) = self.known.iter_mut().find(|(known, _)| *known == ch) {
            *count += 1;
        } else if self.known.len() < NEIGHBOURS {
            self.known.push((ch, 1));
        } else {
            self.others = self.others.saturating_add(1);
        }
    }

    /// How open the side is, in bits: 0 where always the same stands there.
    pub(super) fn entropy(&self) -> f64 {
        let known: u32 = self.known.iter().map(|(_, count)| count).sum();
        let all = f64::from(known) + f64::from(self.others);
        if all < 1.0 {
            return 0.0;
        }
        let part = |count: u32| {
            let share = f64::from(count) / all;
            -share * share.log2()
        };
        let known: f64 = self.known.iter().map(|(_, count)| part(*count)).sum();
        known + f64::from(self.others) * part(1)
    }
}
