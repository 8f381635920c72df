//! Members that stand beside the name: before it, behind it, in brackets, or with the part they play.

use std::ops::Range;

use super::found::Found;
use super::list::{self, Marks};
use super::name::{Form, Name, sum};
use super::numeral::is_digit;
use super::page::Page;
use super::words;
use crate::record::Evidence;

/// What may stand between a list and the name it belongs to.
const GLUE: [&str; 14] = [
    "这",
    "等",
    "共",
    "共计",
    "——",
    "—",
    "构成的",
    "组成的",
    "在内的",
    "形成的",
    "的这",
    "合计",
    "这一",
    "为代表的",
];
/// What says that members follow.
pub(super) const FOLLOWS: [&str; 19] = [
    "分别是",
    "分别为",
    "分别指",
    "即是",
    "即",
    "包括",
    "具体包括",
    "具体是",
    "就是",
    "指的是",
    "是指",
    "指",
    "主要包括",
    "主要是",
    "也就是",
    "是",
    "为",
    "具体为",
    "是指的",
];
/// Characters that may stand between a name and what says that its members follow.
const GAP: usize = 8;
/// Bytes in which the parts that members play are looked for.
const REACH: usize = 600;
/// Bytes behind a name in which its members are told.
const AHEAD: usize = 3_000;
/// How those make something together who are no parts of it: 由甲、乙|出资|组成.
const MAKING: [&str; 10] = [
    "共建", "合建", "共同", "联合", "合作", "出资", "合资", "投资", "参股", "入股",
];
/// As many as a list behind which 的 says what it is, rather than what it has.
const MANY: usize = 4;
/// Characters of a part (核心, 新动能) at most.
const ROLE: usize = 6;

/// 甲、乙和丙三大…: the list ends where the name begins.
pub(super) fn before(page: &Page, name: &Name, floor: usize) -> Option<Found> {
    let mut end = name.outer.start;
    // 甲、乙、丙和丁的四大…: so many can hardly be whose they are; two cities may have two.
    let many = name.form == Form::Grand && name.total() >= MANY;
    let attributive = name.outer != name.range || many;
    let (mut told, mut attribute) = (false, false);
    for _ in 0..2 {
        let text = page.piece(&(floor.min(end)..end));
        end = floor.min(end) + text.trim_end().len();
        let glue = GLUE.iter().filter(|glue| text.trim_end().ends_with(**glue));
        if let Some(glue) = glue.max_by_key(|glue| glue.len()) {
            end -= glue.len();
            told = true;
        } else if attributive && text.trim_end().ends_with('的') {
            end -= '的'.len_utf8();
            attribute = true;
        }
    }
    let last = page.words(&page.tail(floor.min(end)..end, 12)).last();
    // 自营、委托|三种: a verb that is all of a member bounds nothing.
    let joined = |at| {
        page.before(at)
            .is_some_and(|char| "、和与及或".contains(char))
    };
    let bound = last.is_some_and(|word| {
        words::bounds(page.text_of(word)) && !joined(word.span.byte_start.get())
    });
    if bound || is_bounded(page, name) {
        return None;
    }
    let items = list::before(page, floor, end, name.total(), name.people)?;
    // 甲城、乙城、丙城和丁城的四大高校: cities have them, and are none.
    if attribute && many && items.iter().any(|item| page.is_name(item)) {
        return None;
    }
    if name.form == Form::Beside
        && is_sided(page, name.range.start)
        && !list::are_single(page, &items)
    {
        return None;
    }
    let own = page.piece(&name.range);
    let again = items.iter().any(|item| {
        let text = page.piece(item);
        text.contains(own) || (name.form == Form::Beside && text.starts_with(is_digit))
    });
    // 滑雪中心、冬季|两项中心: the list goes on in the name.
    let noun = page.piece(&name.noun);
    let last = items
        .last()
        .is_some_and(|item| page.piece(item).ends_with(noun));
    let part = !last
        && noun.chars().nth(1).is_some()
        && items.iter().any(|item| page.piece(item).ends_with(noun));
    let fits = name.form != Form::Quoted || told || is_meant(page, name, &items, attribute);
    (fits && !again && !part).then(|| Found::new(page, &items, Evidence::Appositive))
}

