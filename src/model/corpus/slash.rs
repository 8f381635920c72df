//! `word/TAG` lines, as LAC prints them. The tags of the People's Daily corpus (`nr`, `ns`, `nt`) mark parts of names and are no
//! labels here; `examples/prepare_names.rs` puts them together.

use super::super::{Kind, Name};
use super::Sample;

/// The words of a line with their tags.
///
/// ```
/// let words: Vec<_> = cihe::model::words("林远舟/PER 来/v 了/u").collect();
/// assert_eq!(words[0], ("林远舟", "PER"));
/// ```
pub fn words(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split(' ').filter_map(|pair| pair.rsplit_once('/'))
}

/// Reads a sentence a line; each word whose tag is a kind of name is one.
pub(super) fn slash(text: &str) -> Vec<Sample> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut sample = Sample::default();
            let mut chars = 0;
            for (word, tag) in words(line.trim()) {
                let start = chars;
                chars += word.chars().count();
                sample.text.push_str(word);
                if let Some(kind) = Kind::named(tag) {
                    sample.names.push(Name {
                        start,
                        end: chars,
                        kind,
                    });
                }
            }
            sample
        })
        .collect()
}
