//! Clauses with a verb of saying at their end, and who is their subject.

use crate::record::{Label, Token};

use super::marks::{Pair, around, ends_clause, ends_sentence};
use super::speaker::Scene;
use super::verb::{Force, runs_on, verb_before};
use crate::stage::tag::title::{Piece, office_at, office_before};

/// Characters of a clause that are looked at, quotations and brackets in it not counted.
const CLAUSE: usize = 80;
/// Characters of the longest verb with its object.
const VERB: usize = 18;
/// Characters of a clause without a subject, which tells how something is said.
const MANNER: usize = 8;
/// Adverbs and openings that a clause begins with before its subject.
const OPENINGS: [&str; 34] = [
    "对此",
    "同时",
    "此外",
    "另外",
    "随后",
    "最后",
    "接着",
    "因此",
    "所以",
    "但",
    "而",
    "不过",
    "其中",
    "例如",
    "比如",
    "据",
    "并",
    "此前",
    "日前",
    "近日",
    "当天",
    "当日",
    "当晚",
    "今天",
    "昨天",
    "昨日",
    "今日",
    "会上",
    "会后",
    "采访中",
    "座谈中",
    "现场",
    "连日来",
    "本报讯",
];
/// Those who speak and have no name, by their ends.
const ROLES: [&str; 82] = [
    "友人",
    "学员",
    "党员",
    "干部",
    "民众",
    "选民",
    "军方",
    "部队",
    "反对派",
    "武装",
    "司机",
    "负责人",
    "大家",
    "双方",
    "各方",
    "三方",
    "中方",
    "美方",
    "俄方",
    "日方",
    "欧方",
    "法方",
    "警方",
    "校方",
    "院方",
    "厂方",
    "官方",
    "方面",
    "人士",
    "人员",
    "嘉宾",
    "居民",
    "市民",
    "村民",
    "群众",
    "网友",
    "网民",
    "读者",
    "观众",
    "媒体",
    "会议",
    "全会",
    "大会",
    "会谈",
    "文章",
    "社论",
    "公报",
    "公告",
    "声明",
    "通知",
    "通报",
    "报告",
    "意见",
    "决定",
    "信",
    "贺信",
    "部门",
    "单位",
    "机构",
    "团队",
    "法院",
    "检察院",
    "政府",
    "学生",
    "同学",
    "家长",
    "患者",
    "游客",
    "商户",
    "农户",
    "渔民",
    "农民",
    "工人",
    "官员",
    "同志",
    "员工",
    "老人",
    "乘客",
    "顾客",
    "消费者",
    "志愿者",
    "船东",
];
/// Nouns behind a name that make others of it.
const GROUPS: [&str; 20] = [
    "团队",
    "夫妇",
    "夫妻",
    "一家",
    "武装",
    "组织",
    "集团",
    "课题组",
    "研究组",
    "小组",
    "工作室",
    "家属",
    "家人",
    "父子",
    "母子",
    "兄弟",
    "姐妹",
    "政府",
    "政权",
    "方面",
];
/// What a body does before it says something: 发布公告说.
const TELLS: [&str; 10] = [
    "发布", "发表", "发出", "来信", "致电", "致函", "去信", "撰文", "发文", "发帖",
];
/// Words of a role that the segmenter takes for pronouns or counts.
const COUNTS: [&str; 12] = [
    "们", "该", "多位", "多名", "一位", "一名", "有关", "各", "两位", "几位", "部分", "不少",
];

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

    /// Who says it: a person, else a pronoun, else a role or a body.
    pub(super) fn subject(&self, start: usize, verb: usize) -> Option<Subject> {
        let first = self.skip_openings(start, verb);
        self.person(start, verb)
            .or_else(|| self.pronoun(first))
            .or_else(|| self.leading_role(first, verb))
            .or_else(|| self.trailing_role(first, verb))
    }

    /// Where the subject may begin: behind adverbs, times and the like.
    fn skip_openings(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            let rest = self.piece.of(at, end);
            let word = OPENINGS
                .iter()
                .find(|word| begins(rest, word))
                .map(|word| word.chars().count());
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
        let others = self.piece.at(last.end) == Some('等') && last.end + 1 == verb;
        Some(Subject::Person(first.start, last.end + usize::from(others)))
    }

    /// The end of a noun right behind a name that makes others of it.
    fn group_behind(&self, end: usize, verb: usize) -> Option<usize> {
        let rest = self.piece.of(end, verb);
        let word = GROUPS.iter().find(|word| begins(rest, word))?;
        Some(end + word.chars().count())
    }

    /// Whether what stands before a name leaves it the subject.
    fn may_begin(&self, start: usize, name: usize) -> bool {
        let mut at = name;
        // Its title stands before it.
        loop {
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
        let tells = TELLS
            .iter()
            .any(|word| begins(self.piece.of(end, verb), word));
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
        if let Some(word) = COUNTS.iter().chain(&ROLES).find(|word| begins(rest, word)) {
            return Some(at + word.chars().count());
        }
        let (next, token) = self.piece.token_at(self.tokens, at)?;
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
        let tells = TELLS
            .iter()
            .any(|word| begins(self.piece.of(from, end), word));
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
                || ROLES.iter().any(|role| ends(words, role))
                || office_before(words).is_some()
                || named())
    }

    /// The words from `start` to `end` if they are a role.
    pub(super) fn role_of(&self, start: usize, end: usize) -> Option<Subject> {
        self.is_role(start, end)
            .then_some(Subject::Role(start, end))
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
                && self.subject_at(start, name.start))
            .then_some(Subject::Person(name.start, name.end)),
            (None, _) => self.pronoun(first),
            _ => None,
        }
    }

    /// Whether a clause without a person's name begins with a noun all the same.
    fn names_another(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        while at < end {
            let Some((next, token)) = self.piece.token_at(self.tokens, at) else {
                return false;
            };
            let pos = token.pos.as_str();
            if pos.starts_with('n') || matches!(pos, "r" | "m" | "j" | "f" | "s") {
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
    fn is_near(&self, subject: Subject, verb: usize) -> bool {
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
    fn is_verb(&self, subject: Subject, verb: usize) -> bool {
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

impl Subject {
    pub(super) fn end(self) -> usize {
        match self {
            Self::Person(_, end) | Self::Role(_, end) => end,
            Self::Pronoun(at) => at + 1,
        }
    }
}

fn begins(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|char| rest.next() == Some(&char))
}

fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|char| rest.next() == Some(&char))
}
