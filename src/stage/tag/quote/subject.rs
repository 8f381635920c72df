//! Who a clause with a verb of saying is about.

use crate::record::Label;
use crate::stage::tag::title::{ROW, office_at, office_before};

use super::clause::{Attribution, CLAUSE, Reading, VERB};
use super::marks::{around, ends_clause};
use super::speaker::Scene;
use super::words::{COURTESY, GROUPS, OPENINGS, ROLES, SCENES, TIMES, beginning, begins, ending};

/// Characters of a clause without a subject, which tells how something is said.
const MANNER: usize = 8;

/// Who a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Persons by name: from the first to the last.
    Person(usize, usize),
    /// 他 or 她, and where.
    Pronoun(usize),
    /// A role or a body.
    Role(usize, usize),
}

impl Subject {
    pub(super) fn end(self) -> usize {
        match self {
            Self::Person(_, end) | Self::Role(_, end) => end,
            Self::Pronoun(at) => at + 1,
        }
    }
}

impl Reading<'_> {
    /// Who says it: a person, else a pronoun, else a role or a body.
    pub(super) fn subject(&self, start: usize, verb: usize) -> Option<Subject> {
        let first = self.skip_openings(start, verb);
        self.person(start, verb)
            .or_else(|| self.pronoun(first))
            .or_else(|| self.role(first, verb))
    }

    /// Where the subject may begin: behind adverbs, times and the like.
    pub(super) fn skip_openings(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            let rest = self.piece.of(at, end);
            let word = beginning(rest, OPENINGS);
            let length = match self.piece.token_at(self.tokens, at) {
                _ if rest
                    .first()
                    .is_some_and(|char| !char.is_alphanumeric() && *char != '《') =>
                {
                    1
                }
                _ if word.is_some() => word.unwrap_or_default(),
                _ if self.piece.name_at(at).is_some() => break,
                Some((next, token))
                    if matches!(token.pos.as_str(), "t" | "d" | "c" | "ad" | "f") =>
                {
                    next - at
                }
                _ => break,
            };
            at += length;
        }
        at.min(end)
    }

    /// The person whom the clause is about.
    fn person(&self, start: usize, verb: usize) -> Option<Subject> {
        let names = &self.piece.names;
        let from = names.partition_point(|name| name.start < start);
        let own = names
            .get(from..)?
            .iter()
            .take_while(|name| name.end <= verb);
        let mut persons = own
            .filter(|name| name.label == Label::Person && around(self.pairs, name.start).is_none());
        let first =
            persons.find(|name| self.may_begin(start, name.start) && !self.owns(name.end))?;
        let mut last = *first;
        for next in persons {
            let joined = self.piece.of(last.end, next.start);
            let titled = joined.len() < CLAUSE
                && joined.first() == Some(&'、')
                && office_before(joined).is_some();
            if !(titled || matches!(joined, ['、' | '和' | '与'])) {
                break;
            }
            last = *next;
        }
        // 甲与乙会谈时说: only the first one speaks.
        let pair = self.piece.at(last.end).is_some_and(|char| {
            last.start > first.start && !matches!(char, '等' | '都' | '均' | '也' | '一')
        });
        if pair && last.end < verb {
            last = *first;
        }
        // 沈知远团队, 沈知远夫妇: the name alone does not speak.
        if let Some(end) = self.group_behind(last.end, verb) {
            return Some(Subject::Role(first.start, end));
        }
        if self.names_other(last.end, verb) {
            return None;
        }
        let others = self.piece.at(last.end) == Some('等') && last.end + 1 == verb;
        Some(Subject::Person(first.start, last.end + usize::from(others)))
    }

    /// The end of a noun right behind a name that makes others of it.
    fn group_behind(&self, end: usize, verb: usize) -> Option<usize> {
        let rest = self.piece.of(end, verb);
        if let Some(length) = beginning(rest, GROUPS) {
            return Some(end + length);
        }
        if beginning(rest, COURTESY).is_some() || office_at(rest).is_some() {
            return None;
        }
        // What was taken for a person is a place: 白鹭洲当地官员.
        let (mut at, mut group) = (end, None);
        while let Some(next) = self.role_step(at).filter(|next| *next <= verb) {
            at = next;
            if ending(self.piece.of(end, at), ROLES) {
                group = Some(at);
            }
        }
        group
    }

    /// Whether an office and another name stand behind what was taken for a person: 云岬总统安德罗.
    fn names_other(&self, end: usize, verb: usize) -> bool {
        let office = office_at(self.piece.of(end, verb)).map(|length| end + length);
        let behind = office.filter(|at| *at < verb);
        let token = behind.and_then(|at| self.piece.token_at(self.tokens, at));
        token.is_some_and(|(_, token)| token.pos.is_a("n"))
    }

    /// Whether what stands before a name leaves it the subject.
    fn may_begin(&self, start: usize, name: usize) -> bool {
        let mut at = name;
        // Its title stands before it.
        for _ in 0..ROW {
            let from = at.saturating_sub(VERB).max(start);
            while at > from && self.piece.at(at - 1).is_some_and(char::is_whitespace) {
                at -= 1;
            }
            let Some(office) = office_before(self.piece.of(from, at)) else {
                break;
            };
            at = from + office;
            while let Some(name) = self
                .piece
                .name_before(at)
                .filter(|name| name.label != Label::Person && name.start >= start)
            {
                at = name.start;
            }
            if self.piece.at(at.wrapping_sub(1)) != Some('、') {
                break;
            }
            at -= 1;
        }
        if at <= start {
            return true;
        }
        let before = self.piece.at(at - 1).unwrap_or('\n');
        if !before.is_alphanumeric() {
            return true;
        }
        if matches!(
            before,
            '和' | '与'
                | '同'
                | '跟'
                | '对'
                | '向'
                | '给'
                | '把'
                | '被'
                | '让'
                | '请'
                | '为'
                | '是'
                | '从'
                | '以'
        ) {
            return false;
        }
        let Some((_, token)) = self.piece.token_before(self.tokens, at) else {
            return false;
        };
        let cited = matches!(before, '据' | '由');
        let pos = token.pos.as_str();
        cited || !(pos.starts_with('v') && pos != "vn" || pos == "p")
    }

    /// Whether the name at whose end this is owns what follows: 沈知远的父亲.
    fn owns(&self, end: usize) -> bool {
        matches!(self.piece.at(end), Some('的' | '之'))
    }

    fn pronoun(&self, at: usize) -> Option<Subject> {
        let pronoun = matches!(self.piece.at(at), Some('他' | '她'));
        let more = matches!(self.piece.at(at + 1), Some('们' | '的' | '人'));
        (pronoun && !more).then_some(Subject::Pronoun(at))
    }

    /// Whether a person named at a place can be whom the sentence from `start` on is about.
    pub(super) fn subject_at(&self, start: usize, name: usize) -> bool {
        let names = &self.piece.names;
        let number = names.partition_point(|one| one.start < name);
        let end = names.get(number).map_or(name, |one| one.end);
        self.may_begin(start, name) && !self.owns(end)
    }

    /// The subject of a clause that has none of its own, from the beginning of its sentence: 他听了一会儿，说.
    pub(super) fn subject_before(&self, scene: &Scene<'_>, one: &Attribution) -> Option<Subject> {
        if one.verb.0 - one.start > MANNER
            || one.runs_on
            || self.names_another(one.start, one.verb.0)
        {
            return None;
        }
        let (start, _) = *scene.sentences.get(scene.sentence(one.verb.0)?)?;
        let open = around(self.pairs, start).is_some_and(|pair| pair.quotes);
        if open || start >= one.start || one.start - start > CLAUSE {
            return None;
        }
        let sentence = start;
        let start = self.skip_scene(start, one.start);
        let clause = self
            .piece
            .of(start, one.start)
            .iter()
            .position(|char| ends_clause(*char))?;
        let first = self.skip_openings(start, start + clause);
        let names = &self.piece.names;
        let from = names.partition_point(|name| name.start < start);
        let own = names
            .get(from..)?
            .iter()
            .take_while(|name| name.end <= one.start);
        let mut persons = own.filter(|name| name.label == Label::Person);
        match (persons.next(), persons.next()) {
            (Some(name), None) => (name.end <= start + clause
                && (start == sentence || name.start == first)
                && self.subject_at(start, name.start))
            .then_some(Subject::Person(name.start, name.end)),
            (None, _) => self.pronoun(first),
            _ => None,
        }
    }

    /// Where the first clause of a sentence begins that does not tell only when: 散会之后，|沈知远….
    fn skip_scene(&self, start: usize, end: usize) -> usize {
        let words = self.piece.of(start, end);
        let comma = words
            .iter()
            .position(|char| matches!(char, '，' | ','))
            .filter(|comma| *comma <= MANNER + MANNER);
        let scene = comma.filter(|comma| {
            let clause = words.get(..*comma).unwrap_or_default();
            let all = &self.piece.names;
            let first = all.get(all.partition_point(|name| name.start < start));
            let named = first.is_some_and(|name| name.start < start + comma);
            ending(clause, SCENES) && !clause.iter().any(|char| ends_clause(*char)) && !named
        });
        scene.map_or(start, |comma| start + comma + 1)
    }

    /// Whether a clause without a person's name begins with a noun all the same.
    fn names_another(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while at < end {
            let Some((next, token)) = self.piece.token_at(self.tokens, at) else {
                return false;
            };
            let pos = token.pos.as_str();
            // 多次, 一再: how often it was said.
            let often = pos == "m" && ending(self.piece.of(at, next), TIMES);
            let other = pos.starts_with('n') || matches!(pos, "r" | "m" | "j" | "f" | "s");
            if other && !often {
                return true;
            }
            at = next;
        }
        false
    }

    /// A noun before the verb and its adverbs, where what is said stands in marks: 老板说：“…”.
    pub(super) fn plain_noun(&self, one: &Attribution) -> Option<Subject> {
        let start = self.skip_openings(one.start, one.verb.0);
        let mut at = start;
        while let Some((next, token)) = self.piece.token_at(self.tokens, at) {
            if !matches!(token.pos.as_str(), "n" | "b" | "m" | "q" | "mq") || next > one.verb.0 {
                break;
            }
            at = next;
        }
        let last = self.piece.token_before(self.tokens, at);
        let noun = at > start + 1 && last.is_some_and(|(_, token)| token.pos.as_str() == "n");
        let subject = Subject::Role(start, at);
        (noun && self.is_near(subject, one.verb.0)).then_some(subject)
    }

    /// Whether only adverbs stand between subject and verb.
    pub(super) fn is_near(&self, subject: Subject, verb: usize) -> bool {
        let mut at = subject.end();
        if begins(self.piece.of(at, verb), "同志") {
            at += 2;
        }
        while at < verb {
            match self.piece.token_at(self.tokens, at) {
                Some((next, token)) if matches!(token.pos.as_str(), "d" | "ad") => at = next,
                _ => return false,
            }
        }
        at == verb
    }

    /// Whether what may be a noun is the clause's verb: the subject or adverbs stand before it, or a place or time.
    pub(super) fn is_verb(&self, subject: Subject, verb: usize) -> bool {
        if let Subject::Role(start, _) = subject
            && matches!(self.piece.at(start), Some('经' | '应' | '受' | '按'))
        {
            return false;
        }
        if self.is_near(subject, verb) {
            return true;
        }
        matches!(
            self.piece.at(verb.wrapping_sub(1)),
            Some('时' | '上' | '中' | '后' | '者' | '地')
        )
    }
}
