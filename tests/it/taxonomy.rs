//! `cihe taxonomy` from outside: from what documents count to concepts in the tables of the next run.

use std::fs;
use std::path::{Path, PathBuf};

use cihe::table::TableId;
use tempfile::TempDir;

use crate::tables::{longs, strings};
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

/// Two invented notices that count: one states the members, and names persons; the other names the scheme in the other script.
const PLAN: &str = "临澜市今年推进三大工程。临澜市要实施港口扩建、堤防加固、湿地修复三大工程，让“三大工程”早见成效。王小山、李大河、赵青3位代表先后发言。\n";
const REPLY: &str = "臨瀾市要把“三大工程”辦好。今年港口擴建進展順利，濕地修復也已開工。\n";

/// A folder, and in it one with the notice that states the members.
fn planned() -> (TempDir, PathBuf) {
    let home = folder();
    let input = home.path().join("in");
    write(&input.join("plan.txt"), PLAN);
    (home, input)
}

fn draft(out: &Path, file: &Path) {
    let mut command = cihe();
    command
        .args(["taxonomy", "draft"])
        .arg(out)
        .arg("--output")
        .arg(file);
    outcome(&mut command, LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic()
        .expect_stderr(&["schemes"]);
}

#[test]
fn a_draft_that_was_edited_tags_the_next_run() {
    let (home, input) = planned();
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    write(&input.join("reply.txt"), REPLY);
    outcome(&mut cihe_run(&input, &first), LIMIT).expect_code(exit::CLEAN);
    let file = home.path().join("schemes.ttl");
    draft(&first, &file);
    let text = fs::read_to_string(&file).expect("it was just written");
    for part in [
        "skos:prefLabel \"三大工程\"@zh-Hans",
        "skos:prefLabel \"港口扩建\"@zh-Hans",
        "skos:broader :三大工程",
        "prov:wasDerivedFrom",
        "dcterms:source \"plan.txt\"",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(!text.contains("王小山"), "persons are no concepts:\n{text}");
    // The edit: another name for a member.
    let edited = format!("{text}\n:湿地修复 skos:altLabel \"湿地\"@zh-Hans .\n");
    write(&file, edited);
    let setting = format!("tag.taxonomies=[{file:?}]");
    let mut again = cihe_run(&input, &second);
    outcome(again.args(["--set", &setting]), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
    let concepts: Vec<String> = strings(&second, TableId::Entities, "concept")
        .into_iter()
        .flatten()
        .collect();
    let of = |name: &str| {
        let iri = format!("urn:cihe:taxonomy:draft:{name}");
        concepts.iter().filter(|concept| **concept == iri).count()
    };
    assert_eq!(
        (of("三大工程"), of("港口扩建"), of("湿地修复")),
        (4, 2, 2),
        "{concepts:?}"
    );
    // 4 of its own, 5 of its members: 港口扩建, 堤防加固, 湿地修复 and two in the other script.
    let metrics = strings(&second, TableId::Metrics, "metric");
    let items = strings(&second, TableId::Metrics, "item");
    let scopes = strings(&second, TableId::Metrics, "scope");
    let counts = longs(&second, TableId::Metrics, "count");
    let rolled: i64 = (0..counts.len())
        .filter(|at| {
            metrics[*at].as_deref() == Some("concept")
                && scopes[*at].as_deref() == Some("corpus")
                && items[*at].as_deref() == Some("urn:cihe:taxonomy:draft:三大工程")
        })
        .map(|at| counts[at])
        .sum();
    assert_eq!(rolled, 9);
}

#[test]
fn a_changed_taxonomy_is_another_pipeline() {
    let (home, input) = planned();
    let (out, file) = (home.path().join("out"), home.path().join("t.ttl"));
    let head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .";
    write(
        &file,
        format!("{head} <urn:x:a> a skos:Concept ; skos:prefLabel '港口' ."),
    );
    let setting = format!("tag.taxonomies=[{file:?}]");
    let run = || {
        let mut command = cihe_run(&input, &out);
        outcome(command.args(["--set", &setting]), LIMIT)
    };
    run().expect_code(exit::CLEAN);
    write(
        &file,
        format!("{head} <urn:x:a> a skos:Concept ; skos:prefLabel '堤防' ."),
    );
    run()
        .expect_code(exit::FAILED)
        .expect_stderr(&["on-config-change"]);
}

#[test]
fn a_bad_taxonomy_is_refused_with_its_place() {
    let (home, input) = planned();
    let (out, file) = (home.path().join("out"), home.path().join("t.ttl"));
    write(&file, "<urn:x:a> a .\n");
    let setting = format!("tag.taxonomies=[{file:?}]");
    let mut command = cihe_run(&input, &out);
    outcome(command.args(["--set", &setting]), LIMIT)
        .expect_code(exit::FAILED)
        .expect_stderr(&["t.ttl:1:"]);
    let mut command = cihe_run(&input, &out);
    outcome(
        command.args(["--set", "tag.taxonomies=['none.ttl']"]),
        LIMIT,
    )
    .expect_code(exit::FAILED)
    .expect_stderr(&["no taxonomy file", "shanghai"]);
}

#[test]
fn a_shipped_taxonomy_can_be_shown() {
    let mut command = cihe();
    let shown = outcome(command.args(["taxonomy", "show", "shanghai"]), LIMIT);
    shown.expect_code(exit::CLEAN);
    assert!(
        shown.stdout.contains("a skos:ConceptScheme"),
        "{}",
        shown.stdout
    );
}
