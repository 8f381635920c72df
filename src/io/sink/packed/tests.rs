//! What the library's reader finds in a packed file is what was written, whatever the numbers, and what it finds in a file of the library's writer.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::compute::{cast, concat_batches};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use proptest::prelude::*;

use super::{PackedFile, packs};
use crate::table::{self, TableId};

fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new("word", DataType::Utf8, false),
        Field::new("maybe", DataType::Utf8, true),
        Field::new("narrow", DataType::Int32, false),
        Field::new("wide", DataType::Int64, false),
        Field::new("text", DataType::Utf8, false),
        Field::new("seldom", DataType::Utf8, true),
        Field::new("even", DataType::Boolean, true),
    ]))
}

/// Strings as builders give them.
fn words(values: &[Option<String>]) -> ArrayRef {
    let strings: StringArray = values.iter().map(Option::as_deref).collect();
    let r#type = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    cast(&strings, &r#type).unwrap()
}

type Row = (String, Option<String>, i32, i64);

fn packed(rows: &[Row]) -> RecordBatch {
    let word: Vec<_> = rows.iter().map(|row| Some(row.0.clone())).collect();
    let maybe: Vec<_> = rows.iter().map(|row| row.1.clone()).collect();
    let columns = [
        ("word", words(&word)),
        ("maybe", words(&maybe)),
        (
            "narrow",
            Arc::new(rows.iter().map(|row| row.2).collect::<Int32Array>()) as ArrayRef,
        ),
        (
            "wide",
            Arc::new(rows.iter().map(|row| row.3).collect::<Int64Array>()),
        ),
        (
            "text",
            Arc::new(rows.iter().map(|row| Some(&row.0)).collect::<StringArray>()),
        ),
        (
            "seldom",
            Arc::new(
                rows.iter()
                    .map(|row| row.1.as_ref())
                    .collect::<StringArray>(),
            ),
        ),
        (
            "even",
            Arc::new(
                rows.iter()
                    .map(|row| row.1.is_some().then_some(row.2 % 2 == 0))
                    .collect::<BooleanArray>(),
            ),
        ),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn plain(rows: &RecordBatch) -> RecordBatch {
    let schema = schema();
    let columns = rows.columns().iter().zip(schema.fields());
    let columns = columns.map(|(column, field)| cast(column, field.data_type()).unwrap());
    RecordBatch::try_new(Arc::clone(&schema), columns.collect()).unwrap()
}

/// The footer of a file, and all its rows.
fn read(path: &Path) -> (Arc<ParquetMetaData>, RecordBatch) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let footer = Arc::clone(reader.metadata());
    let rows: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    (footer, concat_batches(&schema(), &rows).unwrap())
}

/// Fails unless two footers say the same of what readers go by. Encodings are free: the library turns to others where a dictionary grows.
fn assert_alike(ours: &ParquetMetaData, theirs: &ParquetMetaData) {
    let said = |footer: &ParquetMetaData| {
        let file = footer.file_metadata();
        (
            file.version(),
            file.num_rows(),
            file.key_value_metadata().cloned(),
        )
    };
    assert_eq!(said(ours), said(theirs));
    assert_eq!(
        ours.file_metadata().schema_descr(),
        theirs.file_metadata().schema_descr()
    );
    assert_eq!(ours.num_row_groups(), theirs.num_row_groups());
    for (ours, theirs) in ours.row_groups().iter().zip(theirs.row_groups()) {
        assert_eq!(ours.num_rows(), theirs.num_rows());
        for (ours, theirs) in ours.columns().iter().zip(theirs.columns()) {
            assert_eq!(ours.column_descr(), theirs.column_descr());
            assert_eq!(ours.compression(), theirs.compression());
            assert_eq!(ours.num_values(), theirs.num_values());
            assert_eq!(ours.statistics(), theirs.statistics());
        }
    }
}

/// The properties of files of rows: no ranges are said of any column.
fn properties(builder: WriterPropertiesBuilder, level: i32) -> WriterProperties {
    builder
        .set_statistics_enabled(EnabledStatistics::None)
        .set_column_encoding("narrow".into(), Encoding::DELTA_BINARY_PACKED)
        .set_column_dictionary_enabled("text".into(), false)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(level).unwrap()))
        .build()
}

/// A file of these properties; all columns but the last are packed.
fn begin(path: &Path, properties: WriterProperties) -> PackedFile {
    let file = File::create(path).unwrap();
    PackedFile::new(file, schema(), properties, |column| column < 6).unwrap()
}

/// Writes batches into row groups of `group` rows, as the library does, too, and reads both.
fn round(batches: &[Vec<Row>], group: usize) {
    round_at(1, batches, group);
}

/// The same at a level of compression. Returns how large the files are, this one and the library's.
fn round_at(level: i32, batches: &[Vec<Row>], group: usize) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    let [path, theirs] = ["packed.parquet", "plain.parquet"].map(|name| folder.path().join(name));
    let builder = WriterProperties::builder().set_max_row_group_row_count(Some(group));
    let properties = properties(builder, level);
    let mut file = begin(&path, properties.clone());
    let batches: Vec<RecordBatch> = batches.iter().map(|rows| packed(rows)).collect();
    for batch in &batches {
        file.write(batch).unwrap();
    }
    file.finish().unwrap();
    let plain: Vec<RecordBatch> = batches.iter().map(plain).collect();
    let mut library =
        ArrowWriter::try_new(File::create(&theirs).unwrap(), schema(), Some(properties)).unwrap();
    for batch in &plain {
        library.write(batch).unwrap();
    }
    library.close().unwrap();

    let (footer, rows) = read(&path);
    let (their_footer, their_rows) = read(&theirs);
    assert_eq!(rows, concat_batches(&schema(), &plain).unwrap());
    assert_eq!(rows, their_rows);
    assert_alike(&footer, &their_footer);
    assert_eq!(footer.num_row_groups(), rows.num_rows().div_ceil(group));
    let size = |path: &Path| path.metadata().unwrap().len();
    (size(&path), size(&theirs))
}

