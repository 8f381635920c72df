//! Samples as rows of weights: which keys have a row, and where it begins.

use rustc_hash::FxHashMap;

use super::corpus::WordSample;
use super::route::{Gap, gap};
use super::shape::{Kind, Reading, Shape};

/// A row of weights that speaks for a sample.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    /// Its first weight.
    pub(super) row: u32,
    /// The place of that, and how many there are.
    place: u32,
}

impl Met {
    const WIDTHS: u32 = 16;

    fn new(row: u32, place: usize, width: usize) -> Option<Self> {
        let place = u32::try_from(place * Self::WIDTHS as usize + width).ok()?;
        Some(Self { row, place })
    }

    #[inline]
    pub(super) fn place(self) -> usize {
        (self.place / Self::WIDTHS) as usize
    }

    #[inline]
    pub(super) fn weights(self) -> std::ops::Range<usize> {
        let first = self.row as usize;
        first..first + (self.place % Self::WIDTHS) as usize
    }
}

/// A sample.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    pub(super) met: Vec<Met>,
    /// For each gap, from that before the first character to that behind the last, whether a word ends there: what the corpus says, but
    /// where the model is not asked.
    pub(super) truth: Vec<bool>,
    pub(super) gaps: Vec<Gap>,
}

/// All keys that have rows: the shared ones, then those of each convention.
#[derive(Debug)]
pub(super) struct Space {
    parts: Vec<FxHashMap<u64, u32>>,
    count: u32,
}

impl Space {
    /// Of samples, which come back encoded. N-grams that are met fewer than `least` times have no row.
    pub(super) fn of(
        shape: &Shape,
        samples: &[WordSample],
        conventions: &[String],
        least: u32,
    ) -> (Self, Vec<Encoded>) {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut reading = Reading::default();
        for sample in samples {
            read(shape, sample, &mut reading);
            Shape::each_gram(&reading, |keys| {
                for (_, key) in keys {
                    if Kind::of(key).is_some_and(Kind::is_counted) {
                        *counts.entry(key).or_default() += 1;
                    }
                }
            });
        }
        let mut space = Self {
            parts: vec![FxHashMap::default(); conventions.len() + 1],
            count: 0,
        };
        let encoded = samples.iter().map(|sample| {
            let convention = conventions
                .iter()
                .position(|name| *name == sample.convention);
            read(shape, sample, &mut reading);
            let mut met = Vec::new();
            each_key(shape, &mut reading, |place, key| {
                let Some(kind) = Kind::of(key) else { return };
                if kind.is_counted() && counts.get(&key).is_none_or(|count| *count < least) {
                    return;
                }
                let own = convention.filter(|_| kind.is_own()).map(|at| at + 1);
                for part in std::iter::once(0).chain(own) {
                    met.extend(Met::new(space.row(part, key, kind), place, kind.width()));
                }
            });
            encoded(sample, &reading, met)
        });
        let encoded = encoded.collect();
        (space, encoded)
    }

    fn row(&mut self, part: usize, key: u64, kind: Kind) -> u32 {
        let next = self.count;
        let Some(rows) = self.parts.get_mut(part) else {
            return 0;
        };
        let row = *rows.entry(key).or_insert(next);
        if row == next {
            let width = u32::try_from(kind.width()).unwrap_or(0);
            self.count = next.checked_add(width).expect("memory ends long before");
        }
        row
    }

    /// How many weights there are.
    pub(super) fn count(&self) -> usize {
        self.count as usize
    }

    /// For each part its keys in order, each with its first weight.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<(u64, u32)>> {
        self.parts.iter().map(|part| {
            let mut rows: Vec<(u64, u32)> = part.iter().map(|(key, row)| (*key, *row)).collect();
            rows.sort_unstable();
            rows
        })
    }
}

fn read(shape: &Shape, sample: &WordSample, reading: &mut Reading) {
    reading.chars.clear();
    let words = sample.words.iter();
    reading.chars.extend(words.flat_map(|word| word.chars()));
    shape.read(reading);
}

/// All keys that the model looks at in a text, with the places of their rows.
pub(super) fn each_key(shape: &Shape, reading: &mut Reading, mut each: impl FnMut(usize, u64)) {
    Shape::each_gram(reading, |keys| {
        for (place, key) in keys {
            each(place, key);
        }
    });
    let mut numbered = |place: usize, kind: Kind, number: usize| each(place, kind.key(number));
    Shape::each_one(reading, &mut numbered);
    Shape::each_class(reading, &mut numbered);
    shape.each_word(reading, &mut numbered);
}

fn encoded(sample: &WordSample, reading: &Reading, met: Vec<Met>) -> Encoded {
    let mut truth = vec![false; reading.chars.len() + 1];
    let mut end = 0;
    for word in std::iter::once("").chain(sample.words.iter().map(String::as_str)) {
        end += word.chars().count();
        if let Some(place) = truth.get_mut(end) {
            *place = true;
        }
    }
    let gaps: Vec<Gap> = (0..truth.len()).map(|at| gap(reading, at)).collect();
    for (truth, gap) in truth.iter_mut().zip(&gaps) {
        *truth = match gap {
            Gap::Free => *truth,
            Gap::Cut => true,
            Gap::Joined => false,
        };
    }
    Encoded { met, truth, gaps }
}
