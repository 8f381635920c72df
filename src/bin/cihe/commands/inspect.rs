//! `cihe inspect`: one document through every hop, for human eyes.

use std::io::{self, Write};
use std::path::Path;

use cihe::config;
use cihe::pipeline::{self, Annotator};
use clap::Args;

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::page::Page;
use crate::terminal::Terminal;

const LONG_ABOUT: &str = "\
Show what every hop makes of one record: how its bytes were read, which articles it holds, who wrote them and when, the \
figures of its quality, what was repaired and where, its paragraphs and sentences with what each is for and who speaks, their words with parts of speech, and \
what was found in them. Nothing is written. Where a line end or a space was taken out, the text shows ⏎ or ␣.

Colours are left out where the output is no terminal, and with NO_COLOR.";

const EXAMPLES: &str = "\
Examples:
  cihe inspect page.html
  cihe inspect news.jsonl.gz --record 41
  cihe inspect scan.txt --pipeline my.toml | less -R

";

/// Show one document through every hop
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct InspectArgs {
    /// The file to look at
    file: String,
    /// TOML file, or the name of a built-in pipeline
    #[arg(short, long, default_value = "default")]
    pipeline: String,
    /// Set a key of the pipeline; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Which record of the file: a line of JSONL, a row of CSV or Parquet; from 0
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..))]
    record: i64,
}

/// Shows the document.
pub(crate) fn inspect(args: &InspectArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let spec = config::load(&args.pipeline, &args.set)?;
    if Path::new(&args.file).is_dir() {
        let message = format!("`{}` is a folder; name a file in it", args.file);
        return Err(Failure::Unknown(message));
    }
    let record = pipeline::read_one(&args.file, args.record, &spec)?;
    let (documents, rejects) = Annotator::new(&spec)?.annotate(record);
    let mut page = Page {
        out: io::stdout().lock(),
        paint: terminal.paint,
    };
    page.contents(&documents)?;
    for tagged in &documents {
        page.document(tagged)?;
    }
    for reject in &rejects {
        page.reject(reject)?;
    }
    page.out.flush()?;
    Ok(if rejects.is_empty() {
        Exit::Clean
    } else {
        Exit::Rejects
    })
}
