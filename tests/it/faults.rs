//! A disk that is full or read-only: a clear error, nothing half visible, and a clean resume.

use std::ffi::OsStr;
use std::path::Path;

use crate::corpus::generate;
use crate::tables::{assert_no_orphans, assert_same, digests};
use crate::util::{LIMIT, bash, cihe_run, exit, flat, folder, ours, outcome, paths_below, write};

const DOCUMENTS: usize = 600;

/// Files may grow to 32 KiB; `EFBIG` instead of a signal is what a full quota looks like.
const SMALL_FILES: &str = r#"
    trap '' XFSZ
    ulimit -f 32
    exec "$CIHE" run --input "$1" --output "$2"
"#;

#[test]
fn a_file_that_cannot_grow_fails_the_run_and_the_next_one_goes_on() {
    let home = folder();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    generate(&input, DOCUMENTS, 3);
    let run = outcome(
        &mut bash(SMALL_FILES, &[input.as_os_str(), out.as_os_str()]),
        LIMIT,
    );
    run.expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["out", "too large"]);
    assert_nothing_visible(&out);
    assert_resumes(home.path(), &input, &out);
}

/// No table has a row that a reader could see.
fn assert_nothing_visible(out: &Path) {
    let is_table_file = |path: &&std::path::PathBuf| {
        let parquet = path.extension().is_some_and(|ending| ending == "parquet");
        parquet && !path.starts_with(out.join("_cihe"))
    };
    let paths = paths_below(out);
    let seen: Vec<_> = paths.iter().filter(is_table_file).collect();
    assert!(
        seen.is_empty(),
        "visible after a failed first epoch: {seen:?}"
    );
}

/// The same command without the fault ends well, with the rows of a run that never met it.
fn assert_resumes(home: &Path, input: &Path, out: &Path) {
    outcome(&mut cihe_run(input, out), LIMIT).expect_code(exit::CLEAN);
    let other = home.join("undisturbed");
    outcome(&mut cihe_run(input, &other), LIMIT).expect_code(exit::CLEAN);
    assert_no_orphans(out);
    assert_same("after the fault", &digests(&other), &digests(out));
}

/// In a mount namespace of its own, so that nothing is left mounted: a tiny disk, the same disk read-only, then a
/// large one. The three exit codes and the messages come back in files.
const TINY_DISK: &str = r#"
    mkdir -p "$2/disk" && mount -t tmpfs -o size=256k tmpfs "$2/disk" || exit 77
    run() { "$CIHE" run --input "$1" --output "$2/disk/out" 2>"$2/$3.stderr"; echo $? >"$2/$3.code"; }
    run "$1" "$2" full
    mount -o remount,ro "$2/disk" || exit 77
    run "$1" "$2" read-only
    mount -o remount,rw,size=256m "$2/disk" || exit 77
    run "$1" "$2" large
    cp -r "$2/disk/out" "$2/out"
"#;

/// How the script says that this system lets nobody mount.
const CANNOT_MOUNT: i32 = 77;

#[test]
fn a_full_disk_and_a_read_only_one_fail_the_run_and_a_larger_one_goes_on() {
    let home = folder();
    let input = home.path().join("in");
    generate(&input, DOCUMENTS, 4);
    let arguments: [&OsStr; 4] = [
        "-c".as_ref(),
        TINY_DISK.as_ref(),
        input.as_os_str(),
        home.path().as_os_str(),
    ];
    let script = r#"unshare --map-root-user --mount true 2>/dev/null || exit 77
        exec unshare --map-root-user --mount bash "$1" "$2" bash "$3" "$4""#;
    let run = outcome(&mut bash(script, &arguments), LIMIT);
    if run.code == Some(CANNOT_MOUNT) {
        // Some containers forbid it; `ulimit` above has tested the same error path.
        return;
    }
    run.expect_code(0);
    let read = |name: String| std::fs::read_to_string(home.path().join(name));
    let said = |name: String| flat(&read(name).expect("the script wrote it"));
    let expected = [
        ("full", exit::FAILED, "No space left"),
        ("read-only", exit::FAILED, "Read-only"),
        ("large", exit::CLEAN, ""),
    ];
    for (disk, code, message) in expected {
        let (found, stderr) = (said(format!("{disk}.code")), said(format!("{disk}.stderr")));
        assert_eq!(found, code.to_string(), "{disk} disk: {stderr}");
        assert!(stderr.contains(message), "{disk} disk: {stderr}");
    }
    let other = home.path().join("undisturbed");
    outcome(&mut cihe_run(&input, &other), LIMIT).expect_code(exit::CLEAN);
    let out = home.path().join("out");
    assert_no_orphans(&out);
    assert_same("after a full disk", &digests(&other), &digests(&out));
}

#[test]
fn an_output_below_a_file_is_refused_by_name() {
    let home = folder();
    let file = home.path().join("file");
    write(&file, "a file, where a folder should be");
    let out = file.join("out");
    let run = outcome(&mut cihe_run(&ours("samples"), &out), LIMIT);
    run.expect_code(exit::FAILED)
        .expect_no_panic()
        .expect_stderr(&["file"]);
}

#[test]
fn an_output_folder_of_somebody_else_is_left_alone() {
    let home = folder();
    let foreign = home.path().join("thesis.docx");
    write(&foreign, "years of work");
    let run = outcome(&mut cihe_run(&ours("samples"), home.path()), LIMIT);
    run.expect_code(exit::FAILED).expect_no_panic();
    assert_eq!(paths_below(home.path()), [foreign]);
}
