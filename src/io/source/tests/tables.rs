//! CSV and Parquet: columns by name.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int64Array,
    LargeStringArray, ListArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{Int32Type, Int64Type};
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;

use super::Folder;
use crate::record::{RejectCode, SourceStatus};

#[test]
fn csv_columns_are_taken_by_name_and_quotes_hold_commas_and_line_ends() {
    let folder = Folder::new();
    folder.put(
        "a.csv",
        "\u{FEFF}id,title,text,published\r\n7,题,\"春,\"\"汛\"\"\n第二行\",2020-01-02\r\n\r\n8,,秋,\r\n",
    );
    let outcome = folder.read("a.csv");
    assert_eq!(outcome.show(), ["0 春,\"汛\"\n第二行", "1 秋"]);
    let fields = &outcome.record(0).fields;
    assert_eq!(fields.title.as_deref(), Some("题"));
    assert_eq!(fields.published, NaiveDate::from_ymd_opt(2020, 1, 2));
    assert_eq!(fields.meta.as_deref(), Some(r#"{"id":"7"}"#));
    let fields = &outcome.record(1).fields;
    assert_eq!((fields.title.as_ref(), fields.published), (None, None));
}

#[test]
fn csv_rows_that_do_not_fit_the_header_are_malformed_one_by_one() {
    let folder = Folder::new();
    folder.put("a.csv", b"id,text\n1,a\n2\n3,b,c,d\n4,\xD6\xD0\n5,e\n");
    let outcome = folder.read("a.csv");
    let shown = [
        "0 a",
        "1 ! malformed",
        "2 ! malformed",
        "3 ! malformed",
        "4 e",
    ];
    assert_eq!(outcome.show(), shown);
    let message = "row 2 below the header has 1 fields, the header 2";
    assert_eq!(outcome.reject(1).message, message);
    assert_eq!(outcome.reject(1).bytes, Some(12..14));
    assert!(
        outcome
            .reject(3)
            .message
            .contains("convert the file to UTF-8")
    );
}

#[test]
fn a_csv_row_over_the_limit_is_one_reject_and_the_next_row_is_read() {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 1_000;
    let long = "x".repeat(200_000);
    folder.put(
        "a.csv",
        format!("text\na\n\"{long}\"\n{}\nb\n", "y".repeat(1_001)),
    );
    let outcome = folder.read("a.csv");
    assert_eq!(
        outcome.show(),
        ["0 a", "1 ! too-large", "2 ! too-large", "3 b"]
    );
    assert_eq!(outcome.reject(1).bytes, Some(7..7 + 200_003));
}

#[test]
fn a_table_without_a_text_column_is_one_reject_that_names_the_columns() {
    let folder = Folder::new();
    folder.put("a.csv", "id,body\n1,a\n2,b\n");
    let outcome = folder.read("a.csv");
    assert_eq!(outcome.show(), ["0 ! no-text"]);
    assert!(outcome.reject(0).message.contains("`id`, `body`"));
    assert_eq!(outcome.end.status, SourceStatus::Rejected);
    folder.put("b.csv", "");
    assert!(folder.read("b.csv").items.is_empty());
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_text_is_read_from_every_kind_of_string() {
    let folder = Folder::new();
    let texts = ["春汛", "秋收，长过十二个字节的文字"];
    let kinds: [ArrayRef; 4] = [
        Arc::new(StringArray::from(texts.to_vec())),
        Arc::new(LargeStringArray::from(texts.to_vec())),
        Arc::new(StringViewArray::from(texts.to_vec())),
        Arc::new(texts.into_iter().collect::<DictionaryArray<Int32Type>>()),
    ];
    for kind in kinds {
        let name = format!("{:?}", kind.data_type());
        folder.put("a.parquet", parquet(vec![("content", kind)]));
        let outcome = folder.read("a.parquet");
        assert_eq!(
            outcome.show(),
            [format!("0 {}", texts[0]), format!("1 {}", texts[1])],
            "{name}"
        );
    }
}

#[test]
fn parquet_columns_beside_the_text_become_fields_and_json() {
    let folder = Folder::new();
    let day = Date32Array::from(vec![18_263]); // 2020-01-02
    let tags = ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1), None])]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![i64::MAX]))),
        ("text", Arc::new(StringArray::from(vec!["春汛"]))),
        ("published", Arc::new(day)),
        ("ratio", Arc::new(Float64Array::from(vec![f64::NAN]))),
        ("good", Arc::new(BooleanArray::from(vec![true]))),
        ("none", Arc::new(StringArray::from(vec![None::<&str>]))),
        (
            "seen",
            Arc::new(TimestampMicrosecondArray::from(vec![1_000_000])),
        ),
        ("tags", Arc::new(tags)),
    ];
    folder.put("a.parquet", parquet(columns));
    let outcome = folder.read("a.parquet");
    let fields = &outcome.record(0).fields;
    assert_eq!(fields.published, NaiveDate::from_ymd_opt(2020, 1, 2));
    let meta = r#"{"id":9223372036854775807,"ratio":"NaN","good":true,"seen":"1970-01-01T00:00:01","tags":[1,null]}"#;
    assert_eq!(fields.meta.as_deref(), Some(meta));
}

#[test]
fn parquet_rows_without_text_and_over_the_limit_are_rejects_of_their_own() {
    let mut folder = Folder::new();
    folder.options.max_record_bytes = 10;
    let texts = StringArray::from(vec![Some("a"), None, Some("0123456789x"), Some("b")]);
    folder.put("a.parquet", parquet(vec![("text", Arc::new(texts))]));
    let outcome = folder.read("a.parquet");
    assert_eq!(
        outcome.show(),
        ["0 a", "1 ! no-text", "2 ! too-large", "3 b"]
    );
}

#[test]
fn many_parquet_rows_keep_their_numbers_across_batches_and_skips() {
    let folder = Folder::new();
    let texts: Vec<String> = (0..1_000).map(|row| row.to_string()).collect();
    folder.put(
        "a.parquet",
        parquet(vec![("text", Arc::new(StringArray::from(texts)))]),
    );
    let mut reader = folder.file("a.parquet").open(&folder.options).unwrap();
    for number in [0, 1, 300, 301, 999] {
        reader.skip_to(number);
        let record = reader.next().unwrap().unwrap();
        assert_eq!(record.place.record, number);
        assert_eq!(record.body.as_bytes(), number.to_string().as_bytes());
    }
    assert!(reader.next().is_none());
}

#[test]
fn a_parquet_file_cut_or_scribbled_over_is_damaged() {
    let folder = Folder::new();
    let texts: Vec<String> = (0..100).map(|row| format!("正文{row}")).collect();
    let bytes = parquet(vec![("text", Arc::new(StringArray::from(texts)))]);
    for cut in [0, 3, 8, bytes.len() / 2, bytes.len() - 1] {
        folder.put("a.parquet", bytes.get(..cut).unwrap());
        let outcome = folder.read("a.parquet");
        assert_eq!(outcome.codes(), [RejectCode::Damaged], "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        folder.put("a.parquet", bytes);
        let outcome = folder.read("a.parquet");
        let known = [RejectCode::Damaged, RejectCode::NoText, RejectCode::Bomb];
        assert!(
            outcome.codes().iter().all(|code| known.contains(code)),
            "at {at}"
        );
    }
}
