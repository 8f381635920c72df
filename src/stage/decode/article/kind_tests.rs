//! What paragraphs are for, and who speaks, on invented texts of each kind.

use expect_test::expect;

use super::tests::{check, documents_of, shown};
use crate::record::{Fields, MediaType};
use crate::stage::decode::DecodeOptions;

#[test]
fn an_interview_has_speakers_and_headings() {
    check(
        "\
摆渡三十年

作者：方见山

澜江上最后一班渡轮将在年底停航。本刊记者见到了船长任水生。

临澜日报记者：您还记得第一次开船的那一天吗？

任水生：记得，那天下着小雨。师傅把舵交给我，自己去舱里泡茶。

我手心全是汗，船走得像蛇一样。

没有桥的时候

记者：您怎么看新修的大桥？

任水生（笑）：好啊。桥不怕雾。

任水生说完，走到船头去了。

（完）
",
        &expect![[r#"
            # 摆渡三十年 | {"byline":"方见山"}
            title: 摆渡三十年
            byline: 作者：方见山
            body: 澜江上最后一班渡轮将在年
            speech [临澜日报记者]: 临澜日报记者：您还记得第
            speech [任水生]: 任水生：记得，那天下着小
            speech [任水生]: 我手心全是汗，船走得像蛇
            heading: 没有桥的时候
            speech [记者]: 记者：您怎么看新修的大桥
            speech [任水生]: 任水生（笑）：好啊。
            body: 任水生说完，走到船头去了
            body: （完）
        "#]],
    );
    check(
        "常见问题\n\n问：几点开门？\n答：早上八点开门。\n\n问：要收钱吗？\n答：不要钱，人人都能进来看书。\n",
        &expect![[r"
            # 常见问题
            title: 常见问题
            speech [问]: 问：几点开门？
            speech [答]: 答：早上八点开门。
            speech [问]: 问：要收钱吗？
            speech [答]: 答：不要钱，人人都能进来
        "]],
    );
}

#[test]
fn an_essay_with_its_title_twice_stays_one_text() {
    check(
        "\
修好一座桥的人们

修好一座桥的人们

沈知远

桥是河上的路，修桥的人是路上的灯。每一座桥都有自己的故事。

石头要先问过石匠

石匠敲一敲石头，听一听声音，就知道哪一块能换，哪一块要留下来。

河水要先问过船夫

船夫说，水急的地方不能下桩，水缓的地方才好下桩，这些事书上没有写。
",
        &expect![[r#"
            # 修好一座桥的人们 | {"byline":"沈知远"}
            title: 修好一座桥的人们
            title: 修好一座桥的人们
            byline: 沈知远
            body: 桥是河上的路，修桥的人是
            heading: 石头要先问过石匠
            body: 石匠敲一敲石头，听一听声
            heading: 河水要先问过船夫
            body: 船夫说，水急的地方不能下
        "#]],
    );
}

#[test]
fn boilerplate_and_captions_of_the_web_are_told_in_both_scripts() {
    check(
        "\
霞汀灣夜市重開
2024-08-17 19:30　來源：霞汀灣時報
記者 葉聞笛 報導
停業三年的霞汀灣夜市，十七日晚間重新開張，入口處排起了長龍。
夜市入口人潮湧動。霞汀灣區宣傳部供圖
一是攤位多了。這次重開共有一百六十八個攤位，四成是老攤主。
老攤主說，鐵板還是原來那塊，洗了三天才洗乾淨。
相關鏈接：
夜市三年前停業
分享讓更多人看到
- 評論
- 關注
",
        &expect![[r#"
            # 霞汀灣夜市重開 | 2024-08-17 | {"byline":"葉聞笛"}
            title: 霞汀灣夜市重開
            byline: 2024-08-17 1
            byline: 記者 葉聞笛 報導
            body: 停業三年的霞汀灣夜市，十
            caption: 夜市入口人潮湧動。
            list: 一是攤位多了。
            body: 老攤主說，鐵板還是原來那
            boilerplate: 相關鏈接：
            boilerplate: 夜市三年前停業
            boilerplate: 分享讓更多人看到
            boilerplate: - 評論
            boilerplate: - 關注
        "#]],
    );
}

#[test]
fn laws_and_reports_have_headings_and_lists() {
    check(
        "\
林河镇河道管理办法

（2023年4月1日林河镇人民代表大会通过）

第一章　总则

第一条　为了保护河道，制定本办法。

第二条　下列行为应当禁止：

（一）向河道倾倒垃圾；

（二）在河道内种植树木。

第二章　附则

第三条　本办法自公布之日起施行。
",
        &expect![[r"
            # 林河镇河道管理办法
            title: 林河镇河道管理办法
            body: （2023年4月1日林河
            heading: 第一章　总则
            body: 第一条　为了保护河道，制
            body: 第二条　下列行为应当禁止
            list: （一）向河道倾倒垃圾；
            list: （二）在河道内种植树木。
            heading: 第二章　附则
            body: 第三条　本办法自公布之日
        "]],
    );
    check(
        "\
2024年工作报告

各位代表：

现在，我代表镇政府报告工作，请予审议。

一、过去一年的工作

过去一年，全镇修好了三座桥，种下了两万棵树，图书馆也重新开放了。

（一）修桥

三座桥都按时修好，其中落霞桥是四百年前造的，修起来最难。

二、今年的任务

1. 修好码头的路，让货车在采茶季节不再堵车。

2. 种好河岸的树，让孩子们夏天有地方乘凉。
",
        &expect![[r"
            # 2024年工作报告
            title: 2024年工作报告
            body: 各位代表：
            body: 现在，我代表镇政府报告工
            heading: 一、过去一年的工作
            body: 过去一年，全镇修好了三座
            heading: （一）修桥
            body: 三座桥都按时修好，其中落
            heading: 二、今年的任务
            list: 1. 修好码头的路，让货
            list: 2. 种好河岸的树，让孩
        "]],
    );
}

#[test]
fn a_chapter_and_a_poem_stay_what_they_are() {
    check(
        "\
第十二章　夜渡

船到江心，雾忽然大了。老任把舵一转，低声说：“坐稳。”

“怎么了？”她问。

“没什么。”老任说，“有一张旧报纸漂过去了，上面写着：本报讯 渡轮停航。”

雾里传来一声汽笛。
",
        &expect![[r"
            # 第十二章　夜渡
            title: 第十二章　夜渡
            body: 船到江心，雾忽然大了。
            body: “怎么了？”她问。
            body: “没什么。”老任说，“有
            body: 雾里传来一声汽笛。
        "]],
    );
    check(
        "夜渡\n\n雾从江上来\n灯在雾里开\n船夫不说话\n只把桨声抬\n",
        &expect![[r"
            # 夜渡
            title: 夜渡
            body: 雾从江上来
            body: 灯在雾里开
            body: 船夫不说话
            body: 只把桨声抬
        "]],
    );
}

#[test]
fn pages_of_the_web_have_kinds_beside_their_tags() {
    let page = "<html><head><title>大桥通车</title></head><body><article><h1>大桥通车</h1><p>记者 沈知远 报道</p><p>大桥昨天通车，第一辆车是校车，车上坐着三十个孩子。</p>\
                <p>图为大桥。</p><p>桥上的风很大，孩子们把手伸出窗外，笑个不停。</p><ul><li>分享到</li></ul><p>责任编辑：方明</p></article></body></html>";
    let found = documents_of(
        page,
        MediaType::Html,
        &DecodeOptions::default(),
        Fields::default(),
    );
    expect![[r#"
        # 大桥通车 | {"byline":"沈知远"}
        title: 大桥通车
        byline: 记者 沈知远 报道
        body: 大桥昨天通车，第一辆车是
        caption: 图为大桥。
        body: 桥上的风很大，孩子们把手
    "#]]
    .assert_eq(&shown(&found));
}
