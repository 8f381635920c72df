//! Numbered shorthand: 五个中心, 三大先导产业, “两旧一村”, “3+6” — what it counts, and where the text names it.
//!
//! ```text
//! Segmented, entities -> [names] -> [what supports each] -> rows of `enumerations`
//! ```
//!
//! Official Chinese counts what it has once named. A reader who comes later finds the count alone, so that each mention is
//! given the members that the document states, wherever it states them. Nothing is known beforehand: a name whose members are
//! not stated is a row without members, and a count of things that nobody names (16个单位) is no row.
//!
//! # Names
//!
//! One pass over the simplified view stops where a number can begin. What makes a name of it is its form:
//!
//! | form | example | a row without members |
//! |---|---|---|
//! | number, 大, noun | 三大先导产业 | yes |
//! | quoted, with a measure word, two numbers, or taken for a policy | “五个中心”, “两旧一村”, “三农”问题 | yes |
//! | sum | “3+6”, (1+2)+(3+4), 3+3+X产业体系 | yes |
//! | number, measure word, noun | 四个关系, 三组关键词, 15位委员 | no |
//! | number, place | 四地, 三省 | no |
//!
//! Plans and congresses (十四五, 二十大), ordinals, units and sayings are none of these.
//!
//! # Evidence
//!
//! A list is evidence only where it has *exactly* as many members as the name declares; one more or one fewer, and it belongs to
//! something else or is damaged. In this order: the list that ends where the name begins; 以甲为核心、乙和丙为优势的; the list behind a
//! colon, a bracket, 即, 包括 or 分别是, or between 由 and 组成; items numbered 一是, 第一, （一） that follow; short sentences that end with the name's noun; what
//! shares its characters (养殖业和旅游业深度融合 for “两业融合”, 农业、农村、农民 beside “三农”, in another sentence only as one matter: 农业、农村、农民问题). A sum has its members, or the names behind it that count its
//! terms (only these where a term is open: 3+3+X). Then the document as a whole: a name (not a mere count) without evidence of its own takes
//! the first that another mention of the same name has, and a quoted one a list of as many that end with its noun (国际经济、金融、贸易、航运、科技创新中心: a shared head
//! is added to each member's text, its span stays its own words).
//!
//! The first member of a list begins behind the words that govern the list; where these can't be told from the member, the list is
//! no evidence. A bound (不少于二人, 三人以上) measures what stands before it and counts no list, and 北三河 is a river's name.

mod beside;
mod elsewhere;
mod finder;
mod found;
mod groups;
mod lead;
mod list;
mod name;
mod numeral;
mod ordinal;
mod page;
mod terms;
#[cfg(test)]
mod tests;
mod words;

pub use finder::Shorthand;
pub(super) use numeral::{is_digit, leading};
