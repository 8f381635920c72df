//! The command line, as a person meets it: exit codes, messages, and what is left on the disk.

use std::path::Path;

use cihe::table::TableId;

use crate::corpus::gzip;
use crate::tables::{assert_no_orphans, count, digests, globbed, strings};
use crate::util::{
    LIMIT, Outcome, bash, cihe, cihe_run, exit, folder, ours, outcome, paths_below, write,
};

/// Runs with these arguments, away from the repository.
#[track_caller]
fn cihe_with(arguments: &[&str]) -> Outcome {
    let home = folder();
    outcome(cihe().args(arguments).current_dir(home.path()), LIMIT)
}

/// Runs the samples into a folder, which must end well.
#[track_caller]
fn run_samples(out: &Path) {
    outcome(&mut cihe_run(&ours("samples"), out), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
}

#[test]
fn run_without_arguments_reads_the_samples_and_leaves_all_tables() {
    let home = folder();
    let run = outcome(cihe().arg("run").current_dir(home.path()), LIMIT);
    run.expect_code(exit::CLEAN).expect_no_panic();
    let out = home.path().join("out");
    for table in TableId::ALL {
        assert!(!globbed(&out, table).is_empty(), "{table} has a file");
    }
    assert!(
        count(&out, TableId::Documents) >= 40,
        "every sample and every brief is a document"
    );
    assert_eq!(count(&out, TableId::Rejects), 0);
    assert_no_orphans(&out);
}

#[test]
fn every_sample_is_detected_for_what_it_is() {
    let home = folder();
    run_samples(home.path());
    let column = |name| {
        strings(home.path(), TableId::Documents, name)
            .into_iter()
            .flatten()
    };
    let sources: Vec<String> = column("source").collect();
    let encodings: Vec<String> = column("encoding").collect();
    let scripts: Vec<String> = column("script").collect();
    let expected = [
        ("encodings/bridge-gbk.txt", "gb", "Hans"),
        ("encodings/tea-big5.txt", "big5", "Hant"),
        ("encodings/observatory-utf16.txt", "utf-16le", "Hans"),
        ("web/library-gbk.html", "gb", "Hans"),
        ("web/night-market.html", "utf-8", "Hant"),
    ];
    for (source, encoding, script) in expected {
        let row = sources.iter().position(|name| name == source);
        let row = row.unwrap_or_else(|| panic!("{source} is a document"));
        assert!(
            encodings[row].starts_with(encoding),
            "{source}: {}",
            encodings[row]
        );
        assert_eq!(scripts[row], script, "{source}");
    }
}

#[test]
fn a_broken_gzip_is_a_row_in_rejects_and_exit_code_1() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    let whole = gzip("青汀港三号码头开港。".repeat(100).as_bytes());
    write(&input.join("good.txt.gz"), &whole);
    write(&input.join("short.txt.gz"), &whole[..whole.len() / 2]);
    outcome(&mut cihe_run(&input, &out), LIMIT)
        .expect_code(exit::REJECTS)
        .expect_no_panic();
    let rows = |table, column| -> Vec<String> {
        strings(&out, table, column).into_iter().flatten().collect()
    };
    assert_eq!(rows(TableId::Documents, "source"), ["good.txt.gz"]);
    assert_eq!(rows(TableId::Rejects, "source"), ["short.txt.gz"]);
    assert_eq!(rows(TableId::Rejects, "code"), ["truncated"]);
}

#[test]
fn a_bad_pipeline_shows_all_its_problems_at_once_and_exit_code_2() {
    let home = folder();
    let file = home.path().join("bad.toml");
    let bad = "[run]\nworkers = \"many\"\ncolour = true\n\n[sink]\ntables = [\"tokns\"]\n";
    write(&file, bad);
    for command in ["check", "run"] {
        let run = outcome(
            cihe().arg(command).arg(&file).current_dir(home.path()),
            LIMIT,
        );
        run.expect_code(exit::FAILED).expect_no_panic();
        run.expect_stderr(&["bad.toml", "workers", "colour", "tokns"]);
    }
    assert_eq!(paths_below(home.path()), [file], "nothing is written");
}

#[test]
fn a_setting_that_does_not_exist_is_refused() {
    let run = cihe_with(&["run", "--set", "run.wrokers=2"]);
    run.expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["wrokers"]);
}

#[test]
fn an_input_that_does_not_exist_is_named() {
    let run = cihe_with(&["run", "--input", "no-such-folder", "--output", "out"]);
    run.expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["no-such-folder"]);
}

#[test]
fn an_input_without_a_source_is_told() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    write(&input.join(".hidden/a.txt"), "青汀港开港。");
    outcome(&mut cihe_run(&input, &out), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_stderr(&["no source found in", "hidden files and folders are skipped"]);
}

