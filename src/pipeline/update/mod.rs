//! Other words and concepts over old output: the documents that contain one of those that have changed are annotated anew, and
//! take the place of their own rows.
//!
//! ```text
//! epoch by epoch: texts -> which contain a change? -> their records, read again -+-> the former vocabulary -> counts, taken away
//!                         (touched)                  (feed)                      `-> the new one -> rows of a new epoch
//! ```
//!
//! All rows of a document lie in the files of its own epoch. So each epoch with such documents gets a later one that has them anew;
//! its plan says of which epoch and which records, and the sink exchanges them table by table in the commits of that later
//! epoch. Texts do not depend on words and concepts: what is a copy of what stays as it was found, and ids stay the same.
//! Sums over documents can't be taken apart, so the later epoch writes what is to be added to them: what the documents count now, less
//! what they counted before, as the former vocabulary finds it again.

//!
//! | file | holds |
//! |---|---|
//! | `updater` | epoch by epoch, and the flows of one |
//! | `touched` | which records, and where they are |
//! | `feed` | these records in batches |

mod feed;
mod touched;
mod updater;

pub(super) use updater::Updater;
