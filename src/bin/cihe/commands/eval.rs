//! `cihe eval`: how well a pipeline finds names and cuts words in labelled texts.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cihe::config;
use cihe::model::{self, Counts, Kind, PackedTags, TagModel, Tagset, Vocabulary, WordSample};
use cihe::pipeline::{self, Annotator, EvaluationReport, TagReport, WordReport};
use cihe::stage::tag::PosMethod;
use clap::{Args, ValueEnum};

use crate::exit::{self, Exit};
use crate::failure::Failure;

const LONG_ABOUT: &str = "\
Compare the names that a pipeline finds with those of labelled texts: precision, recall and F1 of exact names for each kind and for all, what was taken \
for what, and how many characters a second one core does, of names alone (the model and its rules) and of the whole tag hop. Each text is a document of its own and goes through the very hops of `cihe run`.

The files are in any of the forms that `cihe train entities --help` tells of.

With `--of words` words are compared: precision, recall and F1 of words at exactly their places and of their ends (that of the text is given and not \
counted), and the recall of new words, those that are neither in the pipeline's lexicon nor in the files of `--known`, where the segmenter's \
training data belong; and the speed of the segment hop. The words are those before names and words are made to agree (`tag.reconcile`). The files are in any of the forms that `cihe train segmentation --help` tells of.

With `--of pos` the parts of speech of words that are given are compared, those of the pipeline's lexicon or of the model as `tag.pos` says: accuracy, that on words that are in no file of \
`--known` (if there are any), what is most often taken for what, and speed. The files are in any of the forms that `cihe train pos --help` tells of: those of CoNLL-U are compared \
by Universal tags, word/TAG by ICTCLAS's, where jieba's `nrt` counts as `nr`, and so on. `--model` measures a file of `cihe train pos` instead; one that has learned Universal tags can't be compared with ICTCLAS's. Words of a user's lexicon have no tags of their own where the model chooses.";

const EXAMPLES: &str = "\
Examples:
  cihe eval dev.bio
  cihe eval dev.bio --set tag.convention=msra
  cihe eval dev.bio --set tag.method=lexicon
  cihe eval --of words dev.conllu --set segment.engine=trained --set segment.convention=ud
  cihe eval --of pos dev.conllu --set tag.pos=model

";

/// What is compared
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// Names of persons, places and organisations
    Names,
    /// Words
    Words,
    /// Parts of speech
    Pos,
}

