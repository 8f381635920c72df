//! User lexicons: tab-separated files of words, read whole and checked line by line.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::{LexiconError, Problem, ProblemKind};
use crate::record::Pos;

/// Longest word that is taken, in characters. The search for words looks at every prefix of a text that is a word, so
/// that the limit also bounds its cost per character, whatever the user adds.
pub const WORD_LIMIT: usize = 64;

/// Different characters that all user lexicons together may have: with those of the embedded dictionary they are
/// numbered in two bytes. There are some 98,000 in Unicode, of which whole libraries use half.
pub const CHARS_LIMIT: usize = 40_000;

const COLUMNS: usize = 3;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A word that the user adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word as engines meet it.
    pub word: String,
    /// How often it is met, on the scale of jieba's dictionary. None: as much as makes it one word. 0: never.
    pub frequency: Option<u32>,
    /// Its part of speech. None: that of jieba's dictionary, or `x`.
    pub tag: Option<Pos>,
    /// Where it stands, from 1.
    pub line: u32,
}

/// The good lines of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserLexicon {
    /// The file.
    pub path: PathBuf,
    /// Each word once, in the order of the file.
    pub entries: Vec<Entry>,
}

/// Reads a user lexicon and says all that is wrong with it.
///
/// Lines with problems are left out of the answer, save duplicates, of which the last is kept.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("cihe-lint-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("words.tsv");
/// std::fs::write(&path, "云溪\t500\tns\n数字河长\n坏词\t很多\n")?;
/// let (lexicon, problems) = cihe::lexicon::lint(&path)?;
/// assert_eq!(lexicon.entries.len(), 2);
/// assert_eq!(problems[0].line, 3);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the file can't be read.
pub fn lint(path: &Path) -> Result<(UserLexicon, Vec<Problem>), LexiconError> {
    let bytes = fs::read(path).map_err(|source| LexiconError::Unreadable {
        path: path.to_path_buf(),
        source,
    })?;
    let (entries, problems) = read(path, &bytes);
    let path = path.to_path_buf();
    Ok((UserLexicon { path, entries }, problems))
}

/// The lexicon in `bytes`; `path` is for the problems only.
fn read(path: &Path, bytes: &[u8]) -> (Vec<Entry>, Vec<Problem>) {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut entries: Vec<Entry> = Vec::new();
    let mut problems = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        let before = problems.len();
        let entry = parse(line, number, &mut |kind| {
            problems.push(Problem {
                path: path.to_path_buf(),
                line: number,
                kind,
            });
        });
        let Some(entry) = entry.filter(|_| problems.len() == before) else {
            continue;
        };
        if let Some(earlier) = places
            .get(&entry.word)
            .and_then(|place| entries.get_mut(*place))
        {
            problems.push(Problem {
                path: path.to_path_buf(),
                line: number,
                kind: ProblemKind::DuplicateWord {
                    word: entry.word.clone(),
                    earlier: earlier.line,
                },
            });
            *earlier = entry;
        } else {
            places.insert(entry.word.clone(), entries.len());
            entries.push(entry);
        }
    }
    (entries, problems)
}

/// One line; `None` for blanks and comments. Its answer counts only when `report` was not called.
fn parse(line: &[u8], number: u32, report: &mut impl FnMut(ProblemKind)) -> Option<Entry> {
    let Ok(line) = std::str::from_utf8(line) else {
        report(ProblemKind::NotUtf8);
        return None;
    };
    if line.trim().is_empty() || line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t').map(str::trim);
    let word = columns.next().unwrap_or_default();
    let frequency = columns.next().filter(|text| !text.is_empty());
    let tag = columns.next().filter(|text| !text.is_empty());
    let more = columns.count();
    if more > 0 {
        report(ProblemKind::TooManyColumns(COLUMNS + more));
    }
    check_word(word, report);
    Some(Entry {
        word: engine_form(word).to_owned(),
        frequency: frequency.and_then(|text| {
            let frequency = text.parse();
            frequency
                .map_err(|_| report(ProblemKind::BadFrequency(text.to_owned())))
                .ok()
        }),
        tag: tag.and_then(|text| {
            let pos = Pos::new(text);
            if pos.is_none() {
                report(ProblemKind::BadTag(text.to_owned()));
            }
            pos
        }),
        line: number,
    })
}

fn check_word(word: &str, report: &mut impl FnMut(ProblemKind)) {
    if word.is_empty() {
        report(ProblemKind::EmptyWord);
    }
    if word.contains(char::is_whitespace) {
        report(ProblemKind::SpaceInWord(word.to_owned()));
    }
    let chars = word.chars().count();
    if chars > WORD_LIMIT {
        report(ProblemKind::LongWord(chars));
    }
}

/// The form of a user's word that engines meet. They read the simplified view, and users are asked to write simplified
/// script, so that this is the word itself.
fn engine_form(word: &str) -> &str {
    word
}
