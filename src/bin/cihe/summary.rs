//! The end of a run: what every hop did, and what came of it.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use cihe::config::PipelineSpec;
use cihe::flow::HopReport;
use cihe::pipeline::RunReport;
use indicatif::{DecimalBytes, HumanCount};

use crate::options::LogFormat;
use crate::paint::{Paint, Style};
use crate::terminal::Terminal;

/// Tells how a run ended, on standard error: standard output belongs to data.
pub(crate) fn show(report: &RunReport, spec: &PipelineSpec, terminal: &Terminal) {
    if terminal.log_format == LogFormat::Json {
        log(report, spec);
    } else if !terminal.quiet {
        let text = summary(report, spec, terminal.error_paint);
        // Whoever closed standard error does not want to know.
        drop(io::stderr().lock().write_all(text.as_bytes()));
    }
}

fn log(report: &RunReport, spec: &PipelineSpec) {
    for hop in &report.hops {
        let reading = &hop.reading;
        tracing::info!(
            hop = hop.hop.name(),
            items = reading.items,
            bytes = reading.bytes,
            busy = reading.busy.as_secs_f64(),
            waiting = reading.waiting.as_secs_f64(),
            depth = reading.depth_max,
            "hop"
        );
    }
    tracing::info!(
        sources = report.sources,
        skipped_sources = report.skipped_sources,
        records = report.records,
        documents = report.documents,
        updated = report.updated,
        rejects = report.rejects,
        sentences = report.sentences,
        tokens = report.tokens,
        entities = report.entities,
        bytes = report.bytes,
        epochs = report.epochs,
        recovered = report.recovered,
        interrupted = report.interrupted,
        seconds = report.elapsed.as_secs_f64(),
        output = %spec.output.display(),
        "finished"
    );
}

fn summary(report: &RunReport, spec: &PipelineSpec, paint: Paint) -> String {
    // Of interest to those who tune, which is not worth it below a second.
    let is_tuned = report.elapsed.as_secs() >= 1 || tracing::enabled!(tracing::Level::DEBUG);
    let mut text = if is_tuned {
        hops(&report.hops, paint)
    } else {
        String::new()
    };
    let mut line = |name: &str, value: String| {
        let name = paint.of(Style::Faint, format!("{name:>10}"));
        writeln!(text, "{name}  {value}").expect("writing to a string can't fail");
    };
    let count = |number| HumanCount(number).to_string();
    line("documents", count(report.documents));
    if report.updated > 0 {
        let updated = counted(report.updated, "document");
        line(
            "updated",
            format!("{updated} with changed words or concepts, annotated anew"),
        );
    }
    line("rejects", rejects(report, paint));
    if report.skipped_sources > 0 {
        let skipped = counted(report.skipped_sources, "source");
        line("skipped", format!("{skipped} that an earlier run has done"));
    }
    line("sentences", count(report.sentences));
    line("tokens", count(report.tokens));
    line("entities", count(report.entities));
    line(
        "read",
        format!(
            "{} in {:.1} s",
            DecimalBytes(report.bytes),
            report.elapsed.as_secs_f64()
        ),
    );
    let tables: Vec<&str> = spec.sink.tables.iter().map(|table| table.name()).collect();
    line("tables", tables.join(", "));
    line(
        "in",
        format!(
            "{}, {}",
            spec.output.display(),
            counted(report.epochs, "epoch")
        ),
    );
    if report.recovered {
        line(
            "recovered",
            "an epoch that an earlier run had left half committed".into(),
        );
    }
    if report.interrupted {
        let note = "everything up to here is committed; the same command goes on";
        line("stopped", paint.of(Style::Bad, note).to_string());
    }
    line("next", format!("cihe verify {}", spec.output.display()));
    text
}

fn rejects(report: &RunReport, paint: Paint) -> String {
    let number = HumanCount(report.rejects);
    if report.rejects == 0 {
        return number.to_string();
    }
    let note = format!("{number}, each with its reason in the table rejects");
    paint.of(Style::Bad, note).to_string()
}

/// A number of things, in its right form.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", HumanCount(number))
}

/// The meters as columns, as wide as they need to be.
fn hops(hops: &[HopReport], paint: Paint) -> String {
    let mut rows = vec![HopReport::COLUMNS.map(str::to_owned)];
    rows.extend(hops.iter().map(HopReport::cells));
    columns(&rows, paint)
}

/// Rows as columns: the first to the left, the others, which are numbers, to the right. The first row is the heading.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]], paint: Paint) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, (width, cell)) in widths.iter().zip(row).enumerate() {
            let written = if column == 0 {
                write!(line, "{cell:<width$}")
            } else {
                write!(line, "  {cell:>width$}")
            };
            written.expect("writing to a string can't fail");
        }
        if index == 0 {
            line = paint.of(Style::Heading, line).to_string();
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cihe::flow::Reading;
    use cihe::record::Hop;
    use expect_test::expect;

    use super::*;

    fn report() -> RunReport {
        let reading = Reading {
            workers: 2,
            items: 1234,
            bytes: 5_678_901,
            busy: Duration::from_millis(1500),
            ..Reading::default()
        };
        let hops = vec![
            HopReport {
                hop: Hop::Decode,
                reading,
            },
            HopReport {
                hop: Hop::Tabulate,
                reading,
            },
        ];
        RunReport {
            documents: 1234,
            rejects: 2,
            tokens: 1_000_000,
            bytes: 5_678_901,
            epochs: 3,
            skipped_sources: 4,
            interrupted: true,
            elapsed: Duration::from_millis(2345),
            hops,
            ..RunReport::default()
        }
    }

    #[test]
    fn a_summary_says_what_came_and_what_to_do_next() {
        let spec = cihe::config::load("tokens-only", &[]).unwrap();
        expect![[r"
            hop       workers  items  batches   MB  rejects  busy s  waiting s  blocked s  depth max
            decode          2   1234        0  5.6        0    1.50       0.00       0.00          0
            tabulate        2   1234        0  5.6        0    1.50       0.00       0.00          0
             documents  1,234
               rejects  2, each with its reason in the table rejects
               skipped  4 sources that an earlier run has done
             sentences  0
                tokens  1,000,000
              entities  0
                  read  5.68 MB in 2.3 s
                tables  documents, sentences, tokens, rejects, sources
                    in  out, 3 epochs
               stopped  everything up to here is committed; the same command goes on
                  next  cihe verify out
        "]]
        .assert_eq(&summary(&report(), &spec, Paint { on: false }));
    }
}
