//! Bodies that are named without saying whose they are: 市委, 市政府, 本报.
//!
//! A local paper writes 市委 and means that of its own city. Whose it is is known from one of two places:
//!
//! - the pipeline: `[context]` with `city` and `publisher`;
//! - else, where it says no city, the document, if it names exactly one as the head of such a body: 临澜市委…市委.
//!
//! Where a document names another city so than the one that is known, nothing is added in all of it. The rule is that of writing it out: 市
//! gives way to the city (市委 is 临澜市委, 市水务局 is 临澜市水务局), and 本报, 本刊, 本台, 本社, 本网 to the publisher, if its name ends so.
//!
//! What comes out is `full` of the body's entity. 市委, 市政府 and their like, which taggers leave out, become entities where it is known
//! whose they are, in titles (市委书记) too; the TITLE rows stay what they are.
//!
//! A body stands alone where no word before it says of which city it is, or that any is meant: 省、市政府, 各市政府, 设区的市人民政府,
//! 省委、市委、县委. What stands behind such a one in a list is none either: 各地市委、市政府.

mod bodies;
mod city;
mod head;
mod options;
mod publisher;
#[cfg(test)]
mod tests;

pub(super) use bodies::find;
pub use options::ContextOptions;
