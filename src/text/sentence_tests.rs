//! Sentence boundaries: one case a rule, and the laws on any text.

use proptest::prelude::*;

use super::sentences;

/// `expected` is the text with `|` between its sentences.
fn check(expected: &str) {
    let text = expected.replace('|', "");
    let found: Vec<&str> = sentences(&text).filter_map(|at| text.get(at)).collect();
    assert_eq!(found.join("|"), expected);
}

fn list(text: &str, expected: &[&str]) {
    let found: Vec<&str> = sentences(text).filter_map(|at| text.get(at)).collect();
    assert_eq!(found, expected);
}

#[test]
fn stops_end_sentences_and_commas_and_semicolons_do_not() {
    check("河水涨了。|桥还在！|谁去看？|我去");
    check("一是修桥；二是铺路，三是种树。|完工了");
    check("真的吗？！|真的！！！|好");
    list("OK? Fine! 好", &["OK?", "Fine!", "好"]);
}

#[test]
fn an_ellipsis_belongs_to_the_sentence_before_it() {
    check("他走了……|她没有走。");
    check("他说不清楚……，只好走了。");
    check("他等啊等......|没人来");
    check("……后来呢？|没有后来");
    check("“怎么会……”她说。|没人回答");
}

#[test]
fn closing_marks_stay_with_their_sentence() {
    check("他说：“天黑了。”|我们回家。");
    check("「下雨了。」|大家跑回屋裡。");
    check("（本报讯记者林河报道。）|昨天下雨。");
    check("他来了（真的来了！）然后又走了。|完");
    check("他买了《你好！河》这本书。|看完了");
}

#[test]
fn a_quotation_that_is_a_word_of_its_sentence_does_not_end_it() {
    check("他喊了一声“快跑！”然后跳下河。|没事了");
    check("“好！”他说。|大家都笑了");
    check("“这是为什么？”的问题没有答案。|散会");
    check("“走吧，天黑了。”他说，“明天再来。”|大家走了");
}

#[test]
fn marks_of_half_width_count_as_those_of_full_width() {
    check("他说:\"天黑了.\"|我们回家。");
    list(
        "他说: \"天黑了。\" 我们回家。",
        &["他说: \"天黑了。\"", "我们回家。"],
    );
    check("\"走吧,天黑了。\"他说,\"明天再来。\"|大家走了");
    check("\"走吧,\"他说。|大家走了");
    check("(本报讯记者林河报道。)|昨天下雨。");
    check("人口涨了!|桥还在?|好");
    check("真的涨了吗?|2024年涨了!|12月没有。");
}

#[test]
fn a_pair_may_have_a_mark_of_each_width() {
    check("桥修好了（见附图)。|今天通车。|大家都去看。");
    check("桥修好了(见附图）。|今天通车。|大家都去看。");
    check("他说：“天黑了。\"|我们回家。|明天再来。");
    check("他说:\"天黑了。”|我们回家。|明天再来。");
    check("“他说:\"天黑了。\"”|我们回家。|明天再来。");
    check("这座“新桥\"通车了。|大家都去看。");
}

#[test]
fn a_quotation_of_several_sentences_is_cut_after_the_longer_ones() {
    check("他说：“今年的河水比往年都要大。|明年的河水还会更大。”|大家点头。");
    check("她喊：“快！快跑！”|没人动");
}

#[test]
fn decimal_points_and_abbreviations_end_nothing() {
    check("圆周率约为3.14。|第1.2节讲方法。|好");
    check("年产茶叶1. 8 万吨，增长4. 5%。|价格下降");
    list("We have 5 . 6 came.", &["We have 5 .", "6 came."]);
    check("增长３．５个百分点．|下降了");
    list(
        "Mr. Lin met Dr. Wu at U.S. Steel. Then they left.",
        &["Mr. Lin met Dr. Wu at U.S. Steel.", "Then they left."],
    );
    check("见No. 7和No.8。|请访问www.example.com/a?b=c。|完");
    check("1. 修桥铺路");
}

#[test]
fn a_quote_that_is_never_closed_is_forgotten() {
    let long = "河水慢慢地流着，".repeat(40);
    let text = format!("他说：“{long}天黑了。完了。真的完了。");
    assert!(sentences(&text).count() >= 3);
    let brackets = "（".repeat(5000) + &"水。".repeat(500);
    assert!(sentences(&brackets).count() > 300);
}

proptest! {
    #[test]
    fn sentences_cover_all_but_white_space_in_order(
        text in "[水木a1 。！？!?….．“”‘’「」（）()《》\"，说：\n\u{3000}]{0,60}"
    ) {
        let mut end = 0;
        let mut pieces = sentences(&text);
        while let Some(piece) = pieces.next_piece() {
            let at = piece.bytes;
            let chars = |to: usize| text.get(..to).unwrap().chars().count();
            prop_assert_eq!(piece.chars.start as usize, chars(at.start));
            prop_assert_eq!(piece.chars.end as usize, chars(at.end));
            prop_assert!(at.start >= end && at.end > at.start);
            prop_assert!(text.get(end..at.start).unwrap().trim().is_empty());
            let sentence = text.get(at.clone()).unwrap();
            prop_assert_eq!(sentence.trim(), sentence);
            end = at.end;
        }
        prop_assert!(text.get(end..).unwrap().trim().is_empty());
    }
}
