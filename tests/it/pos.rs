//! Parts of speech from outside: by the model, of either set, and a model of one's own.

use std::fs;
use std::path::Path;

use cihe::model::{ICTCLAS, UNIVERSAL};
use cihe::table::TableId;

use crate::tables::strings;
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, ours, outcome, write};

/// Sentences with words that are now this and now that; what they are here.
const SENTENCES: [(&str, &[&str]); 6] = [
    ("我们计划在三年内建好码头。", &["计划/v", "在/p"]),
    ("会上大家讨论了计划。", &["计划/n"]),
    ("今天外面在下雨。", &["在/d"]),
    ("工人们正在建设码头。", &["正在/d", "建设/v"]),
    ("码头的建设很快。", &["建设/vn"]),
    (
        "他们研究了潮汐，这项研究很重要。",
        &["研究/v", "研究/vn", "很/d"],
    ),
];

fn run(input: &Path, out: &Path, settings: &[&str]) {
    let mut command = cihe_run(input, out);
    for setting in settings {
        command.args(["--set", setting]);
    }
    let run = outcome(&mut command, LIMIT);
    run.expect_code(exit::CLEAN).expect_no_panic();
}

/// `word/tag` of all tokens, in order.
fn words(out: &Path) -> Vec<String> {
    let texts = strings(out, TableId::Tokens, "text").into_iter().flatten();
    let tags = strings(out, TableId::Tokens, "pos").into_iter().flatten();
    let pairs = texts.zip(tags);
    pairs.map(|(text, tag)| format!("{text}/{tag}")).collect()
}

#[test]
fn the_samples_have_tags_of_the_set_that_is_asked_for_and_nothing_else_changes() {
    let home = folder();
    let plain = home.path().join("plain");
    run(&ours("samples"), &plain, &[]);
    let runs: [(&str, &[&str], &[&str]); 3] = [
        ("model", &["tag.pos=model"], &ICTCLAS),
        ("upos", &["tag.tagset=upos"], &UNIVERSAL),
        ("both", &["tag.pos=model", "tag.tagset=upos"], &UNIVERSAL),
    ];
    for (name, settings, set) in runs {
        let out = home.path().join(name);
        run(&ours("samples"), &out, settings);
        let tags = strings(&out, TableId::Tokens, "pos");
        assert!(tags.len() > 3000);
        for tag in tags.iter().flatten() {
            assert!(set.contains(&tag.as_str()), "{tag}");
        }
        let columns = [
            (TableId::Tokens, "text"),
            (TableId::Tokens, "method"),
            (TableId::Entities, "text"),
            (TableId::Entities, "label"),
            (TableId::Entities, "normal"),
            (TableId::Enumerations, "name"),
            (TableId::Quotes, "speaker"),
            (TableId::Quotes, "text"),
        ];
        for (table, column) in columns {
            let (one, other) = (strings(&plain, table, column), strings(&out, table, column));
            assert_eq!(one, other, "{table}.{column}, {name}");
        }
        let verified = outcome(cihe().arg("verify").arg(&out), LIMIT);
        verified.expect_code(exit::CLEAN);
    }
}

#[test]
fn the_model_knows_a_word_by_what_stands_around_it() {
    let home = folder();
    for (number, (text, expected)) in SENTENCES.iter().enumerate() {
        let input = home.path().join(format!("in{number}"));
        let out = home.path().join(format!("out{number}"));
        write(&input.join("a.txt"), text);
        run(&input, &out, &["tag.pos=model"]);
        let found = words(&out);
        for word in *expected {
            assert!(found.iter().any(|one| one == word), "{word} in {found:?}");
        }
    }
}

#[test]
fn another_set_of_tags_is_another_pipeline() {
    let home = folder();
    let out = home.path().join("out");
    let input = home.path().join("in");
    write(&input.join("a.txt"), SENTENCES[0].0);
    run(&input, &out, &["tag.tagset=upos"]);
    let mut command = cihe_run(&input, &out);
    let refused = outcome(&mut command, LIMIT);
    refused
        .expect_code(exit::FAILED)
        .expect_stderr(&["on-config-change"]);
    let mut command = cihe();
    command.args(["run", "--dry-run", "--set", "tag.tagset=penn"]);
    outcome(&mut command, LIMIT)
        .expect_code(exit::FAILED)
        .expect_stderr(&["tag.tagset", "ictclas", "upos"]);
}

