//! Entities by the dictionary's parts of speech.

use super::Tagger;
use super::names::{has_surname, is_no_organisation, is_no_person, is_no_place, is_surname};
use crate::record::{Document, Entity, Label, Method, Token};
use crate::text::Span;

/// How sure this method is. One figure for all: the dictionary says nothing of a word in its context, and on news text
/// it is right about as often as not.
pub const SCORE: f32 = 0.5;

/// Longest given name, in characters, that a surname is joined to (欧阳 + 修文).
const GIVEN_NAME: u32 = 2;

/// Longest Chinese name, in characters.
const LONGEST_NAME: u32 = 4;

/// Believes the parts of speech: `nr*` are persons, `ns*` places, `nt*` organisations.
///
/// Where the segmenter has split surname and given name, the two are joined to one person.
///
/// It is a first method, no recogniser of names: the dictionary has many common words for names, and nobody looks at the context. So
/// a Chinese person must have a frequent surname and two to four characters (foreign ones have a tag of their own, `nrt`, or
/// a `·`), a place at least two, and a list of common words is left out. Names in a user's lexicon are held to the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct PosTagger;

impl Tagger for PosTagger {
    fn name(&self) -> &'static str {
        "pos"
    }

    fn tag(&self, document: &Document, tokens: &mut [Token], entities: &mut Vec<Entity>) {
        let view = document.view();
        let mut rest: &[Token] = tokens;
        while let [token, after @ ..] = rest {
            rest = after;
            let Some(label) = label(token) else { continue };
            let mut span = token.span;
            let joined = after
                .first()
                .and_then(|next| joined_name(view, token, next));
            if let Some(joined) = joined {
                span = joined;
                rest = after.get(1..).unwrap_or_default();
            } else if !is_name(view, token, label) {
                continue;
            }
            entities.push(Entity {
                method: Method::Lexicon,
                ..Entity::by_rule(token.sentence, label, span, SCORE)
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

/// Whether the word can be what its tag says.
fn is_name(view: &str, token: &Token, label: Label) -> bool {
    let word = token.span.of(view);
    let chars = token.span.char_len();
    match label {
        Label::Person => {
            let foreign = ["nrt", "nrfg"].contains(&token.pos.as_str()) || word.contains('·');
            let chinese = has_surname(word) && chars <= LONGEST_NAME;
            chars > 1 && (foreign || chinese) && !is_no_person(word)
        }
        Label::Organisation => !is_no_organisation(word),
        _ => chars > 1 && !is_no_place(word),
    }
}

/// The span of both, when they are surname and given name.
fn joined_name(view: &str, token: &Token, next: &Token) -> Option<Span> {
    let adjacent = token.sentence == next.sentence && token.span.byte_end == next.span.byte_start;
    let persons = [token, next].map(label) == [Some(Label::Person); 2];
    (adjacent && persons && is_surname(token.span.of(view)) && next.span.char_len() <= GIVEN_NAME)
        .then(|| token.span.to(next.span))
}
