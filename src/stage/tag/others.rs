//! What a sentence's own words say against a place or an organisation, where the model is in doubt.
//!
//! | rule | example |
//! |---|---|
//! | a quotation mark is inside with its other half, or outside | “云溪湾 |
//! | no name begins with 的, nor with a character and 的 that are no name together, as 美的 is | 强的设计院 |
//! | a verb or an adjective and common words behind it are a sentence's middle | 疏通河道 |
//!
//! Of the last two a name is free that the dictionary has, 的黎波里, or that the model is sure of: from 0.9 on for the second, from
//! 0.98 on for the third. So is of the third a likely name that ends as names do: 平安银行.

use super::consistent::{Find, SURE, keep};
use super::persons::{CERTAIN, LIKELY, is_common};
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::record::Pos;

/// What names end with that begin with a verb or an adjective. 科技 is not among them: officials write of it in every phrase.
const HEADS: [&str; 15] = [
    "银行",
    "集团",
    "公司",
    "大学",
    "学院",
    "中学",
    "医院",
    "航空",
    "汽车",
    "广场",
    "大道",
    "宾馆",
    "酒店",
    "日报",
    "出版社",
];
/// Characters of the words that are looked at: the verb, and those behind it.
const VERB: usize = 2;
const LONGEST: usize = 4;
/// Common words behind a verb, at most.
const WORDS: usize = 2;

/// Corrects the finds of a sentence, which stand in `finds` from `first` on.
pub(super) fn correct(chars: &[char], finds: &mut Vec<Find>, first: usize, lexicon: &Lexicon) {
    for find in finds.iter_mut().skip(first) {
        if find.kind != Kind::Person {
            unquote(chars, find);
        }
    }
    keep(finds, first, |find| {
        find.start < find.end && (find.kind == Kind::Person || is_likely(chars, find, lexicon))
    });
}

/// Takes a quotation mark without its other half from an end.
fn unquote(chars: &[char], find: &mut Find) {
    let Some([first, inner @ .., last]) = chars.get(find.start..find.end) else {
        return;
    };
    if is_opening(*first) && !is_closing(*last) && !inner.iter().copied().any(is_closing) {
        find.start += 1;
    } else if is_closing(*last) && !is_opening(*first) && !inner.iter().copied().any(is_opening) {
        find.end -= 1;
    }
}

fn is_opening(ch: char) -> bool {
    matches!(ch, '“' | '‘' | '「' | '『' | '《' | '〈')
}

fn is_closing(ch: char) -> bool {
    matches!(ch, '”' | '’' | '」' | '』' | '》' | '〉')
}

fn is_likely(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let name = chars.get(find.start..find.end).unwrap_or_default();
    (find.score >= SURE || !is_attribute(name, lexicon))
        && (find.score >= CERTAIN
            || find.score >= LIKELY && ends_as_names_do(name)
            || !is_phrase(name, lexicon))
}

fn ends_as_names_do(name: &[char]) -> bool {
    let rest = word(name.get(VERB..).unwrap_or_default());
    HEADS.iter().any(|head| rest.ends_with(head))
}

/// Whether a name that the dictionary doesn't have has 的 first or second, and they are no name themselves, as 美的 is.
fn is_attribute(name: &[char], lexicon: &Lexicon) -> bool {
    let head = name.get(..2).unwrap_or(name);
    let named = |pos: Pos| {
        ["nr", "ns", "nt", "nz"]
            .iter()
            .any(|family| pos.is_a(family))
    };
    head.contains(&'的')
        && !lexicon.pos(&word(head)).is_some_and(named)
        && !lexicon.has_word(&word(name))
}

/// Whether a name that the dictionary doesn't have is a verb, or an adjective, and common words.
fn is_phrase(name: &[char], lexicon: &Lexicon) -> bool {
    let Some((verb, rest)) = name.split_at_checked(VERB) else {
        return false;
    };
    let pos = lexicon.pos(&word(verb));
    pos.is_some_and(|pos| ["v", "a"].contains(&pos.as_str()))
        && rest.len() >= 2
        && is_made_of_words(rest, WORDS, &|part| is_common(&word(part), lexicon))
        && !lexicon.has_word(&word(name))
}

fn word(chars: &[char]) -> String {
    chars.iter().collect()
}

/// Whether `chars` are words, `most` of them at most.
fn is_made_of_words(chars: &[char], most: usize, is_word: &dyn Fn(&[char]) -> bool) -> bool {
    if chars.is_empty() || most == 0 {
        return chars.is_empty();
    }
    (2..=LONGEST).any(|length| {
        chars
            .split_at_checked(length)
            .is_some_and(|(word, rest)| is_word(word) && is_made_of_words(rest, most - 1, is_word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Method;

    /// What is left of the name between the brackets of `text`.
    fn left(text: &str, score: f32) -> Option<String> {
        let start = text.chars().position(|ch| ch == '[').unwrap();
        let end = text.chars().position(|ch| ch == ']').unwrap() - 1;
        let chars: Vec<char> = text.chars().filter(|ch| !"[]".contains(*ch)).collect();
        let mut finds = vec![Find {
            sentence: 0,
            start,
            end,
            kind: Kind::Organisation,
            score,
            method: Method::Model,
        }];
        correct(&chars, &mut finds, 0, &Lexicon::default_shared());
        let find = finds.first()?;
        Some(chars[find.start..find.end].iter().collect())
    }

    #[test]
    fn a_quotation_mark_without_its_other_half_is_outside() {
        assert_eq!(left("建[“云溪湾]”科创区", 0.8).unwrap(), "云溪湾");
        assert_eq!(left("“建[云溪湾”]", 0.8).unwrap(), "云溪湾");
        assert_eq!(left("在[“云溪”医院]", 0.8).unwrap(), "“云溪”医院");
    }

    #[test]
    fn a_phrase_is_no_name_unless_it_is_sure() {
        assert_eq!(left("要[疏通河道]口", 0.7), None);
        assert_eq!(left("要[疏通科技]人才的路", 0.95), None);
        assert_eq!(left("更[强的设计院]", 0.7), None);
        assert_eq!(left("在[的黎波里]", 0.95).unwrap(), "的黎波里");
        assert_eq!(left("在[的黎波里]", 0.5).unwrap(), "的黎波里");
        assert_eq!(left("要[成立公司]来", 0.55), None);
        assert_eq!(left("把[标的公司]卖了", 0.7), None);
        assert_eq!(left("由[联合出版社团]出版", 0.99).unwrap(), "联合出版社团");
        assert_eq!(left("由[云溪出版集团]出版", 0.5).unwrap(), "云溪出版集团");
        for name in ["平安银行", "联合大学", "解放大道", "美的集团"] {
            assert_eq!(left(&format!("在[{name}]前"), 0.6).unwrap(), name);
        }
    }
}
