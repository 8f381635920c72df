//! Whether a number with its unit is a value at all: an article, a grade, a name and a code are none.
//!
//! - 一 before a classifier is an article (一个, 一批), and 二 before one is an ordinal (二期); both count where something qualifies them.
//! - 一年, 一天 and the like are lengths of time where a word beside them says so (近一年, 一年内).
//! - 百, 千 and 万 without a number count in 上百家, 百余家 and 百万元, not in 百家争鸣.
//! - Numbers without a unit are values only if they are large ones in words (31万) or have commas (1,234).
//! - What stands next to letters and signs is a code; what is part of a short name in quotation marks belongs to the name.

use super::amount::Term;
use super::cursor::{NONE, after, after_any, before, char_at, char_before};
use super::date::is_span;
use super::decimal::Decimal;
use super::found::Context;
use super::han;
use super::numeral::Shape;
use super::units::UnitKind;
use crate::record::Label;

/// A number with its unit, and whether a qualifier stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'t> {
    pub(super) term: &'t Term,
    pub(super) qualified: bool,
}

/// The label of a value; none where it is no value.
pub(super) fn label(cx: &Context<'_>, reading: &Reading<'_>) -> Option<Label> {
    let term = reading.term;
    if !stands_free(cx.chars, term) || has_leading_zero(cx.chars, term) {
        return None;
    }
    let Some((kind, name)) = term.unit else {
        return unitless(cx, reading).then_some(Label::Quantity);
    };
    // 三日 by itself may be a day of the month.
    let day = name == "天" && char_before(cx.chars, term.end) == '日';
    let own = is_own(cx, reading, kind, name)
        && (!day || reading.qualified || is_span(cx.chars, term.start, term.end));
    let label = match kind {
        UnitKind::Money => Label::Money,
        UnitKind::Share | UnitKind::Points => Label::Percent,
        UnitKind::Time => Label::Duration,
        _ => Label::Quantity,
    };
    let named = label == Label::Quantity && cx.marks.in_name(term.start, term.end);
    (own && !named).then_some(label)
}

/// Not in the middle of a code, an address, a sum or a document's name.
fn stands_free(chars: &[char], term: &Term) -> bool {
    let previous = char_before(chars, term.start);
    let earlier = term
        .start
        .checked_sub(2)
        .map_or(NONE, |at| char_at(chars, at));
    match previous {
        '第' | '届' => false,
        // 第一、二、三项: one of a list of places, unless the first is the number of a heading.
        '、' if !term.number.is_arabic() && term.start > 2 => !han::is_numeral(earlier),
        '+' | '/' | '_' | '#' | '@' | '=' | '&' | '*' | '×' | '^' => !term.number.is_arabic(),
        '.' | ':' | '：' | '-' | ',' | '—' | '–' => {
            !(term.number.is_arabic() && earlier.is_ascii_alphanumeric())
        }
        _ => !(term.number.is_arabic() && previous.is_ascii_alphanumeric()),
    }
}

fn has_leading_zero(chars: &[char], term: &Term) -> bool {
    char_at(chars, term.start) == '0' && char_at(chars, term.start + 1).is_ascii_digit()
}

/// Without a unit.
fn unitless(cx: &Context<'_>, reading: &Reading<'_>) -> bool {
    let term = reading.term;
    let next = char_at(cx.chars, term.end);
    let large = match term.number.shape {
        Shape::Arabic { grouped, .. } => grouped || term.number.power > 0,
        Shape::Han => term.number.power > 0 && term.end > term.start + 1,
        Shape::Bare => term.number.power > 0 && reading.qualified,
        _ => false,
    };
    let code = next.is_ascii_alphanumeric() || matches!(next, '-' | '/' | '_' | '级' | '佛' | '般');
    large && !code && !cx.marks.in_name(term.start, term.end)
}

/// Whether the number may count what the unit says.
fn is_own(cx: &Context<'_>, reading: &Reading<'_>, kind: UnitKind, name: &str) -> bool {
    let term = reading.term;
    let vague = term.number.vague.is_some();
    let free = reading.qualified || vague;
    let classifier = matches!(kind, UnitKind::Count | UnitKind::Digits | UnitKind::Point);
    match term.number.shape {
        Shape::Arabic { point, .. } => match kind {
            UnitKind::Point => is_points(cx, term, point, name),
            UnitKind::Digits => is_measured(cx, term, point, name),
            _ => true,
        },
        _ if matches!(kind, UnitKind::Digits | UnitKind::Point | UnitKind::Latin) => false,
        Shape::Han => {
            !is_fixed(cx.chars, term)
                && !is_figure(cx.chars, term)
                && !is_session(cx.chars, term, name)
        }
        Shape::One if kind == UnitKind::Time => free || is_length(cx.chars, term, name),
        Shape::One if classifier => free && !is_article(cx.chars, term),
        Shape::One => !is_last(cx.chars, term.start),
        Shape::Two => free || !classifier,
        Shape::Positional => false,
        Shape::Bare => {
            let power = term.number.power > 0 && term.number.end > term.start + 1;
            free || power && matches!(kind, UnitKind::Money | UnitKind::Measure | UnitKind::Count)
        }
    }
}

