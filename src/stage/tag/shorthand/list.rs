//! Coordinated lists: 甲、乙和丙, “甲”“乙”“丙”.

use std::ops::Range;

use super::lead;
use super::page::Page;

/// Bytes before a name that are looked at.
const REACH: usize = 900;
/// Characters of a member at most.
const LONGEST: usize = 40;

/// Where a list is cut.
#[derive(Clone, Copy, Debug)]
struct Cut {
    start: usize,
    end: usize,
    /// 和, 与, 及, 以及; else a mark or the seam of two quotations.
    conjunction: bool,
}

/// What a list is cut at, apart from 、 and conjunctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Nothing.
    Pauses,
    /// Commas too.
    Commas,
    /// Commas alone.
    Clauses,
    /// Semicolons alone.
    Semicolons,
}

/// Whether a clause ends with the character.
pub(super) fn ends_clause(char: char) -> bool {
    matches!(
        char,
        '，' | ','
            | '。'
            | '；'
            | ';'
            | '﹔'
            | '：'
            | ':'
            | '！'
            | '!'
            | '？'
            | '?'
            | '\n'
            | '\r'
            | '\t'
            | '…'
            | '　'
    )
}

fn opens(char: char) -> bool {
    matches!(
        char,
        '“' | '‘' | '「' | '『' | '《' | '（' | '(' | '〈' | '【' | '['
    )
}

fn closes(char: char) -> bool {
    matches!(
        char,
        '”' | '’' | '」' | '』' | '》' | '）' | ')' | '〉' | '】' | ']'
    )
}

/// The `count` members of the list that ends at `end`, where the text from `floor` on has exactly as many.
pub(super) fn before(
    page: &Page,
    floor: usize,
    end: usize,
    count: usize,
    people: bool,
) -> Option<Vec<Range<usize>>> {
    if ends_openly(page, floor, end) {
        return None;
    }
    let start = clause_start(page, floor, end, count)?;
    let mut items = split(page, &(start..end), count, Marks::Pauses)?;
    if items.len() < 2 {
        return None;
    }
    let others = items.get(1..)?;
    let quoted = others.iter().all(|item| is_quoted(page.piece(item)));
    if !quoted && lead::is_incomplete(page, others) {
        return None;
    }
    let first = items.first()?.clone();
    let lead = if quoted {
        quotation_to(page, &first)?
    } else if people {
        lead::of_persons(page, &items)?
    } else {
        lead::of_nouns(page, &items)?
    };
    *items.first_mut()? = lead..first.end;
    (sound(page, &items) && !is_shared(page, &items)).then_some(items)
}

/// Whether all members are one character each: 京、津、冀.
pub(super) fn are_single(page: &Page, items: &[Range<usize>]) -> bool {
    let mut items = items.iter();
    items.all(|item| page.piece(item).chars().nth(1).is_none())
}

/// Whether what the last member goes on with is of them all: 市、县、区|科技|三项费用.
fn is_shared(page: &Page, items: &[Range<usize>]) -> bool {
    let Some((last, others)) = items.split_last() else {
        return false;
    };
    let bare = |item: &Range<usize>| {
        let text = page.piece(item);
        item.start..item.start + text.find(opens).unwrap_or(text.len())
    };
    let others: Vec<Range<usize>> = others.iter().map(bare).collect();
    let words = page.words(&bare(last));
    let first = words.first().filter(|_| words.len() > 1);
    let kin = first.is_some_and(|word| word.span.char_len() == 1 && word.pos.is_a("n"));
    kin && are_single(page, &others)
}

/// Where the first clause of a text ends; what stands in quotation marks or brackets ends none.
pub(super) fn first_clause(text: &str) -> usize {
    let (mut depth, mut straight) = (0_usize, false);
    let mut plain = None;
    for (at, char) in text.char_indices() {
        match char {
            '"' => straight = !straight,
            _ if opens(char) => depth += 1,
            _ if closes(char) => depth = depth.saturating_sub(1),
            _ if ends_clause(char) && depth == 0 && !straight => return at,
            _ if ends_clause(char) => plain = plain.or(Some(at)),
            _ => {}
        }
    }
    // A quotation that nothing closes is none.
    let open = depth > 0 || straight;
    plain.filter(|_| open).unwrap_or(text.len())
}

