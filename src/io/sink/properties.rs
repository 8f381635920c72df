//! How a table's files are encoded: what its columns' declarations mean in Parquet.
//!
//! Format version 1.0 pages with explicit encodings: every reader of today takes them, and nothing is left to a fallback
//! that another version of the library may choose differently. Readers need no type of ours.
//!
//! | declared | in the file |
//! |---|---|
//! | `Dictionary` | `RLE_DICTIONARY`; of columns that the library encodes plain where the dictionary outgrows its page |
//! | `Delta` | `DELTA_BINARY_PACKED`, no dictionary |
//! | `Plain` | `PLAIN`, no dictionary |
//! | `Range::Page` | min and max per row group and page (column index) |
//! | `Range::Chunk` | per row group |
//! | `Range::Unknown` | none |

use parquet::arrow::ArrowSchemaConverter;
use parquet::basic::{Compression, Encoding, Type, ZstdLevel};
use parquet::errors::Result;
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::schema::types::ColumnDescriptor;

use super::SinkOptions;
use super::identity::created_by;
use crate::table::{self, Column, Layout, Range, TableId};

/// Words of a row group fit: some hundred thousand distinct ones.
const DICTIONARY_BYTES: usize = 2 << 20;

/// The properties of a table's files.
pub(super) fn properties(table: TableId, options: &SinkOptions) -> Result<WriterProperties> {
    let descriptor = ArrowSchemaConverter::new().convert(&table::schema(table))?;
    let level = ZstdLevel::try_new(options.compression_level)?;
    let mut builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(created_by())
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(options.row_group_rows.max(1)))
        .set_max_row_group_bytes(Some(options.row_group_bytes.max(1)))
        .set_dictionary_page_size_limit(DICTIONARY_BYTES);
    for leaf in descriptor.columns() {
        let declared = table::columns(table).iter().find(|column| {
            leaf.path()
                .parts()
                .first()
                .is_some_and(|name| name == column.name)
        });
        if let Some(column) = declared {
            builder = with_column(builder, leaf, column);
        }
    }
    Ok(builder.build())
}

fn with_column(
    builder: WriterPropertiesBuilder,
    leaf: &ColumnDescriptor,
    column: &Column,
) -> WriterPropertiesBuilder {
    let path = leaf.path().clone();
    let is_integer = matches!(leaf.physical_type(), Type::INT32 | Type::INT64);
    let encoding = match column.layout {
        Layout::Delta if is_integer => Encoding::DELTA_BINARY_PACKED,
        _ => Encoding::PLAIN,
    };
    let statistics = match column.range {
        Range::Unknown => EnabledStatistics::None,
        Range::Chunk => EnabledStatistics::Chunk,
        Range::Page => EnabledStatistics::Page,
    };
    builder
        .set_column_dictionary_enabled(path.clone(), column.layout == Layout::Dictionary)
        .set_column_encoding(path.clone(), encoding)
        .set_column_statistics_enabled(path, statistics)
}
