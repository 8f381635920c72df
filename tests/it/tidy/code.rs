//! Rust source with its comments and literals blanked out, so that rules look at code alone.
//!
//! Every character outside code becomes a space and line breaks stay, so a position in the result is a position in
//! the file. This is a lexer for the few forms that can hide code, not a parser.

/// The code of `source`, character for character, with comments and literals as blanks.
pub(super) fn code_of(source: &str) -> Vec<char> {
    let chars: Vec<char> = source.chars().collect();
    let mut code = Vec::with_capacity(chars.len());
    while let Some(&current) = chars.get(code.len()) {
        let at = code.len();
        match length_of_hidden(&chars, at) {
            Some(length) => {
                let hidden = chars.iter().skip(at).take(length);
                code.extend(hidden.map(|&c| if c == '\n' { '\n' } else { ' ' }));
            }
            None => code.push(current),
        }
    }
    code
}

/// The line of a position, from 1.
pub(super) fn line_of(code: &[char], at: usize) -> usize {
    1 + code.iter().take(at).filter(|&&c| c == '\n').count()
}

/// Whether a character may stand in an identifier.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The identifiers of the code with their positions.
pub(super) fn words(code: &[char]) -> impl Iterator<Item = (usize, String)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while code.get(at).is_some_and(|&c| !is_word(c)) {
            at += 1;
        }
        let start = at;
        while code.get(at).is_some_and(|&c| is_word(c)) {
            at += 1;
        }
        (at > start).then(|| (start, code[start..at].iter().collect()))
    })
}

/// Whether the code says `what` from position `at` on.
pub(super) fn says(code: &[char], at: usize, what: &str) -> bool {
    what.chars()
        .enumerate()
        .all(|(i, c)| code.get(at + i) == Some(&c))
}

/// How long the comment or literal is that begins at `at`, if one does.
fn length_of_hidden(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars.get(at..)?;
    match *rest.first()? {
        '/' if says(rest, 0, "//") => Some(until(rest, 2, |c| c == '\n')),
        '/' if says(rest, 0, "/*") => Some(block_comment(rest)),
        '"' => Some(quoted(rest, '"')),
        '\'' => char_literal(rest),
        'r' if !preceded_by_word(chars, at) => raw_string(rest),
        _ => None,
    }
}

/// The `b` of `br"…"` is a prefix; the `r` of `for"…"` would be none, but no such code exists.
fn preceded_by_word(chars: &[char], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|i| chars.get(i));
    match before(1) {
        Some('b' | 'c') => before(2).is_some_and(|&c| is_word(c)),
        Some(&c) => is_word(c),
        None => false,
    }
}

fn until(rest: &[char], from: usize, end: impl Fn(char) -> bool) -> usize {
    rest.iter()
        .skip(from)
        .position(|&c| end(c))
        .map_or(rest.len(), |found| found + from)
}

fn block_comment(rest: &[char]) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < rest.len() {
        if says(rest, at, "/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if says(rest, at, "*/") {
            (at, depth) = (at + 2, depth - 1);
        } else {
            at += 1;
        }
    }
    at.min(rest.len())
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while let Some(&c) = rest.get(at) {
        at += match c {
            '\\' => 2,
            c if c == quote => return at + 1,
            _ => 1,
        };
    }
    rest.len()
}

/// `'x'` and `'\n'` are literals, `'a` in `&'a str` is not.
fn char_literal(rest: &[char]) -> Option<usize> {
    match (rest.get(1)?, rest.get(2)?) {
        ('\\', _) => Some(quoted(rest, '\'')),
        (_, '\'') => Some(3),
        _ => None,
    }
}

fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().skip(1).take_while(|&&c| c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    let found = (body..rest.len()).find(|&at| says(rest, at, &end));
    Some(found.map_or(rest.len(), |at| at + end.len()))
}
