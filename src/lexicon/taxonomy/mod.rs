//! Taxonomies: concepts with their labels, as SKOS has them, and where a text names them.
//!
//! ```text
//! Turtle -> read -> draft concepts -> build: ancestors, labels in simplified script -> automaton -> mentions
//! ```
//!
//! A taxonomy says what a reader wants to find under which name, whatever the text calls it: 五个中心 is one concept with five
//! narrower ones, and 上海国际航运中心 and 航运中心 are two labels of one of those. Files are Turtle
//! (<https://www.w3.org/TR/turtle/>) with the terms of SKOS (<https://www.w3.org/TR/skos-reference/>):
//!
//! | term | what it is taken for |
//! |---|---|
//! | `skos:Concept` | a concept; so is whatever has or is a broader one, or is in a scheme |
//! | `skos:prefLabel`, `altLabel`, `hiddenLabel` | what a text may call it, in any language and script |
//! | `skos:broader`, `narrower` | the hierarchy, told from either end, or from both |
//! | `schema:validFrom`, `validThrough` | days (inclusive) before and after which it is not meant: a plan has its years |
//! | `owl:deprecated` | with `true`, it is not looked for |
//!
//! All else (notes, sources, provenance) is for people and other programs, and passed over. Several files make one taxonomy.
//!
//! Of labels that begin at one place the longest is found, and the text is searched behind it. Traditional labels and texts
//! are compared in simplified script. What several concepts are called is a mention of each of them; who
//! tags decides.
//!
//! | file | what |
//! |---|---|
//! | `read` | Turtle to drafts of concepts |
//! | `concepts` | the taxonomy: concepts, ancestors, the automaton |
//! | `differ` | two taxonomies against each other |
//! | `shipped` | the taxonomies that are compiled in |
//! | `problem` | what can be wrong |
//! | `write` | schemes to Turtle: the draft of a taxonomy |

mod concepts;
mod differ;
mod problem;
mod read;
mod shipped;
#[cfg(test)]
mod tests;
mod write;

pub use concepts::{Concept, Taxonomy};
pub(super) use differ::changed_labels;
pub use problem::{TaxonomyError, TaxonomyProblem};
pub use shipped::shipped_taxonomies;
pub use write::{Passage, Scheme, write_schemes};
