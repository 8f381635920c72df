//! 本报, where it is known which one that is.

use std::sync::Arc;

use super::options::own;
use crate::record::{Document, Entity, FullName, Label, Token};
use crate::stage::tag::alias::put;
use crate::text::{ByteOffset, Span};

/// How sure it is.
const SCORE: f32 = 0.95;
/// What may stand behind 本报 in one word.
const BEHIND: [&str; 6] = ["", "讯", "记者", "评论员", "编辑部", "通讯员"];

/// Adds the mentions of the publisher.
pub(super) fn find(
    document: &Document,
    tokens: &[Token],
    publisher: &Arc<str>,
    entities: &mut Vec<Entity>,
) {
    let view = document.view();
    let own = own(publisher);
    let mut found = Vec::new();
    for token in tokens {
        let mut chars = token.span.of(view).chars();
        let (Some('本'), Some(kind)) = (chars.next(), chars.next()) else {
            continue;
        };
        if !own.contains(&kind) || !BEHIND.contains(&chars.as_str()) {
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
