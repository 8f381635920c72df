//! Offices: which stand beside a name, and whose they are.
//!
//! Runs behind the taggers, on their names. A title is looked for where a person is named, and nowhere else, so that its cost is
//! in proportion to the persons:
//!
//! ```text
//! 市委常委、副市长[沈知远]        before:  office words end at the name; modifiers and organisations reach to the left
//! 副主任[沈知远]、[秦若溪]        a list:  those behind the first carry what several can be
//! [沈知远]教授  [沈知远]（…教授）  behind:  at once, in brackets, or between commas
//! [沈知远]、[秦若溪]等三位委员    behind a list: all of them
//! ```
//!
//! Every office becomes an entity of label TITLE, and its text one of the person's `titles`. An organisation within one keeps its
//! own row: the title's span encloses it.
//!
//! Decisions:
//! - A person has titles on the row where they stand, and not on others: a document tells of more than one time, and a reader can
//!   join rows by name.
//! - 先生, 女士 and 同志 are courtesy and no titles; callings without office (渔民, 学生) are none either. Those of science, law, medicine
//!   and the press (教授, 律师, 医生, 记者) are.
//! - What only one can be (市长, 局长, 书记) is its own person's in a list; what many are (副…, 委员, 教授) is everyone's.

mod before;
mod behind;
mod find;
#[cfg(test)]
pub(in crate::stage::tag) mod fixture;
mod piece;
#[cfg(test)]
mod tests;
mod words;

pub(in crate::stage::tag) use before::ROW;
pub(in crate::stage::tag) use find::find;
pub(in crate::stage::tag) use piece::Piece;
pub(in crate::stage::tag) use words::{office_at, office_before};
