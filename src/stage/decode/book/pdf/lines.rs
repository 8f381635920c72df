//! From pieces of text with places to lines.
//!
//! A piece goes on a line where it stands at the same height; where it stands apart from the last one, a space comes between.
//! How a page is set tells where its paragraphs begin, so two traces of it are kept: a line that is set in begins with two
//! ideographic spaces, and before a line that stands apart from the one above comes a blank one.

use crate::text::is_han;

/// A piece of text on a page, along its own direction.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where it begins and ends in the direction of writing.
    pub(super) along: (f64, f64),
    /// Where it stands across that; grows from line to line.
    pub(super) across: f64,
    /// The size of its characters.
    pub(super) size: f64,
    /// The direction of writing, in quarters of a turn.
    pub(super) turn: i8,
}

#[derive(Debug)]
struct Line {
    text: String,
    along: (f64, f64),
    across: f64,
    size: f64,
    turn: i8,
    last: (f64, usize),
}

/// The lines of a page.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    /// Adds a piece.
    pub(super) fn push(&mut self, piece: &Piece) {
        let on = self.0.last_mut().filter(|line| line.holds(piece));
        let Some(line) = on else {
            self.0.push(Line {
                text: piece.text.clone(),
                along: piece.along,
                across: piece.across,
                size: piece.size,
                turn: piece.turn,
                last: (piece.along.0, 0),
            });
            return;
        };
        // Bold faces are made by writing twice on nearly the same place.
        let again = (piece.along.0 - line.last.0).abs() < 0.2 * piece.size
            && line.text.get(line.last.1..) == Some(&piece.text);
        if again {
            return;
        }
        let gap = (piece.along.0 - line.along.1) / piece.size.max(line.size);
        let wide = |char: Option<char>| char.is_some_and(is_han);
        let chinese = wide(line.text.chars().next_back()) || wide(piece.text.chars().next());
        let blank =
            line.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
        if !blank && (gap > 0.8 || gap > 0.2 && !chinese) {
            line.text.push(' ');
        }
        line.last = (piece.along.0, line.text.len());
        line.text.push_str(&piece.text);
        line.along.1 = line.along.1.max(piece.along.1);
        line.size = line.size.max(piece.size);
    }

    /// The page's text.
    pub(super) fn finish(mut self) -> String {
        self.0.retain(|line| !line.text.trim().is_empty());
        let usual = self.distance();
        let mut text = String::new();
        for (at, line) in self.0.iter().enumerate() {
            let above = at.checked_sub(1).and_then(|at| self.0.get(at));
            let below = self.0.get(at + 1);
            if let Some(above) = above {
                let apart = line.across - above.across;
                let blank =
                    line.turn != above.turn || apart > 1.7 * usual && apart > 1.5 * line.size;
                text.push_str(if blank { "\n\n" } else { "\n" });
            }
            let margin = [above, below]
                .into_iter()
                .flatten()
                .filter(|other| other.is_beside(line))
                .map(|other| other.along.0)
                .reduce(f64::min);
            let set_in = margin.map_or(0.0, |margin| (line.along.0 - margin) / line.size);
            if (1.5..4.5).contains(&set_in) && !line.text.starts_with(char::is_whitespace) {
                text.push_str("\u{3000}\u{3000}");
            }
            text.push_str(line.text.trim_end());
        }
        text
    }

    /// The usual distance of two lines.
    fn distance(&self) -> f64 {
        let pairs = self.0.windows(2).filter_map(|pair| match pair {
            [one, next] if one.is_beside(next) => Some(next.across - one.across),
            _ => None,
        });
        let mut apart: Vec<f64> = pairs.filter(|apart| *apart > 0.0).collect();
        apart.sort_by(f64::total_cmp);
        apart.get(apart.len() / 2).copied().unwrap_or(f64::INFINITY)
    }
}

impl Line {
    fn holds(&self, piece: &Piece) -> bool {
        self.turn == piece.turn
            && (self.across - piece.across).abs() < 0.5 * self.size.max(piece.size)
            && piece.along.0 > self.along.1 - 2.0 * piece.size.max(self.size)
            || self.turn == piece.turn
                && (self.across - piece.across).abs() < 0.2 * piece.size
                && (piece.along.0 - self.last.0).abs() < 0.2 * piece.size
                && self.text.get(self.last.1..) == Some(&piece.text)
    }

    /// Whether the two belong to one column, as far as their places tell.
    fn is_beside(&self, other: &Self) -> bool {
        let apart = (self.across - other.across).abs();
        self.turn == other.turn
            && apart < 4.0 * self.size.max(other.size)
            && self.along.0 < other.along.1
            && other.along.0 < self.along.1
    }
}
