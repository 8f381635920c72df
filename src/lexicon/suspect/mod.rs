//! Characters that a machine probably read wrongly, and what it should have read.
//!
//! ```text
//! text -> runs of Han characters -> characters between two rare pairs -> ... in no word -> ... that a look-alike would
//!         (pairs: one bit each)                                        (trie)          make a word (tables) -> score
//! ```
//!
//! A wrong character tears a word apart: neither neighbour is used to it, and no word of the dictionary covers it. Most characters
//! of clean text stand in a pair that is met often and not by chance, so that the first step, a bit for each pair, is all that they cost. Of
//! the few that are left, those are asked whose look-alike (same shape or strokes) or same sound makes a word with its neighbours, or at
//! least pairs that are met; and where a neighbour hardly stands without one certain character (贸 without 易), that one too. The
//! score weighs how much likelier the cut of nine characters gets, how alike the two are, and how often the four pairs
//! are met; its weights come from a logistic regression on clean and on spoilt text, so that the confidence is a probability
//! where one character in a hundred is wrong.
//!
//! Precision comes before recall. A proposal that comes again and again is the author's own word (a foreign name, a term), not
//! a slip, and is not made. Short items of a list may be names, and more is asked there. Characters outside of GB 2312 are never doubted,
//! nor are numerals: they are facts, and any other makes sense. Two wrong characters side by side hide each other, and are
//! found only where the same text has what was meant elsewhere. A character model with a
//! neural network would find wrong characters that make another word; it would cost a thousand times more.
//!
//! | file | what |
//! |---|---|
//! | `tables` | the look-alikes and the pairs, embedded |
//! | `find` | the search |
//! | `weigh` | the score |
//! | `twice` | two side by side, by what the text says elsewhere |
//! | `users` | what a user's words protect |

mod find;
mod tables;
#[cfg(test)]
mod tests;
mod twice;
mod users;
mod weigh;

pub use find::{Suspect, Suspects};
pub use tables::is_confusable;
