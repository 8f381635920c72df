//! Corpora with names in them, in the formats that are in use.
//!
//! | format | looks like |
//! |---|---|
//! | columns | a character or word a line with its tag, a blank line between sentences: BIO, BIOES, BMES. A digit behind a single character (where it stands in its word, as in Weibo NER) is no text |
//! | CoNLL-U | numbered words with their tag, `# text = …` above |
//! | slash | `word/TAG word/TAG`, a sentence a line |
//! | JSONL | `{"text", "entities": [[start, end, "PER"]]}`, or `label` as CLUENER has it |

mod columns;
mod json;
mod read;
mod sample;
mod slash;
#[cfg(test)]
mod tests;

pub use json::to_json;
pub use read::{CorpusError, Format, parse, read};
pub use sample::Sample;
pub use slash::words;
