//! Which texts are copies, how well the sketch estimates, and what the index remembers.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Duplicates, Index, NEAR_UNITS, SIMILAR, Signature};
use crate::record::{DocId, Place};
use crate::text::{ScriptEvidence, simplified_view};

/// A dispatch of an agency that does not exist, sentence by sentence.
const DISPATCH: [&str; 9] = [
    "本报临澜三月十二日电（记者沈知远）临澜市青汀港三号码头十一日正式开港，首艘货轮满载茶叶和陶器驶往云岬县。",
    "码头总投资四亿二千万元，建有两个万吨级泊位，年设计吞吐量三百八十万吨。",
    "临澜市交通局局长顾明棠在开港仪式上说，新码头启用以后，沅浦区的货物不必再绕道落霞桥，运输时间可以缩短三个小时。",
    "“以前一批陶器从窑口到船上要走两天，现在当天就能装船。”石桥村窑工任水生告诉记者。",
    "为了减少对鹿回头湾渔业的影响，施工单位把航道向东移了六百米，并在湾内投放人工鱼礁一千二百个。",
    "据港务公司介绍，码头全部使用岸电，船舶靠港期间不再烧油，每年可少排二氧化碳两千多吨。",
    "二期工程计划于明年春天动工，届时将增加一个集装箱泊位和一座冷库。",
    "市民可以在每月最后一个星期六预约参观码头，预约电话将在市政府网站上公布。",
    "（完）",
];

fn id(number: usize) -> DocId {
    DocId::new(&Place::new(format!("{number}.txt").as_str(), 0), 0)
}

fn near(text: &str) -> Option<Signature> {
    Signature::of(text, Duplicates::Near)
}

/// For each text the number of the one that it is said to be a copy of.
fn copies(texts: &[&str]) -> Vec<Option<usize>> {
    let mut index = Index::new(1_000);
    let number = |found: DocId| (0..texts.len()).find(|number| id(*number) == found);
    let met = texts.iter().enumerate();
    met.map(|(at, text)| index.meet(id(at), near(text).as_ref()).and_then(number))
        .collect()
}

#[test]
fn reprints_with_another_headline_and_two_sentences_cut_name_the_first() {
    let whole = DISPATCH.concat();
    let mut cut: Vec<&str> = DISPATCH.to_vec();
    cut.remove(6);
    cut.remove(3);
    let cut = format!("青汀港新码头启用\n{}", cut.concat());
    let broken: String = (whole.chars().enumerate())
        .flat_map(|(at, ch)| [Some(ch), (at % 14 == 13).then_some('\n')])
        .flatten()
        .collect();
    let other = "云岬县图书馆新馆昨天开馆，馆内有阅览座位八百个，藏书四十万册，读者可以借阅连环画和地方志。".repeat(2);
    let found = copies(&[&whole, &other, &cut, &broken, &cut, &whole]);
    assert_eq!(found, [None, None, Some(0), Some(0), Some(0), Some(0)]);
}

#[test]
fn a_copy_of_a_copy_names_the_first_though_it_is_unlike_it() {
    let variant = |from: usize| {
        DISPATCH
            .iter()
            .cycle()
            .skip(from)
            .take(8)
            .copied()
            .collect::<String>()
    };
    let texts: Vec<String> = (0..6).map(variant).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = copies(&texts);
    assert_eq!(found.first(), Some(&None));
    assert!(found.iter().skip(1).all(|one| *one == Some(0)), "{found:?}");
}

#[test]
fn a_traditional_reprint_is_a_copy_of_its_simplified_original() {
    let simplified = "临澜市图书馆昨天开馆，馆长说，读者可以借阅两万册图书，开馆时间从上午九点到晚上八点。为了让学生也能来，馆里延长了周末的开放时间，还请来专家讲课。";
    let traditional = "臨瀾市圖書館昨天開館，館長說，讀者可以借閱兩萬冊圖書，開館時間從上午九點到晚上八點。為了讓學生也能來，館裡延長了週末的開放時間，還請來專家講課。";
    let view = simplified_view(traditional, &ScriptEvidence::of(traditional)).unwrap();
    assert_eq!(copies(&[simplified, &view]), [None, Some(0)]);
    assert_eq!(copies(&[simplified, traditional]), [None, None]);
}

