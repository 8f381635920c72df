//! What runs: names, then what supports each, then one row a mention.

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::found::Found;
use super::name::{self, Form, Name};
use super::ordinal::{self, Marker};
use super::page::Page;
use super::{beside, elsewhere, groups, terms};
use crate::record::{Entity, Enumeration, Evidence, Segmented};

/// Different names of a document whose members are looked for in all of it.
const SOUGHT: usize = 64;
/// Names without quotation marks that one quoted name stands for, at most.
const REPEATED: usize = 200;

/// Finds numbered shorthand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shorthand;

impl Shorthand {
    /// A finder.
    pub const fn new() -> Self {
        Self
    }

    /// Adds the shorthand of a document in the order of its text. Of `entities`, which are in order, persons are looked at.
    pub fn find(self, segmented: &Segmented, entities: &[Entity], out: &mut Vec<Enumeration>) {
        let page = Page::new(segmented, entities);
        let (mut names, markers) = scan(&page);
        if names.is_empty() {
            return;
        }
        repeat(&page, &mut names);
        let found = support(&page, &names, &markers);
        for (name, found) in names.iter().zip(&found) {
            if found.is_some() || name.sure {
                out.push(row(&page, name, found.as_ref()));
            }
        }
    }
}

/// All that may be a name and all numbers of items, in one pass that stops at characters a number can begin with.
fn scan(page: &Page) -> (Vec<Name>, Vec<Marker>) {
    let mut names: Vec<Name> = Vec::new();
    let mut markers = Vec::new();
    let bytes = page.view().as_bytes();
    let mut at = 0;
    let mut last = None;
    while let Some(&byte) = bytes.get(at) {
        let here = at;
        at += 1;
        let len = match byte {
            b'0'..=b'9' => 1,
            // 一七三两 九 二五八六十 四: all numerals begin with these two bytes.
            0xE4 | 0xE5 if is_numeral(bytes.get(here + 1..here + 3)) => 3,
            _ => continue,
        };
        at = here + len;
        // Inside of a number none begins.
        if last.replace(at) == Some(here) {
            continue;
        }
        if names.last().is_some_and(|name| here < name.outer.end) {
            continue;
        }
        if let Some(marker) = ordinal::marker(page, here) {
            markers.push(marker);
        } else if let Some(name) = name::at(page, here) {
            names.push(name);
        }
    }
    (names, markers)
}

/// Whether two bytes behind 0xE4 or 0xE5 end a numeral. The few others that share them are sorted out by whoever reads the number.
fn is_numeral(bytes: Option<&[u8]>) -> bool {
    matches!(
        bytes,
        Some(
            [0xB8, 0x80 | 0x83 | 0x89 | 0xA4] // 一七三两
                | [0xB9, 0x9D] // 九
                | [0xBA, 0x8C | 0x94] // 二五
                | [0x85, 0xAB | 0xAD] // 八六
                | [0x8D, 0x81] // 十
                | [0x9B, 0x9B] // 四
        )
    )
}

/// A name that stands in quotation marks once is one without them, too.
fn repeat(page: &Page, names: &mut Vec<Name>) {
    let mut quoted: Vec<Name> = Vec::new();
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    for name in names.iter().filter(|name| name.form == Form::Quoted) {
        let times = times.entry(page.piece(&name.range)).or_default();
        *times += 1;
        if *times == 1 && quoted.len() < SOUGHT {
            quoted.push(name.clone());
        }
    }
    for name in names.iter_mut().filter(|name| name.form == Form::Quoted) {
        name.sure |= times
            .get(page.piece(&name.range))
            .is_some_and(|times| *times > 1);
    }
    let mut more = Vec::new();
    for name in &quoted {
        let text = page.piece(&name.range);
        let sure = name.sure || times.get(text).is_some_and(|times| *times > 1);
        if !sure || text.chars().nth(3).is_none() {
            continue;
        }
        let places = memmem::find_iter(page.view().as_bytes(), text);
        more.extend(places.take(REPEATED).filter_map(|at| moved(page, name, at)));
    }
    names.append(&mut more);
    names.sort_by_key(|name| (name.range.start, name.outer == name.range));
    // What was a count only is a name: 五个中心 elsewhere in quotation marks.
    names.dedup_by(|next, kept| {
        let clash = next.range.start < kept.outer.end;
        if clash && is_name(next) && !is_name(kept) {
            std::mem::swap(next, kept);
        }
        clash
    });
}

