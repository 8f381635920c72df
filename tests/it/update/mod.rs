//! Changed lexicons and taxonomies over old output: what contains a change is annotated anew, and the tables say what a fresh run says.

mod killed;
mod left_out;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cihe::table::TableId;
use tempfile::TempDir;

use crate::corpus::generate;
use crate::tables::{assert_no_orphans, assert_same, longs, strings, unordered};
use crate::util::{LIMIT, Outcome, cihe, cihe_run, exit, folder, outcome, write};

const WORDS: &str = "望澜大道\t\tns\n连环画\t900\tn\n一步一步走\n";
const CONCEPTS: &str = r#"
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:城> a skos:Concept ; skos:prefLabel "临澜市" .
<urn:港> a skos:Concept ; skos:prefLabel "青汀港" ; skos:broader <urn:城> .
"#;

/// A corpus, a lexicon and a taxonomy.
struct Rig(TempDir, &'static str);

impl Rig {
    fn new(documents: usize) -> Self {
        Self::with_method("tag.method=model", documents)
    }

    /// With names by the dictionary alone.
    fn quick(documents: usize) -> Self {
        Self::with_method("tag.method=lexicon", documents)
    }

    fn with_method(method: &'static str, documents: usize) -> Self {
        let rig = Self(folder(), method);
        generate(&rig.input(), documents, 11);
        rig.say(WORDS, CONCEPTS);
        rig
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn input(&self) -> PathBuf {
        self.at("in")
    }

    fn say(&self, words: &str, concepts: &str) {
        write(&self.at("words.tsv"), words);
        write(&self.at("concepts.ttl"), concepts);
    }

    /// A run in small epochs that updates what is there.
    fn command(&self, out: &str) -> Command {
        let mut command = cihe_run(&self.input(), &self.at(out));
        command.args(["--workers", "2", "--set", "run.epoch-bytes=32768"]);
        command.args(["--on-config-change", "update", "--log-format", "json"]);
        // The model of names takes seconds to make ready with a lexicon, and kills come at any instant.
        command.args(["--set", self.1]);
        for (key, file) in [
            ("segment.lexicons", "words.tsv"),
            ("tag.taxonomies", "concepts.ttl"),
        ] {
            let path = self.at(file);
            command
                .arg("--set")
                .arg(format!("{key}=[\"{}\"]", path.display()));
        }
        command
    }

    fn run(&self, out: &str, code: i32) -> Outcome {
        let outcome = outcome(&mut self.command(out), LIMIT);
        outcome.expect_code(code).expect_no_panic();
        outcome
    }

    /// What a run over nothing old says.
    fn fresh(&self) -> BTreeMap<&'static str, String> {
        let name = format!(
            "fresh-{}",
            fs::read_dir(self.0.path()).expect("it is there").count()
        );
        self.run(&name, exit::CLEAN);
        unordered(&self.at(&name))
    }

    #[track_caller]
    fn expect_as_fresh(&self, what: &str, out: &str) {
        assert_no_orphans(&self.at(out));
        assert_same(what, &self.fresh(), &unordered(&self.at(out)));
        let mut verify = cihe();
        outcome(verify.arg("verify").arg(self.at(out)), LIMIT).expect_code(exit::CLEAN);
    }

    /// The epoch of each document.
    fn epochs(&self, out: &str) -> BTreeMap<String, i64> {
        let ids = strings(&self.at(out), TableId::Documents, "doc_id");
        let ids = ids.into_iter().map(|id| id.expect("a document has an id"));
        ids.zip(longs(&self.at(out), TableId::Documents, "epoch"))
            .collect()
    }

    /// The documents whose text has one of `labels`.
    fn with(&self, out: &str, labels: &[&str]) -> BTreeSet<String> {
        let column = |name| {
            strings(&self.at(out), TableId::Documents, name)
                .into_iter()
                .flatten()
        };
        let having = |text: &str| labels.iter().any(|label| text.contains(label));
        let documents = column("doc_id").zip(column("text"));
        documents
            .filter(|(_, text)| having(text))
            .map(|(id, _)| id)
            .collect()
    }
}

/// A figure of the report.
fn told(outcome: &Outcome, name: &str) -> u64 {
    figure(outcome, "finished", name)
}

/// A figure of the log line that begins with these words.
fn figure(outcome: &Outcome, beginning: &str, name: &str) -> u64 {
    let lines = outcome.stderr.lines();
    let values = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut found = values.filter(|line| {
        let message = line["message"].as_str();
        message.is_some_and(|message| message.starts_with(beginning))
    });
    let line = found.next();
    let line = line.unwrap_or_else(|| panic!("no `{beginning}` in {}", outcome.stderr));
    let figure = line[name].as_u64();
    figure.unwrap_or_else(|| panic!("no `{name}` in {line}"))
}

/// A change of vocabulary: what it is, words, concepts, and labels that are not the same any more.
type Step<'s> = (&'s str, String, String, &'s [&'s str]);

