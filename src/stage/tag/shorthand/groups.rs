//! Names whose members are other names: “3+6” of 三大… and 六大…, 六大… of 4个… and 2个….

use super::found::{Found, Part};
use super::list;
use super::name::{Form, Name, sum};
use super::page::Page;
use crate::record::Evidence;

/// Bytes behind a sum in which its groups stand.
const REACH: usize = 1_800;
/// Bytes behind a sum of sums in which they are taken up.
const FAR: usize = 12_000;
/// Names behind a sum that are looked at.
const NAMES: usize = 60;
/// What stands before a group that is not counted.
const AND: [&str; 4] = ["以及", "和", "与", "及"];

/// The groups of a sum: names behind it that count its terms, in their order.
pub(super) fn of_sum(
    page: &Page,
    name: &Name,
    later: &[Name],
    found: &[Option<Found>],
) -> Option<Found> {
    if name.form != Form::Sum {
        return None;
    }
    let nested = name.terms.iter().any(|term| term.len() > 1);
    let limit = name.outer.end + if nested { FAR } else { REACH };
    let mut parts = Vec::new();
    let mut terms = name.terms.iter().peekable();
    let mut last = name.outer.end;
    let later = later.iter().zip(found).take(NAMES);
    for (other, found) in later.take_while(|(other, _)| other.range.start < limit) {
        let Some(term) = terms.peek().filter(|term| !term.is_empty()) else {
            break;
        };
        if other.form == Form::Sum && other.terms == name.terms {
            continue;
        }
        // The next sum has groups of its own.
        if !nested && other.form == Form::Sum {
            break;
        }
        let named = matches!(other.form, Form::Grand | Form::Quoted | Form::Sum);
        if (named || (found.is_some() && is_defined(page, other, term))) && counts(other, term) {
            parts.push(Part {
                range: other.range.clone(),
                head: None,
            });
            last = other.range.end;
            terms.next();
        }
    }
    if terms.peek().is_some_and(|term| term.is_empty()) && terms.len() == 1 {
        parts.push(uncounted(page, last)?);
        terms.next();
    }
    (terms.next().is_none()).then_some(Found {
        parts,
        evidence: Evidence::Appositive,
    })
}

/// Whether a count says what a term stands for: “2”是指甲、乙两个传统产业.
fn is_defined(page: &Page, name: &Name, term: &[u32]) -> bool {
    let lead = page.piece(&page.tail(page.sentence(name.sentence).start..name.range.start, REACH));
    let number = term.first().map(u32::to_string).unwrap_or_default();
    let clause = lead
        .rfind(['；', ';', '。', '，', ','])
        .and_then(|at| lead.get(at..))
        .unwrap_or(lead);
    let marks = ["“", "”", "\"", "‘", "「"];
    marks
        .iter()
        .any(|mark| clause.contains(&format!("{mark}{number}")))
}

/// Whether a name counts what a term says: 三大… for 3, “2+2” for (2+2).
fn counts(name: &Name, term: &[u32]) -> bool {
    if term.len() > 1 {
        return name.form == Form::Sum && name.terms.iter().flatten().eq(term.iter());
    }
    name.form != Form::Sum && name.terms.len() == 1 && name.total() == sum(term)
}

/// What follows the last counted group for X: 以及未来潜力产业.
fn uncounted(page: &Page, from: usize) -> Option<Part> {
    let rest = page.piece(&page.head(from..page.view().len(), REACH));
    let start = rest.find(|char| list::ends_clause(char) || char == '和')?;
    let text = rest.get(start..)?.trim_start_matches(['，', ',']);
    let word = AND.iter().find(|word| text.starts_with(**word))?;
    let text = text.get(word.len()..)?;
    let stop = text.find(list::ends_clause)?;
    let begin = from + rest.len() - text.len();
    let range = list::trim(page, begin..begin + stop);
    list::sound(page, std::slice::from_ref(&range)).then_some(Part { range, head: None })
}

/// The members of counted lists in the same sentence, where together they are as many as the name says.
pub(super) fn of_parts(page: &Page, name: &Name, later: &[(&Name, &Found)]) -> Option<Found> {
    let noun: String = page.piece(&name.noun).chars().rev().take(2).collect();
    let noun: String = noun.chars().rev().collect();
    let mut parts = Vec::new();
    let mut lists = 0;
    for (other, found) in later
        .iter()
        .take_while(|(other, _)| other.sentence == name.sentence)
    {
        if other.form != Form::Counted || !page.piece(&other.noun).contains(&noun) {
            break;
        }
        parts.extend(found.parts.iter().cloned());
        lists += 1;
    }
    (lists > 1 && name.form == Form::Grand && parts.len() == name.total()).then_some(Found {
        parts,
        evidence: Evidence::Appositive,
    })
}
