//! Subjects without a name: roles, bodies and what speaks in their stead, a document or a meeting.

use crate::record::{Label, Token};
use crate::stage::tag::title::{office_at, office_before};

use super::clause::{Reading, VERB};
use super::marks::around;
use super::subject::Subject;
use super::words::{COUNTS, ROLES, TELLS, beginning, ending};

impl Reading<'_> {
    /// A role or a body that speaks.
    pub(super) fn role(&self, start: usize, verb: usize) -> Option<Subject> {
        // 从经济方面说, 对农户来讲: nobody says it.
        if matches!(self.piece.at(start), Some('从' | '就' | '对' | '拿' | '论')) {
            return None;
        }
        let leading = self.leading_role(start, verb);
        leading.or_else(|| self.trailing_role(start, verb))
    }

    /// A role or a body that the clause begins with, what follows it being adverbs: 会议指出, 外交部发言人在会上表示.
    fn leading_role(&self, start: usize, verb: usize) -> Option<Subject> {
        let (mut at, mut end) = (start, None);
        while let Some(next) = self.role_step(at).filter(|next| *next <= verb) {
            at = next;
            if self.is_role(start, at) {
                end = Some(at);
            }
        }
        let end = end?;
        let behind = self
            .piece
            .token_at(self.tokens, end)
            .map(|(_, token)| token.pos);
        let tells = beginning(self.piece.of(end, verb), TELLS).is_some();
        let adverb = end == verb
            || tells
            || behind.is_some_and(|pos| {
                matches!(
                    pos.as_str(),
                    "d" | "ad" | "p" | "t" | "f" | "c" | "m" | "mq"
                )
            });
        adverb.then_some(Subject::Role(start, end))
    }

    /// The end of a word that can be part of a role.
    pub(super) fn role_step(&self, at: usize) -> Option<usize> {
        if let Some(name) = self.piece.name_at(at) {
            return (name.label != Label::Person).then_some(name.end);
        }
        if self.piece.at(at) == Some('《') {
            return around(self.pairs, at).map(|pair| pair.close + 1);
        }
        let rest = self.piece.of(at, self.piece.chars.len().min(at + VERB));
        if let Some(length) = beginning(rest, COUNTS).or_else(|| beginning(rest, ROLES)) {
            return Some(at + length);
        }
        let Some((next, token)) = self.piece.token_at(self.tokens, at) else {
            // A word may go on from a body's name into an office: 临澜大学教授.
            return office_at(rest).map(|length| at + length);
        };
        let pos = token.pos.as_str();
        let noun = matches!(
            pos,
            "j" | "b" | "vn" | "an" | "eng" | "s" | "l" | "m" | "q" | "mq"
        ) || pos.starts_with('n');
        noun.then_some(next)
    }

    /// A role right before the verb and its adverbs: 一位不愿具名的专家也表示.
    fn trailing_role(&self, start: usize, verb: usize) -> Option<Subject> {
        let mut end = verb;
        while let Some((from, token)) = self
            .piece
            .token_before(self.tokens, end)
            .filter(|(from, _)| *from >= start)
        {
            if !matches!(token.pos.as_str(), "d" | "ad") {
                break;
            }
            end = from;
        }
        let mut from = end;
        while from > start {
            let before = match self.piece.name_before(from) {
                Some(name) if name.label == Label::Person => return None,
                Some(name) => name.start,
                None => match self.piece.token_before(self.tokens, from) {
                    Some((before, token))
                        if before >= start && self.is_noun(token, before, from) =>
                    {
                        before
                    }
                    _ => break,
                },
            };
            from = before.max(start);
        }
        let open = from == start
            || self
                .piece
                .token_before(self.tokens, from)
                .is_some_and(|(_, token)| {
                    matches!(
                        token.pos.as_str(),
                        "uj" | "c" | "f" | "t" | "x" | "m" | "mq" | "q" | "d"
                    ) || self.piece.at(from - 1) == Some('有')
                });
        let long = end.saturating_sub(from) > 1;
        let tells = beginning(self.piece.of(from, end), TELLS).is_some();
        (open && long && !tells && self.is_role(from, end)).then_some(Subject::Role(from, end))
    }

    fn is_noun(&self, token: &Token, start: usize, end: usize) -> bool {
        let pos = token.pos.as_str();
        pos.starts_with('n')
            || matches!(pos, "j" | "b" | "vn" | "k")
            || self.piece.of(start, end) == ['们']
    }

    /// Whether words end as a role does, or are a body's or a country's name.
    fn is_role(&self, start: usize, end: usize) -> bool {
        let words = self.piece.of(start, end);
        let words = words.strip_suffix(&['们']).unwrap_or(words);
        let named = || {
            let name = self.piece.name_before(end);
            name.is_some_and(|name| name.label == Label::Organisation || name.start == start)
        };
        !words.is_empty()
            && (words.ends_with(&['》'])
                || words.len() == 2 && words.ends_with(&['方'])
                || words.len() > 2 && words.ends_with(&['者'])
                || ending(words, ROLES)
                || office_before(words).is_some()
                || named())
    }

    /// The words from `start` to `end` if they are a role.
    pub(super) fn role_of(&self, start: usize, end: usize) -> Option<Subject> {
        self.is_role(start, end)
            .then_some(Subject::Role(start, end))
    }
}
