//! How wide the column is that a line stands in.
//!
//! ```text
//! widths   24 28 27 28 28 9   28 28 27 28 14 |  56 58 58 57 ...
//!                      a window of eight lines, forwards and backwards of each
//! margin   28 28 28 28 28 28  28 28 28 28 28 |  58 58 58 58 ...
//! ```
//!
//! Lines of one column are of nearly one width but for the last of each paragraph. A line's margin is the width with most lines
//! at or a little under it, in the eight lines up to this one or the eight from this one on, whichever agree better: so a column
//! may begin and end anywhere. The windows are of constant size, and the work in proportion to the lines.

/// Lines of a window.
const WINDOW: usize = 8;
/// How much narrower than the margin a full line is at most, in columns: half a mark, a mark, a carried mark.
const RAGGED: u16 = 3;

/// The support of a margin on which two lines agree to the column.
pub(super) const AGREED: u16 = 12;

/// The margin of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Margin {
    /// Columns from the left edge.
    pub(super) columns: u16,
    /// How well its lines agree.
    pub(super) support: u16,
}

/// The margins by the measure in which lines are more even, of their widths in columns and in characters; and whether that
/// is the second.
pub(super) fn more_even(columns: &[u16], chars: &[u16]) -> (bool, Vec<Margin>) {
    let by_columns = margins(columns);
    // Where nothing but Chinese stands they are the same.
    if columns == chars {
        return (false, by_columns);
    }
    let total = |margins: &[Margin]| -> u32 {
        let supports = margins.iter().map(|margin| u32::from(margin.support));
        supports.sum()
    };
    let by_chars = margins(chars);
    if total(&by_chars) > total(&by_columns) {
        (true, by_chars)
    } else {
        (false, by_columns)
    }
}

/// The margins of lines of these widths.
pub(super) fn margins(widths: &[u16]) -> Vec<Margin> {
    let first = (1..WINDOW.min(widths.len() + 1)).map(|end| best(&widths[..end]));
    let mut behind: Vec<Margin> = Vec::with_capacity(widths.len());
    behind.extend(first);
    behind.extend(widths.first_chunk().map(best_of_full));
    let mut known = behind.last().copied().unwrap_or_default();
    behind.extend(
        widths
            .array_windows()
            .map(|[left, window @ ..]: &[u16; WINDOW + 1]| {
                // A window that gets as wide a line as it loses is what it was.
                if window.last() != Some(left) {
                    known = best_of_full(window);
                }
                known
            }),
    );
    let at = |index: usize| behind.get(index).copied().unwrap_or_default();
    let last = widths.len().saturating_sub(1);
    widths
        .iter()
        .enumerate()
        .map(|(index, width)| {
            let (before, after) = (at(index), at(last.min(index + WINDOW - 1)));
            if before == after {
                return before;
            }
            let fits = |margin: Margin| *width <= margin.columns + RAGGED;
            let near = |margin: Margin| {
                margin.support >= AGREED && fits(margin) && width + RAGGED >= margin.columns
            };
            let key = |margin: Margin| (fits(margin), near(margin), margin.support, margin.columns);
            if key(before) > key(after) {
                before
            } else {
                after
            }
        })
        .collect()
}

/// The width of the window that most of its lines have, or nearly.
fn best(window: &[u16]) -> Margin {
    let support = |columns: u16| window.iter().map(|width| weight(*width, columns)).sum();
    let margins = window
        .iter()
        .map(|columns| rank(support(*columns), *columns));
    margin(margins.fold(0, u32::max))
}

/// The same of a whole window: its size is known, so that all its lines are compared with a line at once.
fn best_of_full(window: &[u16; WINDOW]) -> Margin {
    let mut support = [0; WINDOW];
    for &width in window {
        for (support, &columns) in support.iter_mut().zip(window) {
            *support += weight(width, columns);
        }
    }
    let margins = support.iter().zip(window);
    let margins = margins.map(|(support, columns)| rank(*support, *columns));
    margin(margins.fold(0, u32::max))
}

/// What a line of this width says for a margin: full lines speak for it, hanging marks too, and wider lines against it.
#[inline]
fn weight(width: u16, columns: u16) -> i16 {
    const LESS: i16 = -RAGGED.cast_signed();
    let over = width.wrapping_sub(columns).cast_signed();
    let near = (LESS..=0).contains(&over);
    let exact = (-1..=0).contains(&over);
    let hanging = (1..=2).contains(&over);
    let wider = over > -LESS;
    4 * i16::from(near) + 2 * i16::from(exact) + 3 * i16::from(hanging) - i16::from(wider)
}

/// Support and columns as one number: the wider of two margins with the same support is better.
fn rank(support: i16, columns: u16) -> u32 {
    u32::from(support.max(0).cast_unsigned()) << 16 | u32::from(columns)
}

fn margin(rank: u32) -> Margin {
    let [a, b, c, d] = rank.to_be_bytes();
    Margin {
        columns: u16::from_be_bytes([c, d]),
        support: u16::from_be_bytes([a, b]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(widths: &[u16]) -> Vec<u16> {
        margins(widths)
            .iter()
            .map(|margin| margin.columns)
            .collect()
    }

    #[test]
    fn the_last_line_of_a_paragraph_does_not_narrow_its_column() {
        assert_eq!(columns(&[24, 28, 27, 28, 28, 9, 28, 28, 28, 14]), [28; 10]);
    }

    #[test]
    fn columns_of_two_widths_may_follow_each_other() {
        let widths = [28, 28, 28, 28, 28, 28, 20, 58, 58, 58, 58, 58, 30];
        assert_eq!(
            columns(&widths),
            [28, 28, 28, 28, 28, 28, 28, 58, 58, 58, 58, 58, 58]
        );
    }

    #[test]
    fn marks_that_were_set_narrower_do_not_widen_it() {
        assert_eq!(columns(&[28, 28, 30, 28, 28, 28]), [28; 6]);
    }
}
