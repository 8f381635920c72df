//! What short forms mean, from outside: by the document, and by what the pipeline knows of it.

use std::path::Path;

use cihe::table::TableId;

use crate::tables::strings;
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

/// An invented report that explains one short form and not the others, in either script.
const REPORTS: [(&str, &str); 2] = [
    (
        "hans.txt",
        "临澜市发展和改革委员会（以下简称“市发展改革委”）今天公布港口规划。市发展改革委表示，规划今年完成。\n\n市委书记沈知远到会。市政府将拨款。\n",
    ),
    (
        "hant.txt",
        "臨瀾市發展和改革委員會（以下簡稱“市發展改革委”）今天公佈港口規劃。市發展改革委表示，規劃今年完成。\n\n市委書記沈知遠到會。市政府將撥款。\n",
    ),
];

/// The short forms among the entities of a run, with what they stand for.
fn meant(out: &Path) -> Vec<(String, String)> {
    let texts = strings(out, TableId::Entities, "text").into_iter();
    let normals = strings(out, TableId::Entities, "normal").into_iter();
    let pairs = texts
        .zip(normals)
        .filter_map(|(text, normal)| Some((text?, normal?)));
    pairs
        .filter(|(text, normal)| text.chars().count() < normal.chars().count())
        .collect()
}

fn run(out: &Path, settings: &[&str]) -> Vec<(String, String)> {
    let input = out.with_extension("in");
    for (name, text) in REPORTS {
        write(&input.join(name), text);
    }
    let mut command = cihe_run(&input, out);
    for setting in settings {
        command.args(["--set", setting]);
    }
    outcome(&mut command, LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
    outcome(cihe().arg("verify").arg(out), LIMIT).expect_code(exit::CLEAN);
    meant(out)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(short, full): &(&str, &str)| ((*short).to_owned(), (*full).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn a_document_says_what_its_short_forms_stand_for() {
    let home = folder();
    let out = home.path().join("out");
    let full = "临澜市发展和改革委员会";
    let expected = [("市发展改革委", full), ("市發展改革委", full)].map(|pair| [pair; 2]);
    assert_eq!(run(&out, &[]), pairs(expected.as_flattened()));
    let speakers: Vec<String> = strings(&out, TableId::Quotes, "speaker")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(speakers, [full, "臨瀾市發展和改革委員會"]);
}

#[test]
fn a_pipeline_says_whose_bodies_are_meant() {
    let home = folder();
    let out = home.path().join("out");
    let found = run(&out, &["context.city='临澜市'"]);
    for pair in pairs(&[("市委", "临澜市委"), ("市政府", "临澜市政府")]) {
        let times = found.iter().filter(|one| **one == pair).count();
        assert_eq!(times, 2, "{found:?}");
    }
    let mut command = cihe_run(&out.with_extension("in"), &out);
    outcome(command.args(["--set", "context.city='临澜'"]), LIMIT)
        .expect_code(exit::FAILED)
        .expect_stderr(&["context.city", "in full"]);
    // Another city is another pipeline.
    let mut command = cihe_run(&out.with_extension("in"), &out);
    outcome(command.args(["--set", "context.city='云岬市'"]), LIMIT)
        .expect_code(exit::FAILED)
        .expect_stderr(&["on-config-change"]);
}
