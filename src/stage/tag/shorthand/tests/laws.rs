//! What holds for every text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::rig::{found, written};
use crate::record::{Enumeration, Evidence, Tagged};
use crate::stage::segment::fixture::tagged;
use crate::stage::tag::Shorthand;

/// How many times as long the longer line is: what grows with the square takes twenty times too long.
const TIMES: u32 = 20;

/// Pieces of which shorthand and its evidence are made.
const PIECES: &[&str] = &[
    "三大",
    "两个",
    "四",
    "十",
    "15",
    "2+2",
    "(1+2)+(3+4)",
    "“",
    "”",
    "\"",
    "（",
    "）",
    "、",
    "，",
    "。",
    "；",
    "：",
    "\n",
    "和",
    "与",
    "的",
    "这",
    "等",
    "即",
    "分别是",
    "一是",
    "二是",
    "三是",
    "第一，",
    "产业",
    "中心",
    "方面",
    "关系",
    "位委员",
    "国",
    "以",
    "为",
    "核心",
    "甲业",
    "融合",
    "推进",
    "X",
    " ",
    "龘",
    "a",
    "😀",
];

fn check(text: &str) {
    let (tagged, rows) = found(written(text));
    let text = &tagged.segmented.document.text;
    let mut last = 0;
    for row in &rows {
        let start = row.span.byte_start.get();
        assert!(start >= last, "rows are in the text's order");
        last = row.span.byte_end.get();
        let chars: String = text
            .chars()
            .skip(row.span.char_start.get())
            .take(row.span.char_len() as usize)
            .collect();
        assert_eq!(
            row.span.of(text),
            chars,
            "characters and bytes are of the same piece"
        );
        assert_eq!(
            row.complete,
            is_all(row.span.of(text), row),
            "complete says that numbers agree"
        );
        for member in &row.members {
            assert!(
                member.text.starts_with(member.span.of(text)),
                "a member begins with its own words"
            );
            assert!(!member.text.trim().is_empty());
        }
        let sentence = tagged.segmented.document.sentences[row.sentence as usize].span;
        assert!(
            sentence.byte_start <= row.span.byte_start && row.span.byte_end <= sentence.byte_end
        );
    }
}

/// Whether the members are as many as declared, or one for each term of a sum.
fn is_all(name: &str, row: &Enumeration) -> bool {
    let members = row.members.len();
    let declared = row.declared.map(|count| usize::try_from(count).unwrap());
    let terms = terms(name);
    assert_eq!(
        declared.is_none(),
        terms > 1 && name.contains(['X', 'x', 'N', 'n', 'Ｘ', 'Ｎ']),
        "only an open sum declares nothing: {name}"
    );
    members > 0 && (declared == Some(members) || (terms > 1 && terms == members))
}

/// The terms of a sum; one in brackets is one.
fn terms(name: &str) -> usize {
    let mut depth = 0;
    let mut terms = 1;
    for char in name.chars() {
        match char {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            '+' | '＋' if depth == 0 => terms += 1,
            _ => {}
        }
    }
    terms
}

proptest! {
    #[test]
    fn rows_lie_in_the_text_in_order(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}") {
        check(&text);
    }
}

#[test]
fn evidence_names_what_was_read() {
    let of = |text: &str| found(written(text)).1.first().map(|row| row.evidence);
    assert_eq!(
        of("壮大茶叶、丝绸、瓷器三大产业。"),
        Some(Evidence::Appositive)
    );
    assert_eq!(
        of("推出“甲办”“乙办”“丙办”三大行动。"),
        Some(Evidence::Quoted)
    );
    assert_eq!(of("三大任务：修桥、铺路、清淤。"), Some(Evidence::Colon));
    assert_eq!(
        of("三大任务：一是修桥，二是铺路，三是清淤。"),
        Some(Evidence::Ordinal)
    );
    assert_eq!(
        of("处理好两个关系。\n处理好快与慢的关系。\n处理好远与近的关系。"),
        Some(Evidence::Heading)
    );
}

#[test]
fn a_shared_head_is_spelled_out_and_the_span_is_the_members_own() {
    let (tagged, rows) = found(written(
        "“四个中心”很重要。建设国际航运、贸易、金融、科技中心。",
    ));
    let text = &tagged.segmented.document.text;
    let member = &rows[0].members[1];
    assert_eq!(
        (member.text.as_str(), member.span.of(text)),
        ("贸易中心", "贸易")
    );
}

#[test]
fn numbers_agree_in_lists_sums_and_open_sums() {
    for text in [
        "壮大茶叶、丝绸、瓷器三大产业。",
        "壮大“3+2”。三大先导产业加快发展，两大重点产业稳步增长。",
        "打造“3+3+X”产业体系，发展三大千亿级产业，三大百亿级产业，以及未来潜力产业，不断升级。",
        "建设“(1+2)+(3+4)”体系。推动“1+2”，再壮大“3+4”。",
        "按照“一港四区”布局，四区为旧港区、新港区、渔港区和旅游港区。",
        "甲业、乙业、丙业、丁业“3+X”产业体系。",
    ] {
        check(text);
    }
}

#[test]
fn one_long_line_takes_no_longer_for_each_of_its_characters() {
    // As many of the dear ones as a debug build reads in no time, and more of the others.
    for (piece, number) in [
        ("三", 4_000),
        ("9", 4_000),
        ("、", 4_000),
        ("“", 4_000),
        ("（", 4_000),
        ("三大产业", 200),
        ("甲、", 4_000),
        ("“三个", 400),
        ("一是", 1_000),
        ("2+", 1_000),
        ("四个中心和", 400),
    ] {
        let line = |length: usize| tagged(written(&piece.repeat(length)));
        let time = |line: &Tagged| {
            let begin = Instant::now();
            let mut rows = Vec::new();
            Shorthand::new().find(&line.segmented, &line.entities, &mut rows);
            begin.elapsed()
        };
        let (short, long) = (line(number), line(number * TIMES as usize));
        let spare = Duration::from_millis(1);
        // Whoever else is at work may disturb one measurement, not all of them.
        let mut seen = Vec::new();
        let steady = (0..6).any(|_| {
            let (one, many) = (time(&short), time(&long));
            seen.push((one, many));
            many < one * (4 * TIMES) + spare
        });
        assert!(steady, "{piece}: {seen:?}");
    }
}
