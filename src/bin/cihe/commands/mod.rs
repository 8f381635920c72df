//! The commands, one file each: its options, one call of the library, what it says.

mod check;
mod completions;
mod eval;
mod inspect;
mod lexicon;
mod man;
mod run;
mod schema;
mod taxonomy;
mod train;
mod verify;

pub(crate) use check::{CheckArgs, check};
pub(crate) use completions::{CompletionsArgs, completions};
pub(crate) use eval::{EvalArgs, eval};
pub(crate) use inspect::{InspectArgs, inspect};
pub(crate) use lexicon::{LexiconArgs, lexicon};
pub(crate) use man::{ManArgs, man};
pub(crate) use run::{RunArgs, run};
pub(crate) use schema::{SchemaArgs, schema};
pub(crate) use taxonomy::{TaxonomyArgs, taxonomy};
pub(crate) use train::{TrainArgs, train};
pub(crate) use verify::{VerifyArgs, verify};
