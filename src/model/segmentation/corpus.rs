//! Corpora whose words are known.
//!
//! | format | looks like |
//! |---|---|
//! | slash | `word/TAG word/TAG`, a sentence a line |
//! | words | `word word word`, a sentence a line |
//! | CoNLL-U | numbered words; ranges and empty nodes have no text of their own |

use std::path::Path;

use super::super::CorpusError;

/// A sentence whose words are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordSample {
    /// The words, none of which has white space in it.
    pub words: Vec<String>,
    /// What its corpus calls a word; samples of one convention share weights of their own.
    pub convention: String,
}

impl WordSample {
    /// The words without anything between them.
    pub fn text(&self) -> String {
        self.words.concat()
    }
}

/// The sentences of a file, in the format that it looks like.
///
/// # Errors
///
/// A file that can't be read or is no UTF-8.
pub fn read_words(path: &Path, convention: &str) -> Result<Vec<WordSample>, CorpusError> {
    let text = std::fs::read_to_string(path).map_err(|source| CorpusError::File {
        path: path.to_owned(),
        source,
    })?;
    Ok(parse_words(&text, convention))
}

/// The sentences of a text, in the format that it looks like.
///
/// ```
/// use cihe::model::parse_words;
/// let samples = parse_words("石桥/n 修/v 好/a 了/u\n", "pku");
/// assert_eq!(samples[0].words, ["石桥", "修", "好", "了"]);
/// assert_eq!(parse_words("石桥 修 好 了", "pku"), samples);
/// assert_eq!(parse_words("[石桥/ns 修/v]nt 好/a 了/u", "pku"), samples);
/// ```
pub fn parse_words(text: &str, convention: &str) -> Vec<WordSample> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let sentences: Vec<Vec<String>> = if first.starts_with("# ") || first.starts_with("1\t") {
        let sentences = conllu(text).into_iter();
        let forms = |words: Vec<(String, &str)>| words.into_iter().map(|(form, _)| form).collect();
        sentences.map(forms).collect()
    } else {
        let is_tagged = is_tagged(first);
        text.lines().map(|line| words(line, is_tagged)).collect()
    };
    let sentences = sentences.into_iter().filter(|words| !words.is_empty());
    let sample = |words| WordSample {
        words,
        convention: convention.to_owned(),
    };
    sentences.map(sample).collect()
}

/// Whether the words of a line have tags: nearly all, for a word may be a slash.
pub(in super::super) fn is_tagged(line: &str) -> bool {
    let pieces = line.split_whitespace();
    let tagged = pieces.clone().filter(|piece| tagged(piece).is_some());
    tagged.count() * 10 > pieces.count() * 9
}

/// The word and the tag of a `word/TAG`; it may be the first or the last of several in brackets: `[石桥/ns 镇/n]ns`.
pub(in super::super) fn tagged(piece: &str) -> Option<(&str, &str)> {
    let (word, tag) = piece.rsplit_once('/')?;
    let word = word
        .strip_prefix('[')
        .filter(|rest| !rest.is_empty())
        .unwrap_or(word);
    let tag = tag.split_once(']').map_or(tag, |(tag, _)| tag);
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Some((word, tag)).filter(|(word, _)| !word.is_empty() && is_tag)
}

fn words(line: &str, is_tagged: bool) -> Vec<String> {
    let pieces = line.split_whitespace();
    let word = |piece| match tagged(piece) {
        Some((word, _)) if is_tagged => word,
        _ => piece,
    };
    pieces.map(word).map(str::to_owned).collect()
}

/// The words of each sentence, with what the fourth column has: the part of speech.
pub(in super::super) fn conllu(text: &str) -> Vec<Vec<(String, &str)>> {
    let mut sentences = vec![Vec::new()];
    for line in text.lines() {
        if line.is_empty() {
            sentences.push(Vec::new());
        }
        let mut cells = line.split('\t');
        let is_word = cells.next().is_some_and(|cell| cell.parse::<u32>().is_ok());
        let form = cells.next().filter(|_| is_word);
        let form: String = form.into_iter().flat_map(str::split_whitespace).collect();
        if let Some(words) = sentences.last_mut().filter(|_| !form.is_empty()) {
            words.push((form, cells.nth(1).unwrap_or_default()));
        }
    }
    sentences
}
