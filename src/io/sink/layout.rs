//! Where everything is in an output folder.
//!
//! ```text
//! OUT/
//!   documents/                  a table: a flat folder of Parquet
//!     _delta_log/               which of its files count
//!     part-00000012.parquet     what epoch 12 wrote
//!   tokens/ …
//!   _cihe/                      ours alone; readers skip names that begin with _
//!     lock                      held by the one writer; holds its process number
//!     pipeline.json             what wrote this folder
//!     epochs/12.json            the plan of epoch 12
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

/// Whether a file has the name of one that an epoch writes.
pub(super) fn is_part(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_prefix("part-")?.strip_suffix(".parquet"))
        .is_some_and(|number| number.len() >= 8 && number.bytes().all(|byte| byte.is_ascii_digit()))
}
