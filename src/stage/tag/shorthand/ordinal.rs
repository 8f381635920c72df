//! Members that head items further down: 一是…二是…, 第一，…第二，…, （一）…（二）….

use std::ops::Range;

use super::found::Found;
use super::list;
use super::name::{Form, Name};
use super::numeral::{is_digit, leading};
use super::page::Page;
use super::words;
use crate::record::Evidence;
use crate::text::is_han;

/// Sentences that may stand between a name and its first item.
const GAP: usize = 4;
/// Characters of such a sentence at most: a caption or a heading.
const SHORT: u32 = 30;
/// Characters between a name and the end of its sentence or the first item at most.
const AWAY: usize = 45;
/// Characters of what heads an item at most.
const HEAD: usize = 40;
/// Markers that are looked at for one name.
const MARKERS: usize = 400;

/// How an item is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// 一是, 一要.
    Is,
    /// 第一，
    Ordinal,
    /// 其一，
    Of,
    /// 一、 at the head of a sentence.
    Section,
    /// （一） at the head of a sentence.
    Bracket,
    /// 1. at the head of a sentence.
    Point,
}

/// The number of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marker {
    kind: Kind,
    number: u32,
    start: usize,
    end: usize,
}

/// The marker whose number begins at `at`.
pub(super) fn marker(page: &Page, at: usize) -> Option<Marker> {
    let (number, len) = leading(page.from(at))?;
    let behind = at + len;
    let rest = page.from(behind);
    let before = page.before(at);
    let mut start = at;
    let (kind, mark) = match before {
        Some('第') if rest.starts_with(['，', ',', '、', '：', '是']) => {
            start -= '第'.len_utf8();
            (Kind::Ordinal, rest.chars().next()?.len_utf8())
        }
        Some('其') if rest.starts_with(['，', ',', '、', '是']) => {
            start -= '其'.len_utf8();
            (Kind::Of, rest.chars().next()?.len_utf8())
        }
        Some(open @ ('（' | '(')) if rest.starts_with(['）', ')']) => {
            start -= open.len_utf8();
            (Kind::Bracket, rest.chars().next()?.len_utf8())
        }
        Some(char) if is_han(char) || char.is_alphanumeric() => return None,
        _ if rest.starts_with(['是', '要']) => (Kind::Is, '是'.len_utf8()),
        _ if rest.starts_with('、') => (Kind::Section, '、'.len_utf8()),
        _ if rest.starts_with('.') && !rest.starts_with("..") => (Kind::Point, 1),
        _ => return None,
    };
    let end = behind + mark;
    let heads = || {
        page.sentence_of(start)
            .is_some_and(|it| page.sentence(it).start == start)
    };
    let placed = matches!(kind, Kind::Is | Kind::Ordinal | Kind::Of) || heads();
    placed.then_some(Marker {
        kind,
        number,
        start,
        end,
    })
}

/// The items that follow the name, where they are exactly as many as it says.
pub(super) fn find(page: &Page, name: &Name, markers: &[Marker]) -> Option<Found> {
    let back = page
        .up_to(name.outer.start)
        .ends_with(['这', '那', '述', '上']);
    let class = name.form != Form::Counted || words::ends_with_class(page.piece(&name.noun));
    if matches!(name.form, Form::Beside | Form::Sum) || back || !class {
        return None;
    }
    let count = u32::try_from(name.total()).ok()?;
    let from = markers.partition_point(|marker| marker.start < name.outer.end);
    let later = markers.get(from..)?;
    let first = later
        .first()
        .filter(|first| first.number == 1 && is_near(page, name, first.start))?;
    let mut chain = vec![*first];
    for marker in later
        .iter()
        .skip(1)
        .take(MARKERS)
        .filter(|marker| marker.kind == first.kind)
    {
        let next = u32::try_from(chain.len()).ok()? + 1;
        if marker.number == next {
            chain.push(*marker);
        } else if marker.number == 1 {
            break;
        }
    }
    if u32::try_from(chain.len()).ok()? != count {
        return None;
    }
    let items: Option<Vec<Range<usize>>> = chain.iter().map(|marker| head(page, marker)).collect();
    let items = items?;
    // Heads that say the same have not yet said what they are.
    let same = |(number, item): (usize, &Range<usize>)| {
        let before = items.get(..number).unwrap_or_default();
        before
            .iter()
            .any(|other| page.piece(other) == page.piece(item))
    };
    if items.iter().enumerate().any(same) {
        return None;
    }
    Some(Found::new(page, &items, Evidence::Ordinal))
}

