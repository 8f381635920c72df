//! Updates that are killed or stopped at any instant, and what becomes of their sources meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cihe::table::TableId;

use super::{CONCEPTS, Rig, WORDS, told};
use crate::tables::{assert_no_orphans, assert_same, strings, unordered};
use crate::util::{Dice, LIMIT, Running, exit, outcome, paths_below, write};

fn copy(from: &Path, to: &Path) {
    for path in paths_below(from) {
        let target = to.join(path.strip_prefix(from).expect("it is below"));
        if path.is_file() {
            write(&target, fs::read(&path).expect("it is there"));
        }
    }
}

/// Runs that are killed in an update, each on an output of its own, and kills on one output at most.
const OUTPUTS: usize = 4;
const KILLS: usize = 3;

/// Waits until an epoch more than before is planned, or the run has ended; says whether it still runs.
fn until_planned(running: &mut Running, out: &Path) -> bool {
    let plans = || fs::read_dir(out.join("_cihe/epochs")).map_or(0, Iterator::count);
    let before = plans();
    while plans() == before {
        if running.wait(Duration::from_millis(1)).is_some() {
            return false;
        }
    }
    true
}

#[test]
fn an_update_that_is_killed_at_random_instants_comes_out_as_one_that_is_not() {
    let rig = Rig::quick(150);
    rig.run("old", exit::CLEAN);
    let words = format!("{WORDS}路要一步\t\tn\n落霞桥\t\tns\n");
    let concepts = CONCEPTS.replace(" ; skos:broader <urn:城>", "");
    rig.say(&words, &concepts);
    copy(&rig.at("old"), &rig.at("whole"));
    let elapsed = rig.run("whole", exit::CLEAN).elapsed;
    let expected = unordered(&rig.at("whole"));
    assert_same("an update", &rig.fresh(), &expected);
    let mut dice = Dice::new(3);
    let mut kills = 0;
    for number in 0..OUTPUTS {
        let out = format!("killed-{number}");
        copy(&rig.at("old"), &rig.at(&out));
        for kill in 0..KILLS {
            let mut running = Running::start(&mut rig.command(&out));
            // At any instant, and while tables are being committed.
            let delay = if kill == 0 {
                elapsed.mul_f64(0.9 * dice.share())
            } else if until_planned(&mut running, &rig.at(&out)) {
                Duration::from_millis(150).mul_f64(dice.share())
            } else {
                Duration::ZERO
            };
            let ended = running.wait(delay);
            if ended.is_some() {
                running.finish(ended).expect_code(exit::CLEAN);
                break;
            }
            running.kill();
            kills += 1;
        }
        rig.run(&out, exit::CLEAN);
        assert_no_orphans(&rig.at(&out));
        assert_same(&out, &expected, &unordered(&rig.at(&out)));
    }
    assert!(kills >= OUTPUTS, "{kills} kills");
}

#[test]
fn a_stopped_update_goes_on_and_other_words_have_to_wait_for_its_end() {
    let rig = Rig::quick(700);
    rig.run("out", exit::CLEAN);
    let first = rig
        .epochs("out")
        .into_values()
        .max()
        .expect("there are documents")
        + 1;
    rig.say(&format!("{WORDS}路要一步\t\tn\n"), CONCEPTS);
    let mut running = Running::start(&mut rig.command("out"));
    while !rig
        .at("out")
        .join(format!("_cihe/epochs/{first}.json"))
        .exists()
    {
        assert!(
            running.wait(Duration::from_millis(5)).is_none(),
            "it ended before its first epoch"
        );
    }
    let id = running.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status();
    assert!(sent.expect("kill is everywhere").success());
    let status = running.wait(LIMIT);
    let stopped = running.finish(status);
    stopped.expect_code(exit::INTERRUPTED).expect_no_panic();
    assert_no_orphans(&rig.at("out"));
    rig.say("落霞桥\n", CONCEPTS);
    let refused = outcome(&mut rig.command("out"), LIMIT);
    refused
        .expect_code(exit::FAILED)
        .expect_stderr(&["being brought up to date"]);
    rig.say(&format!("{WORDS}路要一步\t\tn\n"), CONCEPTS);
    rig.run("out", exit::CLEAN);
    rig.expect_as_fresh("stopped and gone on", "out");
}

/// What a table says of each document, in the order of its rows.
fn by_document(out: &Path, table: TableId, column: &str) -> BTreeMap<String, Vec<String>> {
    let ids = strings(out, table, "doc_id").into_iter().flatten();
    let values = strings(out, table, column).into_iter();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, value) in ids.zip(values) {
        found.entry(id).or_default().push(value.unwrap_or_default());
    }
    found
}

