//! Whether a word goes across a place: the dictionary's word on a doubtful break.
//!
//! A line that a machine broke ends in the middle of a word nearly as often as not; a line that a person ended never does. The characters
//! around the place are cut by the dictionary, so that a chance pair (市民 | 主席) does not count as a word. This costs a
//! microsecond or two and is asked only where the other evidence leaves a doubt; the dictionary is not loaded before.

use crate::lexicon::Lexicon;
use crate::text::{is_han, simplify};

/// Characters that are looked at on either side.
const REACH: usize = 5;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// A word goes across it.
    Across,
    /// A word ends or begins there.
    Between,
    /// The dictionary knows neither.
    Unknown,
}

/// Asks the dictionary; holds its scratch memory.
#[derive(Debug, Default)]
pub(super) struct Words {
    buffer: String,
    lexicon: Option<Lexicon>,
}

impl Words {
    /// What stands between `before` and `after`.
    pub(super) fn seam(&mut self, before: &str, after: &str) -> Seam {
        let count = before
            .chars()
            .rev()
            .take_while(|char| is_han(*char))
            .take(REACH)
            .count();
        if count == 0 || !after.starts_with(is_han) {
            return Seam::Unknown;
        }
        let left = before
            .char_indices()
            .rev()
            .nth(count - 1)
            .map_or(0, |(at, _)| at);
        self.buffer.clear();
        self.buffer
            .extend(before.get(left..).unwrap_or_default().chars().map(simplify));
        let right = after.chars().take_while(|char| is_han(*char)).take(REACH);
        self.buffer.extend(right.map(simplify));
        let lexicon = self.lexicon.get_or_insert_with(Lexicon::default_shared);
        let mut seam = Seam::Unknown;
        for hit in lexicon.tag(&self.buffer, false) {
            if hit.char_start < count && count < hit.char_end {
                return Seam::Across;
            }
            let touches = hit.char_end == count || hit.char_start == count;
            if touches && hit.char_end - hit.char_start > 1 {
                seam = Seam::Between;
            }
        }
        seam
    }
}