/// Whether nothing but short sentences stands between.
fn is_near(page: &Page, name: &Name, start: usize) -> bool {
    let Some(sentence) = page.sentence_of(start) else {
        return false;
    };
    // What is announced comes soon.
    let own = page.sentence(name.sentence);
    let left = page.piece(&(name.outer.end..own.end.min(start).max(name.outer.end)));
    if left.chars().take(AWAY + 1).count() > AWAY {
        return false;
    }
    let between = page
        .sentences()
        .get(name.sentence + 1..sentence)
        .unwrap_or_default();
    between.len() <= GAP
        && between.iter().all(|one| one.span.char_len() <= SHORT)
        && !counts_again(
            page.piece(&(name.outer.end..start)),
            name.total(),
            page.piece(&name.noun),
        )
}

/// Whether another count stands in the text, to which the items belong: one of as many, of the same things, or one that announces items.
fn counts_again(text: &str, total: usize, noun: &str) -> bool {
    text.char_indices().any(|(at, char)| {
        let number = if char == '几' {
            Some((0, char.len_utf8()))
        } else {
            let at = text.get(at..).filter(|_| is_digit(char));
            at.and_then(leading).filter(|(number, _)| *number > 1)
        };
        let Some((number, len)) = number else {
            return false;
        };
        let rest = text.get(at + len..).unwrap_or_default();
        let Some(measure) = words::measure(rest) else {
            return false;
        };
        let ahead = text.get(..at).unwrap_or_default();
        let rest = rest.get(measure.len()..).unwrap_or_default();
        let told = rest.find(list::ends_clause).and_then(|at| rest.get(at..));
        usize::try_from(number) == Ok(total)
            || ["以下", "如下", "下列", "下述", "下面"]
                .iter()
                .any(|word| ahead.ends_with(word))
            || rest.starts_with("如下")
            || told.is_some_and(|mark| mark.starts_with(['：', ':']))
            || (!noun.is_empty() && rest.starts_with(noun))
    })
}

/// What heads the item: the words to the first mark.
fn head(page: &Page, marker: &Marker) -> Option<Range<usize>> {
    let sentence = page.sentence_of(marker.start)?;
    let limit = page.sentence(sentence).end;
    let mut start = marker.end;
    // 第一，要做好甲: what stands before the words themselves.
    while page
        .piece(&(start..limit))
        .starts_with(['，', ',', ' ', '　', '是', '：'])
    {
        start += page.from(start).chars().next()?.len_utf8();
    }
    let mut limit = limit;
    if start >= limit {
        // The marker is a sentence or a line by itself.
        limit = page.sentence(sentence + 1).end;
        start = page.sentence(sentence + 1).start;
    }
    let text = page.piece(&page.head(start..limit, 8 * HEAD));
    let clause = list::first_clause;
    let mut stop = clause(text);
    // 观望期是指…: a definition is headed by what it defines.
    // 重点是|指导…: there 指 begins another word.
    let whole = |at: &usize| *at > 0 && page.is_boundary(start + at + "是指".len());
    if let Some(defined) = text.get(..stop)?.find("是指").filter(whole) {
        return Some(start..start + defined);
    }
    let range = start..start + stop;
    // 从今年起，实行甲: what it is comes behind where and when.
    let glued = !page.is_boundary(start) && text.starts_with(['从', '在', '自', '对']);
    let first = page.words(&range).first().map(|word| page.text_of(word));
    let goes_on = text
        .get(stop..)
        .is_some_and(|rest| rest.starts_with(['，', ',']));
    let tells = page
        .words(&range)
        .iter()
        .skip(1)
        .any(|word| words::governs(page.text_of(word)));
    if goes_on && !tells && (glued || first.is_some_and(words::is_circumstance)) {
        let mark = text.get(stop..)?.chars().next()?.len_utf8();
        stop += mark + clause(text.get(stop + mark..)?);
    }
    let range = list::trim(page, start..start + stop);
    (1..=HEAD)
        .contains(&page.piece(&range).chars().count())
        .then_some(range)
}
