//! Articles from outside: pages, notices, interviews, and all that must stay in one piece. Events and names are invented.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use std::fmt::Write as _;

use crate::record::{Body, Document, Fields, MediaType, Place, Record};
use crate::stage::decode::tests::check_laws;
use crate::stage::decode::{Articles, Decode, DecodeOptions};
use crate::stage::{Map, Output};

pub(super) fn documents_of(
    text: &str,
    media_type: MediaType,
    options: &DecodeOptions,
    fields: Fields,
) -> Vec<Document> {
    let record = Record {
        place: Place::new("page.txt", 0),
        media_type,
        body: Body::Bytes(text.as_bytes().to_vec()),
        charset: None,
        fields,
    };
    let mut out = Output::default();
    let decode = Decode::new(options).unwrap();
    decode.map(record, &mut decode.scratch(), &mut out);
    out.items
}

fn documents(text: &str) -> Vec<Document> {
    documents_of(
        text,
        MediaType::Plain,
        &DecodeOptions::default(),
        Fields::default(),
    )
}

/// A line for each paragraph: its kind, who speaks, its first characters.
pub(super) fn shown(documents: &[Document]) -> String {
    let mut shown = String::new();
    for document in documents {
        let title = document.title.as_deref().unwrap_or("no title");
        write!(shown, "# {title}").unwrap();
        if let Some(day) = document.published {
            write!(shown, " | {day}").unwrap();
        }
        if let Some(meta) = &document.meta {
            write!(shown, " | {meta}").unwrap();
        }
        shown.push('\n');
        let mut last = None;
        for sentence in &document.sentences {
            if last.replace(sentence.paragraph) == Some(sentence.paragraph) {
                continue;
            }
            let speaker = sentence
                .speaker
                .as_deref()
                .map_or(String::new(), |name| format!(" [{name}]"));
            let text: String = sentence.span.of(&document.text).chars().take(12).collect();
            writeln!(shown, "{}{speaker}: {text}", sentence.kind.name()).unwrap();
        }
    }
    shown
}

#[track_caller]
pub(super) fn check(text: &str, expected: &Expect) {
    let found = documents(text);
    let whole: String = found
        .iter()
        .map(|document| document.text.as_str())
        .collect();
    assert_eq!(whole, text, "no character is lost");
    for document in &found {
        check_laws(document, text.as_bytes());
    }
    expected.assert_eq(&shown(&found));
}

#[track_caller]
fn stays_whole(text: &str) {
    assert_eq!(documents(text).len(), 1, "{text}");
}

const PAGE: &str = "\
临澜日报 2024年3月12日 星期二 第01版

青汀港新码头昨日开港
年吞吐量八十五万标准箱

本报讯（记者 沈知远 秦若溪）历时两年的青汀港新码头昨日正式开港，第一艘货轮缓缓靠岸。
码头岸线长一千二百米，有四个泊位，可以停靠五万吨级的货船。

昨天，第一艘货轮停靠青汀港新码头。 方见山 摄

落霞桥修缮先问石匠

本报云岬3月11日电（记者 方见山）修了四百多年的落霞桥又要修了，云岬县请来七位老石匠。
石匠说，桥上的每一块石头都有编号，哪一块能换，他们心里最清楚。（下转02版）

渔民拾得漂流瓶

本报讯 鹿回头湾的渔民廖阿海在礁石间拾到一只玻璃瓶，瓶里的信是四年前写的。
责任编辑：顾明棠
";

