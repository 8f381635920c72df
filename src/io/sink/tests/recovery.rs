//! A kill at each step of a commit. While an epoch commits, the folder is copied at every step: each copy is what a kill
//! at that instant leaves on the disk. Each must come out equal to a run that was not killed.

use std::fs;
use std::sync::{Arc, Mutex};

use super::super::commit::Commits;
use super::super::layout::Layout;
use super::super::steps::Step;
use super::*;
use crate::record::{AnewPart, Superseded};

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in disk::list(from).unwrap() {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Commits `epochs` epochs and returns the images of the last one's commit, step by step. Rows of the next epoch have
/// come by then.
fn images(epochs: i64, root: &Path, at: &Path) -> Vec<(Step, PathBuf)> {
    let plans: Vec<EpochPlan> = (0..epochs).map(plan).collect();
    images_of(&plans, root, at)
}

/// The same of epochs with these plans.
fn images_of(plans: &[EpochPlan], root: &Path, at: &Path) -> Vec<(Step, PathBuf)> {
    let (mut sink, _) = open(root);
    let (ending, before) = plans.split_last().unwrap();
    let (ending, epochs) = (ending.clone(), ending.epoch + 1);
    for plan in before {
        write_epoch(&mut sink, plan).unwrap();
    }
    let taken = Arc::new(Mutex::new(Vec::new()));
    let (go, told) = std::sync::mpsc::sync_channel(1);
    let (source, target, list) = (root.to_owned(), at.to_owned(), Arc::clone(&taken));
    let Commits::Idle(committer) = &mut sink.commits else {
        panic!("all epochs are settled");
    };
    committer.steps.observer = Some(Box::new(move |step| {
        if step == Step::Staged {
            told.recv().unwrap();
        }
        let mut list = list.lock().unwrap();
        let image = target.join(list.len().to_string());
        copy_tree(&source, &image);
        list.push((step, image));
    }));
    let whole = batch(ending.epoch, vec![rows_of(&ending)], Some(ending));
    assert_eq!(sink.write(whole).unwrap(), None);
    sink.write(batch(epochs, vec![rows_of(&plan(epochs))], None))
        .unwrap();
    go.send(()).unwrap();
    assert_eq!(sink.settle().unwrap().unwrap().epoch, epochs - 1);
    drop(sink);
    Arc::try_unwrap(taken).unwrap().into_inner().unwrap()
}

fn a_kill_at_any_step_of_the_last_of(epochs: i64) {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let images = images(epochs, &whole, &folder.path().join("images"));
    // Staged, planned, and two steps for each of ten tables.
    assert_eq!(images.len(), 2 + 2 * TableId::ALL.len());
    let last = epochs - 1;
    let expected = contents(&whole);
    for (step, image) in images {
        let (mut sink, resume) = open(&image);
        // A plan binds from the first commit on: before that, nothing of it is visible.
        let binds = match step {
            Step::Staged | Step::Planned | Step::Moved(TableId::Documents) => false,
            Step::Moved(_) | Step::Committed(_) | Step::Removed(_) => true,
        };
        let is_done = step == Step::Committed(TableId::Sources);
        let next = if binds { epochs } else { last };
        assert_eq!(resume.next_epoch, next, "{step:?}");
        let completed = resume.completed.map(|completed| completed.epoch);
        assert_eq!(completed, (binds && !is_done).then_some(last), "{step:?}");
        if !binds {
            write_epoch(&mut sink, &plan(last)).unwrap();
        }
        drop(sink);
        assert_eq!(contents(&image), expected, "{step:?}");
        assert!(disk::list(&image.join("_cihe/staging")).unwrap().is_empty());
    }
}

#[test]
fn a_kill_in_the_first_epoch_loses_and_doubles_nothing() {
    a_kill_at_any_step_of_the_last_of(1);
}

#[test]
fn a_kill_in_a_later_epoch_loses_and_doubles_nothing() {
    a_kill_at_any_step_of_the_last_of(2);
}

#[test]
fn a_kill_while_a_first_file_without_rows_is_written_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let images = images(1, &whole, &folder.path().join("images"));
    let expected = contents(&whole);
    let plan = plans::get(&Layout::new(&whole), 0).unwrap().unwrap();
    let empty = TableId::ALL.into_iter();
    let empty: Vec<_> = empty.filter(|table| !plan.has_rows(table.name())).collect();
    assert!(empty.contains(&TableId::Rejects), "{empty:?}");
    for table in empty {
        let moved = images
            .iter()
            .position(|(step, _)| *step == Step::Moved(table));
        let (step, image) = &images[moved.unwrap() - 1];
        assert!(matches!(step, Step::Committed(_)), "{table}: {step:?}");
        // As a kill or a full disk leaves it, when other tables have the epoch already.
        fs::write(Layout::new(image).staged(table, 0), "").unwrap();
        let completed = open(image).1.completed.unwrap();
        assert_eq!(completed.epoch, 0, "{table}");
        assert_eq!(contents(image), expected, "{table}");
        assert!(disk::list(&image.join("_cihe/staging")).unwrap().is_empty());
    }
}

