//! What a document says of its names as a whole.
//!
//! A sentence by itself often doesn't tell whether 高远 is a person. Two things do:
//!
//! - *Lists*: where most of what stands between 、 is a person, the rest are persons, if they can be one.
//! - *Other places*: a name that is sure somewhere (in full, behind an office, in a list) is one wherever it stands.
//!
//! Both take time in proportion to the text.

use rustc_hash::FxHashMap;

use super::counted;
use super::model::fill;
use super::names::{has_surname, is_no_person};
use super::persons::{CERTAIN, LIKELY, begins_with_place, is_common, office_before};
use super::phrases::authority;
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::record::{Document, Method};
use crate::text::is_han;

/// From here on the model's word is taken elsewhere, too.
pub(super) const SURE: f32 = 0.9;
/// What a mention is given that other places make likely.
const LIFTED: f32 = 0.8;
/// Names that begin with the same two characters, at most.
const ALIKE: usize = 8;
/// Members of a list, at least, that are persons already.
const LISTED: usize = 2;

/// What seldom ends a given name and often stands behind a name.
const CLOSES_NO_NAME: &str = "在说等还表对向和与及率就已也又则将曾于从到来去为是有的了";

/// Members that make a list a long one: all of its members are persons then.
const LONG: usize = 4;

/// A name in a sentence, by its characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Find {
    pub(super) sentence: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) score: f32,
    pub(super) method: Method,
}

impl Find {
    fn place(&self) -> (u32, usize) {
        (self.sentence, self.start)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.sentence == other.sentence && self.start < other.end && other.start < self.end
    }
}

/// Keeps those of the finds from `first` on that `good` says; the ones before are not looked at, so that a document takes time in proportion to it.
pub(super) fn keep(finds: &mut Vec<Find>, first: usize, mut good: impl FnMut(&Find) -> bool) {
    let mut kept = first;
    for at in first..finds.len() {
        if good(&finds[at]) {
            finds.swap(kept, at);
            kept += 1;
        }
    }
    finds.truncate(kept);
}

/// Finds more names by those that were found. `finds` are in the order of the text and stay so.
pub(super) fn lift(
    document: &Document,
    lexicon: &Lexicon,
    finds: &mut Vec<Find>,
    chars: &mut Vec<char>,
) {
    if finds.is_empty() {
        return;
    }
    let (mut more, mut counted) = (Vec::new(), Vec::new());
    let mut sure = Sure::default();
    each_with_finds(document, finds, chars, |number, chars, own| {
        list(number, chars, own, &mut more);
        counted::find(number, chars, own, lexicon, &mut counted);
        for find in own.iter().filter(|find| find.score >= SURE) {
            sure.add(find, chars, lexicon);
        }
    });
    merge(finds, &mut more);
    merge(finds, &mut counted);
    sure.refuse(document, finds, chars);
    sure.split(document, finds, chars, &mut more);
    merge(finds, &mut more);
    if sure.names.is_empty() {
        return;
    }
    each_sentence(document, finds, chars, |number, chars, own| {
        sure.mentions(number, chars, own, lexicon, &mut more);
    });
    merge(finds, &mut more);
}

/// As [`each_sentence`], but only with sentences that have names: most have none, and needn't be read.
fn each_with_finds(
    document: &Document,
    finds: &[Find],
    chars: &mut Vec<char>,
    mut judge: impl FnMut(u32, &[char], &[Find]),
) {
    for own in finds.chunk_by(|one, next| one.sentence == next.sentence) {
        let number = own.first().map_or(0, |find| find.sentence);
        if let Some(sentence) = document.sentences.get(number as usize) {
            fill(chars, sentence, document.view());
            judge(number, chars, own);
        }
    }
}

/// Calls `judge` with each sentence: its number, its characters, its names.
fn each_sentence(
    document: &Document,
    finds: &[Find],
    chars: &mut Vec<char>,
    mut judge: impl FnMut(u32, &[char], &[Find]),
) {
    let view = document.view();
    let mut rest = finds;
    for (number, sentence) in (0..).zip(&document.sentences) {
        let count = rest
            .iter()
            .take_while(|find| find.sentence == number)
            .count();
        let (own, after) = rest.split_at(count);
        rest = after;
        fill(chars, sentence, view);
        judge(number, chars, own);
    }
}

