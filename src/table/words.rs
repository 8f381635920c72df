//! Builds the columns of large tables: numbers, and strings that repeat, of which each distinct one is held once.
//!
//! Words, tags and ids make most of the rows of `tokens`. The file stores them as a dictionary anyway, so rows carry the
//! numbers from here on: the text of a word is looked at once, by the worker that has it at hand, and not copied, hashed and
//! compared again by the one thread that writes.

use std::hash::{Hash, Hasher};
use std::mem::take;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use arrow::array::{
    ArrayRef, DictionaryArray, Int32Array, NullBufferBuilder, PrimitiveArray, StringArray,
    StringBuilder,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{ArrowPrimitiveType, Int32Type};
use rustc_hash::FxHashMap;

use super::declare::Finish;

/// Distinct strings that a builder keeps room for from batch to batch.
const KEPT: usize = 1 << 16;
/// Rows without a value that all columns share: several times what a batch has.
const SHARED: usize = 1 << 18;
/// Bytes of a string that fit into a [`Short`].
const SHORT: usize = 15;

/// A string of up to [`SHORT`] bytes as two numbers: its bytes, zeros, and in the last byte its length. Nearly all words are
/// short, and comparing two numbers beats comparing strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Short([u64; 2]);

impl Short {
    #[inline]
    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = bytes.len();
        if length > SHORT {
            return None;
        }
        let marked = (length as u64) << 56;
        Some(Self(
            match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
                (Some(first), Some(last)) => {
                    // Of the last eight bytes those that are not among the first eight.
                    let rest = u64::from_le_bytes(*last) >> 8 >> (8 * (SHORT - length));
                    [u64::from_le_bytes(*first), rest | marked]
                }
                _ => [few(bytes), marked],
            },
        ))
    }
}

impl Short {
    /// The bytes `from..to` of a text: read whatever their number is and cut to it, for the numbers of words that follow each other
    /// are nothing that a processor could guess. `None` near the text's end.
    #[inline]
    fn within(text: &[u8], from: usize, to: usize) -> Option<Self> {
        let length = to.checked_sub(from)?;
        let bytes = text.get(from..)?.first_chunk::<16>()?;
        if length > SHORT {
            return None;
        }
        let kept = u128::from_le_bytes(*bytes) & ((1 << (8 * length)) - 1);
        let [first, last] = [kept, kept >> 64].map(|half| half & u128::from(u64::MAX));
        let [first, last] = [first, last].map(|half| u64::try_from(half).unwrap_or_default());
        Some(Self([first, last | (length as u64) << 56]))
    }
}

/// Up to seven bytes as a number.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4))
        }
        _ => match *bytes {
            [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
            [a, b] => u64::from(u16::from_le_bytes([a, b])),
            [a] => u64::from(a),
            _ => 0,
        },
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, last] = self.0;
        state.write_u64(first);
        state.write_u64(last);
    }
}

/// Numbers strings in the order in which they are first met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbering {
    short: FxHashMap<Short, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// Bytes of the long ones.
    long_bytes: usize,
}

impl Numbering {
    /// How many distinct strings there are.
    pub(crate) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Bytes that its strings take, about: a table of them is half full in the mean.
    pub(crate) fn memory(&self) -> usize {
        let short = self.short.len() * 2 * size_of::<(Short, u32)>();
        short + self.long.len() * 2 * size_of::<(Box<str>, u32)>() + self.long_bytes
    }

    /// The number of `text`; `add` is told once of each, in the order of the numbers.
    pub(crate) fn number(&mut self, text: &str, add: impl FnOnce()) -> u32 {
        if let Some(short) = Short::of(text) {
            return self.short(short, add);
        }
        let next = self.next();
        if let Some(number) = self.long.get(text) {
            return *number;
        }
        add();
        self.long.insert(text.into(), next);
        self.long_bytes += text.len();
        next
    }

    fn short(&mut self, text: Short, add: impl FnOnce()) -> u32 {
        let next = self.next();
        *self.short.entry(text).or_insert_with(|| {
            add();
            next
        })
    }

    fn next(&self) -> u32 {
        u32::try_from(self.len()).expect("no batch holds so many words")
    }

    /// Begins anew.
    pub(crate) fn clear(&mut self) {
        if self.short.capacity() > 2 * KEPT {
            self.short = FxHashMap::default();
        }
        self.short.clear();
        self.long = FxHashMap::default();
        self.long_bytes = 0;
    }
}