/// Epoch 2 has one of the two documents of epoch 0 anew, and epoch 3 the other.
fn plans_with_updates() -> Vec<EpochPlan> {
    let mut first = plan(0);
    first.parts.push(EpochPart {
        source: "t0.txt".into(),
        ..first.parts[0].clone()
    });
    let anew = |epoch: i64, source: &str| EpochPlan {
        parts: Vec::new(),
        supersedes: Some(Superseded {
            epoch: 0,
            others: Vec::new(),
            parts: vec![AnewPart {
                source: source.into(),
                size: 10,
                modified: Some(5),
                // Where the fixture says that its documents are.
                records: vec![(7, 8)],
                articles: 1,
            }],
            left_out: Vec::new(),
            vocabulary: "".into(),
        }),
        ..plan(epoch)
    };
    vec![first, plan(1), anew(2, "s0.txt"), anew(3, "t0.txt")]
}

fn a_kill_at_any_step_of_an_update(plans: &[EpochPlan], left: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let images = images_of(plans, &whole, &folder.path().join("images"));
    let expected = contents(&whole);
    let ids = left.iter().map(|source| fixture::tagged(source));
    let ids = ids.map(|tagged| tagged.segmented.document.id.to_string());
    assert_eq!(expected["documents"], ids.collect::<Vec<_>>());
    assert_eq!(expected["sources"], ["s0.txt", "t0.txt", "s1.txt"]);
    for table in [TableId::Documents, TableId::Tokens] {
        let gone = (Step::Removed(table), 1);
        let found = images.iter().filter(|(step, _)| *step == gone.0).count();
        assert_eq!(found, gone.1, "{table}: the former file is deleted");
    }
    let last = plans.last().unwrap();
    for (step, image) in images {
        let (mut sink, resume) = open(&image);
        if resume.next_epoch == last.epoch {
            assert_eq!(resume.completed, None, "{step:?}");
            write_epoch(&mut sink, last).unwrap();
        }
        drop(sink);
        assert_eq!(contents(&image), expected, "{step:?}");
        assert!(disk::list(&image.join("_cihe/staging")).unwrap().is_empty());
    }
}

#[test]
fn a_kill_while_some_documents_of_an_epoch_are_exchanged_loses_and_doubles_nothing() {
    let plans = plans_with_updates();
    a_kill_at_any_step_of_an_update(&plans[..3], &["t0.txt", "s1.txt", "s0.txt"]);
}

#[test]
fn a_kill_while_the_last_documents_of_an_epoch_are_exchanged_loses_and_doubles_nothing() {
    let plans = plans_with_updates();
    a_kill_at_any_step_of_an_update(&plans, &["s1.txt", "s0.txt", "t0.txt"]);
}

#[test]
fn a_kill_while_documents_of_two_epochs_are_exchanged_at_once_loses_and_doubles_nothing() {
    let mut plans = plans_with_updates();
    // One of the documents that epoch 0 read is in epoch 2 by now.
    let of_second = plans[2].supersedes.clone().unwrap().parts;
    let last = plans[3].supersedes.as_mut().unwrap();
    last.others = vec![2];
    last.parts.splice(0..0, of_second);
    a_kill_at_any_step_of_an_update(&plans, &["s1.txt", "s0.txt", "t0.txt"]);
}

#[test]
fn a_kill_before_the_commit_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    sink.write(batch(0, vec![rows_of(&plan(0))], None)).unwrap();
    drop(sink);
    assert!(
        !disk::list(&folder.path().join("_cihe/staging"))
            .unwrap()
            .is_empty()
    );
    let (_, resume) = open(folder.path());
    assert_eq!((resume.next_epoch, resume.completed), (0, None));
    assert!(
        disk::list(&folder.path().join("_cihe/staging"))
            .unwrap()
            .is_empty()
    );
}

/// An image in which some tables have epoch 1 and others do not.
fn half_committed(folder: &Path) -> PathBuf {
    images(2, &folder.join("whole"), &folder.join("images"))
        .into_iter()
        .find(|(step, _)| *step == Step::Committed(TableId::Tokens))
        .unwrap()
        .1
}

#[test]
fn what_a_half_committed_epoch_brought_is_told_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    let whole = folder.path().join("again");
    let (mut sink, _) = open(&whole);
    write_epoch(&mut sink, &plan(0)).unwrap();
    let expected = write_epoch(&mut sink, &plan(1)).unwrap();
    let completed = open(&image).1.completed.unwrap();
    assert_eq!(completed.rows, expected.rows);
}

#[test]
fn a_half_committed_epoch_that_has_lost_a_file_is_told_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    fs::remove_file(image.join("_cihe/staging/sources-00000001.parquet")).unwrap();
    let error = refusal(&image, &identity());
    assert!(
        matches!(&error, SinkError::Damaged { path, .. } if path.ends_with("sources/part-00000001.parquet")),
        "{error}"
    );
}

