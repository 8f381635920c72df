//! `cihe verify`: every row of an output against the bytes it came from.

use std::io::{self, Write};
use std::path::PathBuf;

use cihe::pipeline::{self, VerifyReport};
use clap::Args;
use serde_json::json;

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::paint::{Paint, Style};
use crate::summary::columns;
use crate::terminal::Terminal;

const LONG_ABOUT: &str = "\
Verify an output: read the sources again and hold every row against them. Bytes of a source, decoded, must give the \
text of the row (white space aside); offsets, counts, schemas and commits must agree.

The sources are looked for where the run found them; --input names other places.";

const EXAMPLES: &str = "\
Examples:
  cihe verify out
  cihe verify tables --input /mnt/backup/news
  cihe verify tables --json

";

/// Verify an output: every row against the bytes it came from
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct VerifyArgs {
    /// The folder of the tables
    output: PathBuf,
    /// Where the sources are now, if they have moved; may be given several times
    #[arg(short, long, value_name = "PATH")]
    input: Vec<String>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// Verifies the output.
pub(crate) fn verify(args: &VerifyArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let inputs = (!args.input.is_empty()).then_some(args.input.as_slice());
    let report = pipeline::verify(&args.output, inputs)?;
    let mut out = io::stdout().lock();
    if args.json {
        print_json(&mut out, &report)?;
    } else {
        print_text(&mut out, &report, terminal.paint)?;
    }
    out.flush()?;
    Ok(if report.bad() == 0 {
        Exit::Clean
    } else {
        Exit::Rejects
    })
}

fn print_text(out: &mut impl Write, report: &VerifyReport, paint: Paint) -> io::Result<()> {
    let mut rows = vec![["check", "bad", "of"].map(str::to_owned)];
    for check in &report.checks {
        rows.push([
            check.name.clone(),
            check.bad.to_string(),
            check.checked.to_string(),
        ]);
    }
    out.write_all(columns(&rows, paint).as_bytes())?;
    for check in report.checks.iter().filter(|check| check.bad > 0) {
        writeln!(out, "\n{}", paint.of(Style::Bad, &check.name))?;
        for example in &check.examples {
            writeln!(out, "  {example}")?;
        }
    }
    let bad = report.bad();
    let style = if bad == 0 { Style::Good } else { Style::Bad };
    let verdict = format!("{bad} bad of {}", report.checked());
    writeln!(out, "\n{}", paint.of(style, verdict))
}

fn print_json(out: &mut impl Write, report: &VerifyReport) -> io::Result<()> {
    let checks: Vec<_> = report
        .checks
        .iter()
        .map(|check| {
            json!({
                "name": check.name,
                "checked": check.checked,
                "bad": check.bad,
                "examples": check.examples,
            })
        })
        .collect();
    let report = json!({"bad": report.bad(), "checked": report.checked(), "checks": checks});
    writeln!(out, "{report:#}")
}

#[cfg(test)]
mod tests {
    use cihe::pipeline::Check;
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_report_ends_with_its_verdict() {
        let check = |name: &str, checked, bad, examples: &[&str]| Check {
            name: name.into(),
            checked,
            bad,
            examples: examples.iter().map(|one| (*one).to_owned()).collect(),
        };
        let report = VerifyReport {
            checks: vec![
                check("tokens: bytes lead back", 12_345, 0, &[]),
                check("sources: unchanged", 9, 1, &["a.txt: another length"]),
            ],
        };
        let mut out = Vec::new();
        print_text(&mut out, &report, Paint { on: false }).unwrap();
        expect![[r"
            check                    bad     of
            tokens: bytes lead back    0  12345
            sources: unchanged         1      9

            sources: unchanged
              a.txt: another length

            1 bad of 12354
        "]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
