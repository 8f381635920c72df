//! 市委 and 市政府, where it is known of which city.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::head::{Head, head, is_kind};
use crate::record::{Document, Entity, FullName, Label, Token};
use crate::stage::tag::levels::ends_with_level;
use crate::stage::tag::phrases::IN_WORDS;
use crate::stage::tag::put::put;
use crate::text::{ByteOffset, CharOffset, Span};

/// How sure it is whose a body is.
const SCORE: f32 = 0.9;
/// Bodies that every city has, the longer before what they begin with.
const BODIES: [&str; 29] = [
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
    "市政府办",
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
/// Who may stand behind a body in one word.
pub(super) const HOLDERS: [&str; 8] = [
    "书记",
    "常委",
    "委员",
    "代表",
    "主席",
    "主任",
    "秘书长",
    "领导",
];
/// Words of one character that make another word of a body's last: 市委|托, 市政协|同, which are cut so by mistake.
const OTHER: [(&str, &str); 3] = [
    ("市委", IN_WORDS),
    ("市政协", "同作议调商定会力"),
    ("市政府", "性"),
];
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
/// Words before which a body stands alone.
const BEFORE: [&str; 9] = ["p", "v", "c", "d", "t", "x", "ul", "ad", "zg"];
/// What stands between members of a list.
const JOINS: [&str; 7] = ["、", "以及", "或者", "和", "与", "及", "或"];
/// What bodies of one level are called, which stand in lists of any, too: 省委、市委、县委.
const OF_LEVELS: [&str; 5] = ["委", "政府", "人大", "政协", "纪委"];

/// Tells whose the bodies are, by the city of the pipeline, or else by the one that the document names.
pub(super) fn find(
    document: &Document,
    tokens: &[Token],
    city: Option<&Arc<str>>,
    entities: &mut Vec<Entity>,
) {
    let view = document.view();
    let context = city.and_then(|city| city.strip_suffix('市'));
    let Some(city) = meant(view, tokens, entities, context) else {
        return;
    };
    let mut names = Names {
        city,
        known: FxHashMap::default(),
    };
    let mut found = Vec::new();
    // Where the last body ends that is of no city that is meant.
    let mut refused = None;
    for (at, _) in view.match_indices('市') {
        let body = body_at(view, tokens, at);
        if body.is_some() && head(view, tokens, entities, at).is_some() {
            continue;
        }
        let own = starting(entities, at);
        let end = own.map(|own| own.span.byte_end.get());
        let end = end.or_else(|| body.map(|body| at + body.len()));
        let goes_on = refused
            .and_then(|from| view.get(from..at))
            .is_some_and(joins);
        let word = first_word(view, tokens, at).filter(|_| !goes_on);
        let Some(token) = word else {
            refused = end.or(refused);
            continue;
        };
        let whole = |one: &&Entity| {
            let name = one.span.of(view);
            let sound = || !BODIES.contains(&name) || body == Some(name);
            one.full.is_none() && is_body(name) && sound()
        };
        let span = match own {
            Some(own) => Some(own).filter(whole).map(|own| own.span),
            None => body.map(|body| of_body(token.span, body)),
        };
        if let Some(span) = span {
            let full = names.full(span.of(view));
            found.push(entity(token.sentence, span, full));
        }
    }
    put(entities, found);
}

/// The city whose bodies a document means where it names none, without 市: that of the pipeline, or without one the only city that the
/// document names as the head of such a body. None where it names another, wherever it does.
fn meant<'a>(
    view: &'a str,
    tokens: &[Token],
    entities: &[Entity],
    context: Option<&'a str>,
) -> Option<&'a str> {
    let mut city = context;
    for (at, _) in view.match_indices('市') {
        if body_at(view, tokens, at).is_none() {
            continue;
        }
        match head(view, tokens, entities, at) {
            None => {}
            Some(Head::City(name)) if city.is_none_or(|city| city == name) => city = Some(name),
            Some(Head::Listed(name)) if context == Some(name) => {}
            Some(_) => return None,
        }
    }
    city
}

/// Names of bodies with their city, each put together once.
struct Names<'v> {
    city: &'v str,
    known: FxHashMap<&'v str, Arc<str>>,
}

impl<'v> Names<'v> {
    fn full(&mut self, short: &'v str) -> Arc<str> {
        let city = self.city;
        let full = self.known.entry(short);
        Arc::clone(full.or_insert_with(|| format!("{city}{short}").into()))
    }
}

fn entity(sentence: u32, span: Span, full: Arc<str>) -> Entity {
    Entity {
        full: Some(FullName::Inferred(full)),
        ..Entity::by_rule(sentence, Label::Organisation, span, SCORE)
    }
}

/// The body that begins at a byte, and ends where a word does or only an office follows in its word: 市委|书记.
fn body_at(view: &str, tokens: &[Token], at: usize) -> Option<&'static str> {
    let rest = view.get(at..)?;
    let second = rest.chars().nth(1)?;
    if !SECOND.contains(&second) {
        return None;
    }
    let body = BODIES.into_iter().find(|body| rest.starts_with(body))?;
    let end = at + body.len();
    let number = tokens.partition_point(|token| token.span.byte_end.get() < end);
    let last = tokens.get(number)?;
    let behind = view.get(end..last.span.byte_end.get())?;
    if !behind.is_empty() {
        return HOLDERS.contains(&behind).then_some(body);
    }
    let next = tokens.get(number + 1);
    let next = next.filter(|next| next.span.byte_start.get() == end && next.span.char_len() == 1);
    let other = next.is_some_and(|next| {
        let mut others = OTHER.iter().filter(|(of, _)| *of == body);
        others.any(|(_, words)| words.contains(next.span.of(view)))
    });
    (!other).then_some(body)
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
    let before_it = view.get(..at)?;
    let any = is_listed(before_it) || is_kind(before_it);
    (BEFORE.contains(&before.pos.as_str()) && !any).then_some(token)
}

/// Whether what stands behind `before` is a member of a list behind another place or level: 省、|市政府, 省委、|市委.
pub(super) fn is_listed(before: &str) -> bool {
    let rest = JOINS.iter().find_map(|join| before.strip_suffix(join));
    rest.is_some_and(|rest| {
        let level = |rest: &str| ends_with_level(rest) && !rest.ends_with("地区");
        let mut bodies = OF_LEVELS.iter().filter_map(|body| rest.strip_suffix(body));
        level(rest) || bodies.any(|rest| level(rest) && !rest.ends_with('市'))
    })
}

/// Whether the members of a list before and behind `between` stand side by side: 市委、市政府, 市委市政府.
fn joins(between: &str) -> bool {
    between.is_empty() || JOINS.contains(&between)
}

/// The span of a body that a word begins.
fn of_body(word: Span, body: &str) -> Span {
    Span {
        byte_end: word.byte_start + ByteOffset::of(body.len()).raw(),
        char_end: word.char_start + CharOffset::of(body.chars().count()).raw(),
        ..word
    }
}
