//! The checker fails where it should, and only there.

use super::problems_in;

/// Problems of a small file, without the opening that every file needs.
fn problems(path: &str, source: &str) -> Vec<String> {
    problems_in(path, &format!("//! Why.\n{source}"))
}

fn assert_clean(path: &str, source: &str) {
    assert_eq!(problems(path, source), Vec::<String>::new(), "{source}");
}

fn assert_refused(path: &str, source: &str, expected: &str) {
    let problems = problems(path, source);
    assert!(
        problems.len() == 1 && problems[0].contains(expected),
        "{source}: expected one problem with `{expected}`, found {problems:?}"
    );
}

#[test]
fn a_layer_may_name_an_earlier_one() {
    assert_clean(
        "src/stage/tag/tag.rs",
        "use crate::lexicon::Lexicon;\nuse crate::{record::Token, text};",
    );
    assert_clean("src/config/spec.rs", "use crate::flow::FlowOptions;");
    assert_clean("src/lib.rs", "pub use crate::pipeline::run;");
}

#[test]
fn a_layer_may_not_name_a_later_one() {
    assert_refused(
        "src/text/span.rs",
        "use crate::record::Token;",
        "span.rs:2: layer `text` names `record`",
    );
    assert_refused(
        "src/stage/tag/tag.rs",
        "fn f(x: &crate::io::sink::Sink) {}",
        "names `io`",
    );
    assert_refused(
        "src/io/sink/files.rs",
        "use crate::stage::Map;",
        "names `stage`",
    );
    assert_refused(
        "src/record/id.rs",
        "use crate::{\n    text::Span,\n    table::{TableId, flow},\n};",
        "id.rs:4: ",
    );
    assert_refused(
        "src/error.rs",
        "use crate::pipeline::Report;",
        "names `pipeline`",
    );
}

#[test]
fn a_way_up_through_super_is_no_way_round() {
    assert_refused(
        "src/text/span.rs",
        "use super::super::record::Token;",
        "names `record`",
    );
    assert_refused(
        "src/stage/mod.rs",
        "use super::io::sink::Sink;",
        "names `io`",
    );
    assert_clean("src/stage/decode/html.rs", "use super::super::record;");
    assert_clean("src/stage/decode/html.rs", "mod tests { use super::*; }");
}

#[test]
fn what_only_looks_like_a_path_is_left_alone() {
    assert_clean(
        "src/text/span.rs",
        "// crate::flow::run\n/* crate::io /* crate::io */ tokio::spawn */",
    );
    assert_clean(
        "src/text/span.rs",
        "const A: &str = \"crate::io \\\" tokio::x\";",
    );
    assert_clean(
        "src/text/span.rs",
        "const A: &str = r#\"\" crate::io\"#; const B: char = '\"';",
    );
    assert_clean("src/text/span.rs", "fn f<'a>(x: &'a str) -> &'a str { x }");
    assert_clean(
        "src/stage/tag/tag.rs",
        "use crate::table::arrow::Thing; fn f(arrow: i32) -> i32 { arrow }",
    );
}

#[test]
fn code_behind_a_literal_is_still_read() {
    assert_refused(
        "src/text/span.rs",
        "const A: &str = \"a\"; use crate::io::X;",
        "names `io`",
    );
    assert_refused(
        "src/text/span.rs",
        "const A: char = '\\''; use crate::io::X;",
        "names `io`",
    );
    assert_refused(
        "src/text/span.rs",
        "const A: &[u8] = br##\"\"# \"##; use crate::io::X;",
        "names `io`",
    );
}

#[test]
fn outside_libraries_are_named_in_their_module_only() {
    assert_refused(
        "src/stage/tag/tag.rs",
        "use jieba_rs::Jieba;",
        "`jieba_rs` is named outside src/lexicon/",
    );
    assert_refused(
        "src/pipeline/run.rs",
        "fn f() { tokio::spawn(x) }",
        "`tokio`",
    );
    assert_refused("src/config/spec.rs", "use miette;", "`miette`");
    assert_refused(
        "src/stage/tabulate/rows.rs",
        "use ::arrow::array::Array;",
        "`arrow`",
    );
    assert_clean(
        "src/io/sink/delta.rs",
        "use deltalake_core::DeltaTable; use tokio::runtime::Builder;",
    );
    assert_clean("src/bin/cihe/main.rs", "use clap::Parser;");
    assert_clean(
        "tests/it/tables.rs",
        "use parquet::file::reader::FileReader;",
    );
    assert_clean("src/stage/aggregate/tests.rs", "use arrow::array::AsArray;");
}

#[test]
fn a_mod_file_holds_no_logic() {
    assert_clean(
        "src/stage/mod.rs",
        "#[cfg(test)]\nmod tests;\nmod a;\npub(crate) mod b;\npub use a::{A, B};\n",
    );
    assert_refused(
        "src/stage/mod.rs",
        "mod a;\nfn f() {}\n",
        "mod.rs:3: `fn f() {}` in a mod.rs",
    );
    assert_refused(
        "src/stage/mod.rs",
        "pub const A: u8 = 1;",
        "`pub const A: u8 = 1`",
    );
    assert_refused("src/stage/mod.rs", "mod a { }", "in a mod.rs");
    assert_clean("tests/it/tidy/mod.rs", "fn f() {}");
    assert_clean("src/io/source/tests/mod.rs", "struct Shared;");
    assert_refused("src/a/mod.rs", "fn f() {}\nfn g() {}", "mod.rs:2: ");
}

#[test]
fn a_file_has_at_most_five_hundred_lines() {
    assert_clean("src/text/span.rs", &"\n".repeat(499));
    assert_refused(
        "src/text/span.rs",
        &"\n".repeat(500),
        "span.rs:501: 501 lines",
    );
}

#[test]
fn a_file_opens_with_its_reason() {
    assert_eq!(problems_in("src/text/span.rs", "fn f() {}").len(), 1);
}

#[test]
fn unfinished_work_is_refused_in_comments_too() {
    assert_refused(
        "src/text/span.rs",
        concat!("fn f() { to", "do!() }"),
        "finish it",
    );
    assert_refused(
        "src/text/span.rs",
        concat!("// FIX", "ME later"),
        "finish it",
    );
    assert_refused(
        "tests/it/cli.rs",
        concat!("#[", "ignore = \"slow\"]\nfn f() {}"),
        "finish it",
    );
    assert_clean(
        "src/text/span.rs",
        concat!("// a word such as TO", "DOR, or XX", "XY, is none"),
    );
}