/// The builder of a column of words. Its array is a `Dictionary<Int32, Utf8>`.
#[derive(Debug, Default)]
pub(super) struct WordsBuilder {
    keys: Vec<i32>,
    /// Nothing is held while every row has a value.
    nulls: Option<NullBufferBuilder>,
    /// Rows before the first value; they are only counted until there is one.
    before: usize,
    /// Rows that are expected.
    room: usize,
    distinct: Distinct,
}

/// The distinct strings of a column, numbered.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    numbering: Numbering,
    values: StringBuilder,
}

impl Distinct {
    /// Looks `value` up, or adds it.
    pub(super) fn key(&mut self, value: &str) -> Key {
        let values = &mut self.values;
        let number = self.numbering.number(value, || values.append_value(value));
        Key(key_of(number))
    }

    /// The key of a piece of `text`, given as bytes.
    #[inline]
    fn key_within(&mut self, text: &str, piece: Range<usize>) -> Key {
        let Some(short) = Short::within(text.as_bytes(), piece.start, piece.end) else {
            return self.key(text.get(piece).unwrap_or_default());
        };
        let values = &mut self.values;
        let piece = || text.get(piece).unwrap_or_default();
        let number = self.numbering.short(short, || values.append_value(piece()));
        Key(key_of(number))
    }
}

/// The number of a string in a [`WordsBuilder`]; good until that one is finished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(i32);

impl WordsBuilder {
    /// There will be `rows` rows: they get room when the first value comes.
    pub(super) fn expect_rows(&mut self, rows: usize) {
        self.room = rows;
    }

    /// Makes room when the first value comes: many columns have none.
    fn begin(&mut self) {
        self.keys.reserve_exact(take(&mut self.room));
        let before = take(&mut self.before);
        if before > 0 {
            self.append_counted_nulls(before);
        }
    }

    /// A row for each of these pieces of `text`, given as bytes.
    pub(super) fn append_pieces(
        &mut self,
        text: &str,
        pieces: impl ExactSizeIterator<Item = Range<usize>>,
    ) {
        self.append_each(pieces, |piece, distinct| distinct.key_within(text, piece));
    }

    /// A row for each of `items`, with the key that `key` tells.
    pub(super) fn append_each<T>(
        &mut self,
        items: impl ExactSizeIterator<Item = T>,
        mut key: impl FnMut(T, &mut Distinct) -> Key,
    ) {
        let count = items.len();
        if self.keys.is_empty() {
            self.begin();
        }
        let distinct = &mut self.distinct;
        self.keys.extend(items.map(|item| key(item, distinct).0));
        self.filled(count);
    }

    /// `count` rows of `value`.
    pub(super) fn append_value_n(&mut self, value: &str, count: usize) {
        if count == 0 {
            return;
        }
        let Key(key) = self.distinct.key(value);
        if self.keys.is_empty() {
            self.begin();
        }
        self.keys.resize(self.keys.len() + count, key);
        self.filled(count);
    }

    /// A row of `value`, if there is one.
    pub(super) fn append_option(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.append_value_n(value, 1),
            None => self.append_nulls(1),
        }
    }

    /// `count` rows without a value.
    pub(super) fn append_nulls(&mut self, count: usize) {
        if self.keys.is_empty() {
            self.before += count;
        } else {
            self.append_counted_nulls(count);
        }
    }

    fn append_counted_nulls(&mut self, count: usize) {
        let before = self.keys.len();
        let nulls = self.nulls.get_or_insert_with(|| {
            let mut nulls = NullBufferBuilder::new(before + count);
            nulls.append_n_non_nulls(before);
            nulls
        });
        nulls.append_n_nulls(count);
        self.keys.resize(before + count, 0);
    }

    #[inline]
    fn filled(&mut self, count: usize) {
        if let Some(nulls) = &mut self.nulls {
            nulls.append_n_non_nulls(count);
        }
    }

    fn finish_words(&mut self) -> DictionaryArray<Int32Type> {
        self.room = 0;
        if self.keys.is_empty() {
            return nothing(take(&mut self.before));
        }
        let keys = take(&mut self.keys);
        let nulls = self.nulls.take().and_then(|mut nulls| nulls.finish());
        self.distinct.numbering.clear();
        let values = Arc::new(self.distinct.values.finish());
        DictionaryArray::new(Int32Array::new(keys.into(), nulls), values)
    }
}

