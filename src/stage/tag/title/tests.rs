//! Sentences with the titles of their persons, in both scripts.

use proptest::prelude::*;

use super::find;
use super::fixture::{marked, paragraphs, traditional};
use crate::record::{Entity, Label};
use crate::stage::segment::fixture::{prose, segmented};

/// The persons of a text with their titles, `name: title, title`, in order; those without stand alone.
fn titles(text: &str) -> Vec<String> {
    let (segmented, mut entities) = marked(text);
    let document = &segmented.document;
    find(document, &segmented.tokens, &mut entities);
    let persons = entities.iter().filter(|one| one.label == Label::Person);
    let row = |one: &Entity| {
        let name = one.span.of(&document.text);
        match one.titles.as_slice() {
            [] => name.to_owned(),
            titles => format!("{name}: {}", titles.join(", ")),
        }
    };
    for title in entities.iter().filter(|one| one.label == Label::Title) {
        let text = title.span.of(&document.text);
        let known = |one: &Entity| one.titles.iter().any(|title| title == text);
        assert!(entities.iter().any(known), "{text} is nobody's");
    }
    persons.map(row).collect()
}

/// What differs from the expected persons, in either script.
fn differs(text: &str, expected: &[&str]) -> Vec<String> {
    let other = traditional(text);
    let expected: Vec<String> = expected.iter().map(|row| plain(row)).collect();
    let mut wrong = Vec::new();
    for text in [text, &other] {
        let found: Vec<String> = titles(text).iter().map(|row| plain(row)).collect();
        if found != expected {
            wrong.push(format!(
                "{text}\n  found {found:?}\n  expected {expected:?}"
            ));
        }
    }
    wrong
}

#[track_caller]
fn check<'t>(cases: impl IntoIterator<Item = (&'t str, &'t str)>) {
    let wrong: Vec<String> = cases
        .into_iter()
        .flat_map(|(text, expected)| differs(text, &expected.split('|').collect::<Vec<_>>()))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// In simplified characters, whatever the script.
fn plain(row: &str) -> String {
    row.chars().map(crate::text::simplify).collect()
}

#[test]
fn titles_stand_before_a_name() {
    check([
        ("市委书记[沈知远]昨天到<青汀港>调研。", "沈知远: 市委书记"),
        ("<临澜市>委书记[沈知远]主持会议。", "沈知远: 临澜市委书记"),
        (
            "<临澜>市委副书记、市长[沈知远]出席。",
            "沈知远: 临澜市委副书记, 市长",
        ),
        ("市委常委、副市长[秦若溪]到会。", "秦若溪: 市委常委, 副市长"),
        (
            "{省政府新闻办}副主任、新闻发言人[方明]主持发布会。",
            "方明: 省政府新闻办副主任, 新闻发言人",
        ),
        (
            "中共<沅浦区>委书记[顾明棠]表示，路要修。",
            "顾明棠: 中共沅浦区委书记",
        ),
        (
            "市人大常委会主任[韩伯庸]出席会议。",
            "韩伯庸: 市人大常委会主任",
        ),
        (
            "市政府副秘书长、市发改委主任[方见山]回答提问。",
            "方见山: 市政府副秘书长, 市发改委主任",
        ),
        ("{临澜大学}校长[秦若溪]致辞。", "秦若溪: 临澜大学校长"),
        (
            "{临澜大学}经济学院教授、博士生导师[秦若溪]认为路要修。",
            "秦若溪: 临澜大学经济学院教授, 博士生导师",
        ),
        (
            "{青汀港务局}局长[沈知远]在开港仪式上讲话。",
            "沈知远: 青汀港务局局长",
        ),
        (
            "会议由{市水务局}党组书记、局长[廖海生]主持。",
            "廖海生: 市水务局党组书记, 局长",
        ),
        (
            "<白鹭洲共和国>总统[安德罗]抵达。",
            "安德罗: 白鹭洲共和国总统",
        ),
        ("前总理[安德罗]出席葬礼。", "安德罗: 前总理"),
        ("原副省长[廖海生]接受审查。", "廖海生: 原副省长"),
        ("记者[顾明棠]从会上获悉，桥修好了。", "顾明棠: 记者"),
        ("{临澜日报}记者[顾明棠]报道。", "顾明棠: 临澜日报记者"),
        ("中国科学院院士[方见山]作报告。", "方见山: 中国科学院院士"),
        ("全国人大代表[宋小满]建议修路。", "宋小满: 全国人大代表"),
        ("十四届省政协委员[宋小满]发言。", "宋小满: 十四届省政协委员"),
        ("船长[任水生]站在船头。", "任水生: 船长"),
        ("项目经理[陆怀舟]说，工程过半。", "陆怀舟: 项目经理"),
        ("市领导[陆怀舟]出席。", "陆怀舟: 市领导"),
        (
            "{望澜科技}董事长兼总经理[陆怀舟]到场。",
            "陆怀舟: 望澜科技董事长, 总经理",
        ),
        ("常务副市长 [陆怀舟]到场。", "陆怀舟: 常务副市长"),
        ("代市长[陆怀舟]作报告。", "陆怀舟: 代市长"),
    ]);
}

