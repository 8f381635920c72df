//! Where another article begins.
//!
//! A *head* is what an article begins with: a dateline, a byline under a headline, the number or the addressee of an official
//! document, a question under two headlines. The lines without a sentence ahead of it, its *gap*, are its headlines, or
//! those of the article before; [`headline`](super::headline) tells. Evidence that also occurs inside a text counts only
//! where the text has begun in the same way, or where the text before is over: signed, dated, or continued elsewhere.

use super::line::{Line, Role, ends_sentence};
use super::phrase::is_sentence;
use super::turn::asks;
use crate::text::MarkerKind;

/// Lines before a head that can belong to it.
const GAP: usize = 8;
/// Lines from a day that ends a document to the head of the next.
const SIGNED: usize = 3;
/// Paragraphs of a summary before the dateline, at most.
const SUMMARY: usize = 2;
/// What it takes to cut a record that has a title of its own.
const STRONG: f32 = 0.9;
/// Lines that are read to see how a document begins.
const OPENING: usize = 6;

/// The beginning of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Head {
    /// The first line that may belong to it.
    pub(super) gap: usize,
    /// Its first line that does.
    pub(super) line: usize,
    /// How sure it is that it begins there.
    pub(super) confidence: f32,
}

/// The heads of a text, in order; the first is that of its beginning. `titled` says that the record has a title of its own,
/// so that it is one text but for strong evidence.
pub(super) fn heads(lines: &[Line<'_>], titled: bool) -> Vec<Head> {
    let mut opening = Opening::of(lines);
    let mut heads = vec![Head {
        gap: 0,
        line: opening.line,
        confidence: 1.0,
    }];
    let mut state = State::default();
    for at in 0..lines.len() {
        let gap = gap_before(lines, at, heads.last().map_or(0, |head| head.line));
        let found = (at > opening.line && state.body)
            .then(|| judge(lines, gap, at, &opening, &state))
            .flatten()
            .filter(|confidence| !titled || *confidence >= STRONG);
        if let Some(confidence) = found {
            opening.dateline |= lines
                .get(at)
                .is_some_and(|line| line.role == Role::Dateline);
            heads.push(Head {
                gap,
                line: at,
                confidence,
            });
            state = State::default();
        }
        state.pass(&lines[at]);
    }
    heads
}

/// How a text begins.
struct Opening<'l, 't> {
    /// Its first line that is no headline.
    line: usize,
    /// The lines before that one.
    head: &'l [Line<'t>],
    /// It, or an article after it, begins with a dateline, perhaps behind a summary.
    dateline: bool,
}

impl<'l, 't> Opening<'l, 't> {
    fn of(lines: &'l [Line<'t>]) -> Self {
        let text = lines.iter().take(GAP).position(|line| !in_gap(line));
        let line = text.unwrap_or(0);
        let mut first = lines.iter().skip(line).take(SUMMARY + 1);
        Self {
            line,
            head: lines.get(..line.min(OPENING)).unwrap_or_default(),
            dateline: first.any(|line| line.role == Role::Dateline),
        }
    }

    fn has(&self, role: Role) -> bool {
        self.head.iter().any(|line| line.role == role)
    }

    /// Whether it has the same note in brackets.
    fn is_noted(&self, note: &Line<'_>) -> bool {
        let mut notes = self.head.iter().filter(|line| line.role == Role::Note);
        note.role == Role::Note && notes.any(|line| line.text == note.text)
    }
}

/// What was seen of the article so far.
#[derive(Default)]
struct State {
    /// A paragraph that is a sentence.
    body: bool,
    /// How many of them.
    paragraphs: usize,
    dateline: bool,
    turns: usize,
}

impl State {
    fn pass(&mut self, line: &Line<'_>) {
        self.dateline |= line.role == Role::Dateline;
        self.turns += usize::from(line.role == Role::Turn);
        let body = line.is_body();
        self.body |= body;
        self.paragraphs += usize::from(body);
    }
}

