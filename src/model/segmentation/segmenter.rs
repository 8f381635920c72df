//! The model at work: a text in, words out.

use std::sync::Arc;

use super::file::PackedSegmentation;
use super::route::best;
use super::shape::{BEFORE, ROW, Reading, SPACE, Shape};
use super::table::{Maybe, Table};
use super::users::Users;
use crate::lexicon::Lexicon;
use crate::record::Pos;
use crate::text::{ByteOffset, CharOffset, Span};

/// The model that needs no download; `models/segmentation.md` says what it was made of.
static EMBEDDED: &[u8] = include_bytes!("../../../models/segmentation.zst");

/// Characters for which a caller keeps room (some MiB).
const KEPT: usize = 1 << 16;

/// A model of words.
///
/// ```
/// use cihe::lexicon::Lexicon;
/// use cihe::model::{SegmentationModel, SegmentationScratch};
///
/// let model = SegmentationModel::embedded("pku", &Lexicon::default_shared());
/// let (text, mut words) = ("他们昨天修好了石桥", Vec::new());
/// model.cut(text, &mut SegmentationScratch::default(), |span, _| words.push(span.of(text)));
/// assert_eq!(words, ["他们", "昨天", "修好", "了", "石桥"]);
/// ```
#[derive(Debug)]
pub struct SegmentationModel {
    shape: Shape,
    table: Table,
    within: i16,
    users: Users,
}

/// A worker's memory.
#[derive(Debug, Default)]
pub struct SegmentationScratch {
    reading: Reading,
    maybe: Vec<Maybe>,
    scores: Vec<i16>,
    steps: Vec<[bool; 2]>,
    ends: Vec<usize>,
}

impl SegmentationModel {
    /// Makes a stored model ready, by one of its conventions; by what all share where it has none of that name.
    pub fn new(packed: PackedSegmentation, convention: &str, lexicon: &Lexicon) -> Self {
        let mut names = packed.conventions.iter();
        let convention = names.position(|name| name == convention);
        Self {
            table: Table::new(&packed, convention),
            within: packed.within,
            shape: Shape::new(packed.chars, lexicon),
            users: Users::of(lexicon),
        }
    }

    /// The embedded model over a lexicon, whose words it looks at; the user's among them weigh more.
    ///
    /// # Panics
    ///
    /// Never: the embedded file is sound.
    pub fn embedded(convention: &str, lexicon: &Lexicon) -> Arc<Self> {
        let packed = PackedSegmentation::read(EMBEDDED);
        let packed = packed.expect("the embedded model is sound, as a test shows");
        Arc::new(Self::new(packed, convention, lexicon))
    }

    /// Cuts `text` and hands each word to `emit`, in order. White space is left out.
    ///
    /// Takes time and memory in proportion to the text, so that callers pass texts of bounded length.
    pub fn cut(
        &self,
        text: &str,
        scratch: &mut SegmentationScratch,
        mut emit: impl FnMut(Span, Pos),
    ) {
        self.find_ends(text, scratch);
        let SegmentationScratch { reading, ends, .. } = scratch;
        let (mut byte, mut from) = (0, 0);
        for to in ends.iter().copied() {
            let chars = reading.chars.get(from..to).unwrap_or_default();
            let end = byte + chars.iter().map(|ch| ch.len_utf8()).sum::<usize>();
            // White space is a word by itself, whatever the model says.
            if reading.class(from) != SPACE {
                let span = Span {
                    byte_start: ByteOffset::of(byte),
                    byte_end: ByteOffset::of(end),
                    char_start: CharOffset::of(from),
                    char_end: CharOffset::of(to),
                };
                let lexicon = &self.shape.lexicon;
                let pos = time(chars).unwrap_or_else(|| {
                    lexicon.pos_in(&mut reading.matches, from, to, span.of(text))
                });
                emit(span, pos);
            }
            (byte, from) = (end, to);
        }
        if reading.chars.capacity() > KEPT {
            *scratch = SegmentationScratch::default();
        }
    }

    /// The gaps where words end, into `scratch.ends`.
    fn find_ends(&self, text: &str, scratch: &mut SegmentationScratch) {
        let SegmentationScratch {
            reading,
            maybe,
            scores,
            steps,
            ends,
        } = scratch;
        reading.chars.clear();
        reading.chars.extend(text.chars());
        self.shape.read(reading);
        scores.clear();
        scores.resize(2 * reading.chars.len() + 1 + BEFORE + 2 * ROW, 0);
        self.table.score(&self.shape, reading, maybe, scores);
        self.users.add(&reading.chars, scores);
        best(reading, scores, self.within, steps, ends);
    }

    /// What everything says of each place, as a test compares it with what training looks at.
    #[cfg(test)]
    pub(super) fn scores(&self, text: &str) -> Vec<i16> {
        let mut scratch = SegmentationScratch::default();
        self.find_ends(text, &mut scratch);
        let places = 2 * scratch.reading.chars.len() + 1;
        scratch
            .scores
            .into_iter()
            .skip(BEFORE)
            .take(places)
            .collect()
    }
}

/// Digits with a unit of the calendar or the clock behind them are a time: dictionaries can't list them.
fn time(chars: &[char]) -> Option<Pos> {
    let (last, digits) = chars.split_last()?;
    let is_digit = |ch: &char| matches!(ch, '0'..='9' | '０'..='９');
    let is_time = matches!(last, '年' | '月' | '日' | '时' | '分' | '秒');
    let is_time = is_time && !digits.is_empty() && digits.iter().all(is_digit);
    Pos::new("t").filter(|_| is_time)
}