#[test]
fn titles_stand_behind_a_name() {
    check([
        ("[沈知远]书记走进车间。", "沈知远: 书记"),
        ("[秦若溪]教授认为桥能修。", "秦若溪: 教授"),
        ("[廖海生]副主任介绍了情况。", "廖海生: 副主任"),
        ("[安德罗]总统对此表示欢迎。", "安德罗: 总统"),
        ("[方见山]院士走上讲台。", "方见山: 院士"),
        (
            "[沈知远]（{望澜科技}总经理）：我们准备好了。",
            "沈知远: 望澜科技总经理",
        ),
        (
            "[沈知远]（女，{临澜大学}教授）到会。",
            "沈知远: 临澜大学教授",
        ),
        ("[沈知远]（现任市长）到会。", "沈知远: 市长"),
        (
            "[秦若溪]，{临澜大学}教授，长期研究桥梁。",
            "秦若溪: 临澜大学教授",
        ),
        (
            "[秦若溪]，{临澜大学}教授、博士生导师。",
            "秦若溪: 临澜大学教授, 博士生导师",
        ),
        (
            "[韩伯庸]，时任{县交通局}局长，今年退休。",
            "韩伯庸: 县交通局局长",
        ),
        (
            "市长[沈知远]，{市发改委}主任[方明]出席。",
            "沈知远: 市长|方明: 市发改委主任",
        ),
    ]);
}