/// Measure how well names are found, words cut, or parts of speech chosen
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct EvalArgs {
    /// Files of labelled texts; each is compared by itself
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What is compared
    #[arg(long, value_enum, default_value_t = Subject::Names)]
    of: Subject,
    /// A file whose words are not new, with `--of words` and `--of pos`; may be given several times
    #[arg(long, value_name = "FILE")]
    known: Vec<PathBuf>,
    /// With `--of pos`, a model of `cihe train pos` in place of the one that is compiled in
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// TOML file, or the name of a built-in pipeline
    #[arg(short, long, default_value = "default")]
    pipeline: String,
    /// Set a key of the pipeline; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// Measures.
pub(crate) fn eval(args: &EvalArgs) -> Result<Exit, Failure> {
    fits(args)?;
    let spec = config::load(&args.pipeline, &args.set)?;
    let annotator = Annotator::new(&spec)?;
    let mut out = io::stdout().lock();
    match args.of {
        Subject::Names => eval_names(args, &annotator, &mut out)?,
        Subject::Words => eval_words(args, &annotator, &mut out)?,
        Subject::Pos => {
            let model = match &args.model {
                Some(path) => Some(read_model(path)?),
                None if spec.tag.pos == PosMethod::Model => Some(TagModel::embedded()),
                None => None,
            };
            eval_pos(args, &annotator, model.as_deref(), &mut out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// Refuses what the subject has no use for.
fn fits(args: &EvalArgs) -> Result<(), Failure> {
    let message = match args.of {
        Subject::Names | Subject::Words if args.model.is_some() => {
            "--model is a model of parts of speech: it needs --of pos"
        }
        Subject::Names if !args.known.is_empty() => {
            "--known tells which words are new: it needs --of words or --of pos"
        }
        _ => return Ok(()),
    };
    Err(Failure::Unknown(message.to_owned()))
}

fn read_model(path: &Path) -> Result<Arc<TagModel>, Failure> {
    let file = fs::read(path).map_err(|error| Failure::File(path.to_owned(), error))?;
    let packed = PackedTags::read(&file).map_err(|error| {
        let path = path.display();
        Failure::Unknown(format!("{path} is no model of `cihe train pos`: {error}"))
    })?;
    Ok(Arc::new(TagModel::new(&packed)))
}

fn eval_names(args: &EvalArgs, annotator: &Annotator, out: &mut impl Write) -> Result<(), Failure> {
    for path in &args.files {
        let samples = model::read(path).map_err(|error| Failure::Unknown(error.to_string()))?;
        let report = pipeline::evaluate(annotator, &samples);
        writeln!(out, "{}", path.display())?;
        show(out, &report)?;
    }
    Ok(())
}

fn read_words(path: &Path) -> Result<Vec<WordSample>, Failure> {
    model::read_words(path, "").map_err(|error| Failure::Unknown(error.to_string()))
}

/// The words of the files of `--known`.
fn known(args: &EvalArgs) -> Result<Vec<WordSample>, Failure> {
    let mut known = Vec::new();
    for path in &args.known {
        known.extend(read_words(path)?);
    }
    Ok(known)
}

fn eval_pos(
    args: &EvalArgs,
    annotator: &Annotator,
    model: Option<&TagModel>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let known = known(args)?;
    for path in &args.files {
        let read = model::read_tagged(path);
        let samples = read.map_err(|error| Failure::Unknown(error.to_string()))?;
        let ictclas = samples.iter().any(|it| it.tagset == Tagset::Ictclas);
        if ictclas && model.is_some_and(|model| model.tagset() == Tagset::Universal) {
            return Err(Failure::Unknown(format!(
                "{} has tags of ICTCLAS and the model Universal ones: take CoNLL-U, or a model of ICTCLAS's tags",
                path.display()
            )));
        }
        let report = pipeline::evaluate_tags(annotator, model, &samples, &known);
        writeln!(out, "{}", path.display())?;
        show_pos(out, &report, !args.known.is_empty())?;
    }
    Ok(())
}

/// Mistakes that are shown.
const WORST: usize = 20;

fn show_pos(out: &mut impl Write, report: &TagReport, with_new: bool) -> io::Result<()> {
    let evaluation = &report.evaluation;
    writeln!(out, "         accuracy   right   words")?;
    let mut row = |name: &str, counts: &Counts| {
        let accuracy = counts.recall() * 100.0;
        let Counts { right, there, .. } = counts;
        writeln!(out, "  {name:5}{accuracy:>10.2}{right:>8}{there:>8}")
    };
    row("words", &evaluation.words)?;
    if with_new {
        row("new", &evaluation.new)?;
    }
    writeln!(out, "  is     taken for    times")?;
    for ((truth, answer), times) in evaluation.worst(WORST) {
        writeln!(
            out,
            "  {:7}{:7}{times:>11}",
            truth.as_str(),
            answer.as_str()
        )?;
    }
    let TagReport { texts, chars, .. } = report;
    let seconds = report.tagging.as_secs_f64();
    let words = chars_a_second(evaluation.words.there, seconds);
    let rate = chars_a_second(*chars, seconds);
    writeln!(
        out,
        "  {texts} texts, {chars} characters; tagging {rate:.2} M characters/s, {words:.2} M words/s"
    )
}

fn eval_words(args: &EvalArgs, annotator: &Annotator, out: &mut impl Write) -> Result<(), Failure> {
    let vocabulary = Vocabulary::of(&known(args)?);
    for path in &args.files {
        let report = pipeline::evaluate_words(annotator, &read_words(path)?, &vocabulary);
        writeln!(out, "{}", path.display())?;
        show_words(out, &report)?;
    }
    Ok(())
}

fn show_words(out: &mut impl Write, report: &WordReport) -> io::Result<()> {
    let evaluation = &report.evaluation;
    writeln!(
        out,
        "         precision  recall     F1  right  found  there"
    )?;
    row(out, "words", &evaluation.words)?;
    row(out, "ends", &evaluation.ends)?;
    let new = &evaluation.new;
    let (recall, right, there) = (new.recall() * 100.0, new.right, new.there);
    writeln!(
        out,
        "  new  {:>10}{recall:>8.1}{:>7}{right:>7}{:>7}{there:>7}",
        "", "", ""
    )?;
    let rate = chars_a_second(report.chars, report.segmenting.as_secs_f64());
    let WordReport { texts, chars, .. } = report;
    writeln!(
        out,
        "  {texts} texts, {chars} characters; segmenting {rate:.2} M characters/s"
    )?;
    if report.rejects > 0 {
        writeln!(out, "  {} texts were turned away", report.rejects)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, report: &EvaluationReport) -> io::Result<()> {
    let evaluation = &report.evaluation;
    writeln!(
        out,
        "  label  precision  recall     F1  right  found  there"
    )?;
    for (kind, counts) in Kind::ALL.iter().zip(&evaluation.kinds) {
        row(out, kind.name(), counts)?;
    }
    row(out, "all", &evaluation.micro())?;
    writeln!(out, "  taken for     PER    LOC    ORG   none")?;
    let names = Kind::ALL.map(Kind::name);
    for (name, found) in names.iter().chain(&["none"]).zip(&evaluation.confusion) {
        let [person, place, organisation, none] = found;
        writeln!(
            out,
            "  {name:9}{person:>8}{place:>7}{organisation:>7}{none:>7}"
        )?;
    }
    let [naming, tagging] = [report.naming, report.tagging];
    let [naming, tagging] =
        [naming, tagging].map(|spent| chars_a_second(report.chars, spent.as_secs_f64()));
    let EvaluationReport { texts, chars, .. } = report;
    writeln!(
        out,
        "  {texts} texts, {chars} characters; names {naming:.2}, all of tagging {tagging:.2} M characters/s"
    )?;
    if report.rejects > 0 {
        writeln!(out, "  {} texts were turned away", report.rejects)?;
    }
    Ok(())
}

/// In millions.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn chars_a_second(chars: u64, seconds: f64) -> f64 {
    if seconds > 0.0 {
        chars as f64 / seconds / 1e6
    } else {
        0.0
    }
}

fn row(out: &mut impl Write, name: &str, counts: &Counts) -> io::Result<()> {
    let [precision, recall, f1] =
        [counts.precision(), counts.recall(), counts.f1()].map(|share| share * 100.0);
    let Counts {
        right,
        found,
        there,
    } = counts;
    writeln!(
        out,
        "  {name:5}{precision:>11.1}{recall:>8.1}{f1:>7.1}{right:>7}{found:>7}{there:>7}"
    )
}
