//! What can be said on the command line. Each command's own options stand in its file.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    CheckArgs, CompletionsArgs, EvalArgs, InspectArgs, LexiconArgs, ManArgs, RunArgs, SchemaArgs,
    TaxonomyArgs, TrainArgs, VerifyArgs,
};
use crate::exit;

const LONG_ABOUT: &str = "\
cihe turns piles of messy Chinese documents, in any encoding, simplified or traditional, into clean tables of \
documents, sentences, tokens and entities: Parquet files with a Delta log, as DuckDB, polars, pandas and Spark read \
them. Every row says which bytes of which source it came from.

Begin with `cihe run`, which reads a small sample corpus and writes its tables to out/.";

const EXAMPLES: &str = "\
Examples:
  cihe run                                        the sample corpus, to out/
  cihe run --input news/ --output tables          a folder of documents
  cihe run tokens-only --input 'web/*.jsonl.gz'   words only
  cihe inspect page.html                          one document, hop by hop
  cihe verify tables                              every row against its bytes

";

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "cihe",
    version,
    about = "Messy Chinese documents to clean tables",
    long_about = LONG_ABOUT,
    after_help = format!("{EXAMPLES}{}", exit::TABLE),
    styles = STYLES,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Global {
    /// How log lines look; `json` is for machines, and turns the progress bar and the summary into log lines
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) log_format: LogFormat,
    /// Say more; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(crate) verbose: u8,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunArgs),
    Check(CheckArgs),
    Schema(SchemaArgs),
    Inspect(InspectArgs),
    Lexicon(LexiconArgs),
    Taxonomy(TaxonomyArgs),
    Train(TrainArgs),
    Eval(EvalArgs),
    Verify(VerifyArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_option_has_help() {
        for command in Options::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                let id = argument.get_id();
                assert!(argument.get_help().is_some(), "{} {id}", command.get_name());
            }
        }
    }
}