/// Runs, then changes the vocabulary and runs again, step by step: what has none of the labels stays in its epoch, what has is annotated
/// anew, and in the end the tables are those of a fresh run.
#[track_caller]
fn check(rig: &Rig, steps: &[Step<'_>]) {
    rig.run("out", exit::CLEAN);
    for (what, words, concepts, labels) in steps {
        let (before, touched) = (rig.epochs("out"), rig.with("out", labels));
        let count = touched.len();
        assert!(count > 0 && count < before.len(), "{what}: {count}");
        rig.say(words, concepts);
        let mut dry = rig.command("out");
        // The folder's logs know the name that it was made under.
        dry.args(["--set", "name=renamed", "--dry-run"]);
        let dry = outcome(&mut dry, LIMIT);
        dry.expect_code(exit::CLEAN);
        assert_eq!(rig.epochs("out"), before, "{what}: nothing is done yet");
        let foretold = figure(&dry, "would be annotated anew", "documents");
        let updated = told(&rig.run("out", exit::CLEAN), "updated");
        assert_eq!(foretold, updated, "{what}");
        assert_eq!(
            updated,
            u64::try_from(count).expect("a count is small"),
            "{what}"
        );
        let after = rig.epochs("out");
        assert_eq!(before.len(), after.len(), "{what}");
        for (id, epoch) in &before {
            assert_eq!(after[id] != *epoch, touched.contains(id), "{what}: {id}");
        }
    }
    rig.expect_as_fresh("after all", "out");
    let after = rig.epochs("out");
    let idle = told(&rig.run("out", exit::CLEAN), "updated");
    assert_eq!(
        (idle, rig.epochs("out")),
        (0, after),
        "nothing is left to do"
    );
}

#[test]
fn words_that_came_went_or_changed_touch_their_texts_alone() {
    let concepts = || CONCEPTS.to_owned();
    let more = format!("{WORDS}路要一步\t\tn\n");
    let fewer = more.replace("望澜大道\t\tns\n", "");
    let other = fewer.replace("连环画\t900\tn", "连环画\t1\tnz");
    check(
        &Rig::new(60),
        &[
            ("a word more", more, concepts(), &["路要一步"]),
            ("a word less", fewer, concepts(), &["望澜大道"]),
            ("another word", other, concepts(), &["连环画"]),
        ],
    );
}

#[test]
fn concepts_that_came_went_or_changed_touch_what_names_them_alone() {
    let words = || WORDS.to_owned();
    let more = format!("{CONCEPTS}<urn:湾> a skos:Concept ; skos:prefLabel \"鹿回头湾\" .\n");
    let apart = more.replace(" ; skos:broader <urn:城>", "");
    let fewer = apart.lines().filter(|line| !line.contains("urn:港"));
    let fewer = fewer.collect::<Vec<_>>().join("\n");
    check(
        &Rig::quick(60),
        &[
            ("a concept more", words(), more, &["鹿回头湾"]),
            ("another parent", words(), apart, &["青汀港", "临澜市"]),
            ("a concept less", words(), fewer, &["青汀港"]),
        ],
    );
}

#[test]
fn updates_follow_each_other_and_new_sources_are_read_in_the_same_run() {
    let rig = Rig::quick(60);
    rig.run("out", exit::CLEAN);
    rig.say("落霞桥\t\tns\n", CONCEPTS);
    rig.run("out", exit::CLEAN);
    rig.say("落霞桥\t\tnz\n石桥村\t\tns\n", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:村> a skos:Concept ; skos:prefLabel \"石桥村\" .\n");
    write(
        &rig.input().join("more.txt"),
        "石桥村的石狮子搬到了落霞桥头。\n",
    );
    let report = rig.run("out", exit::CLEAN);
    assert!(told(&report, "updated") > 0);
    assert_eq!(told(&report, "documents"), 1);
    rig.expect_as_fresh("two updates", "out");
}

#[test]
fn other_changes_are_refused_by_name_and_change_nothing() {
    let rig = Rig::quick(20);
    rig.run("out", exit::CLEAN);
    let before = unordered(&rig.at("out"));
    rig.say("落霞桥\n", CONCEPTS);
    let mut other = rig.command("out");
    let refused = outcome(other.args(["--set", "tag.values=false"]), LIMIT);
    refused
        .expect_code(exit::FAILED)
        .expect_stderr(&["tag.values"]);
    let mut apply = rig.command("out");
    let refused = outcome(apply.args(["--set", "decode.ocr-suspects=apply"]), LIMIT);
    refused
        .expect_code(exit::FAILED)
        .expect_stderr(&["decode.ocr-suspects"]);
    assert_same("refused", &before, &unordered(&rig.at("out")));
    // Rows of two pipelines can't be told apart.
    let mut plain = cihe_run(&rig.input(), &rig.at("out"));
    plain.args(["--on-config-change", "continue"]);
    outcome(&mut plain, LIMIT).expect_code(exit::CLEAN);
    let refused = outcome(&mut rig.command("out"), LIMIT);
    refused
        .expect_code(exit::FAILED)
        .expect_stderr(&["several pipelines"]);
}
