//! The command line: arguments in, one call of the library, and what came of it for human eyes.
//!
//! It decides nothing about documents. What it adds to the library is everything a terminal needs: help, colours, a
//! progress bar, log lines, exit codes, and errors that show their place in a pipeline file.

mod commands;
mod exit;
mod failure;
mod options;
mod page;
mod page_marks;
#[cfg(test)]
mod page_tests;
mod paint;
mod progress;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use exit::Exit;
use options::{Command, Options};
use terminal::Terminal;

#[cfg(all(feature = "jemalloc", any(target_os = "linux", target_os = "macos")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let options = Options::parse();
    let terminal = Terminal::new(options.global);
    let outcome = match options.command {
        Command::Run(args) => commands::run(args, &terminal),
        Command::Check(args) => commands::check(&args, &terminal),
        Command::Schema(args) => commands::schema(&args, &terminal),
        Command::Inspect(args) => commands::inspect(&args, &terminal),
        Command::Lexicon(args) => commands::lexicon(args, &terminal),
        Command::Taxonomy(args) => commands::taxonomy(args),
        Command::Train(args) => commands::train(args),
        Command::Eval(args) => commands::eval(&args),
        Command::Verify(args) => commands::verify(&args, &terminal),
        Command::Completions(args) => commands::completions(&args, &terminal),
        Command::Man(args) => commands::man(&args, &terminal),
    };
    outcome
        .unwrap_or_else(|failure| {
            if failure.is_broken_pipe() {
                return Exit::Clean;
            }
            failure.show(&terminal);
            Exit::Failed
        })
        .into()
}
