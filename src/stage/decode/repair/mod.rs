//! Puts lines together again that a machine has broken, and takes out the spaces that such line ends became.
//!
//! Scanned pages, old mails and converted files break every line at the same column, in the middle of words; a blank line stands where a
//! column ended; and where somebody joined the lines carelessly, a space is left at each former end. This step stands between the
//! charset and the paragraphs, for plain text only.
//!
//! ```text
//! text -> lines -> regions (margin, running text?) -> joins  (a score for each line end)    \
//!                \-> spaces (rhythm, words, neighbours: a score for each space)               -> apply: text, alignment, edits
//! ```
//!
//! No rule decides alone. Each fact about a line end or a space (the line is full; a comma stands there; a word goes across; the
//! next line is set in) adds to a score or takes from it. Scores are logarithms of odds: a break is taken out above zero, and the
//! edit's confidence is the probability that the score means. Nothing but white space is taken out, and every piece of it is an
//! edit, so that text and edits give the source back.
//!
//! | file | what |
//! |---|---|
//! | `repair` | the step; the quick look that most texts pass |
//! | `lines`, `marks`, `class`, `starts` | what is measured of a line, a character, a line's beginning |
//! | `margin`, `regions`, `running` | columns, and whether they hold running text |
//! | `joins`, `pair`, `wrapped` | line ends |
//! | `spaces`, `neighbours` | spaces inside lines |
//! | `words` | the dictionary, on doubtful places |
//! | `apply` | the repaired text |

mod apply;
mod class;
mod joins;
mod lines;
mod margin;
mod marks;
mod neighbours;
mod pair;
mod regions;
#[expect(
    clippy::module_inception,
    reason = "the file is named for what runs, as in every hop"
)]
mod repair;
mod running;
mod spaces;
mod starts;
#[cfg(test)]
mod tests;
mod words;
mod wrapped;

pub(super) use apply::Cut;
pub(super) use lines::lines;
pub(super) use repair::{Scratch, repair};
