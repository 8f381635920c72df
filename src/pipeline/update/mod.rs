//! Other words and concepts over old output: the documents that contain one of those that have changed are annotated anew, and
//! take the place of their own rows.
//!
//! ```text
//! epoch by epoch: texts -> which contain a change? -> their records, read again -> annotated twice -> rows of a new epoch
//!                         (touched)                   (sources, feed)              (former)
//! ```
//!
//! All rows of a document lie in the files of its own epoch. So each epoch with such documents gets a later one that has them anew;
//! its plan says of which epoch and which records, and the sink exchanges them table by table in the commits of that later
//! epoch. Texts do not depend on words and concepts: what is a copy of what stays as it was found, and ids stay the same.
//! Sums over documents can't be taken apart, so the later epoch writes what is to be added to them: what the documents count now, less
//! what they counted before, as the former vocabulary finds it again.
//!
//! Epochs are gone through in the order in which their records were first read, those together that have documents of the same records (one has
//! read them, others have some of them anew since an earlier update). So every source is read once, from its beginning to its end, however many epochs it
//! was written in; no list of sources is made, each is found by its name.
//!
//! | file | holds |
//! |---|---|
//! | `updater` | epoch by epoch, and the flow of one |
//! | `touched` | which records |
//! | `sources` | where they are, and whether they are what they were |
//! | `feed` | these records in batches |
//! | `former` | what they counted before |
//! | `preview` | what would be done |

mod feed;
mod former;
mod preview;
mod sources;
mod touched;
mod updater;

pub use preview::{UpdatePreview, preview_update};
pub(super) use updater::Updater;
