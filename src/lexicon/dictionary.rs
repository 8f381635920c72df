//! The dictionary that segmenters read.

use std::cell::Cell;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::thread::{self, Builder};

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::cut::{Scratch, cut};
use super::guess::Guesses;
use super::hmm::Model;
use super::merge::{merge, suggest};
use super::packed::Packed;
use super::trie::{Slot, Trie};
use super::{
    CHARS_LIMIT, Entry, Explanation, LexiconError, Origin, Problem, ProblemKind, explain, lint,
};
use crate::record::Pos;
use crate::text::Span;

/// Where the embedded dictionary and the models come from; part of the fingerprint.
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

/// Memory of [`Lexicon::each_match`] and its kin.
#[derive(Debug, Default)]
pub struct MatchScratch {
    codes: Vec<u32>,
    /// Where words may begin, and the places of their first two characters.
    begun: Vec<(usize, u32)>,
    /// What is at these places.
    slots: Vec<Slot>,
    guesses: Guesses,
}

struct Inner {
    trie: Trie,
    entries: Vec<Entry>,
    /// Where each of them is written.
    origins: FxHashMap<String, Origin>,
    warnings: Vec<Problem>,
    fingerprint: String,
}

impl Lexicon {
    /// jieba's dictionary alone; loaded once in a process, when first asked for.
    pub fn default_shared() -> Self {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        SHARED
            .get_or_init(|| Self::of(Vec::new(), FxHashMap::default(), Vec::new()))
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
        let mut chars = FxHashSet::default();
        let mut origins = FxHashMap::default();
        for path in paths {
            let (lexicon, problems) = lint(path)?;
            let (soft, hard): (Vec<_>, Vec<_>) = problems
                .into_iter()
                .partition(|problem| problem.kind.is_warning());
            warnings.extend(soft);
            bad.extend(hard);
            for entry in lexicon.entries {
                let fit = chars.len() <= CHARS_LIMIT;
                chars.extend(entry.word.chars());
                if fit && chars.len() > CHARS_LIMIT {
                    bad.push(Problem {
                        path: path.clone(),
                        line: entry.line,
                        kind: ProblemKind::TooManyCharacters,
                    });
                }
                let next = entries.len();
                let origin = Origin {
                    path: path.clone(),
                    line: entry.line,
                };
                origins.insert(entry.word.clone(), origin);
                let place = *places.entry(entry.word.clone()).or_insert(next);
                match entries.get_mut(place) {
                    Some(earlier) => *earlier = entry,
                    None => entries.push(entry),
                }
            }
        }
        if bad.is_empty() {
            Ok(Self::of(entries, origins, warnings))
        } else {
            Err(LexiconError::BadLines(bad))
        }
    }

    /// jieba's dictionary with these words, each once, as [`entries`](Self::entries) has them; no file is known for them.
    pub fn with_entries(entries: Vec<Entry>) -> Self {
        if entries.is_empty() {
            return Self::default_shared();
        }
        let origins = entries.iter().map(|entry| {
            let origin = Origin {
                path: PathBuf::new(),
                line: entry.line,
            };
            (entry.word.clone(), origin)
        });
        let origins = origins.collect();
        Self::of(entries, origins, Vec::new())
    }

