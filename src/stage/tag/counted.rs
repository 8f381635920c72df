//! Lists that say how many they name: 金玉、陆远、云澜等3位代表, 3名代表分别是金玉、陆远和云澜.
//!
//! Where the number is that of the members, and half of them are persons already, the others are, too: whoever counted knew. A list that is longer or
//! shorter, or has a member that can be no name, tells nothing.

use super::consistent::{Find, listed};
use super::names::is_no_person;
use super::persons::is_common;
use super::phrases::ends_as;
use super::shorthand::{is_digit, leading};
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::record::Method;
use crate::text::is_han;

/// The least and the largest number of members.
const MEMBERS: std::ops::RangeInclusive<usize> = 2..=60;
/// Characters of their number: 二十四.
const DIGITS: usize = 3;
/// Characters of a Chinese name, and of a foreign one with a dot in it.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;
const FOREIGN: usize = 14;
/// Characters of what is counted: 政协委员.
const COUNTED: usize = 6;

/// A member's first character, and the one behind its last.
type Member = (usize, usize);

/// Adds the members of counted lists in a sentence that are not among its finds.
pub(super) fn find(
    sentence: u32,
    chars: &[char],
    finds: &[Find],
    lexicon: &Lexicon,
    more: &mut Vec<Find>,
) {
    let mut free = 0;
    for at in 1..chars.len() {
        let counts = matches!(chars[at], '位' | '名');
        let Some((first, count)) = counts.then(|| number_before(chars, at)).flatten() else {
            continue;
        };
        for mut members in [before(chars, first, finds), behind(chars, at + 1, finds)] {
            members.sort_unstable();
            let told =
                members.len() == count && members.first().is_some_and(|(start, _)| *start >= free);
            if !told || !MEMBERS.contains(&count) || !are_persons(chars, &members, finds, lexicon) {
                continue;
            }
            let new = members.iter().filter(|member| !is_person(member, finds));
            more.extend(new.map(|(start, end)| listed(sentence, *start, *end)));
            free = members.last().map_or(free, |(_, end)| *end);
        }
    }
}

/// Where the number begins that ends at a place, and which it is.
fn number_before(chars: &[char], end: usize) -> Option<(usize, usize)> {
    let run = chars.get(..end)?.iter().rev().take(DIGITS + 1);
    let start = end - run.take_while(|ch| is_digit(**ch)).count();
    let number: String = chars.get(start..end)?.iter().collect();
    let ordinal = start.checked_sub(1).and_then(|at| chars.get(at));
    if ordinal == Some(&'第') {
        return None;
    }
    let (count, bytes) = leading(&number)?;
    let count = usize::try_from(count).ok()?;
    (bytes == number.len()).then_some((start, count))
}

fn joins(ch: char) -> bool {
    matches!(ch, '、' | '和' | '及')
}

fn is_part(ch: char) -> bool {
    is_han(ch) || ch == '·'
}

/// The members of the list that ends before a number, the last one first.
fn before(chars: &[char], number: usize, finds: &[Find]) -> Vec<Member> {
    let mut end = number;
    while end > 0 && matches!(chars[end - 1], '等' | '共') {
        end -= 1;
    }
    let mut members = Vec::new();
    loop {
        let run = chars.iter().take(end).rev().take(FOREIGN + 1);
        let length = run.take_while(|ch| is_part(**ch) && !joins(**ch)).count();
        let sep = end.checked_sub(length + 1).and_then(|at| chars.get(at));
        // What stands before the first one may be words: where the model has it the name begins.
        let own = finds.get(finds.partition_point(|find| find.end < end));
        let own = own.filter(|find| find.end == end && find.kind == Kind::Person);
        let start = own.map_or(end - length, |find| find.start);
        if length == 0 || members.len() > *MEMBERS.end() {
            return members;
        }
        members.push((start, end));
        if !sep.is_some_and(|ch| joins(*ch)) || start > end - length {
            return members;
        }
        end -= length + 1;
    }
}

