//! Who speaks: the turns of an interview, 记者：… 沈知远：…, and of questions with their answers, 问：… 答：….
//!
//! A colon near the beginning of a paragraph is no turn yet: 地址：, 附件：, 他说：. So labels are judged together: there are at
//! least two roles or names, and one of them asks or two come again. Other labels are a play's, where two of them come again and
//! again.

use rustc_hash::FxHashMap;

use super::person::{are_names, is_name};
use super::phrase::is_within;
use crate::text::han_prefix;

/// Characters of a label at most.
const LABEL: usize = 14;
/// Turns that each of two has in a play.
const PLAY: usize = 3;
/// Roles that are a whole label.
const ROLES: [&str; 44] = [
    "问",
    "問",
    "答",
    "问题",
    "问题一",
    "回答",
    "提问",
    "Q",
    "A",
    "记者",
    "記者",
    "主持人",
    "主持",
    "嘉宾",
    "嘉賓",
    "来宾",
    "网友",
    "網友",
    "网民",
    "观众",
    "觀眾",
    "听众",
    "读者",
    "讀者",
    "学生",
    "學生",
    "老师",
    "老師",
    "医生",
    "醫生",
    "患者",
    "法官",
    "审判长",
    "审判员",
    "公诉人",
    "原告",
    "被告",
    "被告人",
    "辩护人",
    "律师",
    "证人",
    "发言人",
    "發言人",
    "受访者",
];
/// What the label of a role ends with: 临澜日报记者, 沈先生.
const ENDINGS: [&str; 20] = [
    "记者",
    "記者",
    "主持人",
    "发言人",
    "發言人",
    "网友",
    "網友",
    "先生",
    "女士",
    "老师",
    "老師",
    "教授",
    "书记",
    "书記",
    "局长",
    "主任",
    "院长",
    "校长",
    "代表",
    "委员",
];
/// Roles that ask.
const ASKS: [&str; 12] = [
    "问",
    "問",
    "Q",
    "记者",
    "記者",
    "主持人",
    "主持",
    "网友",
    "網友",
    "提问",
    "问题",
    "学生",
];
/// Labels that are never a speaker's.
const FIELDS: [&str; 70] = [
    "时间",
    "時間",
    "地点",
    "地點",
    "电话",
    "電話",
    "地址",
    "邮编",
    "联系人",
    "联系电话",
    "附件",
    "来源",
    "來源",
    "编辑",
    "責編",
    "责编",
    "作者",
    "标题",
    "主题",
    "内容",
    "备注",
    "注",
    "说明",
    "注意",
    "例如",
    "例",
    "图",
    "表",
    "答案",
    "解析",
    "译文",
    "原文",
    "价格",
    "日期",
    "主办",
    "承办",
    "摘要",
    "关键词",
    "编者按",
    "题目",
    "原标题",
    "提示",
    "网址",
    "邮箱",
    "传真",
    "姓名",
    "性别",
    "单位",
    "来稿",
    "附",
    "出处",
    "记者手记",
    "出席",
    "列席",
    "参加",
    "缺席",
    "记录",
    "职务",
    "职称",
    "籍贯",
    "民族",
    "专业",
    "学历",
    "年龄",
    "高度",
    "时速",
    "金额",
    "编号",
    "类别",
    "名称",
];
/// Labels that address somebody.
const ADDRESSED: [&str; 8] = [
    "各位",
    "同志",
    "尊敬",
    "亲爱",
    "女士们",
    "先生们",
    "全体",
    "致",
];
/// What a label that only introduces a quotation ends with.
const VERBS: [char; 14] = [
    '说', '說', '道', '曰', '称', '稱', '喊', '叫', '讲', '講', '是', '为', '如', '下',
];

/// A turn by its looks: the label before a colon, and whether something is said behind it.
pub(super) fn candidate(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(['*', '#', ' ']);
    let at = colon(bare)?;
    let label = bare.get(..at)?;
    let label = label.split(['（', '(']).next().unwrap_or(label);
    let label = label.trim_matches(['*', ' ', '\u{3000}']);
    let plain = |char: char| char.is_alphanumeric() || "·・ ".contains(char);
    let speaks = !label.is_empty()
        && label.chars().all(plain)
        && !label.starts_with(|char: char| char.is_numeric())
        && !FIELDS.contains(&label)
        && (!label.ends_with(VERBS) || label.chars().count() == 1)
        && !bare.get(at..)?.starts_with("://");
    let mut rest = bare.get(at..)?.chars();
    rest.next();
    // 记者：沈知远 tells who wrote it.
    let credits = is_within(rest.as_str(), LABEL) && are_names(rest.as_str().trim());
    let quote = rest.next();
    (speaks
        && !credits
        && !ADDRESSED.iter().any(|word| label.starts_with(word))
        && (is_role(label) || is_name(label) || !quote.is_some_and(|char| "“「\"".contains(char))))
    .then_some(label)
}

