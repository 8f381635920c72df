//! The tables of a pipeline: which keys there are, what they are for, and what stands when they are not written.

use std::path::{Path, PathBuf};

use crate::flow::FlowOptions;
use crate::io::sink::SinkOptions;
use crate::io::source::{MAX_RECORD_BYTES, SourceOptions};
use crate::lexicon::shipped_taxonomies;
use crate::stage::aggregate::AggregateOptions;
use crate::stage::decode::{DecodeOptions, is_readable};
use crate::stage::duplicates::MAX_WINDOW;
use crate::stage::segment::SegmentOptions;
use crate::stage::tag::TagOptions;
use crate::table::TableId;

use super::OnConfigChange;
use super::case;
use super::choices::{
    ARTICLES, CONVENTION, DUPLICATES, ENGINE, METHOD, OCR_SUSPECTS, ON_CONFIG_CHANGE, ON_PANIC,
    PERIOD, POS, REPAIR, TAGSET, UNKNOWN, WORD_CONVENTION,
};
use super::context;
use super::problem::Problem;
use super::quality;
use super::reader::{TableReader, did_you_mean, key};
use super::spec::{EPOCH_BYTES, EPOCH_SECONDS, OUTPUT, PipelineSpec};

/// The largest number of workers that can be asked for: far beyond any machine, far below harm.
pub(super) const MAX_WORKERS: u64 = 1024;
/// The smallest budget that still lets a few batches move.
const MIN_MEMORY: u64 = 16 << 20;
/// A day: whoever wants longer epochs does not want epochs.
const MAX_EPOCH_SECONDS: u64 = 86_400;
/// Offsets count in 32 bits, and a byte can become three on the way to UTF-8.
const MAX_RECORD: u64 = MAX_RECORD_BYTES;
const TIB: u64 = 1 << 40;

/// Reads a whole pipeline; `base` is the folder that lexicon paths of the file start from.
pub(super) fn read(root: &mut TableReader<'_>, base: &Path) -> PipelineSpec {
    let name = root.written_text(key("name", "the pipeline's name"), "unnamed");
    if let Some(empty) = name.as_ref().filter(|name| name.value.trim().is_empty()) {
        root.report(Problem::at(&empty.site, "`name` is empty").help("leave it out, or give one"));
    }
    let description = root.text(key("description", "what the pipeline is for"), "");
    let run = root.table(key("run", "how much, how often, from where, to where"), run);
    let source = root.table(key("source", "how files become records"), source);
    let context = root.table(context::KEY, context::read);
    let decode = root.table(key("decode", "how bytes become text"), decode);
    let segment = root.table(key("segment", "how text becomes words"), |reader| {
        segment(reader, base)
    });
    let tag = root.table(key("tag", "what is found in the words"), |reader| {
        tag(reader, base)
    });
    let context = context.check(&tag, root);
    let aggregate = root.table(key("aggregate", "what is counted"), aggregate);
    let sink = root.table(key("sink", "which tables are written, and how"), |reader| {
        sink(reader, &tag)
    });
    let cases = root.tables(key("test", "the pipeline's own test cases"), |reader| {
        let case = case::read(reader)?;
        if !finds_entities(&tag) && case.entities.as_ref().is_some_and(|list| !list.is_empty()) {
            let message = format!(
                "the case \"{}\" expects entities, but none are looked for",
                case.name
            );
            let problem = Problem::at(reader.site(), message).help("set tag.entities = true");
            reader.report(problem);
        }
        Some(case)
    });
    PipelineSpec {
        name: name.map_or_else(|| "unnamed".into(), |name| name.value),
        description,
        inputs: run.inputs,
        output: run.output,
        flow: run.flow,
        epoch_bytes: run.epoch_bytes,
        epoch_seconds: run.epoch_seconds,
        on_config_change: run.on_config_change,
        source,
        context,
        decode,
        segment,
        tag,
        aggregate,
        sink,
        cases,
    }
}

/// The `[run]` table.
struct Run {
    inputs: Vec<String>,
    output: PathBuf,
    flow: FlowOptions,
    epoch_bytes: u64,
    epoch_seconds: u64,
    on_config_change: OnConfigChange,
}