#[test]
fn pages_that_share_only_their_frame_are_no_copies() {
    let frame = "首页 新闻 文化 体育 专题 图片 视频 论坛 您的位置：首页 > 新闻中心 > 正文 字号：大 中 小 打印 关闭 分享到微博 \
                 版权所有：临澜日报社 未经书面授权不得转载 备案号：临网备〇〇一二号 联系我们 关于本站 网站地图 广告服务 \
                 举报电话：五五五〇一二 地址：临澜市望澜大道八号";
    let page = |body: &str| format!("{frame}\n{body}\n{frame}");
    let pages = [0, 2, 4, 6].map(|at| page(&DISPATCH[at..=at + 1].concat()));
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    assert_eq!(copies(&pages), [None; 4]);
}

#[test]
fn short_texts_are_copies_only_if_they_are_the_same() {
    let found = copies(&[
        "关于第12号码头的通知",
        "关于第13号码头的通知",
        "关于第 12 号 码头的通知！",
    ]);
    assert_eq!(found, [None, None, Some(0)]);
    let short = DISPATCH[1];
    assert!(short.chars().count() < NEAR_UNITS);
    assert_eq!(near(short).unwrap().to_bytes().len(), 16);
    assert_eq!(
        near(DISPATCH[0]).unwrap().likeness(&near(short).unwrap()),
        None
    );
}

#[test]
fn width_case_and_marks_do_not_count_and_order_does() {
    assert_eq!(near("ＧＤＰ增长５．２％"), near("gdp 增长 5.2"));
    assert_ne!(near("5.2"), near("52"));
    assert_ne!(near("甲乙"), near("乙甲"));
    assert_eq!(near("，。…… \n"), None);
    assert_eq!(Signature::of("词河", Duplicates::Off), None);
}

#[test]
fn a_text_that_repeats_itself_is_compared_as_a_whole() {
    let found = copies(&[&"哈".repeat(500), &"哈".repeat(501), &"哈".repeat(500)]);
    assert_eq!(found, [None, None, Some(0)]);
}

#[test]
fn exact_signatures_know_nothing_of_likeness() {
    let whole = Signature::of(&DISPATCH.concat(), Duplicates::Exact).unwrap();
    assert_eq!(whole.to_bytes().len(), 16);
    assert_eq!(whole.likeness(&whole), None);
}

#[test]
fn a_signature_is_read_back_as_it_was_written() {
    for text in [DISPATCH[2], DISPATCH[7]] {
        let signature = near(text).unwrap();
        assert_eq!(
            Signature::from_bytes(&signature.to_bytes()),
            Some(signature)
        );
    }
    assert_eq!(Signature::from_bytes(&[0; 15]), None);
    assert_eq!(Signature::from_bytes(&[0; 100]), None);
}

#[test]
fn signatures_are_the_same_in_every_release() {
    // They are stored: those of another program would find nothing. A change of these bytes needs a new column.
    let bytes = near(&DISPATCH.concat()).unwrap().to_bytes();
    let (hash, sketch) = bytes.split_at(16);
    let sum = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(*byte))
    };
    assert_eq!(
        (sum(hash), sum(sketch)),
        (17_625_810_230_230_793_251, 3_441_172_139_066_586_409)
    );
}

#[test]
fn what_has_left_the_window_is_forgotten() {
    let mut index = Index::new(3);
    let texts: Vec<String> = (0..5).map(|number| format!("第{number}份通知")).collect();
    for (number, text) in texts.iter().enumerate() {
        assert_eq!(index.meet(id(number), near(text).as_ref()), None);
    }
    assert_eq!(index.len(), 3);
    assert_eq!(index.meet(id(5), near(&texts[2]).as_ref()), Some(id(2)));
    // 3, 4 and 5 are remembered now; 5 knows of 2, which is not.
    assert_eq!(index.meet(id(6), near(&texts[2]).as_ref()), Some(id(2)));
    assert_eq!(index.meet(id(7), near(&texts[0]).as_ref()), None);
}

