//! Puts lines together again that a machine has broken at a fixed width.
//!
//! Scanned pages and old mails break every line at the same column, in the middle of words. A block (the lines between two blank
//! ones) is taken for such where it has at least [`LINES`] lines, nearly all Han, and all but the last of each paragraph are of nearly
//! one width. A paragraph ends before a line that is set in, and with a short line that ends a sentence.
//! Poems have shorter lines, or end each with a mark; lists, tables, code and Markdown have unequal ones. Only line breaks and the
//! indentation around them are taken out; everything else of the text stays as it is.

use std::ops::Range;

use super::running::is_running;
use crate::text::{Alignment, AlignmentBuilder, is_han};

/// Lines that a block has at least.
const LINES: usize = 3;
/// Widths of a broken line in columns, two for each Han character.
const COLUMNS: std::ops::RangeInclusive<usize> = 20..=90;
/// How much narrower than the widest line a full line may be: a mark or a Latin word that did not fit, or marks that were set
/// narrower in the widest.
const RAGGED: usize = 4;
/// How much narrower the first may be besides: its indentation, where that was lost.
const INDENT: usize = 4;
/// Share of Han characters and Chinese marks in columns that a block has at least.
const WIDE_PERCENT: usize = 60;
/// Bytes of a line that is wider than any broken one, whatever its characters: it need not be measured.
const TOO_LONG: usize = 400;
/// How sure the rule is.
pub(super) const CONFIDENCE: f32 = 0.9;

/// A line break that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// Bytes of the text before the repair.
    pub(super) before: Range<usize>,
    /// Whether a space stands for it, between two Latin words.
    pub(super) space: bool,
}

/// A repaired text.
#[derive(Debug)]
pub(super) struct Repaired {
    /// The text.
    pub(super) text: String,
    /// From the repaired text to the text before.
    pub(super) alignment: Alignment,
    /// In order.
    pub(super) breaks: Vec<Break>,
}

struct Line {
    /// Without the line's end.
    bytes: Range<usize>,
    /// Columns of white space before it.
    indent: usize,
    /// Its width, an indentation of up to four included.
    columns: usize,
    /// Its characters, counted likewise.
    chars: usize,
    /// The columns of its Han characters and Chinese marks.
    wide: usize,
}

/// Repairs `text`; `None` where nothing is broken.
pub(super) fn repair(text: &str) -> Option<Repaired> {
    let mut joins = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    for bytes in lines(text) {
        let line = measure(text, bytes);
        if line.columns == 0 {
            join_block(text, &block, &mut joins);
            block.clear();
        } else {
            block.push(line);
        }
    }
    join_block(text, &block, &mut joins);
    (!joins.is_empty()).then(|| apply(text, &joins))
}

/// The lines of `text` without their ends: line feeds, carriage returns, or both.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let mut start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r').map(move |line| {
            let bytes = start..start + line.len();
            start = bytes.end + 1;
            bytes
        })
    })
}

/// Trims the line to what is not white space and measures that.
fn measure(text: &str, bytes: Range<usize>) -> Line {
    let line = text.get(bytes.clone()).unwrap_or_default();
    let start = bytes.start + (line.len() - line.trim_start().len());
    let bytes = start..start + line.trim().len();
    if line.len() > TOO_LONG {
        return Line {
            bytes,
            indent: 0,
            columns: TOO_LONG,
            chars: TOO_LONG,
            wide: TOO_LONG,
        };
    }
    // The first line of a paragraph is as wide with its indentation as the others are without.
    let indent = line.chars().take_while(|char| char.is_whitespace());
    let indent: usize = indent.map(width).sum();
    let (mut columns, mut chars, mut wide) = (0, 0, 0);
    for char in line.trim().chars() {
        columns += width(char);
        chars += 1;
        wide += if width(char) == 2 { 2 } else { 0 };
    }
    if columns > 0 && indent <= 4 {
        columns += indent;
        chars += indent / 2;
    }
    Line {
        bytes,
        indent,
        columns,
        chars,
        wide,
    }
}

fn width(char: char) -> usize {
    match char {
        '\u{3000}'..='\u{303F}'
        | '\u{FF01}'..='\u{FF60}'
        | '“'
        | '”'
        | '‘'
        | '’'
        | '…'
        | '—'
        | '·' => 2,
        char if is_han(char) => 2,
        _ => 1,
    }
}

/// Adds the breaks of `block` to `joins`, if it holds broken paragraphs.
fn join_block(text: &str, block: &[Line], joins: &mut Vec<Range<usize>>) {
    if block.len() < LINES {
        return;
    }
    let of = |line: &Line| text.get(line.bytes.clone()).unwrap_or_default();
    let widest = block
        .iter()
        .map(|line| line.columns)
        .max()
        .unwrap_or_default();
    let most_chars = block
        .iter()
        .map(|line| line.chars)
        .max()
        .unwrap_or_default();
    // Lines that another of their paragraph follows: those must be full.
    let followed: Vec<(usize, &Line, &Line)> = block
        .windows(2)
        .enumerate()
        .filter_map(|(number, pair)| match pair {
            [line, next] if !ends_paragraph(of(line), line, next, widest) => {
                Some((number, line, next))
            }
            _ => None,
        })
        .collect();
    // Scanners count a digit as half a Han character, some typists as a whole one.
    let even = is_even(&followed, |line| line.columns, widest, 1)
        || is_even(&followed, |line| line.chars, most_chars, 2);
    let columns: usize = block.iter().map(|line| line.columns).sum();
    let wide: usize = block.iter().map(|line| line.wide).sum();
    let texts: Vec<&str> = block.iter().map(of).collect();
    let open: Vec<&str> = followed.iter().map(|(_, line, _)| of(line)).collect();
    let broken = COLUMNS.contains(&widest)
        && followed.len() + 1 >= LINES
        && even
        && wide * 100 >= columns * WIDE_PERCENT
        && !texts.iter().any(|line| is_item(line))
        && is_running(&texts, &open);
    if broken {
        joins.extend(
            followed
                .iter()
                .map(|(_, line, next)| line.bytes.end..next.bytes.start),
        );
    }
}