fn run(reader: &mut TableReader<'_>) -> Run {
    let default = FlowOptions::default();
    let workers = key(
        "workers",
        "workers of each map hop; 0 means as many as there are cores",
    );
    let memory = key(
        "memory",
        "budget for what is in flight; resident memory follows it",
    );
    let bytes = key(
        "epoch-bytes",
        "bytes of input that are committed together, at most",
    );
    let seconds = key(
        "epoch-seconds",
        "seconds after which an epoch is committed, however small",
    );
    let on_panic = key(
        "on-panic",
        "whether a panic in a hop ends the run or rejects the document",
    );
    let on_change = key(
        "on-config-change",
        "what a changed pipeline does over old output; update annotates anew what contains a changed word or concept",
    );
    let input = key(
        "input",
        "files, folders and globs to read; none means the sample corpus",
    );
    let output = key("output", "the folder of the tables");
    // Asked for in the order of the documentation, which is that of "there are" and of the schema.
    let workers = resolve_workers(reader.integer(workers, 0, 0..=MAX_WORKERS));
    let memory = reader.size(memory, default.memory, MIN_MEMORY..=TIB);
    Run {
        epoch_bytes: reader.size(bytes, EPOCH_BYTES, 1..=TIB),
        epoch_seconds: reader.integer(seconds, EPOCH_SECONDS, 1..=MAX_EPOCH_SECONDS),
        flow: FlowOptions {
            workers,
            memory,
            on_panic: reader.choice(on_panic, default.on_panic, &ON_PANIC),
        },
        on_config_change: reader.choice(on_change, OnConfigChange::Refuse, &ON_CONFIG_CHANGE),
        inputs: texts(reader.texts(input, &[]), Vec::new()),
        output: PathBuf::from(reader.text(output, OUTPUT)),
    }
}

/// As many workers as cores for 0.
fn resolve_workers(workers: u64) -> usize {
    match usize::try_from(workers) {
        Ok(workers) if workers > 0 => workers,
        _ => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    }
}

fn texts(
    written: Option<Vec<super::reader::Written<String>>>,
    default: Vec<String>,
) -> Vec<String> {
    written.map_or(default, |list| {
        list.into_iter().map(|one| one.value).collect()
    })
}

fn source(reader: &mut TableReader<'_>) -> SourceOptions {
    let default = SourceOptions::default();
    let fields = key(
        "text-fields",
        "the field that holds the text; the first that a record has wins",
    );
    let record = key(
        "max-record-bytes",
        "the largest record; a longer one is a reject",
    );
    let ratio = key("max-ratio", "the largest ratio of unpacked to packed bytes");
    let unpacked = key(
        "max-unpacked-bytes",
        "the largest unpacked size of one source",
    );
    let unknown = key(
        "unknown",
        "what files without a known ending, and standard input, hold",
    );
    let names: Vec<&str> = default.text_fields.iter().map(String::as_str).collect();
    let written = reader.texts(fields, &names);
    if written.as_ref().is_some_and(Vec::is_empty) {
        let problem = Problem::at(reader.site(), "`source.text-fields` is empty")
            .help("name at least one field, or leave the key out");
        reader.report(problem);
    }
    SourceOptions {
        text_fields: texts(written, default.text_fields.clone()),
        max_record_bytes: reader.size(record, default.max_record_bytes, 1..=MAX_RECORD),
        max_ratio: reader.integer(ratio, default.max_ratio, 1..=1_000_000),
        max_unpacked_bytes: reader.size(unpacked, default.max_unpacked_bytes, 1..=TIB),
        unknown: reader.choice(unknown, default.unknown, &UNKNOWN),
    }
}

fn decode(reader: &mut TableReader<'_>) -> DecodeOptions {
    let default = DecodeOptions::default();
    let share = key(
        "max-undecodable",
        "share of undecodable characters (0 to 1) above which a record is refused",
    );
    DecodeOptions {
        encoding: encoding(reader),
        max_undecodable: reader.number(share, default.max_undecodable, 0.0..=1.0),
        repair: reader.choice(
            key("repair", "whether layout that a machine broke is repaired"),
            default.repair,
            &REPAIR,
        ),
        articles: reader.choice(
            key(
                "articles",
                "whether a page of plain text is taken apart into its articles",
            ),
            default.articles,
            &ARTICLES,
        ),
        ocr_suspects: reader.choice(
            key(
                "ocr-suspects",
                "what is done about characters that were probably read wrongly",
            ),
            default.ocr_suspects,
            &OCR_SUSPECTS,
        ),
        quality: reader.table(key("quality", "which documents are dropped"), quality::read),
    }
}