#[test]
fn a_page_of_a_newspaper_becomes_its_articles() {
    check(
        PAGE,
        &expect![[r#"
            # 青汀港新码头昨日开港 年吞吐量八十五万标准箱 | 2024-03-12 | {"byline":"沈知远、秦若溪","dateline":"本报讯"}
            boilerplate: 临澜日报 2024年3月
            title: 青汀港新码头昨日开港
            title: 年吞吐量八十五万标准箱
            body: 本报讯（记者 沈知远 秦
            body: 码头岸线长一千二百米，有
            caption: 昨天，第一艘货轮停靠青汀
            # 落霞桥修缮先问石匠 | 2024-03-12 | {"byline":"方见山","dateline":"本报云岬3月11日电"}
            title: 落霞桥修缮先问石匠
            body: 本报云岬3月11日电（记
            body: 石匠说，桥上的每一块石头
            # 渔民拾得漂流瓶 | 2024-03-12 | {"dateline":"本报讯"}
            title: 渔民拾得漂流瓶
            body: 本报讯 鹿回头湾的渔民廖
            boilerplate: 责任编辑：顾明棠
        "#]],
    );
}

#[test]
fn each_article_leads_back_to_the_record_and_tells_where_it_was_cut() {
    let found = documents(PAGE);
    let mut ids: Vec<_> = found.iter().map(|document| document.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), found.len());
    for (number, document) in (0..).zip(&found) {
        assert_eq!(document.article, number);
        let source = document.source_extent();
        assert_eq!(
            PAGE.get(source.start.get()..source.end.get()),
            Some(document.text.as_str())
        );
        let cuts: Vec<_> = document
            .edits
            .iter()
            .filter(|edit| edit.rule.name() == "split")
            .collect();
        assert_eq!(cuts.len(), usize::from(number > 0));
        for cut in cuts {
            assert_eq!(
                (cut.rule.stage(), cut.before(), cut.after()),
                ("article", "", "")
            );
            assert_eq!((cut.char_start.get(), cut.byte_start), (0, source.start));
            assert!(cut.confidence > 0.5 && cut.confidence < 1.0);
        }
    }
}

#[test]
fn a_broken_page_comes_back_when_the_edits_of_its_articles_are_undone() {
    let page = include_str!("../../../../samples/newspaper/临澜日报-0312-二版.txt");
    let found = documents(page);
    assert_eq!(found.len(), 2);
    let mut whole = String::new();
    let mut breaks = 0;
    for document in &found {
        check_laws(document, page.as_bytes());
        let mut text: Vec<char> = document.text.chars().collect();
        for edit in document.edits.iter().rev() {
            let at = edit.char_start.get();
            text.splice(at..at + edit.after().chars().count(), edit.before().chars());
        }
        whole.extend(text);
        breaks += document.quality.repaired_breaks;
    }
    assert_eq!(whole, page);
    assert!(breaks > 15, "{breaks}");
}

#[test]
fn headlines_behind_their_article_find_it_by_their_words() {
    check(
        "\
老石匠重修落霞桥
七位匠人各有绝活

本报讯 青汀港新码头昨日开港，第一艘货轮缓缓靠岸，载着茶叶和陶器。
码头岸线长一千二百米，有四个泊位，可以停靠五万吨级的货船。

本报讯 修了四百多年的落霞桥又要重修了，县里请来七位老石匠，匠人们各有绝活。
石匠说，桥上的每一块石头都有编号。

第一艘货轮靠岸
青汀港新码头昨日开港
",
        &expect![[r#"
            # 第一艘货轮靠岸 青汀港新码头昨日开港 | {"dateline":"本报讯"}
            heading: 老石匠重修落霞桥
            heading: 七位匠人各有绝活
            body: 本报讯 青汀港新码头昨日
            body: 码头岸线长一千二百米，有
            # 老石匠重修落霞桥 七位匠人各有绝活 | {"dateline":"本报讯"}
            body: 本报讯 修了四百多年的落
            body: 石匠说，桥上的每一块石头
            heading: 第一艘货轮靠岸
            heading: 青汀港新码头昨日开港
        "#]],
    );
}

#[test]
fn a_page_that_was_jumped_to_begins_another_article() {
    check(
        "\
渡轮年底停航

澜江上最后一班渡轮将在年底停航，船长任水生说，他会想念江上的雾。（下转02版）

图书馆延长开放
晚上九点以前都能借书

从下个月起，镇里的图书馆延长开放时间，市民晚上也能来看书。
",
        &expect![[r"
            # 渡轮年底停航
            title: 渡轮年底停航
            body: 澜江上最后一班渡轮将在年
            # 图书馆延长开放 晚上九点以前都能借书
            title: 图书馆延长开放
            title: 晚上九点以前都能借书
            body: 从下个月起，镇里的图书馆
        "]],
    );
}

#[test]
fn two_notices_in_a_file_are_two_documents() {
    check(
        "\
关于夏季防汛工作的通知

临政办发〔2024〕17号

各区县人民政府，市政府各部门：

为做好防汛工作，现将有关事项通知如下：

一、明确责任。各单位应当将责任人名单报送市防汛办公室。

二、备足物资。储备沙袋不少于二万只。

临澜市人民政府办公室
2024年5月8日

关于秋季植树活动的通知

临政办发〔2024〕31号

各区县人民政府：

为绿化河岸，决定在秋季开展植树活动，请各区县报送计划。

临澜市人民政府办公室
2024年8月20日
",
        &expect![[r#"
            # 关于夏季防汛工作的通知 | 2024-05-08 | {"issuer":"临澜市人民政府办公室","number":"临政办发〔2024〕17号","addressee":"各区县人民政府，市政府各部门"}
            title: 关于夏季防汛工作的通知
            heading: 临政办发〔2024〕17
            body: 各区县人民政府，市政府各
            body: 为做好防汛工作，现将有关
            body: 一、明确责任。
            body: 二、备足物资。
            byline: 临澜市人民政府办公室
            byline: 2024年5月8日
            # 关于秋季植树活动的通知 | 2024-08-20 | {"issuer":"临澜市人民政府办公室","number":"临政办发〔2024〕31号","addressee":"各区县人民政府"}
            title: 关于秋季植树活动的通知
            heading: 临政办发〔2024〕31
            body: 各区县人民政府：
            body: 为绿化河岸，决定在秋季开
            byline: 临澜市人民政府办公室
            byline: 2024年8月20日
        "#]],
    );
    check(
        "\
学习防汛会议精神

（送审稿）

根据安排，现传达沈知远同志在防汛会议上的要求。要把河道看好。

学习植树会议精神

（送审稿）

根据安排，现传达秦若溪同志在植树会议上的要求。要把树苗种好。
",
        &expect![[r"
            # 学习防汛会议精神
            title: 学习防汛会议精神
            heading: （送审稿）
            body: 根据安排，现传达沈知远同
            # 学习植树会议精神
            title: 学习植树会议精神
            heading: （送审稿）
            body: 根据安排，现传达秦若溪同
        "]],
    );
}

#[test]
fn a_transcript_behind_a_report_is_an_article_of_its_own() {
    check(
        "\
市里介绍渡轮停航安排

本报讯 市交通局昨天介绍了渡轮停航的安排，局长沈知远回答了提问。
他说，新桥通车以后，渡轮的使命就完成了。

发布会实录（节选）

渡轮停航之后江上还有船吗

临澜日报记者：江上以后还有船吗？

沈知远：有，观光船明年开始试航。

新桥收费吗

青汀晚报记者：新桥收费吗？

沈知远：不收。
",
        &expect![[r#"
            # 市里介绍渡轮停航安排 | {"dateline":"本报讯"}
            title: 市里介绍渡轮停航安排
            body: 本报讯 市交通局昨天介绍
            body: 他说，新桥通车以后，渡轮
            # 发布会实录（节选） 渡轮停航之后江上还有船吗
            title: 发布会实录（节选）
            title: 渡轮停航之后江上还有船吗
            speech [临澜日报记者]: 临澜日报记者：江上以后还
            speech [沈知远]: 沈知远：有，观光船明年开
            heading: 新桥收费吗
            speech [青汀晚报记者]: 青汀晚报记者：新桥收费吗
            speech [沈知远]: 沈知远：不收。
        "#]],
    );
}

#[test]
fn texts_that_only_look_like_pages_stay_whole() {
    for text in [
        // Signed columns of one book, without a dateline anywhere.
        "河边的老图书馆\n\n图书馆建在河边，三层楼，红砖墙。\n\n山上的小树林\n\n树林在山上，林子里有鸟，有松鼠。\n",
        // A report that says who told it.
        "大桥通车\n\n本报讯 大桥昨天通车，记者从镇里了解到，车流平稳。\n\n车流平稳\n\n本报记者在桥上看到，车一辆接一辆。\n",
        // An annex.
        "关于植树的通知\n\n各村：\n\n请按附件报送计划，不得迟于月底。\n\n林河镇\n2024年3月1日\n\n附件\n\n植树计划表\n\n请填写棵数和地点，一式两份。\n",
        // A summary before the report.
        "大桥通车\n\n历时三年，大桥昨天通车。\n\n本报讯 大桥昨天通车，第一辆车是校车。\n",
        // A paper in a story, and a word about it.
        "渡口\n\n老任打开报纸，看见了桥。桥在纸上。\n\n报上说：\n\n本报讯 落霞桥昨天通车。\n\n本报讯三个字他看了很久，没有说话。\n",
        "一\n二\n三\n",
        "短",
    ] {
        stays_whole(text);
    }
}

#[test]
fn a_pipeline_can_keep_a_page_in_one_piece() {
    let options = DecodeOptions {
        articles: Articles::Off,
        ..DecodeOptions::default()
    };
    let found = documents_of(PAGE, MediaType::Plain, &options, Fields::default());
    assert_eq!(found.len(), 1);
    let markdown = documents_of(
        PAGE,
        MediaType::Markdown,
        &DecodeOptions::default(),
        Fields::default(),
    );
    assert_eq!(markdown.len(), 1);
}

#[test]
fn what_a_record_says_of_itself_comes_first() {
    let fields = || Fields {
        title: Some("头版".into()),
        published: "2024-03-12".parse().ok(),
        meta: Some(r#"{"byline":"编辑部","page":1.0}"#.into()),
        ..Fields::default()
    };
    let one = documents_of(
        "大桥通车\n\n本报讯（记者 方明）大桥昨天通车了。\n",
        MediaType::Plain,
        &DecodeOptions::default(),
        fields(),
    );
    assert_eq!(one[0].title.as_deref(), Some("头版"));
    assert_eq!(
        one[0].meta.as_deref(),
        Some(r#"{"byline":"编辑部","page":1.0,"dateline":"本报讯"}"#)
    );
    let several = documents_of(PAGE, MediaType::Plain, &DecodeOptions::default(), fields());
    let titles: Vec<_> = several
        .iter()
        .map(|document| document.title.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(
        titles,
        [
            "青汀港新码头昨日开港 年吞吐量八十五万标准箱",
            "落霞桥修缮先问石匠",
            "渔民拾得漂流瓶"
        ]
    );
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[河水大桥昨天通车了，孩子们笑个不停]{1,30}。?",
        Just("本报讯 大桥昨天通车了，车上坐着孩子。".to_owned()),
        Just("本报记者 沈知远".to_owned()),
        Just("（送审稿）".to_owned()),
        Just("临政办发〔2024〕17号".to_owned()),
        Just("2024年5月8日".to_owned()),
        Just("各区县人民政府：".to_owned()),
        Just("记者：桥呢？".to_owned()),
        Just("沈知远：通车了。（下转02版）".to_owned()),
        Just("\u{3000}\u{3000}一、河水".to_owned()),
        Just("责任编辑：方明".to_owned()),
        Just("孩子们在桥上。 方明 摄".to_owned()),
        Just(String::new()),
        Just(" \r".to_owned()),
    ]
}

proptest! {
    #[test]
    fn articles_cover_the_text_and_lead_back(lines in proptest::collection::vec(line(), 1..60)) {
        let text = lines.join("\n");
        let options = DecodeOptions { repair: crate::stage::decode::Repair::Off, ..DecodeOptions::default() };
        let found = documents_of(&text, MediaType::Plain, &options, Fields::default());
        let whole: String = found.iter().map(|document| document.text.as_str()).collect();
        prop_assert!(found.is_empty() || whole == text);
        for (number, document) in (0..).zip(&found) {
            prop_assert_eq!(document.article, number);
            prop_assert!(!document.text.trim().is_empty());
            check_laws(document, text.as_bytes());
        }
    }
}