/// 最后一公里, 第一米.
fn is_last(chars: &[char], at: usize) -> bool {
    ["最后", "最先", "最初", "最前", "末", "每"]
        .iter()
        .any(|word| before(chars, at, word).is_some())
}

/// 突破一批 and 提高一个: the words count only before numbers that are meant.
fn is_article(chars: &[char], term: &Term) -> bool {
    let verbs = ["突破", "超出", "最高", "最低", "接近", "高于", "低于"];
    verbs
        .iter()
        .any(|word| before(chars, term.start, word).is_some())
}

/// 四次会议 behind 五届: which session, not how many.
fn is_session(chars: &[char], term: &Term, name: &str) -> bool {
    let behind = ["会议", "全会", "全体"];
    let from = term.start.saturating_sub(10);
    name == "次" && after(chars, term.end, "全会").is_some()
        || name == "次"
            && after_any(chars, term.end, &behind).is_some()
            && chars
                .get(from..term.start)
                .is_some_and(|chars| chars.contains(&'届'))
}

/// 五花八门, 三番五次: two digits with a character each are a figure of speech, unless the first counts time or times.
fn is_figure(chars: &[char], term: &Term) -> bool {
    let earlier = |back: usize| {
        let at = term.start.checked_sub(back);
        at.map_or(NONE, |at| char_at(chars, at))
    };
    let short = term.number.end == term.start + 1 && term.end == term.start + 2;
    short
        && han::digit(earlier(2)).is_some()
        && !han::is_numeral(earlier(3))
        && !han::is_numeral(earlier(1))
        && !matches!(
            earlier(1),
            '年' | '天' | '月' | '日' | '周' | '次' | '人' | '、' | '，'
        )
}

/// Fixed words: 十分, 四方, 八面.
fn is_fixed(chars: &[char], term: &Term) -> bool {
    const FIXED: &[&str] = &[
        "三位一体",
        "四位一体",
        "五位一体",
        "千家万户",
        "千门万户",
        "十天半",
        "三天两头",
    ];
    after_any(chars, term.start, FIXED).is_some()
        || before(chars, term.start, "老").is_some() && char_at(chars, term.end) == '人'
}

/// 一年, 一天, 一周 and 一个月 as a length of time; shorter ones always are.
fn is_length(chars: &[char], term: &Term, name: &str) -> bool {
    const BEFORE: &[&str] = &[
        "过去", "为期", "历时", "长达", "耗时", "用时", "整整", "不到", "仅", "时隔", "延长",
        "持续", "连续", "最近", "满",
    ];
    const BEHIND: &[&str] = &[
        "内", "之内", "以内", "以上", "以下", "后", "之后", "以后", "前", "之久", "时间", "左右",
        "来", "零",
    ];
    let short = matches!(
        name,
        "小时" | "分钟" | "秒" | "刻钟" | "工作日" | "毫秒" | "微秒" | "纳秒"
    );
    let told = BEFORE
        .iter()
        .any(|word| before(chars, term.start, word).is_some());
    let attributive = matches!(
        char_before(chars, term.start),
        '的' | '这' | '那' | '每' | '新' | '某' | '同' | '统' | '要'
    );
    let halved = term.number.value.and_then(Decimal::integer) != Some(1);
    short || told || halved || !attributive && after_any(chars, term.end, BEHIND).is_some()
}

/// Points of an index or a score, not a time of day.
fn is_points(cx: &Context<'_>, term: &Term, point: bool, name: &str) -> bool {
    let whole = term.number.count();
    if name == "分" {
        let told = matches!(
            char_before(cx.chars, term.start),
            '得' | '考' | '获' | '评' | '满' | '打' | '了' | '到'
        );
        point || told || whole.is_some_and(|count| (60..=1000).contains(&count))
    } else {
        let clock = matches!(
            char_at(cx.chars, term.end),
            '半' | '钟' | '整' | '左' | '前' | '后' | '许'
        );
        !clock && (point || whole.is_none_or(|count| count > 100))
    }
}

/// Grades and kinds are no quantities: 6.5级 and 12级大风 are measured, 3级 is not; of 类 only many are counted.
fn is_measured(cx: &Context<'_>, term: &Term, point: bool, name: &str) -> bool {
    const MEASURED: &[&str] = &["地震", "大风", "阵风", "台风", "强震", "余震"];
    match name {
        "级" => point || after_any(cx.chars, term.end, MEASURED).is_some(),
        "类" => term.number.count().is_some_and(|count| count > 3),
        _ => true,
    }
}
