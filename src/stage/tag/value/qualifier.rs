//! 超过, 近, 约, …左右, 多, 以上, 增长: what is said about a number beside it.
//!
//! The words stay as the text has them. What they say of bounds:
//!
//! | words | bound |
//! |---|---|
//! | 超过 逾 至少 不少于 以上 多 余 … | the number is the lower one |
//! | 不足 近 至多 不超过 以内 以下 … | the number is the upper one |
//! | 约 左右 上下 … | none |
//! | 增长 下降 … directly before it | none: the number is the size of the change, so it stays positive; the word tells the direction |
//!
//! A word of change counts only where there is no other. It stays outside of the entity, the others are part of it.

use super::cursor::{after, before, char_at, char_before};

/// Which bound the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Low,
    High,
    Neither,
}

/// A qualifier that was found.
#[derive(Clone, Debug)]
pub(super) struct Qualifier {
    pub(super) word: String,
    pub(super) bound: Bound,
    /// Where the entity begins or ends with it.
    pub(super) edge: usize,
}

/// Before a number, longest first; what may not stand before the word.
const BEFORE: &[(&str, Bound, &str)] = &[
    ("不低于", Bound::Low, ""),
    ("不少于", Bound::Low, ""),
    ("不高于", Bound::High, ""),
    ("不大于", Bound::High, ""),
    ("不小于", Bound::Low, ""),
    ("不超过", Bound::High, ""),
    ("不多于", Bound::High, ""),
    ("差不多", Bound::Neither, ""),
    ("不到", Bound::High, "想达看得料收找办做等碰"),
    ("不足", Bound::High, ""),
    ("不满", Bound::High, ""),
    ("未满", Bound::High, ""),
    ("不止", Bound::Low, ""),
    ("不下", Bound::Low, "居降"),
    ("至少", Bound::Low, ""),
    ("至多", Bound::High, ""),
    ("最少", Bound::Low, ""),
    ("最多", Bound::High, ""),
    ("最高", Bound::High, ""),
    ("最低", Bound::Low, ""),
    ("超过", Bound::Low, "不"),
    ("超出", Bound::Low, "不"),
    ("突破", Bound::Low, ""),
    ("将近", Bound::High, ""),
    ("接近", Bound::High, ""),
    ("大约", Bound::Neither, ""),
    ("大概", Bound::Neither, ""),
    ("大致", Bound::Neither, ""),
    ("低于", Bound::High, "不"),
    ("少于", Bound::High, "不"),
    ("小于", Bound::High, "不"),
    ("高于", Bound::Low, "不"),
    ("多于", Bound::Low, "不"),
    ("大于", Bound::Low, "不"),
    ("逾", Bound::Low, ""),
    ("超", Bound::Low, "赶反高"),
    ("近", Bound::High, "附最临靠邻亲相远贴走"),
    (
        "约",
        Bound::Neither,
        "节合签条预制公契违邀履特协和集简纽失婚邀誓盟",
    ),
];

/// What turns a bound round, longest first.
const NOT: &[&str] = &[
    "不应当",
    "不得",
    "不能",
    "不应",
    "不可",
    "不会",
    "不再",
    "并未",
    "尚未",
    "没有",
    "未",
    "没",
];

/// The words that it may turn round.
const NEGATED: &[&str] = &[
    "超过", "超出", "突破", "低于", "少于", "高于", "多于", "大于", "小于", "逾",
];

/// Before 百, 千, 万, 亿 without a number of their own.
const BEFORE_BARE: &[(&str, Bound, &str)] = &[
    ("上", Bound::Low, "以之线网路会"),
    ("过", Bound::Low, "通经超不度"),
    ("成", Bound::Low, "完组构形变达"),
];

/// Behind a number and its unit.
const BEHIND: &[(&str, Bound)] = &[
    ("及以上", Bound::Low),
    ("或以上", Bound::Low),
    ("及以下", Bound::High),
    ("以上", Bound::Low),
    ("以下", Bound::High),
    ("以内", Bound::High),
    ("之内", Bound::High),
    ("左右", Bound::Neither),
    ("上下", Bound::Neither),
    ("有余", Bound::Low),
    ("稍多", Bound::Low),
    ("略多", Bound::Low),
    ("稍少", Bound::High),
    ("略少", Bound::High),
    ("不到", Bound::High),
    ("不等", Bound::Neither),
];

