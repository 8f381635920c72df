//! Persons, one by one, and the titles beside them.

use crate::record::{Document, Entity, Label, SentenceKind, Token};

use super::before::before;
use super::behind::{behind, behind_list};
use super::piece::{Name, Piece, is_space};
use super::words::is_of_several;

/// How sure the grammar is of a title.
const SCORE: f32 = 0.95;
/// Characters of a remark in brackets between two names of a list: （女）, （右二）.
const REMARK: usize = 10;
/// Endings of what names in a row without marks share: 记者 沈知远 秦若溪.
const PRESS: [&str; 6] = ["记者", "通讯员", "编辑", "主播", "摄影师", "摄影"];

/// Finds the titles of all persons in `entities`, which are ordered by place: the persons get them, and each becomes an entity
/// behind the others.
pub(in crate::stage::tag) fn find(
    document: &Document,
    tokens: &[Token],
    entities: &mut Vec<Entity>,
) {
    let mut piece = Piece::default();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(entity) = entities.get(next) {
        let number = entity.sentence;
        let sentence = document
            .sentences
            .get(number as usize)
            .filter(|sentence| sentence.kind != SentenceKind::Boilerplate);
        let (Label::Person, Some(sentence)) = (entity.label, sentence) else {
            next += 1;
            continue;
        };
        // Organisations before the first person are part of its title.
        let first = entities
            .get(..next)
            .unwrap_or_default()
            .iter()
            .rposition(|one| one.sentence != number)
            .map_or(0, |at| at + 1);
        next = piece.fill(document, tokens, entities, sentence.span, first);
        in_sentence(
            &Walk {
                document,
                tokens,
                piece: &piece,
                sentence: number,
            },
            entities,
            &mut found,
        );
    }
    entities.append(&mut found);
}

/// What a sentence is read with.
struct Walk<'a> {
    document: &'a Document,
    tokens: &'a [Token],
    piece: &'a Piece,
    sentence: u32,
}

/// A person of a sentence while its titles are gathered.
struct Person {
    name: Name,
    titles: Vec<(usize, usize)>,
    /// What those behind it in a list carry, too.
    shared: Vec<(usize, usize)>,
    /// Whether a mark of a list, or nothing, stands between it and the person before.
    listed: bool,
}

fn in_sentence(walk: &Walk<'_>, entities: &mut [Entity], found: &mut Vec<Entity>) {
    let piece = walk.piece;
    let mut persons: Vec<Person> = Vec::new();
    for name in &piece.names {
        let inside = persons
            .last()
            .is_some_and(|last| name.start < last.name.end);
        if name.label == Label::Person && !inside {
            let person = person(walk, persons.last(), *name);
            persons.push(person);
        }
    }
    share_behind(walk, &mut persons);
    let mut known = Vec::new();
    for person in &persons {
        let Some(entity) = entities.get_mut(person.name.entity) else {
            continue;
        };
        for at in &person.titles {
            let title = walk.text(*at);
            if !entity.titles.iter().any(|one| one == title) {
                entity.titles.push(title.to_owned());
            }
        }
        known.extend(&person.titles);
    }
    known.sort_unstable();
    known.dedup();
    found.extend(known.into_iter().map(|at| walk.entity(at)));
}

/// A person with the titles around it.
fn person(walk: &Walk<'_>, last: Option<&Person>, name: Name) -> Person {
    let (piece, tokens) = (walk.piece, walk.tokens);
    let mut titles = before(piece, tokens, name.start);
    let join = last.and_then(|last| join(piece, last.name.end, name.start));
    let mut shared = Vec::new();
    if titles.is_empty() {
        let listed = last.filter(|_| join.is_some());
        let carried = listed.map_or(&[][..], |last| &last.shared).iter();
        shared.extend(carried.copied().filter(|at| {
            let title = walk.view(*at);
            let press = PRESS.iter().any(|word| title.ends_with(word));
            is_of_several(title) && (press || join != Some(Join::Space))
        }));
        titles.clone_from(&shared);
    } else {
        shared.clone_from(&titles);
    }
    titles.extend(behind(piece, tokens, name.start, name.end));
    let listed = join.is_some();
    Person {
        name,
        titles,
        shared,
        listed,
    }
}

/// Gives the members of a list the title behind it.
fn share_behind(walk: &Walk<'_>, persons: &mut [Person]) {
    let mut first = 0;
    for number in 0..persons.len() {
        let Some(person) = persons.get(number) else {
            break;
        };
        if !person.listed {
            first = number;
        }
        let Some(title) = behind_list(walk.piece, walk.tokens, person.name.end) else {
            continue;
        };
        for member in persons.get_mut(first..=number).unwrap_or_default() {
            member.titles.push(title);
        }
    }
}

/// What stands between two members of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    Mark,
    Space,
    Nothing,
}

/// How two names are joined, if they are.
fn join(piece: &Piece, end: usize, start: usize) -> Option<Join> {
    let mut between = piece.of(end, start);
    if between.is_empty() {
        return Some(Join::Nothing);
    }
    if let Some(length) = between
        .iter()
        .take(REMARK)
        .position(|char| matches!(char, '）' | ')'))
        .filter(|_| matches!(between.first(), Some('（' | '(')))
    {
        between = between.get(length + 1..)?;
    }
    let word: String = between
        .iter()
        .take(REMARK)
        .filter(|char| !is_space(**char))
        .collect();
    match word.as_str() {
        "、" | "和" | "与" | "及" | "以及" | "／" | "/" => Some(Join::Mark),
        "" if between.len() <= 2 => Some(Join::Space),
        _ => None,
    }
}

impl<'a> Walk<'a> {
    /// A title as the text has it.
    fn text(&self, at: (usize, usize)) -> &'a str {
        self.piece.span(at.0, at.1).of(&self.document.text)
    }

    /// The same in simplified characters.
    fn view(&self, at: (usize, usize)) -> &'a str {
        self.piece.span(at.0, at.1).of(self.document.view())
    }

    fn entity(&self, at: (usize, usize)) -> Entity {
        Entity::by_rule(
            self.sentence,
            Label::Title,
            self.piece.span(at.0, at.1),
            SCORE,
        )
    }
}
