//! The rows of a paragraph: quotations with their attributions, and indirect speech.

use super::clause::{Attribution, Reading};
use super::marks::{Pair, closer, ends_clause, ends_sentence};
use super::speaker::{Scene, Speakers};
use super::verb::Force;
use super::words::{SCENES, beginning, ending};
use crate::record::Quote;
use crate::text::Span;

/// Characters that indirect speech has at least.
const INDIRECT: usize = 4;
/// Characters of a quotation without a pause before it.
const INLINE: usize = 10;
/// What a sentence begins with that goes on with what was said.
const DEMANDS: &str = "要 必须 应当 应该 我们要 我们将 我们必须 同时要 同时，要 既要 还要 也要 更要 希望 一要 二要 三要 四要";
/// What behind a quotation makes it a word of its sentence.
const WORDS: [char; 10] = ['的', '等', '为', '是', '之', '和', '与', '、', '及', '这'];

/// A quotation whose closing mark is missing at the paragraph's end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Which of the rows.
    row: usize,
    mark: char,
}

/// Writes the rows of one paragraph.
pub(super) struct Rows<'a, 's> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) speakers: &'s mut Speakers,
    pub(super) quotes: &'s mut Vec<Quote>,
    /// Whether a pair of marks is somebody's words already.
    pub(super) used: Vec<bool>,
    pub(super) open: Option<Open>,
}

impl Rows<'_, '_> {
    /// Goes on with a quotation that the paragraph before left open, if this one begins with its mark.
    pub(super) fn go_on(&mut self, open: Open) {
        let Some(pair) = self
            .scene
            .reading
            .pairs
            .first()
            .filter(|pair| pair.open == 0)
        else {
            return;
        };
        if self.scene.reading.piece.at(0) != Some(open.mark) {
            return;
        }
        let (start, end) = self.trimmed(pair.open + 1, pair.close);
        let last = self.scene.reading.piece.span(start, end);
        if let Some(quote) = self.quotes.get_mut(open.row) {
            quote.span = quote.span.to(last);
        }
        self.take(0);
        self.open = (!pair.closed).then_some(open);
    }

    /// All rows of the paragraph's attributions.
    pub(super) fn attributed(&mut self, attributions: &[Attribution]) {
        let mut spoken = 0;
        for (number, one) in attributions.iter().enumerate() {
            let chars = &self.scene.reading.piece.chars;
            let within = one.start < spoken;
            let behind = self.behind(one).filter(|_| !within);
            let content = self.content(one.verb.1);
            let pair = content.and_then(|at| self.opening(at));
            let pair = pair.filter(|pair| self.is_said(one, *pair));
            let reading = &self.scene.reading;
            let subject = one
                .subject
                .or_else(|| reading.subject_before(self.scene, one))
                .or_else(|| pair.and_then(|_| reading.plain_noun(one)));
            let speaker = subject.and_then(|subject| self.speakers.resolve(self.scene, subject));
            if let Some(pair) = behind {
                self.direct(pair, speaker.clone(), Some(one));
            }
            let mark = chars.get(one.verb.1).copied().unwrap_or('\n');
            // 他也一再指示：“…”: a colon makes a verb of what may be a noun.
            let told = matches!(mark, '：' | ':') && speaker.is_some();
            let bound = one.subject.is_some() || one.force != Force::Noun || told;
            if let Some(pair) = pair {
                if bound {
                    self.direct(pair, speaker, Some(one));
                }
                continue;
            }
            let marked = one.runs_on || matches!(mark, '，' | ',' | '：' | ':');
            let Some(start) = content.filter(|_| marked && !within && one.force != Force::Quotes)
            else {
                continue;
            };
            if speaker.is_none() {
                continue;
            }
            let next = attributions.get(number + 1..).unwrap_or_default();
            let end = self.end(start, next);
            if end >= start + INDIRECT {
                self.push((start, end), speaker, Some(one), false);
                spoken = end;
            }
        }
    }

    /// Where what is said begins, behind the pause at `at`.
    fn content(&self, at: usize) -> Option<usize> {
        let piece = self.scene.reading.piece;
        let pause = piece
            .at(at)
            .is_some_and(|char| matches!(char, '，' | ',' | '：' | ':'));
        let mut at = at + usize::from(pause);
        while piece.at(at).is_some_and(char::is_whitespace) {
            at += 1;
        }
        piece.at(at).map(|_| at)
    }

    /// The quotation that opens at a place, if it is nobody's yet.
    fn opening(&self, at: usize) -> Option<usize> {
        let pairs = self.scene.reading.pairs;
        let number = pairs.partition_point(|pair| pair.open < at);
        let pair = pairs.get(number)?;
        (pair.open == at && pair.quotes && !self.is_used(number)).then_some(number)
    }

    /// Whether a quotation behind a verb is what is said, and not a term that the speech begins with.
    fn is_said(&self, one: &Attribution, number: usize) -> bool {
        let Some(pair) = self.scene.reading.pairs.get(number) else {
            return false;
        };
        let piece = self.scene.reading.piece;
        let inside = piece.of(pair.open + 1, pair.close);
        let ends = inside
            .last()
            .is_some_and(|last| ends_sentence(*last) || *last == '，' || *last == ',');
        let next = piece.at(pair.close + 1).unwrap_or('\n');
        let stands = next.is_whitespace()
            || ends_clause(next)
            || closer(next).is_some_and(|(_, quotes)| quotes);
        if one.verb.1 < pair.open {
            return inside.len() > 1 && (ends || stands);
        }
        let clauses = inside.len() >= INLINE && inside.iter().any(|char| ends_clause(*char));
        stands && (clauses || ends && inside.len() > 3)
    }

