//! Builds columns of strings that repeat: each distinct one is held once, rows hold its number.
//!
//! Words, tags and ids make most of the rows of `tokens`. The file stores them as a dictionary anyway, so rows carry the
//! numbers from here on: the text of a word is looked at once, by the worker that has it at hand, and not copied, hashed and
//! compared again by the one thread that writes.

use std::any::Any;
use std::sync::Arc;

use arrow::array::{
    ArrayBuilder, ArrayRef, DictionaryArray, Int32Array, NullBufferBuilder, StringBuilder,
};
use arrow::datatypes::Int32Type;
use rustc_hash::FxHashMap;

/// Distinct strings that a builder keeps room for from batch to batch.
const KEPT: usize = 1 << 16;
/// Bytes of a string that fit into a [`Short`].
const SHORT: usize = 16;

/// A string of up to [`SHORT`] bytes: its first and last eight, which overlap, and its length. Nearly all words are short,
/// and comparing three numbers beats comparing strings.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short {
    first: u64,
    last: u64,
    length: usize,
}

impl Short {
    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = bytes.len();
        if length > SHORT {
            return None;
        }
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (bytes.first_chunk::<3>(), bytes.last_chunk::<4>()) {
                (Some([a, b, c]), Some(last)) => (
                    u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
                    u64::from(u32::from_le_bytes(*last)),
                ),
                _ => {
                    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
                    (u64::from(u32::from_le_bytes([at(0), at(1), at(2), 0])), 0)
                }
            },
        };
        Some(Self {
            first,
            last,
            length,
        })
    }
}

/// The builder of a column of words. Its array is a `Dictionary<Int32, Utf8>`.
#[derive(Default)]
pub(super) struct WordsBuilder {
    keys: Vec<i32>,
    nulls: Nulls,
    values: Values,
}

/// Rows without a value; nothing is held while every row has one.
#[derive(Default)]
struct Nulls(Option<NullBufferBuilder>);

#[derive(Default)]
struct Values {
    short: FxHashMap<Short, i32>,
    long: FxHashMap<Box<str>, i32>,
    text: StringBuilder,
}

impl Values {
    fn key(&mut self, value: &str) -> i32 {
        let next = i32::try_from(self.text.len()).expect("a batch has fewer words than bytes");
        let text = &mut self.text;
        let mut add = || {
            text.append_value(value);
            next
        };
        match Short::of(value) {
            Some(short) => *self.short.entry(short).or_insert_with(add),
            None => match self.long.get(value) {
                Some(key) => *key,
                None => {
                    self.long.insert(value.into(), next);
                    add()
                }
            },
        }
    }

    fn clear(&mut self) {
        if self.short.capacity() > 2 * KEPT {
            self.short = FxHashMap::default();
        }
        self.short.clear();
        self.long = FxHashMap::default();
    }
}

impl WordsBuilder {
    /// A row of `value`.
    pub(super) fn append_value(&mut self, value: &str) {
        let key = self.values.key(value);
        self.keys.push(key);
        self.nulls.filled(1);
    }

    /// `count` rows of `value`.
    pub(super) fn append_value_n(&mut self, value: &str, count: usize) {
        let key = self.values.key(value);
        self.keys.resize(self.keys.len() + count, key);
        self.nulls.filled(count);
    }

    /// A row of `value`, if there is one.
    pub(super) fn append_option(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.append_value(value),
            None => self.append_nulls(1),
        }
    }

    /// `count` rows without a value.
    pub(super) fn append_nulls(&mut self, count: usize) {
        self.nulls.empty(count, self.keys.len());
        self.keys.resize(self.keys.len() + count, 0);
    }

    fn finish_words(&mut self) -> DictionaryArray<Int32Type> {
        let keys = std::mem::take(&mut self.keys);
        let nulls = self.nulls.0.take().and_then(|mut nulls| nulls.finish());
        self.values.clear();
        let values = Arc::new(self.values.text.finish());
        DictionaryArray::new(Int32Array::new(keys.into(), nulls), values)
    }
}

impl Nulls {
    fn filled(&mut self, count: usize) {
        if let Some(nulls) = &mut self.0 {
            nulls.append_n_non_nulls(count);
        }
    }

    /// `count` more rows without a value, after `before` rows.
    fn empty(&mut self, count: usize, before: usize) {
        let nulls = self.0.get_or_insert_with(|| {
            let mut nulls = NullBufferBuilder::new(before + count);
            nulls.append_n_non_nulls(before);
            nulls
        });
        nulls.append_n_nulls(count);
    }
}

impl std::fmt::Debug for WordsBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WordsBuilder")
            .field("rows", &self.keys.len())
            .field("distinct", &self.values.text.len())
            .finish_non_exhaustive()
    }
}

impl ArrayBuilder for WordsBuilder {
    fn len(&self) -> usize {
        self.keys.len()
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.finish_words())
    }

    fn finish_cloned(&self) -> ArrayRef {
        let nulls = self
            .nulls
            .0
            .as_ref()
            .and_then(|nulls| nulls.finish_cloned());
        let keys = Int32Array::new(self.keys.clone().into(), nulls);
        let values = Arc::new(self.values.text.finish_cloned());
        Arc::new(DictionaryArray::new(keys, values))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn into_box_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{Array, AsArray, StringArray};

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
        for word in words.iter().chain(&words) {
            builder.append_value(word);
        }
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
        let cloned = builder.finish_cloned();
        let array = builder.finish_words();
        let expected = [Some("河"), Some("河"), None, None, Some("桥"), None];
        let expected: Vec<_> = expected.map(|it| it.map(str::to_owned)).into();
        assert_eq!(read(&array), expected);
        assert_eq!(read(cloned.as_dictionary()), expected);
        // A finished builder begins anew.
        builder.append_value("塔");
        let array = builder.finish_words();
        assert_eq!((array.null_count(), array.values().len()), (0, 1));
    }
}
