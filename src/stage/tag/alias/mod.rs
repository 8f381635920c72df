//! Short forms that the text itself explains: 临澜市发展和改革委员会（以下简称“市发展改革委”）.
//!
//! ```text
//! view -> [define] what is called how, and where -> [whole] the name that it stands for -> [mention] its other places -> [put] entities
//! ```
//!
//! What the document states is taken, and nothing else: there is no list of abbreviations. The name must be an entity that ends where the
//! remark begins; each mention of the short form then is an entity of the same label (and, where it is a concept's name, of the same
//! concept), and its `full` leads to the place of the name.
//!
//! | form | example |
//! |---|---|
//! | in brackets, with or without quotation marks | 甲（以下简称“乙”）, 甲（简称：乙）, 甲（下称乙）, 甲（外文名，以下简称乙）, （甲，以下简称乙）; also 〔 〕 and 【 】 |
//! | behind a comma, up to the next mark | 甲，以下简称乙， |
//! | between 《 and 》, as its mentions then are | 《甲》（以下简称《乙》） |
//!
//! Decisions:
//! - 以下统称 and 以下合称 name several, or a kind; they explain no name.
//! - All characters of a short form are in its name, or it is of Latin letters and digits: 四省区 behind the last of four names is not the short
//!   form of that one.
//! - A name must be whole (`whole`): what begins inside a word, behind a noun, or as a member of a list may be half of one.
//! - A short form that is a word of the dictionary (公司, 特区) is a mention only behind its explanation, of a name that is of one thing, and
//!   where a clause begins with it, or behind a word that leads to the one that is known (本公司, 由公司): in 收购公司 or 各公司 it may be any.
//! - A mention does not end within a word of the dictionary (临澜大学生), but for that of its head (市水务局长); Latin letters and digits are never cut.
//! - Where a document explains a short form twice, a mention goes by the explanation before it.

mod define;
mod mention;
#[cfg(test)]
mod tests;
mod whole;

pub(super) use mention::find;
