//! The name that an explanation is behind, if it is sure that it is the whole of it.
//!
//! Taggers may cut the beginning of a long name off: 劳动人事争议[仲裁委员会]. What begins with a place, or with 中国 or 国务院, begins
//! where official names do; before anything else no noun may stand.

use crate::record::{Entity, Label, Token};
use crate::stage::tag::levels::ends_with_level;
use crate::text::Span;

/// Entities that are looked at for one that ends at a place: there may be many concepts before it.
const FAR: usize = 256;
/// Names side by side that are one: 中华人民共和国 and 云溪省 and 水务厅.
const JOINED: usize = 3;
/// What official names begin with besides places.
const HEADS: [&str; 8] = [
    "中国",
    "中华",
    "国家",
    "国务院",
    "全国",
    "中共",
    "中央",
    "最高",
];
/// Verbs that the dictionary has for nouns, and that no name begins with.
const VERBS: [&str; 6] = ["产生", "保障", "规范", "加强", "选举", "任命"];
/// What may stand before a name that begins with a common noun.
const BEFORE: [&str; 9] = ["p", "v", "d", "c", "t", "uj", "ul", "x", "f"];

/// A name that is whole.
pub(super) struct Whole<'e> {
    /// The entity at its end.
    pub(super) entity: &'e Entity,
    /// All of it.
    pub(super) span: Span,
    /// Whether it stands between 《 and 》.
    pub(super) titled: bool,
}

/// The whole name that ends at byte `end` of the view, or one mark before.
pub(super) fn whole<'e>(
    view: &str,
    tokens: &[Token],
    entities: &'e [Entity],
    end: usize,
) -> Option<Whole<'e>> {
    let before = view.get(..end)?;
    let (end, opening) = match before.chars().next_back()? {
        '》' => (end - '》'.len_utf8(), Some('《')),
        '”' => (end - '”'.len_utf8(), Some('“')),
        '」' => (end - '」'.len_utf8(), Some('「')),
        _ => (end, None),
    };
    let entity = ending(entities, end, |label| {
        matches!(label, Label::Organisation | Label::Location | Label::Term)
    })?;
    let mut span = entity.span;
    for _ in 0..JOINED {
        let place = |label| matches!(label, Label::Location | Label::Organisation);
        match ending(entities, span.byte_start.get(), place) {
            Some(before) if entity.label != Label::Term => span = before.span.to(span),
            _ => break,
        }
    }
    // 上市的股份有限公司 is a kind.
    let kind = span.of(view).contains('的');
    if opening.is_none() {
        span = from_its_beginning(view, tokens, span)?;
    }
    let before = view.get(..span.byte_start.get())?;
    let whole = match opening {
        Some(mark) => before.ends_with(mark),
        None => !is_member(before, entities),
    };
    (whole && !kind).then_some(Whole {
        entity,
        span,
        titled: opening == Some('《'),
    })
}

/// The entity of such a label that ends at a byte; the longest.
fn ending(entities: &[Entity], end: usize, label: impl Fn(Label) -> bool) -> Option<&Entity> {
    let until = entities.partition_point(|one| one.span.byte_start.get() < end);
    let near = entities.get(until.saturating_sub(FAR)..until)?;
    near.iter()
        .filter(|one| one.span.byte_end.get() == end && label(one.label))
        .min_by_key(|one| (one.label == Label::Term, one.span.byte_start))
}

/// The name from its beginning on, with the level before it (市人民代表大会), if nothing else of it stands there.
fn from_its_beginning(view: &str, tokens: &[Token], span: Span) -> Option<Span> {
    let at = tokens.partition_point(|token| token.span.byte_start < span.byte_start);
    let first = tokens
        .get(at)
        .filter(|token| token.span.byte_start == span.byte_start)?;
    let named = ["ns", "nz", "nr"].iter().any(|tag| first.pos.is_a(tag));
    let proper = named || HEADS.iter().any(|head| span.of(view).starts_with(head));
    let noun = first.pos.is_a("n") || matches!(first.pos.as_str(), "b" | "j" | "vn" | "l" | "eng");
    let verb = VERBS.contains(&first.span.of(view));
    if verb || !proper && !noun {
        return None;
    }
    let before = |at: usize, start: Span| {
        let token = tokens.get(at.checked_sub(1)?)?;
        (token.span.byte_end == start.byte_start).then_some(token)
    };
    let Some(last) = before(at, span) else {
        return Some(span);
    };
    let word = last.span.of(view);
    if proper {
        // 云溪省[青汀市水务局], 云溪市[国家档案馆]
        let place = last.pos.is_a("ns") || last.pos.is_a("nt");
        return (!place && !ends_with_level(word)).then_some(span);
    }
    let leaves = |token: &Token| {
        let word = token.span.of(view);
        BEFORE.contains(&token.pos.as_str()) && !word.ends_with(['）', ')', '级'])
    };
    if !ends_with_level(word) || last.span.char_len() > 1 {
        return leaves(last).then_some(span);
    }
    let whole = last.span.to(span);
    before(at - 1, whole).is_none_or(leaves).then_some(whole)
}

/// Whether a name before which `before` stands is a member of a list whose other members are explained with it.
fn is_member(before: &str, entities: &[Entity]) -> bool {
    let list = ["、", "以及", "和", "与", "及", "或"];
    let Some(rest) = list.iter().find_map(|mark| before.strip_suffix(mark)) else {
        return false;
    };
    let explained = rest.ends_with(['）', ')']);
    let name = |label: Label| !label.is_value();
    !explained && (before.ends_with('、') || ending(entities, rest.len(), name).is_some())
}
