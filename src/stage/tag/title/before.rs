//! Titles that stand before a name: 上海市委副书记、市长[…].

use crate::record::{Label, Token};

use super::piece::{Piece, is_space};
use super::words::{body_before, is_outside, office_before};
use crate::stage::tag::levels::LEVELS;

/// Characters that a title has at most before its office word.
const REACH: usize = 36;
/// Offices of one person in a row.
pub(in crate::stage::tag) const ROW: usize = 8;
/// Characters that an office word has at most, ranks before it included.
const OFFICE: usize = 16;
/// Characters of 第十四届 and of the longest of the bodies that are told by their ends.
const SESSION: usize = 8;
/// Characters that end the name of a body.
const BODIES: [char; 21] = [
    '部', '局', '处', '室', '所', '院', '署', '司', '厅', '办', '委', '科', '系', '组', '队', '站',
    '台', '社', '会', '团', '库',
];

/// The titles that end at `name`, in the order of the text.
pub(super) fn before(piece: &Piece, tokens: &[Token], name: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut end = name;
    while found.len() < ROW {
        while end > 0 && end + 2 > name && piece.at(end - 1).is_some_and(is_space) {
            end -= 1;
        }
        let Some(start) = title(piece, tokens, end) else {
            break;
        };
        found.push((start, end));
        let joined = start.checked_sub(1).filter(|at| {
            piece
                .at(*at)
                .is_some_and(|char| matches!(char, '、' | '兼' | '暨'))
        });
        let Some(at) = joined else { break };
        end = at;
    }
    found.reverse();
    found
}

/// Where the title that ends at `end` begins.
pub(super) fn title(piece: &Piece, tokens: &[Token], end: usize) -> Option<usize> {
    let from = end.saturating_sub(OFFICE);
    let office = from + office_before(piece.of(from, end))?;
    let start = reach(piece, tokens, office, end);
    let lead = piece.of(start, office);
    // 本报临澜3月11日电记者: a dateline is no part of it.
    let dateline = lead
        .windows(2)
        .rposition(|pair| matches!(pair, ['日', '电' | '讯']));
    // The segmenter may take a preposition for a part of the next word.
    let word = match lead {
        ['据' | '由' | '请' | '让' | '听', ..] => 1,
        ['讯' | '电', ..] if start.checked_sub(1).and_then(|at| piece.at(at)) == Some('日') => 1,
        ['记', next, ..] if *next != '者' => 1,
        _ => 0,
    };
    Some(start + dateline.map_or(word, |at| at + 2))
}

/// How far the modifiers of an office go to the left.
fn reach(piece: &Piece, tokens: &[Token], office: usize, end: usize) -> usize {
    let mut at = office;
    while at > 0 && office - at < REACH {
        let Some(start) = step(piece, tokens, at, (office, end)) else {
            break;
        };
        at = start;
    }
    // 前外交部长: the rank stands before the body.
    let former = at.checked_sub(1).filter(|before| {
        let open = before
            .checked_sub(1)
            .and_then(|at| piece.at(at))
            .is_none_or(|char| !char.is_alphanumeric());
        matches!(piece.at(*before), Some('原' | '前')) && open && at < office
    });
    former.unwrap_or(at)
}

/// Where the modifier begins that ends at `at`.
fn step(
    piece: &Piece,
    tokens: &[Token],
    at: usize,
    (office, end): (usize, usize),
) -> Option<usize> {
    if let Some(name) = piece.name_before(at) {
        return (name.label != Label::Person).then_some(name.start);
    }
    let from = at.saturating_sub(SESSION);
    let left = piece.of(from, at);
    if let Some(length) = session(left) {
        return Some(at - length);
    }
    if left.ends_with(&['驻']) && at < office {
        return Some(at - 1);
    }
    let (start, token) = piece.token_before(tokens, at)?;
    let whole = body_before(left);
    let inside = piece.of(start, at);
    let past = start + usize::try_from(token.span.char_len()).ok()?;
    if past != at {
        let before = at.checked_sub(1).and_then(|before| piece.at(before));
        // 宣传处处长 may be cut as 宣传|处处|长.
        if at == office && before.is_some() && before == piece.at(at) {
            return Some(at - 1);
        }
        // 外交部长 is one word; but the segmenter may go from the office into the name, too: 市|长华源.
        let word = at == office && past <= end && past > at && is_nominal(token);
        return if word {
            Some(start)
        } else {
            whole.map(|length| at - length).or_else(|| level(piece, at))
        };
    }
    if let Some(length) = whole.filter(|length| *length > inside.len()) {
        return Some(at - length);
    }
    let person = piece
        .names
        .get(piece.names.partition_point(|name| name.end <= start)..)
        .and_then(<[_]>::first)
        .is_some_and(|name| name.start < at && name.label == Label::Person);
    let body = |char: &char| BODIES.contains(char);
    let verb = token.pos.is_a("v") || token.pos.is_a("a") || token.pos.is_a("d");
    let fits = is_nominal(token)
        || matches!(inside, [one] if body(one) || LEVELS.contains(one))
        || inside.last().is_some_and(body) && token.pos.is_a("nr")
        || verb && at < office && piece.at(at).as_ref().is_some_and(body) && inside.len() > 1
        || whole == Some(inside.len());
    (fits && !person && !is_outside(inside)).then_some(start)
}

/// Whether a word can be part of a title or of the name of a body.
pub(super) fn is_nominal(token: &Token) -> bool {
    let pos = token.pos.as_str();
    matches!(pos, "j" | "b" | "vn" | "an" | "eng" | "s" | "l" | "nz")
        || pos.starts_with('n') && !matches!(pos, "nr" | "nrfg" | "nrt")
}

/// Where 市 or 县 begins that stands before a body's name and is no part of the word before it.
fn level(piece: &Piece, at: usize) -> Option<usize> {
    let start = at.checked_sub(1)?;
    let open = start.checked_sub(1).and_then(|before| piece.at(before));
    let level = piece.at(start).is_some_and(|char| LEVELS.contains(&char));
    (level && open.is_none_or(|char| !char.is_alphanumeric())).then_some(start)
}

/// Characters of 第十四届 or 14届 at the end of `left`.
fn session(left: &[char]) -> Option<usize> {
    let (last, rest) = left.split_last()?;
    if *last != '届' {
        return None;
    }
    let number = |char: &&char| char.is_ascii_digit() || "一二三四五六七八九十百".contains(**char);
    let digits = rest.iter().rev().take_while(number).count();
    let ordinal = rest
        .len()
        .checked_sub(digits + 1)
        .and_then(|at| rest.get(at))
        == Some(&'第');
    (digits > 0).then_some(1 + digits + usize::from(ordinal))
}
