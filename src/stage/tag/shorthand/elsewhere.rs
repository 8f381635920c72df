//! Members that stand elsewhere and are known by what they share with the name: 五个中心 by 中心, 两业融合 by 业 and 融合.

use std::ops::Range;

use memchr::memmem;

use super::found::{Found, Part};
use super::list;
use super::name::{Form, Name};
use super::page::Page;
use super::words;
use crate::record::Evidence;

/// Places of a document that are looked at for one name.
const PLACES: usize = 500;
/// Bytes before and behind a place that are looked at for what is told of a name.
const AROUND: usize = 600;
/// Characters of a member without the head it shares, at most.
const SHARED: usize = 8;
/// Characters of a heading at most.
const HEADING: u32 = 40;
/// Bytes that may stand between a name and the end of the sentence that announces headings.
const TAIL: usize = 12;
/// What may stand between members and what they do: 甲业和乙业|深度|融合.
const MANNER: [&str; 10] = [
    "深度", "全面", "有机", "高效", "协同", "一体", "有效", "加快", "相互", "双向",
];

/// A list of as many as the name says, each of which ends with its noun, or the last for all: 国际经济、金融、贸易中心.
pub(super) fn kin(page: &Page, name: &Name) -> Option<Found> {
    let noun = page.piece(&name.noun);
    let length = noun.chars().count();
    let number = name.terms.len() == 1 && name.form == Form::Quoted;
    if !number || !(2..=4).contains(&length) || name.noun.start - name.range.start < 6 {
        return None;
    }
    let places = memmem::find_iter(page.view().as_bytes(), noun).take(PLACES);
    places
        .map(|at| at + noun.len())
        .filter(|end| page.is_boundary(*end) && *end != name.noun.end)
        .find_map(|end| kin_to(page, name, end, noun))
}

fn kin_to(page: &Page, name: &Name, end: usize, noun: &str) -> Option<Found> {
    let number = page.sentence_of(end - noun.len())?;
    let sentence = page.sentence(number);
    let count = name.total();
    if count < 4 && !is_related(page, name, number, end) {
        return None;
    }
    let items = list::before(page, sentence.start, end, count, false)?;
    let has = |item: &Range<usize>| page.piece(item).ends_with(noun) && page.piece(item) != noun;
    let evidence = Evidence::Appositive;
    let behind = page.from(end);
    if behind.starts_with('等') || behind.starts_with('、') || behind.starts_with('和') {
        return None;
    }
    if items.iter().all(has) {
        let near = is_even(page, &items) || is_related(page, name, number, end);
        return near.then(|| Found::new(page, &items, evidence));
    }
    let (last, others) = items.split_last()?;
    let bare = |item: &Range<usize>| {
        let text = page.piece(item);
        !text.contains(noun) && (1..=SHARED).contains(&text.chars().count())
    };
    if count < 3 || !has(last) || !others.iter().all(bare) {
        return None;
    }
    let head = end - noun.len()..end;
    let share = |item: &Range<usize>| Part {
        range: item.clone(),
        head: Some(head.clone()),
    };
    let mut parts: Vec<Part> = others.iter().map(share).collect();
    parts.push(Part {
        range: last.clone(),
        head: None,
    });
    Some(Found { parts, evidence })
}

/// Whether the first of a list is as long as the others, if they are of one length: 全民|节水意识、安全意识、规则意识 is of whom, too.
fn is_even(page: &Page, items: &[Range<usize>]) -> bool {
    let mut lengths = items.iter().map(|item| page.piece(item).chars().count());
    let (Some(first), Some(second)) = (lengths.next(), lengths.next()) else {
        return true;
    };
    items.len() < 3 || first <= second || lengths.any(|length| length != second)
}