fn encoding(reader: &mut TableReader<'_>) -> Option<String> {
    let written = reader.written_text(
        key(
            "encoding",
            "the charset by its WHATWG label, such as gbk; auto looks at the bytes",
        ),
        "auto",
    )?;
    if written.value == "auto" {
        return None;
    }
    if !is_readable(&written.value) {
        let message = format!("no charset \"{}\" can be read", written.value);
        let help = "take auto, or a WHATWG label such as utf-8, gb18030, gbk, big5, utf-16le";
        reader.report(Problem::at(&written.site, message).help(help));
    }
    Some(written.value)
}

fn segment(reader: &mut TableReader<'_>, base: &Path) -> SegmentOptions {
    let default = SegmentOptions::default();
    let engine = key("engine", "the segmenter, by name");
    let convention = key(
        "convention",
        "what the trained segmenter calls a word: as the People's Daily corpus of Peking University (pku) or as Universal Dependencies (ud)",
    );
    let hmm = key(
        "hmm",
        "whether jieba guesses unknown words by its hidden Markov model",
    );
    let lexicons = key(
        "lexicons",
        "your own words (TSV: word, frequency, tag), later files over earlier ones",
    );
    SegmentOptions {
        engine: reader.choice(engine, default.engine, &ENGINE),
        convention: reader.choice(convention, default.convention, &WORD_CONVENTION),
        hmm: reader.flag(hmm, default.hmm),
        lexicons: read_files(reader, lexicons, base, "lexicon", &[]),
    }
}

/// Paths of files that must be there; what is `known` by its name needs no file.
fn read_files(
    reader: &mut TableReader<'_>,
    key: super::reader::Key,
    base: &Path,
    what: &str,
    known: &[&str],
) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for written in reader.texts(key, &[]).unwrap_or_default() {
        if known.contains(&written.value.as_str()) {
            paths.push(PathBuf::from(&written.value));
            continue;
        }
        // What a flag names is meant from where the user stands; what a file names, from where the file stands.
        let path = match written.site.origin {
            super::Origin::Flag(_) => PathBuf::from(&written.value),
            super::Origin::File { .. } => base.join(&written.value),
        };
        if !path.is_file() {
            let message = format!("there is no {what} file {}", path.display());
            let mut help =
                "paths in a pipeline file start from its folder, those of a flag from where you are"
                    .to_owned();
            if !known.is_empty() {
                help = format!("{help}; shipped are {}", known.join(", "));
            }
            reader.report(Problem::at(&written.site, message).help(help));
        }
        paths.push(path);
    }
    paths
}

/// The taxonomies that are named without a path.
fn shipped() -> Vec<&'static str> {
    shipped_taxonomies().iter().map(|(name, _)| *name).collect()
}

fn tag(reader: &mut TableReader<'_>, base: &Path) -> TagOptions {
    let default = TagOptions::default();
    let taxonomies = key(
        "taxonomies",
        "SKOS files (Turtle) whose concepts are looked for, or names of shipped ones",
    );
    TagOptions {
        entities: reader.flag(
            key("entities", "whether names are looked for"),
            default.entities,
        ),
        values: reader.flag(
            key("values", "whether numbers, amounts, dates and times are looked for"),
            default.values,
        ),
        titles: reader.flag(
            key("titles", "whether offices are looked for, and who holds them"),
            default.titles,
        ),
        enumerations: reader.flag(
            key("enumerations", "whether numbered shorthand is spelled out"),
            default.enumerations,
        ),
        quotes: reader.flag(
            key("quotes", "whether it is told who says what"),
            default.quotes,
        ),
        reconcile: reader.flag(
            key("reconcile", "whether words are cut anew, by the dictionary whatever the engine, where a name begins or ends inside one"),
            default.reconcile,
        ),
        taxonomies: read_files(reader, taxonomies, base, "taxonomy", &shipped()),
        method: reader.choice(
            key("method", "how names are found: by the trained model, or by the dictionary's parts of speech"),
            default.method,
            &METHOD,
        ),
        convention: reader.choice(
            key("convention", "whose idea of a name the model follows: the one that suits a document, or one for all"),
            default.convention,
            &CONVENTION,
        ),
        pos: reader.choice(
            key("pos", "how a word's part of speech is chosen: by the dictionary, or by a trained model that looks at the words around it"),
            default.pos,
            &POS,
        ),
        tagset: reader.choice(
            key("tagset", "whose parts of speech tokens have: those of jieba and ICTCLAS, or those of Universal Dependencies"),
            default.tagset,
            &TAGSET,
        ),
    }
}

