//! The city that a document names before a body: [临澜]市委, 云溪省[临澜]市委.

use crate::lexicon::Gazetteer;
use crate::record::{Entity, Label, Token};
use crate::text::is_han;

/// Characters of a city's name without 市.
const CITY: std::ops::RangeInclusive<usize> = 2..=6;
/// Characters of the shortest place.
const SHORTEST: usize = 2;
/// Kinds of cities, and no city's name.
const KINDS: [&str; 5] = ["直辖", "县级", "地级", "副省级", "计划单列"];
/// What names of places end with that a city lies in, or that it is written behind.
const WITHIN: [char; 5] = ['省', '区', '州', '盟', '市'];
/// Names that are looked at for one that covers a place.
const NEAR: usize = 6;
/// Entities that are looked at for these.
const FAR: usize = 256;

/// Whose a body is, as the document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head<'v> {
    /// This city, without 市.
    City(&'v str),
    /// This one, behind others in a list: of 青汀县、望澜市人民政府 none is what 市政府 means elsewhere.
    Listed(&'v str),
    /// Some city; where its name begins is not sure.
    Unclear,
}

/// Whether only a kind of city stands before a body: 直辖|市委.
pub(super) fn is_kind(before: &str) -> bool {
    KINDS.iter().any(|kind| before.ends_with(kind))
}

/// The city whose name ends where the body at `at` begins, or with its first character.
pub(super) fn head<'v>(
    view: &'v str,
    tokens: &[Token],
    entities: &[Entity],
    at: usize,
) -> Option<Head<'v>> {
    let until = entities.partition_point(|one| one.span.byte_start.get() < at);
    let near = entities.get(until.saturating_sub(FAR)..until)?;
    let named = |one: &&Entity| matches!(one.label, Label::Location | Label::Organisation);
    let near = near.iter().rev().filter(named).take(NEAR);
    let entity = near.filter(|one| one.span.byte_end.get() >= at).last()?;
    let start = entity.span.byte_start.get();
    let name = view.get(start..at)?;
    if name.chars().count() > Gazetteer::LONGEST {
        return None;
    }
    let name = name.strip_suffix('市').unwrap_or(name);
    let end = start + name.len();
    let name = ["中国共产党", "中共"]
        .iter()
        .find_map(|party| name.strip_prefix(party))
        .unwrap_or(name);
    let city = last_place(name);
    let sound = CITY.contains(&city.chars().count()) && name.chars().all(is_han);
    let is_place = || {
        let begins = |name: &str| begins_with_place(tokens, end - name.len());
        entity.label == Label::Location || is_known(city) || begins(name) || begins(city)
    };
    if !sound || is_kind(name) || !is_place() {
        return None;
    }
    let several = !is_known(city) && has_place_within(tokens, end - city.len(), end);
    Some(match view.get(..start) {
        _ if several => Head::Unclear,
        Some(before) if super::city::is_listed(before) => Head::Listed(city),
        _ => Head::City(city),
    })
}

/// The last place of a name that may have several: 江苏[苏州], 延边州[延吉], 美国[纽约].
fn last_place(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = behind_place(name) {
        name = rest;
    }
    name
}

/// What stands behind a place that a name begins with; nothing where the whole is one place.
fn behind_place(name: &str) -> Option<&str> {
    if is_known(name) {
        return None;
    }
    let last = name.chars().count().checked_sub(SHORTEST)?;
    let cuts = name.char_indices().take(last + 1).skip(SHORTEST);
    let mut parts: Vec<_> = cuts
        .filter_map(|(at, _)| name.split_at_checked(at))
        .collect();
    parts.reverse();
    let first = |before: &str| before.ends_with(WITHIN) || is_known(before);
    parts
        .into_iter()
        .find_map(|(before, rest)| first(before).then_some(rest))
}

/// Whether a place is called so, with 市 or without.
fn is_known(name: &str) -> bool {
    let gazetteer = Gazetteer::shared();
    !gazetteer.of(name).is_empty() || !gazetteer.of(&format!("{name}市")).is_empty()
}

/// Whether the dictionary has a place where a name begins: taggers may take 协助市人民政府 for a body.
fn begins_with_place(tokens: &[Token], start: usize) -> bool {
    let number = tokens.partition_point(|token| token.span.byte_start.get() < start);
    tokens.get(number).is_some_and(|token| {
        let begins = token.span.byte_start.get() == start;
        begins && (token.pos.is_a("ns") || token.pos.is_a("nt"))
    })
}

/// Whether the dictionary has a place that is a part of a name, with enough beside it for another.
fn has_place_within(tokens: &[Token], start: usize, end: usize) -> bool {
    let from = tokens.partition_point(|token| token.span.byte_start.get() < start);
    let place = "临澜".len();
    tokens
        .iter()
        .skip(from)
        .take_while(|token| token.span.byte_end.get() <= end)
        .any(|token| {
            let span = token.span.byte_start.get()..token.span.byte_end.get();
            let beside = (end - start).saturating_sub(span.len());
            token.pos.is_a("ns") && span.len() >= place && beside >= place
        })
}