impl Rig {
    /// Every document has the rows of one vocabulary in all tables: those since epoch `first` as a fresh run has them, all others as the old
    /// output has them.
    #[track_caller]
    fn expect_whole_documents(&self, first: i64, [old, fresh, out]: [&str; 3]) {
        let epochs = self.epochs(out);
        assert_eq!(epochs.len(), self.epochs(old).len());
        for (table, column) in [
            (TableId::Sentences, "text"),
            (TableId::Tokens, "text"),
            (TableId::Tokens, "pos"),
            (TableId::Entities, "text"),
        ] {
            let read = |name: &str| by_document(&self.at(name), table, column);
            let (was, now, is) = (read(old), read(fresh), read(out));
            for (id, epoch) in &epochs {
                let expected = if *epoch < first { &was } else { &now };
                assert_eq!(is.get(id), expected.get(id), "{table}.{column} of {id}");
            }
        }
    }
}

/// Copies `old` and updates the copy until a kill leaves an epoch that some tables have and others do not; the copy's name.
fn half_committed(rig: &Rig, old: &str) -> String {
    let mut dice = Dice::new(5);
    for number in 0..60 {
        let name = format!("half-{number}");
        let out = rig.at(&name);
        copy(&rig.at(old), &out);
        let mut running = Running::start(&mut rig.command(&name));
        if until_planned(&mut running, &out) {
            running.wait(Duration::from_millis(60).mul_f64(dice.share()));
        }
        running.kill();
        let versions = |table: TableId| {
            let log = out.join(table.name()).join("_delta_log");
            fs::read_dir(log).map_or(0, |files| {
                files
                    .flatten()
                    .filter(|file| file.path().extension().is_some_and(|end| end == "json"))
                    .count()
            })
        };
        if versions(TableId::Documents) > versions(TableId::Sources) {
            return name;
        }
    }
    panic!("no kill came between the first table and the last");
}

#[test]
fn sources_that_are_touched_change_or_go_after_a_kill_neither_block_nor_mix() {
    let rig = Rig::quick(150);
    let line = |place: &str| format!("{place}的路要一步一步走，连环画也要一册一册看。\n");
    for (name, place) in [("z/change.txt", "青汀港"), ("z/go.txt", "石桥村")] {
        write(&rig.input().join(name), line(place));
    }
    rig.run("old", exit::CLEAN);
    let first = rig
        .epochs("old")
        .into_values()
        .max()
        .expect("there are documents")
        + 1;
    rig.say(&format!("{WORDS}路要一步\t\tn\n"), CONCEPTS);
    rig.run("fresh", exit::CLEAN);
    let out = half_committed(&rig, "old");
    // Touched are all, and of those that the epoch at hand is of some are other or gone.
    for path in paths_below(&rig.input()) {
        if path.is_file() {
            let bytes = fs::read(&path).expect("it is there");
            fs::remove_file(&path).expect("it is ours");
            write(&path, bytes);
        }
    }
    let sources = by_source(&rig, "old");
    let begun = sources.keys().next().expect("there are sources").clone();
    write(&rig.input().join(&begun), "别的话。\n");
    write(&rig.input().join("z/change.txt"), line("落霞桥"));
    fs::remove_file(rig.input().join("z/go.txt")).expect("it was written");
    let said = rig.run(&out, exit::REJECTS);
    assert!(
        said.stderr.contains("\"recovered\":true"),
        "{}",
        said.stderr
    );
    assert_no_orphans(&rig.at(&out));
    rig.expect_whole_documents(first, ["old", "fresh", &out]);
    let epochs = rig.epochs(&out);
    let touched = rig.with("old", &["路要一步"]);
    for (source, ids) in sources {
        let is_left = source.starts_with("z/") || source == begun;
        let is_anew = |id: &String| touched.contains(id) && !is_left;
        if source != begun {
            for id in &ids {
                assert_eq!(epochs[id] >= first, is_anew(id), "{source}: {id}");
            }
        }
    }
    let rejects = strings(&rig.at(&out), TableId::Rejects, "source");
    let rejects: BTreeSet<String> = rejects.into_iter().flatten().collect();
    assert!(
        rejects.contains("z/change.txt") && rejects.contains("z/go.txt"),
        "{rejects:?}"
    );
    // What is behind comes up when it is there again, and nothing else is done.
    write(&rig.input().join("z/go.txt"), line("石桥村"));
    rig.say(&format!("{WORDS}路要一步\t\tn\n没有这个词\n"), CONCEPTS);
    let said = rig.run(&out, exit::CLEAN);
    assert_eq!(told(&said, "epochs"), 1, "{}", said.stderr);
    rig.expect_whole_documents(first, ["old", "fresh", &out]);
}

/// The documents of each source.
fn by_source(rig: &Rig, out: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let column = |name| {
        strings(&rig.at(out), TableId::Documents, name)
            .into_iter()
            .flatten()
    };
    for (source, id) in column("source").zip(column("doc_id")) {
        found.entry(source).or_default().push(id);
    }
    found
}
