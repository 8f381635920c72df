//! From paragraphs to articles: where one ends and the next begins, what they are called, who wrote them, what each
//! paragraph is for.
//!
//! ```text
//! paragraphs --line--> roles --split--> heads --headline--> slices, titles --kind--> kinds, speakers
//! ```
//!
//! A page of a newspaper holds several articles, a file sometimes two notices. Each becomes a document of its own: a slice of
//! the record's text. The slices follow each other without a gap, so that no character is lost. A wrong split is worse than a
//! missed one, since a reader can't see what it tore apart; so only what newspapers and offices write at the head of a text
//! counts as evidence, and one piece of it is rarely enough.
//!
//! Nothing here reads a long paragraph to its end, but for the headlines of a page with several articles: which of them
//! belongs to which article is told by their words, and those are looked up once in every article.
//!
//! | file | question |
//! |---|---|
//! | `line` | what does this paragraph look like by itself |
//! | `dateline`, `byline`, `day`, `person` | where a report comes from, who wrote it, when |
//! | `caption`, `boilerplate`, `phrase` | pictures, what every page says, how offices and papers mark their texts |
//! | `turn` | who speaks |
//! | `notice` | who issued it, under which number, for whom |
//! | `split` | where does another article begin |
//! | `headline` | which title belongs to which article |
//! | `kind` | what is each paragraph for |
//! | `read` | all of it |

mod boilerplate;
mod byline;
mod caption;
mod dateline;
mod day;
mod headline;
mod kind;
#[cfg(test)]
mod kind_tests;
mod line;
mod notice;
mod person;
mod phrase;
mod read;
mod split;
#[cfg(test)]
mod tests;
mod turn;

pub(super) use read::{Article, Known, read};
