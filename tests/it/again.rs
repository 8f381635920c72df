//! A second run over the same output: what it knows again, what it reads anew, what it leaves alone.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use cihe::table::TableId;

use crate::corpus::gzip;
use crate::tables::{count, strings};
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

const NOTE: &str = "江洲市昨天公布了城市更新计划。";

fn run(input: &Path, out: &Path, code: i32) {
    outcome(&mut cihe_run(input, out), LIMIT)
        .expect_code(code)
        .expect_no_panic();
}

#[test]
fn a_source_that_was_only_touched_is_skipped() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    let note = input.join("note.txt");
    write(&note, NOTE);
    run(&input, &out, exit::CLEAN);
    let later = SystemTime::now() + Duration::from_hours(1);
    let file = File::options()
        .write(true)
        .open(&note)
        .expect("it was just written");
    file.set_modified(later).expect("the file is ours");
    run(&input, &out, exit::CLEAN);
    assert_eq!(count(&out, TableId::Documents), 1);
    assert_eq!(count(&out, TableId::Rejects), 0);
}

#[test]
fn a_source_that_says_something_else_is_a_reject_and_its_rows_stay() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    write(&input.join("note.txt"), NOTE);
    run(&input, &out, exit::CLEAN);
    write(
        &input.join("note.txt"),
        "另一篇文章，比原来的长得多，内容也不同。",
    );
    run(&input, &out, exit::REJECTS);
    // It has been told; the new version has the same ids, and stays out for good.
    run(&input, &out, exit::CLEAN);
    assert_eq!(
        strings(&out, TableId::Documents, "text"),
        [Some(NOTE.to_owned())]
    );
    assert_eq!(
        strings(&out, TableId::Rejects, "code"),
        [Some("changed".to_owned())]
    );
}

#[test]
fn a_broken_upload_is_read_once_it_is_whole() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    let packed = gzip(NOTE.repeat(50).as_bytes());
    let part = packed.get(..packed.len() / 2).expect("it has a half");
    write(&input.join("note.txt.gz"), part);
    run(&input, &out, exit::REJECTS);
    assert_eq!(count(&out, TableId::Documents), 0);
    write(&input.join("note.txt.gz"), &packed);
    run(&input, &out, exit::CLEAN);
    assert_eq!(count(&out, TableId::Documents), 1);
}

#[test]
fn what_standard_input_says_twice_lands_once() {
    let home = folder();
    let (input, out) = (home.path().join("note"), home.path().join("out"));
    write(&input, NOTE);
    for _ in 0..2 {
        let mut command = cihe();
        let stdin = Stdio::from(File::open(&input).expect("it was just written"));
        command
            .args(["run", "--input", "-", "--output"])
            .arg(&out)
            .stdin(stdin);
        let status = command.output().expect("the binary runs").status;
        assert_eq!(status.code(), Some(exit::CLEAN));
    }
    assert_eq!(
        strings(&out, TableId::Documents, "text"),
        [Some(NOTE.to_owned())]
    );
    assert_eq!(count(&out, TableId::Rejects), 0);
}

#[test]
fn standard_input_that_an_earlier_run_kept_and_never_read_is_read_now() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    write(&input.join("note.txt"), NOTE);
    run(&input, &out, exit::CLEAN);
    // As a run leaves it that was killed between keeping and reading.
    write(
        &out.join("_cihe/spool/stdin-0123456789abcdef.txt"),
        "来自管道的一段话。",
    );
    run(&input, &out, exit::CLEAN);
    assert_eq!(count(&out, TableId::Documents), 2);
    run(&input, &out, exit::CLEAN);
    assert_eq!(count(&out, TableId::Documents), 2);
}

#[test]
fn a_folder_of_others_is_left_alone_with_and_without_inputs() {
    let home = folder();
    let out = home.path().join("out");
    let theirs = out.join("documents/part-00000007.parquet");
    write(&theirs, "theirs");
    let mut bare = cihe();
    bare.args(["run", "--output"]).arg(&out);
    outcome(&mut bare, LIMIT).expect_code(exit::FAILED);
    let mut piped = cihe();
    piped
        .args(["run", "--input", "-", "--output"])
        .arg(&out)
        .stdin(Stdio::null());
    outcome(&mut piped, LIMIT).expect_code(exit::FAILED);
    assert_eq!(
        fs::read_to_string(&theirs).expect("it is still there"),
        "theirs"
    );
    assert!(!out.join("_cihe").exists(), "nothing was made there");
}