#[test]
fn the_built_in_pipelines_pass_their_own_tests() {
    for pipeline in ["default", "tokens-only", "full"] {
        cihe_with(&["check", pipeline])
            .expect_code(exit::CLEAN)
            .expect_no_panic();
    }
}

#[test]
fn a_dry_run_prints_the_plan_and_writes_nothing() {
    let home = folder();
    let run = outcome(
        cihe().args(["run", "--dry-run"]).current_dir(home.path()),
        LIMIT,
    );
    run.expect_code(exit::CLEAN).expect_no_panic();
    for key in ["workers", "epoch-bytes", "tables"] {
        assert!(run.stdout.contains(key), "no `{key}` in:\n{}", run.stdout);
    }
    assert_eq!(paths_below(home.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_second_run_adds_nothing() {
    let home = folder();
    run_samples(home.path());
    let (rows, files) = (digests(home.path()), globbed(home.path(), TableId::Tokens));
    run_samples(home.path());
    assert_eq!(digests(home.path()), rows);
    assert_eq!(globbed(home.path(), TableId::Tokens), files);
}

#[test]
fn a_new_file_is_added_by_the_next_run() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    for number in 1..=3 {
        write(
            &input.join(format!("{number}.txt")),
            format!("第{number}号码头今日开港。"),
        );
        outcome(&mut cihe_run(&input, &out), LIMIT).expect_code(exit::CLEAN);
        assert_eq!(count(&out, TableId::Documents), number);
    }
    assert_no_orphans(&out);
}

#[test]
fn a_second_writer_is_refused_while_the_first_one_holds_the_lock() {
    let home = folder();
    run_samples(home.path());
    let lock = home.path().join("_cihe/lock");
    let lock = std::fs::File::options()
        .write(true)
        .open(lock)
        .expect("a run leaves its lock file");
    lock.lock().expect("nobody else holds it");
    let run = outcome(&mut cihe_run(&ours("samples"), home.path()), LIMIT);
    run.expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["another"]);
    drop(lock);
    run_samples(home.path());
}

#[test]
fn a_changed_pipeline_is_refused_over_old_output_unless_told_how() {
    let home = folder();
    run_samples(home.path());
    let changed = |more: &[&str]| {
        let mut command = cihe_run(&ours("samples"), home.path());
        command.args(["--set", "segment.hmm=false"]).args(more);
        outcome(&mut command, LIMIT)
    };
    changed(&[])
        .expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["on-config-change"]);
    changed(&["--on-config-change", "continue"]).expect_code(exit::CLEAN);
}

#[test]
fn standard_input_is_a_source() {
    let home = folder();
    let out = home.path().join("out");
    let script = r#"printf '落霞桥今日通车。' | "$CIHE" run --input - --output "$1""#;
    outcome(&mut bash(script, &[out.as_os_str()]), LIMIT).expect_code(exit::CLEAN);
    let texts = strings(&out, TableId::Documents, "text");
    assert_eq!(texts, [Some("落霞桥今日通车。".to_owned())]);
}

#[test]
fn verify_finds_nothing_wrong_with_the_samples() {
    let home = folder();
    run_samples(home.path());
    let run = outcome(cihe().arg("verify").arg(home.path()), LIMIT);
    run.expect_code(exit::CLEAN).expect_no_panic();
    assert!(run.stdout.contains("tokens"), "{}", run.stdout);
}

