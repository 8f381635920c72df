//! The trained segmenter from outside: a run with it, a model of one's own, and what is measured.

use std::fs;

use crate::util::{LIMIT, cihe, cihe_run, exit, folder, ours, outcome, write};

#[test]
fn a_run_with_the_trained_engine_leads_back_and_repeats() {
    let home = folder();
    let out = home.path().join("out");
    let run = || {
        let mut command = cihe_run(&ours("samples"), &out);
        command.args(["--set", "segment.engine=trained"]);
        command.args(["--set", "segment.convention=ud"]);
        outcome(&mut command, LIMIT)
    };
    run().expect_code(exit::CLEAN).expect_no_panic();
    let mut command = cihe();
    let verified = outcome(command.arg("verify").arg(&out), LIMIT);
    verified.expect_code(exit::CLEAN);
    assert!(verified.stdout.contains("0 bad of"), "{}", verified.stdout);
    run().expect_code(exit::CLEAN).expect_no_panic();
    // Another convention makes other words: over old output that is refused.
    let mut command = cihe_run(&ours("samples"), &out);
    command.args(["--set", "segment.engine=trained"]);
    outcome(&mut command, LIMIT).expect_code(exit::FAILED);
}

#[test]
fn words_are_compared_and_the_trained_engine_finds_more_of_them() {
    let home = folder();
    let file = home.path().join("words.txt");
    let text =
        "渔民 们 在 海边 补 好 了 渔网 。\n这 座 灯塔 高 ３０ 多 米 ， 建 于 １９０５年 。\n";
    write(&file, text);
    let right = |engine: &str| -> u32 {
        let mut command = cihe();
        command.args(["eval", "--of", "words", "--set", engine, "--known"]);
        let said = outcome(command.arg(&file).arg(&file), LIMIT);
        said.expect_code(exit::CLEAN);
        let row = said.stdout.lines().find(|line| line.contains("words "));
        let mut cells = row.expect("a row of words").split_whitespace().rev();
        assert_eq!(cells.next(), Some("21"), "{}", said.stdout);
        cells.next_back();
        cells
            .nth(1)
            .and_then(|cell| cell.parse().ok())
            .expect("a number")
    };
    let (trained, jieba) = (
        right("segment.engine=trained"),
        right("segment.engine=jieba"),
    );
    assert!(trained > jieba && trained >= 18, "{trained}, {jieba}");
}

#[test]
fn a_model_is_learned_of_files_with_conventions() {
    let home = folder();
    let (words, model) = (
        home.path().join("words.txt"),
        home.path().join("words.model"),
    );
    write(
        &words,
        "渔民/n 们/k 补/v 好/a 了/u 渔网/n 。/w\n".repeat(20),
    );
    let learn = |data: String| {
        let mut command = cihe();
        command.args(["train", "segmentation", "--epochs", "2", "--data", &data]);
        outcome(command.arg("--output").arg(&model), LIMIT)
    };
    learn(format!("pku={}", words.display()))
        .expect_code(exit::CLEAN)
        .expect_stderr(&["20 texts", "epoch 2: loss"]);
    assert!(fs::metadata(&model).expect("it was just written").len() > 100);
    write(&words, "没有空格\n");
    learn(words.display().to_string())
        .expect_code(exit::FAILED)
        .expect_stderr(&["spaces between words"]);
}
