//! Names explained number by number: “两园一带”: 两园，指甲和乙；一带，指丙; and by the character they count: “三化”: 甲化、乙化、丙化.

use std::ops::Range;

use super::beside::FOLLOWS;
use super::found::Found;
use super::list::{self, Marks};
use super::name::{Form, Name, sum};
use super::numeral::{is_digit, leading};
use super::page::Page;
use crate::record::Evidence;
use crate::text::is_han;

/// Bytes behind a name in which its terms are explained.
const REACH: usize = 2_400;
/// Clauses behind a name in which members with its character stand.
const CLAUSES: usize = 3;

/// The members that are told term by term. Terms that the text leaves open have none.
pub(super) fn explained(page: &Page, name: &Name) -> Option<Found> {
    let simple = name.terms.iter().all(|term| term.len() == 1);
    if name.terms.len() < 2 || !simple || !matches!(name.form, Form::Quoted | Form::Sum) {
        return None;
    }
    let reach = page.head(name.outer.end..page.view().len(), REACH);
    let mut from = reach.start;
    let mut items = Vec::new();
    for (text, term) in terms(page.piece(&name.range)).into_iter().zip(&name.terms) {
        let Some(told) = told(page, from..reach.end, text, name.form) else {
            continue;
        };
        items.extend(list::split(page, &told, sum(term), Marks::Pauses)?);
        from = told.end;
    }
    let numbered = items
        .iter()
        .any(|item| page.piece(item).starts_with(is_digit));
    let sound = items.len() > 1 && !numbered && list::sound(page, &items);
    sound.then(|| Found::new(page, &items, Evidence::Appositive))
}

/// 两园 and 一带 of 两园一带, 2 and 3 of 2+3.
fn terms(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut inside = false;
    for (at, char) in text.char_indices() {
        let digit = is_digit(char);
        if digit && !inside {
            starts.push(at);
        }
        inside = digit;
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let pieces = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| text.get(*start..end));
    pieces
        .map(|piece| piece.trim_end_matches(['+', '＋']))
        .collect()
}

/// What the text says a term is, to the end of the clause.
fn told(page: &Page, range: Range<usize>, term: &str, form: Form) -> Option<Range<usize>> {
    let text = page.piece(&range);
    text.match_indices(term).take(8).find_map(|(at, _)| {
        let start = range.start + at;
        let quoted = page
            .before(start)
            .is_some_and(|char| matches!(char, '“' | '"' | '‘' | '「'));
        // 两制 in 一国两制 is no term by itself.
        let inside = page
            .before(start)
            .is_some_and(|char| is_digit(char) || is_han(char));
        if (form == Form::Sum && !quoted) || inside {
            return None;
        }
        let rest = text.get(at + term.len()..)?;
        let rest = rest
            .trim_start_matches(['”', '"', '’', '」'])
            .trim_start_matches(['，', ',']);
        let word = FOLLOWS
            .iter()
            .filter(|word| rest.starts_with(**word))
            .max_by_key(|word| word.len())?;
        let list = rest.get(word.len()..)?;
        let end = list.find(list::ends_clause)?;
        let begin = range.end - list.len();
        Some(list::trim(page, begin..begin + end))
    })
}

/// As many as the name says that end with the one character it counts, or begin with 一 where it counts ones.
pub(super) fn keyed(page: &Page, name: &Name) -> Option<Found> {
    let text = page.piece(&name.range);
    let mut behind = text.get(leading(text)?.1..)?.chars();
    let key = behind.next()?;
    let ones = behind.as_str() == "一";
    if name.form != Form::Quoted
        || name.terms.len() != 1
        || name.total() < 3
        || !(ones || behind.as_str().is_empty())
    {
        return None;
    }
    let sentence = page.sentence(name.sentence);
    let mut start = name.outer.end;
    for _ in 0..CLAUSES {
        let rest = page.piece(&page.head(start..sentence.end, REACH));
        let stop = start + rest.find(list::ends_clause).unwrap_or(rest.len());
        let items = if ones {
            of_ones(page, start..stop, name.total())
        } else {
            list::before(page, start, stop, name.total(), false)
        };
        let kin = |items: &Vec<Range<usize>>| {
            ones || items.iter().all(|item| page.piece(item).ends_with(key))
        };
        if let Some(items) = items.filter(kin) {
            return Some(Found::new(page, &items, Evidence::Appositive));
        }
        start = stop + page.from(stop).chars().next()?.len_utf8();
    }
    None
}

/// 建成一所甲、一个乙、一座丙.
fn of_ones(page: &Page, clause: Range<usize>, count: usize) -> Option<Vec<Range<usize>>> {
    let mut items = list::split(page, &clause, count, Marks::Pauses)?;
    let first = items.first_mut()?;
    first.start += page.piece(first).find('一')?;
    let ones = items.iter().all(|item| page.piece(item).starts_with('一'));
    (ones && list::sound(page, &items)).then_some(items)
}
