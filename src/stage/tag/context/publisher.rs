//! 本报, where it is known which one that is.

use std::sync::Arc;

use super::options::own;
use crate::lexicon::Lexicon;
use crate::record::{Document, Entity, FullName, Label, Token};
use crate::stage::tag::put::put;
use crate::text::{ByteOffset, Span};

/// How sure it is.
const SCORE: f32 = 0.95;
/// What may stand behind 本报 in one word.
pub(super) const BEHIND: [&str; 6] = ["", "讯", "记者", "评论员", "编辑部", "通讯员"];
/// What goes with 本报 without being a verb: 本报社论.
const OF_PAPERS: [&str; 13] = [
    "讯",
    "记者",
    "评论员",
    "编辑部",
    "通讯员",
    "社论",
    "消息",
    "特约",
    "特派",
    "独家",
    "电",
    "称",
    "读者",
];
/// What goes on behind a whole 本报, by part of speech; before nouns, and verbs that make a word with its end, it may be half of one.
const PLAIN: [&str; 11] = ["x", "t", "ns", "nr", "p", "d", "c", "uj", "ul", "m", "f"];

/// Adds the mentions of the publisher.
pub(super) fn find(
    document: &Document,
    tokens: &[Token],
    lexicon: &Lexicon,
    publisher: &Arc<str>,
    entities: &mut Vec<Entity>,
) {
    let view = document.view();
    let own = own(publisher);
    let mut found = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        let mut chars = token.span.of(view).chars();
        let (Some('本'), Some(kind)) = (chars.next(), chars.next()) else {
            continue;
        };
        if !own.contains(&kind) || !BEHIND.contains(&chars.as_str()) {
            continue;
        }
        let next = tokens.get(number + 1).filter(|next| {
            chars.as_str().is_empty() && next.span.byte_start == token.span.byte_end
        });
        if next.is_some_and(|next| !may_follow(view, kind, next, lexicon)) {
            continue;
        }
        let bytes = '本'.len_utf8() + kind.len_utf8();
        let span = Span {
            byte_end: token.span.byte_start + ByteOffset::of(bytes).raw(),
            char_end: token.span.char_start + 2,
            ..token.span
        };
        found.push(Entity {
            full: Some(FullName::Inferred(Arc::clone(publisher))),
            ..Entity::by_rule(token.sentence, Label::Organisation, span, SCORE)
        });
    }
    put(entities, found);
}

/// Whether 本报 is whole before a word: in 本|报表有误 and 本|网红来了 it is not, though the segmenter cuts behind it.
fn may_follow(view: &str, kind: char, next: &Token, lexicon: &Lexicon) -> bool {
    let word = next.span.of(view);
    if OF_PAPERS.iter().any(|one| word.starts_with(one)) {
        return true;
    }
    let plain = PLAIN.iter().any(|tag| next.pos.is_a(tag));
    // A word that the segmenter made up says nothing of what it is.
    let verb = matches!(next.pos.as_str(), "v" | "ad" | "vd") && lexicon.has_word(word);
    let half = || {
        let first = word.chars().next();
        lexicon.has_word(&[kind].into_iter().chain(first).collect::<String>())
    };
    plain || verb && !half()
}
