//! Quotations: what is said, and by whom as far as the text tells.
//!
//! Runs behind the taggers, on their names, paragraph by paragraph. Only two things make a row: a verb of saying that is bound to
//! the words, and a turn of an interview. Quotation marks alone never do: they stand around titles, mottos and terms as well.
//!
//! ```text
//! 记者：…  沈知远：…             turn      the whole of it, its speaker is the label
//! 沈知远说：“…”                  before    the marks' content
//! “…”沈知远说。  “…，”他说，“…”    behind    every part is a row with the same speaker
//! 沈知远指出，要…。要…。           indirect  to the sentence's end, and on over sentences that begin as demands do
//!
//! paragraph -> [marks] pairs -> [verb] [clause] attributions -> [subject] [role] who, as it stands -> [speaker] by name -> [rows]
//! ```
//!
//! Decisions:
//! - A turn is direct: a transcript gives the words as they were said. Its row has no verb. 问 and 答 are verbs and name nobody.
//! - A speaker is named in the text's own words: the name alone where it is a person's, else the role (市政府领导们, 会议). 沈教授 is given the
//!   full name that the document has, if it has one only, and so is a body whose short form the document explains; 他 that of the one person whom the sentence before is about. Where that is not
//!   sure, direct speech has no speaker, and indirect speech is no row.
//! - Indirect speech within speech is not told apart.
//! - Headlines, bylines and boilerplate are not read: they shorten, and drop verbs.

mod clause;
mod find;
mod marks;
mod role;
mod rows;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;
mod turn;
mod verb;
mod words;

pub(super) use find::find;
