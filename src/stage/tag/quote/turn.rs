//! Turns of an interview: what stands behind the label of who speaks.

use std::sync::Arc;

use crate::record::{Document, Quote, Sentence};
use crate::text::{Span, SpanWalker};

/// Labels that tell what is done and not who does it.
const ACTS: [&str; 8] = ["问", "問", "答", "提问", "回答", "问题", "Q", "A"];

/// How many sentences from `first` on are one turn; none where nobody's turn it is.
pub(super) fn length(document: &Document, first: usize) -> usize {
    let rest = document.sentences.get(first..).unwrap_or_default();
    let Some(speaker) = rest.first().and_then(|sentence| sentence.speaker.as_ref()) else {
        return 0;
    };
    let same = |sentence: &&Sentence| {
        let own = sentence.speaker.as_ref();
        own.is_some_and(|own| Arc::ptr_eq(own, speaker))
    };
    rest.iter().take_while(same).count()
}

/// The row of a turn of `count` sentences.
pub(super) fn row(document: &Document, first: usize, count: usize) -> Option<Quote> {
    let sentences = document.sentences.get(first..first + count)?;
    let (head, last) = (sentences.first()?, sentences.last()?);
    let speaker = head.speaker.as_deref()?;
    let text = head.span.to(last.span).of(&document.text);
    let said = text.get(content(text, speaker)..)?;
    let lead = text.len() - said.trim_start().len();
    let inner = SpanWalker::new(text).span(lead..text.trim_end().len().max(lead));
    let span = Span {
        byte_start: head.span.byte_start + inner.byte_start.raw(),
        byte_end: head.span.byte_start + inner.byte_end.raw(),
        char_start: head.span.char_start + inner.char_start.raw(),
        char_end: head.span.char_start + inner.char_end.raw(),
    };
    let act = ACTS.contains(&speaker);
    let number = sentences
        .iter()
        .take_while(|one| one.span.byte_end <= span.byte_start)
        .count();
    (!span.is_empty()).then(|| Quote {
        sentence: u32::try_from(first + number).unwrap_or(u32::MAX),
        speaker: (!act).then(|| speaker.to_owned()),
        verb: act.then(|| speaker.to_owned()),
        direct: true,
        span,
    })
}

/// Bytes of the label with its colon.
fn content(text: &str, speaker: &str) -> usize {
    let label = text.find(speaker).map_or(0, |at| at + speaker.len());
    let rest = text.get(label..).unwrap_or_default();
    let colon = rest.find(['：', ':']).map(|at| {
        let width = rest
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        label + at + width
    });
    // The label stands at the very beginning: a colon far behind it is another's.
    colon.filter(|at| *at <= label + 60).unwrap_or(0)
}