/// Takes what is left between persons in lists for persons.
fn list(number: u32, chars: &[char], finds: &[Find], more: &mut Vec<Find>) {
    let mut names = finds
        .iter()
        .filter(|find| find.kind == Kind::Person)
        .peekable();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut persons, mut start) = (0, 0);
    for at in 0..=chars.len() {
        let ends = at == chars.len() || chars.get(at) == Some(&'、');
        if !ends {
            continue;
        }
        while names.peek().is_some_and(|name| name.end <= start) {
            names.next();
        }
        let whole = names
            .peek()
            .is_some_and(|name| name.start == start && name.end == at);
        let edge = names
            .peek()
            .is_some_and(|name| name.start == start || name.end == at);
        let person = chars.get(start..at).is_some_and(is_person_like);
        if whole || edge {
            persons += 1;
        }
        // Where a name ends or begins the model has drawn its line already: 向王芳 is 王芳.
        if !whole && !edge && person {
            open.push((start, at));
        }
        let breaks = !whole && !edge && !person;
        if breaks || at == chars.len() {
            if persons >= LISTED && open.len() <= persons {
                let members = open.iter().map(|(start, end)| listed(number, *start, *end));
                // What the model surely takes for something else stays, but in a long list; what a user's lexicon has, always.
                let long = persons >= LONG;
                let against = |member: &Find| {
                    let stays = |find: &Find| {
                        let sure = find.kind != Kind::Person && find.score >= SURE && !long;
                        find.overlaps(member) && (sure || find.method == Method::Lexicon)
                    };
                    let place = finds.partition_point(|find| find.end <= member.start);
                    let near = finds
                        .iter()
                        .skip(place)
                        .take_while(|find| find.start < member.end);
                    near.into_iter().any(stays)
                };
                more.extend(members.filter(|member| !against(member)));
            }
            open.clear();
            persons = 0;
        }
        start = at + 1;
    }
}

pub(super) fn listed(sentence: u32, start: usize, end: usize) -> Find {
    Find {
        sentence,
        start,
        end,
        kind: Kind::Person,
        score: LIFTED,
        method: Method::Rule,
    }
}

/// Whether a list's member can be a person's name.
fn is_person_like(member: &[char]) -> bool {
    let han = member.iter().copied().all(is_han);
    let word: String = member.iter().take(4).collect();
    han && (2..=4).contains(&member.len())
        && has_surname(&word)
        && (member.len() < 4 || super::names::is_surname(&word.chars().take(2).collect::<String>()))
        && !is_no_person(&word)
}

/// Names that are sure somewhere, by their first two characters.
#[derive(Default)]
struct Sure {
    names: FxHashMap<[char; 2], Vec<(Vec<char>, Kind)>>,
}

impl Sure {
    fn add(&mut self, find: &Find, chars: &[char], lexicon: &Lexicon) {
        let Some(name) = chars.get(find.start..find.end) else {
            return;
        };
        let &[first, second, ..] = name else { return };
        let alike = self.names.entry([first, second]).or_default();
        let known = alike.iter().any(|(other, _)| other == name);
        if known || alike.len() == ALIKE {
            return;
        }
        // A short name that is a common word, too, is sure only where it stands.
        let word: String = name.iter().collect();
        let common = name.len() <= 2 && is_common(&word, lexicon);
        if !common && (find.kind != Kind::Person || !is_no_person(&word)) {
            alike.push((name.to_vec(), find.kind));
        }
    }

    /// Takes out doubtful persons that are the beginning of a place or an organisation that is sure: 青汀科 where 青汀科技园 is.
    fn refuse(&mut self, document: &Document, finds: &mut Vec<Find>, chars: &mut Vec<char>) {
        let mut refused = Vec::new();
        each_with_finds(document, finds, chars, |_, chars, own| {
            // What a list makes a person has been weighed already.
            let doubtful = |find: &&Find| {
                let person = find.kind == Kind::Person && find.method == Method::Model;
                person && find.score < CERTAIN
            };
            for find in own.iter().filter(doubtful) {
                if let Some(&[first, second]) = chars.get(find.start..find.start + 2) {
                    let alike = self
                        .names
                        .get(&[first, second])
                        .map_or(&[][..], Vec::as_slice);
                    let place = begins_with_place(chars, find);
                    let own = chars.get(find.start..find.end).unwrap_or_default();
                    // The name itself may be among the sure ones: of a place that a list has, the others weigh more.
                    let mut others = alike.iter().filter(|(name, _)| !place || name != own);
                    let any = others.clone().next().is_some();
                    if any
                        && (place || find.score < SURE)
                        && others.all(|(_, kind)| *kind != Kind::Person)
                    {
                        refused.push((find.place(), own.to_vec()));
                    }
                }
            }
        });
        for (_, name) in &refused {
            if let Some(alike) = name.first_chunk().and_then(|pair| self.names.get_mut(pair)) {
                alike.retain(|(other, kind)| other != name || *kind != Kind::Person);
            }
        }
        let mut refused = refused.into_iter().peekable();
        finds.retain(|find| {
            refused
                .next_if(|(place, _)| *place == find.place())
                .is_none()
        });
    }

