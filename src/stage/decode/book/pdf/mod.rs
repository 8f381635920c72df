//! PDF: the text layer.
//!
//! ```text
//! pages --content--> pieces of text with their places, by each font's way from codes to characters (`font`)
//!       --lines----> lines, with a space where the pieces stand apart and an indentation where a line is set in
//! ```
//!
//! `hayro-syntax` reads the file (objects, filters, encryption with the empty password) and `hayro-cmap` the tables of codes, with
//! the predefined ones of the Chinese character collections compiled in. What makes text of it is ours: a renderer's view of a
//! page (shapes, colours, images) is not needed, and libraries that offer text bring all of it along.
//!
//! The order is the file's own, which programs for setting type write in the order of reading.

mod content;
mod font;
mod lines;
mod read;

pub(super) use read::read;
