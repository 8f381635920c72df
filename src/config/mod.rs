//! Pipelines: what a user writes, checked as a whole, and what a run is told.
//!
//! A pipeline is a TOML text with a table per hop. It goes through two shapes:
//!
//! ```text
//! TOML text, --set flags ─▶ RawPipeline ─▶ PipelineSpec ─▶ hops, flow, sink
//!                           as written,    as meant:
//!                           with places    total, checked
//! ```
//!
//! - `RawPipeline` keeps for every key and value where it was written: a byte range of the file, or a flag.
//! - [`PipelineSpec`] has a value for everything. Nothing past this layer sees the raw one.
//!
//! Checking never stops at the first fault: a [`ConfigError`] holds every [`Problem`] with its place and its remedy.
//! (Syntax errors are the exception: while the text isn't TOML, only those are told, since the rest would be guesswork.)
//!
//! A key is declared in one place, where it is read. Reading an empty pipeline tells which keys there are, and so
//! [`json_schema`] and the "did you mean" of unknown keys can't drift from what is understood. That is why the tables
//! are read by hand rather than by derived deserialisers, which stop at the first fault.
//!
//! This layer opens the pipeline file and nothing else; it looks at lexicons only to say that one is missing.

mod builtin;
mod case;
mod choices;
mod context;
mod load;
mod overrides;
mod plan;
mod problem;
mod quality;
mod raw;
mod reader;
mod schema;
mod size;
mod spec;
mod tables;
#[cfg(test)]
mod tests;

pub use crate::io::sink::OnConfigChange;
pub use builtin::builtin;
pub use case::Case;
pub use load::{load, parse};
pub use problem::{ConfigError, Origin, Problem};
pub use schema::json_schema;
pub use size::format_size;
pub use spec::PipelineSpec;
