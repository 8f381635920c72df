//! What is other in one vocabulary than in another, and which texts have something of it.
//!
//! ```text
//! two dictionaries -> words  \
//!                             > automaton -> does this text contain one?
//! two taxonomies   -> labels /
//! ```
//!
//! A word acts on the texts that contain it, a label on those that name it, and neither on any other: a text that contains nothing of
//! what has changed is annotated alike with both vocabularies. White space does not count, on either side, and neither does the width of
//! marks: names are read across gaps, and marks of Chinese prose at full width. So a text may be said to contain a word that no
//! engine sees there, but never the other way round.

use std::fmt;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::dictionary::Lexicon;
use super::taxonomy::{Taxonomy, TaxonomyError, changed_labels};
use crate::text::{ScriptEvidence, simplified_view};

/// The words and labels that have changed between two vocabularies.
///
/// ```
/// use cihe::lexicon::{Changes, Entry, Lexicon};
/// let word = Entry { word: "数字河长".into(), frequency: None, tag: None, line: 1 };
/// let (was, now) = (Lexicon::default_shared(), Lexicon::with_entries(vec![word]));
/// let changes = Changes::between((&was, None), (&now, None))?;
/// assert_eq!(changes.len(), 1);
/// assert!(changes.touch("云溪县有了數字 河長。", &mut String::new()));
/// assert!(!changes.touch("云溪县有了河长。", &mut String::new()));
/// # Ok::<(), cihe::lexicon::TaxonomyError>(())
/// ```
pub struct Changes {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    len: usize,
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

impl Changes {
    /// What has changed from the words and concepts of one vocabulary to those of another.
    ///
    /// # Errors
    ///
    /// When that is more than an automaton can hold.
    pub fn between(
        was: (&Lexicon, Option<&Taxonomy>),
        now: (&Lexicon, Option<&Taxonomy>),
    ) -> Result<Self, TaxonomyError> {
        let mut found = was.0.changed_words(now.0);
        found.extend(changed_labels(was.1, now.1));
        let mut patterns: Vec<String> = found.iter().map(|text| folded(text)).collect();
        patterns.retain(|pattern| !pattern.is_empty());
        patterns.sort_unstable();
        patterns.dedup();
        let len = patterns.len();
        let automaton = (len > 0).then(|| {
            let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
            let built = builder.build(patterns);
            built.map_err(|error| TaxonomyError::TooLarge(error.to_string()))
        });
        Ok(Self {
            automaton: automaton.transpose()?,
            len,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing has changed that could bear on a text.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether `text`, in either script, contains one of them. `scratch` is memory.
    pub fn touch(&self, text: &str, scratch: &mut String) -> bool {
        let Some(automaton) = &self.automaton else {
            return false;
        };
        let mut holds = |text: &str| {
            scratch.clear();
            fold(text, scratch);
            automaton.find_iter(scratch.as_str()).next().is_some()
        };
        holds(text)
            || simplified_view(text, &ScriptEvidence::of(text)).is_some_and(|view| holds(&view))
    }
}

fn folded(text: &str) -> String {
    let mut folded = String::new();
    fold(text, &mut folded);
    folded
}

/// Appends `text` without white space, its marks at half width.
fn fold(text: &str, to: &mut String) {
    /// From a form of full width to the one of ASCII.
    const WIDE: u32 = 0xFF01 - 0x21;
    for char in text.chars() {
        match char {
            '“' | '”' | '„' | '‟' => to.push('"'),
            '\u{FF01}'..='\u{FF5E}' => to.extend(char::from_u32(u32::from(char) - WIDE)),
            _ if char.is_whitespace() => {}
            _ => to.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::Entry;
    use super::*;
    use crate::record::Pos;

    fn lexicon(words: &[(&str, Option<u32>, &str)]) -> Lexicon {
        let entries = (1..)
            .zip(words)
            .map(|(line, (word, frequency, tag))| Entry {
                word: (*word).to_owned(),
                frequency: *frequency,
                tag: Pos::new(tag),
                line,
            });
        Lexicon::with_entries(entries.collect())
    }

    fn taxonomy(body: &str) -> Taxonomy {
        let text = format!("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{body}");
        Taxonomy::parse(&[(Path::new("a.ttl"), text.as_bytes())]).unwrap()
    }

    /// Which of `texts` the step from one lexicon to the other touches.
    fn touched<'t>(was: &Lexicon, now: &Lexicon, texts: &[&'t str]) -> Vec<&'t str> {
        let changes = Changes::between((was, None), (now, None)).unwrap();
        let mut scratch = String::new();
        let texts = texts.iter().copied();
        texts
            .filter(|text| changes.touch(text, &mut scratch))
            .collect()
    }

    /// The labels that mean something else from one taxonomy to the other.
    fn changed(was: &str, now: &str) -> Vec<String> {
        changed_labels(Some(&taxonomy(was)), Some(&taxonomy(now)))
    }

    #[test]
    fn a_word_that_came_went_or_weighs_otherwise_touches_its_texts_in_either_script() {
        let texts = [
            "数字河长来了",
            "數字河長來了",
            "数字\n河长来了",
            "数字与河长",
            "云溪县",
        ];
        let plain = Lexicon::default_shared();
        let one = lexicon(&[("数字河长", Some(5), "n")]);
        for (was, now) in [
            (&plain, &one),
            (&one, &plain),
            (&one, &lexicon(&[("数字河长", Some(6), "n")])),
            (&one, &lexicon(&[("数字河长", Some(5), "nz")])),
        ] {
            assert_eq!(touched(was, now, &texts), &texts[..3]);
        }
        assert!(touched(&one, &lexicon(&[("数字河长", Some(5), "n")]), &texts).is_empty());
    }

    #[test]
    fn the_order_of_words_counts_where_one_weighs_by_another() {
        let whole = ("数字河长制", None, "n");
        let part = ("数字河长", Some(900_000), "n");
        let (was, now) = (lexicon(&[whole, part]), lexicon(&[part, whole]));
        assert_ne!(was.frequency("数字河长制"), now.frequency("数字河长制"));
        let texts = ["数字河长制", "数字河长", "河长制"];
        assert_eq!(touched(&was, &now, &texts), &texts[..1]);
    }

    #[test]
    fn marks_of_either_width_are_the_same() {
        let now = lexicon(&[("甲，乙（丙）", Some(9), "n")]);
        let texts = ["甲,乙(丙)", "甲，乙（丙）", "甲乙丙"];
        assert_eq!(
            touched(&Lexicon::default_shared(), &now, &texts),
            &texts[..2]
        );
    }

    const PORT: &str = "<urn:港> a skos:Concept ; skos:prefLabel \"云溪港\" .\n";
    const QUAY: &str = "<urn:码头> a skos:Concept ; skos:prefLabel \"云溪碼頭\"@zh-Hant .\n";
    const BELOW: &str = "<urn:码头> skos:broader <urn:港> .\n";

    #[test]
    fn a_concept_that_came_or_went_changes_its_own_labels_in_simplified_script() {
        let both = format!("{PORT}{QUAY}");
        assert_eq!(changed(PORT, &both), ["云溪码头"]);
        assert_eq!(changed(&both, PORT), ["云溪码头"]);
        assert_eq!(changed(&both, &format!("{QUAY}{PORT}")), [] as [&str; 0]);
        assert_eq!(
            changed_labels(None, Some(&taxonomy(&both))),
            ["云溪港", "云溪码头"]
        );
    }

    #[test]
    fn what_lies_above_and_right_below_is_part_of_what_a_label_means() {
        let (apart, joined) = (format!("{PORT}{QUAY}"), format!("{PORT}{QUAY}{BELOW}"));
        assert_eq!(changed(&apart, &joined), ["云溪港", "云溪码头"]);
        let above =
            "<urn:港> skos:broader <urn:城> . <urn:城> a skos:Concept ; skos:prefLabel \"城\" .\n";
        // The city is new, and has something below; the port is below it, and so is the quay.
        assert_eq!(
            changed(&joined, &format!("{joined}{above}")),
            ["云溪港", "云溪码头", "城"]
        );
    }

    #[test]
    fn of_one_label_the_order_of_its_concepts_counts() {
        let other = "<urn:另> a skos:Concept ; skos:prefLabel \"云溪港\" .\n";
        let (was, now) = (format!("{PORT}{other}"), format!("{other}{PORT}"));
        assert_eq!(changed(&was, &now), ["云溪港"]);
    }
}