/// As an earlier version wrote it: the plan does not say which tables have rows.
fn without_tables(image: &Path, epoch: i64) {
    let path = Layout::new(image).plan(epoch);
    let mut plan: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    plan.as_object_mut().unwrap().remove("tables").unwrap();
    fs::write(path, plan.to_string()).unwrap();
}

#[test]
fn what_an_earlier_version_left_half_committed_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    let plan = Layout::new(&image).plan(1);
    let content = fs::read(&plan).unwrap();
    without_tables(&image, 1);
    // That version did not need its staged files to go on.
    let staged = Layout::new(&image).staged(TableId::Entities, 1);
    fs::rename(&staged, folder.path().join("entities")).unwrap();
    let error = refusal(&image, &identity());
    assert!(
        matches!(error, SinkError::EarlierVersion { epoch: 1, .. }),
        "{error}"
    );
    assert!(error.help().unwrap().contains("that version"), "{error}");
    // Nothing was touched: with all that it had the epoch still comes out whole.
    fs::write(plan, content).unwrap();
    fs::rename(folder.path().join("entities"), staged).unwrap();
    drop(open(&image));
    assert_eq!(contents(&image), contents(&folder.path().join("whole")));
}

#[test]
fn whole_epochs_of_an_earlier_version_are_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    write_epoch(&mut sink, &plan(0)).unwrap();
    drop(sink);
    without_tables(folder.path(), 0);
    let (_, resume) = open(folder.path());
    assert_eq!((resume.next_epoch, resume.completed), (1, None));
    assert!(resume.progress.of("s0.txt").is_some());
}

#[test]
fn a_half_committed_epoch_is_completed_where_another_program_has_written_its_file_anew() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    let (own, other) = ("part-00000001.parquet", "part-other.parquet");
    let documents = image.join("documents");
    fs::rename(documents.join(own), documents.join(other)).unwrap();
    for commit in disk::list(&documents.join("_delta_log")).unwrap() {
        let text = fs::read_to_string(&commit).unwrap();
        fs::write(commit, text.replace(own, other)).unwrap();
    }
    let completed = open(&image).1.completed.unwrap();
    assert_eq!(completed.epoch, 1);
    assert_eq!(contents(&image), contents(&folder.path().join("whole")));
}

#[test]
fn an_epoch_that_only_tells_of_sources_left_out_reads_no_earlier_rows() {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = open(folder.path());
    write_epoch(&mut sink, &plan(0)).unwrap();
    let tokens = &globbed(folder.path(), TableId::Tokens)[0];
    let rows = fs::read(tokens).unwrap();
    fs::write(tokens, "not to be read").unwrap();
    let mut telling = plans_with_updates().remove(2);
    telling.epoch = 1;
    let superseded = telling.supersedes.as_mut().unwrap();
    superseded.parts.clear();
    superseded.left_out.push("s0.txt".into());
    assert!(write_epoch(&mut sink, &telling).unwrap().is_update);
    drop(sink);
    fs::write(tokens, rows).unwrap();
    assert_eq!(contents(folder.path())["documents"].len(), 1);
    assert_eq!(open(folder.path()).1.next_epoch, 2);
}

#[test]
fn a_kill_while_an_epoch_is_completed_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    let staging = image.join("_cihe/staging");
    let file = |table: TableId| format!("{table}-00000001.parquet");
    // As a kill leaves it that comes when the next file has its name, and no commit names it.
    let next = staging.join(file(TableId::Entities));
    fs::rename(next, image.join("entities/part-00000001.parquet")).unwrap();
    drop(open(&image));
    assert_eq!(contents(&image), contents(&folder.path().join("whole")));
}

#[test]
fn another_pipeline_may_not_finish_a_half_committed_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let image = half_committed(folder.path());
    let other = Identity {
        fingerprint: "f2".into(),
        on_change: OnConfigChange::Continue,
        ..identity()
    };
    let error = refusal(&image, &other);
    assert!(
        matches!(error, SinkError::Unfinished { epoch: 1, .. }),
        "{error}"
    );
    // The former one still may.
    assert_eq!(open(&image).1.next_epoch, 2);
}

#[test]
fn another_pipeline_drops_a_plan_that_no_table_has_begun() {
    let folder = tempfile::tempdir().unwrap();
    let images = images(
        1,
        &folder.path().join("whole"),
        &folder.path().join("images"),
    );
    let (step, image) = &images[1];
    assert_eq!(*step, Step::Planned);
    let other = Identity {
        fingerprint: "f2".into(),
        on_change: OnConfigChange::Continue,
        ..identity()
    };
    let (_, resume) = Output::open(image, &other, &SinkOptions::default()).unwrap();
    assert_eq!((resume.next_epoch, resume.completed), (0, None));
}
