//! What a pipeline may say, and how it is told what it may not.

use expect_test::{Expect, expect};
use serde_json::Value as Json;

use super::*;
use crate::record::{MediaType, RejectCode};
use crate::stage::decode::Repair;
use crate::table::TableId;

fn set(flags: &[&str]) -> Vec<String> {
    flags.iter().map(|flag| (*flag).to_owned()).collect()
}

fn spec(text: &str, flags: &[&str]) -> PipelineSpec {
    parse("test.toml", text, &set(flags)).unwrap_or_else(|error| panic!("{error}"))
}

fn faults(text: &str, flags: &[&str], expected: &Expect) {
    let error = parse("test.toml", text, &set(flags)).unwrap_err();
    expected.assert_eq(&error.to_string());
}

#[test]
fn an_empty_pipeline_has_a_value_for_everything() {
    let empty = spec("", &["run.workers=3"]);
    assert_eq!(empty.flow.workers, 3);
    assert_eq!(empty.epoch_bytes, 32 << 20);
    assert_eq!(empty.sink.tables, TableId::ALL);
    assert_eq!(empty.decode, crate::stage::decode::DecodeOptions::default());
    assert_eq!(empty.source, crate::io::source::SourceOptions::default());
    assert_eq!(
        empty.aggregate,
        crate::stage::aggregate::AggregateOptions::default()
    );
    assert_eq!(empty.sink, crate::io::sink::SinkOptions::default());
}

#[test]
fn the_default_pipeline_says_what_stands_without_it() {
    let (name, text) = builtin()[0];
    let written = parse(name, text, &[]).unwrap();
    let unwritten = spec("name = 'default'", &[]);
    assert_eq!(written.plan()["run"], unwritten.plan()["run"]);
    assert_eq!(written.fingerprint(), unwritten.fingerprint());
}

