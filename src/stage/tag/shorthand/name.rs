//! Which pieces of a text are numbered names, and what they count.

use std::ops::Range;

use super::numeral::{is_digit, is_part, leading};
use super::page::Page;
use super::words;
use crate::record::Token;

/// Characters of a quoted name at most.
const QUOTED: usize = 20;
/// Words that the noun of a name has at most.
const WORDS: usize = 6;

/// How a name is built, which says what has to support it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 三大先导产业: a name by itself.
    Grand,
    /// 四个关系, 三组关键词: a count, unless its members are told.
    Counted,
    /// 15位委员, 四地: a count of persons or places that stand before it.
    Beside,
    /// “五个中心”, “两旧一村”.
    Quoted,
    /// “3+6”, “(1+2)+(3+4)”.
    Sum,
}

/// A numbered name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The same with quotation marks.
    pub(super) outer: Range<usize>,
    /// What it counts: one number, or the terms of a sum. A term in brackets has several, X has none.
    pub(super) terms: Vec<Vec<u32>>,
    /// How it is built.
    pub(super) form: Form,
    /// The noun behind the number and its measure word.
    pub(super) noun: Range<usize>,
    /// Whether persons are counted.
    pub(super) people: bool,
    /// Whether it is a name even where nothing tells its members.
    pub(super) sure: bool,
    /// Its sentence.
    pub(super) sentence: usize,
}

impl Name {
    /// How many members it declares; none where a term is left open: 3+3+X.
    pub(super) fn declared(&self) -> Option<i32> {
        let total = || i32::try_from(self.total()).ok();
        (!self.is_open()).then(total)?
    }

    /// Whether a term is left open.
    pub(super) fn is_open(&self) -> bool {
        self.terms.iter().any(Vec::is_empty)
    }

    /// How many things it counts; an open term is one.
    pub(super) fn total(&self) -> usize {
        let of = |term: &Vec<u32>| if term.is_empty() { 1 } else { sum(term) };
        self.terms.iter().map(of).sum()
    }
}

/// The sum of a term.
pub(super) fn sum(term: &[u32]) -> usize {
    term.iter()
        .map(|number| usize::try_from(*number).unwrap_or(usize::MAX))
        .sum()
}

