//! Which marks of a paragraph belong together: quotation marks, and brackets that a clause is not cut in.

/// Characters within which a bracket is closed; else it is none.
const BRACKET: usize = 60;
/// The same for ‘.
const SINGLE: usize = 300;

/// A pair of marks that stands in no other; of quotation marks perhaps without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The opening mark.
    pub(super) open: usize,
    /// The closing mark, or the paragraph's end where there is none.
    pub(super) close: usize,
    /// Whether there is a closing mark.
    pub(super) closed: bool,
    /// Whether these are quotation marks.
    pub(super) quotes: bool,
}

/// The outermost pairs of a paragraph, in order. What stands within a pair is not looked at, but that nested quotations have marks of
/// their own kind.
pub(super) fn pairs(chars: &[char], found: &mut Vec<Pair>) {
    found.clear();
    let mut at = 0;
    while let Some(open) = chars.get(at).copied() {
        let Some((closer, quotes)) = closer(open) else {
            at += 1;
            continue;
        };
        let rest = chars.get(at + 1..).unwrap_or_default();
        // A mark like an apostrophe, too.
        let single = open == '‘';
        let reach = match (single, quotes) {
            (true, _) => SINGLE,
            (false, true) => rest.len(),
            (false, false) => BRACKET,
        };
        let near = rest.get(..rest.len().min(reach)).unwrap_or_default();
        let length = near.iter().position(|char| *char == closer);
        if length.is_none() && (!quotes || single) {
            at += 1;
            continue;
        }
        let close = at + 1 + length.unwrap_or(rest.len());
        found.push(Pair {
            open: at,
            close,
            closed: length.is_some(),
            quotes,
        });
        at = close + 1;
    }
}

/// The mark that closes what `open` opens, and whether it is a quotation.
pub(super) fn closer(open: char) -> Option<(char, bool)> {
    Some(match open {
        '“' => ('”', true),
        '「' => ('」', true),
        '『' => ('』', true),
        '‘' => ('’', true),
        '"' => ('"', true),
        '＂' => ('＂', true),
        '（' => ('）', false),
        '(' => (')', false),
        '《' => ('》', false),
        '【' => ('】', false),
        _ => return None,
    })
}

/// The pair that holds a place, its marks included.
pub(super) fn around(pairs: &[Pair], at: usize) -> Option<&Pair> {
    let until = pairs.partition_point(|pair| pair.open <= at);
    pairs
        .get(until.checked_sub(1)?)
        .filter(|pair| at <= pair.close)
}

/// Whether a mark ends a sentence.
pub(super) fn ends_sentence(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Whether a mark ends a clause.
pub(super) fn ends_clause(char: char) -> bool {
    ends_sentence(char)
        || matches!(
            char,
            '，' | ',' | '；' | ';' | '：' | ':' | '\n' | '﹔' | '—'
        )
}