/// What a number is the change of.
const CHANGES: &[&str] = &[
    "增长", "增加", "上升", "提高", "提升", "上涨", "扩大", "下降", "下跌", "减少", "降低", "回落",
    "下滑", "缩小", "缩减", "收窄", "下调", "上调", "增", "涨", "降", "跌", "减",
];

/// The qualifier that ends at `at`. `bare` where a power without a number follows.
pub(super) fn ahead(chars: &[char], at: usize, bare: bool) -> Option<Qualifier> {
    let at = match char_before(chars, at) {
        ' ' | '\u{A0}' => at - 1,
        _ => at,
    };
    // 超过了, 突破了.
    let at = before(chars, at, "了").unwrap_or(at);
    // 约占: the verb stays out, and the word with it.
    if matches!(
        char_before(chars, at),
        '占' | '有' | '为' | '合' | '达' | '需' | '计' | '值'
    ) && char_before(chars, at - 1) == '约'
    {
        return Some(Qualifier {
            word: "约".to_owned(),
            bound: Bound::Neither,
            edge: at,
        });
    }
    if !ends_qualifier(char_before(chars, at)) {
        return None;
    }
    let more = if bare { BEFORE_BARE } else { &[] };
    BEFORE
        .iter()
        .chain(more)
        .find_map(|(word, bound, not_behind)| {
            let edge = before(chars, at, word)?;
            let previous = char_before(chars, edge);
            (!not_behind.contains(previous)).then(|| negated(chars, word, *bound, edge))
        })
}

/// The qualifier at `edge`; what turns it round belongs to it: 不得超过 is the upper bound.
fn negated(chars: &[char], word: &str, bound: Bound, edge: usize) -> Qualifier {
    let turns = NEGATED.contains(&word);
    let negation = NOT
        .iter()
        .find_map(|not| before(chars, edge, not).map(|start| (*not, start)));
    match negation.filter(|_| turns) {
        Some((not, start)) => Qualifier {
            word: format!("{not}{word}"),
            bound: match bound {
                Bound::Low => Bound::High,
                Bound::High => Bound::Low,
                Bound::Neither => Bound::Neither,
            },
            edge: start,
        },
        None => Qualifier {
            word: word.to_owned(),
            bound,
            edge,
        },
    }
}

/// Whether any of the words ends so: nearly nothing that stands before a number does.
fn ends_qualifier(last: char) -> bool {
    matches!(
        last,
        '于' | '过'
            | '多'
            | '到'
            | '足'
            | '满'
            | '止'
            | '下'
            | '少'
            | '高'
            | '低'
            | '出'
            | '破'
            | '近'
            | '约'
            | '概'
            | '致'
            | '逾'
            | '超'
            | '上'
            | '成'
    )
}

/// The qualifier that begins at `at`.
pub(super) fn behind(chars: &[char], at: usize) -> Option<Qualifier> {
    let found = BEHIND.iter().find_map(|(word, bound)| {
        after(chars, at, word).map(|edge| Qualifier {
            word: (*word).to_owned(),
            bound: *bound,
            edge,
        })
    });
    // 不到 behind a number belongs to what follows it, unless nothing does.
    // 300人略少于上年 and 略多|比: the word compares.
    found.filter(
        |found| match (found.word.as_str(), char_at(chars, found.edge)) {
            ("不到", next) => !next.is_alphanumeric(),
            ("略多" | "略少" | "稍多" | "稍少", next) => !matches!(next, '于' | '比'),
            _ => true,
        },
    )
}

/// 增长 and the like before `at`, with or without 了.
pub(super) fn change(chars: &[char], at: usize) -> Option<&'static str> {
    let at = before(chars, at, "了").unwrap_or(at);
    CHANGES.iter().copied().find(|word| {
        before(chars, at, word).is_some_and(|start| {
            word.chars().count() > 1 || !is_compound(char_before(chars, start))
        })
    })
}

/// What makes another word of 增, 降 and the like: 净增 is a change, too, but 递减 is none of this number's.
fn is_compound(previous: char) -> bool {
    matches!(
        previous,
        '递' | '加' | '削' | '倍' | '升' | '投' | '霜' | '新' | '激'
    )
}
