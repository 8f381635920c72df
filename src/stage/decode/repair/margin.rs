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

/// The margins of lines of these widths.
pub(super) fn margins(widths: &[u16]) -> Vec<Margin> {
    let behind: Vec<Margin> = (0..widths.len())
        .map(|at| {
            best(
                widths
                    .get(at.saturating_sub(WINDOW - 1)..=at)
                    .unwrap_or_default(),
            )
        })
        .collect();
    let at = |index: usize| behind.get(index).copied().unwrap_or_default();
    let last = widths.len().saturating_sub(1);
    widths
        .iter()
        .enumerate()
        .map(|(index, width)| {
            let (before, after) = (at(index), at(last.min(index + WINDOW - 1)));
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
    let mut best = Margin::default();
    for (at, &columns) in window.iter().enumerate() {
        if window.iter().take(at).any(|width| *width == columns) {
            continue;
        }
        let (mut near, mut exact, mut hanging, mut wider) = (0, 0, 0, 0);
        for &width in window {
            near += u16::from(width <= columns && width + RAGGED >= columns);
            exact += u16::from(width <= columns && width + 1 >= columns);
            hanging += u16::from(width > columns && width <= columns + 2);
            wider += u16::from(width > columns + RAGGED);
        }
        let support = (4 * near + 2 * exact + 3 * hanging).saturating_sub(wider);
        if (support, columns) > (best.support, best.columns) {
            best = Margin { columns, support };
        }
    }
    best
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