#[test]
fn a_hundred_thousand_copies_cost_what_as_many_others_do() {
    let mut index = Index::new(50_000);
    let signature = near(&DISPATCH.concat());
    for number in 0..100_000 {
        let found = index.meet(id(number), signature.as_ref());
        assert_eq!(found, (number > 0).then(|| id(0)));
    }
    // One document holds all keys; the others have none of their own.
    assert_eq!((index.len(), index.keys_held()), (50_000, 25));
}

/// Prose with `changes` of its characters replaced.
fn changed(text: &[char], changes: &[usize]) -> String {
    let mut text = text.to_vec();
    for change in changes {
        let at = change % text.len();
        text[at] = char::from_u32(0x4E00 + u32::try_from(change % 20_000).unwrap()).unwrap();
    }
    text.into_iter().collect()
}

fn true_likeness(one: &str, other: &str) -> f64 {
    let pieces = |text: &str| -> BTreeSet<Vec<char>> {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(3).map(<[char]>::to_vec).collect()
    };
    let (one, other) = (pieces(one), pieces(other));
    let count = |size: usize| f64::from(u32::try_from(size).unwrap());
    count(one.intersection(&other).count()) / count(one.union(&other).count())
}

proptest! {
    #[test]
    fn the_sketch_estimates_the_share_of_common_pieces(
        text in prop::collection::vec(prop::char::range('一', '龥'), 200..3_000),
        changes in prop::collection::vec(0_usize..1_000_000, 0..300),
    ) {
        let (one, other) = (text.iter().collect::<String>(), changed(&text, &changes));
        let truth = true_likeness(&one, &other);
        let estimate = near(&one).unwrap().likeness(&near(&other).unwrap()).unwrap();
        // Five standard deviations at the worst place, 0.5, with a little more for slots that borrow.
        prop_assert!((estimate - truth).abs() < 0.18, "{estimate} for {truth}");
        if truth > 0.9 {
            let mut index = Index::new(10);
            index.meet(id(0), near(&one).as_ref());
            prop_assert_eq!(index.meet(id(1), near(&other).as_ref()), Some(id(0)));
        }
        if truth < SIMILAR - 0.18 {
            let mut index = Index::new(10);
            index.meet(id(0), near(&one).as_ref());
            prop_assert_eq!(index.meet(id(1), near(&other).as_ref()), None);
        }
    }

    #[test]
    fn an_index_filled_with_what_was_written_answers_as_the_one_that_wrote_it(
        window in 1_usize..12,
        documents in prop::collection::vec((0_usize..8, 0_usize..9, prop::bool::weighted(0.1)), 1..60),
        stop in 0_usize..60,
    ) {
        let texts: Vec<Option<Signature>> = documents.iter().map(|(from, without, is_empty)| {
            let sentences = DISPATCH.iter().enumerate().cycle().skip(*from).take(7);
            let text: String = sentences.filter(|(at, _)| at != without).map(|(_, text)| *text).collect();
            near(if *is_empty { "" } else { &text })
        }).collect();
        let mut whole = Index::new(window);
        let rows: Vec<_> = (0..).map(id).zip(&texts)
            .map(|(id, signature)| (id, whole.meet(id, signature.as_ref()), *signature))
            .collect();
        let stop = stop.min(rows.len());
        let (before, after) = rows.split_at(stop);
        let mut again = Index::new(window);
        for (id, first, signature) in before.iter().skip(stop.saturating_sub(window)) {
            again.remember(*id, *first, signature.as_ref());
        }
        for (id, first, signature) in after {
            prop_assert_eq!(again.meet(*id, signature.as_ref()), *first);
        }
    }

    #[test]
    fn any_text_has_a_signature_that_depends_on_its_units_alone(text in "\\PC{0,80}|[a-zＡ-Ｚ０-９ 一-三。]{0,80}") {
        let spaced: String = text.chars().flat_map(|ch| {
            let is_han = ('\u{4E00}'..='\u{9FFF}').contains(&ch);
            [Some(ch), is_han.then_some('　')]
        }).flatten().collect();
        prop_assert_eq!(near(&text), near(&spaced));
    }
}
