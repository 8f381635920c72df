//! What stands before a name and was taken for its beginning: white space, a verb, a preposition.
//!
//! Names may begin so, too (解放日报社, 以勒镇): of those that a model is certain of only what no name begins with is taken.

use super::consistent::Find;
use super::persons::{CERTAIN, JOINS};
use super::phrases::{WORDS, ends_as, is_known, text};
use crate::lexicon::Lexicon;
use crate::model::{Kind, Listed};
use crate::text::is_han;

/// Characters of a verb before a name.
const VERB: usize = 2;
/// What stands before a name and belongs to what it is said of.
const PREPOSITIONS: &str = "以由在对向从把被将与和及为让经";

/// A name without what stands before it.
pub(super) fn bare<'c>(chars: &'c [char], find: &Find, lexicon: &Lexicon) -> &'c [char] {
    let name = chars.get(find.start..find.end).unwrap_or_default();
    let name = behind_space(name, find.kind);
    let before = (find.end - name.len())
        .checked_sub(1)
        .and_then(|at| chars.get(at));
    let begins = !before.is_some_and(|before| is_han(*before));
    let joins = name.first().is_some_and(|first| JOINS.contains(*first));
    if begins && joins {
        return name;
    }
    without_preposition(name, (find.kind, find.score), lexicon)
}

/// What a name is behind the last white space between Han characters, where that is a name's end.
fn behind_space(name: &[char], kind: Kind) -> &[char] {
    let space = name.iter().rposition(|ch| ch.is_whitespace());
    let parts = space.map(|at| (&name[..at], &name[at + 1..]));
    match parts {
        Some(([.., last], behind @ [first, ..]))
            if is_han(*last) && is_han(*first) && ends_as(kind, behind) =>
        {
            behind
        }
        _ => name,
    }
}

/// The organisation behind a verb or a preposition that was taken for its beginning.
fn behind_verb<'n>(
    name: &'n [char],
    (kind, score): (Kind, f32),
    lexicon: &Lexicon,
) -> Option<&'n [char]> {
    let (verb, body) = name.split_at_checked(VERB)?;
    let verb = text(verb);
    // 会同 is a county, too, and laws never mean that.
    let is_county = name
        .get(..3)
        .is_some_and(|first| Listed::of(first).is_division());
    let is_verb = verb == "会同" && !is_county
        || lexicon.pos(&verb).is_some_and(|pos| match pos.as_str() {
            "p" => true,
            "v" => score < CERTAIN,
            _ => false,
        });
    let told = kind == Kind::Organisation && is_verb && !is_known(name, kind, lexicon);
    (told && body.len() >= 2 && is_known(body, kind, lexicon)).then_some(body)
}

/// A name without the preposition before it, if that begins no word.
fn without_preposition<'n>(
    name: &'n [char],
    (kind, score): (Kind, f32),
    lexicon: &Lexicon,
) -> &'n [char] {
    let [first, bare @ ..] = name else {
        return name;
    };
    let begins = |length: usize| {
        let word = name.get(..length);
        word.is_some_and(|word| {
            lexicon.has_word(&text(word)) || Listed::of(word) != Listed::default()
        })
    };
    if let Some(body) = behind_verb(name, (kind, score), lexicon) {
        return body;
    }
    let is_part = kind == Kind::Person
        || bare.len() < 2
        || !PREPOSITIONS.contains(*first)
        || WORDS.into_iter().any(begins)
        || Listed::of(name).is_known(kind)
        || score >= CERTAIN && !is_known(bare, kind, lexicon);
    if is_part { name } else { bare }
}
