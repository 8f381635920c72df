//! Sources that are gone or have changed when an update looks for them, and come back.

use std::collections::BTreeSet;
use std::fs;

use cihe::table::TableId;

use super::{CONCEPTS, Rig, WORDS, told};
use crate::tables::{assert_no_orphans, assert_same, strings, unordered};
use crate::util::{LIMIT, exit, outcome, paths_below, write};

#[test]
fn documents_of_sources_that_are_gone_or_changed_stay_with_a_row_that_says_so() {
    let rig = Rig::quick(20);
    write(
        &rig.input().join("gone.txt"),
        "落霞桥边的人都知道这件事。\n",
    );
    write(
        &rig.input().join("moved.txt"),
        "落霞桥头的茶馆今天开门了。\n",
    );
    rig.run("out", exit::CLEAN);
    let before = rig.epochs("out");
    let own = rig.with("out", &["这件事", "茶馆今天"]);
    fs::remove_file(rig.input().join("gone.txt")).expect("it was written");
    write(
        &rig.input().join("moved.txt"),
        "落霞桥头的茶馆昨天关门了，人都走了。\n",
    );
    rig.say(&format!("{WORDS}落霞桥\t\tnz\n"), CONCEPTS);
    rig.run("out", exit::REJECTS);
    let after = rig.epochs("out");
    assert_eq!(own.len(), 2);
    for id in own {
        assert_eq!(before[&id], after[&id]);
    }
    let out = rig.at("out");
    let sources = strings(&out, TableId::Rejects, "source")
        .into_iter()
        .flatten();
    let sources: BTreeSet<String> = sources.collect();
    assert_eq!(
        sources.into_iter().collect::<Vec<_>>(),
        ["gone.txt", "moved.txt"]
    );
    let codes = strings(&out, TableId::Rejects, "code")
        .into_iter()
        .flatten();
    assert!(codes.into_iter().all(|code| code == "changed"));
    assert_no_orphans(&out);
    // Back again, it is brought up to date, from the words that its rows were written with; what is other stays.
    write(
        &rig.input().join("gone.txt"),
        "落霞桥边的人都知道这件事。\n",
    );
    rig.say(&format!("{WORDS}落霞桥\t\tns\n"), CONCEPTS);
    rig.run("out", exit::CLEAN);
    let last = rig.epochs("out");
    for (text, is_anew) in [("这件事", true), ("茶馆今天", false)] {
        let own = rig.with("out", &[text]);
        assert_eq!(own.len(), 1);
        assert!(
            own.iter().all(|id| (last[id] > after[id]) == is_anew),
            "{text}"
        );
    }
}

#[test]
fn a_source_that_comes_back_is_brought_up_to_date_and_costs_nothing_while_it_is_gone() {
    let rig = Rig::quick(60);
    let lines = (0..1200).map(|number| {
        let place = if number % 3 == 0 {
            "落霞桥"
        } else {
            "石桥村"
        };
        let text = format!("{place}边的第{number}户人家去年种了茶叶，今年修了路。");
        format!("{}\n", serde_json::json!({ "text": text }))
    });
    // Some epochs long, in the middle of others.
    let source = rig.input().join("m.jsonl");
    write(&source, lines.collect::<String>());
    rig.run("out", exit::CLEAN);
    let aside = rig.at("aside.jsonl");
    fs::rename(&source, &aside).expect("both are in one folder");
    let steps = [
        ("落霞桥\t\tnz\n", exit::REJECTS, true),
        ("落霞桥\t\tn\n", exit::CLEAN, true),
        ("落霞桥\t\tn\n没有这个词\n", exit::CLEAN, false),
    ];
    for (words, code, any) in steps {
        rig.say(&format!("{WORDS}{words}"), CONCEPTS);
        let said = rig.run("out", code);
        assert_eq!(told(&said, "epochs") > 0, any, "{words}");
    }
    let kept = fs::read_dir(rig.at("out/_cihe/vocabulary"))
        .expect("it is there")
        .count();
    assert_eq!(kept, 2, "of the rows that are behind, and of all others");
    fs::rename(&aside, &source).expect("both are in one folder");
    rig.say(&format!("{WORDS}落霞桥\t\tns\n"), CONCEPTS);
    rig.run("out", exit::CLEAN);
    let kept = fs::read_dir(rig.at("out/_cihe/vocabulary"))
        .expect("it is there")
        .count();
    assert_eq!(kept, 1, "nothing is behind");
    // All is as if it had never been gone, but for the row that tells of it.
    let (mut fresh, mut now) = (rig.fresh(), unordered(&rig.at("out")));
    assert!(fresh.remove("rejects").is_some() && now.remove("rejects").is_some());
    assert_same("a source that came back", &fresh, &now);
    assert_eq!(strings(&rig.at("out"), TableId::Rejects, "code").len(), 1);
}

#[test]
fn a_source_that_is_as_it_was_is_found_though_a_run_has_seen_another_version_since() {
    let rig = Rig::quick(20);
    let source = rig.input().join("back.txt");
    let text = "落霞桥边的人都知道这件事。\n";
    write(&source, text);
    rig.run("out", exit::CLEAN);
    // From here on its rows are in an epoch that has no hash of it.
    rig.say(&format!("{WORDS}落霞桥\t\tnz\n"), CONCEPTS);
    rig.run("out", exit::CLEAN);
    write(&source, "别的话，一句也不像从前。\n");
    rig.run("out", exit::REJECTS);
    let before = rig.epochs("out");
    write(&source, text);
    rig.say(&format!("{WORDS}落霞桥\t\tns\n"), CONCEPTS);
    // The run tells of the other version that was there, and no more of this one.
    let said = outcome(&mut rig.command("out"), LIMIT);
    let after = rig.epochs("out");
    let own = rig.with("out", &["这件事"]);
    assert_eq!(own.len(), 1);
    for id in own {
        assert!(after[&id] > before[&id], "{}", said.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_source_that_may_not_be_read_is_left_out_and_holds_nothing_up() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    let rig = Rig::quick(20);
    let source = rig.input().join("shut.txt");
    write(&source, "落霞桥边的人都知道这件事。\n");
    rig.run("out", exit::CLEAN);
    let before = rig.epochs("out");
    rig.say(&format!("{WORDS}落霞桥\t\tnz\n"), CONCEPTS);
    fs::set_permissions(&source, fs::Permissions::from_mode(0o0)).expect("it is ours");
    let mut command = rig.command("out");
    // Nothing is shut to the superuser.
    if fs::metadata(rig.at("out")).expect("it is there").uid() == 0 {
        const NOBODY: u32 = 65534;
        for path in paths_below(&rig.at("")) {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("the superuser may");
        }
        chown(rig.at(""), Some(NOBODY), Some(NOBODY)).expect("the superuser may");
        command.uid(NOBODY).gid(NOBODY);
    }
    let said = outcome(&mut command, LIMIT);
    said.expect_code(exit::REJECTS).expect_no_panic();
    let after = rig.epochs("out");
    let shut = rig.with("out", &["这件事"]);
    assert_eq!(shut.len(), 1);
    for id in rig.with("out", &["落霞桥"]) {
        assert_eq!(after[&id] > before[&id], !shut.contains(&id), "{id}");
    }
}
