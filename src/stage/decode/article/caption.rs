//! The words under a picture: by what they begin with, or by the credit of who took it at their end.

use super::byline::{behind_role, names_in};
use super::person::are_names;
use super::phrase::is_within;
use crate::text::is_han;

/// Characters of a caption at most.
const CAPTION: usize = 120;

/// Characters of a credit at a caption's end.
const CREDIT: usize = 16;

/// Characters of a name that no surname vouches for.
const NAME: usize = 4;

/// What a caption begins with.
const SHOWN: [&str; 14] = [
    "图为",
    "圖為",
    "上图",
    "上圖",
    "下图",
    "下圖",
    "左图",
    "右图",
    "图①",
    "图1",
    "图片说明",
    "圖片說明",
    "资料图",
    "資料圖",
];

/// What the credit of a picture begins with.
const CREDITED: [&str; 17] = [
    "摄影：",
    "摄影/",
    "摄影／",
    "攝影：",
    "攝影／",
    "图/",
    "图／",
    "圖/",
    "圖／",
    "图：",
    "圖：",
    "图片来源",
    "圖片來源",
    "图源",
    "图片由",
    "新华社发",
    "本版图片",
];

/// What the credit of a picture ends with, behind a name.
const TAKEN: [&str; 6] = ["摄影", "攝影", "摄", "攝", "制图", "製圖"];

/// The same behind an office or anybody.
const GIVEN: [&str; 8] = [
    "供图",
    "供圖",
    "资料图",
    "資料圖",
    "资料图片",
    "資料圖片",
    "提供图片",
    "图片提供",
];

/// Whether the words under a picture can begin so.
fn opens_caption(first: char) -> bool {
    matches!(
        first,
        '图' | '圖' | '上' | '下' | '左' | '右' | '资' | '資' | '摄' | '攝' | '新' | '本'
    )
}

/// Whether the credit of a picture can end so.
fn ends_credit(last: char) -> bool {
    matches!(last, '影' | '摄' | '攝' | '图' | '圖' | '片' | '供')
}

/// Whether the line is the words under a picture: by its credit, or because it says what the picture shows.
pub(super) fn is_caption(line: &str) -> bool {
    let bare = line.trim_end_matches(['）', ')', '】', ']', '。', ' ', '\u{3000}']);
    let opens = line.starts_with(opens_caption);
    if !opens && !bare.ends_with(ends_credit) || !is_within(line, CAPTION) {
        return false;
    }
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if starts(&CREDITED) || starts(&SHOWN) && !line.ends_with(['：', ':']) {
        return true;
    }
    let credit = |words: &[&str]| words.iter().find_map(|word| bare.strip_suffix(word));
    if let Some(before) = credit(&GIVEN) {
        return is_within(behind_mark(before).1, CREDIT);
    }
    credit(&TAKEN).is_some_and(is_credit)
}

/// Whether what stands before 摄 ends with the name of somebody who takes pictures.
fn is_credit(before: &str) -> bool {
    let people = |text: &str| are_names(text) || behind_role(text).and_then(names_in).is_some();
    let (mark, last) = behind_mark(before);
    let ended = mark.is_some_and(|mark| "。！？".contains(mark))
        && is_within(last, NAME)
        && last.chars().all(is_han);
    let mut words = last.rsplitn(3, [' ', '\u{3000}']);
    let word = words.next().unwrap_or_default();
    let two = words
        .next()
        .and_then(|first| last.get(last.len() - word.len() - first.len() - 1..));
    !last.is_empty()
        && (ended
            || people(last)
            || people(word) && words.next().is_some()
            || two.is_some_and(people))
}

/// What follows the last mark of a text, and that mark.
fn behind_mark(text: &str) -> (Option<char>, &str) {
    let text = text.trim_end_matches(['/', '／', '：', ':', ' ', '\u{3000}']);
    let is_mark = |char: &char| "。！？（(/／：【◆▲".contains(*char);
    let at = text.char_indices().rev().find(|(_, char)| is_mark(char));
    let rest = at
        .and_then(|(at, char)| text.get(at + char.len_utf8()..))
        .unwrap_or(text);
    (at.map(|(_, char)| char), rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_a_credit_or_say_what_they_show() {
        for line in [
            "昨天，孩子们在河边种树。 沈知远 摄",
            "河邊的老橋。臨瀾區宣傳部供圖",
            "图为新修的大桥。",
            "大桥通车（沈知远摄）",
            "摄影：沈知远",
            "沈知远 摄",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "这部片子在河边拍摄",
            "他喜欢摄影",
            "镇里统一制图。他说，图很清楚。大家都看。",
            "图书馆今天开放。",
            "",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }

    #[test]
    fn a_first_or_last_character_never_hides_a_caption() {
        let shown = [&SHOWN[..], &CREDITED].concat();
        assert!(shown.iter().all(|word| word.starts_with(opens_caption)));
        let credits = [&TAKEN[..], &GIVEN].concat();
        assert!(credits.iter().all(|word| word.ends_with(ends_credit)));
    }
}
