//! `cihe man`: the manual pages.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Options;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  cihe man | man -l -
  cihe man --write ~/.local/share/man/man1";

/// Print the manual page, or write those of all commands
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ManArgs {
    /// Write a page for each command into a folder instead
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// Prints or writes the pages.
pub(crate) fn man(args: &ManArgs, _terminal: &Terminal) -> Result<Exit, Failure> {
    let command = Options::command();
    if let Some(folder) = &args.write {
        fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| Failure::File(folder.clone(), error))?;
        return Ok(Exit::Clean);
    }
    let mut out = io::stdout().lock();
    Man::new(command).render(&mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}