    /// Words of which this and another dictionary say something else. Of all others they say the same, in any text without one
    /// of these.
    pub(super) fn changed_words(&self, other: &Self) -> Vec<String> {
        let by_word = |lexicon: &'_ Self| -> FxHashMap<String, (Option<u32>, Option<Pos>)> {
            let entries = lexicon.entries().iter();
            entries
                .map(|entry| (entry.word.clone(), (entry.frequency, entry.tag)))
                .collect()
        };
        // A word without a frequency has one that depends on its parts, so what came of it counts, too.
        let known = |lexicon: &Self, word: &str| (lexicon.frequency(word), lexicon.pos(word));
        let (own, others) = (by_word(self), by_word(other));
        let mut words: Vec<String> = own.keys().chain(others.keys()).cloned().collect();
        words.sort_unstable();
        words.dedup();
        words.retain(|word| {
            own.get(word) != others.get(word) || known(self, word) != known(other, word)
        });
        words
    }

    fn of(entries: Vec<Entry>, origins: FxHashMap<String, Origin>, warnings: Vec<Problem>) -> Self {
        let trie = thread::scope(|scope| {
            // Takes a third as long. Where there can be no thread more, it is done when it is needed.
            drop(Builder::new().spawn_scoped(scope, Guesses::make_ready));
            let packed = Packed::embedded();
            if entries.is_empty() {
                packed.trie()
            } else {
                merge(&packed, &entries)
            }
        });
        let inner = Inner {
            trie,
            fingerprint: fingerprint(&entries),
            entries,
            origins,
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
    pub fn tag(&self, text: &str, hmm: bool) -> impl Iterator<Item = Hit> {
        let mut hits = Vec::new();
        self.each_word(text, hmm, |span, pos| {
            hits.push(Hit {
                byte_start: span.byte_start.get(),
                byte_end: span.byte_end.get(),
                char_start: span.char_start.get(),
                char_end: span.char_end.get(),
                pos,
            });
        });
        hits.into_iter()
    }

    /// As [`tag`](Self::tag), but hands the words over one by one, with no list in between.
    ///
    /// # Panics
    ///
    /// When `text` is over 4 GiB.
    pub fn each_word(&self, text: &str, hmm: bool, word: impl FnMut(Span, Pos)) {
        thread_local! {
            static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
        }
        // Taken out rather than borrowed, so that `word` may cut another text.
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let model = hmm.then(Model::shared);
        cut(&self.inner.trie, model, text, &mut scratch, word);
        scratch.shrink();
        SCRATCH.set(Some(scratch));
    }

    /// The words.
    pub(super) fn trie(&self) -> &Trie {
        &self.inner.trie
    }

    /// All words of two characters and more that stand in `text` wherever they begin, those that cover each other included: the first
    /// character, how many, and the number of the part of speech in [`tags`](Self::tags).
    pub fn each_match(
        &self,
        text: &[char],
        scratch: &mut MatchScratch,
        mut found: impl FnMut(usize, usize, usize),
    ) {
        let trie = &self.inner.trie;
        self.each_slot(text, scratch, |start, length, slot| {
            found(start, length, trie.tag_number(slot));
        });
    }

    /// As [`each_match`](Self::each_match), single characters among them, with the number of what is known of the word in
    /// [`ranks`](Self::ranks).
    pub fn each_rank(
        &self,
        text: &[char],
        scratch: &mut MatchScratch,
        mut found: impl FnMut(usize, usize, usize),
    ) {
        self.each_slot(text, scratch, |start, length, slot| {
            found(start, length, slot.end as usize);
        });
        let singles = scratch.codes.iter().enumerate();
        for (start, code) in singles {
            let slot = self.inner.trie.slot(*code);
            if slot.is_word() {
                found(start, 1, slot.end as usize);
            }
        }
    }

    /// The logarithms of the frequencies that words have, and their parts of speech, by number; the first is no word.
    pub fn ranks(&self) -> impl Iterator<Item = (f64, Pos)> {
        self.inner.trie.ranks()
    }

    /// The part of speech of `word`, which is the characters `from..to` of the text that was last looked at with `scratch`: the
    /// dictionary's, or the guess that [`each_word`](Self::each_word) makes of words that it lacks.
    pub fn pos_in(&self, scratch: &mut MatchScratch, from: usize, to: usize, word: &str) -> Pos {
        let trie = &self.inner.trie;
        let codes = scratch.codes.get(from..to).unwrap_or_default();
        match trie.find(codes.iter().copied()) {
            Some(at) => trie.tag(at),
            None => scratch.guesses.guess(word),
        }
    }

    /// The part of speech of `word` by itself, as [`pos_in`](Self::pos_in) has it.
    pub fn pos_or_guess(&self, scratch: &mut MatchScratch, word: &str) -> Pos {
        self.pos(word)
            .unwrap_or_else(|| scratch.guesses.guess(word))
    }

    fn each_slot(
        &self,
        text: &[char],
        scratch: &mut MatchScratch,
        mut found: impl FnMut(usize, usize, Slot),
    ) {
        let trie = &self.inner.trie;
        let MatchScratch {
            codes,
            begun,
            slots,
            guesses: _,
        } = scratch;
        codes.clear();
        codes.extend(text.iter().map(|ch| trie.alphabet.code(*ch)));
        // Which two characters begin a word is nothing that a processor could guess: without a branch.
        begun.resize(codes.len().max(begun.len()), (0, 0));
        let mut count = 0;
        for (start, [first, second]) in codes.array_windows().enumerate() {
            let at = trie.child(*first, *second);
            begun[count] = (start, at);
            count += usize::from(at != 0);
        }
        slots.clear();
        slots.extend(begun.iter().take(count).map(|(_, at)| trie.slot(*at)));
        for ((start, _), slot) in begun.iter().zip(slots.iter()) {
            let mut slot = *slot;
            let mut rest = codes.iter().skip(start + 2);
            for length in 2.. {
                if slot.is_word() {
                    found(*start, length, slot);
                }
                let Some(next) = rest.next() else { break };
                let at = trie.child_of(slot, *next);
                if at == 0 {
                    break;
                }
                slot = trie.slot(at);
            }
        }
    }

    /// The parts of speech that the dictionary has, by number.
    pub fn tags(&self) -> &[Pos] {
        &self.inner.trie.tags
    }

    /// Whether `word` is in the dictionary.
    pub fn has_word(&self, word: &str) -> bool {
        self.inner.trie.find_word(word).is_some()
    }

    /// How often `word` is met, on the scale of the dictionary; `None` where the dictionary lacks it.
    pub fn frequency(&self, word: &str) -> Option<u64> {
        let trie = &self.inner.trie;
        trie.find_word(word).map(|place| trie.frequency(place))
    }

    /// The part of speech that the dictionary gives to `word`; `None` where it lacks it.
    pub fn pos(&self, word: &str) -> Option<Pos> {
        let trie = &self.inner.trie;
        trie.find_word(word).map(|place| trie.tag(place))
    }

    /// The smallest frequency that makes `word` one word, when it stands by itself.
    pub fn frequency_to_join(&self, word: &str) -> u64 {
        suggest(&self.inner.trie, word, &mut Scratch::default())
    }

    /// The line of a user's file that `word` comes from; `None` where it is not of a user.
    pub fn origin(&self, word: &str) -> Option<&Origin> {
        self.inner.origins.get(word)
    }

    /// Why `text` is cut as it is: all words that were weighed, and how each word of the answer came about. A text of
    /// one sentence is what a reader can follow.
    pub fn explain(&self, text: &str, hmm: bool) -> Explanation {
        explain::explain(self, &self.inner.trie, text, hmm)
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
