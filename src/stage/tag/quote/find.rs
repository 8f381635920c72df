//! All quotations of a document, paragraph by paragraph.

use super::clause::{Attribution, Reading};
use super::marks::{Pair, closer, ends_clause, ends_sentence, pairs};
use super::rows::{Open, Rows};
use super::speaker::{Scene, Speakers};
use super::subject::Subject;
use super::turn;
use super::verb::ends_verb;
use crate::record::{Document, Entity, Label, Quote, Sentence, SentenceKind, Token};
use crate::stage::tag::title::Piece;
use crate::text::Span;

/// Characters of a label with its title.
const LABEL: usize = 40;
/// Characters of what is said behind a label without quotation marks.
const SAID: usize = 12;

/// Memory that is kept from paragraph to paragraph.
#[derive(Default)]
struct Scratch {
    piece: Piece,
    pairs: Vec<Pair>,
    attributions: Vec<Attribution>,
    sentences: Vec<(usize, usize)>,
}

/// Finds what is said in a document. `entities` are ordered by place.
pub(in crate::stage::tag) fn find(
    document: &Document,
    tokens: &[Token],
    entities: &[Entity],
    quotes: &mut Vec<Quote>,
) {
    let mut scratch = Scratch::default();
    let mut speakers = Speakers::default();
    let (mut at, mut entity) = (0, 0);
    let mut open = None;
    while let Some(first) = document.sentences.get(at) {
        let turn = turn::length(document, at);
        if turn > 0 {
            quotes.extend(turn::row(document, at, turn));
            at += turn;
            open = None;
            continue;
        }
        let own = of_paragraph(document, at);
        at += own.len();
        let readable = matches!(
            first.kind,
            SentenceKind::Body | SentenceKind::List | SentenceKind::Caption | SentenceKind::Speech
        );
        let (true, Some(last)) = (readable, own.last()) else {
            open = None;
            continue;
        };
        let span = first.span.to(last.span);
        let behind = |one: &&Entity| one.span.byte_start < span.byte_start;
        let rest = entities.get(entity..).unwrap_or_default();
        entity += rest.iter().take_while(behind).count();
        if open.is_none()
            && !names_person(entities, entity, span)
            && !may_say(span.of(document.view()))
        {
            continue;
        }
        entity = scratch.piece.fill(document, tokens, entities, span, entity);
        pairs(&scratch.piece.chars, &mut scratch.pairs);
        scratch.sentences.clear();
        scratch.sentences.extend(own.iter().map(|sentence| {
            let from = |at: crate::text::CharOffset| (at - first.span.char_start) as usize;
            (from(sentence.span.char_start), from(sentence.span.char_end))
        }));
        let reading = Reading {
            piece: &scratch.piece,
            tokens,
            pairs: &scratch.pairs,
        };
        reading.attributions(&mut scratch.attributions);
        let scene = Scene {
            document,
            entities,
            reading,
            sentences: &scratch.sentences,
            paragraph: first.paragraph,
        };
        open = paragraph(&scene, &scratch.attributions, &mut speakers, quotes, open);
        speakers.leave(&scene);
    }
    quotes.sort_by_key(|quote| (quote.span.byte_start, quote.span.byte_end));
}

/// The sentences from `at` on that are of one paragraph and nobody's turn; one at least.
fn of_paragraph(document: &Document, at: usize) -> &[Sentence] {
    let rest = document.sentences.get(at..).unwrap_or_default();
    let first = rest.first().map(|one| one.paragraph);
    let same = |one: &&Sentence| Some(one.paragraph) == first && one.speaker.is_none();
    let count = rest.iter().take_while(same).count().max(1);
    rest.get(..count).unwrap_or_default()
}

/// Whether a person is named in a piece, of whose entities the first is at `entity`.
fn names_person(entities: &[Entity], entity: usize, span: Span) -> bool {
    let rest = entities.get(entity..).unwrap_or_default();
    let mut own = rest
        .iter()
        .take_while(|one| one.span.byte_start < span.byte_end);
    own.any(|one| one.label == Label::Person)
}

