//! What holds for every text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::rig::{found, written};
use crate::record::Evidence;

/// Pieces of which shorthand and its evidence are made.
const PIECES: &[&str] = &[
    "三大",
    "两个",
    "四",
    "十",
    "15",
    "2+2",
    "(2+2)+(3+6)",
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
        assert!(!row.complete || !row.members.is_empty());
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
fn one_long_line_takes_no_longer_for_each_of_its_characters() {
    for piece in [
        "三",
        "9",
        "、",
        "“",
        "（",
        "三大产业",
        "甲、",
        "“三个",
        "一是",
        "2+",
        "四个中心和",
    ] {
        let time = |length: usize| {
            let tagged = super::rig::found(written(&piece.repeat(length))).0;
            let begin = Instant::now();
            let mut rows = Vec::new();
            crate::stage::tag::Shorthand::new().find(
                &tagged.segmented,
                &tagged.entities,
                &mut rows,
            );
            begin.elapsed()
        };
        let (short, long) = (time(1_000), time(8_000));
        assert!(
            long < short * 40 + Duration::from_millis(100),
            "{piece}: {short:?}, {long:?}"
        );
    }
}
