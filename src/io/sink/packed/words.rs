//! The dictionary of a column chunk.

use arrow::array::{Array, AsArray, DictionaryArray, StringArray};
use arrow::datatypes::Int32Type;

use crate::table::Numbering;

/// Marks a word of a batch that has no number yet.
const UNKNOWN: u32 = u32::MAX;

/// The distinct words so far, numbered from 0.
#[derive(Default)]
pub(super) struct Words {
    numbering: Numbering,
    /// The words as a dictionary page holds them: length, bytes.
    page: Vec<u8>,
}

impl Words {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.numbering.len()
    }

    /// The dictionary page, not compressed.
    pub(super) fn page(&self) -> &[u8] {
        &self.page
    }

    /// Bytes that its words take, about; not what is kept for the next chunk's.
    pub(super) fn memory(&self) -> usize {
        self.page.len() + self.numbering.memory()
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.numbering.clear();
        self.page.clear();
    }

    /// Appends the numbers of texts that come as they are, and to `levels` which rows have one.
    pub(super) fn append(
        &mut self,
        texts: &StringArray,
        rows: std::ops::Range<usize>,
        numbers: &mut Vec<u32>,
        levels: Option<&mut Vec<u32>>,
    ) {
        let count = rows.len();
        let texts = texts.slice(rows.start, count);
        match levels {
            Some(levels) if texts.null_count() == count => levels.resize(levels.len() + count, 0),
            levels => {
                numbers.extend(texts.iter().flatten().map(|text| self.number(text)));
                if let Some(levels) = levels {
                    levels.extend(texts.iter().map(|text| u32::from(text.is_some())));
                }
            }
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        let page = &mut self.page;
        self.numbering.number(word, || {
            let length = u32::try_from(word.len()).expect("no column of a batch holds 4 GiB");
            page.extend(length.to_le_bytes());
            page.extend(word.as_bytes());
        })
    }
}

/// The numbers that the words of one batch have in the chunk, found when a row first needs them.
pub(super) struct Translation<'b> {
    array: &'b DictionaryArray<Int32Type>,
    words: &'b StringArray,
    numbers: Vec<u32>,
}

impl<'b> Translation<'b> {
    /// For a column of words; `None` for any other.
    pub(super) fn of(column: &'b dyn Array) -> Option<Self> {
        let array = column.as_dictionary_opt::<Int32Type>()?;
        let words = array.values().as_string_opt::<i32>()?;
        Some(Self {
            array,
            words,
            numbers: vec![UNKNOWN; words.len()],
        })
    }

    /// Forgets all numbers: another chunk begins.
    pub(super) fn reset(&mut self) {
        self.numbers.fill(UNKNOWN);
    }

    /// The number of a word that has one.
    #[inline]
    fn known(&self, key: i32) -> u32 {
        let key = usize::try_from(key).unwrap_or_default();
        self.numbers.get(key).copied().unwrap_or_default()
    }

    /// Appends the numbers of `rows` in `chunk`, and to `levels`, if the column may have nulls, a 1 for each row that has a
    /// word and a 0 for each other.
    pub(super) fn append(
        &mut self,
        rows: std::ops::Range<usize>,
        chunk: &mut Words,
        numbers: &mut Vec<u32>,
        levels: Option<&mut Vec<u32>>,
    ) {
        let keys = self.array.keys().slice(rows.start, rows.len());
        let nulls = keys.null_count();
        // A batch has all of its words, in the order in which rows first have them: then no row need ask whether its word has a number yet.
        // A few rows of many words may not.
        if nulls == 0 && self.words.len() <= rows.len() {
            for (key, number) in self.numbers.iter_mut().enumerate() {
                *number = chunk.number(self.words.value(key));
            }
            numbers.extend(keys.values().iter().map(|key| self.known(*key)));
            if let Some(levels) = levels {
                levels.resize(levels.len() + keys.len(), 1);
            }
            return;
        }
        let mut number = |key: i32| {
            let key = usize::try_from(key).unwrap_or_default();
            let known = self
                .numbers
                .get_mut(key)
                .expect("keys are those of the dictionary");
            if *known == UNKNOWN {
                *known = chunk.number(self.words.value(key));
            }
            *known
        };
        match levels {
            Some(levels) if nulls == keys.len() => levels.resize(levels.len() + nulls, 0),
            Some(levels) if nulls > 0 => {
                for key in &keys {
                    levels.push(u32::from(key.is_some()));
                    numbers.extend(key.map(&mut number));
                }
            }
            levels => {
                numbers.extend(keys.values().iter().map(|key| number(*key)));
                if let Some(levels) = levels {
                    levels.resize(levels.len() + keys.len(), 1);
                }
            }
        }
    }
}
