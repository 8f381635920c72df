//! `cihe verify` against tables that someone has changed.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, StringArray, StructArray};
use arrow::datatypes::{DataType, Int32Type};
use cihe::table::TableId;
use parquet::arrow::ArrowWriter;

use crate::tables::{batches, globbed};
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

const REPORT: &str =
    "临澜市今年要打造三个高地：临港产业高地、海洋科技高地、滨海文旅高地。市民对此很是期待。\n";

/// Writes a table's only file anew, with another column in the place of one.
fn exchange(out: &Path, table: TableId, column: &str, change: impl Fn(&dyn Array) -> ArrayRef) {
    let rows = batches(out, table);
    let [file] = globbed(out, table).try_into().expect("one epoch");
    let file = File::create(file).expect("a file of ours can be written");
    let mut writer = ArrowWriter::try_new(file, rows[0].schema(), None).expect("a sound schema");
    for batch in rows {
        let at = batch.schema().index_of(column).expect("there is one");
        let mut columns = batch.columns().to_vec();
        columns[at] = change(&columns[at]);
        let batch = arrow::array::RecordBatch::try_new(batch.schema(), columns);
        let batch = batch.expect("a column of the same type");
        writer.write(&batch).expect("rows of the schema");
    }
    writer.close().expect("a file of ours can be written");
}

/// Writes a table's only file anew, without one of its columns.
fn take_away(out: &Path, table: TableId, column: &str) {
    let rows = batches(out, table);
    let [file] = globbed(out, table).try_into().expect("one epoch");
    let schema = rows[0].schema();
    let kept: Vec<usize> = (0..schema.fields().len())
        .filter(|at| schema.field(*at).name() != column)
        .collect();
    let schema = Arc::new(schema.project(&kept).expect("columns that are there"));
    let file = File::create(file).expect("a file of ours can be written");
    let mut writer = ArrowWriter::try_new(file, schema, None).expect("a sound schema");
    for batch in rows {
        let batch = batch.project(&kept).expect("columns that are there");
        writer.write(&batch).expect("rows of the schema");
    }
    writer.close().expect("a file of ours can be written");
}

#[track_caller]
fn assert_said(out: &Path, said: &str) {
    let run = outcome(cihe().arg("verify").arg(out), LIMIT);
    run.expect_code(exit::REJECTS).expect_no_panic();
    assert!(run.stdout.contains(said), "no `{said}` in:\n{}", run.stdout);
}

/// The output of a report and a copy of it, which verifies.
fn output(home: &Path) -> std::path::PathBuf {
    let (input, out) = (home.join("in"), home.join("out"));
    for name in ["a.txt", "b.txt"] {
        write(&input.join(name), REPORT);
    }
    outcome(&mut cihe_run(&input, &out), LIMIT).expect_code(exit::CLEAN);
    let run = outcome(cihe().arg("verify").arg(&out), LIMIT);
    run.expect_code(exit::CLEAN);
    for (check, count) in [
        ("copies name the first", 1),
        ("members lead to the text", 6),
    ] {
        let mut lines = run.stdout.lines().filter(|line| line.contains(check));
        let line = lines.next().expect("the check is told");
        assert!(line.ends_with(&format!(" {count}")), "{line}");
    }
    out
}

#[test]
fn verify_notices_a_copy_of_nothing_of_itself_and_of_a_copy() {
    let home = folder();
    let out = output(home.path());
    let ids = crate::tables::strings(&out, TableId::Documents, "doc_id");
    let named = |first: Option<&str>, second: Option<&str>| {
        exchange(&out, TableId::Documents, "duplicate_of", |_| {
            Arc::new(StringArray::from(vec![first, second]))
        });
    };
    let [first, second] = [0, 1].map(|row| ids[row].as_deref());
    named(None, Some("0123456789abcdef0123456789abcdef"));
    assert_said(&out, "is a copy of a document that is not there");
    named(None, second);
    assert_said(&out, "is a copy of itself");
    named(second, first);
    assert_said(&out, "is a copy of a copy");
}

#[test]
fn a_column_that_is_not_there_is_no_check_that_holds() {
    for (table, column, check) in [
        (
            TableId::Documents,
            "minhash",
            "ids, hashes and counts agree",
        ),
        (TableId::Enumerations, "members", "members lead to the text"),
    ] {
        let home = folder();
        let out = output(home.path());
        take_away(&out, table, column);
        let run = outcome(cihe().arg("verify").arg(&out), LIMIT);
        run.expect_code(exit::REJECTS).expect_no_panic();
        let told = format!("{check}\n  a column is not there");
        assert!(run.stdout.contains(&told), "{check}:\n{}", run.stdout);
    }
}

/// Exchanges one field of all members for another.
fn exchange_members(out: &Path, name: &str, change: impl Fn(&ArrayRef) -> ArrayRef) {
    exchange(out, TableId::Enumerations, "members", |lists| {
        let lists = lists.as_list::<i32>();
        let members = lists.values().as_struct();
        let fields = members.fields().clone();
        let columns = fields.iter().zip(members.columns());
        let columns = columns.map(|(field, column)| {
            if field.name() == name {
                change(column)
            } else {
                Arc::clone(column)
            }
        });
        let members = StructArray::new(fields.clone(), columns.collect(), None);
        let DataType::List(field) = lists.data_type() else {
            panic!("members are a list");
        };
        let (field, offsets) = (Arc::clone(field), lists.offsets().clone());
        let nulls = lists.nulls().cloned();
        Arc::new(ListArray::new(field, offsets, Arc::new(members), nulls))
    });
}

#[test]
fn verify_notices_members_that_are_not_where_they_should_be() {
    let home = folder();
    let out = output(home.path());
    exchange_members(&out, "char_start", |places| {
        let places = places.as_primitive::<Int32Type>();
        Arc::new(places.unary::<_, Int32Type>(|place| place + 1))
    });
    assert_said(&out, "says \"临港产业高地\", there stands \"港产业高地\"");
}

#[test]
fn verify_notices_members_that_share_what_the_text_has_not() {
    let home = folder();
    let out = output(home.path());
    exchange_members(&out, "text", |texts| {
        let longer = texts.as_string::<i32>().iter();
        let longer = longer.map(|text| text.map(|text| format!("{text}联盟")));
        Arc::new(longer.collect::<StringArray>())
    });
    assert_said(
        &out,
        "says \"海洋科技高地联盟\", there stands \"海洋科技高地\"",
    );
}