#[test]
fn built_in_pipelines_are_right_and_have_cases() {
    for (name, _) in builtin() {
        let pipeline = load(name, &[]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(pipeline.name, *name);
        assert!(pipeline.cases.len() >= 3, "{name} has too few cases");
    }
}

#[test]
fn all_faults_are_told_together_in_the_order_of_the_text() {
    faults(
        "name = ''\nworkers = 2\n[run]\nworkers = -1\nmemory = '3 parsecs'\nepoch_bytes = 5\n\
         [segment]\nengine = 'unknown'\nlexicons = ['missing.tsv']\n[decode]\nencoding = 'gbq'\n\
         max-undecodable = nan\n[sink]\ntables = ['token', 'all']\n[aggregat]\n[[test]]\nname = 'a'\n",
        &["run.memory=much", "run.colour=red", "nonsense"],
        &expect![[r#"
            test.toml:1:8: `name` is empty (leave it out, or give one)
            test.toml:2:1: unknown key `workers` (there are name, description, run, source, context, decode, segment, tag, aggregate, sink, test)
            test.toml:4:11: `run.workers` must be a whole number from 0 to 1024, not -1 (workers of each map hop; 0 means as many as there are cores)
            test.toml:6:1: unknown key `run.epoch_bytes` (did you mean `epoch-bytes`?)
            test.toml:8:10: `segment.engine` must be one of "jieba", "trained", not "unknown" (the segmenter, by name)
            test.toml:9:13: there is no lexicon file missing.tsv (paths in a pipeline file start from its folder, those of a flag from where you are)
            test.toml:11:12: no charset "gbq" can be read (take auto, or a WHATWG label such as utf-8, gb18030, gbk, big5, utf-16le)
            test.toml:12:19: `decode.max-undecodable` must be a number from 0 to 1, not NaN (share of undecodable characters (0 to 1) above which a record is refused)
            test.toml:14:11: there is no table "token" (did you mean `tokens`?)
            test.toml:15:2: unknown key `aggregat` (did you mean `aggregate`?)
            test.toml:16:1: `test.text` is missing (the text that the pipeline is given)
            test.toml:16:1: the case expects nothing (say at least one of sentences, tokens, entities, text-after, rejects)
            `nonsense` on the command line: a setting needs a key and a value (write it as key=value, such as run.workers=2)
            `run.memory=much` on the command line: `run.memory` must be a size from 16MiB to 1TiB, in bytes or as "64MiB", not "much" (budget for what is in flight; resident memory follows it)
            `run.colour=red` on the command line: unknown key `run.colour` (there are workers, memory, epoch-bytes, epoch-seconds, on-panic, on-config-change, input, output)"#]],
    );
}

#[test]
fn what_is_no_city_and_no_publisher_is_told() {
    let known = spec(
        "[context]\ncity = '臨瀾市'\n",
        &["context.publisher=临澜日报"],
    )
    .context;
    assert_eq!(known.city.as_deref(), Some("临澜市"));
    assert_eq!(known.publisher.as_deref(), Some("临澜日报"));
    faults(
        "[context]\ncity = '临澜'\npublisher = '临澜公司'\ntown = ''\n",
        &["context.colour=3"],
        &expect![[r#"
            test.toml:2:8: `context.city` can't be "临澜" (name a city in full, such as 上海市)
            test.toml:3:13: `context.publisher` can't be "临澜公司" (give a name that ends with 报, 报社, 刊, 杂志, 杂志社, 台, 社 or 网)
            test.toml:4:1: unknown key `context.town` (there are city, publisher)
            `context.colour=3` on the command line: unknown key `context.colour` (there are city, publisher)"#]],
    );
}

#[test]
fn a_context_without_names_is_told() {
    faults(
        "[context]\ncity = '临澜市'\n[tag]\nentities = false\n",
        &[],
        &expect![
            "test.toml:2:8: `context` says whose names are meant, but none are looked for (set tag.entities = true, or leave city and publisher out)"
        ],
    );
    let none = spec("tag.entities = false\ncontext.city = ''\n", &[]);
    assert_eq!(none.context.city, None);
}

#[test]
fn all_syntax_errors_are_told_together() {
    faults(
        "[run\nworkers = = 2\n[sink]\ntables = [\n",
        &[],
        &expect![[r"
            test.toml:1:5: unclosed table, expected `]`
            test.toml:2:11: extra `=`, expected nothing
            test.toml:2:13: unexpected key or value, expected newline, `#`
            test.toml:4:11: unclosed array, expected `]`"]],
    );
}

#[test]
fn wrong_types_are_told_with_what_is_expected() {
    faults(
        "run = 1\nsource = {text-fields = [1]}\ntest = 3\n[tag]\nentities = 'yes'\n\
         [sink]\ntables = 1979-05-27\n[decode]\nrepair = true\n",
        &[],
        &expect![[r#"
            test.toml:1:7: `run` must be a table, not 1 (write it as [run])
            test.toml:2:25: `source.text-fields` must be a text or a list of texts, not a list (the field that holds the text; the first that a record has wins)
            test.toml:3:8: `test` must be a list of tables, not 3 (write it as [[test]])
            test.toml:5:12: `tag.entities` must be true or false, not "yes" (whether names are looked for)
            test.toml:7:10: `sink.tables` must be a text or a list of texts, not the date 1979-05-27 (the tables to write, or "all"; documents, rejects and sources always are)
            test.toml:9:10: `decode.repair` must be one of "auto", "off", not true (whether layout that a machine broke is repaired)"#]],
    );
}

#[test]
fn cases_are_checked() {
    faults(
        "tag = { entities = false, values = false, titles = false }\n[[test]]\nname = 'a'\ntext = 'b'\ntokens = ['词', '词/n']\n\
         entities = ['LOCATION:南京', '南京']\nrejects = ['emty']\n[[test]]\nname = 'c'\n",
        &[],
        &expect![[r#"
            test.toml:2:1: the case "a" expects entities, but none are looked for (set tag.entities = true)
            test.toml:5:11: "词" is not a token with its part of speech (write it as word/pos, such as "词/n")
            test.toml:6:13: there is no entity label "LOCATION" (there are PER, ORG, LOC, TITLE, DATE, TIME, DURATION, MONEY, PERCENT, QUANTITY, ORDINAL, TERM)
            test.toml:6:28: "南京" is not an entity with its label (write it as LABEL:text, such as "LOC:南京")
            test.toml:7:12: there is no reject code "emty" (did you mean `empty`?)
            test.toml:8:1: `test.text` is missing (the text that the pipeline is given)
            test.toml:8:1: the case expects nothing (say at least one of sentences, tokens, entities, text-after, rejects)"#]],
    );
}

#[test]
fn a_case_keeps_what_it_expects() {
    let text = "[[test]]\nname = 'a'\ntext = 'b'\nmedia-type = 'text/html'\nrejects = 'empty'\n\
                sentences = []\n";
    let case = Case {
        name: "a".into(),
        media_type: MediaType::Html,
        text: "b".into(),
        sentences: Some(Vec::new()),
        tokens: None,
        entities: None,
        text_after: None,
        rejects: Some(vec![RejectCode::Empty]),
    };
    assert_eq!(spec(text, &[]).cases, [case]);
}

#[test]
fn flags_go_over_the_file_and_bare_words_are_texts() {
    use TableId::{Documents, Edits, Quotes, Rejects, Sources};
    let text = "[run]\nworkers = 7\nmemory = '1GiB'\n[sink]\ntables = ['tokens']";
    let flags = [
        "run.workers=2",
        "run.memory=64 MiB",
        "decode.repair=off",
        "sink.tables=[\"quotes\", 'edits']",
        "run.input=a.txt",
    ];
    let pipeline = spec(text, &flags);
    assert_eq!((pipeline.flow.workers, pipeline.flow.memory), (2, 64 << 20));
    assert_eq!(pipeline.decode.repair, Repair::Off);
    assert_eq!(pipeline.inputs, ["a.txt"]);
    assert_eq!(
        pipeline.sink.tables,
        [Documents, Quotes, Edits, Rejects, Sources]
    );
}

#[test]
fn lexicons_of_a_file_start_from_its_folder_and_those_of_a_flag_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let lexicon = folder.path().join("words.tsv");
    std::fs::write(&lexicon, "词河\t5\tn\n").unwrap();
    let path = folder.path().join("p.toml");
    std::fs::write(&path, "segment.lexicons = ['words.tsv']").unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(
        load(path, &[]).unwrap().segment.lexicons,
        [lexicon.as_path()]
    );
    let flag = format!("segment.lexicons={}", lexicon.display());
    assert_eq!(
        load("default", &[flag]).unwrap().segment.lexicons,
        [lexicon.as_path()]
    );
    assert!(load(path, &set(&["segment.lexicons=words.tsv"])).is_err());
}

#[test]
fn a_pipeline_that_is_not_there_is_told_with_a_remedy() {
    let told = |name: &str| load(name, &[]).unwrap_err().to_string();
    expect!["`tokens-onyl` on the command line: there is no pipeline `tokens-onyl`: neither built in nor a file (did you mean `tokens-only`?)"].assert_eq(&told("tokens-onyl"));
    expect!["`no/such.toml` on the command line: there is no pipeline `no/such.toml`: neither built in nor a file (check the path; built in are default, tokens-only, full, shanghai)"].assert_eq(&told("no/such.toml"));
    assert!(
        told("/").contains("cannot read the pipeline `/`"),
        "{}",
        told("/")
    );
}

#[test]
fn a_plan_is_a_pipeline_that_means_the_same() {
    for (name, _) in builtin() {
        let mut pipeline = load(name, &[]).unwrap();
        let plan = toml::to_string(&pipeline.plan()).unwrap();
        let again = parse("plan.toml", &plan, &[]).unwrap_or_else(|error| panic!("{error}"));
        pipeline.cases.clear();
        assert_eq!(again, pipeline);
    }
}

#[test]
fn a_fingerprint_follows_rows_and_nothing_else() {
    let plain = spec("", &[]).fingerprint();
    assert_eq!(plain.len(), 64);
    for flag in [
        "run.workers=9",
        "run.memory=1GiB",
        "run.epoch-bytes=1",
        "run.epoch-seconds=1",
        "run.on-panic=reject",
        "run.on-config-change=continue",
        "run.input=x",
        "run.output=x",
        "name=x",
        "description=x",
        "aggregate.flush-items=1000",
        "sink.compression-level=9",
    ] {
        assert_eq!(spec("", &[flag]).fingerprint(), plain, "{flag}");
    }
    for flag in [
        "source.unknown=text",
        "source.max-record-bytes=10",
        "decode.encoding=gbk",
        "decode.repair=off",
        "segment.hmm=false",
        "tag.entities=false",
        "aggregate.period=day",
        "sink.tables=tokens",
    ] {
        assert_ne!(spec("", &[flag]).fingerprint(), plain, "{flag}");
    }
}

#[test]
fn the_schema_in_the_repository_is_the_one_the_code_has() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/pipeline.schema.json");
    let generated = format!("{:#}\n", json_schema());
    // `UPDATE_EXPECT=1 cargo test` writes it anew, as it does for every expectation.
    expect_test::expect_file![path].assert_eq(&generated);
}

#[test]
fn the_schema_knows_every_key_of_the_default_pipeline() {
    let schema = json_schema();
    let pipeline: Json =
        serde_json::to_value(builtin()[0].1.parse::<toml::Table>().unwrap()).unwrap();
    for (table, keys) in pipeline.as_object().unwrap() {
        let known = &schema["properties"][table];
        assert!(known.is_object(), "{table}");
        for key in keys.as_object().into_iter().flat_map(|keys| keys.keys()) {
            assert!(
                known["properties"][key]["description"].is_string(),
                "{table}.{key}"
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_flag_panics(text in ".{0,200}", flag in "[a-z.=\\[\\]\"{}0-9 -]{0,40}") {
        drop(parse("x.toml", &text, &[flag]));
    }

    #[test]
    fn every_span_lies_in_its_text(
        keys in proptest::collection::vec("(run|sink|词|tag)\\.[a-z词-]{1,12} = (1|'词'|\\[\\])", 0..6),
    ) {
        if let Err(error) = parse("x.toml", &keys.join("\n"), &[]) {
            for problem in error.problems {
                let span = problem.span.expect("faults in a file have a span");
                proptest::prop_assert!(problem.origin.text().get(span).is_some());
            }
        }
    }
}