/// The name at another place, without quotation marks.
fn moved(page: &Page, name: &Name, at: usize) -> Option<Name> {
    let range = at..at + name.range.len();
    let sentence = page.sentence_of(at)?;
    if at == name.range.start
        || page
            .before(at)
            .is_some_and(|char| char == '第' || super::numeral::is_part(char))
    {
        return None;
    }
    let noun = range.end - name.noun.len()..range.end;
    Some(Name {
        outer: range.clone(),
        range,
        noun,
        sure: true,
        sentence,
        ..name.clone()
    })
}

/// What supports each name: what stands beside it, then what the document says elsewhere, then what it says of the same name.
fn support(page: &Page, names: &[Name], markers: &[Marker]) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = Vec::with_capacity(names.len());
    for name in names {
        let start = page.sentence(name.sentence).start.min(name.outer.start);
        found.push(nearby(page, name, start, markers));
    }
    for (at, name) in names.iter().enumerate().rev() {
        if found.get(at).is_none_or(Option::is_some) {
            continue;
        }
        let later = names.get(at + 1..).unwrap_or_default();
        let parts: Vec<(&Name, &Found)> = later
            .iter()
            .zip(found.iter().skip(at + 1))
            .take(4)
            .map_while(|(name, found)| found.as_ref().map(|found| (name, found)))
            .collect();
        let others = found.get(at + 1..).unwrap_or_default();
        let more = groups::of_sum(page, name, later, others)
            .or_else(|| groups::of_parts(page, name, &parts))
            .or_else(|| terms::explained(page, name));
        if let Some(slot) = found.get_mut(at) {
            *slot = more;
        }
    }
    share(page, names, &mut found);
    found
}

fn nearby(page: &Page, name: &Name, floor: usize, markers: &[Marker]) -> Option<Found> {
    if name.form == Form::Beside {
        return beside::before(page, name, floor);
    }
    // No list is as long as an open sum: 3+3+X.
    if name.is_open() {
        return None;
    }
    beside::roles(page, name, floor)
        .or_else(|| beside::before(page, name, floor))
        .or_else(|| beside::after(page, name))
        .or_else(|| ordinal::find(page, name, markers))
        .or_else(|| elsewhere::headings(page, name))
        .or_else(|| elsewhere::abridged(page, name))
        .or_else(|| terms::keyed(page, name))
}

/// Gives each mention of a name what supports another: the best evidence of the document.
fn share(page: &Page, names: &[Name], found: &mut [Option<Found>]) {
    let mut best: FxHashMap<&str, Option<Found>> = FxHashMap::default();
    for (name, found) in names.iter().zip(found.iter()) {
        if is_name(name) {
            let best = best.entry(page.piece(&name.range)).or_default();
            if best.is_none() {
                best.clone_from(found);
            }
        }
    }
    let mut sought = 0;
    for name in names {
        let best = best
            .get_mut(page.piece(&name.range))
            .filter(|best| best.is_none());
        if let Some(best) = best.filter(|_| sought < SOUGHT) {
            sought += 1;
            *best = elsewhere::kin(page, name);
        }
    }
    for (name, found) in names.iter().zip(found.iter_mut()) {
        if found.is_none()
            && let Some(best) = best.get(page.piece(&name.range))
        {
            found.clone_from(best);
        }
    }
}

/// Whether all mentions mean the same.
fn is_name(name: &Name) -> bool {
    matches!(name.form, Form::Grand | Form::Quoted | Form::Sum)
}

fn row(page: &Page, name: &Name, found: Option<&Found>) -> Enumeration {
    let members = found.map(|found| found.members(page)).unwrap_or_default();
    let declared = name.declared();
    let groups = name.form == Form::Sum && members.len() == name.terms.len();
    let counted = i32::try_from(members.len()).ok() == declared;
    Enumeration {
        sentence: u32::try_from(name.sentence).unwrap_or(u32::MAX),
        span: page.span(&name.range),
        declared,
        complete: !members.is_empty() && (groups || (declared.is_some() && counted)),
        members,
        evidence: found.map_or(Evidence::Appositive, |found| found.evidence),
    }
}
