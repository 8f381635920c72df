//! The path backwards: from every row to the bytes it came from, and from the accounts to the records.
//!
//! Nothing of the first run is taken on trust but the tables themselves: the sources are listed, opened, unpacked and
//! decoded again, and the bytes that a row names are decoded on their own, without the alignment that made the row.
//!
//! | check | holds when |
//! |---|---|
//! | schema | each file has the columns of the contract |
//! | commits | the files in a table's folder are those its Delta log names |
//! | documents | the id is that of its place, the hash that of its text, the counts those of its rows; no id twice |
//! | characters | `text[char_start..char_end]` of the document is the row's text |
//! | members | the member begins with its own words, which it names; what follows stands in the text, too |
//! | copies | `duplicate_of` names a document that is there and no copy |
//! | bytes | the record's `byte_start..byte_end`, decoded, is the row's text, white space aside |
//! | records | each record of each finished source is in `documents` or `rejects`, never in both, and nothing else is |
//! | sources | each source declares as many documents as there are of it |
//!
//! Memory grows with the output by an id for each document, two for each copy, and eight bytes for each record.

mod accounts;
mod check;
mod copies;
mod ledger;
mod originals;
mod streams;

pub use check::verify;
