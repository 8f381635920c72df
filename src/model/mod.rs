//! Trained models: names of persons, places and organisations, character by character; words (`segmentation`); and parts of speech (`pos`).
//!
//! A layer beside `lexicon`, whose words are one of the things that it looks at. It knows texts, not documents: `stage::tag` gives
//! it sentences and makes entities of its answers.
//!
//! ```text
//! text -> alphabet -> grams -> table (looked) -> convention --\
//!      `-> lists (dictionary, names) -------------------------+-> rows (a score for each label) -> viterbi -> names
//!
//! corpus -> train (space, crf, source) -> file -> table
//! ```
//!
//! The model is linear: what each n-gram and each word of a list says of a character's label is a row of thirteen small numbers, most of them
//! zero, and all rows are added up. Neural models know more and cost a hundred times as much; the point of this one is that it can always be on.
//!
//! Corpora differ in what they call a name (is 中国 in 中国队 a place?), which matters more than any feature. So each source
//! of samples has weights of its own beside those that all share, and the text's kind chooses among them. Shared and own weights are
//! added up when a convention is first needed.
//!
//! An automaton over all n-grams, as vaporetto has it, lost to one look-up for each length: four lengths are few, and the table says "unknown" from
//! two bits that are nearly always near the processor. What is left is waiting for memory: so each step (which n-grams may be known, what their
//! slots hold, what their first weights are) is done for a whole sentence at once, and the waits overlap.

mod alphabet;
mod bytes;
mod convention;
mod corpus;
mod entities;
mod evaluate;
mod file;
mod grams;
mod known;
mod label;
mod listed;
mod lists;
mod looked;
mod pos;
mod segmentation;
mod table;
#[cfg(test)]
mod tests;
mod train;
mod viterbi;

pub use bytes::ModelFileError;
pub use corpus::{CorpusError, Format, Sample, parse, read, to_json, words};
pub use entities::{EntityModel, EntityScratch, Votes};
pub use evaluate::{Counts, Evaluation};
pub use file::Packed;
pub use label::{Kind, Name};
pub use listed::Listed;
pub use lists::is_surname;
pub use pos::{
    ICTCLAS, PackedTags, TagEvaluation, TagModel, TagScratch, TaggedSample, Tagset, UNIVERSAL,
    coarse, parse_tagged, read_tagged, train_tags, universal,
};
pub use segmentation::{
    CONVENTIONS, PackedSegmentation, SegmentationModel, SegmentationScratch, Vocabulary,
    WordEvaluation, WordSample, parse_words, read_words, train_words,
};
pub use train::{Progress, TrainOptions, train};
