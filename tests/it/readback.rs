//! The tables as four other implementations read them: pyarrow, polars, DuckDB and deltalake.
//!
//! `tests/readback/readback.py` asks the questions. Its libraries are pinned and live in a virtual environment beside
//! it, which this test makes and remakes when the pins change; the first time that takes the network and a minute.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::corpus::gzip;
use crate::util::{LIMIT, cihe_run, exit, folder, ours, outcome, write};

/// Time to fetch the libraries.
const INSTALL: Duration = Duration::from_mins(15);

/// The interpreter of a virtual environment that holds what `requirements.txt` says.
fn python() -> PathBuf {
    let requirements = ours("tests/readback/requirements.txt");
    let wanted = fs::read_to_string(&requirements).expect("requirements.txt is ours");
    let home = ours("tests/readback/.venv");
    let (python, stamp) = (home.join("bin/python"), home.join("installed.txt"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && python.exists() {
        return python;
    }
    make_environment(&home);
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]);
    let run = outcome(install.arg("-r").arg(&requirements), INSTALL);
    assert_eq!(
        run.code,
        Some(0),
        "pip could not install {}:\n{}",
        requirements.display(),
        run.stderr
    );
    fs::write(&stamp, wanted).expect("the environment is ours to write");
    python
}

fn make_environment(home: &Path) {
    let help = "this test needs Python 3.10 or later with its `venv` module; on Debian and Ubuntu: apt install python3-venv";
    let found = Command::new("python3").arg("--version").output();
    assert!(
        found.is_ok_and(|output| output.status.success()),
        "no python3 found; {help}"
    );
    let run = outcome(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(home),
        INSTALL,
    );
    assert_eq!(
        run.code,
        Some(0),
        "python3 -m venv failed; {help}\n{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn pyarrow_polars_duckdb_and_deltalake_read_what_we_wrote() {
    let python = python();
    let home = folder();
    let (broken, out) = (home.path().join("broken"), home.path().join("out"));
    let whole = gzip("落霞桥今日通车。".repeat(50).as_bytes());
    write(&broken.join("short.txt.gz"), &whole[..whole.len() / 2]);
    write(
        &broken.join("lines.jsonl"),
        "{\"text\": \"云岬县下雨。\"}\n{\"text\": 1}\n{broken\n",
    );
    let mut run = cihe_run(&ours("samples"), &out);
    run.arg("--input")
        .arg(&broken)
        .args(["--set", "run.epoch-bytes=8192"]);
    outcome(&mut run, LIMIT)
        .expect_code(exit::REJECTS)
        .expect_no_panic();
    let mut readback = Command::new(python);
    readback
        .arg(ours("tests/readback/readback.py"))
        .arg(&out)
        .arg(ours("schemas"));
    let run = outcome(readback.env("PYTHONUTF8", "1"), LIMIT);
    assert_eq!(run.code, Some(0), "{}\n{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("10 tables"), "{}", run.stdout);
}