fn key_of(number: u32) -> i32 {
    i32::try_from(number).expect("a batch has fewer words than bytes")
}

/// `rows` rows without a value: a part of rows that all columns share, and so of their memory.
fn nothing(rows: usize) -> DictionaryArray<Int32Type> {
    static ROWS: OnceLock<DictionaryArray<Int32Type>> = OnceLock::new();
    let of = |rows| {
        let keys = vec![0; rows].into();
        let keys = Int32Array::new(keys, Some(NullBuffer::new_null(rows)));
        DictionaryArray::new(keys, Arc::new(StringArray::new_null(0)))
    };
    if rows <= SHARED {
        ROWS.get_or_init(|| of(SHARED)).slice(0, rows)
    } else {
        of(rows)
    }
}

impl Finish for WordsBuilder {
    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.finish_words())
    }
}

/// The builder of a column of numbers, each of which is known: a plain vector, which becomes the array as it is.
#[derive(Debug)]
pub(super) struct NumbersBuilder<T: ArrowPrimitiveType>(Vec<T::Native>);

impl<T: ArrowPrimitiveType> NumbersBuilder<T> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Makes room for `rows` more, and not for any after these.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.0.reserve_exact(rows);
    }

    /// A row for each of `values`.
    pub(super) fn append(&mut self, values: impl Iterator<Item = T::Native>) {
        self.0.extend(values);
    }
}

impl<T: ArrowPrimitiveType> Finish for NumbersBuilder<T> {
    fn finish(&mut self) -> ArrayRef {
        let values = take(&mut self.0);
        Arc::new(PrimitiveArray::<T>::new(values.into(), None))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::Array;

    use super::*;

    fn read(array: &DictionaryArray<Int32Type>) -> Vec<Option<String>> {
        let strings = array.downcast_dict::<StringArray>().unwrap();
        strings
            .into_iter()
            .map(|it| it.map(str::to_owned))
            .collect()
    }

    #[test]
    fn each_distinct_string_is_held_once_whatever_its_length() {
        let mut builder = WordsBuilder::default();
        let words: Vec<String> = (0..40)
            .map(|length| "aaaaaaab".chars().cycle().take(length).collect())
            .chain(
                [
                    "河",
                    "河水",
                    "河水涨",
                    "河水涨了",
                    "河水涨了很多",
                    "\0",
                    "\0\0",
                    "a\0",
                ]
                .map(String::from),
            )
            .collect();
        // By themselves, and as pieces of a text: those near its end have no bytes behind them.
        for word in &words {
            builder.append_option(Some(word));
        }
        let text = words.concat();
        let ends = words.iter().scan(0, |end, word| {
            *end += word.len();
            Some(*end - word.len()..*end)
        });
        builder.append_pieces(&text, ends.collect::<Vec<_>>().into_iter());
        let array = builder.finish_words();
        let expected: Vec<_> = words.iter().chain(&words).cloned().map(Some).collect();
        assert_eq!(read(&array), expected);
        assert_eq!(array.values().len(), words.len());
    }

    #[test]
    fn rows_without_a_value_stand_where_they_were_appended() {
        let mut builder = WordsBuilder::default();
        builder.append_value_n("河", 2);
        builder.append_nulls(2);
        builder.append_option(Some("桥"));
        builder.append_option(None);
        let array = builder.finish_words();
        let expected = [Some("河"), Some("河"), None, None, Some("桥"), None];
        let expected: Vec<_> = expected.map(|it| it.map(str::to_owned)).into();
        assert_eq!(read(&array), expected);
        // A finished builder begins anew.
        builder.append_value_n("塔", 1);
        let array = builder.finish_words();
        assert_eq!((array.null_count(), array.values().len()), (0, 1));
    }

    #[test]
    fn rows_before_the_first_value_have_none() {
        let mut builder = WordsBuilder::default();
        builder.expect_rows(3);
        builder.append_nulls(2);
        builder.append_option(Some("桥"));
        let array = builder.finish_words();
        assert_eq!(read(&array), [None, None, Some("桥".to_owned())]);
        builder.append_value_n("河", 0);
        assert_eq!(builder.finish_words().len(), 0);
        builder.append_value_n("塔", 1);
        assert_eq!(builder.finish_words().values().len(), 1);
        for rows in [0, 3, SHARED, SHARED + 1] {
            builder.append_nulls(rows);
            let array = builder.finish_words();
            assert_eq!((array.len(), array.null_count()), (rows, rows));
        }
    }
}