    /// Splits what is two names side by side, as headlines have them, and takes from a doubtful name what stands behind a sure one: 陆远仔 of 陆远仔细.
    fn split(
        &self,
        document: &Document,
        finds: &[Find],
        chars: &mut Vec<char>,
        more: &mut Vec<Find>,
    ) {
        each_with_finds(document, finds, chars, |_, chars, own| {
            let long = |find: &Find| {
                let person = find.kind == Kind::Person && find.method != Method::Lexicon;
                person && find.end - find.start >= 3
            };
            for find in own {
                if find.kind == Kind::Organisation {
                    more.extend(self.officer(chars, find).into_iter().flatten().flatten());
                }
                if !long(find) {
                    continue;
                }
                let Some(name) = chars.get(find.start..find.end) else {
                    continue;
                };
                if let [first, second, third] = name {
                    let least = if CLOSES_NO_NAME.contains(*third) {
                        SURE
                    } else {
                        LIKELY
                    };
                    if find.score < least && self.is_person(&[*first, *second]) {
                        more.push(Find {
                            end: find.end - 1,
                            ..*find
                        });
                    }
                    continue;
                }
                let cut = (2..name.len() - 1).find(|at| {
                    let (left, right) = name.split_at(*at);
                    let known = [left, right].map(|part| self.is_person(part));
                    known == [true; 2]
                        || known[0] && is_person_like(right)
                        || known[1] && is_person_like(left)
                });
                if let Some(cut) = cut.map(|at| find.start + at) {
                    more.push(Find { end: cut, ..*find });
                    more.push(Find {
                        start: cut,
                        ..*find
                    });
                }
            }
        });
    }

    /// The person at the end of what was taken for an organisation, and the organisation before their office: 某区委书记陆远仔 where 陆远仔 is.
    fn officer(&self, chars: &[char], find: &Find) -> Option<[Option<Find>; 2]> {
        let mut starts = (find.start + 2..find.end.saturating_sub(1)).rev().take(3);
        let (office, start) = starts.find_map(|start| {
            let name = chars.get(start..find.end);
            let person = name.is_some_and(|name| self.is_person(name));
            Some((office_before(chars, start).filter(|_| person)?, start))
        })?;
        let person = listed(find.sentence, start, find.end);
        let body = Find {
            kind: Kind::Organisation,
            ..listed(find.sentence, find.start, office)
        };
        let body = (office > find.start + 2).then_some(body);
        (find.method == Method::Model).then_some([body, Some(person)])
    }

    /// Whether a name is that of a person who is sure somewhere.
    fn is_person(&self, name: &[char]) -> bool {
        let &[first, second, ..] = name else {
            return false;
        };
        let alike = self.names.get(&[first, second]);
        alike.is_some_and(|alike| {
            alike
                .iter()
                .any(|(other, kind)| other == name && *kind == Kind::Person)
        })
    }

    /// Finds the names in a sentence where nothing else was found.
    fn mentions(
        &self,
        number: u32,
        chars: &[char],
        finds: &[Find],
        lexicon: &Lexicon,
        more: &mut Vec<Find>,
    ) {
        let mut rest = finds.iter().peekable();
        let mut free = 0;
        for (start, pair) in chars.windows(2).enumerate() {
            while rest.peek().is_some_and(|find| find.end <= start) {
                rest.next();
            }
            let Some(alike) = self.names.get(pair).filter(|_| start >= free) else {
                continue;
            };
            let here = |(name, _): &&(Vec<char>, Kind)| {
                chars
                    .get(start..)
                    .is_some_and(|text| text.starts_with(name))
            };
            let Some((name, kind)) = alike.iter().filter(here).max_by_key(|(name, _)| name.len())
            else {
                continue;
            };
            let find = Find {
                kind: *kind,
                ..listed(number, start, start + name.len())
            };
            let find = authority(chars, find, lexicon);
            let against = |other: &&Find| {
                other.overlaps(&find)
                    && (other.score >= SURE || other.start <= find.start && other.end >= find.end)
            };
            if rest.clone().take(3).any(|other| against(&other)) {
                continue;
            }
            free = find.end;
            more.push(find);
        }
    }
}

/// Puts finds that are in order among others that are; what they overlap goes.
pub(super) fn merge(finds: &mut Vec<Find>, more: &mut Vec<Find>) {
    if more.is_empty() {
        return;
    }
    let mut merged = Vec::with_capacity(finds.len() + more.len());
    let mut rest = more.drain(..).peekable();
    let mut last: Option<Find> = None;
    for find in finds.drain(..) {
        while let Some(new) = rest.next_if(|new| new.place() < find.place() || new.overlaps(&find))
        {
            merged.push(new);
            last = Some(new);
        }
        if !last.is_some_and(|last| last.overlaps(&find)) {
            merged.push(find);
        }
    }
    merged.extend(rest);
    *finds = merged;
}