/// Whether the text goes on to the name: 甲、乙和|三大….
fn ends_openly(page: &Page, floor: usize, end: usize) -> bool {
    let text = page.piece(&(floor.min(end)..end)).trim_end();
    let stop = floor.min(end) + text.len();
    let word = page.words(&page.tail(floor.min(end)..stop, 12)).last();
    word.is_some_and(|word| {
        let last = word.span.byte_end.get() == stop;
        last && matches!(
            page.text_of(word),
            "、" | "和" | "与" | "及" | "以及" | "暨"
        )
    })
}

/// The beginning of the clause that ends at `end`; none where it has more parts than `count`.
fn clause_start(page: &Page, floor: usize, end: usize, count: usize) -> Option<usize> {
    let low = page.tail(behind_marker(page, floor, end)..end, REACH).start;
    let text = page.piece(&(low..end));
    let (mut depth, mut pauses) = (0_usize, 0_usize);
    let mut straight = false;
    for (at, char) in text.char_indices().rev() {
        let behind = low + at + char.len_utf8();
        if char == '"' {
            straight = !straight;
        } else if closes(char) {
            depth += 1;
        } else if opens(char) {
            let Some(less) = depth.checked_sub(1) else {
                return Some(behind);
            };
            depth = less;
        } else if depth == 0 && !straight && ends_clause(char) {
            return Some(behind);
        } else if depth == 0 && !straight && char == '、' {
            pauses += 1;
            if pauses >= count {
                return None;
            }
        }
    }
    (depth == 0).then_some(low)
}

/// Behind the number of the item that a sentence is: 二、|从甲和乙两方面.
fn behind_marker(page: &Page, floor: usize, end: usize) -> usize {
    let text = page.piece(&page.head(floor..end.max(floor), 60));
    floor
        + crate::text::marker(text)
            .map_or(0, |marker| marker.len)
            .min(text.len())
}

/// `range` in `count` pieces, where it has exactly as many.
pub(super) fn split(
    page: &Page,
    range: &Range<usize>,
    count: usize,
    marks: Marks,
) -> Option<Vec<Range<usize>>> {
    let cuts = cuts(page, range, marks);
    let pauses: Vec<Cut> = cuts
        .iter()
        .copied()
        .filter(|cut| !cut.conjunction)
        .collect();
    let last = pauses.last().map_or(range.start, |cut| cut.end);
    let tail: Vec<Cut> = cuts
        .iter()
        .copied()
        .filter(|cut| cut.conjunction && cut.start >= last)
        .collect();
    let parts = pauses.len() + 1;
    let chosen = if parts == count {
        pauses
    } else if parts + 1 == count && tail.len() == 1 {
        [pauses, tail].concat()
    } else if parts < count && cuts.len() + 1 == count && marks != Marks::Semicolons {
        cuts
    } else {
        return None;
    };
    pieces(page, range, &chosen)
}

/// How many pieces `range` has at most.
pub(super) fn most(page: &Page, range: &Range<usize>) -> usize {
    cuts(page, range, Marks::Pauses).len() + 1
}

fn pieces(page: &Page, range: &Range<usize>, cuts: &[Cut]) -> Option<Vec<Range<usize>>> {
    let mut start = range.start;
    let mut items = Vec::with_capacity(cuts.len() + 1);
    for cut in cuts {
        items.push(trim(page, start..cut.start));
        start = cut.end;
    }
    items.push(trim(page, start..range.end));
    items.iter().all(|item| !item.is_empty()).then_some(items)
}

