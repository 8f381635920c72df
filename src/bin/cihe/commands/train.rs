//! `cihe train`: a model of one's own data.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cihe::lexicon::Lexicon;
use cihe::model::{self, TaggedSample, TrainOptions};
use clap::{Arg, Args, Subcommand};

use crate::exit::{self, Exit};
use crate::failure::Failure;

const ENTITIES_ABOUT: &str = "\
Learn to find names of persons, places and organisations. What comes out is a file such as the one that is compiled in, models/entities.zst: to use it, put it there and build.

The data are files with labelled names, in any of these forms: a character or word a line with its tag (BIO, BIOES, BMES) and a blank line between \
sentences; CoNLL-U with the tag in the third column; word/TAG lines; JSON lines as {\"text\", \"entities\": [[start, end, \"PER\"]], \"source\"}, counted \
in characters. Write simplified characters: the model reads the simplified view of a text. Texts of one `source` share its idea of a name; up to four sources \
are told apart. A source whose name ends in ~ has the conventions of the one without, in texts of another kind.

Training takes memory for its weights, about 64 bytes for each of some tens of millions, and one core. The same data in the same order give the same file.";

const ENTITIES_EXAMPLES: &str = "\
Examples:
  cihe train entities --data train.bio --output names.model
  cihe train entities --data a.jsonl --data b.jsonl --epochs 8 --output names.model

";

const SEGMENTATION_ABOUT: &str = "\
Learn where words end. What comes out is a file such as the one that is compiled in, models/segmentation.zst: to use it, put it there and build.

The data are files whose words are known, in any of these forms: word/TAG lines; lines of words with spaces between; CoNLL-U. Write simplified characters. \
A file may be given with the name of its convention (pku=FILE, ud=FILE): files of one convention share weights of their own, by which `segment.convention` \
chooses; all files share others. The model looks at jieba's dictionary, too.

The same data in the same order give the same file.";

const SEGMENTATION_EXAMPLES: &str = "\
Examples:
  cihe train segmentation --data words.txt --output words.model
  cihe train segmentation --data pku=news.txt --data ud=train.conllu --repeat ud=2 --output words.model

";

const POS_ABOUT: &str = "\
Learn parts of speech. What comes out is a file such as the one that is compiled in, models/pos.zst: to use it, put it there and build; to measure it, \
`cihe eval --of pos --model`.

The data are files whose words have tags, in either of these forms: word/TAG lines, whose tags are those of ICTCLAS or the People's Daily corpus; CoNLL-U with Universal \
tags in the fourth column. All files have tags of one kind; those of ICTCLAS are what `tag.pos` needs. Write simplified characters. The model looks at jieba's dictionary, too. \
In word/TAG data every second surname and given name (two `nr` in a row) are joined, as are numbers and measure words, pronouns and measure words, and adverbs and verbs where jieba's dictionary has them whole, and every second date (1998年/t) is taken apart, so that the model knows both.

The same data in the same order give the same file.";

const POS_EXAMPLES: &str = "\
Examples:
  cihe train pos --data tagged.txt --output pos.model
  cihe train pos --data news.txt --data more.txt --epochs 8 --output pos.model

";

/// Learn a model of your own data
#[derive(Args, Debug)]
#[command(arg_required_else_help = true, after_help = exit::TABLE)]
pub(crate) struct TrainArgs {
    #[command(subcommand)]
    command: TrainCommand,
}

#[derive(Debug, Subcommand)]
enum TrainCommand {
    Entities(EntitiesArgs),
    Segmentation(SegmentationArgs),
    Pos(PosArgs),
}

/// Learn to find names of persons, places and organisations
#[derive(Args, Debug)]
#[command(long_about = ENTITIES_ABOUT, after_help = format!("{ENTITIES_EXAMPLES}{}", exit::TABLE))]
#[command(mut_args(|arg| by_default(arg, &TrainOptions::default())))]
struct EntitiesArgs {
    /// A file of labelled texts; may be given several times
    #[arg(short, long, required = true, value_name = "FILE")]
    data: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    learning: Learning,
    /// Read the texts of a source several times an epoch; may be given several times. `uner` and `uner~` are two
    #[arg(long, value_name = "SOURCE=N", value_parser = repeat)]
    repeat: Vec<(String, u32)>,
}

/// Learn where words end
#[derive(Args, Debug)]
#[command(long_about = SEGMENTATION_ABOUT, after_help = format!("{SEGMENTATION_EXAMPLES}{}", exit::TABLE))]
#[command(mut_args(|arg| by_default(arg, &TrainOptions::of_words())))]
struct SegmentationArgs {
    /// A file whose words are known, with its convention where it has one; may be given several times
    #[arg(short, long, required = true, value_name = "[CONVENTION=]FILE")]
    data: Vec<String>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    learning: Learning,
    /// Read the texts of a convention several times an epoch; may be given several times
    #[arg(long, value_name = "CONVENTION=N", value_parser = repeat)]
    repeat: Vec<(String, u32)>,
}

/// Learn parts of speech
#[derive(Args, Debug)]
#[command(long_about = POS_ABOUT, after_help = format!("{POS_EXAMPLES}{}", exit::TABLE))]
#[command(mut_args(|arg| by_default(arg, &TrainOptions::of_tags())))]
struct PosArgs {
    /// A file whose words have tags; may be given several times
    #[arg(short, long, required = true, value_name = "FILE")]
    data: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    learning: Learning,
}

/// How to learn; what is not said is the model's own ([`by_default`]).
#[derive(Args, Debug)]
struct Learning {
    /// How often all texts are read
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    epochs: u32,
    /// The first step size
    #[arg(long, value_name = "X", value_parser = share)]
    rate: f32,
    /// What remains of the step size after each epoch
    #[arg(long, value_name = "X", value_parser = share)]
    decay: f32,
    /// Strength of the penalty on weights: more makes a smaller model
    #[arg(long, value_name = "X", value_parser = positive)]
    penalty: f32,
    /// How often what is looked at must be met to be learned
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    least: u32,
    /// Weights below are left out of the file
    #[arg(long, value_name = "X", value_parser = positive)]
    prune: f32,
    /// The chance that something isn't looked at in a text, so that nothing is relied on alone
    #[arg(long, value_name = "X", value_parser = part)]
    drop: f32,
    /// The last epochs, of whose weights the mean is kept; 0 for those at the end
    #[arg(long, value_name = "N")]
    average: u32,
    /// What the order of texts is drawn with
    #[arg(long, value_name = "N")]
    seed: u64,
}

impl Learning {
    fn options(&self, repeat: Vec<(String, u32)>) -> TrainOptions {
        TrainOptions {
            epochs: self.epochs,
            rate: self.rate,
            decay: self.decay,
            penalty: self.penalty,
            least: self.least,
            prune: self.prune,
            drop: self.drop,
            average: self.average,
            repeat,
            seed: self.seed,
        }
    }
}

/// An argument with a model's default, if it is one of [`Learning`].
fn by_default(arg: Arg, options: &TrainOptions) -> Arg {
    let value = match arg.get_id().as_str() {
        "epochs" => options.epochs.to_string(),
        "rate" => options.rate.to_string(),
        "decay" => options.decay.to_string(),
        "penalty" => options.penalty.to_string(),
        "least" => options.least.to_string(),
        "prune" => options.prune.to_string(),
        "drop" => options.drop.to_string(),
        "average" => options.average.to_string(),
        "seed" => options.seed.to_string(),
        _ => return arg,
    };
    arg.required(false).default_value(value)
}

fn repeat(text: &str) -> Result<(String, u32), String> {
    let (source, times) = text.split_once('=').ok_or("is not SOURCE=N")?;
    let times = times.parse().ok().filter(|times| (1..=100).contains(times));
    let times = times.ok_or("N is a number from 1 to 100")?;
    Ok((source.to_owned(), times))
}

fn share(text: &str) -> Result<f32, String> {
    number(text, |number| number > 0.0 && number <= 1.0)
        .ok_or("is a number above 0, 1 at most".into())
}

fn part(text: &str) -> Result<f32, String> {
    number(text, |number| (0.0..=0.9).contains(&number)).ok_or("is a number from 0 to 0.9".into())
}

fn positive(text: &str) -> Result<f32, String> {
    number(text, |number| number >= 0.0 && number.is_finite())
        .ok_or("is a number, 0 at least".into())
}

fn number(text: &str, fits: impl Fn(f32) -> bool) -> Option<f32> {
    text.parse().ok().filter(|number| fits(*number))
}

/// Learns.
pub(crate) fn train(args: TrainArgs) -> Result<Exit, Failure> {
    match args.command {
        TrainCommand::Entities(args) => entities(args),
        TrainCommand::Segmentation(args) => segmentation(args),
        TrainCommand::Pos(args) => pos(&args),
    }
}

fn segmentation(args: SegmentationArgs) -> Result<Exit, Failure> {
    let mut samples = Vec::new();
    for data in &args.data {
        let (convention, path) = convention(data);
        let read = model::read_words(path.as_ref(), convention);
        let read = read.map_err(|error| Failure::Unknown(error.to_string()))?;
        tracing::info!("{path}: {} texts", read.len());
        samples.extend(read);
    }
    if samples.iter().all(|sample| sample.words.len() < 2) {
        let message = "no text of the data has two words: put spaces between words";
        return Err(Failure::Unknown(message.to_owned()));
    }
    let conventions: BTreeSet<&str> = samples.iter().map(|it| it.convention.as_str()).collect();
    if conventions.len() > model::CONVENTIONS {
        let message = format!("a model has {} conventions at most", model::CONVENTIONS);
        return Err(Failure::Unknown(message));
    }
    if let Some((name, _)) = args
        .repeat
        .iter()
        .find(|(name, _)| !conventions.contains(name.as_str()))
    {
        let message = format!("--repeat {name}: no --data has this convention");
        return Err(Failure::Unknown(message));
    }
    let options = args.learning.options(args.repeat);
    let packed = model::train_words(&samples, &Lexicon::default_shared(), &options, tell);
    write(&args.output, &packed.write()?)
}

fn pos(args: &PosArgs) -> Result<Exit, Failure> {
    let mut samples: Vec<TaggedSample> = Vec::new();
    for path in &args.data {
        let read = model::read_tagged(path).map_err(|error| Failure::Unknown(error.to_string()))?;
        tracing::info!("{}: {} texts", path.display(), read.len());
        let other = |(one, _): &(&TaggedSample, _)| read.iter().any(|it| it.tagset != one.tagset);
        if let Some((_, first)) = samples.first().zip(args.data.first()).filter(other) {
            let message = format!(
                "the data have tags of two kinds, {} of one and {} of the other (ICTCLAS in word/TAG, Universal in CoNLL-U): train on one",
                first.display(),
                path.display()
            );
            return Err(Failure::Unknown(message));
        }
        samples.extend(read);
    }
    let options = args.learning.options(Vec::new());
    let packed = model::train_tags(&samples, &Lexicon::default_shared(), &options, tell);
    write(&args.output, &packed.write()?)
}

/// A convention and a file; a path may have an equals sign of its own.
fn convention(data: &str) -> (&str, &str) {
    match data.split_once('=') {
        Some((name, path)) if !name.contains(['/', '\\']) && !Path::new(data).exists() => {
            (name, path)
        }
        _ => ("", data),
    }
}

/// How far training is.
fn tell(progress: model::Progress) {
    let model::Progress {
        epoch,
        loss,
        weights,
    } = progress;
    tracing::info!("epoch {epoch}: loss {loss:.3} a text, {weights} weights");
}

fn write(path: &Path, file: &[u8]) -> Result<Exit, Failure> {
    fs::write(path, file).map_err(|error| Failure::File(path.to_owned(), error))?;
    tracing::info!("{}: {} bytes", path.display(), file.len());
    Ok(Exit::Clean)
}

fn entities(args: EntitiesArgs) -> Result<Exit, Failure> {
    let mut samples = Vec::new();
    for path in &args.data {
        let read = model::read(path).map_err(|error| Failure::Unknown(error.to_string()))?;
        tracing::info!("{}: {} texts", path.display(), read.len());
        samples.extend(read);
    }
    if samples.iter().all(|sample| sample.names.is_empty()) {
        let message =
            "no text of the data has a name that is labelled PER, LOC or ORG: look at the tags";
        return Err(Failure::Unknown(message.to_owned()));
    }
    let options = args.learning.options(args.repeat);
    let packed = model::train(&samples, &Lexicon::default_shared(), &options, tell);
    write(&args.output, &packed.write()?)
}
