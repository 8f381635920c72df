//! Clauses with a verb of saying at their end.

use crate::record::Token;
use crate::stage::tag::title::Piece;

use super::marks::{Pair, around, ends_clause, ends_sentence};
use super::subject::Subject;
use super::verb::{Force, runs_on, verb_before};

/// Characters of a clause that are looked at, quotations and brackets in it not counted.
pub(super) const CLAUSE: usize = 80;
/// Characters of the longest verb with its object.
pub(super) const VERB: usize = 18;

/// A clause that ends with a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Where the clause begins.
    pub(super) start: usize,
    /// The verb.
    pub(super) verb: (usize, usize),
    /// Whether the verb runs on into what is said, without a mark.
    pub(super) runs_on: bool,
    pub(super) force: Force,
    pub(super) subject: Option<Subject>,
}

/// A paragraph as it is read.
pub(super) struct Reading<'a> {
    pub(super) piece: &'a Piece,
    pub(super) tokens: &'a [Token],
    pub(super) pairs: &'a [Pair],
}

impl Reading<'_> {
    /// All clauses of the paragraph that end with a verb of saying, outside quotations, in order.
    pub(super) fn attributions(&self, found: &mut Vec<Attribution>) {
        found.clear();
        let chars = &self.piece.chars;
        let mut pair = self.pairs.iter().peekable();
        let mut at = 1;
        while at <= chars.len() {
            while pair.next_if(|pair| pair.close < at).is_some() {}
            if let Some(around) = pair.peek().filter(|pair| pair.open < at) {
                at = around.close + 1;
                continue;
            }
            let mark = chars.get(at).copied().unwrap_or('\n');
            let pause = ends_clause(mark)
                || pair
                    .peek()
                    .is_some_and(|pair| pair.open == at && pair.quotes);
            // A Chinese verb before a mark or a word that what is said begins with.
            let next = matches!(
                chars.get(at - 1),
                Some('为' | '调' | '出' | '示' | '求' | '议' | '吁')
            );
            if pause || next {
                found.extend(self.attribution(at, pause));
            }
            at += 1;
        }
    }

    /// The clause that ends at a place, if it ends with a verb of saying.
    fn attribution(&self, end: usize, pause: bool) -> Option<Attribution> {
        let chars = &self.piece.chars;
        let from = end.saturating_sub(VERB);
        let (verb, force) = verb_before(chars.get(from..end)?)?;
        let verb = from + verb;
        if around(self.pairs, verb).is_some_and(|pair| pair.quotes) {
            return None;
        }
        let next = chars.get(end).copied().unwrap_or('\n');
        if !pause && !runs_on(chars.get(verb..end)?, next) {
            return None;
        }
        let start = self.clause_start(verb);
        let subject = self
            .subject(start, verb)
            .filter(|subject| pause || self.is_near(*subject, verb))
            .filter(|subject| force != Force::Noun || self.is_verb(*subject, verb));
        Some(Attribution {
            start,
            verb: (verb, end),
            runs_on: !pause,
            force,
            subject,
        })
    }

    /// Where the clause begins whose verb stands at `verb`.
    pub(super) fn clause_start(&self, verb: usize) -> usize {
        let (mut at, mut left) = (verb, CLAUSE);
        while let Some(before) = at.checked_sub(1).filter(|_| left > 0) {
            let char = self.piece.at(before).unwrap_or('\n');
            if matches!(
                char,
                '”' | '」' | '』' | '’' | '"' | '＂' | '）' | ')' | '》' | '】'
            ) && let Some(pair) = around(self.pairs, before)
            {
                if pair.quotes && self.is_sentence(pair) {
                    return at;
                }
                at = pair.open;
            } else if ends_clause(char)
                || around(self.pairs, before).is_some_and(|pair| !pair.closed)
            {
                return at;
            } else {
                at = before;
            }
            left -= 1;
        }
        at
    }

    /// Whether a quotation ends as a sentence or a part of one does.
    pub(super) fn is_sentence(&self, pair: &Pair) -> bool {
        let inside = self.piece.of(pair.open + 1, pair.close);
        inside.len() > 1
            && inside.last().is_some_and(|last| {
                ends_sentence(*last)
                    || matches!(last, '，' | ',' | '—' | '；' | '.' | '~' | '’' | '』')
            })
    }
}