/// The members of the list behind a counter and what it counts.
fn behind(chars: &[char], counter: usize, finds: &[Find]) -> Vec<Member> {
    let near = chars
        .get(counter..)
        .unwrap_or_default()
        .iter()
        .take(COUNTED + 3);
    // Of 认为 no list follows, of 分别为 one does.
    let opens = near.clone().enumerate().position(|(at, ch)| match ch {
        '为' => matches!(chars.get((counter + at).wrapping_sub(1)), Some('别' | '次')),
        '是' | '：' | ':' => true,
        _ => false,
    });
    let mut members = Vec::new();
    let Some(mut start) = opens.map(|at| counter + at + 1) else {
        return members;
    };
    loop {
        let run = chars.iter().skip(start).take(FOREIGN + 1);
        let length = run.take_while(|ch| is_part(**ch) && !joins(**ch)).count();
        let own = starting(start, finds).filter(|find| find.kind == Kind::Person);
        let end = own.map_or(start + length, |find| find.end);
        if length == 0 || members.len() > *MEMBERS.end() {
            return members;
        }
        members.push((start, end));
        let joined = chars.get(start + length).is_some_and(|ch| joins(*ch));
        if !joined || end < start + length {
            return members;
        }
        start += length + 1;
    }
}

/// The find that begins at a place; they are in order.
fn starting(start: usize, finds: &[Find]) -> Option<&Find> {
    let find = finds.get(finds.partition_point(|find| find.start < start));
    find.filter(|find| find.start == start)
}

fn is_person(member: &Member, finds: &[Find]) -> bool {
    let find = starting(member.0, finds);
    find.is_some_and(|find| find.end == member.1 && find.kind == Kind::Person)
}

/// Whether half of the members are persons, and the others can be.
fn are_persons(chars: &[char], members: &[Member], finds: &[Find], lexicon: &Lexicon) -> bool {
    let persons = members
        .iter()
        .filter(|member| is_person(member, finds))
        .count();
    let may_be = |member: &Member| {
        let name = chars.get(member.0..member.1).unwrap_or_default();
        let word: String = name.iter().collect();
        let length = NAME.contains(&name.len()) || name.len() <= FOREIGN && name.contains(&'·');
        // What the model takes for something else, or the user has for a word, stays.
        let stays = |find: &Find| find.kind != Kind::Person || find.method == Method::Lexicon;
        let near = finds
            .iter()
            .skip(finds.partition_point(|find| find.end <= member.0));
        let mut near = near.take_while(|find| find.start < member.1);
        length
            && !ends_as(Kind::Organisation, name)
            && !is_no_person(&word)
            && !is_common(&word, lexicon)
            && !near.any(stays)
    };
    let mut others = members.iter().filter(|member| !is_person(member, finds));
    persons * 2 >= members.len() && others.all(may_be)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text, where the names between brackets are known.
    fn check(marked: &str, expected: &[&str]) {
        let (mut chars, mut finds) = (Vec::new(), Vec::new());
        let mut start = 0;
        for ch in marked.chars() {
            match ch {
                '[' => start = chars.len(),
                ']' => finds.push(listed(0, start, chars.len())),
                ch => chars.push(ch),
            }
        }
        let mut more = Vec::new();
        find(0, &chars, &finds, &Lexicon::default_shared(), &mut more);
        let found: Vec<String> = more
            .iter()
            .map(|find| chars[find.start..find.end].iter().collect())
            .collect();
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn who_is_counted_is_a_person() {
        check("会上，[金玉]、霁澜、[陆远]3位代表说", &["霁澜"]);
        check("昨天[金玉]、霁澜、[陆远]等三位代表说", &["霁澜"]);
        check("会上，霁澜、[陆远]2名代表说", &["霁澜"]);
        check("三名代表分别是[金玉]、[陆远]和霁澜。", &["霁澜"]);
        check("2位代表：[陆远]、阿尔·霁澜", &["阿尔·霁澜"]);
        check("会上，[金玉]、[陆远]两位代表说", &[]);
    }

    #[test]
    fn another_number_tells_nothing() {
        check("会上，[金玉]、霁澜、[陆远]4位代表说", &[]);
        check("会上，[金玉]、霁澜、[陆远]等15位代表说", &[]);
        check("会上，[金玉]、霁澜、[陆远]第3位说", &[]);
        check("会上，[金玉]、霁澜、[陆远]位代表说", &[]);
        check("1位代表是霁澜。", &[]);
    }

    #[test]
    fn what_can_be_no_name_is_none() {
        check("会上，[金玉]、大家、[陆远]3位说", &[]);
        check("会上，[金玉]、霁澜、汀洲、沚白4位说", &[]);
        check("会上，[金玉]、霁澜台、[陆远]3位说", &[]);
        check("三位专家认为[金玉]、[陆远]和霁澜很好", &[]);
        check("会上，[金玉]、所有没有来的、[陆远]3位说", &[]);
    }
}
