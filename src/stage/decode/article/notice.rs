//! The official header: who issued a notice, under which number, for whom, with what attached.
//!
//! ```text
//! 临澜市人民政府办公室文件            letterhead
//! 临政办发〔2024〕17号               number
//! 临澜市人民政府办公室关于…的通知      title: issuer, subject, kind
//! 各区县人民政府：                   addressee
//! …
//! 附件：1. …                        attachments
//! 临澜市人民政府办公室                signature
//! 2024年5月8日                      date, which is the document's day of publication
//! ```
//!
//! The places of the organs go with the document, so that `tag` has a row for each. The day is a date like any other. The number has no place:
//! of the kinds of entities none is that of a name for a document, so that it is in `documents.meta` alone.
//!
//! After GB/T 9704—2012 (格式 of official documents). A text is a notice if it has a number, or a title of a kind that offices write with an
//! addressee or a signature; of any other text nothing is said. Only the head and the end are looked at.

use std::ops::Range;

use super::line::{Line, Role};
use super::person::is_name;
use super::phrase::{is_bracketed, is_number, is_within};
use crate::text::is_han;

/// Lines at the head that can be part of the header.
const HEAD: usize = 12;
/// Lines at the end that can be part of the signature.
const TAIL: usize = 10;
/// Lines behind the first attachment that can name others.
const ATTACHED: usize = 40;
/// Characters of an organ's name.
const ORGAN: std::ops::RangeInclusive<usize> = 3..=30;
/// Kinds of official documents.
const KINDS: [&str; 34] = [
    "通知", "决定", "決定", "意见", "意見", "公告", "通告", "通报", "通報", "批复", "批復", "报告",
    "報告", "请示", "請示", "决议", "決議", "公报", "公報", "议案", "議案", "函", "规定", "規定",
    "解释", "解釋", "办法", "辦法", "安排", "方案", "纪要", "紀要", "命令", "令",
];
/// What names of organs end with.
const ORGANS: [&str; 30] = [
    "府", "委", "局", "厅", "廳", "部", "院", "会", "會", "室", "办", "辦", "处", "處", "署", "司",
    "所", "站", "组", "組", "队", "隊", "团", "團", "校", "学", "學", "行", "中心", "集团",
];

/// Those of them that persons' names end with, too.
const GIVEN: [&str; 10] = ["院", "会", "會", "组", "組", "团", "團", "学", "學", "行"];
/// Organs that look like a person: what they begin with is a surname.
const NO_PERSONS: [&str; 4] = ["国务院", "國務院", "常委会", "常委會"];

/// What stands between organs.
const SEPARATORS: [char; 3] = [' ', '\u{3000}', '、'];

/// What the header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::stage::decode) struct Notice {
    /// The organs that issued it, joined by 、.
    pub(in crate::stage::decode) issuer: Option<String>,
    /// Its number.
    pub(in crate::stage::decode) number: Option<String>,
    /// Whom it is for.
    pub(in crate::stage::decode) addressee: Option<String>,
    /// The names of what is attached.
    pub(in crate::stage::decode) attachments: Vec<String>,
    /// Bytes of the text at which the organs stand: in the letterhead, in the title or above it, in the signature; in order.
    pub(in crate::stage::decode) organs: Vec<Range<usize>>,
}

/// An organ's name, with its bytes of the text.
type Organ<'t> = (&'t str, Range<usize>);

