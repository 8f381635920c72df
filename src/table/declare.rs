//! Declares a table's columns once: `columns!` makes both the list that schemas, files and contracts are made from and
//! the builders that rows are appended to, so that the two can't disagree.

use arrow::array::{
    ArrayBuilder, ArrayRef, BinaryBuilder, BooleanBuilder, Date32Builder, Float32Builder,
    Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder,
    TimestampMicrosecondBuilder,
};
use arrow::datatypes::{Int32Type, Int64Type};
use chrono::{Datelike, NaiveDate};

use super::column::{ColumnType, element_field, member_fields};
use super::words::{NumbersBuilder, WordsBuilder};
use crate::text::{SourceOffset, Span};

/// A builder whose rows become an array.
pub(super) trait Finish {
    /// The rows so far; begins anew.
    fn finish(&mut self) -> ArrayRef;
}

impl<B: ArrayBuilder> Finish for B {
    fn finish(&mut self) -> ArrayRef {
        ArrayBuilder::finish(self)
    }
}

/// The builder of a column of texts.
#[derive(Debug, Default)]
pub(super) struct TextBuilder(StringBuilder);

impl TextBuilder {
    /// Makes room for the rows of a batch, of which there are none yet, and for their bytes.
    pub(super) fn reserve(&mut self, rows: usize, bytes: usize) {
        if self.0.is_empty() {
            self.0 = StringBuilder::with_capacity(rows, bytes);
        }
    }
}

impl std::ops::Deref for TextBuilder {
    type Target = StringBuilder;
    fn deref(&self) -> &StringBuilder {
        &self.0
    }
}

impl std::ops::DerefMut for TextBuilder {
    fn deref_mut(&mut self) -> &mut StringBuilder {
        &mut self.0
    }
}

impl Finish for TextBuilder {
    fn finish(&mut self) -> ArrayRef {
        ArrayBuilder::finish(&mut self.0)
    }
}

/// The builder of a column type.
pub(super) trait Kind {
    /// What values are appended to.
    type Builder: Finish;
    /// The column type.
    const TYPE: ColumnType;
    /// An empty builder.
    fn builder() -> Self::Builder;
}

macro_rules! kinds {
    ($($name:ident as $type:ident: $builder:ty = $make:expr;)*) => {
        $(
            /// How columns are built that declare this name.
            pub(super) struct $name;

            impl Kind for $name {
                type Builder = $builder;
                const TYPE: ColumnType = ColumnType::$type;
                fn builder() -> Self::Builder {
                    $make
                }
            }
        )*
    };
}

kinds! {
    Words as Text: WordsBuilder = WordsBuilder::default();
    Numbers as Int32: NumbersBuilder<Int32Type> = NumbersBuilder::new();
    Offsets as Int64: NumbersBuilder<Int64Type> = NumbersBuilder::new();
    Text as Text: TextBuilder = TextBuilder::default();
    Int32 as Int32: Int32Builder = Int32Builder::new();
    Int64 as Int64: Int64Builder = Int64Builder::new();
    Float32 as Float32: Float32Builder = Float32Builder::new();
    Float64 as Float64: Float64Builder = Float64Builder::new();
    Boolean as Boolean: BooleanBuilder = BooleanBuilder::new();
    Date as Date: Date32Builder = Date32Builder::new();
    Timestamp as Timestamp: TimestampMicrosecondBuilder = TimestampMicrosecondBuilder::new().with_timezone("UTC");
    Binary as Binary: BinaryBuilder = BinaryBuilder::new();
    Texts as Texts: TextsBuilder =
        ListBuilder::new(StringBuilder::new()).with_field(element_field(arrow::datatypes::DataType::Utf8));
    Members as Members: MembersBuilder = ListBuilder::new(StructBuilder::from_fields(member_fields(), 0))
        .with_field(element_field(arrow::datatypes::DataType::Struct(member_fields())));
}

/// Appends lists of strings.
pub(super) type TextsBuilder = ListBuilder<StringBuilder>;
/// Appends lists of members.
pub(super) type MembersBuilder = ListBuilder<StructBuilder>;

/// Declares `COLUMNS` and `Columns` of one table; see the tables for its use.
macro_rules! columns {
    (@nullable required) => { false };
    (@nullable optional) => { true };
    ($table:ident { $($name:ident: $kind:ident $presence:ident, $layout:ident, $range:ident, $doc:literal;)* }) => {
        /// The columns in order.
        pub(super) const COLUMNS: &[$crate::table::Column] = &[$(
            $crate::table::Column {
                name: stringify!($name),
                r#type: <$crate::table::declare::$kind as $crate::table::declare::Kind>::TYPE,
                nullable: columns!(@nullable $presence),
                layout: $crate::table::Layout::$layout,
                range: $crate::table::Range::$range,
                doc: $doc,
            }
        ),*];

        /// A builder for each column. Every row appends to each of them.
        #[derive(Debug)]
        struct Columns {
            $($name: <$crate::table::declare::$kind as $crate::table::declare::Kind>::Builder,)*
        }

        impl Columns {
            fn new() -> Self {
                Self {
                    $($name: <$crate::table::declare::$kind as $crate::table::declare::Kind>::builder(),)*
                }
            }

            /// The rows so far; the builders begin anew.
            fn finish(&mut self) -> arrow::array::RecordBatch {
                let columns = vec![$($crate::table::declare::Finish::finish(&mut self.$name)),*];
                let schema = $crate::table::schema::in_memory($crate::table::TableId::$table, &columns);
                arrow::array::RecordBatch::try_new(schema, columns)
                    .expect("schema and builders come from one declaration, and every row appends to all columns")
            }
        }
    };
}
pub(super) use columns;

/// Days since 1970, as `Date32` counts.
pub(super) fn days(date: NaiveDate) -> i32 {
    /// The number of 1 January 1970 in the common era.
    const EPOCH: i32 = 719_163;
    date.num_days_from_ce() - EPOCH
}

/// A count as a column value; no document comes near the limit.
pub(super) fn int(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

/// The four columns that say where a piece of text stands.
pub(super) struct PlaceColumns<'a> {
    /// Code points.
    pub(super) chars: (&'a mut Int32Builder, &'a mut Int32Builder),
    /// Bytes of the source.
    pub(super) bytes: (&'a mut Int64Builder, &'a mut Int64Builder),
}

impl PlaceColumns<'_> {
    /// Appends one place.
    pub(super) fn append(&mut self, span: &Span, source: &std::ops::Range<SourceOffset>) {
        self.chars.0.append_value(span.char_start.to_i32());
        self.chars.1.append_value(span.char_end.to_i32());
        self.bytes.0.append_value(source.start.to_i64());
        self.bytes.1.append_value(source.end.to_i64());
    }
}

/// The place columns of a [`Columns`] that has them under their usual names.
macro_rules! place_columns {
    ($columns:expr) => {
        $crate::table::declare::PlaceColumns {
            chars: (&mut $columns.char_start, &mut $columns.char_end),
            bytes: (&mut $columns.byte_start, &mut $columns.byte_end),
        }
    };
}
pub(super) use place_columns;
