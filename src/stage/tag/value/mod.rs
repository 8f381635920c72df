//! Values: numbers, amounts, shares, dates, times and places in an order, as entities with what they say.
//!
//! ```text
//! sentence -> characters, quotation marks -> scan for a trigger -> date | time | share | ordinal | amount -> entity
//!                                                                                                  |
//!                                                                      numeral, unit, qualifiers, range
//! ```
//!
//! A grammar, not a model: a number is right or wrong, and what can't be read for certain is left out. It reads the simplified view, so
//! both scripts come out alike. One pass looks for the characters that a value may begin with; the grammar is asked only there, and looks
//! a bounded number of characters ahead, so the time is in proportion to the text.
//!
//! What the columns say:
//!
//! | label | value | unit | low, high | dates |
//! |---|---|---|---|---|
//! | DATE | | | | first and last day, where known |
//! | TIME | hours since midnight | 时 | of a range | |
//! | DURATION | how many | 年 月 周 天 小时 … | as implied | |
//! | MONEY | amount | ISO 4217; 元 is CNY | as implied | |
//! | PERCENT | hundredths | `%`, or 百分点 | as implied | |
//! | QUANTITY | how many | normalised, none behind bare 万 and 亿 | as implied | |
//! | ORDINAL | which place | what is in order | of 前三名 | |
//!
//! A range has no value, only bounds; so have 两三 and 几十. 增长 and 下降 are told as the qualifier, and the value is positive.
//! Words that qualify a number (超过, 左右) are part of the entity, those of change are not.
//!
//! Left out are: numbers in 《》 and in short names in quotation marks, 一 and 二 before classifiers, numbers without a unit that are not
//! large, numerals before 大 or a bare noun (两国, 三大产业), codes and addresses. Dates of the moon's calendar, 日前 and 近年来 are open, and so is
//! whatever is relative where the day of publication is unknown. 元 is CNY, whoever writes it; 港元 and the like say what else they mean.
//! [`reconcile`] settles what is a name as well.

mod amount;
mod calendar;
mod clock;
mod cursor;
mod date;
mod decimal;
mod finder;
mod found;
mod han;
mod judge;
mod marks;
mod numeral;
mod ordinal;
mod overlap;
mod qualifier;
mod scan;
mod share;
#[cfg(test)]
mod tests;
mod units;
mod words;

pub use finder::Values;
pub(super) use overlap::reconcile;
pub use scan::ValueScratch;
