//! Copies of documents: the same answers in one run and in many, with any number of workers, and wherever epochs end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cihe::table::TableId;

use crate::corpus::text;
use crate::tables::{assert_same, strings};
use crate::util::{Dice, LIMIT, cihe_run, exit, folder, outcome, write};

const DISPATCHES: usize = 12;
const FILES: usize = 10;
const RECORDS: usize = 40;

/// Files of news: in each some of the same dispatches, with words and sentences changed, between texts of their own.
fn newspapers(root: &Path) {
    let mut dice = Dice::new(23);
    let dispatches: Vec<String> = (0..DISPATCHES)
        .map(|_| (0..4).map(|_| text(&mut dice)).collect())
        .collect();
    for file in 0..FILES {
        let mut lines = String::new();
        for record in 0..RECORDS {
            let own = text(&mut dice);
            let said = if dice.below(3) == 0 {
                let dispatch = dice.pick(&dispatches);
                let head = format!("{own}\n").chars().take(12).collect::<String>();
                format!("{head}\n{dispatch}")
            } else {
                format!("{own}{}", text(&mut dice))
            };
            let line = serde_json::json!({"id": format!("{file}-{record}"), "text": said});
            writeln!(lines, "{line}").expect("a string takes all");
        }
        write(&root.join(format!("{file:02}.jsonl")), lines);
    }
}

fn run(input: &Path, out: &Path, settings: &[&str]) {
    outcome(cihe_run(input, out).args(settings), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
}

/// The hashes of all tables but `sources`, which has the time of each file.
fn digests(out: &Path) -> BTreeMap<&'static str, String> {
    let mut digests = crate::tables::digests(out);
    digests.remove(TableId::Sources.name());
    digests
}

fn said(out: &Path) -> BTreeMap<String, Option<String>> {
    let ids = strings(out, TableId::Documents, "doc_id")
        .into_iter()
        .flatten();
    ids.zip(strings(out, TableId::Documents, "duplicate_of"))
        .collect()
}

#[test]
fn one_run_or_many_any_workers_and_any_epochs_find_the_same_copies() {
    let home = folder();
    let input = home.path().join("in");
    newspapers(&input);
    let once = home.path().join("once");
    run(&input, &once, &["--workers", "1"]);
    let expected = digests(&once);
    let copies = said(&once);
    let found = copies.values().flatten().count();
    assert!(found > FILES * RECORDS / 5, "{found} copies");
    for original in copies.values().flatten() {
        assert_eq!(
            copies.get(original),
            Some(&None),
            "a copy names the first of all"
        );
    }
    let small = ["--set", "run.epoch-bytes=20000"];
    for workers in ["2", "8"] {
        let out = home.path().join(workers);
        run(&input, &out, &["--workers", workers, small[0], small[1]]);
        assert_same(workers, &expected, &digests(&out));
    }
    // File by file, each in a run of its own.
    let (growing, many) = (home.path().join("growing"), home.path().join("many"));
    let mut names: Vec<_> = fs::read_dir(&input)
        .expect("it was just written")
        .flatten()
        .collect();
    names.sort_by_key(fs::DirEntry::file_name);
    for entry in names {
        let bytes = fs::read(entry.path()).expect("it was just written");
        write(&growing.join(entry.file_name()), bytes);
        run(&growing, &many, &small);
    }
    assert_same("ten runs", &expected, &digests(&many));
}

#[test]
fn a_small_window_forgets_alike_in_one_run_and_in_many() {
    let home = folder();
    let input = home.path().join("in");
    newspapers(&input);
    let window = [
        "--set",
        "aggregate.duplicate-window=7",
        "--set",
        "run.epoch-bytes=3000",
    ];
    let once = home.path().join("once");
    run(&input, &once, &window);
    let found = said(&once).values().flatten().count();
    assert!(found > 0, "some copies come close upon each other");
    let (growing, many) = (home.path().join("growing"), home.path().join("many"));
    for file in 0..FILES {
        let name = format!("{file:02}.jsonl");
        let bytes = fs::read(input.join(&name)).expect("it was just written");
        write(&growing.join(&name), bytes);
        run(&growing, &many, &window);
    }
    assert_same("ten runs", &digests(&once), &digests(&many));
}

#[test]
fn exact_and_off_find_what_they_say() {
    let home = folder();
    let input = home.path().join("in");
    let note = "江洲市昨天公布了城市更新计划，市长林远舟说，三年内将改造旧住房四百二十万平方米，惠及居民六万余户，资金由财政和居民共同承担。";
    for (name, text) in [
        ("a.txt", note.to_owned()),
        ("b.txt", format!("{note}（完）")),
        ("c.txt", note.replace('，', "\u{3000}")),
    ] {
        write(&input.join(name), text);
    }
    let found = |mode: &str| {
        let out = home.path().join(mode);
        run(
            &input,
            &out,
            &["--set", &format!("aggregate.duplicates={mode}")],
        );
        let known = strings(&out, TableId::Documents, "duplicate_of");
        known.iter().map(Option::is_some).collect::<Vec<_>>()
    };
    assert_eq!(found("near"), [false, true, true]);
    assert_eq!(found("exact"), [false, false, true]);
    assert_eq!(found("off"), [false, false, false]);
}