/// The header of the article that `lines` are, if it has one.
pub(super) fn notice(lines: &[Line<'_>]) -> Option<Notice> {
    let head = lines.get(..HEAD.min(lines.len()))?;
    let number = head.iter().find_map(number);
    let title = head.iter().position(|line| is_subject(line.text));
    if number.is_none() && title.is_none() {
        return None;
    }
    let addressee = head.iter().find(|line| line.role == Role::Address);
    let addressee = addressee.map(|line| line.text.trim_end_matches(['：', ':']).to_owned());
    let letterhead = |line: &Line<'_>| Some(organ(line.text.strip_suffix("文件")?)?.len());
    let letterhead = head.iter().find_map(|line| {
        let name = line.text.get(..letterhead(line)?)?;
        Some((name, line.at..line.at + name.len()))
    });
    // 刘志学 is who signs, unless the letterhead says otherwise.
    let is_organ = |(name, _): &Organ<'_>| {
        !may_be_person(name) || letterhead.as_ref().is_some_and(|(head, _)| head == name)
    };
    let signature = all_or_none(signature(lines), is_organ);
    if number.is_none() && addressee.is_none() && signature.is_empty() {
        return None;
    }
    let titled = title.map_or_else(Vec::new, |at| issuers_of_title(head, at));
    let titled = all_or_none(titled, is_organ);
    let places = [letterhead.into_iter().collect(), titled, signature];
    let issuer = places.iter().find(|names| !names.is_empty());
    let mut organs: Vec<Range<usize>> = places.iter().flatten().map(|(_, at)| at.clone()).collect();
    organs.sort_unstable_by_key(|at| at.start);
    organs.dedup();
    Some(Notice {
        issuer: issuer.map(|names| joined(names)),
        number,
        addressee,
        attachments: attachments(lines),
        organs,
    })
}

fn joined(organs: &[Organ<'_>]) -> String {
    let names: Vec<&str> = organs.iter().map(|(name, _)| *name).collect();
    names.join("、")
}

/// A line that is a number, or one in brackets.
fn number(line: &Line<'_>) -> Option<String> {
    if line.role == Role::Number {
        return Some(line.text.to_owned());
    }
    let inner = is_bracketed(line.text)
        .then(|| line.text.trim_matches(['（', '(', '）', ')']))
        .filter(|inner| is_number(inner))?;
    Some(inner.to_owned())
}

/// Headings of Markdown are headings in plain text, too.
fn bare(line: &str) -> &str {
    line.trim_start_matches('#').trim_start()
}

/// Whether the line is a title of a kind that offices write, or its second half: 关于…的通知
fn is_subject(line: &str) -> bool {
    let bare = line.split(['（', '(']).next().unwrap_or(line).trim_end();
    is_within(line, 90)
        && (line.contains("关于") || line.contains("關於"))
        && KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// The organs that stand before 关于 in the title, or on the lines above it.
fn issuers_of_title<'t>(head: &[Line<'t>], at: usize) -> Vec<Organ<'t>> {
    let Some(line) = head.get(at) else {
        return Vec::new();
    };
    let title = bare(line.text);
    let subject = title.find("关于").or_else(|| title.find("關於"));
    match subject.and_then(|subject| title.get(..subject)) {
        Some("") => above(head, at),
        Some(names) => organs(names, line.at + line.text.len() - title.len()),
        None => Vec::new(),
    }
}

/// The organs above the last day of the text.
fn signature<'t>(lines: &[Line<'t>]) -> Vec<Organ<'t>> {
    let tail = lines.get(lines.len().saturating_sub(TAIL)..);
    let tail = tail.unwrap_or_default();
    let day = tail.iter().rposition(|line| line.role == Role::Day);
    day.map_or_else(Vec::new, |day| above(tail, day))
}

/// The organs on the lines right above one.
fn above<'t>(lines: &[Line<'t>], at: usize) -> Vec<Organ<'t>> {
    let above = lines.get(..at).unwrap_or_default().iter().rev();
    let named = above.map(|line| organs(line.text, line.at));
    let mut named: Vec<_> = named.take_while(|names| !names.is_empty()).collect();
    named.reverse();
    named.concat()
}

