//! Killed at any instant, run again: each document once in each table, and nothing that a glob should not see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cihe::table::TableId;

use crate::corpus::generate;
use crate::tables::{assert_no_orphans, assert_same, count, digests, ints, strings};
use crate::util::{Dice, LIMIT, Running, cihe_run, exit, folder, outcome};

/// Documents of the corpus: some thirty epochs of the size below.
const DOCUMENTS: usize = 2_400;

/// Kills in all, and on one output at most.
const KILLS: usize = 20;
const KILLS_PER_OUTPUT: usize = 4;

fn small_epochs(input: &Path, output: &Path) -> Command {
    let mut command = cihe_run(input, output);
    command.args(["--workers", "2", "--set", "run.epoch-bytes=65536"]);
    command
}

/// A run from start to end: its hashes, and how long it took.
fn undisturbed(input: &Path, out: &Path) -> (BTreeMap<&'static str, String>, Duration) {
    let run = outcome(&mut small_epochs(input, out), LIMIT);
    run.expect_code(exit::CLEAN);
    assert_no_orphans(out);
    (digests(out), run.elapsed)
}

/// Starts a run and kills it after `delay`; says whether it was still running.
fn kill_after(delay: Duration, input: &Path, out: &Path) -> bool {
    let mut running = Running::start(&mut small_epochs(input, out));
    match running.wait(delay) {
        None => {
            running.kill();
            true
        }
        ended => {
            running.finish(ended).expect_code(exit::CLEAN);
            false
        }
    }
}

/// Each document has one row in `documents`, and as many rows elsewhere as it says.
fn assert_once(out: &Path, documents: usize) {
    let ids = strings(out, TableId::Documents, "doc_id");
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(
        (ids.len(), distinct.len()),
        (documents, documents),
        "documents: rows, and ids"
    );
    for (table, column) in [
        (TableId::Sentences, "sentences"),
        (TableId::Tokens, "tokens"),
    ] {
        let said: i64 = ints(out, TableId::Documents, column)
            .into_iter()
            .map(i64::from)
            .sum();
        let found = i64::try_from(count(out, table)).expect("a count is small");
        assert_eq!(found, said, "{table}: rows, and what documents say");
    }
}

#[test]
fn killed_at_twenty_random_instants_it_loses_nothing_and_repeats_nothing() {
    let home = folder();
    let input = home.path().join("in");
    let documents = generate(&input, DOCUMENTS, 7);
    let (expected, elapsed) = undisturbed(&input, &home.path().join("undisturbed"));
    let mut dice = Dice::new(20);
    let (mut kills, mut outputs) = (0, 0);
    while kills < KILLS {
        assert!(
            outputs < 3 * KILLS,
            "{kills} kills in {outputs} runs: they end too soon"
        );
        let out = home.path().join(format!("killed-{outputs}"));
        outputs += 1;
        for _ in 0..KILLS_PER_OUTPUT {
            let delay = elapsed.mul_f64(0.9 * dice.share());
            if kills == KILLS || !kill_after(delay, &input, &out) {
                break;
            }
            kills += 1;
        }
        outcome(&mut small_epochs(&input, &out), LIMIT).expect_code(exit::CLEAN);
        assert_no_orphans(&out);
        assert_once(&out, documents);
        assert_same(
            &format!("output {outputs}, {kills} kills"),
            &expected,
            &digests(&out),
        );
    }
}

#[test]
fn a_polite_stop_ends_the_epoch_and_the_next_run_goes_on() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    // More than twice what the memory budget lets in at once: it can't all be under way when the stop comes.
    generate(&input, DOCUMENTS * 2, 7);
    let (expected, _) = undisturbed(&input, &home.path().join("undisturbed"));
    let mut running =
        Running::start(small_epochs(&input, &out).args(["--set", "run.memory='16MiB'"]));
    let first_plan = out.join("_cihe/epochs/0.json");
    while !first_plan.exists() {
        let ended = running.wait(Duration::from_millis(5)).is_some();
        assert!(!ended, "ended before its first epoch did");
    }
    let sent = Command::new("kill")
        .args(["-TERM", &running.id().to_string()])
        .status();
    assert!(
        sent.expect("kill is everywhere").success(),
        "the signal was sent"
    );
    let status = running.wait(LIMIT);
    assert!(status.is_some(), "a stopped run ends");
    running
        .finish(status)
        .expect_code(exit::INTERRUPTED)
        .expect_no_panic();
    assert_no_orphans(&out);
    assert!(
        count(&out, TableId::Documents) < DOCUMENTS * 2,
        "it stopped before the end"
    );
    outcome(&mut small_epochs(&input, &out), LIMIT).expect_code(exit::CLEAN);
    assert_same("after a polite stop", &expected, &digests(&out));
}
