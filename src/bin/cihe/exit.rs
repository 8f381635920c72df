//! Exit codes: what a script learns of a run without reading a word.

use std::process::ExitCode;

/// The table of exit codes, as the help shows it.
pub(crate) const TABLE: &str = "\
Exit codes:
    0  clean
    1  finished, with rows in `rejects` (verify: something does not hold)
    2  failed; the message says why and what to do
  130  interrupted, after a clean commit; the same command goes on from there";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well. A reader of standard output who leaves early is well, too.
    Clean,
    /// It finished, and something was turned away or does not hold.
    Rejects,
    /// It could not do what it was asked.
    Failed,
    /// It was interrupted and committed what it had.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Rejects => 1,
            Exit::Failed => 2,
            Exit::Interrupted => 130,
        })
    }
}
