//! Pages: their visible text, and which part of it is the main text.
//!
//! ```text
//! html --page--> blocks of visible text, a tree of elements, a head
//!      --weigh--> what each block is worth as running text
//!      --choose--> the element that holds the article, and its blocks
//!      --main_text--> text, alignment, paragraphs, and what was left out
//! ```
//!
//! Every block knows its bytes in the page, so the choice never loses the way back; no library that rewrites the page comes
//! between. Each step is one pass, whatever the page, so that a hostile one costs no more than an honest one of its size.

mod choose;
mod head;
mod main_text;
mod page;
#[cfg(test)]
mod tests;
mod tree;
mod weigh;

pub(super) use main_text::{CONFIDENCE, LeftOut, main_text};
pub(super) use page::Page;
