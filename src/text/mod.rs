//! Text and the way back to its bytes: offsets, spans, alignments, scripts and sentence boundaries.
//!
//! The lowest layer. It knows strings and numbers, and nothing of files, records or tables.
//!
//! Three coordinate systems meet here and never mix, because each has a type of its own:
//!
//! | type | counts | in |
//! |---|---|---|
//! | [`ByteOffset`] | UTF-8 bytes | the repaired text (`documents.text`) |
//! | [`CharOffset`] | Unicode code points | the same text |
//! | [`SourceOffset`] | bytes | the record as it was read, before charset decoding |
//!
//! A [`Span`] names a piece of the text in the first two; an [`Alignment`] leads from the first to the third.

mod alignment;
#[cfg(test)]
mod alignment_tests;
mod marker;
mod offset;
mod script;
mod sentence;
#[cfg(test)]
mod sentence_tests;
mod simplified;
mod span;
mod width;

pub use alignment::{Alignment, AlignmentBuilder, AlignmentCursor};
pub use marker::{Marker, MarkerKind, han_digit, is_han_numeral, marker};
pub use offset::{ByteOffset, CharOffset, SourceOffset};
pub(crate) use script::han_prefix;
pub use script::{ScriptEvidence, is_han};
pub use sentence::{Sentences, sentences};
pub use simplified::{simplified_view, simplify, traditional_form};
pub use span::{Span, SpanWalker};
pub use width::FullWidth;
