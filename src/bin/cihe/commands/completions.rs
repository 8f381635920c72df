//! `cihe completions`: what a shell needs to complete cihe's command line.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Options;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  cihe completions bash > ~/.local/share/bash-completion/completions/cihe
  cihe completions zsh > ~/.zfunc/_cihe
  cihe completions fish > ~/.config/fish/completions/cihe.fish";

/// Print the completions for a shell
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions.
pub(crate) fn completions(args: &CompletionsArgs, _terminal: &Terminal) -> Result<Exit, Failure> {
    // Into memory first: the generator panics where its output fails, and a pipe may be closed.
    let mut script = Vec::new();
    generate(args.shell, &mut Options::command(), "cihe", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