/// The name whose number begins at `at`, with or without brackets and quotation marks before it.
pub(super) fn at(page: &Page, at: usize) -> Option<Name> {
    let sentence = page.sentence_of(at)?;
    if let Some(name) = quoted(page, at, sentence) {
        return Some(name);
    }
    let before = page.before(at);
    if before.is_some_and(|char| {
        is_part(char) || matches!(char, '第' | '前' | '每' | '后' | '+' | '＋' | '-' | '—')
    }) || page.up_to(at).ends_with("之")
    {
        return None;
    }
    let (number, len) = leading(page.from(at))?;
    if number < 2 {
        return open_sum(page, at, sentence);
    }
    open_sum(page, at, sentence)
        .or_else(|| grand(page, at, at + len, number, sentence))
        .or_else(|| counted(page, at, at + len, number, sentence))
        .or_else(|| beside(page, at, at + len, number, sentence))
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' | '”' => '”',
        '‘' | '’' => '’',
        '"' => '"',
        '\'' => '\'',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// The name in quotation marks that open before `at`; a bracket or 新 may stand between.
fn quoted(page: &Page, at: usize, sentence: usize) -> Option<Name> {
    let mut start = at;
    if let Some(char) = page
        .before(at)
        .filter(|char| matches!(char, '(' | '（' | '新'))
    {
        start -= char.len_utf8();
    }
    let open = page.before(start)?;
    let close = closing(open)?;
    let rest = page.from(start);
    let len = rest
        .char_indices()
        .take(QUOTED + 1)
        .find(|(_, char)| *char == close)
        .map(|(len, _)| len)?;
    let range = start..start + len;
    let outer = start - open.len_utf8()..range.end + close.len_utf8();
    let inner = page.piece(&range);
    if let Some(terms) = sum_terms(inner) {
        return Some(Name {
            noun: range.end..range.end,
            range,
            outer,
            terms,
            form: Form::Sum,
            people: false,
            sure: true,
            sentence,
        });
    }
    pattern(page, at, range, outer, sentence)
}

/// 两旧一村, 五个中心, 三农: numbers with something behind each.
fn pattern(
    page: &Page,
    at: usize,
    range: Range<usize>,
    outer: Range<usize>,
    sentence: usize,
) -> Option<Name> {
    let inner = page.piece(&range);
    if !inner.chars().all(crate::text::is_han) || words::is_saying(inner) {
        return None;
    }
    let numbered = page.piece(&(at..range.end));
    let (numbers, tail) = numbers(numbered)?;
    let measure = words::measure(tail).unwrap_or_default();
    let noun = tail.get(measure.len()..).unwrap_or_default();
    let large = numbers.first().is_some_and(|number| *number > 10);
    let measured = words::is_measured(tail)
        && (numbers.len() == 1 || tail.starts_with(['年', '月', '日', '天', '元']));
    if noun.is_empty() || measured || (large && measure.is_empty()) || inner.contains(['的', '了'])
    {
        return None;
    }
    let behind = page.from(outer.end);
    let policy = words::takes_policy(behind);
    let numbered = !measure.is_empty() && noun.chars().nth(1).is_some();
    let sure = match numbers.len() {
        1 => numbered || (policy && !is_proper(page, at)) || is_cut(page, at),
        _ => numbers.iter().any(|number| *number > 1) || words::is_name_of_ones(inner),
    };
    let noun = range.end - noun.len()..range.end;
    Some(Name {
        outer,
        terms: terms(page, numbers, &(at..range.end)),
        range,
        form: Form::Quoted,
        noun,
        people: false,
        sure,
        sentence,
    })
}

/// The terms of a quoted name with `numbers`. 两桥两路|多站 leaves one open, 两个更多|两个更少 does not.
fn terms(page: &Page, numbers: Vec<u32>, inner: &Range<usize>) -> Vec<Vec<u32>> {
    let mut places = page.piece(inner).match_indices('多');
    let open = places.any(|(at, many)| {
        let at = inner.start + at;
        let behind = page.piece(&(at + many.len()..inner.end)).chars().next();
        let begins = page.before(at).is_some_and(|char| !is_digit(char));
        begins && page.word_at(at).is_some() && behind.is_some_and(|char| !is_digit(char))
    });
    let open = (open && numbers.len() > 1).then(Vec::new);
    let terms = numbers.into_iter().map(|number| vec![number]);
    terms.chain(open).collect()
}

/// Whether the dictionary has a proper name or a day that begins with the number: 三峡, 八一.
fn is_proper(page: &Page, at: usize) -> bool {
    page.word_at(at).is_some_and(|word| {
        let pos = word.pos;
        let proper = ["ns", "nr", "nt", "t"];
        proper.iter().any(|tag| pos.is_a(tag))
    })
}

/// Whether the number is a word of its own.
fn is_cut(page: &Page, at: usize) -> bool {
    let Some((_, len)) = leading(page.from(at)) else {
        return false;
    };
    page.word_at(at)
        .is_some_and(|word| word.span.byte_end.get() == at + len)
}

/// The numbers of a quoted name, and what stands behind the first.
fn numbers(text: &str) -> Option<(Vec<u32>, &str)> {
    let (first, len) = leading(text)?;
    let tail = text.get(len..)?;
    let mut numbers = vec![first];
    // 三网合一, 五位一体: one out of many is no count.
    let united = tail.ends_with("一体") || tail.ends_with("合一") || tail.ends_with("统一");
    let mut rest = tail;
    while let Some(next) = rest.find(is_digit).filter(|_| !united) {
        let gap = rest.get(..next)?;
        let from = rest.get(next..)?;
        if gap.chars().nth(4).is_some() {
            return None;
        }
        let Some((number, len)) = leading(from).filter(|_| words::measure(gap) != Some(gap)) else {
            break;
        };
        rest = from.get(len..)?;
        if rest.is_empty() {
            break;
        }
        numbers.push(number);
    }
    (numbers.len() > 1 || first > 1).then_some((numbers, tail))
}

/// The terms of `3+6`, `3+3+X`, `(1+2)+(3+4)`.
fn sum_terms(text: &str) -> Option<Vec<Vec<u32>>> {
    let mut terms = Vec::new();
    let mut rest = text;
    loop {
        let (term, left) = if let Some(inner) = rest.strip_prefix(['(', '（']) {
            let (inner, left) = inner.split_once([')', '）'])?;
            let flat = sum_terms(inner)?;
            let numbers: Option<Vec<u32>> = flat.iter().map(|term| term.first().copied()).collect();
            (numbers?, left)
        } else if let Some(left) = rest.strip_prefix(['X', 'x', 'Ｘ', 'N', 'n', 'Ｎ']) {
            (Vec::new(), left)
        } else {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number = rest.get(..digits).filter(|digits| digits.len() <= 2)?;
            (
                vec![number.parse().ok().filter(|it| *it > 0)?],
                rest.get(digits..)?,
            )
        };
        terms.push(term);
        if left.is_empty() {
            break;
        }
        rest = left.strip_prefix(['+', '＋'])?;
    }
    (terms.len() > 1 && terms.first().is_some_and(|term| !term.is_empty())).then_some(terms)
}

/// A sum without quotation marks, before a noun: 3+3+X产业体系.
fn open_sum(page: &Page, at: usize, sentence: usize) -> Option<Name> {
    let rest = page.from(at);
    let is_part = |char: char| char.is_ascii_digit() || matches!(char, '+' | '＋' | 'X' | 'N');
    let len: usize = rest
        .chars()
        .take(QUOTED)
        .take_while(|char| is_part(*char))
        .map(char::len_utf8)
        .sum();
    let text = rest.get(..len).filter(|text| text.contains(['+', '＋']))?;
    let terms = sum_terms(text)?;
    let behind = rest.get(len..)?;
    if !words::takes_policy(behind)
        || page
            .before(at)
            .is_some_and(|char| char.is_ascii_alphanumeric())
    {
        return None;
    }
    let range = at..at + len;
    Some(Name {
        outer: range.clone(),
        noun: range.end..range.end,
        range,
        terms,
        form: Form::Sum,
        people: false,
        sure: true,
        sentence,
    })
}

/// 三大先导产业.
fn grand(page: &Page, at: usize, behind: usize, number: u32, sentence: usize) -> Option<Name> {
    let rest = page.from(behind).strip_prefix('大')?;
    let start = behind + '大'.len_utf8();
    // 三大学者, 两大队: 大 belongs to the word behind it.
    if !page.is_boundary(start) || words::is_unit(rest) || number > 40 {
        return None;
    }
    let congress = number >= 7 && words::tells_congress(rest);
    let party = number >= 11
        && page
            .from(at)
            .chars()
            .next()
            .is_some_and(|char| !char.is_ascii_digit());
    let end = noun_end(page, start, sentence).filter(|_| !congress && !party)?;
    Some(Name {
        range: at..end,
        outer: at..end,
        terms: vec![vec![number]],
        form: Form::Grand,
        noun: start..end,
        people: false,
        sure: true,
        sentence,
    })
}

/// 四个关系, 三方面, 15位委员.
fn counted(page: &Page, at: usize, behind: usize, number: u32, sentence: usize) -> Option<Name> {
    let rest = page.from(behind);
    let measure = words::measure(rest)?;
    let start = behind + measure.len();
    if words::is_unit(rest.get(measure.len()..)?) {
        return None;
    }
    let by_itself = matches!(measure, "方面" | "大类");
    let (noun, end) = if by_itself {
        (behind..start, start)
    } else {
        let end = noun_end(page, start, sentence)?;
        (
            start..end,
            attribute_end(page, measure, start..end, sentence),
        )
    };
    Some(Name {
        range: at..end,
        outer: at..end,
        terms: vec![vec![number]],
        form: Form::Counted,
        noun,
        people: words::counts_people(measure),
        sure: false,
        sentence,
    })
}

/// 四地, 三国, 六省市.
fn beside(page: &Page, at: usize, behind: usize, number: u32, sentence: usize) -> Option<Name> {
    let place = words::place(page.from(behind))?;
    let end = behind + place.len();
    page.is_boundary(end).then_some(())?;
    Some(Name {
        range: at..end,
        outer: at..end,
        terms: vec![vec![number]],
        form: Form::Beside,
        noun: behind..end,
        people: words::counts_people(place),
        sure: false,
        sentence,
    })
}

/// Where the noun that begins at `start` ends: with the first word that says what members are called, else with the first run of
/// plain nouns.
fn noun_end(page: &Page, start: usize, sentence: usize) -> Option<usize> {
    let limit = page.sentence(sentence).end;
    let mut plain = None;
    let mut open = true;
    let mut next = start;
    for _ in 0..WORDS {
        let Some(word) = noun_word(page, next, limit) else {
            break;
        };
        let text = page.text_of(word);
        let stop = word.span.byte_end.get();
        // 两位副总理|代表…: behind a noun it is a verb.
        if plain.is_some() && text == "代表" {
            break;
        }
        if words::ends_with_class(text) {
            return Some(class_end(page, word, limit));
        }
        let pos = word.pos;
        // Adjectives and measures end no name, and what stands behind the first run of nouns is of another thing.
        let noun = pos.as_str() == "n" || ["j", "l", "x", "an"].iter().any(|tag| pos.is_a(tag));
        if open && (noun || (plain.is_none() && pos.is_a("vn"))) {
            plain = Some(stop);
        } else if plain.is_some() {
            open = false;
        }
        next = stop;
    }
    plain
}

/// The word at `at`, if it can be part of a noun.
fn noun_word<'d>(page: &Page<'d>, at: usize, limit: usize) -> Option<&'d Token> {
    let word = page
        .word_at(at)
        .filter(|word| word.span.byte_end.get() <= limit)?;
    let text = page.text_of(word);
    let pos = word.pos;
    let tags = ["n", "a", "b", "j", "m", "q", "t", "s", "x", "vn", "l", "i"];
    let nominal = tags.iter().any(|tag| pos.is_a(tag)) && !pos.is_a("ad");
    // 国际科技|创新|中心: a verb stands inside a name only before what members are called.
    let inside = || {
        let next = page.word_at(word.span.byte_end.get());
        let class = |next: &Token| {
            let text = page.text_of(next);
            words::ends_with_class(text) && !words::is_activity(text)
        };
        pos.is_a("v") && next.is_some_and(class)
    };
    let han = text.chars().all(crate::text::is_han);
    (han && !words::stops(text) && (nominal || words::ends_with_class(text) || inside()))
        .then_some(word)
}

