//! What the files look like inside.

use std::sync::Arc;

use arrow::compute::concat_batches;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, RowGroupMetaData};

use super::*;
use crate::table::{columns, schema};

fn metadata(path: &Path) -> Arc<ParquetMetaData> {
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
    let file = File::open(path).unwrap();
    Arc::clone(
        ArrowReaderMetadata::load(&file, options)
            .unwrap()
            .metadata(),
    )
}

/// One epoch of `documents` small documents, handed over in one batch.
fn written(root: &Path, documents: usize, options: &SinkOptions) -> EpochPlan {
    let part = plan(0).parts.remove(0);
    let parts = (0..documents).map(|number| EpochPart {
        source: format!("s{number}.txt").into(),
        ..part.clone()
    });
    let plan = EpochPlan {
        parts: parts.collect(),
        ..plan(0)
    };
    let (mut sink, _) = Output::open(root, &identity(), options).unwrap();
    write_epoch(&mut sink, &plan).unwrap();
    plan
}

#[test]
fn every_table_reads_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let plan = written(folder.path(), 5, &SinkOptions::default());
    let rows = rows_of(&plan).as_stored();
    for table in TableId::ALL {
        let files = globbed(folder.path(), table);
        let file = File::open(&files[0]).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        assert_eq!(builder.schema(), &schema(table), "{table}");
        let held = concat_batches(&schema(table), &read(&files[0])).unwrap();
        match rows.get(table) {
            Some(rows) => assert_eq!(&held, rows, "{table}"),
            None => assert_eq!(held.num_rows(), 0, "{table}"),
        }
    }
}

/// What is expected of a column in a file.
struct Expected {
    table: TableId,
    column: &'static str,
    encoding: Encoding,
    has_dictionary: bool,
    has_statistics: bool,
    has_page_index: bool,
}

const EXPECTED: [Expected; 6] = [
    Expected {
        table: TableId::Tokens,
        column: "doc_id",
        encoding: Encoding::RLE_DICTIONARY,
        has_dictionary: true,
        has_statistics: false,
        has_page_index: false,
    },
    Expected {
        table: TableId::Tokens,
        column: "byte_end",
        encoding: Encoding::DELTA_BINARY_PACKED,
        has_dictionary: false,
        has_statistics: false,
        has_page_index: false,
    },
    Expected {
        table: TableId::Tokens,
        column: "text",
        encoding: Encoding::RLE_DICTIONARY,
        has_dictionary: true,
        has_statistics: false,
        has_page_index: false,
    },
    Expected {
        table: TableId::Tokens,
        column: "pos",
        encoding: Encoding::RLE_DICTIONARY,
        has_dictionary: true,
        has_statistics: false,
        has_page_index: false,
    },
    Expected {
        table: TableId::Entities,
        column: "label",
        encoding: Encoding::RLE_DICTIONARY,
        has_dictionary: true,
        has_statistics: true,
        has_page_index: true,
    },
    Expected {
        table: TableId::Documents,
        column: "text",
        encoding: Encoding::PLAIN,
        has_dictionary: false,
        has_statistics: false,
        has_page_index: false,
    },
];

#[test]
fn columns_are_encoded_as_declared() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), 50, &SinkOptions::default());
    for expected in EXPECTED {
        let (table, column) = (expected.table, expected.column);
        let metadata = metadata(&globbed(folder.path(), table)[0]);
        let index = columns(table)
            .iter()
            .position(|held| held.name == column)
            .unwrap();
        let chunk = metadata.row_group(0).column(index);
        let encodings: Vec<_> = chunk.encodings().collect();
        assert!(
            encodings.contains(&expected.encoding),
            "{table}.{column}: {encodings:?}"
        );
        let has_dictionary = chunk.dictionary_page_offset().is_some();
        assert_eq!(has_dictionary, expected.has_dictionary, "{table}.{column}");
        let has_statistics = chunk.statistics().is_some();
        assert_eq!(has_statistics, expected.has_statistics, "{table}.{column}");
        let has_page_index = chunk.column_index_offset().is_some();
        assert_eq!(has_page_index, expected.has_page_index, "{table}.{column}");
        assert!(matches!(chunk.compression(), Compression::ZSTD(_)));
    }
    let metadata = metadata(&globbed(folder.path(), TableId::Tokens)[0]);
    let created_by = metadata.file_metadata().created_by().unwrap();
    assert!(created_by.starts_with("cihe "), "{created_by}");
}

#[test]
fn row_groups_are_bounded_in_rows() {
    let folder = tempfile::tempdir().unwrap();
    let options = SinkOptions {
        row_group_rows: 40,
        ..SinkOptions::default()
    };
    // Three tokens each.
    written(folder.path(), 50, &options);
    let metadata = metadata(&globbed(folder.path(), TableId::Tokens)[0]);
    let rows: Vec<_> = metadata
        .row_groups()
        .iter()
        .map(RowGroupMetaData::num_rows)
        .collect();
    assert_eq!(rows, [40, 40, 40, 30]);
}

#[test]
fn row_groups_are_bounded_in_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let options = SinkOptions {
        row_group_bytes: 1,
        row_group_rows: 100,
        ..SinkOptions::default()
    };
    written(folder.path(), 200, &options);
    // Each slice that is handed to the encoder is over the limit, so each is a row group of its own.
    let metadata = metadata(&globbed(folder.path(), TableId::Tokens)[0]);
    assert_eq!(metadata.num_row_groups(), 6);
}
