//! Where the first member of a list begins: behind the words that govern the list.

use std::ops::Range;

use super::list::{are_single, last_conjunction};
use super::page::Page;
use super::words;
use crate::record::Token;

/// Whether members other than the first can't be members: they lack an object, ask, or say what becomes of the others.
pub(super) fn is_incomplete(page: &Page, others: &[Range<usize>]) -> bool {
    let single = others
        .iter()
        .all(|item| page.piece(item).chars().nth(1).is_none());
    let open = !single && others.iter().any(|item| is_open(page, item));
    open || is_question(page, others) || is_tail(page, others)
}

/// Whether a member lacks its object, which is then the name: 优化甲、提升|三大….
fn is_open(page: &Page, item: &Range<usize>) -> bool {
    if page.piece(item).ends_with(['的', '地', '之']) {
        return true;
    }
    let words = page.words(item);
    let Some(last) = words.last() else {
        return false;
    };
    let text = page.text_of(last);
    let verb = last.pos.is_a("v") && !last.pos.is_a("vn");
    let alone = words.len() == 1
        || words
            .iter()
            .rev()
            .skip(1)
            .all(|word| words::is_adverb(page.text_of(word)));
    words::governs(text) || (alone && (verb || words::may_govern(text) || words::is_adverb(text)))
}

/// Whether members are questions, which begin where no word tells.
fn is_question(page: &Page, items: &[Range<usize>]) -> bool {
    items.iter().any(|item| {
        let text = page.piece(item);
        ["什么", "怎样", "如何", "怎么"]
            .iter()
            .any(|word| text.contains(word))
    })
}

/// Whether the last member has a verb that no other has: it says what becomes of them all.
fn is_tail(page: &Page, items: &[Range<usize>]) -> bool {
    let verb = |item: &Range<usize>| {
        let words = page.words(item);
        words
            .iter()
            .skip(1)
            .any(|word| words::governs(page.text_of(word)))
    };
    let governed = |item: &Range<usize>| {
        let mut words = page.words(item).iter();
        words.any(|word| words::governs(page.text_of(word)))
    };
    items
        .split_last()
        .is_some_and(|(last, others)| verb(last) && !others.iter().any(governed))
}

/// Where the first of a list of persons begins: the others are names, and so is it.
pub(super) fn of_persons(page: &Page, items: &[Range<usize>]) -> Option<usize> {
    let length = |item: &Range<usize>| page.piece(item).chars().count();
    let first = items.first()?;
    let names = items
        .iter()
        .skip(1)
        .all(|item| (2..=4).contains(&length(item)) || page.piece(item).contains('·'));
    if !names {
        return of_nouns(page, items);
    }
    if (2..=4).contains(&length(first))
        && !page
            .words(first)
            .iter()
            .any(|word| words::governs(page.text_of(word)))
    {
        return Some(first.start);
    }
    page.person_to(first.end)
        .filter(|start| *start >= first.start)
}

/// Where the first member begins: what governs the list stands before it in the same clause.
pub(super) fn of_nouns(page: &Page, items: &[Range<usize>]) -> Option<usize> {
    let (first, others) = items.split_first()?;
    let length = |range: &Range<usize>| page.piece(range).chars().count();
    let heads = |item: &&Range<usize>| {
        let words = page.words(item);
        let weak = |text| words::may_govern(text) && words.len() > 1;
        words
            .first()
            .map(|word| page.text_of(word))
            .filter(|text| words::governs(text) || weak(text))
    };
    let verbs: Vec<&str> = others.iter().filter_map(|item| heads(&item)).collect();
    let start = if verbs.len() * 2 >= others.len().max(1) {
        clausal(page, first, &verbs)
    } else {
        nominal(page, first, others)
    };
    // A verb behind one that governs is the member's own: 实现|受理标准.
    let governed = start > first.start;
    // 采取|全区统一考试、本乡…: where a verb governs the list, all behind it is of the first.
    let even =
        single(page, first, others).or_else(|| even(page, first, others).filter(|_| !governed));
    let start = even.unwrap_or(start);
    let start = repeated(page, &(start..first.end), others).unwrap_or(start);
    let rest = start..first.end;
    let longest = others.iter().map(length).max()?;
    let start = match last_conjunction(page, &rest) {
        // 建设先行区和甲、乙、丙三大平台: what stands before 和 is of another list, if it is as long as none of this.
        // 改进甲和乙、改进丙和丁: where all have one, it is of the member.
        Some(_) if are_parallel(page, &rest, others) => start,
        Some((at, behind)) => {
            let apart =
                length(&(start..at)) > longest + 2 && length(&(behind..first.end)) <= longest + 2;
            apart.then_some(behind)?
        }
        None => start,
    };
    let rest = start..first.end;
    (!rest.is_empty()
        && length(&rest) <= (2 * longest).max(longest + 6)
        && ((governed && length(&rest) <= longest) || !odd_verb(page, &rest, others)))
    .then_some(start)
}