/// The first colon that a label of [`LABEL`] characters can stand before.
fn colon(line: &str) -> Option<usize> {
    let (mut at, mut left) = (0, LABEL + 1);
    while left > 0 {
        let rest = line.get(at..)?;
        let han = han_prefix(rest, left);
        left -= han / 3;
        let char = rest.get(han..)?.chars().next().filter(|_| left > 0)?;
        at += han;
        if matches!(char, '：' | ':') {
            return Some(at);
        }
        at += char.len_utf8();
        left -= 1;
    }
    None
}

/// The labels that speak, given those of each paragraph in order: as they came, and `None` for the others.
pub(super) fn speakers<'t>(candidates: Vec<Option<&'t str>>) -> Vec<Option<&'t str>> {
    let mut counts: FxHashMap<&'t str, usize> = FxHashMap::default();
    for label in candidates.iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
    let times = |label: &str| counts.get(label).copied().unwrap_or_default();
    let known = |label: &str| is_role(label) || is_name(label);
    let labels = || counts.keys().copied();
    let people = || labels().filter(|label| known(label));
    let again = people().filter(|label| times(label) > 1).count();
    let interview =
        people().count() > 1 && (people().any(asks) || again + people().count().min(3) > 3);
    let play = labels().filter(|label| times(label) >= PLAY).count() > 1;
    let speaks = |label: &str| known(label) || times(label) > 1;
    if !(interview || play) {
        return vec![None; candidates.len()];
    }
    candidates
        .into_iter()
        .map(|label| label.filter(|label| speaks(label)))
        .collect()
}

/// Whether a line fills in a form: 地点：镇政府, 主持人：沈知远.
pub(super) fn fills_in(line: &str) -> bool {
    let label = line.split(['：', ':']).next().unwrap_or_default();
    label.len() < line.len() && (FIELDS.contains(&label) || ROLES.contains(&label))
}

/// Whether it is the label of one who asks.
pub(super) fn asks(label: &str) -> bool {
    ASKS.iter().any(|role| label.ends_with(role))
}

fn is_role(label: &str) -> bool {
    ROLES.contains(&label) || ENDINGS.iter().any(|ending| label.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let found = speakers(lines.iter().map(|line| candidate(line)).collect());
        let found: Vec<&str> = found.into_iter().map(Option::unwrap_or_default).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn interviews_have_two_who_speak() {
        check(
            &[
                "临澜日报记者: 桥修好了吗？",
                "沈知远：修好了。",
                "第二天，我们又去了。",
                "记者（笑）：河水呢？",
                "沈知远：涨了。",
            ],
            &["临澜日报记者", "沈知远", "", "记者", "沈知远"],
        );
        check(
            &[
                "沈知远：桥要修。",
                "秦若溪：先问石匠。",
                "方明：同意。",
                "沈知远：那就这么定。",
            ],
            &["沈知远", "秦若溪", "方明", "沈知远"],
        );
        check(&["问：桥修好了吗？", "答：修好了。"], &["问", "答"]);
        check(&["**Q:** 桥呢？", "**A:** 修好了。"], &["Q", "A"]);
        check(
            &[
                "老栓：来了。",
                "小栓：来了。",
                "老栓：坐。",
                "小栓：好。",
                "老栓：茶呢？",
                "小栓：来了。",
            ],
            &["老栓", "小栓", "老栓", "小栓", "老栓", "小栓"],
        );
    }

    #[test]
    fn fields_and_quotations_are_no_turns() {
        check(
            &[
                "时间：五月八日",
                "地点：河边",
                "联系人：沈知远",
                "电话：0998-5550117",
            ],
            &["", "", "", ""],
        );
        check(
            &[
                "沈知远说：“桥修好了。”",
                "秦若溪道：“好。”",
                "沈知远：“我去看看。”",
            ],
            &["", "", ""],
        );
        check(&["县长沈知远：桥要修好"], &[""]);
        check(&["主持人：沈知远", "嘉宾：秦若溪"], &["", ""]);
        check(
            &[
                "茶叶：三吨。",
                "陶器：两箱。",
                "茶叶：五吨。",
                "陶器：四箱。",
            ],
            &["", "", "", ""],
        );
        check(
            &["各位代表：", "现在请审议。", "各位代表：", "记者：完了吗？"],
            &["", "", "", ""],
        );
        check(&["甲方：临澜市", "乙方：云岬县"], &["", ""]);
        check(
            &["https://example.org/a", "https://example.org/b"],
            &["", ""],
        );
        check(&[""], &[""]);
    }
}