/// Whether lines are about as long as the longest, by a measure whose unit is so many columns wide.
fn is_even(
    lines: &[(usize, &Line, &Line)],
    measure: fn(&Line) -> usize,
    longest: usize,
    columns_per_unit: usize,
) -> bool {
    lines.iter().all(|(number, line, _)| {
        let lost = if *number == 0 { INDENT } else { 0 };
        measure(line) + (RAGGED + lost) / columns_per_unit >= longest
    })
}

/// Whether the paragraph of `line` ends with it: the next is set in, or it is short and its sentence is over.
fn ends_paragraph(text: &str, line: &Line, next: &Line, widest: usize) -> bool {
    let short = line.columns + RAGGED < widest;
    next.indent >= 2 || short && text.ends_with(['。', '！', '？', '”', '」', '：'])
}

/// Whether a line is an item of a list, a row of a table, or Markdown.
fn is_item(line: &str) -> bool {
    line.starts_with(['#', '|', '>', '-', '*', '+', '•', '·', '●', '■', '◆', '`'])
        || line.contains(['|', '\t'])
}

fn apply(text: &str, joins: &[Range<usize>]) -> Repaired {
    let mut repaired = String::with_capacity(text.len());
    let mut builder = AlignmentBuilder::default();
    let mut breaks = Vec::with_capacity(joins.len());
    let mut at = 0;
    for join in joins {
        let kept = text.get(at..join.start).unwrap_or_default();
        repaired.push_str(kept);
        builder.verbatim(kept.len());
        let next = text.get(join.end..).and_then(|rest| rest.chars().next());
        let latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
        let space = latin(kept.chars().next_back()) && latin(next);
        if space {
            repaired.push(' ');
        }
        builder.replaced(usize::from(space), join.len());
        breaks.push(Break {
            before: join.clone(),
            space,
        });
        at = join.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    repaired.push_str(rest);
    builder.verbatim(rest.len());
    Repaired {
        text: repaired,
        alignment: builder.build(),
        breaks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let repaired = repair(text);
        assert_eq!(
            repaired.as_ref().map_or(text, |repaired| &repaired.text),
            expected
        );
    }

    #[test]
    fn lines_broken_at_one_width_become_one() {
        check(
            "\u{3000}\u{3000}河边的图书馆今天重新\n开放，市民可以免费入馆参\r\n观，开放时间到晚上九点。\n\n完",
            "\u{3000}\u{3000}河边的图书馆今天重新开放，市民可以免费入馆参观，开放时间到晚上九点。\n\n完",
        );
    }

    #[test]
    fn paragraphs_that_are_set_in_or_end_short_stay_apart() {
        check(
            "\u{3000}\u{3000}据青汀港务局介绍，三号\n码头岸线长一千米，有四个\n泊位。\n\u{3000}\u{3000}码头总投资约二亿元，比\n预算节省了不少。",
            "\u{3000}\u{3000}据青汀港务局介绍，三号码头岸线长一千米，有四个泊位。\n\u{3000}\u{3000}码头总投资约二亿元，比预算节省了不少。",
        );
        check(
            "据青汀港务局介绍，三号码\n头岸线长一千米，有四个泊\n位。\n码头的总投资约二亿元，比\n预算节省了不少。",
            "据青汀港务局介绍，三号码头岸线长一千米，有四个泊位。\n码头的总投资约二亿元，比预算节省了不少。",
        );
    }

    #[test]
    fn latin_words_on_both_sides_of_a_break_keep_a_space() {
        check(
            "新的图书馆使用了open\nlibrary系统，市民可以\n用它来借书还书。",
            "新的图书馆使用了open library系统，市民可以用它来借书还书。",
        );
    }

    #[test]
    fn poems_lists_tables_and_paragraphs_stay_as_they_are() {
        for text in [
            "河水向东流，\n青山两岸留。\n故人何处去，\n明月照高楼。",
            "大河浩荡向东流入海，青山\n两岸",
            "一是把河边的老图书馆修好，\n二是把城里的新学校建起来，\n三是把山上的小树林看护好。",
            "- 河边的老图书馆已经修好了吧\n- 城里的新学校已经建好了吧吧\n- 山上的小树林也看护好了吧吧",
            "河边的老图书馆今天重新开放。\n短\n城里的新学校下个月就要建成，还有很多事情要做。",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn every_break_is_told_with_its_place() {
        let text = "河边的图书馆今天重新开\n放，市民可以免费入馆参\n观，到晚上九点。";
        let repaired = repair(text).unwrap();
        assert_eq!(repaired.breaks.len(), 2);
        for join in &repaired.breaks {
            assert_eq!(text.get(join.before.clone()), Some("\n"));
        }
    }
}
