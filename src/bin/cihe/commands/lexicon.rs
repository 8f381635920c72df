//! `cihe lexicon`: words that are missing, and why a text is cut as it is.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use cihe::config::{self, PipelineSpec};
use cihe::flow::{Meters, Stop};
use cihe::lexicon::{DiscoverOptions, Discovery, Explanation, How, Lexicon, Weighed, WordOf};
use cihe::pipeline::{self, Control};
use cihe::record::Hop;
use cihe::text::{ScriptEvidence, simplified_view};
use clap::{Args, Subcommand};

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::paint::{Paint, Style, printable};
use crate::progress::Progress;
use crate::terminal::Terminal;

const DISCOVER_ABOUT: &str = "\
Propose words that the lexicon lacks. The inputs are read and decoded as `cihe run` does it, twice: a first time to count \
strings of two to six Chinese characters, a second time to see what stands around those that are frequent and hold together. \
Nothing is added to any table.

What comes out is a lexicon file: words with a frequency that makes them one word, and above each, as a comment, how often it stands \
in the texts, how much likelier it is than its parts (bits), and how open it is to its left and right (bits). Delete the lines that are no \
words, then give the file to segment.lexicons.

Memory stays under some 400 MB whatever is read: of more strings than fit, the rarer half is forgotten from time to time.";

const DISCOVER_EXAMPLES: &str = "\
Examples:
  cihe lexicon discover news/ --output words.tsv
  cihe lexicon discover corpus.jsonl.gz --min-frequency 50 --limit 2000
  cihe lexicon discover news/ --lexicon words.tsv    what is still missing
  cihe run --input news/ --set segment.lexicons='[\"words.tsv\"]'

";

/// Longest text, in characters, that may be meant as a word.
const WORD: usize = 8;

const EXPLAIN_ABOUT: &str = "\
Show why a word or a sentence is cut as it is: each word that was weighed with its frequency and the logarithm of its \
probability, the likeliest sequence of them, what the hidden Markov model joined of single characters, and from which line of which \
lexicon a word comes.

`best from here` is the logarithm of the probability of the likeliest sequence that begins with the word and goes to the end of the \
text: at each place the highest is taken, and what is not reached is left out.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  cihe lexicon explain 云溪县长
  cihe lexicon explain 江洲市长林远舟来到云溪 --lexicon names.tsv

";

/// Propose missing words; show why a text is cut as it is
#[derive(Args, Debug)]
#[command(arg_required_else_help = true, after_help = exit::TABLE)]
pub(crate) struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    Discover(DiscoverArgs),
    Explain(ExplainArgs),
}

/// Propose words that the lexicon lacks, as a lexicon file to edit
#[derive(Args, Debug)]
#[command(long_about = DISCOVER_ABOUT, after_help = format!("{DISCOVER_EXAMPLES}{}", exit::TABLE))]
struct DiscoverArgs {
    /// Files, folders or globs to read
    #[arg(required = true, value_name = "INPUT")]
    input: Vec<String>,
    /// The file to write; standard output without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How often a word must stand in the texts
    #[arg(long, value_name = "N", default_value_t = DiscoverOptions::default().min_frequency,
        value_parser = clap::value_parser!(u32).range(1..))]
    min_frequency: u32,
    /// How many words to propose at most, the best first
    #[arg(long, value_name = "N", default_value_t = DiscoverOptions::default().limit)]
    limit: usize,
    /// A lexicon whose words are not missing; may be given several times
    #[arg(short, long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// TOML file, or the name of a built-in pipeline, that says how to read and decode
    #[arg(short, long, default_value = "default")]
    pipeline: String,
    /// Set a key of the pipeline; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Show why a word or a sentence is cut as it is
#[derive(Args, Debug)]
#[command(long_about = EXPLAIN_ABOUT, after_help = format!("{EXPLAIN_EXAMPLES}{}", exit::TABLE))]
struct ExplainArgs {
    /// A word, or a text; traditional characters are read as simplified ones
    text: String,
    /// A lexicon of yours, later ones over earlier ones; may be given several times
    #[arg(short, long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// Without the hidden Markov model, as with segment.hmm = false
    #[arg(long)]
    no_hmm: bool,
}

/// Does either.
pub(crate) fn lexicon(args: LexiconArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    match args.command {
        LexiconCommand::Discover(args) => discover(args, terminal),
        LexiconCommand::Explain(args) => explain(&args, terminal),
    }
}

fn discover(args: DiscoverArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    if args.input.iter().any(|input| input == "-") {
        let message = "texts are read twice, which standard input can't be; name a file";
        return Err(Failure::Unknown(message.to_owned()));
    }
    let mut spec = config::load(&args.pipeline, &args.set)?;
    spec.inputs = args.input;
    spec.segment.lexicons.extend(args.lexicon);
    let lexicon = load(&spec.segment.lexicons)?;
    let options = DiscoverOptions {
        min_frequency: args.min_frequency,
        limit: args.limit,
        ..DiscoverOptions::default()
    };
    let control = watch(&spec, terminal);
    let (survey, rejects) = pipeline::survey(&spec, &control.0)?;
    drop(control);
    let control = watch(&spec, terminal);
    let (study, _) = pipeline::study(&spec, &control.0, survey, options.min_frequency)?;
    drop(control);
    let discovery = study.finish(&lexicon, &options);
    let text = discovery.to_lexicon();
    if let Some(path) = &args.output {
        fs::write(path, text).map_err(|error| Failure::File(path.clone(), error))?;
    } else {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
    }
    tell(&discovery, options.min_frequency, rejects);
    Ok(if rejects == 0 {
        Exit::Clean
    } else {
        Exit::Rejects
    })
}

