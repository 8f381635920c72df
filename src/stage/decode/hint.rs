//! A quick no: whether a character can be one of a few that matter.
//!
//! What begins or ends a byline, a dateline or an item is a closed list of words, and hardly a line has any of them. A set of
//! characters by the last eight bits of their numbers says so with a shift and a mask; what it lets pass is looked at in full. A
//! hash set costs ten times as much and a table of all characters drives everything else out of the cache.

/// A set of characters that also holds others: those whose numbers end alike.
#[derive(Debug)]
pub(super) struct Hint([u64; 4]);

impl Hint {
    /// The set of at least `chars`.
    pub(super) const fn of(chars: &[char]) -> Self {
        let mut bits = [0; 4];
        let mut at = 0;
        while at < chars.len() {
            let code = chars[at] as u32;
            bits[(code >> 6 & 3) as usize] |= 1 << (code & 63);
            at += 1;
        }
        Self(bits)
    }

    /// Whether the set may hold `char`; a no is sure.
    #[inline]
    pub(super) fn may_hold(&self, char: char) -> bool {
        let code = u32::from(char);
        self.0[(code >> 6 & 3) as usize] >> (code & 63) & 1 != 0
    }

    /// The bytes of the common ideographs that `text` begins with and the set does not hold, `most` of them at most.
    #[inline]
    pub(super) fn without(&self, text: &str, most: usize) -> usize {
        let mut rest = text.as_bytes();
        let mut left = most;
        // The last eight bits of a number are in the last two bytes of three, two and six of them.
        while left > 0
            && let [0xE5..=0xE9, second, third, after @ ..]
            | [0xE4, second @ 0xB8..=0xBF, third, after @ ..] = rest
            && self.0[usize::from(second & 3)] >> (third & 63) & 1 == 0
        {
            rest = after;
            left -= 1;
        }
        text.len() - rest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_set_is_never_denied() {
        let chars = ['电', '讯', 'a', '\0', '\u{10FFFF}'];
        let hint = Hint::of(&chars);
        assert!(chars.iter().all(|char| hint.may_hold(*char)));
        let others = '一'..='龥';
        let passed = others.filter(|char| hint.may_hold(*char)).count();
        assert!(passed < 1000, "{passed} of 20,902 are let pass");
    }

    #[test]
    fn ideographs_are_passed_over_up_to_one_that_may_be_in_the_set() {
        let hint = Hint::of(&['电', '讯']);
        for char in '一'..='鿿' {
            let passed = hint.without(&format!("{char}，"), 9) > 0;
            assert_eq!(passed, !hint.may_hold(char), "{char}");
        }
        assert_eq!(hint.without("河水涨了电", 9), 12);
        assert_eq!(hint.without("河水涨了电", 2), 6);
        for other in ["", "a", "，河", "㐀", "䷿", "\u{A000}"] {
            assert_eq!(hint.without(other, 9), 0, "{other}");
        }
    }
}
