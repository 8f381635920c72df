//! `cihe taxonomy`: from what documents count to a scheme of concepts, and those that are shipped.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use cihe::lexicon::shipped_taxonomies;
use cihe::pipeline::{self, DraftOptions};
use clap::{Args, Subcommand};

use crate::exit::{self, Exit};
use crate::failure::Failure;

const DRAFT_ABOUT: &str = "\
Draft a taxonomy of what documents count: a SKOS concept for each numbered shorthand (五个中心) whose members some document states, \
with the members as narrower concepts, some passages as notes, and the documents they stand in. A name that stands for two different \
lists is two concepts.

The draft is a Turtle file to be edited: correct names, add labels and concepts, delete what is none. Then give it to \
tag.taxonomies: every mention of a concept becomes a TERM entity, and `metrics` counts it along `broader`.";

const DRAFT_EXAMPLES: &str = "\
Examples:
  cihe taxonomy draft out --output schemes.ttl
  cihe taxonomy draft out --min-documents 3 --base https://example.org/schemes/
  cihe run --input news/ --output out2 --set tag.taxonomies='[\"schemes.ttl\"]'

";

const SHOW_EXAMPLES: &str = "\
Examples:
  cihe taxonomy show shanghai > mine.ttl

";

/// Draft a taxonomy of what documents count; show one that is shipped
#[derive(Args, Debug)]
#[command(arg_required_else_help = true, after_help = exit::TABLE)]
pub(crate) struct TaxonomyArgs {
    #[command(subcommand)]
    command: TaxonomyCommand,
}

#[derive(Debug, Subcommand)]
enum TaxonomyCommand {
    Draft(DraftArgs),
    Show(ShowArgs),
}

/// Draft a taxonomy (SKOS, Turtle) of the enumerations of an output
#[derive(Args, Debug)]
#[command(long_about = DRAFT_ABOUT, after_help = format!("{DRAFT_EXAMPLES}{}", exit::TABLE))]
struct DraftArgs {
    /// Folder of tables, as `cihe run` has written it
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// The file to write; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the concepts' IRIs begin with
    #[arg(long, value_name = "IRI", default_value_t = DraftOptions::default().base)]
    base: String,
    /// In how many documents a scheme must be stated; copies count
    #[arg(long, value_name = "N", default_value_t = DraftOptions::default().min_documents)]
    min_documents: usize,
}

/// Print a shipped taxonomy
#[derive(Args, Debug)]
#[command(after_help = format!("{SHOW_EXAMPLES}{}", exit::TABLE))]
struct ShowArgs {
    /// Its name
    #[arg(value_parser = shipped_taxonomies().iter().map(|(name, _)| *name).collect::<Vec<_>>())]
    name: String,
}

/// Does either.
pub(crate) fn taxonomy(args: TaxonomyArgs) -> Result<Exit, Failure> {
    match args.command {
        TaxonomyCommand::Draft(args) => draft(args),
        TaxonomyCommand::Show(args) => show(&args),
    }
}

fn draft(args: DraftArgs) -> Result<Exit, Failure> {
    let options = DraftOptions {
        base: args.base,
        min_documents: args.min_documents,
    };
    let mut text = Vec::new();
    let schemes = pipeline::draft(&args.out, &options, &mut text)?;
    if let Some(path) = &args.output {
        fs::write(path, text).map_err(|error| Failure::File(path.clone(), error))?;
    } else {
        let mut out = io::stdout().lock();
        out.write_all(&text)?;
        out.flush()?;
    }
    tracing::info!("{schemes} schemes; edit them, then give the file to tag.taxonomies");
    Ok(Exit::Clean)
}

fn show(args: &ShowArgs) -> Result<Exit, Failure> {
    let named = shipped_taxonomies()
        .iter()
        .find(|(name, _)| *name == args.name);
    let (_, text) = named.expect("the argument is one of their names");
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}
