//! From a name, a path or a text to a pipeline.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::builtin::builtin;
use super::problem::{ConfigError, Origin, Problem, Site};
use super::raw::RawPipeline;
use super::reader::{TableReader, did_you_mean};
use super::spec::PipelineSpec;
use super::{overrides, tables};

/// No pipeline is that long; a path that is none by mistake may be.
const MAX_BYTES: u64 = 1 << 20;

/// Loads a built-in pipeline by its name, or one from a file by its path, and lays `--set` flags over it.
///
/// A built-in name goes before a file of the same name; write `./default` for the file.
///
/// # Errors
///
/// Everything that is wrong with the pipeline or the flags.
pub fn load(name_or_path: &str, overrides: &[String]) -> Result<PipelineSpec, ConfigError> {
    if let Some((name, text)) = builtin().iter().find(|(name, _)| *name == name_or_path) {
        return parse(name, text, overrides);
    }
    let text = read(name_or_path).map_err(|error| unreadable(name_or_path, &error))?;
    parse(name_or_path, &text, overrides)
}

/// Checks the text of a pipeline with `--set` flags laid over it. `origin` is its path: messages name it, and lexicons
/// are looked for beside it.
///
/// # Errors
///
/// Everything that is wrong with the text or the flags.
///
/// ```
/// let error = cihe::config::parse("demo.toml", "[run]\nworker = 2", &[]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "demo.toml:2:1: unknown key `run.worker` (did you mean `workers`?)",
/// );
/// ```
pub fn parse(origin: &str, text: &str, overrides: &[String]) -> Result<PipelineSpec, ConfigError> {
    let mut raw = RawPipeline::parse(origin, text)?;
    let mut problems = Vec::new();
    for flag in overrides {
        problems.extend(overrides::apply(&mut raw, flag).err());
    }
    let base = Path::new(origin).parent().unwrap_or(Path::new(""));
    let mut root = TableReader::root(&raw.root, &raw.site, &mut problems);
    let spec = tables::read(&mut root, base);
    root.finish("");
    ConfigError::check(problems)?;
    Ok(spec)
}

fn read(path: &str) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_string(&mut text)?;
    if u64::try_from(text.len()).is_ok_and(|len| len > MAX_BYTES) {
        return Err(io::Error::other("it is too long for a pipeline"));
    }
    Ok(text)
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    let argument: Arc<str> = Arc::from(name);
    let site = Site {
        span: Some(0..argument.len()),
        origin: Origin::Flag(argument),
    };
    let names: Vec<&str> = builtin().iter().map(|(name, _)| *name).collect();
    match error.kind() {
        io::ErrorKind::NotFound => {
            let message = format!("there is no pipeline `{name}`: neither built in nor a file");
            let looks_like_file = name.contains(['/', '\\', '.']);
            let help = if looks_like_file {
                format!("check the path; built in are {}", names.join(", "))
            } else {
                did_you_mean(name, &names)
            };
            Problem::at(&site, message).help(help)
        }
        io::ErrorKind::InvalidData => {
            Problem::at(&site, format!("the pipeline `{name}` is not UTF-8 text"))
                .help("save it as UTF-8")
        }
        _ => Problem::at(&site, format!("cannot read the pipeline `{name}`: {error}"))
            .help("name a file that you may read"),
    }
}