/// How sure it is that an article begins with line `at`, given the gap before it.
fn judge(
    lines: &[Line<'_>],
    gap: usize,
    at: usize,
    opening: &Opening<'_, '_>,
    state: &State,
) -> Option<f32> {
    let (line, between) = (lines.get(at)?, lines.get(gap..at)?);
    let has = |role: Role| between.iter().any(|line| line.role == role);
    let headlines = between
        .iter()
        .filter(|line| line.role == Role::Headline)
        .count();
    let before = gap.checked_sub(1).and_then(|last| lines.get(last));
    let over =
        before.is_some_and(|line| ends_sentence(line.text) || line.jumps() || !line.is_body());
    if line.role == Role::Dateline {
        // It may be the dateline of the article that has begun with its summary.
        let jumped = before.is_some_and(Line::jumps);
        let follows = opening.dateline && (state.dateline || state.paragraphs > SUMMARY) || jumped;
        return (headlines > 0 || follows).then_some(if headlines > 0 { 0.95 } else { STRONG });
    }
    if line.resumes() {
        return Some(0.9);
    }
    if in_gap(line) || !over || headlines == 0 {
        return None;
    }
    let first = between
        .iter()
        .position(|line| line.role == Role::Headline)?;
    let behind = between.get(first..).unwrap_or_default();
    let has_behind = |role: Role| behind.iter().any(|line| line.role == role);
    let signed = lines
        .get(gap.saturating_sub(SIGNED)..gap)?
        .iter()
        .any(|line| line.role == Role::Day);
    if has(Role::Number) && (opening.has(Role::Number) || signed) {
        return Some(0.95);
    }
    if behind.iter().any(|line| opening.is_noted(line)) {
        return Some(0.9);
    }
    if is_twice(opening.head) && is_twice(behind) {
        return Some(0.85);
    }
    if line.role == Role::Address && signed {
        return Some(0.85);
    }
    if has_behind(Role::Byline) && (opening.has(Role::Byline) || state.dateline) {
        return Some(0.8);
    }
    if before.is_some_and(Line::jumps) {
        return Some(0.85);
    }
    let interview =
        line.speaker.is_some_and(asks) && state.dateline && state.turns == 0 && headlines > 1;
    interview.then_some(0.75)
}

/// The first of the lines ahead of line `at` that hold no sentence; none of those before line `from`.
fn gap_before(lines: &[Line<'_>], at: usize, from: usize) -> usize {
    let lowest = at.saturating_sub(GAP).max(from + 1).min(at);
    let mut gap = at;
    while gap > lowest && lines.get(gap - 1).is_some_and(in_gap) {
        gap -= 1;
    }
    // A day with no headline before it ends the text before, and so does what stands above it: the office that signs.
    let day = |line: &Line<'_>| line.role == Role::Day;
    let signed = lines.get(gap..at).unwrap_or_default().iter().rposition(day);
    match signed {
        Some(last) if gap + last + 1 < at => gap + last + 1,
        _ => gap,
    }
}

/// Whether a line can stand between two articles.
pub(super) fn in_gap(line: &Line<'_>) -> bool {
    match line.role {
        Role::Headline
        | Role::Byline
        | Role::Day
        | Role::Caption
        | Role::Number
        | Role::Note
        | Role::Boilerplate => true,
        // 一、 is a heading of its article, 第一版 of none.
        Role::Marked(MarkerKind::Bullet) => line.is_short() && !is_sentence(line.text),
        _ => false,
    }
}

/// Whether lines begin with a headline that comes again at once.
fn is_twice(lines: &[Line<'_>]) -> bool {
    let mut headlines = lines.iter().filter(|line| line.role == Role::Headline);
    let first = headlines.next();
    first.is_some() && first.map(|line| line.text) == headlines.next().map(|line| line.text)
}
