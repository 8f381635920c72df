//! `cihe lexicon` from outside: a file that can be used as it is, exit codes, and answers to why.

use std::fs;

use crate::util::{LIMIT, cihe, cihe_run, exit, folder, ours, outcome, write};

#[test]
fn what_discover_writes_is_a_lexicon_that_a_run_takes() {
    let home = folder();
    let words = home.path().join("words.tsv");
    let mut command = cihe();
    command.args(["lexicon", "discover", "--min-frequency", "4", "--output"]);
    outcome(command.arg(&words).arg(ours("samples")), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_stderr(&["words proposed"]);
    let text = fs::read_to_string(&words).expect("it was just written");
    let proposed: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert!(proposed.contains(&"青汀港"), "{text}");
    let out = home.path().join("out");
    let setting = format!("segment.lexicons=[{words:?}]");
    outcome(
        cihe_run(&ours("samples"), &out).args(["--set", &setting]),
        LIMIT,
    )
    .expect_code(exit::CLEAN)
    .expect_no_panic();
}

#[test]
fn discover_refuses_what_can_not_be_read_twice_or_is_not_there() {
    let mut command = cihe();
    outcome(command.args(["lexicon", "discover", "-"]), LIMIT)
        .expect_code(exit::FAILED)
        .expect_stderr(&["read twice"]);
    let mut command = cihe();
    let missing = ["lexicon", "discover", "no/such/folder"];
    outcome(command.args(missing), LIMIT).expect_code(exit::FAILED);
}

#[test]
fn discover_says_when_something_could_not_be_read() {
    let home = folder();
    let note = "江洲市昨天公布了城市更新计划。";
    write(&home.path().join("good.txt"), note);
    write(&home.path().join("bad.txt.gz"), "no gzip");
    let mut command = cihe();
    let found = outcome(
        command.args(["lexicon", "discover"]).arg(home.path()),
        LIMIT,
    );
    found
        .expect_code(exit::REJECTS)
        .expect_stderr(&["could not be read"]);
    assert!(found.stdout.starts_with("# 0 words"), "{}", found.stdout);
}

#[test]
fn explain_names_the_line_that_a_word_comes_from() {
    let home = folder();
    let names = home.path().join("names.tsv");
    write(&names, "# 人名\n沈知远\t500\tnr\n");
    let explain = |with: bool| {
        let mut command = cihe();
        command.args(["lexicon", "explain", "沈知遠來到圖書館"]);
        if with {
            command.arg("--lexicon").arg(&names);
        }
        let found = outcome(&mut command, LIMIT);
        found.expect_code(exit::CLEAN);
        found.stdout
    };
    let (without, with) = (explain(false), explain(true));
    assert!(without.starts_with("沈知 远 来到 图书馆\n"), "{without}");
    assert!(
        without.contains("joined by the hidden Markov model"),
        "{without}"
    );
    assert!(with.starts_with("沈知远 来到 图书馆\n"), "{with}");
    assert!(with.contains("names.tsv:2"), "{with}");
}