/// Whether a clause of a paragraph may end with a verb of saying, or the paragraph begin with a label. Most have neither, and
/// that is seen at their marks.
fn may_say(text: &str) -> bool {
    let mut last = '\n';
    for (at, char) in text.chars().enumerate() {
        let pause = ends_clause(char) || closer(char).is_some();
        if pause && (ends_verb(last) || at < LABEL && matches!(char, '：' | ':')) {
            return true;
        }
        // What a verb may be followed by without a mark.
        if matches!(char, '要' | '将' | '应' | '必') && ends_verb(last) {
            return true;
        }
        if last == '认' && char == '为' {
            return true;
        }
        last = char;
    }
    ends_verb(last)
}

/// The rows of one paragraph; what is left open goes on in the next.
fn paragraph(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    speakers: &mut Speakers,
    quotes: &mut Vec<Quote>,
    open: Option<Open>,
) -> Option<Open> {
    let used = vec![false; scene.reading.pairs.len()];
    let mut rows = Rows {
        scene,
        speakers,
        quotes,
        used,
        open: None,
    };
    if let Some(open) = open {
        rows.go_on(open);
    }
    match label(scene) {
        Some((subject, said)) => labelled(&mut rows, subject, said),
        None => rows.attributed(attributions),
    }
    rows.open
}

/// A paragraph that begins with who speaks and a colon: 临澜大学教授沈知远：我们…
fn label(scene: &Scene<'_>) -> Option<(Subject, usize)> {
    let piece = scene.reading.piece;
    let near = piece.of(0, piece.chars.len().min(LABEL));
    let colon = near.iter().position(|char| matches!(char, '：' | ':'))?;
    if near.get(..colon)?.iter().any(|char| ends_clause(*char)) {
        return None;
    }
    let last = near
        .get(..colon)?
        .iter()
        .rposition(|char| !char.is_whitespace())?
        + 1;
    let name = piece
        .name_before(last)
        .filter(|name| name.label == Label::Person);
    let (start, subject) = match name {
        Some(name) => (name.start, Subject::Person(name.start, name.end)),
        None => (last, scene.reading.role_of(0, last)?),
    };
    let mut at = 0;
    while at < start {
        at = match piece.at(at) {
            Some(char) if char.is_whitespace() || char == '、' => at + 1,
            _ => scene.reading.role_step(at)?,
        };
    }
    (at == start).then_some((subject, colon + 1))
}

/// The row of a paragraph with a label: the quotation behind it, or all of it where it is told by the one who speaks.
fn labelled(rows: &mut Rows<'_, '_>, subject: Subject, said: usize) {
    let scene = rows.scene;
    let piece = scene.reading.piece;
    let mut start = said;
    while piece.at(start).is_some_and(char::is_whitespace) {
        start += 1;
    }
    let quoted = piece
        .at(start)
        .and_then(closer)
        .is_some_and(|(_, quotes)| quotes);
    let end = piece.chars.len();
    let words = piece.of(start, end);
    let own = words.len() >= SAID
        && matches!(subject, Subject::Person(..))
        && words.iter().any(|char| ends_sentence(*char))
        && words.iter().any(|char| {
            matches!(
                char,
                '我' | '你' | '您' | '咱' | '吧' | '呢' | '吗' | '啊' | '嘛'
            )
        });
    let number = scene
        .reading
        .pairs
        .partition_point(|pair| pair.open < start);
    let whole = scene
        .reading
        .pairs
        .get(number)
        .is_some_and(|pair| pair.open == start && scene.reading.is_sentence(pair));
    if !(quoted && whole || own && !quoted) {
        return;
    }
    let speaker = rows.speakers.resolve(scene, subject);
    if quoted {
        rows.direct(number, speaker, None);
    } else {
        rows.push((start, end), speaker, None, true);
    }
}
