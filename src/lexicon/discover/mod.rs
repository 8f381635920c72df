//! New words: strings that texts use as words and the lexicon lacks.
//!
//! ```text
//! texts -> Survey: counts of strings, roughly          first reading
//! texts -> Study:  counts and neighbours, exactly      second reading, of what is frequent and holds together
//!       -> Discovery: the best, with their figures     what the lexicon has, and phrases of its words, left out
//!       -> a lexicon file to edit
//! ```
//!
//! Two readings, since what is a word is known only at the end, and the neighbours of everything would fill any memory. Memory is
//! bounded: about 100 MB for the survey, as much for the study, whatever is read.
//!
//! The measures are the usual ones: frequency; cohesion, the pointwise mutual information of the weakest split; freedom, the smaller of the
//! entropies of what stands to the left and to the right. They find phrases as well as words. What tells the two apart
//! is the lexicon: see [`propose`].

mod propose;
mod study;
mod survey;
#[cfg(test)]
mod tests;

pub use propose::{DiscoverOptions, Discovery, Found};
pub use study::Study;
pub use survey::Survey;
