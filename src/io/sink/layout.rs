//! Where everything is in an output folder.
//!
//! ```text
//! OUT/
//!   documents/                  a table: a flat folder of Parquet
//!     _delta_log/               which of its files count
//!     part-00000012.parquet     what epoch 12 wrote
//!     part-00000012-00000030.parquet   what is left of it since epoch 30 has some of its documents anew
//!   tokens/ …
//!   _cihe/                      ours alone; readers skip names that begin with _
//!     lock                      held by the one writer; holds its process number
//!     pipeline.json             what wrote this folder
//!     epochs/12.json            the plan of epoch 12
//!     vocabulary/1c14….json     the words and concepts that rows were written with
//!     behind/VOCABULARY.json    which rows the update to it had to leave as they were
//!     staging/                  files of the epoch that is being written
//! ```

use std::path::{Path, PathBuf};

use crate::table::TableId;

/// The paths of an output folder.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    root: PathBuf,
}

impl Layout {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn control(&self) -> PathBuf {
        self.root.join("_cihe")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.control().join("lock")
    }

    pub(super) fn pipeline(&self) -> PathBuf {
        self.control().join("pipeline.json")
    }

    pub(super) fn plans(&self) -> PathBuf {
        self.control().join("epochs")
    }

    pub(super) fn plan(&self, epoch: i64) -> PathBuf {
        self.plans().join(format!("{epoch}.json"))
    }

    pub(super) fn vocabularies(&self) -> PathBuf {
        self.control().join("vocabulary")
    }

    pub(super) fn vocabulary(&self, id: &str) -> PathBuf {
        self.vocabularies().join(format!("{id}.json"))
    }

    /// The folder of what updates had to leave as it was.
    pub(super) fn all_behind(&self) -> PathBuf {
        self.control().join("behind")
    }

    pub(super) fn behind(&self, id: &str) -> PathBuf {
        self.all_behind().join(format!("{id}.json"))
    }

    pub(super) fn staging(&self) -> PathBuf {
        self.control().join("staging")
    }

    pub(super) fn staged(&self, table: TableId, epoch: i64) -> PathBuf {
        self.staging().join(format!("{table}-{epoch:08}.parquet"))
    }

    pub(super) fn table(&self, table: TableId) -> PathBuf {
        self.root.join(table.name())
    }

    pub(super) fn part(&self, table: TableId, epoch: i64) -> PathBuf {
        self.table(table).join(part_name(epoch))
    }
}

/// The name of the file that an epoch writes, in each table.
pub(super) fn part_name(epoch: i64) -> String {
    format!("part-{epoch:08}.parquet")
}

/// The name of what is left of an epoch's file since a later one has some of its documents anew. It sorts where the former one did:
/// `-` comes before `.`, and the files of the epochs before and behind differ in their first number.
pub(super) fn rest_name(epoch: i64, since: i64) -> String {
    format!("part-{epoch:08}-{since:08}.parquet")
}

/// Whether a file has the name of one that an epoch writes.
pub(super) fn is_part(path: &Path) -> bool {
    epochs_of(path).is_some()
}

/// The epoch whose rows a file holds, by its name, and the later one that took some of them.
pub(super) fn epochs_of(path: &Path) -> Option<(i64, Option<i64>)> {
    let name = path.file_name()?.to_str()?;
    let numbers = name.strip_prefix("part-")?.strip_suffix(".parquet")?;
    let number = |text: &str| {
        let is_number = text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    match numbers.split_once('-') {
        None => Some((number(numbers)?, None)),
        Some((epoch, since)) => Some((number(epoch)?, Some(number(since)?))),
    }
}
