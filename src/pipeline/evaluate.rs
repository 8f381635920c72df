//! How well a pipeline finds names and cuts words: labelled texts through the very hops that a run has.

use std::time::{Duration, Instant};

use super::Annotator;
use super::annotator::through;
use crate::lexicon::MatchScratch;
use crate::model::{
    Evaluation, Kind, Name, Sample, TagEvaluation, TagModel, TagScratch, TaggedSample, Tagset,
    Vocabulary, WordEvaluation, WordSample, coarse, universal,
};
use crate::record::{
    Body, Fields, Label, MediaType, Place, Pos, Record, Reject, Segmented, Tagged,
};
use crate::text::{ScriptEvidence, simplified_view};

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct EvaluationReport {
    /// The comparison.
    pub evaluation: Evaluation,
    /// Texts that were compared.
    pub texts: u64,
    /// Characters of them.
    pub chars: u64,
    /// Texts that the pipeline turned away: none of their names was found.
    pub rejects: u64,
    /// What the `tag` hop took for it.
    pub tagging: Duration,
    /// What the names alone took, model and rules.
    pub naming: Duration,
}

/// Annotates each text as a document of its own, and compares names by their places in the text as it was given.
pub fn evaluate(annotator: &Annotator, samples: &[Sample]) -> EvaluationReport {
    let mut report = EvaluationReport {
        naming: naming(annotator, samples),
        ..EvaluationReport::default()
    };
    let mut rejects = Vec::new();
    for (number, sample) in (0..).zip(samples) {
        let segmented = segmented(annotator, number, sample, &mut rejects);
        let start = Instant::now();
        let tagged = through(&*annotator.tag, segmented, &mut rejects);
        report.tagging += start.elapsed();
        let mut found = Vec::new();
        for document in &tagged {
            names_of(document, &sample.text, &mut found);
        }
        report.evaluation.add(&sample.names, &found);
        report.texts += 1;
        report.chars += sample.text.chars().count() as u64;
    }
    report.rejects = rejects.len() as u64;
    report
}

/// What it takes to find the names of all texts, when what a process makes once is made: so they are read twice, and the second reading counts. They are read by
/// themselves, since a text whose names were just found is near the processor.
fn naming(annotator: &Annotator, samples: &[Sample]) -> Duration {
    let (mut spent, mut rejects) = (Duration::ZERO, Vec::new());
    for _ in 0..2 {
        spent = Duration::ZERO;
        for (number, sample) in (0..).zip(samples) {
            for mut text in segmented(annotator, number, sample, &mut rejects) {
                let start = Instant::now();
                annotator.tag.names(&mut text);
                spent += start.elapsed();
            }
        }
    }
    spent
}

/// A text, up to the `tag` hop.
fn segmented(
    annotator: &Annotator,
    number: i64,
    sample: &Sample,
    rejects: &mut Vec<Reject>,
) -> Vec<Segmented> {
    let record = record(number, sample.text.clone());
    let documents = through(&*annotator.decode, vec![record], rejects);
    through(&*annotator.segment, documents, rejects)
}

/// What came of a comparison of words.
#[derive(Clone, Debug, Default)]
pub struct WordReport {
    /// The comparison.
    pub evaluation: WordEvaluation,
    /// Texts that were compared.
    pub texts: u64,
    /// Characters of them.
    pub chars: u64,
    /// Texts that the pipeline turned away: none of their words was found.
    pub rejects: u64,
    /// What the `segment` hop took for it.
    pub segmenting: Duration,
}

/// Annotates each text as a document of its own, and compares words by their places in the text as it was given. New are words that are neither
/// in the pipeline's lexicon nor in `vocabulary`.
pub fn evaluate_words(
    annotator: &Annotator,
    samples: &[WordSample],
    vocabulary: &Vocabulary,
) -> WordReport {
    let mut report = WordReport::default();
    let mut rejects = Vec::new();
    for (number, sample) in (0..).zip(samples) {
        let text = sample.text();
        let record = record(number, text.clone());
        let documents = through(&*annotator.decode, vec![record], &mut rejects);
        let start = Instant::now();
        let segmented = through(&*annotator.segment, documents, &mut rejects);
        report.segmenting += start.elapsed();
        let mut found = Vec::new();
        for document in &segmented {
            ends_of(document, &text, &mut found);
        }
        let mut end = 0;
        let lengths = sample.words.iter().map(|word| word.chars().count());
        let there: Vec<usize> = lengths
            .map(|length| {
                end += length;
                end
            })
            .collect();
        report.evaluation.add(&there, &found, |number| {
            let word = sample.words.get(number).map_or("", String::as_str);
            !annotator.lexicon.has_word(word) && !vocabulary.has(word)
        });
        report.texts += 1;
        report.chars += end as u64;
    }
    report.rejects = rejects.len() as u64;
    report
}