/// Whether a word behind the name makes a bound of its number: 三人|以上, but not 三类|以|上年.
fn is_bounded(page: &Page, name: &Name) -> bool {
    // Nobody counts three great things or more.
    if !matches!(name.form, Form::Counted | Form::Beside) {
        return false;
    }
    let end = name.outer.end;
    let Some(len) = words::bounded(page.from(end)) else {
        return false;
    };
    page.is_boundary(end) && page.is_boundary(end + len)
}

/// Whether what stands before the number is a part of a name: 骆河、汀河和北|三河.
fn is_sided(page: &Page, start: usize) -> bool {
    let side = page.before(start).filter(|char| words::is_side(*char));
    side.is_some_and(|side| page.is_boundary(start - side.len_utf8()))
}

/// Whether a list right before a quoted name is what it counts. Where no word says so, the members have to have the
/// characters that it counts (讲学习、讲政治、讲正气的“三讲”), or to be three or more of what it calls by a noun.
fn is_meant(page: &Page, name: &Name, items: &[Range<usize>], attribute: bool) -> bool {
    let text = page.piece(&name.range);
    let behind = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let keys: Vec<char> = text
        .char_indices()
        .filter(|(_, char)| is_digit(*char))
        .filter_map(|(at, char)| behind(at + char.len_utf8()))
        .filter(|char| !is_digit(*char))
        .collect();
    let noun = page.piece(&name.noun);
    let measured = name.range.end - noun.len() > name.range.start + '三'.len_utf8();
    let quoted = items.iter().all(|item| list::is_quoted(page.piece(item)));
    if quoted || (measured && items.len() > 2) {
        return true;
    }
    items.iter().all(|item| {
        let text = page.piece(item);
        let has = |key: &char| {
            text.contains(*key) && (!attribute || text.starts_with(*key) || text.ends_with(*key))
        };
        keys.iter().any(has) || (measured && text.ends_with(noun))
    })
}

/// 以甲为核心、乙和丙为优势的三大…: each stretch names members and the part they play.
pub(super) fn roles(page: &Page, name: &Name, floor: usize) -> Option<Found> {
    let lead = page.piece(&(floor.min(name.outer.start)..name.outer.start));
    let end = floor.min(name.outer.start) + lead.trim_end().strip_suffix('的')?.len();
    let low = page.tail(floor..end, REACH).start;
    let text = page.piece(&(low..end));
    text.rmatch_indices('以').take(4).find_map(|(at, _)| {
        let stretches = stretches(page, low + at..end)?;
        let items = members_of(page, &stretches, name)?;
        let items = list::sound(page, &items).then_some(items)?;
        Some(Found::new(page, &items, Evidence::Appositive))
    })
}

/// The lists of 以甲为…、以乙和丙为….
fn stretches(page: &Page, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut lists = Vec::new();
    let mut at = range.start;
    loop {
        let text = page.piece(&(at..range.end));
        let start = at + text.strip_prefix('以').map_or(0, |_| '以'.len_utf8());
        let text = page.piece(&(start..range.end));
        let verb = text.find('为').filter(|verb| *verb > 0)?;
        let role = text.get(verb + '为'.len_utf8()..)?;
        let stop = role.find(|char| list::ends_clause(char) || char == '、');
        let length = stop.unwrap_or(role.len());
        if !(1..=ROLE).contains(&role.get(..length)?.chars().count()) {
            return None;
        }
        lists.push(start..start + verb);
        let Some(stop) = stop else { return Some(lists) };
        let behind = range.end - role.len() + stop;
        at = behind + page.from(behind).chars().next()?.len_utf8();
    }
}

/// The members of all stretches, where they are as many as the name says: term by term for a sum, else in all.
fn members_of(page: &Page, lists: &[Range<usize>], name: &Name) -> Option<Vec<Range<usize>>> {
    let by_term = name.terms.len() == lists.len();
    let mut items = Vec::new();
    for (number, list) in lists.iter().enumerate() {
        let count = match name
            .terms
            .get(number)
            .filter(|_| by_term && name.form == Form::Sum)
        {
            Some(term) => sum(term).max(1),
            None => list::most(page, list),
        };
        items.extend(list::split(page, list, count, Marks::Pauses)?);
    }
    (items.len() == name.total()).then_some(items)
}

