//! Sentences with what is said in them, in both scripts.

use std::sync::Arc;

use proptest::prelude::*;

use super::find;
use crate::record::{Label, Quote, SentenceKind};
use crate::stage::segment::fixture::{prose, segmented};
use crate::stage::tag::title::fixture::{marked, paragraphs, traditional};
use crate::text::simplify;

/// The quotations of a text, `speaker | verb | direct | text`, in order.
fn quotes(text: &str) -> Vec<String> {
    let (segmented, entities) = marked(text);
    let document = &segmented.document;
    let mut quotes = Vec::new();
    find(document, &segmented.tokens, &entities, &mut quotes);
    quotes
        .iter()
        .map(|quote| row(quote, &document.text))
        .collect()
}

fn row(quote: &Quote, text: &str) -> String {
    let speaker = quote.speaker.as_deref().unwrap_or("-");
    let verb = quote.verb.as_deref().unwrap_or("-");
    let kind = if quote.direct { "direct" } else { "indirect" };
    format!("{speaker} {verb} {kind}: {}", quote.span.of(text))
}

/// In simplified characters, whatever the script.
fn plain(row: &str) -> String {
    row.chars().map(simplify).collect()
}

/// Asserts the quotations of each text, in either script; all that differ are told at once.
#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let expected: Vec<String> = expected.iter().map(|row| plain(row)).collect();
        for text in [(*text).to_owned(), traditional(text)] {
            let found: Vec<String> = quotes(&text).iter().map(|row| plain(row)).collect();
            if found != expected {
                wrong.push(format!(
                    "{text}\n  found {found:?}\n  expected {expected:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_verb_before_the_marks_tells_who_speaks() {
    check(&[
        (
            "[沈知远]说：“桥修好了。”",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]说，“桥修好了。”",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]说:\"桥修好了。\"",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]说道：「桥修好了。」",
            &["沈知远 说道 direct: 桥修好了。"],
        ),
        (
            "[沈知远]笑着说：『桥修好了。』",
            &["沈知远 笑着说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]表示：“我们一定按期完工。”",
            &["沈知远 表示 direct: 我们一定按期完工。"],
        ),
        (
            "市长[沈知远]指出：“路要先修。”",
            &["沈知远 指出 direct: 路要先修。"],
        ),
        (
            "[沈知远]在开港仪式上说：“码头不是终点。”",
            &["沈知远 说 direct: 码头不是终点。"],
        ),
        (
            "[沈知远]坦言：“开始谁也没有把握。”",
            &["沈知远 坦言 direct: 开始谁也没有把握。"],
        ),
        (
            "[沈知远]回忆：“那年水很大。”",
            &["沈知远 回忆 direct: 那年水很大。"],
        ),
        (
            "[沈知远]告诉记者：“料都备齐了。”",
            &["沈知远 告诉记者 direct: 料都备齐了。"],
        ),
        (
            "[沈知远]告诉{临澜日报}记者：“料都备齐了。”",
            &["沈知远 告诉临澜日报记者 direct: 料都备齐了。"],
        ),
        (
            "[沈知远]在日记里写道：“今日过江。”",
            &["沈知远 写道 direct: 今日过江。"],
        ),
        (
            "[沈知远]问：“河水涨了吗？”",
            &["沈知远 问 direct: 河水涨了吗？"],
        ),
        (
            "[沈知远]答道：“涨了两尺。”",
            &["沈知远 答道 direct: 涨了两尺。"],
        ),
        (
            "[沈知远]感叹道：“真快啊！”",
            &["沈知远 感叹道 direct: 真快啊！"],
        ),
        (
            "[沈知远]呼吁：“请大家节约用水。”",
            &["沈知远 呼吁 direct: 请大家节约用水。"],
        ),
        (
            "[沈知远]提醒说：“夜里有雾。”",
            &["沈知远 提醒说 direct: 夜里有雾。"],
        ),
        (
            "据[沈知远]介绍：“全线有九座桥。”",
            &["沈知远 介绍 direct: 全线有九座桥。"],
        ),
        (
            "对此，[沈知远]回应称：“我们在查。”",
            &["沈知远 回应称 direct: 我们在查。"],
        ),
        (
            "[沈知远]同志强调：“安全第一。”",
            &["沈知远 强调 direct: 安全第一。"],
        ),
        (
            "[沈知远]教授解释说：“石头会呼吸。”",
            &["沈知远 解释说 direct: 石头会呼吸。"],
        ),
        (
            "[沈知远]敲了敲桥面，听了一会儿，说：“这里要补。”",
            &["沈知远 说 direct: 这里要补。"],
        ),
        ("老板说：“今天卖完了。”", &["老板 说 direct: 今天卖完了。"]),
        (
            "{市水务局}负责人表示：“水位正常。”",
            &["市水务局负责人 表示 direct: 水位正常。"],
        ),
        (
            "[沈知远]说“河水涨了，船不能开。”",
            &["沈知远 说 direct: 河水涨了，船不能开。"],
        ),
        (
            "[沈知远]说：“他们问‘桥在哪里’，我指给他们看。”",
            &["沈知远 说 direct: 他们问‘桥在哪里’，我指给他们看。"],
        ),
        (
            "[沈知远]说：“修桥要十年。石头要一块一块地挑。”",
            &["沈知远 说 direct: 修桥要十年。石头要一块一块地挑。"],
        ),
        (
            "[安德罗·林德]说：“我很高兴。”",
            &["安德罗·林德 说 direct: 我很高兴。"],
        ),
    ]);
}

#[test]
fn a_verb_behind_the_marks_tells_who_spoke() {
    check(&[
        (
            "“桥修好了。”[沈知远]说。",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "“桥修好了，”[沈知远]说。",
            &["沈知远 说 direct: 桥修好了，"],
        ),
        ("“桥修好了吗？”记者问。", &["记者 问 direct: 桥修好了吗？"]),
        (
            "“真快啊！”[沈知远]感叹道。",
            &["沈知远 感叹道 direct: 真快啊！"],
        ),
        (
            "“水位正常。”{市水务局}负责人介绍说。",
            &["市水务局负责人 介绍说 direct: 水位正常。"],
        ),
        (
            "“水位正常。”{市水务局}局长[廖海生]告诉记者。",
            &["廖海生 告诉记者 direct: 水位正常。"],
        ),
        (
            "“路要先修。”在回答提问时，[沈知远]说。",
            &["沈知远 说 direct: 路要先修。"],
        ),
        (
            "“路要先修。”谈到下一步的打算时，[沈知远]说。",
            &["沈知远 说 direct: 路要先修。"],
        ),
        (
            "“路要先修。”[沈知远]在接受采访时表示。",
            &["沈知远 表示 direct: 路要先修。"],
        ),
        (
            "「路要先修。」[沈知远]坦言。",
            &["沈知远 坦言 direct: 路要先修。"],
        ),
        (
            "\"路要先修。\"[沈知远]坦言。",
            &["沈知远 坦言 direct: 路要先修。"],
        ),
        (
            "“以前全靠肩膀和绳子……”[沈知远]回忆道。",
            &["沈知远 回忆道 direct: 以前全靠肩膀和绳子……"],
        ),
        (
            "“路要先修。”[沈知远]说，今年先修十公里。",
            &[
                "沈知远 说 direct: 路要先修。",
                "沈知远 说 indirect: 今年先修十公里。",
            ],
        ),
        (
            "“路要先修。”在回答相关问题时，[沈知远]说，今年先修十公里。",
            &[
                "沈知远 说 direct: 路要先修。",
                "沈知远 说 indirect: 今年先修十公里。",
            ],
        ),
    ]);
}

#[test]
fn parts_around_the_verb_are_of_one_speaker() {
    check(&[
        (
            "“路要先修。”[沈知远]说，“桥可以等一等。”",
            &[
                "沈知远 说 direct: 路要先修。",
                "沈知远 说 direct: 桥可以等一等。",
            ],
        ),
        (
            "“以前靠绳子，”[沈知远]笑着说，“现在看屏幕。”",
            &[
                "沈知远 笑着说 direct: 以前靠绳子，",
                "沈知远 笑着说 direct: 现在看屏幕。",
            ],
        ),
        (
            "“路要先修。”[沈知远]说：“桥可以等一等。”",
            &[
                "沈知远 说 direct: 路要先修。",
                "沈知远 说 direct: 桥可以等一等。",
            ],
        ),
        (
            "[沈知远]说：“修好了。”[秦若溪]问：“当真？”",
            &["沈知远 说 direct: 修好了。", "秦若溪 问 direct: 当真？"],
        ),
    ]);
}

#[test]
fn indirect_speech_goes_to_the_end_of_its_sentence() {
    check(&[
        (
            "[沈知远]说，桥年底通车。",
            &["沈知远 说 indirect: 桥年底通车。"],
        ),
        (
            "[沈知远]指出，路要先修。",
            &["沈知远 指出 indirect: 路要先修。"],
        ),
        (
            "[沈知远]强调，安全第一，质量第一。",
            &["沈知远 强调 indirect: 安全第一，质量第一。"],
        ),
        (
            "[沈知远]同志指出,路要先修。",
            &["沈知远 指出 indirect: 路要先修。"],
        ),
        (
            "市委书记[沈知远]昨天在调研时指出，路要先修。",
            &["沈知远 指出 indirect: 路要先修。"],
        ),
        (
            "[沈知远]在参加“修好一条路，造福一方人”座谈会时指出，路要先修。",
            &["沈知远 指出 indirect: 路要先修。"],
        ),
        (
            "在谈到水位时，[沈知远]说，没有危险。",
            &["沈知远 说 indirect: 没有危险。"],
        ),
        (
            "据[沈知远]介绍，全线有九座桥。",
            &["沈知远 介绍 indirect: 全线有九座桥。"],
        ),
        (
            "据{青汀港务局}介绍，码头有四个泊位。",
            &["青汀港务局 介绍 indirect: 码头有四个泊位。"],
        ),
        (
            "对此，{市水务局}回应称，水位正常。",
            &["市水务局 回应称 indirect: 水位正常。"],
        ),
        (
            "市政府领导们表示，明年接着修。",
            &["市政府领导们 表示 indirect: 明年接着修。"],
        ),
        (
            "大家认为，报告写得实。",
            &["大家 认为 indirect: 报告写得实。"],
        ),
        (
            "大家在审议中表示，报告写得实。",
            &["大家 表示 indirect: 报告写得实。"],
        ),
        (
            "会议指出，汛期就要到了。",
            &["会议 指出 indirect: 汛期就要到了。"],
        ),
        (
            "会议还强调，值班不能断。",
            &["会议 强调 indirect: 值班不能断。"],
        ),
        (
            "文章认为，古桥应当原样保存。",
            &["文章 认为 indirect: 古桥应当原样保存。"],
        ),
        (
            "专家表示，石料要就地取材。",
            &["专家 表示 indirect: 石料要就地取材。"],
        ),
        (
            "有专家表示，石料要就地取材。",
            &["专家 表示 indirect: 石料要就地取材。"],
        ),
        (
            "{市水务局}新闻发言人在会上介绍，水位正常。",
            &["市水务局新闻发言人 介绍 indirect: 水位正常。"],
        ),
        (
            "{市水务局}5日称，水位正常。",
            &["市水务局 称 indirect: 水位正常。"],
        ),
        (
            "[安德罗]8日表示，愿意合作。",
            &["安德罗 表示 indirect: 愿意合作。"],
        ),
        (
            "《通知》要求，值班不能断。",
            &["《通知》 要求 indirect: 值班不能断。"],
        ),
        (
            "[沈知远]告诉记者，料都备齐了。",
            &["沈知远 告诉记者 indirect: 料都备齐了。"],
        ),
        (
            "[沈知远]认为要先修路再修桥。",
            &["沈知远 认为 indirect: 要先修路再修桥。"],
        ),
        (
            "[沈知远]强调要把路修好。",
            &["沈知远 强调 indirect: 要把路修好。"],
        ),
        (
            "[沈知远]说：桥年底通车。",
            &["沈知远 说 indirect: 桥年底通车。"],
        ),
        (
            "[沈知远]说，桥年底通车；[秦若溪]说，路也要修。",
            &[
                "沈知远 说 indirect: 桥年底通车；",
                "秦若溪 说 indirect: 路也要修。",
            ],
        ),
        (
            "[沈知远]说，“三桥”工程年底通车。",
            &["沈知远 说 indirect: “三桥”工程年底通车。"],
        ),
        (
            "[沈知远]、[秦若溪]认为，路要先修。",
            &["沈知远、秦若溪 认为 indirect: 路要先修。"],
        ),
        (
            "[沈知远]团队表示，样品已经送检。",
            &["沈知远团队 表示 indirect: 样品已经送检。"],
        ),
        (
            "[沈知远]和[秦若溪]表示，路要先修。",
            &["沈知远和秦若溪 表示 indirect: 路要先修。"],
        ),
        (
            "[沈知远]与[秦若溪]会谈时表示，路要先修。",
            &["沈知远 表示 indirect: 路要先修。"],
        ),
    ]);
}

#[test]
fn demands_go_on_with_what_was_said() {
    check(&[
        (
            "[沈知远]指出，路是命脉。要先修路。要再修桥。散会后下起了雨。",
            &["沈知远 指出 indirect: 路是命脉。要先修路。要再修桥。"],
        ),
        (
            "[沈知远]说，桥修好了。大家鼓起掌来。",
            &["沈知远 说 indirect: 桥修好了。"],
        ),
        (
            "[沈知远]指出，路是命脉。要求很高。要修桥，[秦若溪]说。",
            &["沈知远 指出 indirect: 路是命脉。要求很高。"],
        ),
        (
            "[沈知远]指出，路是命脉。\n要先修路。",
            &["沈知远 指出 indirect: 路是命脉。"],
        ),
    ]);
}

#[test]
fn a_pronoun_is_the_one_person_spoken_of() {
    check(&[
        (
            "[沈知远]走上桥头。他说：“桥修好了。”",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]走上桥头。他说，桥修好了。",
            &["沈知远 说 indirect: 桥修好了。"],
        ),
        (
            "[沈知远]走上桥头。天亮了。他又说，桥修好了。",
            &["沈知远 说 indirect: 桥修好了。"],
        ),
        (
            "[沈知远]走上桥头。\n他说：“桥修好了。”",
            &["沈知远 说 direct: 桥修好了。"],
        ),
        (
            "[沈知远]见到了[秦若溪]。她说：“桥修好了。”",
            &["- 说 direct: 桥修好了。"],
        ),
        ("[沈知远]见到了[秦若溪]。她说，桥修好了。", &[]),
        ("天亮了。他说：“桥修好了。”", &["- 说 direct: 桥修好了。"]),
        ("他说，桥修好了。", &[]),
        ("书上写着[沈知远]的名字。他说，桥修好了。", &[]),
        ("他们说，桥修好了。", &[]),
    ]);
}

#[test]
fn a_surname_with_a_title_is_the_one_of_that_name() {
    check(&[
        (
            "[沈知远]到场。\n沈教授说，桥能修。",
            &["沈知远 说 indirect: 桥能修。"],
        ),
        (
            "[沈知远]和[沈明]到场。\n沈教授说，桥能修。",
            &["沈教授 说 indirect: 桥能修。"],
        ),
        ("沈教授说，桥能修。", &["沈教授 说 indirect: 桥能修。"]),
    ]);
}

#[test]
fn a_label_before_a_paragraph_tells_who_speaks() {
    check(&[
        (
            "{临澜大学}教授 [沈知远]：我们量了三年，桥没有动。",
            &["沈知远 - direct: 我们量了三年，桥没有动。"],
        ),
        ("[沈知远]：“桥没有动。”", &["沈知远 - direct: 桥没有动。"]),
        ("[沈知远]：男，1970年3月生。", &[]),
        ("联系人：[沈知远]", &[]),
        ("[沈知远]：一等奖", &[]),
    ]);
}

#[test]
fn terms_titles_and_mottos_are_not_speech() {
    check(&[
        ("“十四五”时期，路网初步成形。", &[]),
        ("以“选人而非选项目”的方式资助科学家。", &[]),
        ("加快建设“五个中心”。", &[]),
        ("他获得“先进个人”称号。", &[]),
        ("展览以“铭记历史、开创未来”为主题。", &[]),
        ("墙上挂着“热烈欢迎！”的横幅。", &[]),
        ("“安全第一。”的标语挂在墙上。", &[]),
        ("《桥》和“路”是两部作品。", &[]),
        ("这就是“人心齐，泰山移”。", &[]),
        ("[沈知远]提出“三桥”构想。", &[]),
        ("[沈知远]介绍“一桥一路”工程。", &[]),
        ("[沈知远]被称为“桥王”。", &[]),
        ("“三桥”和“两路”的设计者[沈知远]到场。", &[]),
        ("所谓“快”，就是不停。", &[]),
        ("俗话说：“人心齐，泰山移。”", &[]),
    ]);
}

#[test]
fn words_that_end_like_a_verb_are_none() {
    check(&[
        ("对[沈知远]来说，修桥不难。", &[]),
        ("据说，桥有四百年了。", &[]),
        ("听说，桥要修了。", &[]),
        ("总的来说，水位正常。", &[]),
        ("也就是说，桥能修。", &[]),
        ("据悉，桥能修。", &[]),
        ("据介绍，桥能修。", &[]),
        ("[沈知远]写了一部小说，很长。", &[]),
        ("[沈知远]认真听取意见建议，与大家交流。", &[]),
        ("[沈知远]对大家的工作提出要求，随后离开。", &[]),
        (
            "[沈知远]的讲话为大家指明了方向，提出了更高要求，现在的关键是落实。",
            &[],
        ),
        ("这条街道，[沈知远]走了三十年。", &[]),
        ("[沈知远]对[秦若溪]的到来表示欢迎，随后开会。", &[]),
        ("[沈知远]在报道，船也到了。", &[]),
    ]);
}

#[test]
fn a_quotation_may_go_on_over_paragraphs() {
    check(&[
        (
            "[沈知远]说：“路要先修。\n“桥可以等。\n“就这么定。”\n散会了。",
            &["沈知远 说 direct: 路要先修。\n“桥可以等。\n“就这么定。"],
        ),
        (
            "[沈知远]说：“路要先修。\n散会了。",
            &["沈知远 说 direct: 路要先修。"],
        ),
        (
            "[沈知远]说：“路要先修。”\n“桥可以等。”[秦若溪]说。",
            &[
                "沈知远 说 direct: 路要先修。",
                "秦若溪 说 direct: 桥可以等。",
            ],
        ),
    ]);
}

#[test]
fn unbalanced_marks_do_no_harm() {
    check(&[
        (
            "路修好了。”[沈知远]说：“桥也好了。”",
            &["沈知远 说 direct: 桥也好了。"],
        ),
        (
            "[沈知远]说：”桥也好了。“",
            &["沈知远 说 indirect: ”桥也好了。"],
        ),
        ("“”[沈知远]说：“”", &[]),
        ("[沈知远]说：“", &[]),
        ("说：“桥修好了。”", &["- 说 direct: 桥修好了。"]),
        ("（[沈知远]说：桥修好了", &["沈知远 说 indirect: 桥修好了"]),
    ]);
}

/// The turns of a text whose paragraphs are `label：…`, each with the label for a speaker; what has none goes on.
fn turns(text: &str) -> Vec<String> {
    let mut segmented = segmented(paragraphs(text));
    let document = &mut segmented.document;
    let mut speaker: Option<Arc<str>> = None;
    let mut last = None;
    for sentence in &mut document.sentences {
        let words = sentence.span.of(&document.text);
        if last != Some(sentence.paragraph)
            && let Some((label, _)) = words.split_once(['：', ':'])
        {
            speaker = Some(label.into());
        }
        last = Some(sentence.paragraph);
        sentence.speaker.clone_from(&speaker);
        sentence.kind = SentenceKind::Speech;
    }
    let mut quotes = Vec::new();
    find(&segmented.document, &segmented.tokens, &[], &mut quotes);
    let text = &segmented.document.text;
    quotes.iter().map(|quote| row(quote, text)).collect()
}

#[test]
fn turns_are_quotations_of_their_label() {
    assert_eq!(
        turns("临澜日报记者：桥修好了吗？\n沈知远: 修好了。石头是新的。\n路也要修。"),
        [
            "临澜日报记者 - direct: 桥修好了吗？",
            "沈知远 - direct: 修好了。石头是新的。\n路也要修。",
        ]
    );
    assert_eq!(
        turns("问：桥呢？\n答：修好了。\n沈知远：好。\n沈知远：走。"),
        [
            "- 问 direct: 桥呢？",
            "- 答 direct: 修好了。",
            "沈知远 - direct: 好。",
            "沈知远 - direct: 走。",
        ]
    );
    assert_eq!(turns("沈知远："), Vec::<String>::new());
}

#[test]
fn headlines_and_bylines_are_not_read() {
    let (mut segmented, entities) = marked("[沈知远]说：“桥修好了。”");
    for kind in [
        SentenceKind::Title,
        SentenceKind::Heading,
        SentenceKind::Byline,
        SentenceKind::Boilerplate,
    ] {
        for sentence in &mut segmented.document.sentences {
            sentence.kind = kind;
        }
        let mut quotes = Vec::new();
        find(
            &segmented.document,
            &segmented.tokens,
            &entities,
            &mut quotes,
        );
        assert_eq!(quotes, []);
    }
}

proptest! {
    #[test]
    fn quotations_lie_in_the_text_in_order_on_any_text(text in prop_oneof![
        prose(),
        "[沈说：，“”‘’「」\"他们要市长表示的。；a\n（）《》]{0,80}",
        "\\PC{0,80}",
    ]) {
        let segmented = segmented(paragraphs(&text));
        let document = &segmented.document;
        let mut entities = Vec::new();
        for token in segmented.tokens.iter().step_by(3) {
            let mut entity = marked("[沈]").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entity.label = if entities.len() % 3 == 0 { Label::Organisation } else { Label::Person };
            entities.push(entity);
        }
        let mut quotes = Vec::new();
        find(document, &segmented.tokens, &entities, &mut quotes);
        for quote in &quotes {
            let text = quote.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), quote.span.char_len() as usize);
            prop_assert!(!text.is_empty() && text.trim() == text);
            let sentence = document.sentences[quote.sentence as usize].span;
            prop_assert!(sentence.byte_start <= quote.span.byte_start && quote.span.byte_start < sentence.byte_end);
        }
        prop_assert!(quotes.is_sorted_by_key(|quote| quote.span.byte_start));
    }
}
