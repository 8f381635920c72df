//! Who speaks, in the text's own words.

use rustc_hash::FxHashMap;

use super::clause::Reading;
use super::subject::Subject;
use crate::record::{Document, Entity, FullName, Label};
use crate::stage::tag::title::office_before;

/// Paragraphs over which 他 at a paragraph's beginning can lead back.
const PARAGRAPHS: u32 = 2;
/// Sentences of a paragraph that are looked at for the person of 他.
const SENTENCES: usize = 4;
/// Names of a sentence that are looked at.
const PERSONS: usize = 64;
/// Characters of a Chinese name.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// What is remembered of the document's persons.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// Full names by their first character, in simplified characters; made when first asked for.
    full: Option<FxHashMap<char, Vec<String>>>,
    /// The only person of a paragraph, and its number.
    only: Option<(String, u32)>,
}

/// A paragraph whose speakers are asked for.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) entities: &'a [Entity],
    pub(super) reading: Reading<'a>,
    /// Where its sentences begin and end.
    pub(super) sentences: &'a [(usize, usize)],
    pub(super) paragraph: u32,
}

impl Scene<'_> {
    /// Characters as the text has them.
    pub(super) fn text(&self, start: usize, end: usize) -> &str {
        self.reading.piece.span(start, end).of(&self.document.text)
    }

    /// The name in full of a body that the document explains the short form of.
    fn explained(&self, start: usize, end: usize) -> Option<String> {
        let name = self.reading.piece.name_at(start);
        let name = name.filter(|name| name.end == end)?;
        match self.entities.get(name.entity)?.full.as_ref()? {
            FullName::Stated(full) => Some(full.of(&self.document.text).to_owned()),
            FullName::Inferred(_) => None,
        }
    }

    /// The number of the sentence that holds a place.
    pub(super) fn sentence(&self, at: usize) -> Option<usize> {
        let until = self.sentences.partition_point(|(start, _)| *start <= at);
        until.checked_sub(1)
    }

    /// The persons named in a sentence before `until`, each once.
    fn persons(&self, sentence: (usize, usize), until: usize) -> Vec<(usize, &str)> {
        let names = &self.reading.piece.names;
        let from = names.partition_point(|name| name.start < sentence.0);
        let mut found: Vec<(usize, &str)> = Vec::new();
        let own = names.get(from..).unwrap_or_default().iter();
        for name in own
            .take(PERSONS)
            .take_while(|name| name.end <= sentence.1.min(until))
        {
            let text = self.text(name.start, name.end);
            if name.label == Label::Person && found.iter().all(|(_, known)| *known != text) {
                found.push((name.start, text));
            }
            if found.len() > 1 {
                break;
            }
        }
        found
    }
}

impl Speakers {
    /// The name or role of a subject.
    pub(super) fn resolve(&mut self, scene: &Scene<'_>, subject: Subject) -> Option<String> {
        match subject {
            Subject::Person(start, end) => self.person(scene, start, end),
            Subject::Role(start, end) => scene
                .explained(start, end)
                .or_else(|| self.full_name(scene, start, end)),
            Subject::Pronoun(at) => self.pronoun(scene, at),
        }
    }

    /// A person by name; of a surname alone the office behind it is a part.
    fn person(&mut self, scene: &Scene<'_>, start: usize, end: usize) -> Option<String> {
        let bare = end == start + 1;
        let office = if bare {
            scene.reading.office_behind(end)
        } else {
            end
        };
        self.full_name(scene, start, office)
    }

    /// 沈教授 in full where the document names one 沈 only; else as it stands.
    fn full_name(&mut self, scene: &Scene<'_>, start: usize, end: usize) -> Option<String> {
        let words = scene.reading.piece.of(start, end);
        let said = || Some(scene.text(start, end).to_owned());
        let bare = office_before(words) == Some(1) || words.len() == 1;
        let Some(surname) = words.first().filter(|_| bare) else {
            return said();
        };
        let full = self.full.get_or_insert_with(|| full_names(scene));
        match full.get(surname).map(Vec::as_slice) {
            Some([name]) => Some(name.clone()),
            _ if words.len() == 1 => None,
            _ => said(),
        }
    }

    /// The person whom the text before is about, if that is one.
    fn pronoun(&mut self, scene: &Scene<'_>, at: usize) -> Option<String> {
        let own = scene.sentence(at)?;
        for number in (own.saturating_sub(SENTENCES)..=own).rev() {
            let sentence = *scene.sentences.get(number)?;
            match scene.persons(sentence, at).as_slice() {
                [] => {}
                [(start, name)] => {
                    let first = scene.reading.subject_at(sentence.0, *start);
                    let end = start + name.chars().count();
                    return self.person(scene, *start, end).filter(|_| first);
                }
                _ => return None,
            }
        }
        let (name, paragraph) = self.only.as_ref()?;
        (own < SENTENCES && paragraph + PARAGRAPHS >= scene.paragraph).then(|| name.clone())
    }

    /// Remembers whom a paragraph was about.
    pub(super) fn leave(&mut self, scene: &Scene<'_>) {
        let names = scene.reading.piece.names.iter();
        let mut persons = names.filter(|name| name.label == Label::Person);
        let Some(first) = persons.next() else { return };
        let name = scene.text(first.start, first.end);
        let single = persons.all(|other| scene.text(other.start, other.end) == name);
        let leads = scene.reading.subject_at(0, first.start);
        let (start, end) = (first.start, first.end);
        let name = (single && leads).then(|| self.person(scene, start, end));
        self.only = name.flatten().map(|name| (name, scene.paragraph));
    }
}

/// The document's full names by surname.
fn full_names(scene: &Scene<'_>) -> FxHashMap<char, Vec<String>> {
    let mut full: FxHashMap<char, Vec<String>> = FxHashMap::default();
    let view = scene.document.view();
    for entity in scene.entities {
        let name = entity.span.of(view);
        let (Label::Person, Some(surname)) = (entity.label, name.chars().next()) else {
            continue;
        };
        let chars: Vec<char> = name.chars().take(*NAME.end() + 1).collect();
        let whole = NAME.contains(&chars.len()) && office_before(&chars).is_none();
        let known = full.entry(surname).or_default();
        let own = entity.span.of(&scene.document.text);
        // Two of a surname are as good as many: neither is sure.
        if whole && known.len() < 2 && known.iter().all(|one| one != own) {
            known.push(own.to_owned());
        }
    }
    full
}
