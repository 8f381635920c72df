//! Looking at the characters of a sentence without ever leaving it.

/// Stands for what is before the first character and behind the last.
pub(super) const NONE: char = '\0';

/// The character at `at`.
pub(super) fn char_at(chars: &[char], at: usize) -> char {
    chars.get(at).copied().unwrap_or(NONE)
}

/// The character before `at`.
pub(super) fn char_before(chars: &[char], at: usize) -> char {
    at.checked_sub(1)
        .map_or(NONE, |before| char_at(chars, before))
}

/// The end of `word`, if it stands at `at`.
pub(super) fn after(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for expected in word.chars() {
        if char_at(chars, end) != expected {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// The start of `word`, if it ends at `at`.
pub(super) fn before(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let mut start = at;
    for expected in word.chars().rev() {
        if start == 0 || char_at(chars, start - 1) != expected {
            return None;
        }
        start -= 1;
    }
    Some(start)
}

/// The end of the first of `words` that stands at `at`; longer ones come first.
pub(super) fn after_any(chars: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| after(chars, at, word))
}

/// Behind one space, where there is one: typesetters put it between digits and characters.
pub(super) fn past_space(chars: &[char], at: usize) -> usize {
    let space = matches!(char_at(chars, at), ' ' | '\u{A0}' | '\u{2009}' | '\u{3000}');
    at + usize::from(space)
}

/// Behind what joins the two ends of a range.
pub(super) fn past_range_mark(chars: &[char], at: usize) -> Option<usize> {
    let dash = |at: usize| {
        matches!(
            char_at(chars, at),
            '-' | '\u{2010}'..='\u{2015}' | '─' | '~' | '～' | '〜' | '－' | '−'
        )
    };
    let at = past_space(chars, at);
    if dash(at) {
        let end = at + 1 + usize::from(dash(at + 1));
        Some(past_space(chars, end))
    } else if matches!(char_at(chars, at), '至' | '到') {
        Some(past_space(chars, at + 1))
    } else {
        None
    }
}
