//! The same rows in the same order, however many workers there are and wherever an epoch ends.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus::generate;
use crate::tables::{assert_no_orphans, assert_same, digests};
use crate::util::{LIMIT, cihe_run, exit, folder, outcome};

/// Documents of the corpus: enough for a dozen small epochs.
const DOCUMENTS: usize = 1_200;

/// Runs with `settings` into a fresh folder and gives the tables' hashes.
fn digests_of(input: &Path, settings: &[&str]) -> BTreeMap<&'static str, String> {
    let out = folder();
    let out = out.path().join("out");
    let mut command = cihe_run(input, &out);
    command.args(settings);
    outcome(&mut command, LIMIT)
        .expect_code(exit::CLEAN)
        .expect_no_panic();
    assert_no_orphans(&out);
    digests(&out)
}

#[test]
fn rows_are_the_same_for_any_number_of_workers_and_any_epoch_size() {
    let input = folder();
    generate(input.path(), DOCUMENTS, 11);
    let expected = digests_of(input.path(), &["--workers", "1"]);
    let cases: &[&[&str]] = &[
        &["--workers", "2"],
        &["--workers", "8"],
        &["--workers", "1", "--set", "run.epoch-bytes=65536"],
        &["--workers", "8", "--set", "run.epoch-bytes=65536"],
        &[
            "--workers",
            "2",
            "--set",
            "run.epoch-bytes=300000",
            "--set",
            "run.memory=16777216",
        ],
    ];
    for settings in cases {
        assert_same(
            &settings.join(" "),
            &expected,
            &digests_of(input.path(), settings),
        );
    }
}

#[test]
fn small_row_groups_hold_the_same_rows() {
    let expected = digests_of(&crate::util::ours("samples"), &[]);
    let found = digests_of(
        &crate::util::ours("samples"),
        &["--set", "sink.row-group-rows=100"],
    );
    assert_same("row groups of 100 rows", &expected, &found);
}
