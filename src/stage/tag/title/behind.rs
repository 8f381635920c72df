//! Titles that stand behind a name: at once, in brackets, between commas, or behind a list of names.

use crate::record::{Label, Token};

use super::before::{is_nominal, title};
use super::piece::{Piece, is_space};
use super::words::{may_be_verb, office_at, office_before};

/// Characters of an office that stands behind a name at once.
const OFFICE: usize = 12;
/// Characters in brackets or between commas that are looked at.
const BESIDE: usize = 60;
/// Characters of the title behind a list.
const LISTED: usize = 24;
/// What may stand before a title in brackets or between commas.
const TENURE: [&str; 6] = ["现任", "时任", "曾任", "原任", "系", "现为"];

/// The titles behind the name from `start` to `end`.
pub(super) fn behind(
    piece: &Piece,
    tokens: &[Token],
    start: usize,
    end: usize,
) -> Vec<(usize, usize)> {
    if let Some(office) = at_once(piece, tokens, end) {
        return vec![office];
    }
    match piece.at(end) {
        Some('（' | '(') => bracketed(piece, tokens, end + 1),
        Some('，' | ',') if opens_clause(piece, start) => apposed(piece, tokens, end + 1),
        _ => Vec::new(),
    }
}

/// [沈知远]教授.
fn at_once(piece: &Piece, tokens: &[Token], end: usize) -> Option<(usize, usize)> {
    let last = piece.chars.len().min(end + OFFICE);
    let length = office_at(piece.of(end, last))?;
    let office = piece.of(end, end + length);
    let close = end + length;
    let goes_on = piece
        .at(close)
        .is_some_and(|char| matches!(char, '们' | '团' | '级' | '会' | '制' | '室' | '处'));
    // 局长沈知远主任秦若溪: the office is that of the name behind it.
    let of_next = piece
        .name_at(close)
        .is_some_and(|name| name.label == Label::Person);
    (!goes_on && !of_next && !may_be_verb(office) && piece.is_word_end(tokens, close))
        .then_some((end, close))
}

/// Whether a clause begins at a place, so that what follows the name there can be in apposition.
fn opens_clause(piece: &Piece, start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| piece.at(at));
    before.is_none_or(|char| !char.is_alphanumeric())
}

/// [沈知远]（临澜大学教授、院长）: what is no title in there is passed over.
fn bracketed(piece: &Piece, tokens: &[Token], open: usize) -> Vec<(usize, usize)> {
    let inside = piece.of(open, piece.chars.len().min(open + BESIDE));
    let Some(length) = inside.iter().position(|char| matches!(char, '）' | ')')) else {
        return Vec::new();
    };
    parts(piece, open, open + length, &['、', '，', ',', '；', ';'])
        .filter_map(|(start, end)| whole_title(piece, tokens, start, end))
        .collect()
}

/// [沈知远]，临澜大学教授，…: all between the commas is titles, or none is.
fn apposed(piece: &Piece, tokens: &[Token], open: usize) -> Vec<(usize, usize)> {
    let inside = piece.of(open, piece.chars.len().min(open + BESIDE));
    let stop = |char: &char| matches!(char, '，' | ',' | '。' | '；' | ';' | '：' | '\n');
    let length = inside.iter().position(stop);
    let at_end = open + inside.len() == piece.chars.len();
    let Some(length) = length.or(at_end.then_some(inside.len())) else {
        return Vec::new();
    };
    parts(piece, open, open + length, &['、'])
        .map(|(start, end)| whole_title(piece, tokens, start, end))
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

/// The parts between marks, without white space around them.
fn parts<'p>(
    piece: &'p Piece,
    start: usize,
    end: usize,
    marks: &'p [char],
) -> impl Iterator<Item = (usize, usize)> + 'p {
    let inside = piece.of(start, end);
    let mut at = start;
    inside.split(|char| marks.contains(char)).map(move |part| {
        let from = at;
        at += part.len() + 1;
        let lead = part.iter().take_while(|char| is_space(**char)).count();
        let rest = part.get(lead..).unwrap_or_default();
        let tail = rest
            .iter()
            .rev()
            .take_while(|char| is_space(**char))
            .count();
        (from + lead, from + part.len() - tail)
    })
}

/// A part that is a title as a whole, but for a word such as 现任 before it.
fn whole_title(
    piece: &Piece,
    tokens: &[Token],
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    let from = title(piece, tokens, end).filter(|_| end > start)?;
    let lead: String = piece.of(start, from).iter().collect();
    (from >= start && (lead.is_empty() || TENURE.contains(&lead.as_str()))).then_some((from, end))
}

/// The title behind a list of names: …、[沈知远]等三位委员.
pub(super) fn behind_list(piece: &Piece, tokens: &[Token], end: usize) -> Option<(usize, usize)> {
    let mut at = end;
    let others = piece.at(at) == Some('等');
    at += usize::from(others);
    let digits = piece
        .of(at, piece.chars.len().min(at + 4))
        .iter()
        .take_while(|char| char.is_ascii_digit() || "一二两三四五六七八九十多几余".contains(**char))
        .count();
    let counted = digits > 0 && matches!(piece.at(at + digits), Some('位' | '名' | '个'));
    if counted {
        at += digits + 1;
    }
    if !others && !counted {
        return None;
    }
    let start = at;
    while at - start < LISTED {
        let next = match piece.name_at(at) {
            Some(name) if name.label == Label::Person => break,
            Some(name) => name.end,
            None => match piece.token_at(tokens, at) {
                Some((next, token)) if is_nominal(token) => next,
                // The segmenter went from the name into the title: 方|明等市|领导.
                None if at == start => match piece.token_over(tokens, at) {
                    Some(next) => next,
                    None => break,
                },
                _ => break,
            },
        };
        at = next;
    }
    let title = piece.of(start, at);
    // 等领导和指挥, 等人主编: a verb.
    let verb = may_be_verb(title) || title.first() == Some(&'人');
    (at > start && !verb && office_before(title).is_some()).then_some((start, at))
}
