//! What each paragraph of an article is for, and who speaks in it.

use std::ops::Range;
use std::sync::Arc;

use super::day::masthead;
use super::headline::Slice;
use super::line::{Line, Role, ends_sentence, is_author};
use super::phrase::{is_bracketed, is_within};
use crate::record::SentenceKind;
use crate::stage::decode::paragraph::Paragraph;
use crate::text::MarkerKind;

/// Characters of a heading at most.
const HEADING: usize = 40;
/// Commas in a heading at most.
const PAUSES: usize = 1;
/// Short lines that follow each other and can still be headings.
const RUN: usize = 2;
/// Lines of the office that signs.
const OFFICES: usize = 3;
/// Characters of a paragraph in which a narrator names whom he talks about.
const NAMED: usize = 40;
/// Characters of a button, which is one only at the edges of a page.
const BUTTON: usize = 4;

/// Says what the paragraphs of `slice` are for. Where markup has said so already, it is believed.
pub(super) fn label(
    lines: &[Line<'_>],
    slice: &Slice,
    several: bool,
    paragraphs: &mut [Paragraph],
) {
    let (lead, trail) = slice.edges(lines);
    let mut speaker: Option<Arc<str>> = None;
    let mut ended = false;
    let scene = Scene {
        lines,
        slice,
        lead,
        signed: signed(lines, &trail),
        trail,
        several,
    };
    for at in slice.lines.clone() {
        let (Some(line), Some(paragraph)) = (lines.get(at), paragraphs.get_mut(at)) else {
            continue;
        };
        let kind = if ended
            && !ends_sentence(line.text)
            && !scene.signed.contains(&at)
            && !slice.title.contains(&at)
        {
            SentenceKind::Boilerplate
        } else {
            scene.kind(at, line)
        };
        let marked = paragraph.kind != SentenceKind::Body;
        if !marked || kind == SentenceKind::Boilerplate && paragraph.kind == SentenceKind::List {
            paragraph.kind = kind;
        }
        ended |= kind == SentenceKind::Boilerplate && scene.trail.contains(&at);
        speak(line, paragraph, &mut speaker);
    }
}

/// Lends a paragraph the speaker whose turn it is.
fn speak(line: &Line<'_>, paragraph: &mut Paragraph, speaker: &mut Option<Arc<str>>) {
    match paragraph.kind {
        SentenceKind::Title | SentenceKind::Heading => *speaker = None,
        SentenceKind::Caption | SentenceKind::Byline | SentenceKind::Boilerplate => return,
        _ => {}
    }
    if let Some(label) = line.speaker {
        *speaker = Some(label.into());
    } else if is_bracketed(line.text)
        || speaker
            .as_deref()
            .is_some_and(|name| is_about(line.text, name))
    {
        *speaker = None;
    }
    if speaker.is_some() {
        paragraph.kind = SentenceKind::Speech;
        paragraph.speaker.clone_from(speaker);
    }
}

/// Whether a paragraph talks about the one whose turn it was: the narrator is back.
fn is_about(text: &str, name: &str) -> bool {
    let end = text
        .char_indices()
        .nth(NAMED)
        .map_or(text.len(), |(at, _)| at);
    name.chars().count() > 1 && text.get(..end).is_some_and(|head| head.contains(name))
}

/// The lines of the office and the day that end a letter or a notice.
fn signed(lines: &[Line<'_>], trail: &Range<usize>) -> Range<usize> {
    let role = |at: usize| lines.get(at).map(|line| line.role);
    let Some(day) = trail.clone().rfind(|at| role(*at) == Some(Role::Day)) else {
        return 0..0;
    };
    let offices = (trail.start..day)
        .rev()
        .take_while(|at| role(*at) == Some(Role::Headline))
        .take_while(|at| !lines.get(*at).is_some_and(|line| ends_sentence(line.text)));
    day - offices.take(OFFICES).count()..day + 1
}

/// An article with what is known of its edges.
struct Scene<'l, 't> {
    lines: &'l [Line<'t>],
    slice: &'l Slice,
    lead: Range<usize>,
    trail: Range<usize>,
    signed: Range<usize>,
    several: bool,
}

impl Scene<'_, '_> {
    fn kind(&self, at: usize, line: &Line<'_>) -> SentenceKind {
        let edge = self.lead.contains(&at) || self.trail.contains(&at);
        if self.slice.title.contains(&at) {
            return SentenceKind::Title;
        }
        if self.signed.contains(&at) {
            return SentenceKind::Byline;
        }
        match line.role {
            Role::Caption => SentenceKind::Caption,
            Role::Byline => SentenceKind::Byline,
            Role::Day if masthead(line.text).is_some() => SentenceKind::Boilerplate,
            Role::Day if edge => SentenceKind::Byline,
            Role::Boilerplate if edge || !is_within(line.text, BUTTON) => SentenceKind::Boilerplate,
            Role::Number => SentenceKind::Heading,
            Role::Note if self.lead.contains(&at) => SentenceKind::Heading,
            Role::Marked(kind) => self.marked(at, line, kind),
            Role::Headline if edge && self.lead_title() && is_author(line) => SentenceKind::Byline,
            Role::Headline if self.is_heading(at, line) => SentenceKind::Heading,
            _ => SentenceKind::Body,
        }
    }

    /// Whether the article has a title at its head.
    fn lead_title(&self) -> bool {
        self.slice
            .title
            .iter()
            .any(|at| self.slice.lines.contains(at))
    }

    fn marked(&self, at: usize, line: &Line<'_>, kind: MarkerKind) -> SentenceKind {
        let short = is_within(line.text, HEADING)
            && line.is_short()
            && !line.text.ends_with(['，', '：', ':', ',']);
        match kind {
            MarkerKind::Chapter
            | MarkerKind::Section
            | MarkerKind::Subsection
            | MarkerKind::Decimal
                if short =>
            {
                SentenceKind::Heading
            }
            MarkerKind::Chapter | MarkerKind::Article | MarkerKind::Decimal => SentenceKind::Body,
            MarkerKind::Section | MarkerKind::Subsection => {
                let before = at.checked_sub(1).and_then(|before| self.lines.get(before));
                let listed = before.is_some_and(|before| before.text.ends_with(['；', ';']));
                if listed || line.text.ends_with(['；', ';']) {
                    SentenceKind::List
                } else {
                    SentenceKind::Body
                }
            }
            MarkerKind::Number | MarkerKind::Circled | MarkerKind::Ordinal | MarkerKind::Bullet => {
                SentenceKind::List
            }
        }
    }

    /// Whether a short line is the heading of what follows: running text, and more of it than the line.
    fn is_heading(&self, at: usize, line: &Line<'_>) -> bool {
        let pauses = line
            .text
            .chars()
            .filter(|char| matches!(char, '，' | ','))
            .count();
        if !is_within(line.text, HEADING) || pauses > PAUSES {
            return false;
        }
        if self.lead.contains(&at) || self.trail.contains(&at) {
            // A poem has nothing but short lines.
            let body = self.lead.end < self.slice.lines.end;
            return self.several || body && self.lead.contains(&at) && self.lead_title();
        }
        let short = |at: &usize| {
            self.lines
                .get(*at)
                .is_some_and(|line| line.role == Role::Headline)
        };
        let behind = (at + 1..self.slice.lines.end)
            .take(RUN + 1)
            .take_while(short)
            .count();
        let before = (self.slice.lines.start..at)
            .rev()
            .take(RUN + 1)
            .take_while(short)
            .count();
        let next = self.lines.get(at + 1 + behind);
        let followed = next.is_some_and(|next| {
            next.is_body() && next.text.len() > line.text.len() || next.role == Role::Turn
        });
        let exclaims = line.text.ends_with(['！', '？', '!', '?']);
        let apart = line.apart && next.is_some_and(|next| next.apart);
        followed && before + 1 + behind <= RUN && (apart || !exclaims)
    }
}
