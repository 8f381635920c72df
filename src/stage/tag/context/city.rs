//! 市委 and 市政府, where it is known of which city.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::record::{Document, Entity, FullName, Label, Token};
use crate::stage::tag::alias::put;
use crate::text::{ByteOffset, CharOffset, Span, is_han};

/// How sure it is whose a body is.
const SCORE: f32 = 0.9;
/// Bodies that every city has, the longer before what they begin with.
const BODIES: [&str; 28] = [
    "市委常委会",
    "市委办公厅",
    "市委办公室",
    "市委组织部",
    "市委宣传部",
    "市委统战部",
    "市委政法委",
    "市委社会工作部",
    "市委研究室",
    "市委党校",
    "市委员会",
    "市委",
    "市政府办公厅",
    "市政府办公室",
    "市政府新闻办",
    "市政府研究室",
    "市政府",
    "市人民政府办公厅",
    "市人民政府办公室",
    "市人民政府",
    "市人大常委会",
    "市人大",
    "市人民代表大会常务委员会",
    "市人民代表大会",
    "市政协",
    "市纪委监委",
    "市纪委",
    "市监委",
];
/// The second character of all of these.
const SECOND: [char; 5] = ['委', '政', '人', '纪', '监'];
/// What makes another word of a body's last character: 受市委托, 市政府性基金, 市政协调.
const OTHER: [char; 6] = ['托', '派', '任', '性', '员', '调'];
/// What names of bodies end with.
const ENDS: [char; 13] = [
    '委', '府', '局', '厅', '办', '会', '院', '署', '部', '协', '室', '队', '行',
];
/// What stands behind 市 in words that are no body's: 市场监管局, 市民中心.
const WORDS: [char; 18] = [
    '场', '民', '区', '容', '和', '各', '级', '辖', '属', '内', '郊', '中', '南', '北', '管', '的',
    '镇', '县',
];
/// Characters of a body's name.
const NAME: usize = 16;
/// Characters of a city's name without 市.
const CITY: std::ops::RangeInclusive<usize> = 2..=6;
/// Kinds of cities, and no city's name.
const KINDS: [&str; 5] = ["直辖", "县级", "地级", "副省级", "计划单列"];
/// Words before which a body stands alone.
const BEFORE: [&str; 9] = ["p", "v", "c", "d", "t", "x", "ul", "ad", "zg"];
/// Levels that stand in lists of any: 省、市政府.
const LEVELS: [char; 9] = ['省', '市', '区', '县', '州', '旗', '镇', '乡', '级'];
/// What stands between members of a list.
const JOINS: [&str; 7] = ["、", "以及", "或者", "和", "与", "及", "或"];
/// Entities that are looked at for one that covers a place.
const NEAR: usize = 6;

/// Tells whose the bodies are, by the cities that the document names, or by that of the pipeline.
pub(super) fn find(
    document: &Document,
    tokens: &[Token],
    city: Option<&Arc<str>>,
    entities: &mut Vec<Entity>,
) {
    let view = document.view();
    let mut known = Known {
        context: city,
        named: Vec::new(),
        names: FxHashMap::default(),
    };
    let mut found = Vec::new();
    for (at, _) in view.match_indices('市') {
        let Some(rest) = view.get(at..) else { continue };
        let body = body_at(rest);
        if let Some(head) = body.and_then(|_| head(view, tokens, entities, at)) {
            known.name(head);
            continue;
        }
        if !known.is_sure() {
            continue;
        }
        let Some(token) = first_word(view, tokens, at) else {
            continue;
        };
        let own = starting(entities, at);
        let whole = |one: &&Entity| one.full.is_none() && is_body(one.span.of(view));
        let span = match own {
            Some(own) => Some(own).filter(whole).map(|own| own.span),
            None => body.map(|body| of_body(token.span, body)),
        };
        let full = span.and_then(|span| known.full(span.of(view)));
        if let (Some(span), Some(full)) = (span, full) {
            found.push(entity(token.sentence, span, full));
        }
    }
    put(entities, found);
}

/// What is known of cities at a place.
struct Known<'v> {
    context: Option<&'v Arc<str>>,
    /// Cities that the document has named as heads of such bodies so far; of more than two no more is asked.
    named: Vec<String>,
    /// Names that were put together already.
    names: FxHashMap<&'v str, Arc<str>>,
}

impl<'v> Known<'v> {
    /// The document names a city.
    fn name(&mut self, head: &str) {
        if self.named.len() < 2 && self.named.iter().all(|one| one != head) {
            self.named.push(head.to_owned());
            self.names.clear();
        }
    }

    /// The city that is meant where none is named, without 市.
    fn city(&self) -> Option<&str> {
        match self.named.as_slice() {
            [] => self.context.and_then(|city| city.strip_suffix('市')),
            [only] => Some(only),
            _ => None,
        }
    }

    fn is_sure(&self) -> bool {
        self.city().is_some()
    }