/// What follows the name: a colon, a bracket, or a word that says so.
pub(super) fn after(page: &Page, name: &Name) -> Option<Found> {
    let start = name.outer.end;
    let end = page
        .head(start..page.sentence(name.sentence).end, AHEAD)
        .end;
    let rest = page.piece(&(start..end.max(start)));
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let from = end - inner.len();
        let stop = from + inner.find(['）', ')'])?;
        let word = FOLLOWS
            .iter()
            .filter(|word| inner.starts_with(**word))
            .map(|word| word.len())
            .max();
        return told(
            page,
            from + word.unwrap_or(0)..stop,
            name,
            Evidence::Appositive,
            2 * GAP,
        );
    }
    let gap = rest
        .char_indices()
        .take(GAP + 1)
        .find(|(_, char)| list::ends_clause(*char) || *char == '—');
    if let Some((gap, mark)) = gap {
        let behind = start + gap + mark.len_utf8();
        if matches!(mark, '：' | ':' | '—') {
            let behind = end - page.piece(&(behind..end)).trim_start_matches('—').len();
            return told(page, behind..end, name, Evidence::Colon, 40);
        }
        if matches!(mark, '，' | ',') && !rest.get(..gap)?.contains(['的', '、']) {
            return behind_comma(page, name, behind, end);
        }
    }
    if let Some(found) = composed(page, name, start..end.max(start)) {
        return Some(found);
    }
    let verb = FOLLOWS
        .iter()
        .filter(|word| rest.starts_with(**word))
        .max_by_key(|word| word.len())?;
    // 是 alone may say something else of the name.
    if matches!(*verb, "是" | "为" | "指") && name.total() < 3 {
        return None;
    }
    announced(page, start + verb.len()..end, name)
}

/// What stands behind a word that says that members follow; a colon may stand between.
fn announced(page: &Page, range: Range<usize>, name: &Name) -> Option<Found> {
    let text = page.piece(&range);
    match text.strip_prefix(['：', ':']) {
        Some(rest) => told(
            page,
            range.end - rest.len()..range.end,
            name,
            Evidence::Colon,
            40,
        ),
        None => told(page, range, name, Evidence::Appositive, 2 * GAP),
    }
}

/// 三大中心由甲、乙和丙组成.
fn composed(page: &Page, name: &Name, range: Range<usize>) -> Option<Found> {
    let text = page.piece(&range);
    let clause = text.get(..text.find(list::ends_clause).unwrap_or(text.len()))?;
    let mut lead = clause.char_indices().take(GAP + 1);
    // 由于甲、乙…: a reason.
    let alone = |at: usize| {
        let word = page.word_at(range.start + at);
        word.is_some_and(|word| page.text_of(word) == "由")
            && !clause
                .get(at..)
                .is_some_and(|rest| rest.starts_with("由于"))
    };
    let (from, char) = lead.find(|(at, char)| *char == '由' && alone(*at))?;
    let behind = from + char.len_utf8();
    let list = clause.get(behind..)?.trim_end();
    let list = list.strip_suffix("组成").or(list.strip_suffix("构成"))?;
    let stop = range.start + behind + list.len();
    // 由甲、乙出资组成: who made them, not what they are.
    if page.word_at(stop).is_none() || MAKING.iter().any(|how| list.ends_with(how)) {
        return None;
    }
    let told_of = range.start + behind..stop;
    told(page, told_of, name, Evidence::Appositive, 2 * GAP)
}