#[test]
fn verify_notices_a_source_that_has_changed() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    write(&input.join("a.txt"), "青汀港三号码头开港。");
    outcome(&mut cihe_run(&input, &out), LIMIT).expect_code(exit::CLEAN);
    write(&input.join("a.txt"), "云岬县落霞桥重修了。");
    let run = outcome(cihe().arg("verify").arg(&out), LIMIT);
    run.expect_no_panic();
    assert_ne!(
        run.code,
        Some(exit::CLEAN),
        "{}\n{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn verify_notices_records_that_are_gone_or_new() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    let line = |number: usize| format!("{{\"text\": \"第{number}号码头开港。\"}}\n");
    let write_lines = |count| {
        let lines: String = (0..count).map(line).collect();
        write(&input.join("a.jsonl"), lines + "no JSON\n");
    };
    let verify = || outcome(cihe().arg("verify").arg(&out), LIMIT);
    write_lines(3);
    outcome(&mut cihe_run(&input, &out), LIMIT).expect_code(exit::REJECTS);
    verify().expect_code(exit::CLEAN);
    for (count, said) in [
        (2, "record 3 is in the tables, and not in the source"),
        (4, "record 4 is neither a document nor turned away"),
    ] {
        write_lines(count);
        let run = verify();
        run.expect_code(exit::REJECTS).expect_no_panic();
        assert!(run.stdout.contains(said), "no `{said}` in:\n{}", run.stdout);
    }
}

#[test]
fn verify_knows_the_inputs_of_all_runs() {
    let home = folder();
    let (first, second) = (home.path().join("one"), home.path().join("two"));
    let out = home.path().join("out");
    write(&first.join("a.txt"), "青汀港三号码头开港。");
    write(&second.join("b.txt"), "云岬县落霞桥重修了。");
    // A folder, another, and one file of a folder that was read.
    for input in [&first, &second, &first.join("a.txt")] {
        outcome(&mut cihe_run(input, &out), LIMIT).expect_code(exit::CLEAN);
    }
    let verify = || outcome(cihe().arg("verify").arg(&out), LIMIT);
    verify().expect_code(exit::CLEAN);
    std::fs::remove_dir_all(&second).expect("a folder of ours can go");
    let run = verify();
    run.expect_code(exit::REJECTS).expect_no_panic();
    assert!(run.stdout.contains("b.txt"), "{}", run.stdout);
    assert!(!run.stdout.contains("a.txt"), "{}", run.stdout);
}

#[test]
fn an_output_that_was_moved_verifies_with_its_samples() {
    let home = folder();
    outcome(cihe().arg("run").current_dir(home.path()), LIMIT).expect_code(exit::CLEAN);
    let moved = home.path().join("elsewhere");
    std::fs::rename(home.path().join("out"), &moved).expect("a folder of ours can move");
    outcome(cihe().arg("verify").arg(&moved), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
}

#[test]
fn only_the_tables_asked_for_are_written_and_the_ledgers() {
    let home = folder();
    let mut command = cihe_run(&ours("samples"), home.path());
    outcome(command.args(["--set", "sink.tables=[\"tokens\"]"]), LIMIT).expect_code(exit::CLEAN);
    for table in TableId::ALL {
        let expected = table.is_ledger() || table == TableId::Tokens;
        assert_eq!(home.path().join(table.name()).exists(), expected, "{table}");
    }
}

#[test]
fn schema_prints_the_contract_of_a_table() {
    let run = cihe_with(&["schema", "tokens"]);
    run.expect_code(exit::CLEAN);
    for column in [
        "doc_id",
        "sentence",
        "normal",
        "pos",
        "char_start",
        "byte_end",
    ] {
        assert!(
            run.stdout.contains(column),
            "no `{column}` in:\n{}",
            run.stdout
        );
    }
    cihe_with(&["schema", "tokns"])
        .expect_code(exit::FAILED)
        .expect_stderr(&["tokns", "tokens"]);
}

#[test]
fn inspect_shows_a_document_without_colours_in_a_pipe() {
    let sample = ours("samples/encodings/tea-big5.txt");
    let run = outcome(
        cihe().arg("inspect").arg(sample).env_remove("NO_COLOR"),
        LIMIT,
    );
    run.expect_code(exit::CLEAN).expect_no_panic();
    for said in ["big5", "Hant", "溫春樹"] {
        assert!(run.stdout.contains(said), "no `{said}` in:\n{}", run.stdout);
    }
    assert!(
        !run.stdout.contains('\u{1b}'),
        "an escape sequence in:\n{}",
        run.stdout
    );
}

#[test]
fn completions_and_a_man_page_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        let run = cihe_with(&["completions", shell]);
        assert!(
            run.expect_code(exit::CLEAN).stdout.contains("verify"),
            "{shell}"
        );
    }
    let man = cihe_with(&["man"]);
    assert!(
        man.expect_code(exit::CLEAN).stdout.contains(".TH"),
        "{}",
        man.stdout
    );
}

#[test]
fn help_names_commands_and_exit_codes() {
    let help = cihe_with(&["--help"]);
    help.expect_code(exit::CLEAN);
    for said in ["run", "check", "schema", "inspect", "verify", "130"] {
        assert!(
            help.stdout.contains(said),
            "no `{said}` in:\n{}",
            help.stdout
        );
    }
    cihe_with(&["frobnicate"])
        .expect_code(exit::FAILED)
        .expect_no_panic();
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    // More than a pipe takes: the writer is sure to meet the closed end.
    let home = folder();
    let text = home.path().join("a.txt");
    write(&text, "青汀港三号码头今日开港。\n".repeat(20_000));
    let script = r#"set -o pipefail; "$CIHE" inspect "$1" | head -c 1"#;
    outcome(&mut bash(script, &[text.as_os_str()]), LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
}