/// Copies of a text are what makes files small, at any level.
#[test]
fn copies_are_found_at_every_level() {
    let row = |number: u32| {
        let scattered = number.wrapping_mul(0x9E37_79B9);
        let step = i64::from(scattered >> 29) + 1;
        let word = format!("{}", scattered >> 22);
        (word, None, i32::try_from(scattered >> 26).unwrap(), step)
    };
    let batch: Vec<Row> = (0..2000).map(row).collect();
    let batches = vec![batch; 40];
    for level in [1, 2, 9] {
        let (ours, theirs) = round_at(level, &batches, 1 << 20);
        assert!(
            ours * 10 < theirs * 13,
            "{level}: {ours}, the library's {theirs}"
        );
    }
}

fn row() -> impl Strategy<Value = Row> {
    let word = || prop_oneof![Just("的".to_owned()), "[一-三]{0,3}", "\\PC{0,20}"];
    let narrow = prop_oneof![0..100_i32, any::<i32>(), Just(i32::MIN), Just(i32::MAX)];
    let wide = prop_oneof![0..100_i64, any::<i64>(), Just(i64::MIN), Just(i64::MAX)];
    (word(), prop::option::of(word()), narrow, wide)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_come_back_as_they_were(
        batches in prop::collection::vec(prop::collection::vec(row(), 0..200), 1..4),
        group in 1_usize..500,
    ) {
        round(&batches, group);
    }
}

/// The row groups of a file of `batch`, handed over in slices, of `bytes` at most: their rows, and bytes of the words.
fn groups(batch: &RecordBatch, slice: usize, bytes: usize) -> Vec<(i64, i64)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("packed.parquet");
    let builder = WriterProperties::builder().set_max_row_group_bytes(Some(bytes));
    let mut file = begin(&path, properties(builder, 1));
    for at in (0..batch.num_rows()).step_by(slice) {
        file.write(&batch.slice(at, slice.min(batch.num_rows() - at)))
            .unwrap();
    }
    file.finish().unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
    let groups = reader.metadata().row_groups().iter();
    groups
        .map(|group| (group.num_rows(), group.column(0).uncompressed_size()))
        .collect()
}

#[test]
fn later_row_groups_are_as_large_as_the_first_and_hold_their_own_words_alone() {
    let rows: Vec<Row> = (0..300_000)
        .map(|at| (format!("{at:06}"), None, at, i64::from(at)))
        .collect();
    let found = groups(&packed(&rows), 5_000, 1 << 20);
    assert!(found.len() > 3, "{found:?}");
    let first = found[0];
    for (rows, words) in &found[..found.len() - 1] {
        // Larger numbers take more bits: a slice less.
        assert!((first.0 - 5_000..=first.0).contains(rows), "{found:?}");
        // Ten bytes a word in the dictionary, two of its number, and the heads of pages.
        assert!(*words < rows * 13, "{found:?}");
    }
}

#[test]
fn long_runs_and_many_pages_come_back() {
    let rows: Vec<Row> = (0..150_000)
        .map(|number| {
            let word = format!("词{}", number / 40 % 5_000);
            let maybe = (number % 70_000 > 66_000).then(|| word.clone());
            (word, maybe, number % 1_000, i64::from(number) * 3)
        })
        .collect();
    round(&[rows.clone(), rows], 140_000);
}

#[test]
fn a_row_group_that_has_ended_holds_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("packed.parquet");
    let mut file = begin(&path, properties(WriterProperties::builder(), 1));
    // The last of them fills a page of texts to the brim, so that none is open.
    let mut rows: Vec<Row> = (0..5_000)
        .map(|at| (format!("{at}"), None, at, 0))
        .collect();
    rows.push(("河".repeat(200_000), None, 0, 0));
    file.write(&packed(&rows)).unwrap();
    assert!(file.memory() > 100_000);
    file.flush().unwrap();
    assert!(file.memory() < 1_000, "{}", file.memory());
}

#[test]
fn texts_larger_than_a_page_come_back() {
    let rows: Vec<Row> = (0..40)
        .map(|number| {
            let text = "河水涨了".repeat(if number % 9 == 0 { 40_000 } else { number });
            (text, None, 0, 0)
        })
        .collect();
    round(&[rows.clone(), rows], 50);
}

#[test]
fn words_offsets_and_texts_are_packed() {
    let packed = |table| {
        let columns = table::columns(table).iter();
        let packed = columns.filter(|column| packs(column));
        packed.map(|column| column.name).collect::<Vec<_>>()
    };
    assert_eq!(
        packed(TableId::Tokens).len(),
        table::columns(TableId::Tokens).len()
    );
    assert_eq!(packed(TableId::Documents), ["text", "content_sha256"]);
    assert!(packed(TableId::Sentences).contains(&"text"));
}
