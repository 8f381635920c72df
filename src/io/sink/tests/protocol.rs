//! Epochs as they should be, and what is refused.

use std::fs;

use super::*;
use crate::record::Superseded;

#[test]
fn an_epoch_leaves_a_file_and_a_commit_in_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, resume) = open(folder.path());
    assert_eq!(resume.next_epoch, 0);
    assert!(resume.completed.is_none() && resume.progress.is_empty());
    let committed = write_epoch(&mut sink, &plan(0)).unwrap();
    assert_eq!(committed.epoch, 0);
    assert!(committed.rows.contains(&(TableId::Tokens, 3)));
    // No rejects, yet the table is there.
    assert!(
        !committed
            .rows
            .iter()
            .any(|(table, _)| *table == TableId::Rejects)
    );
    for table in TableId::ALL {
        assert_eq!(globbed(folder.path(), table).len(), 1, "{table}");
    }
    assert_eq!(contents(folder.path())["sources"], ["s0.txt"]);
}

#[test]
fn an_epoch_without_rows_for_a_table_adds_no_file_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    write_epoch(&mut sink, &plan(0)).unwrap();
    write_epoch(&mut sink, &plan(1)).unwrap();
    assert_eq!(globbed(folder.path(), TableId::Rejects).len(), 1);
    assert_eq!(globbed(folder.path(), TableId::Tokens).len(), 2);
}

#[test]
fn only_wanted_tables_and_ledgers_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let options = SinkOptions {
        tables: vec![TableId::Tokens],
        ..SinkOptions::default()
    };
    let (mut sink, _) = Output::open(folder.path(), &identity(), &options).unwrap();
    write_epoch(&mut sink, &plan(0)).unwrap();
    let made: Vec<_> = TableId::ALL
        .into_iter()
        .filter(|table| folder.path().join(table.name()).exists())
        .map(TableId::name)
        .collect();
    assert_eq!(made, ["documents", "tokens", "rejects", "sources"]);
}

#[test]
fn a_later_run_takes_up_behind_the_last_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    // More epochs than commits between two checkpoints.
    for epoch in 0..12 {
        write_epoch(&mut sink, &plan(epoch)).unwrap();
    }
    drop(sink);
    let checkpoint = folder.path().join("tokens/_delta_log/_last_checkpoint");
    assert!(checkpoint.exists(), "the log has checkpoints");
    let (mut sink, resume) = open(folder.path());
    assert_eq!(resume.next_epoch, 12);
    assert_eq!(resume.progress.len(), 12);
    let progress = resume.progress.of("s11.txt").unwrap();
    assert_eq!((progress.next_record, progress.documents), (1, 1));
    assert_eq!(progress.status, Some(SourceStatus::Done));
    assert!(resume.progress.of("s12.txt").is_none());
    write_epoch(&mut sink, &plan(12)).unwrap();
    assert_eq!(contents(folder.path())["documents"].len(), 13);
}

#[test]
fn folders_may_have_spaces_signs_and_chinese_names() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("输出 100% #1 ?x=y");
    let (mut sink, _) = open(&root);
    write_epoch(&mut sink, &plan(0)).unwrap();
    write_epoch(&mut sink, &plan(1)).unwrap();
    drop(sink);
    assert_eq!(open(&root).1.next_epoch, 2);
    assert_eq!(contents(&root)["tokens"].len(), 6);
}

#[test]
fn a_second_writer_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    let SinkError::Locked { pid, .. } = refusal(folder.path(), &identity()) else {
        panic!("the folder is locked");
    };
    assert_eq!(pid, Some(std::process::id().to_string()));
    drop(first);
    open(folder.path());
}

#[test]
fn another_pipeline_is_refused_unless_it_may_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    write_epoch(&mut sink, &plan(0)).unwrap();
    drop(sink);
    let mut other = Identity {
        pipeline: "renamed".into(),
        fingerprint: "f2".into(),
        ..identity()
    };
    let error = refusal(folder.path(), &other);
    assert!(matches!(error, SinkError::Changed { .. }), "{error}");
    assert!(error.help().unwrap().contains("--on-config-change"));
    other.on_change = OnConfigChange::Continue;
    let (mut sink, resume) = Output::open(folder.path(), &other, &SinkOptions::default()).unwrap();
    assert_eq!(resume.next_epoch, 1);
    write_epoch(&mut sink, &plan(1)).unwrap();
    drop(sink);
    // From now on the folder is the other one's.
    other.on_change = OnConfigChange::Refuse;
    let (_, resume) = Output::open(folder.path(), &other, &SinkOptions::default()).unwrap();
    assert_eq!(resume.next_epoch, 2);
}

#[test]
fn a_folder_of_something_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("photo.jpg"), "x").unwrap();
    let error = refusal(folder.path(), &identity());
    assert!(matches!(error, SinkError::Foreign { .. }), "{error}");
    assert_eq!(disk::list(folder.path()).unwrap().len(), 1);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_an_error_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("out");
    fs::write(&root, "x").unwrap();
    let error = refusal(&root, &identity());
    assert!(error.to_string().contains("out"), "{error}");
    assert!(error.help().is_some());
}

