//! The step itself, and the quick look that says there is nothing to do.

use memchr::{memchr, memchr_iter};

use std::mem::replace;

use super::apply::{Cut, Repaired, apply};
use super::joins::Joiner;
use super::lines::{Line, lines};
use super::spaces::{Space, find};
use super::words::Words;

/// Lines that are looked at together, so that memory does not grow with the text's length in lines.
const TOGETHER: usize = 1 << 14;

/// Cuts and spaces whose memory is kept for the next text.
const KEPT: usize = 1 << 16;

/// Memory of the step that serves one text after another.
#[derive(Debug, Default)]
pub(in crate::stage::decode) struct Scratch {
    lines: Vec<Line>,
    spaces: Vec<Space>,
    cuts: Vec<Cut>,
}

impl Scratch {
    /// What was taken out of the last text that was repaired, in order.
    pub(in crate::stage::decode) fn cuts(&self) -> &[Cut] {
        &self.cuts
    }
}

/// Repairs `text`; `None` where nothing is broken. What was taken out is then in `scratch`.
pub(in crate::stage::decode) fn repair(text: &str, scratch: &mut Scratch) -> Option<Repaired> {
    if !is_suspect(text) {
        return None;
    }
    let mut words = Words::default();
    let Scratch {
        lines: together,
        spaces,
        cuts,
    } = scratch;
    together.clear();
    cuts.clear();
    // A text of a million cuts is rare, and its memory need not be kept for others.
    cuts.shrink_to(KEPT);
    spaces.clear();
    spaces.shrink_to(KEPT);
    let (mut gap, mut top) = (0_u16, true);
    for bytes in lines(text) {
        let Some(line) = Line::measure(text, &bytes, gap) else {
            gap = gap.saturating_add(1);
            continue;
        };
        gap = 0;
        together.push(line);
        if together.len() == TOGETHER {
            judge(text, together, top, &mut words, spaces, cuts);
            // The last line is the first of the next part: its end is still to be judged, its spaces are not.
            top = false;
            together.drain(..TOGETHER - 1);
        }
    }
    judge(text, together, top, &mut words, spaces, cuts);
    (!cuts.is_empty()).then(|| apply(text, cuts))
}

fn judge(
    text: &str,
    lines: &[Line],
    top: bool,
    words: &mut Words,
    spaces: &mut Vec<Space>,
    cuts: &mut Vec<Cut>,
) {
    let inner = if top {
        lines
    } else {
        lines.get(1..).unwrap_or_default()
    };
    let first = cuts.len();
    let found = find(text, inner, words, spaces, cuts);
    Joiner::new(text, words, found.broken, found.spaced_latin).join(lines, top, cuts);
    if let Some(own) = cuts.get_mut(first..) {
        own.sort_by_key(|cut| cut.before().start);
    }
}

/// One pass over the bytes, without memory: whether any line end or space may have to go. Lines that end their sentence and have no
/// space beside a Chinese character are all there is to most texts.
fn is_suspect(text: &str) -> bool {
    let spaces = memchr(b' ', text.as_bytes()).is_some();
    let returns = memchr(b'\r', text.as_bytes()).is_some();
    let mut open = false;
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut lines = ends.map(|end| text.get(replace(&mut start, end + 1)..end));
    lines.any(|line| {
        let line = line.unwrap_or_default().trim_end();
        if line.is_empty() {
            return false;
        }
        let suspect =
            open || spaces && has_suspect_space(line.as_bytes()) || returns && line.contains('\r');
        open = !ends_sentence(line.as_bytes());
        suspect
    })
}

fn ends_sentence(bytes: &[u8]) -> bool {
    ["。", "！", "？", "”", "；", "："]
        .iter()
        .any(|mark| bytes.ends_with(mark.as_bytes()))
}

/// Whether a space has a character outside ASCII on one side, or digits on both.
fn has_suspect_space(line: &[u8]) -> bool {
    let body = line.trim_ascii_start();
    memchr_iter(b' ', body).any(|at| {
        let around = at.checked_sub(1).and_then(|last| body.get(last..at + 2));
        match around {
            Some([last, _, next]) => {
                !last.is_ascii()
                    || !next.is_ascii()
                    || last.is_ascii_digit() && next.is_ascii_digit()
            }
            _ => false,
        }
    })
}
