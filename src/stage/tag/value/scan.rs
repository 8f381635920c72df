//! Reading a sentence: its characters, and where a value may begin.
//!
//! Most characters are neither digits nor marks nor the first of a word that says when. One bit for each tells those apart, so that
//! all others cost no more than to be copied.

use super::han::place_digit;
use super::marks::Marks;

/// Characters for which memory is kept from document to document: what a huge one needs is given back.
const KEPT: usize = 1 << 16;

/// A worker's memory.
#[derive(Debug, Default)]
pub struct ValueScratch {
    pub(super) chars: Vec<char>,
    pub(super) marks: Marks,
}

/// What may begin at a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Nothing,
    /// A number of any kind.
    Number,
    /// A currency or sign before one.
    Sign,
    /// A word that says when.
    Word,
    /// 第.
    Order,
    /// A Latin letter.
    Letter,
}

/// The characters of the basic plane that need a look, a bit for each.
#[derive(Debug)]
pub(super) struct Special(Vec<u64>);

impl Special {
    pub(super) fn new() -> Self {
        let mut bits = vec![0u64; 0x1_0000 / 64];
        for code in 0..0x1_0000u32 {
            let Some(char) = char::from_u32(code) else {
                continue;
            };
            let special =
                trigger(char) != Trigger::Nothing || narrow(char) != char || Marks::is_mark(char);
            if let Some(word) = bits.get_mut(code as usize / 64).filter(|_| special) {
                *word |= 1 << (code % 64);
            }
        }
        Self(bits)
    }

    pub(super) fn has(&self, char: char) -> bool {
        let code = u32::from(char);
        let word = self.0.get(code as usize / 64).copied();
        word.is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

impl ValueScratch {
    /// Reads a sentence: full-width digits, letters and signs as those of half width. Whether anything may be a value in it.
    pub(super) fn fill(&mut self, text: &str, special: &Special) -> bool {
        self.chars.clear();
        self.marks.clear();
        let mut any = false;
        let mut letters = false;
        for (at, char) in text.chars().enumerate() {
            if special.has(char) {
                let char = narrow(char);
                any |= trigger(char) != Trigger::Nothing;
                letters |= char == 'O';
                self.marks.step(at, char);
                self.chars.push(char);
            } else {
                self.chars.push(char);
            }
        }
        if letters {
            self.round_letters();
        }
        any
    }

    /// O that stands for the zero of a year: 二OO八年, 二〇一O年.
    fn round_letters(&mut self) {
        let is_digit = |char: char| place_digit(char).is_some();
        let mut before = false;
        let mut at = 0;
        while let Some(&char) = self.chars.get(at) {
            if char != 'O' {
                before = is_digit(char);
                at += 1;
                continue;
            }
            let rest = self.chars.get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|char| **char == 'O').count();
            let next = rest.get(run).copied().unwrap_or_default();
            if before && (is_digit(next) || next == '年') {
                self.chars
                    .get_mut(at..at + run)
                    .unwrap_or_default()
                    .fill('〇');
            }
            (before, at) = (false, at + run);
        }
    }

    /// Gives back what a huge document needed.
    pub(super) fn forget(&mut self) {
        if self.chars.capacity() > KEPT {
            *self = Self::default();
        }
    }
}

/// The half-width form of digits, letters and the signs of numbers; commas and brackets keep their width.
fn narrow(char: char) -> char {
    match char {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '＋' | '－' | '＄' => {
            char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char)
        }
        '○' => '〇',
        _ => char,
    }
}

/// What may begin at a character.
pub(super) fn trigger(char: char) -> Trigger {
    match char {
        'A'..='Z' | 'a'..='z' => Trigger::Letter,
        '$' | '¥' | '￥' | '€' | '£' | '-' | '−' | '零' | '负' => Trigger::Sign,
        '0'..='9'
        | '一'
        | '二'
        | '三'
        | '四'
        | '五'
        | '六'
        | '七'
        | '八'
        | '九'
        | '十'
        | '百'
        | '千'
        | '万'
        | '亿'
        | '两'
        | '半'
        | '几'
        | '数'
        | '〇'
        | '廿'
        | '卅'
        | '壹'
        | '贰'
        | '叁'
        | '肆'
        | '伍'
        | '陆'
        | '柒'
        | '捌'
        | '玖'
        | '拾' => Trigger::Number,
        '第' => Trigger::Order,
        '今' | '去' | '前' | '明' | '后' | '本' | '上' | '下' | '当' | '同' | '次' | '翌'
        | '这' | '大' | '昨' | '日' | '近' | '周' | '星' | '礼' | '除' | '春' | '元' | '清'
        | '端' | '中' | '重' | '腊' | '国' | '劳' | '儿' | '建' | '教' | '农' | '阴' | '正'
        | '年' | '岁' | '公' | '凌' | '早' | '午' | '傍' | '晚' | '夜' | '深' | '人' | '冬' => {
            Trigger::Word
        }
        _ => Trigger::Nothing,
    }
}

/// Whether a word that says when may go on with `next`.
pub(super) fn may_follow(first: char, next: char) -> bool {
    let followers = match first {
        '今' => "年天日晚晨早夜",
        '去' | '岁' => "年末",
        '前' => "年天日",
        '明' => "年天日晚晨",
        '后' => "年",
        '本' => "月年周世",
        '上' => "午半月年个周世一",
        '下' => "午半月年个周",
        '当' => "年天日晚月",
        '同' | '次' | '翌' => "年日",
        '这' => "个周",
        '大' | '日' => "前",
        '昨' => "天日晚夜晨",
        '近' => "年日期些几",
        '周' => "一二三四五六日末",
        '星' => "期",
        '礼' => "拜",
        '除' => "夕",
        '春' => "节",
        '元' => "旦宵",
        '清' => "晨明",
        '端' | '正' => "午月",
        '中' => "午秋",
        '重' => "阳",
        '腊' => "月八",
        '国' => "庆",
        '劳' => "动",
        '儿' => "童",
        '建' => "党军",
        '教' => "师",
        '农' | '阴' => "历",
        '年' => "底末初中内",
        '公' => "元",
        '凌' => "晨",
        '早' => "晨上",
        '午' => "后夜",
        '傍' => "晚",
        '晚' => "上间",
        '夜' => "间里",
        '深' => "夜",
        '人' => "民",
        '冬' => "月",
        _ => "",
    };
    followers.contains(next)
}
