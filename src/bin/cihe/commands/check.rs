//! `cihe check`: every problem of a pipeline at once, then its own test cases.

use std::io::{self, Write};

use cihe::config;
use cihe::pipeline::{self, CaseResult};
use clap::Args;

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::paint::{Paint, Style};
use crate::terminal::Terminal;

const LONG_ABOUT: &str = "\
Check a pipeline: all problems are shown together, each in its line with what to do about it. Then the pipeline's own \
test cases, its [[test]] tables, are run.

Nothing is read but the pipeline and its lexicons, and nothing is written.";

const EXAMPLES: &str = "\
Examples:
  cihe check my.toml
  cihe check full --set tag.entities=false
  cihe check my.toml --no-tests

";

/// Check a pipeline: all its problems at once, then its own test cases
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct CheckArgs {
    /// TOML file, or the name of a built-in pipeline: default, tokens-only, full
    pipeline: String,
    /// Set a key of the pipeline; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Leave the test cases alone
    #[arg(long)]
    no_tests: bool,
}

/// Checks the pipeline.
pub(crate) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let spec = config::load(&args.pipeline, &args.set)?;
    let cases = if args.no_tests {
        Vec::new()
    } else {
        pipeline::test_cases(&spec)?
    };
    let mut out = io::stdout().lock();
    let failed = print_cases(&mut out, &cases, terminal.paint)?;
    match (failed, cases.len()) {
        (0, 0) => writeln!(out, "{}: no problems", spec.name)?,
        (0, all) => writeln!(
            out,
            "{}: no problems, {all} of {all} tests passed",
            spec.name
        )?,
        (failed, all) => writeln!(out, "{}: {failed} of {all} tests failed", spec.name)?,
    }
    out.flush()?;
    Ok(if failed == 0 {
        Exit::Clean
    } else {
        Exit::Failed
    })
}

/// Prints a line for each case, and what went wrong; answers how many did.
fn print_cases(out: &mut impl Write, cases: &[CaseResult], paint: Paint) -> io::Result<usize> {
    let mut failed = 0;
    for case in cases {
        if case.failures.is_empty() {
            writeln!(out, "{} {}", paint.of(Style::Good, "pass"), case.name)?;
            continue;
        }
        failed += 1;
        writeln!(out, "{} {}", paint.of(Style::Bad, "FAIL"), case.name)?;
        for failure in &case.failures {
            writeln!(out, "     {failure}")?;
        }
    }
    Ok(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_case_says_what_was_expected() {
        let case = |name: &str, failures: &[&str]| CaseResult {
            name: name.into(),
            failures: failures.iter().map(|one| (*one).to_owned()).collect(),
        };
        let cases = [
            case("words", &[]),
            case("names", &["entities: expected [], found [x]"]),
        ];
        let mut out = Vec::new();
        assert_eq!(
            print_cases(&mut out, &cases, Paint { on: false }).unwrap(),
            1
        );
        let expected = "pass words\nFAIL names\n     entities: expected [], found [x]\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
