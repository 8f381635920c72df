//! The places of short forms that a document explains.

use rustc_hash::FxHashMap;

use super::define::{Definition, definitions};
use crate::lexicon::{Gazetteer, Lexicon};
use crate::record::{Document, Entity, FullName, Label, Method, Token};
use crate::stage::tag::levels::ends_with_level;
use crate::stage::tag::persons::is_common;
use crate::stage::tag::put::put;
use crate::text::{ByteOffset, CharOffset, Span};

/// How sure a mention is.
const SCORE: f32 = 0.95;
/// From so many characters on a short form is told by itself, wherever the segmenter cuts.
const LONG: usize = 4;
/// Words behind which a word of the dictionary is the one that is explained. Behind others it may be any: 收购公司, 成为公司的人.
const LEADS: [&str; 16] = [
    "本", "该", "我", "原", "由", "与", "和", "及", "以及", "同", "但", "向", "对", "经", "据",
    "因",
];

/// Adds the mentions of all short forms that the document explains to its entities, which are in order.
pub(in crate::stage::tag) fn find(
    document: &Document,
    tokens: &[Token],
    lexicon: &Lexicon,
    entities: &mut Vec<Entity>,
) {
    let view = document.view();
    let definitions = definitions(view, tokens, entities);
    if definitions.is_empty() {
        return;
    }
    entities.retain(|entity| !holds_remark(entity, &definitions));
    let aliases = Aliases::new(view, tokens, definitions, lexicon);
    let mut found = Vec::new();
    for (number, sentence) in (0..).zip(&document.sentences) {
        aliases.in_sentence(view, tokens, (number, sentence.span), &mut found);
    }
    put(entities, found);
}

/// Whether a tagger took the words of an explanation for a name's: 下称检察院.
fn holds_remark(entity: &Entity, definitions: &[Definition<'_>]) -> bool {
    let (from, until) = (entity.span.byte_start.get(), entity.span.byte_end.get());
    let name = matches!(
        entity.label,
        Label::Person | Label::Organisation | Label::Location
    );
    let at = definitions.partition_point(|one| one.called < from);
    name && definitions.get(at).is_some_and(|one| one.called < until)
}

/// A short form with all that it is explained as.
struct Alias<'v> {
    /// Whether it is a word of the dictionary, or a part of many names.
    common: bool,
    /// In the order of the text.
    definitions: Vec<Definition<'v>>,
}

/// Short forms, and how long those are that begin with the same two characters: a text is read once, however many there are.
struct Aliases<'v> {
    lexicon: &'v Lexicon,
    by_short: FxHashMap<&'v str, Alias<'v>>,
    /// In bytes, the longest first.
    lengths: FxHashMap<[char; 2], Vec<usize>>,
}

impl<'v> Aliases<'v> {
    fn new(
        view: &str,
        tokens: &[Token],
        definitions: Vec<Definition<'v>>,
        lexicon: &'v Lexicon,
    ) -> Self {
        let mut by_short: FxHashMap<&'v str, Alias<'v>> = FxHashMap::default();
        let mut lengths: FxHashMap<[char; 2], Vec<usize>> = FxHashMap::default();
        for definition in definitions {
            let Some(head) = head(definition.short) else {
                continue;
            };
            let short = definition.short;
            // Of 上海市人民政府（以下简称上海市） the short form is the city's name wherever it stands.
            let place = definition.label == Label::Organisation;
            if place && !Gazetteer::shared().of(short).is_empty() {
                continue;
            }
            let common = is_common(short, lexicon);
            // 股份有限公司 is no name of one thing; what stands in marks, or is a concept, is.
            let one = definition.titled || definition.label == Label::Term;
            if common && !one && !has_name(view, tokens, definition.full, lexicon) {
                continue;
            }
            let alike = lengths.entry(head).or_default();
            if let Err(at) = alike.binary_search_by(|length| short.len().cmp(length)) {
                alike.insert(at, short.len());
            }
            let alias = by_short.entry(short).or_insert(Alias {
                common,
                definitions: Vec::new(),
            });
            alias.definitions.push(definition);
        }
        Self {
            lexicon,
            by_short,
            lengths,
        }
    }
}

impl Aliases<'_> {
    /// The mentions in a sentence, from its beginning; none overlaps another.
    fn in_sentence(
        &self,
        view: &str,
        tokens: &[Token],
        (number, sentence): (u32, Span),
        found: &mut Vec<Entity>,
    ) {
        let text = sentence.of(view);
        let mut last = '\n';
        let mut free = 0;
        let mut before = 0;
        for (passed, (byte, char)) in (0..).zip(text.char_indices()) {
            let head = [last, char];
            last = char;
            let start = std::mem::replace(&mut before, byte);
            let (Some(alike), true) = (self.lengths.get(&head), start >= free) else {
                continue;
            };
            let short = |length: &usize| text.get(start..start + length);
            let mut here = alike.iter().filter_map(short);
            let Some((short, alias)) =
                here.find_map(|short| Some((short, self.by_short.get(short)?)))
            else {
                continue;
            };
            let span = piece(sentence, start, passed - 1, short);
            let definition = alias.definition(span);
            let fits = |one: &&_| alias.fits(one, view, (tokens, self.lexicon), span);
            if let Some(definition) = definition.filter(fits) {
                free = start + short.len();
                found.push(definition.mention(number, span));
            }
        }
    }
}

