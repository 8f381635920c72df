//! Corpora whose words have parts of speech.
//!
//! | format | looks like | tags |
//! |---|---|---|
//! | slash | `word/TAG word/TAG`, a sentence a line | ICTCLAS, as jieba writes them |
//! | CoNLL-U | numbered words, the tag in the fourth column | Universal Dependencies |

use std::path::Path;

use super::super::CorpusError;
use super::super::segmentation::{conllu, is_tagged, tagged};
use super::tagset::{Tagset, ictclas};
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

/// The sentences of a file, in the format that it looks like; none where it has no tags.
///
/// # Errors
///
/// A file that can't be read or is no UTF-8.
pub fn read_tagged(path: &Path) -> Result<Vec<TaggedSample>, CorpusError> {
    let text = std::fs::read_to_string(path).map_err(|source| CorpusError::File {
        path: path.to_owned(),
        source,
    })?;
    Ok(parse_tagged(&text))
}

/// The sentences of a text, in the format that it looks like; none where it has no tags.
///
/// Tags of the People's Daily corpus become those of jieba: see [`Tagset::Ictclas`].
///
/// ```
/// use cihe::model::parse_tagged;
/// let samples = parse_tagged("石桥/n 修/v 好/a 的/u 。/w\n");
/// assert_eq!(samples[0].words, ["石桥", "修", "好", "的", "。"]);
/// assert_eq!(format!("{:?}", samples[0].tags), "[n, v, a, uj, x]");
/// ```
pub fn parse_tagged(text: &str) -> Vec<TaggedSample> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let sentences: Vec<TaggedSample> = if first.starts_with("# ") || first.starts_with("1\t") {
        let sentences = conllu(text).into_iter();
        let upos = |(word, tag): (String, &str)| Some((word, Pos::new(tag)?));
        sentences
            .map(|words| sample(Tagset::Universal, words.into_iter().filter_map(upos)))
            .collect()
    } else if is_tagged(first) {
        let word = |piece| {
            let (word, tag) = tagged(piece)?;
            Some((word.to_owned(), ictclas(word, tag)?))
        };
        text.lines()
            .map(|line| {
                let words = line.split_whitespace().filter_map(word);
                sample(Tagset::Ictclas, words)
            })
            .collect()
    } else {
        Vec::new()
    };
    let with_words = |sample: &TaggedSample| !sample.words.is_empty();
    sentences.into_iter().filter(with_words).collect()
}

fn sample(tagset: Tagset, words: impl Iterator<Item = (String, Pos)>) -> TaggedSample {
    let (words, tags) = words.unzip();
    TaggedSample {
        words,
        tags,
        tagset,
    }
}
