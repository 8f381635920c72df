//! Places in an order: 第一, 第三十二条, 第3届, 前三名.

use super::cursor::{after, after_any, char_at, past_space};
use super::decimal::Decimal;
use super::found::{Context, Found};
use super::numeral::{Shape, numeral};
use super::units::UnitKind;
use crate::record::Label;

/// What is put in order, beside the classifiers of the table.
const ORDERED: &[&str] = &[
    "阶段", "季度", "届", "条", "款", "项", "章", "节", "期", "号", "级", "编", "卷", "回", "课",
    "站", "天", "年", "周", "代", "版", "集", "次", "类", "轮", "组", "步", "位", "名", "个", "家",
    "批", "大",
];

/// Words that begin like an ordinal and are none.
const NONE_ORDINAL: &[&str] = &[
    "第一时间",
    "第三方",
    "第三者",
    "第一夫人",
    "第二天性",
    "第一手",
    "第六感",
    "第一线",
];

/// The ordinal at `at`, where 第 stands.
pub(super) fn ordinal(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let begin = past_space(chars, after(chars, at, "第")?);
    let number = numeral(chars, begin)?;
    let whole = number.value?.integer()?;
    let odd = number.vague.is_some() || matches!(number.shape, Shape::Bare) && whole != 100;
    if odd || after_any(chars, at, NONE_ORDINAL).is_some() {
        return None;
    }
    let mut found = Found::new(Label::Ordinal, at, number.end).with_value(number.value);
    let behind = past_space(chars, number.end);
    let classifier = cx
        .units
        .at(chars, behind)
        .filter(|(unit, _)| unit.kind == UnitKind::Count);
    let unit = after_any(chars, behind, ORDERED)
        .or(classifier.map(|(_, end)| end))
        .filter(|end| !is_compound(chars, behind, *end));
    if let Some(end) = unit {
        let name: String = chars.get(behind..end).unwrap_or_default().iter().collect();
        found = found.with_unit(&name);
        found.end = end;
    }
    (!cx.marks.in_name(found.start, found.end)).then_some(found)
}

/// 位 of 位置, 家 of 家庭: the noun is what is put in order.
fn is_compound(chars: &[char], at: usize, end: usize) -> bool {
    const NOUNS: &[&str] = &[
        "位置", "位于", "家庭", "家门", "大会", "大学", "大街", "大道", "个体", "条件", "项目",
        "次序", "年级", "年度", "级别", "类型", "组织", "节目", "代表", "号线", "号楼", "大桥",
        "大队", "周刊", "版权", "天然",
    ];
    after_any(chars, at, NOUNS).is_some_and(|noun| noun > end)
}

/// 前三名, 前10强, at `at`, where 前 stands: from the first to that place.
pub(super) fn first_places(cx: &Context<'_>, at: usize) -> Option<Found> {
    let chars = cx.chars;
    let begin = past_space(chars, after(chars, at, "前")?);
    let number = numeral(chars, begin)?;
    let count = number.count().filter(|count| *count > 1)?;
    let unit = past_space(chars, number.end);
    let name = match char_at(chars, unit) {
        '名' => "名",
        '位' => "位",
        '强' => "强",
        _ => return None,
    };
    let odd =
        number.shape == Shape::Positional || cx.units.at(chars, unit).is_none() && name != "强";
    let found = Found::new(Label::Ordinal, at, unit + 1).with_unit(name);
    let last = Decimal::whole(i128::from(count));
    (!odd).then(|| found.with_bounds(Some(Decimal::whole(1)), Some(last)))
}