/// One reading, with a progress bar for as long as it is kept.
fn watch(spec: &PipelineSpec, terminal: &Terminal) -> (Control, Progress) {
    let control = Control {
        meters: Meters::new(),
        stop: Stop::new(),
        on_second_interrupt: None,
    };
    let progress = Progress::start_at(Hop::Sink, spec, &control, terminal);
    (control, progress)
}

fn tell(discovery: &Discovery, asked: u32, rejects: u64) {
    let (words, chars) = (discovery.words.len(), discovery.chars);
    tracing::info!("{words} words proposed, of {chars} characters");
    if discovery.least > asked {
        let least = discovery.least;
        tracing::warn!(
            "there is no memory for words met less than {least} times; they were passed over"
        );
    }
    if rejects > 0 {
        tracing::warn!("{rejects} records could not be read; `cihe run` says which and why");
    }
}

fn load(paths: &[PathBuf]) -> Result<Lexicon, Failure> {
    let lexicon = Lexicon::load(paths).map_err(cihe::Error::from)?;
    for warning in lexicon.warnings() {
        tracing::warn!("{warning}");
    }
    Ok(lexicon)
}

fn explain(args: &ExplainArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let lexicon = load(&args.lexicon)?;
    let view = simplified_view(&args.text, &ScriptEvidence::of(&args.text));
    let view = view.as_deref().unwrap_or(&args.text);
    let explanation = lexicon.explain(view, !args.no_hmm);
    let mut out = io::stdout().lock();
    show(&mut out, view, &lexicon, &explanation, terminal.paint)?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn show(
    out: &mut impl Write,
    view: &str,
    lexicon: &Lexicon,
    explanation: &Explanation,
    paint: Paint,
) -> io::Result<()> {
    let cut: Vec<&str> = explanation
        .words
        .iter()
        .map(|word| word.span.of(view))
        .collect();
    let cut = printable(&cut.join(" ")).into_owned();
    writeln!(out, "{}\n", paint.of(Style::Heading, cut))?;
    let mut rows =
        vec![["weighed", "at", "frequency", "log", "best from here", ""].map(str::to_owned)];
    rows.extend(explanation.weighed.iter().map(|one| weighed_row(one, view)));
    out.write_all(aligned(&rows, paint).as_bytes())?;
    let mut rows = vec![["word", "tag", "frequency", "how", "from"].map(str::to_owned)];
    rows.extend(explanation.words.iter().map(|word| word_row(word, view)));
    writeln!(out)?;
    out.write_all(aligned(&rows, paint).as_bytes())?;
    let is_word =
        (2..=WORD).contains(&view.chars().count()) && view.chars().all(char::is_alphanumeric);
    if explanation.words.len() > 1 && is_word {
        let frequency = lexicon.frequency_to_join(view);
        let line = format!("{}\\t{frequency}", printable(view));
        writeln!(
            out,
            "\nto make it one word, a lexicon line: {}",
            paint.of(Style::Good, line)
        )?;
    }
    Ok(())
}

fn weighed_row(one: &Weighed, view: &str) -> [String; 6] {
    [
        printable(one.span.of(view)).into_owned(),
        one.span.char_start.get().to_string(),
        one.frequency
            .map_or("none".into(), |frequency| frequency.to_string()),
        format!("{:.2}", one.log),
        format!("{:.2}", one.score),
        if one.taken { "taken" } else { "" }.to_owned(),
    ]
}

fn word_row(word: &WordOf, view: &str) -> [String; 5] {
    let how = match word.how {
        How::Dictionary => "the likeliest sequence goes through it",
        How::Single => "no longer word takes it",
        How::Model => "joined by the hidden Markov model",
        How::Letters => "letters and digits in a row",
        How::Mark => "a mark",
    };
    let from = match (&word.origin, word.frequency) {
        (Some(origin), _) => format!("{}:{}", origin.path.display(), origin.line),
        (None, Some(_)) => "the embedded dictionary".to_owned(),
        (None, None) => "no lexicon".to_owned(),
    };
    [
        printable(word.span.of(view)).into_owned(),
        word.pos.to_string(),
        word.frequency
            .map_or("none".into(), |frequency| frequency.to_string()),
        how.to_owned(),
        from,
    ]
}

/// Rows as columns to the left; a Chinese character takes the room of two letters.
fn aligned<const N: usize>(rows: &[[String; N]], paint: Paint) -> String {
    let width = |cell: &str| -> usize {
        let of = |ch: char| if ch >= '\u{2E80}' { 2 } else { 1 };
        cell.chars().map(of).sum()
    };
    let mut widths = [0; N];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (widest, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', widest - width(cell) + 2));
        }
        let line = line.trim_end();
        if index == 0 {
            text.push_str(&paint.of(Style::Faint, line).to_string());
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
