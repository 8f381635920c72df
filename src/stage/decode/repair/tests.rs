//! The step from outside.

use super::apply::{Cut, Repaired};
use super::{Scratch, repair as repair_with};

fn repair(text: &str) -> Option<Repaired> {
    repair_with(text, &mut Scratch::default())
}

fn cuts(text: &str) -> Vec<Cut> {
    let mut scratch = Scratch::default();
    let repaired = repair_with(text, &mut scratch);
    repaired.map_or(Vec::new(), |_| scratch.cuts().to_vec())
}

fn check(text: &str, expected: &str) {
    let repaired = repair(text);
    assert_eq!(
        repaired.as_ref().map_or(text, |repaired| &repaired.text),
        expected
    );
}

fn breaks(text: &str) -> usize {
    cuts(text).len()
}

#[test]
fn lines_broken_at_one_width_become_one() {
    check(
        "\u{3000}\u{3000}河边的图书馆今天重新\n开放，市民可以免费入馆参\r\n观，开放时间到晚上九点。\n\n完",
        "\u{3000}\u{3000}河边的图书馆今天重新开放，市民可以免费入馆参观，开放时间到晚上九点。\n\n完",
    );
}

#[test]
fn paragraphs_that_are_set_in_or_end_short_stay_apart() {
    check(
        "\u{3000}\u{3000}据青汀港务局介绍，三号\n码头岸线长一千米，有四个\n泊位。\n\u{3000}\u{3000}码头总投资约二亿元，比\n预算节省了不少。",
        "\u{3000}\u{3000}据青汀港务局介绍，三号码头岸线长一千米，有四个泊位。\n\u{3000}\u{3000}码头总投资约二亿元，比预算节省了不少。",
    );
    check(
        "据青汀港务局介绍，三号码\n头岸线长一千米，有四个泊\n位。\n码头的总投资约二亿元，比\n预算节省了不少。",
        "据青汀港务局介绍，三号码头岸线长一千米，有四个泊位。\n码头的总投资约二亿元，比预算节省了不少。",
    );
}

#[test]
fn latin_words_on_both_sides_of_a_break_keep_a_space() {
    check(
        "新的图书馆使用了open\nlibrary系统，市民可以\n用它来借书还书。",
        "新的图书馆使用了open library系统，市民可以用它来借书还书。",
    );
}

#[test]
fn poems_lists_tables_and_paragraphs_stay_as_they_are() {
    for text in [
        "河水向东流，\n青山两岸留。\n故人何处去，\n明月照高楼。",
        "大河浩荡向东流入海，青山\n两岸",
        "一是把河边的老图书馆修好，\n二是把城里的新学校建起来，\n三是把山上的小树林看护好。",
        "- 河边的老图书馆已经修好了吧\n- 城里的新学校已经建好了吧吧\n- 山上的小树林也看护好了吧吧",
        "河边的老图书馆今天重新开放。\n短\n城里的新学校下个月就要建成，还有很多事情要做。",
    ] {
        check(text, text);
    }
}

/// `paragraphs`, broken every `width` characters.
fn broken(paragraphs: &[&str], width: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let chars: Vec<char> = paragraph.chars().collect();
        lines.extend(chars.chunks(width).map(String::from_iter));
    }
    lines.join("\n")
}

#[test]
fn names_that_fill_line_after_line_are_one_enumeration() {
    let names = [
        "青汀港务局筹备委员会名单",
        "孙丽、赵敏之、钱一、李河生、周慧（女）、吴山、郑小川、王大江、冯远、陈青山、褚静（女）、卫国栋、蒋一鸣、\
         沈河、韩松林、杨帆、朱小燕（女）、秦岭、尤海、许长江、何云、吕望北、施南、张晓岚（女）、孔方、曹水生",
    ];
    for width in [14, 15, 16, 18, 23] {
        check(&broken(&names, width), &names.join("\n"));
    }
}

#[test]
fn names_of_a_group_each_stay_on_their_lines() {
    let groups = "孙丽、赵敏、钱一山、李河生、周慧\n吴山、郑小川、王江、冯远道、陈青\n褚静、卫栋、蒋一鸣、沈河西、韩松";
    check(groups, groups);
}