/// “4”是四大新产业，甲、乙、丙和丁 or 四大产业，分别是甲、乙、丙和丁.
fn behind_comma(page: &Page, name: &Name, start: usize, end: usize) -> Option<Found> {
    let rest = page.piece(&(start..end.max(start)));
    let verb = FOLLOWS
        .iter()
        .filter(|word| rest.starts_with(**word))
        .max_by_key(|word| word.len());
    if let Some(verb) = verb.filter(|verb| verb.chars().nth(1).is_some() || **verb == "即") {
        return announced(page, start + verb.len()..end, name);
    }
    let defined = page.up_to(name.outer.start).ends_with(['是', '为', '即']);
    let stop = rest.find(list::ends_clause).unwrap_or(rest.len());
    (defined && name.total() > 2)
        .then(|| told(page, start..start + stop, name, Evidence::Appositive, 10))?
}

/// The members that `range` tells, to the end of the clause or the sentence.
fn told(
    page: &Page,
    range: Range<usize>,
    name: &Name,
    evidence: Evidence,
    longest: usize,
) -> Option<Found> {
    let text = page.piece(&range);
    let count = name.total();
    let length = |item: &Range<usize>| page.piece(item).chars().count();
    let whole = list::trim(
        page,
        range.start
            ..range.start
                + text
                    .trim_end()
                    .trim_end_matches(['。', '；', ';', '！'])
                    .len(),
    );
    let clause = text
        .find(list::ends_clause)
        .map_or(whole.clone(), |stop| range.start..range.start + stop);
    let mut tries = vec![(clause, Marks::Pauses)];
    if evidence == Evidence::Colon {
        let others = [Marks::Semicolons, Marks::Clauses, Marks::Commas];
        tries.extend(others.map(|marks| (whole.clone(), marks)));
        if page.piece(&whole).contains(['；', ';']) {
            tries.swap(0, 1);
            tries.truncate(1);
        }
    }
    // 强调甲、乙和丙: a new clause, and no list.
    let governs = |item: &Range<usize>| {
        let word = page.words(item).first();
        word.is_some_and(|word| words::governs(page.text_of(word)))
    };
    tries.into_iter().find_map(|(range, marks)| {
        let range = list::trim(page, without_rest(page, range));
        let mut items = list::split(page, &range, count, marks).filter(|items| items.len() > 1)?;
        if marks == Marks::Semicolons {
            items = heads(page, &items);
        }
        let even = items.iter().map(length).max()? <= longest;
        // 等 says that there are more, and numbers that the members are still to come.
        let noun = page.piece(&name.noun);
        // 用于甲等事业的投入高于…: a member that says what the name counts is whole.
        let whole = noun.chars().nth(1).is_some()
            && items.iter().all(|item| page.piece(item).contains(noun));
        let governed = items.iter().any(|item| {
            let text = page.piece(item);
            (text.contains('等') && !whole)
                || text.starts_with(is_digit)
                || text.starts_with(['第', '（', '(', '其'])
        });
        let first = governs(items.first()?) && !items.iter().skip(1).any(governs);
        (even && !governed && !first && ends_evenly(page, &items) && list::sound(page, &items))
            .then(|| Found::new(page, &items, evidence))
    })
}

/// Without 等 behind the last member.
fn without_rest(page: &Page, range: Range<usize>) -> Range<usize> {
    let text = page.piece(&range);
    range.start..range.start + text.trim_end().trim_end_matches('等').len()
}

/// What heads each of some clauses.
fn heads(page: &Page, items: &[Range<usize>]) -> Vec<Range<usize>> {
    let head = |item: &Range<usize>| item.start..item.start + list::first_clause(page.piece(item));
    items.iter().map(head).collect()
}

/// Whether the last member ends as members do, and not with what the sentence says of them all.
fn ends_evenly(page: &Page, items: &[Range<usize>]) -> bool {
    let Some((last, others)) = items.split_last() else {
        return false;
    };
    let length = |item: &Range<usize>| page.piece(item).chars().count();
    let longest = others.iter().map(length).max().unwrap_or_default();
    let attributes = others.iter().any(|item| page.piece(item).contains('的'));
    let verb = |range: &Range<usize>| {
        page.words(range)
            .iter()
            .any(|word| words::governs(page.text_of(word)))
    };
    length(last) <= 2 * longest + 4
        && (attributes || !page.piece(last).contains('的'))
        && (!verb(last) || others.iter().any(verb))
}
