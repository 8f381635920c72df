//! Where a text says how it calls something from here on.

use std::sync::Arc;

use super::whole::whole;
use crate::record::{Entity, Label, Token};
use crate::text::{ByteOffset, CharOffset, Span, is_han};

/// What stands before 称, the longest first.
const LEADS: [&str; 8] = [
    "以下均简",
    "以下皆简",
    "以下均",
    "以下简",
    "以下",
    "下简",
    "下",
    "简",
];
/// Characters of a short form.
const SHORT: std::ops::RangeInclusive<usize> = 2..=20;
/// Characters in which what closes a short form is looked for.
const REACH: usize = 26;
/// Characters between an opening bracket and the explanation in it: a name in another language, a number.
const REMARK: usize = 80;

/// Brackets that hold explanations.
const OPENING: [char; 4] = ['（', '(', '〔', '【'];
const CLOSING: [char; 4] = ['）', ')', '〕', '】'];

/// A short form with its explanation.
#[derive(Debug)]
pub(super) struct Definition<'v> {
    /// The short form.
    pub(super) short: &'v str,
    /// Bytes of the view before it.
    pub(super) at: usize,
    /// Bytes of the view before the 称 that introduces it.
    pub(super) called: usize,
    /// The place of the name that it stands for.
    pub(super) full: Span,
    /// What that is.
    pub(super) label: Label,
    /// The concept that it names.
    pub(super) concept: Option<Arc<str>>,
    /// Whether it stands between 《 and 》, as its mentions do.
    pub(super) titled: bool,
}

/// The explanations of a text, in order.
pub(super) fn definitions<'v>(
    view: &'v str,
    tokens: &[Token],
    entities: &[Entity],
) -> Vec<Definition<'v>> {
    let called = view.match_indices('称');
    called
        .filter_map(|(at, called)| {
            let lead = lead(view.get(..at)?)?;
            let (start, short, titled) = short_form(view, at + called.len())?;
            let before = view.get(..lead)?;
            let name = |end| whole(view, tokens, entities, end);
            let name = beside(before)
                .and_then(name)
                .filter(|name| is_beside(view, name.span, short))
                .or_else(|| name(end_of_name(before)?))?;
            let mut full = name.span;
            // 原临澜市水务局（以下简称原市水务局）
            if short.starts_with('原') && !full.of(view).starts_with('原') {
                full = with_former(view, full)?;
            }
            let titles_agree = !titled || name.titled;
            (titles_agree && is_short_for(short, full.of(view))).then(|| Definition {
                short,
                at: start,
                called: at,
                full,
                label: name.entity.label,
                concept: name.entity.concept.clone(),
                titled,
            })
        })
        .collect()
}

/// Where the words begin that end before 称.
fn lead(before: &str) -> Option<usize> {
    let rest = LEADS.iter().find_map(|lead| before.strip_suffix(lead))?;
    Some(rest.len())
}

/// The end of what stands before a comma in the bracket that holds the explanation.
fn beside(before: &str) -> Option<usize> {
    let rest = before.trim_end().strip_suffix(['，', ',', '；', ';'])?;
    opened(rest).map(|_| rest.len())
}

/// Whether it is the name beside it in the bracket that is explained, （临澜市水务局，下称水务局）, and no remark on one before the bracket: a
/// name in another language, a former one.
fn is_beside(view: &str, name: Span, short: &str) -> bool {
    let full = name.of(view);
    let before = view.get(..name.byte_start.get()).unwrap_or_default();
    let former = before.ends_with(['原', '曾', '名']) || full.starts_with('原');
    full.contains(is_han) && !former && is_short_for(short, full)
}

/// Where the name must end that is explained behind `before`: at a bracket, at a comma, or right there.
fn end_of_name(before: &str) -> Option<usize> {
    let before = before.trim_end_matches([' ', '\u{3000}']);
    let last = before.chars().next_back()?;
    let rest = before.len() - last.len_utf8();
    Some(match last {
        _ if OPENING.contains(&last) => rest,
        '，' | ',' | '；' | ';' => opened(before).unwrap_or(rest),
        _ => before.len(),
    })
}

/// The bracket that is open at the end of `before`, if it was opened not far from there.
fn opened(before: &str) -> Option<usize> {
    let mut near = before.char_indices().rev().take(REMARK);
    let (at, mark) = near.find(|(_, char)| {
        OPENING.contains(char) || CLOSING.contains(char) || matches!(char, '\n' | '。')
    })?;
    OPENING.contains(&mark).then_some(at)
}

/// The short form that is said from `from` on: where it begins, and whether it stands between 《 and 》.
fn short_form(view: &str, from: usize) -> Option<(usize, &str, bool)> {
    let rest = view.get(from..)?;
    let said = rest.trim_start_matches(['为', '：', ':', ' ', '\u{3000}']);
    let mut start = from + rest.len() - said.len();
    let reach = said.char_indices().nth(REACH);
    let mut said = reach.map_or(Some(said), |(end, _)| said.get(..end))?;
    let mut titled = false;
    let mut marked = false;
    // “《条例》” has marks in marks.
    for _ in 0..2 {
        let Some((open, close)) = said
            .chars()
            .next()
            .and_then(|open| Some((open, closer(open)?)))
        else {
            break;
        };
        let inner = said.get(open.len_utf8()..)?;
        said = inner.get(..inner.find(close)?)?;
        start += open.len_utf8();
        titled |= open == '《';
        marked = true;
    }
    if !marked {
        said = said.get(..said.find(ends_remark)?)?.trim_end();
    }
    Some((start, said, titled))
}

fn closer(open: char) -> Option<char> {
    Some(match open {
        '“' | '”' => '”',
        '"' => '"',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return None,
    })
}

fn ends_remark(char: char) -> bool {
    let mark = matches!(
        char,
        '，' | ',' | '。' | '；' | ';' | '、' | '：' | ':' | '\n'
    );
    mark || CLOSING.contains(&char)
}

/// Whether the characters of a short form are those of a name, or foreign.
fn is_short_for(short: &str, full: &str) -> bool {
    let chars = short.chars().count();
    let foreign = short.chars().all(|char| char.is_ascii_alphanumeric());
    let han = short.chars().filter(|char| is_han(*char)).count() >= *SHORT.start();
    SHORT.contains(&chars)
        && chars < full.chars().count()
        && (foreign || han && short.chars().all(|char| full.contains(char)))
}

/// The name with the 原 that stands before it.
fn with_former(view: &str, name: Span) -> Option<Span> {
    let start = name.byte_start.get().checked_sub('原'.len_utf8())?;
    let former = view.get(start..)?.starts_with('原');
    let chars = name.char_start.raw().checked_sub(1)?;
    former.then_some(Span {
        byte_start: ByteOffset::of(start),
        char_start: CharOffset::new(chars),
        ..name
    })
}
