//! Damaged inputs: whatever comes in, the program ends by itself, in time, without a panic, and accounts for all of it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Duration;

use cihe::table::TableId;

use crate::corpus::sentence;
use crate::kinds::{KINDS, Kind};
use crate::tables::{assert_no_orphans, places, strings};
use crate::util::{Dice, Outcome, cihe_run, exit, folder, outcome, write};

/// Inputs in all.
const INPUTS: usize = 1_000;

/// Time for a folder of small inputs, or one large input. Ten seconds is what the optimised program is held to.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 180 } else { 10 });

#[test]
fn a_thousand_damaged_inputs_are_all_accounted_for() {
    let per_kind = INPUTS.div_ceil(KINDS.len());
    for (seed, kind) in (1..).zip(KINDS) {
        let home = folder();
        let (input, out) = (home.path().join("in"), home.path().join("out"));
        let mut dice = Dice::new(seed);
        let names: BTreeSet<String> = (0..per_kind)
            .map(|n| format!("{n:03}.{}", kind.ending))
            .collect();
        for name in &names {
            write(&input.join(name), (kind.make)(&mut dice));
        }
        let what = format!("{} .{} (seed {seed})", kind.name, kind.ending);
        let run = outcome(&mut cihe_run(&input, &out), TIME);
        assert_ended_well(&what, &run);
        assert_accounted(&what, kind, &out, &names);
    }
}

#[track_caller]
fn assert_ended_well(what: &str, run: &Outcome) {
    let ended = matches!(run.code, Some(exit::CLEAN | exit::REJECTS));
    assert!(ended, "{what}: exit code {:?}\n{}", run.code, run.stderr);
    run.expect_no_panic();
}

/// Each source ended, each is in `documents` or `rejects`, and no record is in both.
#[track_caller]
fn assert_accounted(what: &str, kind: &Kind, out: &Path, names: &BTreeSet<String>) {
    assert_no_orphans(out);
    let ended: BTreeSet<String> = strings(out, TableId::Sources, "source")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(&ended, names, "{what}: sources that ended");
    let documents: BTreeSet<(String, i64)> = places(out, TableId::Documents).into_iter().collect();
    let refused = places(out, TableId::Rejects);
    let rejects: BTreeSet<(String, i64)> = refused.iter().cloned().collect();
    assert_eq!(
        rejects.len(),
        refused.len(),
        "{what}: a record is turned away twice"
    );
    let both: Vec<_> = documents.intersection(&rejects).collect();
    assert!(
        both.is_empty(),
        "{what}: both document and reject: {both:?}"
    );
    if let Some(records) = kind.records {
        let expected = records * names.len();
        assert_eq!(
            documents.len() + rejects.len(),
            expected,
            "{what}: documents' records + rejects"
        );
    }
    let seen: BTreeSet<&String> = documents
        .iter()
        .chain(&rejects)
        .map(|(source, _)| source)
        .collect();
    // Only where a source may hold no record at all may it leave no row; none of such a kind doing so is no account.
    let lost: Vec<_> = names.iter().filter(|name| !seen.contains(name)).collect();
    let allowed = if kind.records.is_none() {
        names.len() / 2
    } else {
        0
    };
    assert!(
        lost.len() <= allowed,
        "{what}: neither document nor reject: {lost:?}"
    );
}

/// Writes one file by pieces, runs on it, and gives the numbers of documents and rejects.
fn giant(name: &str, fill: impl Fn(&mut BufWriter<File>)) -> (usize, usize) {
    let home = folder();
    let (input, out) = (home.path().join(name), home.path().join("out"));
    let mut giant = BufWriter::new(File::create(&input).expect("a fresh folder takes files"));
    fill(&mut giant);
    giant.flush().expect("the disk has room");
    let run = outcome(&mut cihe_run(&input, &out), TIME);
    assert_ended_well(name, &run);
    let rows = |table| places(&out, table).len();
    (rows(TableId::Documents), rows(TableId::Rejects))
}

fn fill(file: &mut BufWriter<File>, piece: &[u8], megabytes: usize) {
    for _ in 0..(megabytes << 20) / piece.len() {
        file.write_all(piece).expect("the disk has room");
    }
}

#[test]
fn a_single_line_of_fifty_megabytes_is_read() {
    let piece = "a quick brown fox, and another one; ".repeat(100);
    let found = giant("line.txt", |file| fill(file, piece.as_bytes(), 50));
    assert_eq!(found, (1, 0));
}

#[test]
fn a_chinese_line_of_five_megabytes_without_a_full_stop_is_read() {
    let mut dice = Dice::new(5);
    let piece: String = (0..50)
        .map(|_| sentence(&mut dice).replace(['。', '！', '？', '…'], "，"))
        .collect();
    let found = giant("line.txt", |file| fill(file, piece.as_bytes(), 5));
    assert_eq!(found, (1, 0));
}

#[test]
fn a_json_line_over_the_limit_is_one_reject_and_the_next_line_is_read() {
    let found = giant("lines.jsonl", |file| {
        file.write_all(br#"{"text": ""#).expect("the disk has room");
        fill(file, &[b'x'; 4_096], 80);
        let next = "\"}\n{\"text\": \"青汀港开港。\"}\n";
        file.write_all(next.as_bytes()).expect("the disk has room");
    });
    assert_eq!(found, (1, 1));
}

#[test]
fn a_file_over_the_limit_is_one_reject() {
    let found = giant("big.txt", |file| {
        fill(file, "云岬县\n".repeat(400).as_bytes(), 80);
    });
    assert_eq!(found, (0, 1));
}

#[test]
fn five_megabytes_of_opened_tags_are_read() {
    let (documents, rejects) = giant("page.html", |file| fill(file, b"<", 5));
    assert_eq!(documents + rejects, 1);
    let found = giant("page.html", |file| {
        file.write_all("<html><body><p>落霞桥今日通车。</p>".as_bytes())
            .expect("the disk has room");
        fill(file, b"<div>", 5);
    });
    assert_eq!(found, (1, 0));
}

#[test]
fn a_bomb_is_turned_away_with_its_reason() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    write(
        &input.join("bomb.txt.gz"),
        crate::corpus::gzip(&vec![b' '; 48 << 20]),
    );
    let run = outcome(&mut cihe_run(&input, &out), TIME);
    run.expect_code(exit::REJECTS).expect_no_panic();
    let codes = strings(&out, TableId::Rejects, "code");
    assert_eq!(codes, [Some("bomb".to_owned())]);
}
