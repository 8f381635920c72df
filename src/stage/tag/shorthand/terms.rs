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

/// As many as the name says that end or begin with the one character it counts, or begin with 一 where it counts ones: behind the name, or as
/// one matter in the sentences beside its own.
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
    let found = |items: Vec<Range<usize>>| Found::new(page, &items, Evidence::Appositive);
    if ones {
        let mut clauses = clauses(page, name.outer.end..sentence.end);
        return clauses
            .find_map(|clause| of_ones(page, clause, name.total()))
            .map(found);
    }
    let own = clauses(page, name.outer.end..sentence.end)
        .find_map(|clause| with_key(page, clause, name.total(), key, true));
    let beside = [name.sentence.checked_add(1), name.sentence.checked_sub(1)];
    let mut beside = beside.into_iter().flatten().map(|it| page.sentence(it));
    own.or_else(|| {
        beside.find_map(|sentence| {
            clauses(page, sentence)
                .find_map(|clause| with_key(page, clause, name.total(), key, false))
                .filter(|items| is_matter(page, items))
        })
    })
    .map(found)
}

/// Whether a list in another sentence is told as one matter, 渔业、渔村、渔民|问题; three nouns may share a character by chance.
fn is_matter(page: &Page, items: &[Range<usize>]) -> bool {
    items
        .last()
        .is_some_and(|last| page.from(last.end).starts_with("问题"))
}

/// The first few clauses of a piece.
fn clauses<'p>(page: &'p Page, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'p {
    let mut start = range.start;
    let next = move || {
        let rest = page.piece(&page.head(start..range.end, REACH));
        let stop = start + rest.find(list::ends_clause).unwrap_or(rest.len());
        let clause = start..stop;
        start = stop + page.from(stop).chars().next()?.len_utf8();
        Some(clause)
    };
    std::iter::from_fn(next).take(CLAUSES)
}

/// The list at the end of a clause whose members all end with a character, where `ends` allows that, or begin with it: “三农” with 农业、农村、农民.
fn with_key(
    page: &Page,
    clause: Range<usize>,
    count: usize,
    key: char,
    ends: bool,
) -> Option<Vec<Range<usize>>> {
    let mut items = list::before(page, clause.start, clause.end, count, false)?;
    let all = |is: &dyn Fn(&str) -> bool| items.iter().all(|item| is(page.piece(item)));
    if ends && all(&|text| text.ends_with(key)) {
        return Some(items);
    }
    let first = |item: &Range<usize>| page.words(item).first();
    // 公开、公平、公正 are no things that 公 counts.
    let thing = items.iter().all(|item| {
        first(item).is_some_and(|word| word.pos.is_a("n") || word.span.char_len() == 1)
    });
    if !thing || !all(&|text| text.starts_with(key) && text.chars().nth(1).is_some()) {
        return None;
    }
    // 农业、农村、农民|问题, 农业|更强、农村|更美: what is counted is what the words name that begin with the character.
    let words = items.iter().map(|item| first(item).map(|word| word.span));
    let ends: Option<Vec<usize>> = words
        .map(|span| Some(span.filter(|span| span.char_len() > 1)?.byte_end.get()))
        .collect();
    for (item, end) in items.iter_mut().zip(ends.unwrap_or_default()) {
        item.end = end;
    }
    Some(items)
}

/// 建成一所甲、一个乙、一座丙.
fn of_ones(page: &Page, clause: Range<usize>, count: usize) -> Option<Vec<Range<usize>>> {
    let mut items = list::split(page, &clause, count, Marks::Pauses)?;
    let first = items.first_mut()?;
    first.start += page.piece(first).find('一')?;
    let ones = items.iter().all(|item| page.piece(item).starts_with('一'));
    (ones && list::sound(page, &items)).then_some(items)
}