/// Without white space around it.
pub(super) fn trim(page: &Page, range: Range<usize>) -> Range<usize> {
    let text = page.piece(&range);
    let start = range.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

fn cuts(page: &Page, range: &Range<usize>, marks: Marks) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut depth, mut straight) = (0_usize, false);
    let mut closed = None;
    for (at, char) in page.piece(range).char_indices() {
        let start = range.start + at;
        let end = start + char.len_utf8();
        if char == '"' {
            straight = !straight;
        } else if opens(char) {
            if depth == 0
                && closed == Some(start)
                && matches!(marks, Marks::Pauses | Marks::Commas)
                && matches!(char, '“' | '「' | '‘')
            {
                cuts.push(Cut {
                    start,
                    end: start,
                    conjunction: false,
                });
            }
            depth += 1;
        } else if closes(char) {
            depth = depth.saturating_sub(1);
            closed = matches!(char, '”' | '」' | '’').then_some(end);
        } else if depth == 0 && !straight {
            let mark = match marks {
                Marks::Semicolons => matches!(char, '；' | ';' | '﹔'),
                Marks::Clauses => matches!(char, '，' | ','),
                Marks::Commas => matches!(char, '、' | '，' | ','),
                Marks::Pauses => char == '、',
            };
            if mark {
                cuts.push(Cut {
                    start,
                    end,
                    conjunction: false,
                });
            } else if let Some(word) =
                conjunction(page, start, char).filter(|_| marks != Marks::Clauses)
            {
                join(&mut cuts, start, start + word);
            }
        }
    }
    // What a list ends with cuts nothing.
    while cuts.last().is_some_and(|cut| cut.end >= range.end) {
        cuts.pop();
    }
    cuts
}

/// A conjunction right behind a mark goes with it: 、以及.
fn join(cuts: &mut Vec<Cut>, start: usize, end: usize) {
    match cuts.last_mut() {
        Some(last) if last.end == start => last.end = end,
        _ => cuts.push(Cut {
            start,
            end,
            conjunction: true,
        }),
    }
}

/// The bytes of the conjunction that begins at `start` and is a word of its own.
fn conjunction(page: &Page, start: usize, char: char) -> Option<usize> {
    if !matches!(char, '和' | '与' | '及' | '以' | '暨') {
        return None;
    }
    if let Some(word) = page.word_at(start) {
        let text = page.text_of(word);
        return matches!(text, "和" | "与" | "及" | "以及" | "暨").then_some(text.len());
    }
    // Two unknown names of one length that were taken for one word.
    let word = page
        .word_across(start)
        .filter(|_| matches!(char, '和' | '与'))?;
    let (first, second) = page.text_of(word).split_once(char)?;
    let length = first.chars().count();
    let even = (2..=4).contains(&length) && second.chars().count() == length;
    (even && word.span.byte_start.get() + first.len() == start).then_some(char.len_utf8())
}

/// Whether the piece is one quotation.
pub(super) fn is_quoted(text: &str) -> bool {
    let open = text.starts_with(['“', '「', '‘', '"', '《']);
    open && text.ends_with(['”', '」', '’', '"', '》']) && text.chars().nth(2).is_some()
}

/// What stands between the quotation marks of a quotation that is all of the piece.
pub(super) fn unquoted(page: &Page, range: &Range<usize>) -> Range<usize> {
    let text = page.piece(range);
    let marks = |text: &str| {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.chars().next_back().map_or(0, char::len_utf8);
        (first, last)
    };
    if !is_quoted(text) || text.starts_with('《') {
        return range.clone();
    }
    let (first, last) = marks(text);
    let inner = range.start + first..range.end - last;
    // “长”与“短” is no quotation as a whole.
    if page.piece(&inner).contains(['“', '”', '「', '」', '"']) {
        return range.clone();
    }
    inner
}

/// Where the quotation begins that ends the piece.
fn quotation_to(page: &Page, range: &Range<usize>) -> Option<usize> {
    let text = page.piece(range);
    let close = text.chars().next_back()?;
    let open = match close {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '》' => '《',
        '"' => '"',
        _ => return None,
    };
    let inner = text.get(..text.len() - close.len_utf8())?;
    Some(range.start + inner.rfind(open)?)
}

/// The last conjunction of a piece, and where it ends.
pub(super) fn last_conjunction(page: &Page, range: &Range<usize>) -> Option<(usize, usize)> {
    cuts(page, range, Marks::Pauses)
        .iter()
        .rfind(|cut| cut.conjunction)
        .map(|cut| (cut.start, cut.end))
}

/// Whether members are as members are: none too long, none with marks that end a clause.
pub(super) fn sound(page: &Page, items: &[Range<usize>]) -> bool {
    items.iter().all(|item| {
        let text = page.piece(item);
        let length = text.chars().count();
        (1..=LONGEST).contains(&length)
            && (is_quoted(text) || !text.contains(ends_clause))
            && text.contains(|char: char| char.is_alphanumeric())
    })
}