    /// A body with its city.
    fn full(&mut self, short: &'v str) -> Option<Arc<str>> {
        if let Some(known) = self.names.get(short) {
            return Some(Arc::clone(known));
        }
        let full: Arc<str> = format!("{}{short}", self.city()?).into();
        self.names.insert(short, Arc::clone(&full));
        Some(full)
    }
}

fn entity(sentence: u32, span: Span, full: Arc<str>) -> Entity {
    Entity {
        full: Some(FullName::Inferred(full)),
        ..Entity::by_rule(sentence, Label::Organisation, span, SCORE)
    }
}

/// The body that `rest` begins with.
fn body_at(rest: &str) -> Option<&'static str> {
    let second = rest.chars().nth(1)?;
    if !SECOND.contains(&second) {
        return None;
    }
    let body = BODIES.into_iter().find(|body| rest.starts_with(body))?;
    let behind = rest.get(body.len()..)?.chars().next();
    behind
        .is_none_or(|char| !OTHER.contains(&char))
        .then_some(body)
}

/// The city, without 市, whose name ends where the body at `at` begins, or with its first character.
fn head<'v>(view: &'v str, tokens: &[Token], entities: &[Entity], at: usize) -> Option<&'v str> {
    let until = entities.partition_point(|one| one.span.byte_start.get() < at);
    let near = entities.get(until.saturating_sub(NEAR)..until)?;
    let named = |one: &&Entity| {
        let place = matches!(one.label, Label::Location | Label::Organisation);
        place && one.span.byte_end.get() >= at
    };
    let entity = near.iter().find(named)?;
    // Of several in a list, as of 青汀县、望澜市人民政府, the last is none that is meant elsewhere.
    if is_listed(view.get(..entity.span.byte_start.get())?) {
        return None;
    }
    let name = view.get(entity.span.byte_start.get()..at)?;
    let name = name.strip_suffix('市').unwrap_or(name);
    let name = ["中国共产党", "中共"]
        .iter()
        .find_map(|party| name.strip_prefix(party))
        .unwrap_or(name);
    // 云溪省临澜市委
    let name = name.rsplit(['省', '区']).next()?;
    let city = CITY.contains(&name.chars().count()) && name.chars().all(is_han);
    let is_place = || entity.label == Label::Location || begins_with_place(view, tokens, at, name);
    (city && !KINDS.contains(&name) && is_place()).then_some(name)
}

/// Whether the dictionary has a place where a name begins: taggers may take 协助市人民政府 for a body.
fn begins_with_place(view: &str, tokens: &[Token], at: usize, name: &str) -> bool {
    let before = view.get(..at).unwrap_or_default();
    let before = before
        .strip_suffix('市')
        .filter(|rest| rest.ends_with(name))
        .unwrap_or(before);
    let start = before.len().saturating_sub(name.len());
    let number = tokens.partition_point(|token| token.span.byte_start.get() < start);
    let first = tokens.get(number);
    first.is_some_and(|token| {
        let begins = token.span.byte_start.get() == start;
        begins && (token.pos.is_a("ns") || token.pos.is_a("nt"))
    })
}

/// The name that begins at a byte; the longest.
fn starting(entities: &[Entity], at: usize) -> Option<&Entity> {
    let from = entities.partition_point(|one| one.span.byte_start.get() < at);
    let mut here = entities.get(from..)?.iter();
    here.by_ref()
        .take_while(|one| one.span.byte_start.get() == at)
        .find(|one| {
            matches!(
                one.label,
                Label::Organisation | Label::Location | Label::Person
            )
        })
}

/// Whether a name that begins with 市 is a body of a city.
fn is_body(name: &str) -> bool {
    let mut chars = name.chars().skip(1);
    let second = chars.next().is_some_and(|char| !WORDS.contains(&char));
    let whole = !name.contains(['、', '和', '及', '的']);
    second && whole && name.ends_with(ENDS) && name.chars().count() <= NAME
}

/// The word that begins at a byte, if nothing before it says of which city it is.
fn first_word<'t>(view: &str, tokens: &'t [Token], at: usize) -> Option<&'t Token> {
    let number = tokens.partition_point(|token| token.span.byte_start.get() < at);
    let token = tokens.get(number)?;
    if token.span.byte_start.get() != at {
        return None;
    }
    let before = number.checked_sub(1).and_then(|before| tokens.get(before));
    let Some(before) = before.filter(|one| one.span.byte_end == token.span.byte_start) else {
        return Some(token);
    };
    let listed = view.get(..at).is_some_and(is_listed);
    (BEFORE.contains(&before.pos.as_str()) && !listed).then_some(token)
}

/// Whether what stands behind `before` is a member of a list behind another place: 省、|市政府.
fn is_listed(before: &str) -> bool {
    let rest = JOINS.iter().find_map(|join| before.strip_suffix(join));
    rest.is_some_and(|rest| rest.ends_with(LEVELS) && !rest.ends_with("地区"))
}

/// The span of a body that a word begins.
fn of_body(word: Span, body: &str) -> Span {
    Span {
        byte_end: word.byte_start + ByteOffset::of(body.len()).raw(),
        char_end: word.char_start + CharOffset::of(body.chars().count()).raw(),
        ..word
    }
}