/// Whether a sentence can tell two or three members of the name: any two words may share a noun, so that it has to be one of those
/// beside it, or of the same thing (the word that stands before the name, close to the place that ends at `end`).
fn is_related(page: &Page, name: &Name, number: usize, end: usize) -> bool {
    if number.abs_diff(name.sentence) <= 1 {
        return true;
    }
    let lead = page.tail(page.sentence(name.sentence).start..name.outer.start, 24);
    let word = page.words(&lead).last().filter(|word| {
        word.span.byte_end.get() == name.outer.start
            && word.pos.is_a("n")
            && word.span.char_len() > 1
    });
    let sentence = page.sentence(number);
    let around =
        page.tail(sentence.start..end, AROUND).start..page.head(end..sentence.end, AROUND).end;
    word.is_some_and(|word| page.piece(&around).contains(page.text_of(word)))
}

/// 两业融合: as many as it says that end with 业, before 融合 in the same sentence.
pub(super) fn abridged(page: &Page, name: &Name) -> Option<Found> {
    let mut noun = page.piece(&name.noun).chars();
    let end = noun
        .next()
        .filter(|_| name.form == Form::Quoted && name.terms.len() == 1)?;
    let verb = noun.as_str();
    if verb.chars().count() != 2 {
        return None;
    }
    let sentence = page.sentence(name.sentence);
    let sentence = page.tail(sentence.start..name.outer.start, AROUND).start
        ..page.head(name.outer.end..sentence.end, AROUND).end;
    let places = memmem::find_iter(page.piece(&sentence).as_bytes(), verb).take(8);
    places.map(|at| sentence.start + at).find_map(|at| {
        if name.outer.contains(&at) {
            return None;
        }
        let lead = page.piece(&(sentence.start..at));
        let manner = MANNER
            .iter()
            .find(|word| lead.ends_with(**word))
            .map_or(0, |word| word.len());
        let floor = if at > name.outer.end {
            name.outer.end
        } else {
            sentence.start
        };
        let items = list::before(page, floor, at - manner, name.total(), false)?;
        let kin = items.iter().all(|item| page.piece(item).ends_with(end));
        kin.then(|| Found::new(page, &items, Evidence::Appositive))
    })
}

/// Short sentences behind the name that end with its noun, as many as it says: 处理好甲与乙的关系。 below 四个关系.
pub(super) fn headings(page: &Page, name: &Name) -> Option<Found> {
    let noun = page.piece(&name.noun);
    if noun.chars().count() < 2 || !matches!(name.form, Form::Grand | Form::Counted | Form::Quoted)
    {
        return None;
    }
    // A sentence that announces headings ends with the name.
    let own = page.sentence(name.sentence);
    if own.end > name.outer.end + TAIL {
        return None;
    }
    let sentences = page.sentences().get(name.sentence + 1..)?;
    let count = name.total();
    let mut items = Vec::new();
    for sentence in sentences.iter().take(PLACES) {
        let range = sentence.span.byte_start.get()..sentence.span.byte_end.get();
        if sentence.span.char_len() > HEADING {
            continue;
        }
        let text = page.piece(&range).trim_end_matches(['。', '.']);
        let Some(before) = text.strip_suffix(noun) else {
            continue;
        };
        if text.contains(list::ends_clause) || !before.ends_with('的') {
            continue;
        }
        items.push(range.start..range.start + text.len());
        if items.len() > count {
            return None;
        }
    }
    (items.len() == count && count > 1).then_some(())?;
    let lead = shared_lead(page, &items);
    let items: Vec<Range<usize>> = items
        .iter()
        .map(|item| item.start + lead..item.end)
        .collect();
    list::sound(page, &items).then(|| Found::new(page, &items, Evidence::Heading))
}

/// The bytes of the verb that all headings begin with.
fn shared_lead(page: &Page, items: &[Range<usize>]) -> usize {
    let Some(first) = items.first() else { return 0 };
    let mut lead = 0;
    for word in page.words(first) {
        let end = word.span.byte_end.get() - first.start;
        let text = page.piece(first).get(..end).unwrap_or_default();
        let shared = items.iter().all(|item| page.piece(item).starts_with(text));
        let verbal = words::governs(page.text_of(word))
            || words::is_adverb(page.text_of(word))
            || word.pos.is_a("v");
        if !shared || !verbal {
            break;
        }
        lead = end;
    }
    lead
}