impl<'v> Alias<'v> {
    /// The explanation that a mention goes by.
    fn definition(&self, span: Span) -> Option<&Definition<'v>> {
        let at = span.byte_start.get();
        let until = self.definitions.partition_point(|one| one.at <= at);
        let first = match self.definitions.as_slice() {
            [only] if !self.common => Some(only),
            _ => None,
        };
        until
            .checked_sub(1)
            .and_then(|last| self.definitions.get(last))
            .or(first)
    }

    /// Whether the words at a place are a mention.
    fn fits(
        &self,
        definition: &Definition<'_>,
        view: &str,
        (tokens, lexicon): (&[Token], &Lexicon),
        span: Span,
    ) -> bool {
        let full = definition.full;
        if span.byte_start < full.byte_end && full.byte_start < span.byte_end {
            return false;
        }
        let (start, end) = (span.byte_start.get(), span.byte_end.get());
        if definition.at == start {
            return true;
        }
        if definition.titled {
            let before = view.get(..start).is_some_and(|text| text.ends_with('《'));
            return before && view.get(end..).is_some_and(|text| text.starts_with('》'));
        }
        let at = tokens.partition_point(|token| token.span.byte_start < span.byte_start);
        let until = tokens.partition_point(|token| token.span.byte_start < span.byte_end);
        let long = span.char_len() as usize >= LONG;
        let begins = tokens
            .get(at)
            .is_some_and(|token| token.span.byte_start == span.byte_start);
        let last = until.checked_sub(1).and_then(|last| tokens.get(last));
        let ends = last.is_some_and(|token| token.span.byte_end == span.byte_end);
        let cuts_word = |token| cuts_word(view, token, end, lexicon);
        if cuts_letters(view, start, end) || !ends && last.is_some_and(cuts_word) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let before = before.filter(|token| token.span.byte_end == span.byte_start);
        (begins && ends || long && !self.common)
            && before.is_none_or(|token| self.may_follow(view, token))
    }

    /// Whether a word right before leaves the short form a name of its own.
    fn may_follow(&self, view: &str, before: &Token) -> bool {
        let pos = before.pos.as_str();
        let word = before.span.of(view);
        if self.common {
            return LEADS.contains(&word) || !word.chars().any(char::is_alphanumeric);
        }
        let same = matches!(word, "本" | "该" | "我" | "原");
        // 省爱卫会, 各级爱卫会
        let other = matches!(pos, "b" | "j" | "vn" | "r" | "m" | "q") || ends_with_level(word);
        same || !before.pos.is_a("ns") && !other
    }
}

impl Definition<'_> {
    fn mention(&self, sentence: u32, span: Span) -> Entity {
        Entity {
            full: Some(FullName::Stated(self.full)),
            concept: self.concept.clone(),
            method: if self.label == Label::Term {
                Method::Lexicon
            } else {
                Method::Rule
            },
            ..Entity::by_rule(sentence, self.label, span, SCORE)
        }
    }
}

/// Whether a place begins or ends among Latin letters or digits: LINE in ONLINE.
fn cuts_letters(view: &str, start: usize, end: usize) -> bool {
    let joined = |at: usize| {
        let (before, behind) = view.split_at_checked(at)?;
        let (last, first) = (before.chars().next_back()?, behind.chars().next()?);
        Some(last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric())
    };
    [start, end].into_iter().any(|at| joined(at) == Some(true))
}

/// Whether a name would end within a word of the dictionary, 临澜大学 in 大学生, and that is not the word for its head, 市水务局 in 局长.
fn cuts_word(view: &str, word: &Token, end: usize, lexicon: &Lexicon) -> bool {
    let head = view.get(end..word.span.byte_end.get()) == Some("长");
    !head && lexicon.has_word(word.span.of(view))
}

/// The first two characters.
fn head(short: &str) -> Option<[char; 2]> {
    let mut chars = short.chars();
    Some([chars.next()?, chars.next()?])
}

/// The span of `short` in a sentence, by the bytes and characters before it.
fn piece(sentence: Span, bytes: usize, chars: u32, short: &str) -> Span {
    let byte_start = sentence.byte_start + ByteOffset::of(bytes).raw();
    let char_start = sentence.char_start + chars;
    Span {
        byte_start,
        byte_end: byte_start + ByteOffset::of(short.len()).raw(),
        char_start,
        char_end: char_start + CharOffset::of(short.chars().count()).raw(),
    }
}

/// Whether one of the words of a name is a name itself, or none that the dictionary has.
fn has_name(view: &str, tokens: &[Token], name: Span, lexicon: &Lexicon) -> bool {
    let from = tokens.partition_point(|token| token.span.byte_start < name.byte_start);
    let words = tokens.get(from..).unwrap_or_default().iter();
    let mut words = words.take_while(|token| token.span.byte_end <= name.byte_end);
    words.any(|token| {
        let named = ["ns", "nt", "nz", "nr"]
            .iter()
            .any(|tag| token.pos.is_a(tag));
        named || !lexicon.has_word(token.span.of(view))
    })
}