fn aggregate(reader: &mut TableReader<'_>) -> AggregateOptions {
    let default = AggregateOptions::default();
    let terms = key(
        "terms",
        "whether words are counted, beside parts of speech and entities",
    );
    let period = key("period", "how publication dates are grouped");
    let flush = key(
        "flush-items",
        "distinct items kept in memory before partial sums are written",
    );
    let duplicates = key(
        "duplicates",
        "which copies of earlier documents are told: those with the same text, or nearly the same, too",
    );
    let window = key(
        "duplicate-window",
        "documents among which copies are looked for, about 450 bytes of memory for each",
    );
    let items = u64::try_from(default.flush_items).unwrap_or(u64::MAX);
    let documents = u64::try_from(default.duplicate_window).unwrap_or(u64::MAX);
    let most = u64::try_from(MAX_WINDOW).unwrap_or(u64::MAX);
    AggregateOptions {
        terms: reader.flag(terms, default.terms),
        period: reader.choice(period, default.period, &PERIOD),
        flush_items: usize::try_from(reader.integer(flush, items, 1_000..=100_000_000))
            .unwrap_or(usize::MAX),
        duplicates: reader.choice(duplicates, default.duplicates, &DUPLICATES),
        duplicate_window: usize::try_from(reader.integer(window, documents, 1..=most))
            .unwrap_or(usize::MAX),
    }
}

fn sink(reader: &mut TableReader<'_>, tag: &TagOptions) -> SinkOptions {
    let default = SinkOptions::default();
    let level = key(
        "compression-level",
        "zstd level; 1 is fast and nearly as small as 3",
    );
    let rows = key("row-group-rows", "rows of a row group, at most");
    let bytes = key("row-group-bytes", "encoded bytes of a row group, at most");
    let tables = sink_tables(reader, tag);
    let default_level = u64::try_from(default.compression_level).unwrap_or(1);
    let default_rows = u64::try_from(default.row_group_rows).unwrap_or(u64::MAX);
    let default_bytes = u64::try_from(default.row_group_bytes).unwrap_or(u64::MAX);
    let level = reader.integer(level, default_level, 1..=22);
    let rows = reader.integer(rows, default_rows, 1..=(1 << 30));
    let bytes = reader.size(bytes, default_bytes, (1 << 16)..=(1 << 32));
    SinkOptions {
        tables,
        compression_level: i32::try_from(level).unwrap_or(default.compression_level),
        row_group_rows: usize::try_from(rows).unwrap_or(usize::MAX),
        row_group_bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
    }
}

/// Whether rows of `entities` can come; offices come with names only.
fn finds_entities(tag: &TagOptions) -> bool {
    tag.entities || tag.values || !tag.taxonomies.is_empty()
}

/// The table that would stay empty, with the key that fills it.
fn empty_table(table: TableId, tag: &TagOptions) -> Option<&'static str> {
    match table {
        TableId::Entities if !finds_entities(tag) => Some("tag.entities"),
        TableId::Enumerations if !tag.enumerations => Some("tag.enumerations"),
        TableId::Quotes if !tag.quotes => Some("tag.quotes"),
        _ => None,
    }
}

/// The tables to write, in their own order; the ledgers are always among them.
fn sink_tables(reader: &mut TableReader<'_>, tag: &TagOptions) -> Vec<TableId> {
    let names = TableId::ALL.map(TableId::name);
    let doc = "the tables to write, or \"all\"; documents, rejects and sources always are";
    let Some(written) = reader.texts(key("tables", doc), &["all"]) else {
        return TableId::ALL.to_vec();
    };
    let mut wanted: Vec<TableId> = TableId::ALL
        .into_iter()
        .filter(|id| id.is_ledger())
        .collect();
    for one in written {
        let problem = match one.value.parse::<TableId>() {
            Ok(table) => {
                let Some(key) = empty_table(table, tag) else {
                    wanted.push(table);
                    continue;
                };
                Problem::at(
                    &one.site,
                    format!("the table \"{}\" would stay empty", table.name()),
                )
                .help(format!("set {key} = true, or leave the table out"))
            }
            Err(_) if one.value == "all" => {
                wanted.extend(TableId::ALL);
                continue;
            }
            Err(_) => Problem::at(&one.site, format!("there is no table \"{}\"", one.value))
                .help(did_you_mean(&one.value, &names)),
        };
        reader.report(problem);
    }
    TableId::ALL
        .into_iter()
        .filter(|table| wanted.contains(table))
        .collect()
}