#[test]
fn a_heading_nearly_as_wide_as_its_column_stays_apart() {
    let news = [
        "青汀港三号码头建成开航仪式今天举行",
        "今天上午，青汀港三号码头建成开航，首批货轮装载着当地出产的茶叶和瓷器驶向远方，港务局的代表出席了仪式并且致辞。",
        "河边的老图书馆整修以后重新开放了",
        "记者从市图书馆了解到，整修工程历时两年，新增阅览座位六百个，市民凭借书证就可以免费入馆参观。",
    ];
    check(&broken(&news, 19), &news.join("\n"));
}

#[test]
fn every_break_is_told_with_its_place() {
    let text = "河边的图书馆今天重新开\n放，市民可以免费入馆参\n观，到晚上九点。";
    let cuts = cuts(text);
    assert_eq!(cuts.len(), 2);
    for cut in &cuts {
        assert_eq!(text.get(cut.before()), Some("\n"));
    }
}

#[test]
fn columns_of_a_newspaper_are_running_text() {
    for page in [
        include_str!("../../../../samples/newspaper/临澜日报-0312-头版.txt"),
        include_str!("../../../../samples/newspaper/临澜日报-0312-二版.txt"),
    ] {
        let paragraphs = page.lines().filter(|line| line.starts_with('\u{3000}'));
        let paragraphs = paragraphs.count();
        let repaired = repair(page).expect("all its lines are broken");
        assert!(breaks(page) > 15, "{}", breaks(page));
        let kept = repaired.text.lines();
        let kept = kept.filter(|line| line.starts_with('\u{3000}')).count();
        assert_eq!(kept, paragraphs);
    }
}

#[test]
fn titles_of_notices_stay_on_their_lines() {
    for text in [
        "关于加强城市管理工作的通知\n关于做好防汛工作的有关通知\n关于开展春季植树活动的通知\n关于修缮镇内老旧桥梁的通知",
        "关于加强管理，美化城市的通知\n关于做好准备，迎接汛期的通知\n关于春季植树，绿化河岸的通知\n关于修缮桥梁，保证安全的通知",
        "林河镇加强城市管理工作方案\n老城区防汛工作的有关规定吧\n春季植树活动的安排以及要求\n镇内老旧桥梁修缮工程的公告",
        "古桥修缮，先问石匠的意见\n青汀港三号码头，昨日开港\n渔民拾得漂流瓶，主人已找到\n图书馆重新开放，市民点赞",
        "《林河镇城市管理工作方案》\n《老城区防汛工作有关规定》\n《春季植树，活动安排要求》\n《镇内老旧桥梁修缮的公告》",
    ] {
        assert_eq!(breaks(text), 0, "{text}");
    }
}

#[test]
fn tables_of_contents_and_articles_of_a_law_stay_on_their_lines() {
    for text in [
        "河边的老图书馆的历史………1\n城里新学校的建设过程………5\n山上小树林的看护办法………9\n后来的人们怎样看这些………12",
        "第一条　为了加强河道的管理\n第二条　本办法适用于林河镇\n第三条　河道由镇里负责管理\n第四条　违反的，由镇里处罚",
        "一、河道管理的目的，和意义\n二、河道管理的范围，和方法\n三、河道管理的机构，和人员\n四、河道管理的处罚，和奖励",
        "1. 河道管理的目的，和意义吧\n2. 河道管理的范围以及方法吧\n3. 河道管理的机构以及人员吧",
    ] {
        assert_eq!(breaks(text), 0, "{text}");
    }
}

#[test]
fn names_and_verse_stay_on_their_lines() {
    for text in [
        "沈知远　秦若溪　陆怀舟　方见山\n韩伯庸　廖阿海　宋小满　顾明棠\n林秋水　吴小河　周大桥　郑远航",
        "沈知远、秦若溪、陆怀舟、方见山\n韩伯庸、廖阿海、宋小满、顾明棠\n林秋水、吴小河、周大桥、郑远航",
        "河水流过了我们的村庄向东方\n青山在雨后的早晨慢慢地醒来\n远去的人啊你何时才能够归来\n明月照着高楼也照着我的窗台",
        "河水向东流去，青山两岸留\n故人今在何处，明月照高楼\n春风吹过小桥，柳絮满城头\n一叶扁舟归来，灯火近黄昏",
    ] {
        assert_eq!(breaks(text), 0, "{text}");
    }
}