/// Where the first begins if all others begin with one word, and it has the same: 以是否|有利于甲、有利于乙、有利于丙.
fn repeated(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> Option<usize> {
    let head = page.text_of(page.words(others.first()?).first()?);
    let all = others
        .iter()
        .all(|item| page.piece(item).starts_with(head) && page.piece(item) != head);
    if others.len() < 2 || !all || head.chars().nth(1).is_none() {
        return None;
    }
    let own = page.words(first).iter();
    let mut own = own.filter(|word| page.text_of(word) == head);
    own.next().map(|word| word.span.byte_start.get())
}

/// Whether all members have a conjunction, and begin with one verb.
fn are_parallel(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> bool {
    let head = page.words(first).first().map(|word| page.text_of(word));
    head.is_some_and(|head| {
        words::governs(head)
            && others.iter().all(|item| {
                page.piece(item).starts_with(head) && last_conjunction(page, item).is_some()
            })
    })
}

/// Where the first begins if all others are of one character: 建立|中、日两国.
fn single(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> Option<usize> {
    let last = page.piece(first).char_indices().next_back();
    last.filter(|_| are_single(page, others))
        .map(|(at, _)| first.start + at)
}

/// Where the first begins if it is as long as all others are, and ends as they do.
fn even(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> Option<usize> {
    let mut lengths = others.iter().map(|item| page.piece(item).chars().count());
    let length = lengths.next()?;
    let text = page.piece(first);
    let end = text.chars().next_back()?;
    let alike = others.len() > 1 && lengths.all(|other| other == length);
    let kin = length > 2 && others.iter().all(|item| page.piece(item).ends_with(end));
    let (at, _) = text.char_indices().rev().nth(length - 1)?;
    // 从北、东、南三个方向: the preposition is glued to the first.
    let glued = text.starts_with(['从', '在', '以', '对', '由', '向'])
        && text.chars().count() == length + 1;
    if alike && glued {
        return Some(first.start + at);
    }
    (alike && kin && page.is_boundary(first.start + at)).then_some(first.start + at)
}

/// The first of clauses that each have a verb begins with its verb, or behind one that announces them.
fn clausal(page: &Page, first: &Range<usize>, verbs: &[&str]) -> usize {
    let mut start = first.start;
    let mut chained = false;
    for word in page.words(first) {
        let text = page.text_of(word);
        let (from, to) = (word.span.byte_start.get(), word.span.byte_end.get());
        if verbs.contains(&text) {
            return from;
        }
        let weak = words::may_govern(text) && from == start;
        if !words::governs(text) && !weak {
            chained = false;
            continue;
        }
        // 建立|健全|责任制: verbs of one object stay together.
        if words::announces(text) {
            start = to;
        } else if !chained {
            start = from;
        }
        chained = !words::announces(text);
    }
    if start >= first.end {
        first.start
    } else {
        start
    }
}

fn nominal(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> usize {
    let attributes = others.iter().any(|item| page.piece(item).contains('的'));
    let verbal = others
        .iter()
        .any(|item| page.words(item).iter().any(|word| word.pos.is_a("v")));
    let mut start = first.start;
    let (mut free, mut announced, mut governed) = (true, false, false);
    for word in page.words(first) {
        let text = page.text_of(word);
        let end = word.span.byte_end.get();
        if end >= first.end {
            break;
        }
        let next = word.span.byte_start.get() == start;
        let adverb = next && (words::is_adverb(text) || (governed && words::completes(text)));
        let particle = !attributes && matches!(text, "的" | "地" | "得" | "之");
        // 打好|防范化解甲、乙、丙三大攻坚战: the second verb may be the member's own.
        let own =
            announced && next && verbal && !words::announces(text) && text.chars().nth(1).is_some();
        let governs = words::governs(text) && !own;
        if adverb || particle || governs || (free && words::may_govern(text) && !own) {
            start = end;
            free = adverb || words::is_adverb(text);
            announced = if adverb {
                governed && words::completes(text)
            } else {
                words::announces(text)
            };
            governed = governs;
        } else {
            free = words::is_adverb(text);
            announced = false;
            governed = false;
            if own {
                break;
            }
        }
    }
    start
}

/// Whether the first member has a verb and no other has: then it holds words that are not its own.
fn odd_verb(page: &Page, first: &Range<usize>, others: &[Range<usize>]) -> bool {
    // What a member ends with is its own: 船舶修造.
    let verb = |range: &Range<usize>| {
        let words = page.words(range).split_last();
        let mut words = words.map(|(_, words)| words).unwrap_or_default().iter();
        let unknown = |word: &Token| !words::governs(page.text_of(word));
        words.any(|word| word.pos.is_a("v") && !word.pos.is_a("vn") && unknown(word))
    };
    verb(first) && !others.iter().any(verb)
}