    /// The quotation that a clause such as 沈知远说 stands behind.
    fn behind(&self, one: &Attribution) -> Option<usize> {
        one.subject?;
        let reading = &self.scene.reading;
        let first = reading.piece.at(one.start).unwrap_or('\n');
        if WORDS.contains(&first) {
            return None;
        }
        self.before(one.start).or_else(|| {
            // “…”在回答提问时，沈知远说，…
            let comma = one
                .start
                .checked_sub(1)
                .filter(|at| matches!(reading.piece.at(*at), Some('，' | ',')))?;
            let start = reading.clause_start(comma);
            let clause = self.scene.reading.piece.of(start, comma);
            let scene =
                ending(clause, SCENES) && !clause.first().is_some_and(|char| WORDS.contains(char));
            scene.then(|| self.before(start)).flatten()
        })
    }

    /// The quotation that ends right before a place, and as speech does.
    fn before(&self, start: usize) -> Option<usize> {
        let reading = &self.scene.reading;
        let mut at = start;
        let mut paused = false;
        while let Some(char) = at
            .checked_sub(1)
            .and_then(|before| reading.piece.at(before))
        {
            if !(char.is_whitespace() || matches!(char, '，' | ',' | '—')) || start - at > 3 {
                break;
            }
            paused |= !char.is_whitespace();
            at -= 1;
        }
        let number = reading
            .pairs
            .partition_point(|pair| pair.close < at)
            .checked_sub(1)?;
        let pair = reading.pairs.get(number)?;
        let speech = pair.closed && pair.quotes && pair.close + 1 == at && !self.is_used(number);
        let whole = reading.is_sentence(pair) || paused && pair.close - pair.open > INLINE;
        (speech && whole && self.opens(pair)).then_some(number)
    }

    /// Whether a quotation stands where a sentence or its clause begins.
    fn opens(&self, pair: &Pair) -> bool {
        let before = pair
            .open
            .checked_sub(1)
            .and_then(|at| self.scene.reading.piece.at(at));
        before.is_none_or(|char| !char.is_alphanumeric())
    }

    fn is_used(&self, number: usize) -> bool {
        self.used.get(number).copied().unwrap_or(true)
    }

    fn take(&mut self, number: usize) {
        if let Some(used) = self.used.get_mut(number) {
            *used = true;
        }
    }

    /// A row of what stands between marks.
    pub(super) fn direct(
        &mut self,
        number: usize,
        speaker: Option<String>,
        one: Option<&Attribution>,
    ) {
        let Some(pair) = self.scene.reading.pairs.get(number).copied() else {
            return;
        };
        self.take(number);
        if self.push((pair.open + 1, pair.close), speaker, one, true) && !pair.closed {
            let mark = self.scene.reading.piece.at(pair.open);
            let row = self.quotes.len() - 1;
            self.open = mark.map(|mark| Open { row, mark });
        }
    }

    /// A row; tells whether there was anything to say.
    pub(super) fn push(
        &mut self,
        at: (usize, usize),
        speaker: Option<String>,
        one: Option<&Attribution>,
        direct: bool,
    ) -> bool {
        let (start, end) = self.trimmed(at.0, at.1);
        if start >= end {
            return false;
        }
        let span = self.scene.reading.piece.span(start, end);
        let verb = one.map(|one| self.scene.text(one.verb.0, one.verb.1).to_owned());
        let sentence = sentence_of(self.scene, &span);
        self.quotes.push(Quote {
            sentence,
            speaker,
            verb,
            direct,
            span,
        });
        true
    }

    fn trimmed(&self, start: usize, end: usize) -> (usize, usize) {
        let piece = self.scene.reading.piece;
        let (mut start, mut end) = (start, end.min(piece.chars.len()));
        while start < end && piece.at(start).is_some_and(char::is_whitespace) {
            start += 1;
        }
        while start < end && piece.at(end - 1).is_some_and(char::is_whitespace) {
            end -= 1;
        }
        (start, end)
    }

    /// Where indirect speech ends: with its sentence or where another speaks, or with the last sentence that goes on with it.
    fn end(&self, start: usize, next: &[Attribution]) -> usize {
        let scene = self.scene;
        let piece = scene.reading.piece;
        let Some(own) = scene.sentence(start) else {
            return start;
        };
        let mut end = scene
            .sentences
            .get(own)
            .map_or(start, |sentence| sentence.1);
        let other = next.iter().take_while(|one| one.start < end).find(|one| {
            let before = one.start.checked_sub(1).and_then(|at| piece.at(at));
            one.subject.is_some()
                && one.start > start
                && matches!(before, Some('；' | ';' | '﹔' | '。'))
        });
        if let Some(other) = other {
            return other.start;
        }
        let behind = next.iter().skip_while(|one| one.start < end);
        let mut others = behind
            .filter(|one| one.subject.is_some())
            .map(|one| one.start);
        let other = others.next().unwrap_or(usize::MAX);
        for (from, until) in scene.sentences.get(own + 1..).unwrap_or_default() {
            let words = piece.of(*from, *until);
            let demands = beginning(words, DEMANDS).is_some();
            if !demands || other < *until {
                break;
            }
            end = *until;
        }
        end
    }
}

/// The number of the document's sentence in which a span begins.
fn sentence_of(scene: &Scene<'_>, span: &Span) -> u32 {
    let sentences = &scene.document.sentences;
    let until = sentences.partition_point(|sentence| sentence.span.byte_start <= span.byte_start);
    u32::try_from(until.saturating_sub(1)).unwrap_or(u32::MAX)
}

impl Reading<'_> {
    /// Where the office behind a name ends, or the name itself.
    pub(super) fn office_behind(&self, end: usize) -> usize {
        let near = self.piece.of(end, self.piece.chars.len().min(end + INLINE));
        end + crate::stage::tag::title::office_at(near).unwrap_or_default()
    }
}