#[test]
fn a_file_in_the_place_of_a_table_fails_the_epoch_and_the_next_run_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    let table = folder.path().join("tokens");
    fs::write(&table, "x").unwrap();
    let error = write_epoch(&mut sink, &plan(0)).unwrap_err();
    assert!(error.help().is_some(), "{error}");
    drop(sink);
    fs::remove_file(&table).unwrap();
    let (_, resume) = open(folder.path());
    assert_eq!(resume.completed.unwrap().epoch, 0);
    assert_eq!(contents(folder.path())["tokens"].len(), 3);
}

#[test]
fn a_commit_that_failed_is_told_with_the_next_epoch_and_nothing_is_taken_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("out");
    let (mut sink, _) = open(&root);
    fs::write(root.join("documents"), "x").unwrap();
    let write = |sink: &mut Sink, epoch: i64| {
        let plan = plan(epoch);
        sink.write(batch(epoch, vec![rows_of(&plan)], Some(plan)))
    };
    assert_eq!(write(&mut sink, 0).unwrap(), None);
    assert!(matches!(write(&mut sink, 1), Err(SinkError::Io { .. })));
    assert!(matches!(write(&mut sink, 1), Err(SinkError::Broken { .. })));
}

#[test]
fn a_batch_of_another_epoch_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    let error = sink.write(batch(3, vec![], None)).unwrap_err();
    assert!(
        matches!(
            error,
            SinkError::OutOfStep {
                expected: 0,
                got: 3
            }
        ),
        "{error}"
    );
}

#[test]
fn a_commit_by_another_tool_in_between_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    write_epoch(&mut sink, &plan(0)).unwrap();
    let log = folder.path().join("tokens/_delta_log");
    let commit = r#"{"commitInfo":{"timestamp":0,"operation":"WRITE","operationParameters":{}}}"#;
    fs::write(log.join(format!("{:020}.json", 1)), commit).unwrap();
    write_epoch(&mut sink, &plan(1)).unwrap();
    drop(sink);
    assert!(log.join(format!("{:020}.json", 2)).exists());
    assert_eq!(open(folder.path()).1.next_epoch, 2);
    assert_eq!(contents(folder.path())["tokens"].len(), 6);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_shows_nothing_and_the_next_run_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    // Whatever is written to this device finds it full.
    let staged = folder.path().join("_cihe/staging/tokens-00000000.parquet");
    std::os::unix::fs::symlink("/dev/full", staged).unwrap();
    let error = write_epoch(&mut sink, &plan(0)).unwrap_err();
    assert!(
        error.help().unwrap().contains("free some space"),
        "{error:?}"
    );
    drop(sink);
    assert!(globbed(folder.path(), TableId::Documents).is_empty());
    let (mut sink, resume) = open(folder.path());
    assert_eq!((resume.next_epoch, resume.completed), (0, None));
    write_epoch(&mut sink, &plan(0)).unwrap();
    assert_eq!(contents(folder.path())["tokens"].len(), 3);
}

#[test]
fn the_sink_and_its_errors_may_change_threads() {
    fn is_send<T: Send + 'static>() {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    is_send::<Sink>();
    is_send::<Resume>();
    is_error::<SinkError>();
}

/// The pipeline with other words and concepts, which brings old rows up to date.
fn with_words(words: &str) -> Identity {
    Identity {
        fingerprint: words.into(),
        vocabulary: words.into(),
        words: words.into(),
        on_change: OnConfigChange::Update,
        ..identity()
    }
}

#[test]
fn a_kill_while_an_update_is_settled_forgets_nothing_of_what_it_began_with() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let update_to = |words: &str| {
        let (sink, resume) =
            Output::open(root, &with_words(words), &SinkOptions::default()).unwrap();
        (sink, resume.update)
    };
    drop(update_to("first"));
    let (mut sink, begun) = update_to("second");
    let mut left = begun.unwrap().behind;
    assert!(left.is_empty());
    let plan = Superseded {
        epoch: 0,
        others: Vec::new(),
        parts: Vec::new(),
        left_out: vec!["s0.txt".into()],
        vocabulary: "old".into(),
    };
    left.learn(&plan, 0, 3);
    sink.settle_update(&left).unwrap();
    drop(sink);
    // In the third one the source is there again, and the kill comes between what it left and the stamp.
    let (mut sink, begun) = update_to("third");
    assert_eq!(begun.as_ref().unwrap().behind, left);
    let blocked = root.join("_cihe/pipeline.json.tmp");
    fs::create_dir(&blocked).unwrap();
    sink.settle_update(&Behind::default()).unwrap_err();
    drop(sink);
    fs::remove_dir(&blocked).unwrap();
    let (mut sink, again) = update_to("third");
    assert_eq!(again, begun);
    sink.settle_update(&Behind::default()).unwrap();
    drop(sink);
    assert_eq!(update_to("third").1, None);
    let kept = disk::list(&root.join("_cihe/behind")).unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
}
