//! The dictionary that segmenters read.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use jieba_rs::Jieba;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::{Entry, LexiconError, Problem, lint};
use crate::record::Pos;

/// The embedded dictionary and its models by name; part of the fingerprint.
pub(super) const DICTIONARY: &str = "jieba-rs 0.11.0";

/// A word in a text, as the dictionary's segmenter cut it. Offsets are relative to that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// First code point.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// Part of speech.
    pub pos: Pos,
}

/// Words, frequencies and tags: immutable, and cheap to clone.
///
/// ```
/// use cihe::lexicon::Lexicon;
///
/// let lexicon = Lexicon::default_shared();
/// let text = "他来到网易杭研大厦";
/// let words: Vec<&str> = lexicon
///     .tag(text, true)
///     .map(|hit| text.get(hit.byte_start..hit.byte_end).unwrap())
///     .collect();
/// assert_eq!(words, ["他", "来到", "网易", "杭研", "大厦"]);
/// ```
#[derive(Clone)]
pub struct Lexicon {
    inner: Arc<Inner>,
}

struct Inner {
    jieba: Jieba,
    entries: Vec<Entry>,
    warnings: Vec<Problem>,
    fingerprint: String,
}

impl Lexicon {
    /// jieba's dictionary alone; loaded once in a process, when first asked for.
    pub fn default_shared() -> Self {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::of(Vec::new(), Vec::new()))
            .clone()
    }

    /// jieba's dictionary with user lexicons, later files over earlier ones.
    ///
    /// # Errors
    ///
    /// When a file can't be read, or has bad lines; all bad lines of all files are named.
    pub fn load(paths: &[PathBuf]) -> Result<Self, LexiconError> {
        if paths.is_empty() {
            return Ok(Self::default_shared());
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let (mut warnings, mut bad) = (Vec::new(), Vec::new());
        for path in paths {
            let (lexicon, problems) = lint(path)?;
            let (soft, hard): (Vec<_>, Vec<_>) = problems
                .into_iter()
                .partition(|problem| problem.kind.is_warning());
            warnings.extend(soft);
            bad.extend(hard);
            for entry in lexicon.entries {
                let next = entries.len();
                let place = *places.entry(entry.word.clone()).or_insert(next);
                match entries.get_mut(place) {
                    Some(earlier) => *earlier = entry,
                    None => entries.push(entry),
                }
            }
        }
        if bad.is_empty() {
            Ok(Self::of(entries, warnings))
        } else {
            Err(LexiconError::BadLines(bad))
        }
    }

    fn of(entries: Vec<Entry>, warnings: Vec<Problem>) -> Self {
        let inner = Inner {
            jieba: merge(&entries),
            fingerprint: fingerprint(&entries),
            entries,
            warnings,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Cuts `text` into words with their tags. `hmm` lets the hidden Markov model join characters to words that the
    /// dictionary lacks. The words are in order and cover the text, its white space included.
    ///
    /// Takes time and memory in proportion to the text, so that callers pass texts of bounded length.
    pub fn tag<'t>(&'t self, text: &'t str, hmm: bool) -> impl Iterator<Item = Hit> {
        let tags = self.inner.jieba.tag(text, hmm);
        tags.into_iter().map(|tag| Hit {
            byte_start: tag.byte_start,
            byte_end: tag.byte_end,
            char_start: tag.start,
            char_end: tag.end,
            pos: Pos::new(tag.tag).unwrap_or(Pos::UNKNOWN),
        })
    }

    /// Whether `word` is in the dictionary.
    pub fn has_word(&self, word: &str) -> bool {
        self.inner.jieba.has_word(word)
    }

    /// The user's words, each once.
    pub fn entries(&self) -> &[Entry] {
        &self.inner.entries
    }

    /// What was wrong with the user lexicons without harm.
    pub fn warnings(&self) -> &[Problem] {
        &self.inner.warnings
    }

    /// SHA-256, in hex, of the dictionary's version and the user's words: changes when answers may.
    pub fn fingerprint(&self) -> &str {
        &self.inner.fingerprint
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("dictionary", &DICTIONARY)
            .field("entries", &self.inner.entries.len())
            .field("fingerprint", &self.inner.fingerprint)
            .finish_non_exhaustive()
    }
}

/// jieba's dictionary with `entries` over it.
///
/// The library gives a word that it knows a new frequency, but keeps its old tag. So words that come with a tag go in
/// first: then it is the embedded dictionary whose tag comes too late. Until they get their frequency at the end, they
/// must be as good as absent: frequency 0 rules a word out, and for a single character 1 is what an unknown one has.
fn merge(entries: &[Entry]) -> Jieba {
    let mut jieba = if entries.iter().any(|entry| entry.tag.is_some()) {
        let mut jieba = Jieba::empty();
        for entry in entries {
            if let Some(tag) = entry.tag {
                let absent = usize::from(entry.word.chars().nth(1).is_none());
                jieba.add_word(&entry.word, Some(absent), Some(tag.as_str()));
            }
        }
        jieba.load_default_dict();
        jieba
    } else {
        Jieba::new()
    };
    for entry in entries {
        let frequency = entry
            .frequency
            .and_then(|frequency| usize::try_from(frequency).ok());
        jieba.add_word(&entry.word, frequency, Some(Pos::UNKNOWN.as_str()));
    }
    jieba
}

fn fingerprint(entries: &[Entry]) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    hash.update(DICTIONARY);
    for entry in entries {
        // No column contains a tab or a line break, so that different entries give different lines.
        let Entry {
            word,
            frequency,
            tag,
            line: _,
        } = entry;
        hash.update(format!("\n{word}\t{frequency:?}\t{tag:?}"));
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        write!(hex, "{byte:02x}").expect("a string takes any text");
    }
    hex
}
