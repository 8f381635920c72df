//! The `segment` hop: a document's sentences become words.
//!
//! ```text
//! Document -> [sentence -> pieces -> marks at full width -> Engine -> words, led back, trimmed] -> Segmented
//! ```
//!
//! An [`Engine`] reads the simplified view and says where words are; [`Segment`] does all that engines have in common:
//! it hands them texts of bounded length, leaves white space out, and moves places to the document's coordinates. It
//! changes no text.

#[cfg(test)]
mod conformance;
mod engine;
#[cfg(test)]
pub(crate) mod fixture;
mod hop;
mod jieba;
mod options;
mod pieces;
#[cfg(test)]
mod tests;
mod trained;

pub use engine::{Engine, Word, check_words};
pub use hop::{Segment, SegmentScratch};
pub use jieba::JiebaEngine;
pub use options::{EngineKind, SegmentOptions, WordConvention};
pub use pieces::PIECE_CHARS;
pub use trained::TrainedEngine;