#[test]
fn code_and_tables_of_markdown_stay_on_their_lines() {
    for text in [
        "let a = \"河水，涨了。\";\nlet b = \"桥还在，吗？\";\nlet c = \"谁去看，看？\";",
        "| 河边的老图书馆，修好 | 一 |\n| 城里的新学校，建成了 | 二 |\n| 山上的小树林，看护好 | 三 |",
    ] {
        assert_eq!(breaks(text), 0, "{text}");
    }
}

fn rules(text: &str) -> Vec<(&'static str, f32)> {
    let edits = cuts(text);
    edits
        .iter()
        .map(|edit| (edit.rule.name(), edit.confidence))
        .collect()
}

#[test]
fn a_sentence_goes_on_over_the_end_of_a_column() {
    let text = "县里去年在湖边修了一条步道，\n沿线的十二个村子都能走到，村\n民们每天傍晚来这里散步，孩子\n\n们骑着车跟在后面。豆腐坊的生\n意也好了起来，一天要多卖两百\n斤豆腐。\n\n明年还要修第二条。";
    check(
        text,
        "县里去年在湖边修了一条步道，沿线的十二个村子都能走到，村民们每天傍晚来这里散步，孩子们骑着车跟在后面。豆腐坊的生意也好了起来，一天要多卖两百斤豆腐。\n\n明年还要修第二条。",
    );
    let (rule, confidence) = rules(text)[2];
    assert_eq!(rule, "column-break");
    assert!(confidence > 0.9, "{confidence}");
}

#[test]
fn former_line_ends_and_slips_of_a_recogniser_are_taken_out() {
    check(
        "县里去年在湖边修了一条步 道，沿线的十二个村子都能 走到，村民们每天傍晚来这 里散步，孩子们骑着车跟在 后面。",
        "县里去年在湖边修了一条步道，沿线的十二个村子都能走到，村民们每天傍晚来这里散步，孩子们骑着车跟在后面。",
    );
    check(
        "县里去年在湖边修了一条步 道，沿线的村子都能走 到，孩 子们骑着车跟在后面 。",
        "县里去年在湖边修了一条步道，沿线的村子都能走到，孩子们骑着车跟在后面。",
    );
}

#[test]
fn spaces_that_separate_stay() {
    for text in [
        "本报讯 县里去年在湖边修了一条步道，沿线的村子都能走到。",
        "步道上的早晨，孩子们骑着车去上学。 周以宁 摄",
        "第三条 步道由县里负责养护，任何人不得占用。",
        "出席会议的有 林秋水 叶怀真 周以宁 三位代表，会议开了一天。",
        "南 栎 菜 市 的 早 晨",
        "湖边修步道 村民有路走",
        "本报记者 林秋水 通讯员 叶怀真",
        "在 2023 年用 Python 写的程序，共有 300 行，运行得很快。",
        "王\u{3000}伟　李\u{3000}敏",
    ] {
        check(text, text);
    }
}

#[test]
fn numbers_are_whole_again_and_latin_words_apart() {
    check(
        "这一年是二十一世纪的20\n23年，县里的收入增加了5\n.7%，研究所买了新的open\nlibrary系统，用来管理图书。",
        "这一年是二十一世纪的2023年，县里的收入增加了5.7%，研究所买了新的open library系统，用来管理图书。",
    );
}

#[test]
fn long_texts_take_time_in_proportion() {
    let odd = [
        "a\n",
        "水 ",
        "第",
        "“",
        "河水，\n\n",
        "　水\n",
        "12 3",
        "（一",
    ];
    for piece in odd {
        let text = piece.repeat(40_000);
        if let Some(repaired) = repair(&text) {
            assert!(repaired.text.len() <= text.len());
        }
    }
}
