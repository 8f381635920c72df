//! The builders against the schemas, on a document small enough to count by hand.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};

use super::fixture::tagged;
use super::*;
use crate::record::{EpochPart, Hop, Place, Reject, RejectCode, SourceStatus};

fn all_rows() -> TableBatch {
    let mut rows = Rows::new(&TableId::ALL);
    rows.append(&tagged("news/甲.txt"), 3);
    rows.finish().as_stored()
}

#[test]
fn every_table_of_documents_has_its_rows_and_its_schema() {
    let batch = all_rows();
    let counts: Vec<_> = batch
        .iter()
        .map(|(table, rows)| {
            assert_eq!(rows.schema(), schema(table));
            (table.name(), rows.num_rows())
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("documents", 1),
            ("sentences", 1),
            ("tokens", 3),
            ("entities", 2),
            ("enumerations", 1),
            ("quotes", 1),
            ("edits", 1),
        ]
    );
}

#[test]
fn tokens_carry_text_simplified_form_and_both_places() {
    let batch = all_rows();
    let tokens = batch.get(TableId::Tokens).unwrap();
    let text = tokens["text"].as_string::<i32>();
    assert_eq!(
        text.iter().flatten().collect::<Vec<_>>(),
        ["河鎮", "二號", "橋"]
    );
    let normal = tokens["normal"].as_string::<i32>();
    assert_eq!(
        normal.iter().flatten().collect::<Vec<_>>(),
        ["河镇", "二号", "桥"]
    );
    let ints = |name: &str| tokens[name].as_primitive::<Int32Type>().values().to_vec();
    assert_eq!(ints("token"), [0, 1, 2]);
    assert_eq!(ints("char_start"), [0, 2, 4]);
    assert_eq!(ints("char_end"), [2, 4, 5]);
    let longs = |name: &str| tokens[name].as_primitive::<Int64Type>().values().to_vec();
    // Two bytes a character in the source.
    assert_eq!(longs("byte_start"), [0, 4, 8]);
    assert_eq!(longs("byte_end"), [4, 8, 10]);
    let id = tagged("news/甲.txt").segmented.document.id.to_string();
    assert!(
        tokens["doc_id"]
            .as_string::<i32>()
            .iter()
            .all(|held| held == Some(&id))
    );
}

#[test]
fn values_titles_and_members_stand_where_they_belong() {
    let batch = all_rows();
    let entities = batch.get(TableId::Entities).unwrap();
    let value = entities["value"].as_primitive::<Float64Type>();
    assert!(value.is_null(0));
    assert!((value.value(1) - 2.0).abs() < f64::EPSILON);
    let titles = entities["titles"].as_list::<i32>();
    assert!(titles.is_null(0));
    assert_eq!(titles.value(1).as_string::<i32>().value(1), "工程师");
    let enumerations = batch.get(TableId::Enumerations).unwrap();
    let members = enumerations["members"].as_list::<i32>().value(0);
    let starts = members.as_struct()["char_start"]
        .as_primitive::<Int32Type>()
        .values()
        .to_vec();
    assert_eq!(starts, [4]);
}

#[test]
fn days_count_from_1970() {
    let batch = all_rows();
    let documents = batch.get(TableId::Documents).unwrap();
    assert_eq!(
        documents["published"].as_primitive::<Date32Type>().value(0),
        1
    );
    assert_eq!(documents["epoch"].as_primitive::<Int64Type>().value(0), 3);
}

#[test]
fn a_table_that_is_not_wanted_has_no_rows() {
    let mut rows = Rows::new(&[TableId::Documents, TableId::Tokens]);
    rows.append(&tagged("news/甲.txt"), 0);
    let tables: Vec<_> = rows.finish().iter().map(|(table, _)| table).collect();
    assert_eq!(tables, [TableId::Documents, TableId::Tokens]);
}

#[test]
fn builders_begin_anew_after_each_batch() {
    let mut rows = Rows::new(&TableId::ALL);
    rows.append(&tagged("news/甲.txt"), 0);
    let first = rows.finish();
    assert!(rows.finish().iter().next().is_none());
    rows.append(&tagged("news/甲.txt"), 0);
    for ((_, again), (_, before)) in rows.finish().iter().zip(first.iter()) {
        assert_eq!(again, before);
    }
}

#[test]
fn a_source_has_a_row_once_it_ended() {
    let part = |status, sha256: Option<&str>| EpochPart {
        source: "a.txt".into(),
        size: 12,
        modified: Some(1_000_000),
        first: 0,
        end: 1,
        status,
        sha256: sha256.map(str::to_owned),
        documents: 1,
    };
    let mut rows = SourceRows::default();
    rows.append(&part(None, None), 0);
    rows.append(&part(Some(SourceStatus::Done), Some("ab")), 1);
    rows.append(&part(Some(SourceStatus::Rejected), None), 2);
    let rows = rows.finish();
    assert_eq!(rows.schema(), schema(TableId::Sources));
    let status = rows["status"].as_string::<i32>();
    assert_eq!(
        status.iter().flatten().collect::<Vec<_>>(),
        ["done", "rejected"]
    );
    assert_eq!(rows["sha256"].as_string::<i32>().value(1), "");
}

#[test]
fn a_reject_keeps_its_place_and_its_bytes() {
    let reject = Reject::new(
        Place::new("b.gz", 4),
        Hop::Source,
        RejectCode::Truncated,
        "ends early",
    )
    .at(10..20)
    .with_raw(b"\xff\x00");
    let mut rows = RejectRows::default();
    rows.append(&reject, 5);
    let rows = rows.finish();
    assert_eq!(rows.schema(), schema(TableId::Rejects));
    assert_eq!(rows["byte_end"].as_primitive::<Int64Type>().value(0), 20);
    assert_eq!(rows["raw"].as_binary::<i32>().value(0), b"\xff\x00");
    assert_eq!(rows["code"].as_string::<i32>().value(0), "truncated");
}

#[test]
fn no_column_has_a_type_that_delta_lacks() {
    fn is_known(r#type: &DataType) -> bool {
        match r#type {
            DataType::List(element) => element.name() == "element" && is_known(element.data_type()),
            DataType::Struct(fields) => fields.iter().all(|field| is_known(field.data_type())),
            DataType::Timestamp(unit, zone) => {
                *unit == arrow::datatypes::TimeUnit::Microsecond && zone.as_deref() == Some("UTC")
            }
            other => {
                matches!(other, DataType::Utf8 | DataType::Boolean | DataType::Binary)
                    || other.is_signed_integer()
                    || matches!(
                        other,
                        DataType::Float32 | DataType::Float64 | DataType::Date32
                    )
            }
        }
    }
    for table in TableId::ALL {
        for field in schema(table).fields() {
            assert!(is_known(field.data_type()), "{table}.{}", field.name());
        }
        assert_eq!(
            schema(table).metadata()["cihe.schema-version"],
            SCHEMA_VERSION
        );
    }
}