#[test]
fn a_list_shares_what_several_can_be() {
    let mut wrong = Vec::new();
    for (text, names, title) in [
        (
            "市人大常委会副主任[沈知远]、[秦若溪]、[方明]、[韩伯庸]分别参加审议。",
            &["沈知远", "秦若溪", "方明", "韩伯庸"][..],
            "市人大常委会副主任",
        ),
        (
            "副县长[沈知远]和[秦若溪]到场。",
            &["沈知远", "秦若溪"],
            "副县长",
        ),
        (
            "市领导[沈知远]、[秦若溪]出席。",
            &["沈知远", "秦若溪"],
            "市领导",
        ),
        (
            "教授[沈知远]（女）、[秦若溪]参加答辩。",
            &["沈知远", "秦若溪"],
            "教授",
        ),
        (
            "本报记者 [沈知远] [秦若溪]",
            &["沈知远", "秦若溪"],
            "本报记者",
        ),
        (
            "在专题会议上，[沈知远]、[秦若溪]、[方明]3位委员发言。",
            &["沈知远", "秦若溪", "方明"],
            "委员",
        ),
        (
            "[沈知远]、[秦若溪]等委员发言。",
            &["沈知远", "秦若溪"],
            "委员",
        ),
        (
            "[沈知远]、[秦若溪]等市领导参加。",
            &["沈知远", "秦若溪"],
            "市领导",
        ),
        (
            "[沈知远]、[秦若溪]两位教授到场。",
            &["沈知远", "秦若溪"],
            "教授",
        ),
        (
            "[沈知远]、[秦若溪]等中国工程院院士到场。",
            &["沈知远", "秦若溪"],
            "中国工程院院士",
        ),
        (
            "[沈知远][秦若溪]等市领导分别参加",
            &["沈知远", "秦若溪"],
            "市领导",
        ),
    ] {
        let rows: Vec<String> = names
            .iter()
            .map(|name| format!("{name}: {title}"))
            .collect();
        wrong.extend(differs(
            text,
            &rows.iter().map(String::as_str).collect::<Vec<_>>(),
        ));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn in_a_list_everyone_has_an_office_of_their_own() {
    check([
        (
            "市委常委、副市长[沈知远]，市政府副秘书长、市发改委主任[秦若溪]出席。",
            "沈知远: 市委常委, 副市长|秦若溪: 市政府副秘书长, 市发改委主任",
        ),
        (
            "市委书记[沈知远]、市长[秦若溪]出席。",
            "沈知远: 市委书记|秦若溪: 市长",
        ),
        (
            "市委书记[沈知远]、[秦若溪]出席。",
            "沈知远: 市委书记|秦若溪",
        ),
        ("市长[沈知远]和[秦若溪]握手。", "沈知远: 市长|秦若溪"),
        ("市长[沈知远]说，[秦若溪]来了。", "沈知远: 市长|秦若溪"),
        (
            "副市长[沈知远]在<临澜>会见[秦若溪]。",
            "沈知远: 副市长|秦若溪",
        ),
        (
            "市长[沈知远]，副市长[秦若溪]、[方明]等市领导参加。",
            "沈知远: 市长|秦若溪: 副市长, 市领导|方明: 副市长, 市领导",
        ),
        ("[沈知远]会见[秦若溪]教授。", "沈知远|秦若溪: 教授"),
    ]);
}

#[test]
fn what_is_no_office_is_no_title() {
    let mut wrong = Vec::new();
    for text in [
        "[沈知远]同志深入<小湾村>调研。",
        "[沈知远]先生到场。",
        "渔民[廖阿海]拾到一只瓶子。",
        "[沈知远]代表村民发言。",
        "[沈知远]领导大家修桥。",
        "[沈知远]主持会议。",
        "[沈知远]指挥抢险。",
        "[沈知远]委员会成立了。",
        "会上，[沈知远]介绍了情况。",
        "[沈知远]部长级的待遇没有了。",
        "以[沈知远]为首的工匠来了。",
        "[沈知远]的老师走了。",
        "老师说，[沈知远]没有来。",
        "[沈知远]等人走进村委会。",
        "[沈知远]、[秦若溪]等专家组成员到场。",
        "[沈知远]（左二）走访企业。",
        "[沈知远]，男，1970年3月生。",
        "作者 [沈知远]",
    ] {
        let names: Vec<String> = titles(text);
        if names.iter().any(|name| name.contains(':')) {
            wrong.push(format!("{text}: {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_happens_is_no_part_of_a_title() {
    check([
        ("在<临澜>会见<白鹭洲>总理[安德罗]。", "安德罗: 白鹭洲总理"),
        ("以视频方式会见<白鹭洲>议长[安德罗]。", "安德罗: 白鹭洲议长"),
        ("昨天下午市长[沈知远]到场。", "沈知远: 市长"),
        ("同副市长[沈知远]座谈。", "沈知远: 副市长"),
        (
            "据县文物保护所所长[方见山]介绍，桥很老。",
            "方见山: 县文物保护所所长",
        ),
        ("任命副局长[方见山]为局长。", "方见山: 副局长"),
        ("来自{临澜大学}的教授[方见山]说好。", "方见山: 教授"),
    ]);
}

#[test]
fn an_organisation_in_a_title_keeps_its_row() {
    let (segmented, mut entities) = marked("{市水务局}局长[廖海生]到场。");
    find(&segmented.document, &segmented.tokens, &mut entities);
    let span = |label| entities.iter().find(|one| one.label == label).unwrap().span;
    let (title, body) = (span(Label::Title), span(Label::Organisation));
    assert!(title.byte_start <= body.byte_start && body.byte_end <= title.byte_end);
}

proptest! {
    #[test]
    fn titles_lie_in_their_sentence_on_any_text(text in prop_oneof![
        prose(),
        "[\\[\\]沈市长书记副、，兼（）等位三 a\n。]{0,60}",
        "\\PC{0,80}",
    ]) {
        let names: String = text.chars().filter(|char| !"[]{}<>".contains(*char)).collect();
        let segmented = segmented(paragraphs(&names));
        let document = &segmented.document;
        let mut entities = Vec::new();
        for token in segmented.tokens.iter().step_by(3) {
            let mut entity = marked("[沈]").1.remove(0);
            (entity.span, entity.sentence) = (token.span, token.sentence);
            entities.push(entity);
        }
        find(document, &segmented.tokens, &mut entities);
        for one in &entities {
            let sentence = document.sentences[one.sentence as usize].span;
            prop_assert!(sentence.byte_start <= one.span.byte_start && one.span.byte_end <= sentence.byte_end);
            let text = one.span.of(&document.text);
            prop_assert_eq!(text.chars().count(), one.span.char_len() as usize);
        }
    }
}
