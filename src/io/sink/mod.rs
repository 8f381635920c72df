//! Rows to files: Parquet in Delta tables, committed epoch by epoch, exactly once.
//!
//! The last hop of the path. It takes rows as they come, writes them where nobody looks, and shows them all at once when
//! their epoch closes. It never looks at text, and never shows a reader half an epoch.
//!
//! | file | holds |
//! |---|---|
//! | `output` | opening a folder: lock, checks, recovery |
//! | `writer` | rows to files that nobody sees |
//! | `commit` | the commit protocol |
//! | `staged`, `properties` | Parquet |
//! | `packed` | pages of the one large table |
//! | `supersede` | files without the rows that a later epoch has anew |
//! | `delta` | the Delta logs |
//! | `plans`, `progress` | what was read |
//! | `read` | rows of a written file, for those who check them |
//! | `behind` | rows that updates had to leave as they were |
//! | `identity` | which pipeline a folder belongs to |
//! | `layout`, `disk` | names, and writes that survive a power cut |

mod behind;
mod commit;
mod delta;
mod disk;
mod error;
mod identity;
mod layout;
mod options;
mod output;
mod packed;
mod plans;
mod progress;
mod properties;
mod read;
mod staged;
mod steps;
mod supersede;
#[cfg(test)]
mod tests;
mod writer;

pub use behind::Behind;
pub use commit::Committed;
pub use error::SinkError;
pub use identity::{Identity, OnConfigChange};
pub use options::SinkOptions;
pub use output::{Output, Preview, Resume, Update, committed_files, file_of, visible_files};
pub use progress::{Progress, SourceProgress, short_hash};
pub use read::TableReader;
pub use writer::Sink;