/// Where the classes end that begin with `word`: 重点|产业, 产业|集群, 重点|节能|工程.
fn class_end(page: &Page, word: &Token, limit: usize) -> usize {
    let mut end = word.span.byte_end.get();
    let mut last = page.text_of(word);
    let mut next = end;
    for _ in 0..2 {
        let Some(word) = noun_word(page, next, limit) else {
            break;
        };
        let text = page.text_of(word);
        next = word.span.byte_end.get();
        if words::ends_with_class(text) && words::describes(last) || next_extends(end, word, text) {
            end = next;
            last = text;
        } else if !words::describes(last) {
            break;
        }
    }
    end
}

/// Whether a word right behind a class belongs to it.
fn next_extends(end: usize, word: &Token, text: &str) -> bool {
    word.span.byte_start.get() == end && words::extends_class(text)
}

/// 两类不同性质|的矛盾: of kinds the noun behind the attribute is told.
fn attribute_end(page: &Page, measure: &str, noun: Range<usize>, sentence: usize) -> usize {
    let end = noun.end;
    let behind = end + '的'.len_utf8();
    let noun = page.piece(&noun);
    let open = noun.starts_with("不同") && !words::ends_with_class(noun);
    if !open || !matches!(measure, "类" | "种") || !page.from(end).starts_with('的') {
        return end;
    }
    noun_end(page, behind, sentence).unwrap_or(end)
}