/// What came of a comparison of parts of speech.
#[derive(Clone, Debug, Default)]
pub struct TagReport {
    /// The comparison.
    pub evaluation: TagEvaluation,
    /// Texts that were compared.
    pub texts: u64,
    /// Characters of them.
    pub chars: u64,
    /// What choosing tags took; the dictionary's were known before.
    pub tagging: Duration,
}

/// Compares the tags of words that are given: those of the pipeline's lexicon, or those that `model` chooses. New are words that are not in `known`,
/// whatever script either is in. What a sample calls a word's tag decides whose tags are compared.
pub fn evaluate_tags(
    annotator: &Annotator,
    model: Option<&TagModel>,
    samples: &[TaggedSample],
    known: &[WordSample],
) -> TagReport {
    let lexicon = &annotator.lexicon;
    let vocabulary = simplified(known);
    let mut report = TagReport::default();
    let (mut scratch, mut guesses) = (TagScratch::default(), MatchScratch::default());
    let mut tags: Vec<Pos> = Vec::new();
    for sample in samples {
        tags.clear();
        let view = view(&sample.words);
        let words = apart(&view, &sample.words);
        tags.extend(
            words
                .iter()
                .map(|word| lexicon.pos_or_guess(&mut guesses, word)),
        );
        let start = Instant::now();
        if let Some(model) = model {
            scratch.clear();
            for (word, tag) in words.iter().zip(&tags) {
                scratch.push(model, lexicon, word, *tag, None);
            }
            tags.clear();
            tags.extend(model.tag(&mut scratch));
        }
        report.tagging += start.elapsed();
        let mut before = None;
        for (at, (word, truth)) in words.iter().zip(&sample.tags).enumerate() {
            let Some(tag) = tags.get(at).copied() else {
                break;
            };
            let is_new = !vocabulary.has(word);
            if sample.tagset == Tagset::Universal {
                let answer = universal(word, tag, before, tags.get(at + 1).copied());
                before = Some(answer);
                report.evaluation.add(*truth, answer, is_new);
            } else {
                report.evaluation.add(coarse(*truth), coarse(tag), is_new);
            }
            report.chars += word.chars().count() as u64;
        }
        report.texts += 1;
    }
    report
}

/// What words are together, in the simplified view.
fn view(words: &[String]) -> String {
    let text = words.concat();
    simplified_view(&text, &ScriptEvidence::of(&text)).unwrap_or(text)
}

/// The words of samples, in the simplified view.
fn simplified(samples: &[WordSample]) -> Vocabulary {
    let samples = samples.iter().map(|sample| {
        let view = view(&sample.words);
        let words = apart(&view, &sample.words).into_iter();
        WordSample {
            words: words.map(str::to_owned).collect(),
            convention: String::new(),
        }
    });
    Vocabulary::of(&samples.collect::<Vec<_>>())
}

/// The words of a view, which has the same bytes for a character as they have.
fn apart<'v>(view: &'v str, words: &[String]) -> Vec<&'v str> {
    let mut rest = view;
    let next = |word: &String| {
        let (word, after) = rest.split_at_checked(word.len()).unwrap_or((rest, ""));
        rest = after;
        word
    };
    words.iter().map(next).collect()
}

/// The ends of a document's words in the text that it was made of.
fn ends_of(document: &Segmented, text: &str, ends: &mut Vec<usize>) {
    let mut ruler = Ruler::default();
    for token in &document.tokens {
        let bytes = document.document.source_of(&token.span);
        ends.push(ruler.chars(text, bytes.end.get()));
    }
}

fn record(number: i64, text: String) -> Record {
    Record {
        place: Place::new("sample", number),
        media_type: MediaType::Plain,
        body: Body::Text(text),
        charset: None,
        fields: Fields::default(),
    }
}

/// The names of a document in the text that it was made of: what was repaired leads back by its bytes.
fn names_of(document: &Tagged, text: &str, names: &mut Vec<Name>) {
    let mut ruler = Ruler::default();
    for entity in &document.entities {
        let kind = match entity.label {
            Label::Person => Kind::Person,
            Label::Location => Kind::Location,
            Label::Organisation => Kind::Organisation,
            _ => continue,
        };
        let bytes = document.segmented.document.source_of(&entity.span);
        names.push(Name {
            start: ruler.chars(text, bytes.start.get()),
            end: ruler.chars(text, bytes.end.get()),
            kind,
        });
    }
}

/// Counts the characters before places that lie near each other.
#[derive(Default)]
struct Ruler {
    byte: usize,
    chars: usize,
}

impl Ruler {
    fn chars(&mut self, text: &str, byte: usize) -> usize {
        let between = |from: usize, to: usize| {
            text.get(from..to)
                .map_or(0, |passed| passed.chars().count())
        };
        if byte >= self.byte {
            self.chars += between(self.byte, byte);
        } else {
            self.chars -= between(byte, self.byte);
        }
        self.byte = byte;
        self.chars
    }
}