#[test]
fn a_model_is_learned_of_files_with_tags_and_measured() {
    let home = folder();
    let at = |name: &str| home.path().join(name);
    let (news, tree, model) = (at("news.txt"), at("tree.conllu"), at("pos.model"));
    let text = "渔民/n 计划/v 修/v 桥/n 。/w\n这/r 个/q 计划/n 很/d 好/a 。/w\n";
    write(&news, text.repeat(20));
    write(&tree, "1\t桥\t_\tNOUN\t_\n2\t好\t_\tADJ\t_\n\n".repeat(3));
    let learn = |data: &[&Path]| {
        let mut command = cihe();
        command.args(["train", "pos", "--epochs", "3"]);
        for path in data {
            command.arg("--data").arg(path);
        }
        outcome(command.arg("--output").arg(&model), LIMIT)
    };
    learn(&[&news, &news])
        .expect_code(exit::CLEAN)
        .expect_stderr(&["40 texts", "epoch 3: loss"]);
    let first = fs::read(&model).expect("it was just written");
    learn(&[&news, &news]).expect_code(exit::CLEAN);
    assert_eq!(fs::read(&model).expect("it was just written"), first);
    let measure = |file: &Path, more: &[&str]| {
        let mut command = cihe();
        command.args(["eval", "--of", "pos"]).arg(file).args(more);
        outcome(&mut command, LIMIT)
    };
    let model = model.display().to_string();
    let said = measure(&news, &["--model", &model]);
    said.expect_code(exit::CLEAN);
    assert!(
        said.stdout.contains("words    100.00     220     220"),
        "{}",
        said.stdout
    );
    // The dictionary has one tag for 计划.
    let said = measure(&news, &[]);
    assert!(said.stdout.contains("     20\n"), "{}", said.stdout);
    let said = measure(
        &tree,
        &[
            "--set",
            "tag.pos=model",
            "--known",
            &news.display().to_string(),
        ],
    );
    assert!(
        said.stdout.contains("words    100.00       6       6"),
        "{}",
        said.stdout
    );
    measure(&news, &["--model", &news.display().to_string()])
        .expect_code(exit::FAILED)
        .expect_stderr(&["no model"]);
    learn(&[&news, &tree])
        .expect_code(exit::FAILED)
        .expect_stderr(&["two kinds", "news.txt", "tree.conllu"]);
    write(&news, "没有 标记\n");
    learn(&[&news])
        .expect_code(exit::FAILED)
        .expect_stderr(&["word/TAG"]);
}

#[test]
fn what_can_not_be_measured_is_refused() {
    let home = folder();
    let at = |name: &str| home.path().join(name);
    let (news, tree, bare, model) = (
        at("news.txt"),
        at("tree.conllu"),
        at("bare.conllu"),
        at("upos.model"),
    );
    write(&news, "石桥/n 修/v 好/a 了/u\n石桥/n 好/NOUN\n");
    write(
        &tree,
        "#id=1\n1-2\t桥好\t_\t_\n1\t桥\t_\tNOUN\n2\t好\t_\tADJ\n\n",
    );
    write(&bare, "1\t桥\t_\t_\n\n");
    let learned = |file: &Path| {
        let mut command = cihe();
        command.args(["train", "pos", "--epochs", "1", "--data"]);
        outcome(command.arg(file).arg("--output").arg(&model), LIMIT)
    };
    let measured = |file: &Path, more: &[&str]| {
        let mut command = cihe();
        outcome(command.arg("eval").arg(file).args(more), LIMIT)
    };
    for (file, parts) in [
        (&news, ["news.txt", "line 2", "\"NOUN\"", "ICTCLAS"]),
        (&bare, ["bare.conllu", "line 1", "\"_\"", "fourth column"]),
    ] {
        for said in [learned(file), measured(file, &["--of", "pos"])] {
            said.expect_code(exit::FAILED).expect_stderr(&parts);
        }
    }
    learned(&tree).expect_code(exit::CLEAN);
    let model = model.display().to_string();
    let by_model = ["--of", "pos", "--model", &model];
    measured(&tree, &by_model).expect_code(exit::CLEAN);
    write(&news, "石桥/n 修/v 好/a 了/u\n");
    measured(&news, &by_model)
        .expect_code(exit::FAILED)
        .expect_stderr(&["news.txt", "Universal"]);
    measured(&news, &["--of", "words", "--model", &model])
        .expect_code(exit::FAILED)
        .expect_stderr(&["--model", "--of pos"]);
    measured(&news, &["--known", &model])
        .expect_code(exit::FAILED)
        .expect_stderr(&["--known", "--of words"]);
}

#[test]
fn words_of_a_user_s_lexicon_and_of_the_other_script_are_known() {
    let home = folder();
    let at = |name: &str| home.path().join(name);
    let (news, known, lexicon) = (at("news.txt"), at("known.txt"), at("words.tsv"));
    write(&news, "補網架/n 壞/a 了/u\n");
    write(&known, "补网架 坏 了\n");
    write(&lexicon, "补网架\t900\tn\n坏\t900\tv\n");
    let measured = |more: &[&str]| {
        let mut command = cihe();
        command.args(["eval", "--of", "pos"]).arg(&news).args(more);
        let said = outcome(&mut command, LIMIT);
        said.expect_code(exit::CLEAN);
        said.stdout.clone()
    };
    let set = format!("segment.lexicons=[{:?}]", lexicon.display().to_string());
    let said = measured(&["--set", &set]);
    assert!(said.contains("  a      v                1"), "{said}");
    let said = measured(&[]);
    assert!(!said.contains("  a      v "), "{said}");
    for (one, other) in [(&known, &news), (&news, &known)] {
        let one = one.display().to_string();
        let said = measured(&["--known", &one]);
        assert!(
            said.contains("  new        0.00       0       0"),
            "{other:?}: {said}"
        );
    }
}
