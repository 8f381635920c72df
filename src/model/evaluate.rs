//! How good answers are: exact names, as the field counts them.

use rustc_hash::FxHashMap;

use super::{Kind, Name};

/// Counts of names that were found, and of those that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found, and there.
    pub right: u64,
    /// Found.
    pub found: u64,
    /// There.
    pub there: u64,
}

impl Counts {
    /// The share of what is found that is there.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what is there that is found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.there)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.found + self.there)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Rows and columns of [`Evaluation::confusion`]: the kinds, then "partly, or not at all".
const NONE: usize = Kind::ALL.len();

/// What came of a comparison of texts.
///
/// ```
/// use cihe::model::{Evaluation, Kind, Name};
/// let name = |start, end, kind| Name { start, end, kind };
/// let there = [name(0, 2, Kind::Person), name(4, 6, Kind::Location)];
/// let found = [name(0, 2, Kind::Person), name(4, 7, Kind::Location)];
/// let mut evaluation = Evaluation::default();
/// evaluation.add(&there, &found);
/// assert_eq!(evaluation.micro().f1(), 0.5);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// For each kind, in the order of [`Kind::ALL`].
    pub kinds: [Counts; 3],
    /// By what is there, then by what was found at exactly its place: the kinds, and last that nothing is.
    pub confusion: [[u64; 4]; 4],
}

impl Evaluation {
    /// Compares the names of one text.
    pub fn add(&mut self, there: &[Name], found: &[Name]) {
        let kinds = |names: &[Name]| -> FxHashMap<(usize, usize), usize> {
            // The first of two at one place counts.
            let places = names.iter().rev();
            places
                .map(|name| ((name.start, name.end), name.kind as usize))
                .collect()
        };
        let (of_there, of_found) = (kinds(there), kinds(found));
        let at = |kinds: &FxHashMap<(usize, usize), usize>, name: &Name| {
            kinds.get(&(name.start, name.end)).copied().unwrap_or(NONE)
        };
        for name in there {
            let kind = name.kind as usize;
            self.kinds[kind].there += 1;
            let answer = at(&of_found, name);
            self.kinds[kind].right += u64::from(answer == kind);
            self.confusion[kind][answer] += 1;
        }
        for name in found {
            let kind = name.kind as usize;
            self.kinds[kind].found += 1;
            if at(&of_there, name) == NONE {
                self.confusion[NONE][kind] += 1;
            }
        }
    }

    /// All kinds together.
    pub fn micro(&self) -> Counts {
        let mut all = Counts::default();
        for counts in self.kinds {
            all.right += counts.right;
            all.found += counts.found;
            all.there += counts.there;
        }
        all
    }
}