/// One or several names of organs, with spaces or 、 between them, of a text that begins at a byte; none where one of them is none.
fn organs(text: &str, start: usize) -> Vec<Organ<'_>> {
    let mut at = start;
    let mut found = Vec::new();
    for piece in text.split_inclusive(SEPARATORS) {
        let name = piece.trim_end_matches(SEPARATORS);
        if !name.is_empty() {
            let Some(organ) = organ(name) else {
                return Vec::new();
            };
            let from = at + name.len() - name.trim_start().len();
            found.push((organ, from..from + organ.len()));
        }
        at += piece.len();
    }
    found
}

/// The name of an organ, if it can be one.
fn organ(text: &str) -> Option<&str> {
    let text = text.trim();
    (is_within(text, *ORGAN.end())
        && text.chars().count() >= *ORGAN.start()
        && text.chars().all(is_han)
        && ORGANS.iter().any(|end| text.ends_with(end)))
    .then_some(text)
}

/// Names of which each is an organ; none where one is not, for that is a list of something else.
fn all_or_none<'t>(names: Vec<Organ<'t>>, is_organ: impl Fn(&Organ<'t>) -> bool) -> Vec<Organ<'t>> {
    if names.iter().all(is_organ) {
        names
    } else {
        Vec::new()
    }
}

/// Whether what ends as organs do may be a person's name as well: 刘志学, 张建行.
fn may_be_person(name: &str) -> bool {
    is_name(name) && GIVEN.iter().any(|end| name.ends_with(end)) && !NO_PERSONS.contains(&name)
}

/// What the lines behind 附件： name.
fn attachments(lines: &[Line<'_>]) -> Vec<String> {
    let mut found = lines.iter().map(|line| list(line.text)).enumerate();
    let Some((at, first)) = found.find_map(|(at, first)| Some((at, first?))) else {
        return Vec::new();
    };
    let behind = lines.iter().skip(at + 1).take(ATTACHED);
    let behind = behind.map_while(|line| list(line.text).or_else(|| unnumbered(line.text)));
    let behind = behind.filter(|name| !name.is_empty());
    let first = (!first.is_empty()).then(|| unnumbered(first).unwrap_or(first));
    let names = first.into_iter().chain(behind);
    names
        .map(|name| name.trim_end_matches(['。', '；']).to_owned())
        .collect()
}

/// What stands behind 附件： or 附件1：
fn list(text: &str) -> Option<&str> {
    let digit = |char: char| char.is_ascii_digit() || char.is_whitespace();
    let rest = text.strip_prefix("附件")?.trim_start_matches(digit);
    rest.strip_prefix(['：', ':']).map(str::trim)
}

/// What stands behind `1.` or `1、`.
fn unnumbered(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    if rest.len() == text.len() {
        return None;
    }
    let rest = rest.strip_prefix(['.', '．', '、'])?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use crate::record::{Document, Fields, MediaType};
    use crate::stage::decode::DecodeOptions;
    use crate::stage::decode::article::tests::documents_of;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let options = DecodeOptions::default();
        let found = documents_of(text, MediaType::Plain, &options, Fields::default());
        let meta: Vec<&str> = found.iter().filter_map(|one| one.meta.as_deref()).collect();
        assert_eq!(meta.join(" "), expected);
    }

    #[test]
    fn a_notice_says_who_issued_it_for_whom_and_what_is_attached() {
        check(
            "临澜市水务局文件\n\n临水发〔2024〕8号\n\n关于做好渡口检查的通知\n\n各区县水务局：\n\n现就渡口检查工作通知如下。\n\n\
             一、各单位要认真检查。\n\n附件：1. 渡口名单\n2．检查表\n\n临澜市水务局\n2024年5月8日\n",
            r#"{"issuer":"临澜市水务局","number":"临水发〔2024〕8号","addressee":"各区县水务局","attachments":["渡口名单","检查表"]}"#,
        );
    }

    #[test]
    fn the_title_names_the_organ_or_the_lines_above_it_or_the_signature_does() {
        check(
            "# 临澜市水务局、临澜市教育局关于渡口安全的意见\n\n（临水发〔2023〕11号）\n\n渡口安全很重要。\n",
            r#"{"issuer":"临澜市水务局、临澜市教育局","number":"临水发〔2023〕11号"}"#,
        );
        check(
            "臨瀾市水務局\n關於渡口安全的通知\n\n各渡口管理站：\n\n渡口安全很重要。\n",
            r#"{"issuer":"臨瀾市水務局","addressee":"各渡口管理站"}"#,
        );
        check(
            "关于渡口安全的通告\n\n渡口安全很重要。\n\n临澜市水务局\n2023年3月1日\n",
            r#"{"issuer":"临澜市水务局"}"#,
        );
    }

    /// The names at the places of the issuers, by articles.
    fn issuers(text: &str) -> Vec<Vec<String>> {
        let options = DecodeOptions::default();
        let found = documents_of(text, MediaType::Plain, &options, Fields::default());
        let names = |one: &Document| {
            let names = one.issuers.iter().map(|span| {
                let name = span.of(&one.text);
                assert_eq!(name.chars().count(), span.char_len() as usize);
                name.to_owned()
            });
            names.collect()
        };
        found.iter().map(names).collect()
    }

    #[test]
    fn the_issuers_have_places_in_letterhead_title_and_signature() {
        let notice = "  临澜市水务局文件\n\n# 临澜市水务局、青汀港务局关于渡口安全的意见\n\n（临水发〔2023〕11号）\n\n\
                      渡口安全很重要。\n\n　临澜市水务局 青汀港务局\n2023年3月1日\n";
        let (one, other) = ("临澜市水务局", "青汀港务局");
        assert_eq!(issuers(notice), [[one, one, other, one, other]]);
        assert_eq!(issuers("今天的渡口很热闹。\n"), [[""; 0]]);
        let second = notice.replace("水务局", "教育局").replace("临水", "临教");
        let both = issuers(&format!("{notice}\n\n\n{second}"));
        assert!(
            both.iter()
                .all(|names| names.iter().all(|name| name.ends_with('局'))),
            "{both:?}"
        );
    }

    #[test]
    fn persons_issue_nothing() {
        let notice = |above: &str, below: &str| {
            format!(
                "{above}关于渡口安全的通告\n\n各渡口管理站：\n\n渡口安全很重要。\n\n{below}\n2023年3月1日\n"
            )
        };
        for person in [
            "刘志学",
            "张建行",
            "欧阳志学",
            "劉志學",
            "陈立学 王大会 周一行",
        ] {
            assert_eq!(issuers(&notice("", person)), [[""; 0]], "{person}");
            let above = notice(&format!("{person}\n"), "临澜市水务局");
            assert_eq!(issuers(&above), [["临澜市水务局"]], "{person}");
        }
        for organ in ["国务院", "文化部", "县医院", "青汀港务局"] {
            assert_eq!(issuers(&notice("", organ)), [[organ]]);
        }
        let letterhead = notice("文联会文件\n\n", "文联会");
        assert_eq!(issuers(&letterhead), [["文联会"; 2]]);
    }

    #[test]
    fn attachments_are_numbered_behind_the_word_or_behind_the_colon() {
        check(
            "关于渡口安全的通告\n\n渡口安全很重要。\n\n附件1：渡口名单\n附件2：检查表\n\n临澜市水务局\n2023年3月1日\n",
            r#"{"issuer":"临澜市水务局","attachments":["渡口名单","检查表"]}"#,
        );
    }

    #[test]
    fn what_is_no_notice_says_nothing() {
        for text in [
            "同志们：\n\n今天的会议很重要。\n",
            "渔民谈关于渡口的决定\n\n今天的渡口很热闹。\n",
            "大桥通车了。\n\n根据临水发〔2023〕11号，大桥归水务局管。\n",
        ] {
            check(text, "");
        }
    }
}
