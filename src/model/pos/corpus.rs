//! Corpora whose words have parts of speech.
//!
//! | format | looks like | tags |
//! |---|---|---|
//! | slash | `word/TAG word/TAG`, a sentence a line | ICTCLAS, as jieba writes them |
//! | CoNLL-U | numbered words, the tag in the fourth column | Universal Dependencies |

use std::io;
use std::path::Path;

use super::super::CorpusError;
use super::super::segmentation::{conllu, is_tagged, tagged};
use super::tagset::{Tagset, ictclas, is_ictclas};
use super::universal::UNIVERSAL;
use crate::record::Pos;

/// A sentence whose words have tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedSample {
    /// The words, none of which has white space in it.
    pub words: Vec<String>,
    /// The tag of each.
    pub tags: Vec<Pos>,
    /// Whose tags they are.
    pub tagset: Tagset,
}

/// The sentences of a file, in the format that it looks like. There is one at least, and all have tags of one set.
///
/// # Errors
///
/// A file that can't be read or is no UTF-8, and what [`parse_tagged`] refuses.
pub fn read_tagged(path: &Path) -> Result<Vec<TaggedSample>, CorpusError> {
    let text = std::fs::read_to_string(path);
    text.and_then(|text| parse_tagged(&text))
        .map_err(|source| CorpusError::File {
            path: path.to_owned(),
            source,
        })
}

/// The sentences of a text, in the format that it looks like. There is one at least, and all have tags of one set.
///
/// Tags of the People's Daily corpus become those of jieba: see [`Tagset::Ictclas`].
///
/// ```
/// use cihe::model::parse_tagged;
/// let samples = parse_tagged("石桥/n 修/v 好/a 的/u 。/w\n").unwrap();
/// assert_eq!(samples[0].words, ["石桥", "修", "好", "的", "。"]);
/// assert_eq!(format!("{:?}", samples[0].tags), "[n, v, a, uj, x]");
/// assert!(parse_tagged("石桥/bridge").is_err());
/// ```
///
/// # Errors
///
/// No word has a tag, or one has a tag that its set does not know; the line is named.
pub fn parse_tagged(text: &str) -> io::Result<Vec<TaggedSample>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.clone().find(|line| !line.starts_with('#'));
    let first = first.or_else(|| lines.next()).unwrap_or_default();
    let samples = if is_row(first) {
        trees(text)?
    } else if is_tagged(first) {
        slashes(text)?
    } else {
        Vec::new()
    };
    if samples.is_empty() {
        let message = "no words with tags: write word/TAG lines or CoNLL-U";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(samples)
}

/// Whether a line is one of CoNLL-U's: its first cell numbers a word, several (`1-2`), or one that is not in the text (`1.1`).
fn is_row(line: &str) -> bool {
    let number = line.split_once('\t').map(|(number, _)| number);
    number.is_some_and(|number| {
        let mut parts = number.splitn(2, ['-', '.']);
        parts.all(|part| part.parse::<u32>().is_ok())
    })
}

fn trees(text: &str) -> io::Result<Vec<TaggedSample>> {
    let mut samples = Vec::new();
    let mut open = sample(Tagset::Universal);
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() {
            close(&mut open, &mut samples);
        }
        for (word, tag) in conllu(line).into_iter().flatten() {
            let known = Pos::new(tag).filter(|_| UNIVERSAL.contains(&tag));
            open.tags.push(known.ok_or_else(|| {
                let remedy = "the fourth column has the tags of Universal Dependencies, version 2";
                unknown(number, tag, &word, remedy, &UNIVERSAL)
            })?);
            open.words.push(word);
        }
    }
    close(&mut open, &mut samples);
    Ok(samples)
}

fn slashes(text: &str) -> io::Result<Vec<TaggedSample>> {
    let mut samples = Vec::new();
    let mut open = sample(Tagset::Ictclas);
    for (number, line) in (1..).zip(text.lines()) {
        for piece in line.split_whitespace() {
            // What has no tag at all is left out.
            let Some((word, tag)) = tagged(piece).or_else(|| odd(piece)) else {
                continue;
            };
            let known = ictclas(word, tag).filter(|tag| is_ictclas(*tag));
            open.tags.push(known.ok_or_else(|| {
                let remedy = "the tags of word/TAG are those of ICTCLAS or the People's Daily corpus, and jieba's finer ones";
                unknown(number, tag, word, remedy, &super::ICTCLAS)
            })?);
            open.words.push(word.to_owned());
        }
        close(&mut open, &mut samples);
    }
    Ok(samples)
}

/// What looks like a word with a tag, which is not written as tags are.
fn odd(piece: &str) -> Option<(&str, &str)> {
    let pair = piece.rsplit_once('/');
    pair.filter(|(word, tag)| !word.is_empty() && !tag.is_empty())
}

fn sample(tagset: Tagset) -> TaggedSample {
    TaggedSample {
        words: Vec::new(),
        tags: Vec::new(),
        tagset,
    }
}

/// A sentence has ended.
fn close(open: &mut TaggedSample, samples: &mut Vec<TaggedSample>) {
    if !open.words.is_empty() {
        let next = sample(open.tagset);
        samples.push(std::mem::replace(open, next));
    }
}

fn unknown(line: usize, tag: &str, word: &str, remedy: &str, set: &[&str]) -> io::Error {
    let set = set.join(" ");
    let message = format!("line {line}: unknown tag {tag:?} of {word}: {remedy}: {set}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}
