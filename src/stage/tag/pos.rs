//! Entities by the dictionary's parts of speech.

use super::Tagger;
use crate::record::{Document, Entity, Label, Method, Token};
use crate::text::Span;

/// How sure this method is. One figure for all: the dictionary says nothing of a word in its context, and on news text
/// it is right about as often as not.
pub const SCORE: f32 = 0.5;

/// Longest name, in characters, that two adjacent person tokens are joined to (欧阳 + 修文).
const JOINED_NAME: u32 = 4;

/// Shortest name of a person, in characters: a surname by itself is none.
const SHORTEST_NAME: u32 = 2;

/// Believes the parts of speech: `nr*` are persons, `ns*` places, `nt*` organisations.
///
/// Where the segmenter has split surname and given name, the two are joined to one person.
#[derive(Clone, Copy, Debug, Default)]
pub struct PosTagger;

impl Tagger for PosTagger {
    fn name(&self) -> &'static str {
        "pos"
    }

    fn tag(&self, _document: &Document, tokens: &mut [Token], entities: &mut Vec<Entity>) {
        let mut rest: &[Token] = tokens;
        while let [token, after @ ..] = rest {
            rest = after;
            let Some(label) = label(token) else { continue };
            let mut span = token.span;
            if label == Label::Person {
                if let Some(joined) = after.first().and_then(|next| joined_name(token, next)) {
                    span = joined;
                    rest = after.get(1..).unwrap_or_default();
                }
                if span.char_len() < SHORTEST_NAME {
                    continue;
                }
            }
            entities.push(Entity {
                sentence: token.sentence,
                label,
                span,
                quantity: None,
                titles: Vec::new(),
                concept: None,
                method: Method::Lexicon,
                score: SCORE,
            });
        }
    }
}

fn label(token: &Token) -> Option<Label> {
    let families = [
        ("nr", Label::Person),
        ("ns", Label::Location),
        ("nt", Label::Organisation),
    ];
    families
        .into_iter()
        .find_map(|(family, label)| token.pos.is_a(family).then_some(label))
}

/// The span of both, when they may be surname and given name.
fn joined_name(token: &Token, next: &Token) -> Option<Span> {
    let adjacent = token.sentence == next.sentence && token.span.byte_end == next.span.byte_start;
    let joined = token.span.to(next.span);
    (adjacent && label(next) == Some(Label::Person) && joined.char_len() <= JOINED_NAME)
        .then_some(joined)
}
