//! What is said around a text and not in it: captions, boilerplate, page jumps, numbers of official documents.
//!
//! Everything is told by the first or the last words of a line, in both scripts.

use super::byline::{behind_role, names_in};
use super::person::are_names;
use crate::text::is_han;

/// Characters of a caption at most.
const CAPTION: usize = 120;
/// Characters of a line of boilerplate at most; notices of copyright may be longer.
const BOILERPLATE: usize = 60;
/// The same for notices of copyright.
const NOTICE: usize = 300;
/// Characters of a short line that boilerplate may stand anywhere in.
const SHORT: usize = 40;
/// Characters of a credit at a caption's end.
const CREDIT: usize = 16;
/// Characters of a name that no surname vouches for.
const NAME: usize = 4;

/// Beginnings of lines that every page of a site has.
const BEGINNINGS: [&str; 83] = [
    "责任编辑",
    "責任編輯",
    "责编",
    "責編",
    "本版编辑",
    "本版责编",
    "责任校对",
    "值班编辑",
    "版式设计",
    "版式",
    "美编",
    "校对：",
    "审核：",
    "监制：",
    "编辑：",
    "編輯：",
    "编辑:",
    "主编：",
    "来源：",
    "來源：",
    "来源:",
    "來源:",
    "稿源：",
    "本文来源",
    "文章来源",
    "信息来源",
    "相关链接",
    "相关连接",
    "相關鏈接",
    "相關連結",
    "相关阅读",
    "相關閱讀",
    "相关新闻",
    "相關新聞",
    "延伸阅读",
    "延伸閱讀",
    "推荐阅读",
    "推薦閱讀",
    "猜你喜欢",
    "热门推荐",
    "分享让更多人看到",
    "分享讓更多人看到",
    "分享到",
    "分享至",
    "扫码",
    "掃碼",
    "扫一扫",
    "掃一掃",
    "扫描二维码",
    "掃描二維碼",
    "长按二维码",
    "长按识别",
    "下载客户端",
    "下载APP",
    "下載APP",
    "下载App",
    "点击下载",
    "点击查看",
    "点击进入",
    "點擊查看",
    "阅读原文",
    "閱讀原文",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "上一則",
    "下一則",
    "打印本页",
    "打印 关闭",
    "【打印",
    "关闭窗口",
    "【关闭",
    "返回首页",
    "返回顶部",
    "回到顶部",
    "返回列表",
    "转载请注明",
    "轉載請註明",
    "当前位置",
    "您的位置",
    "原标题：",
    "原標題：",
];
/// Beginnings of notices about rights.
const NOTICES: [&str; 12] = [
    "版权声明",
    "版權聲明",
    "免责声明",
    "免責聲明",
    "版权所有",
    "版權所有",
    "未经授权",
    "未經授權",
    "特别声明",
    "郑重声明",
    "著作权归",
    "Copyright",
];
/// What a short line of boilerplate has somewhere.
const INSIDE: [&str; 12] = [
    "版权所有",
    "版權所有",
    "ICP备",
    "ICP備",
    "公网安备",
    "Copyright",
    "©",
    "保留一切权利",
    "不得转载",
    "不得轉載",
    "微信公众号",
    "微信公眾號",
];
/// Lines that are a button.
const BUTTONS: [&str; 44] = [
    "评论",
    "評論",
    "关注",
    "關注",
    "收藏",
    "点赞",
    "點贊",
    "點讚",
    "转发",
    "轉發",
    "分享",
    "打印",
    "列印",
    "关闭",
    "關閉",
    "首页",
    "首頁",
    "举报",
    "舉報",
    "登录",
    "登錄",
    "登入",
    "注册",
    "註冊",
    "返回",
    "更多",
    "纠错",
    "糾錯",
    "字号",
    "大 中 小",
    "字号：大 中 小",
    "联系我们",
    "聯繫我們",
    "关于我们",
    "關於我們",
    "网站地图",
    "發表評論",
    "发表评论",
    "网友评论",
    "我要评论",
    "查看更多",
    "展开全文",
    "回到首页",
    "RSS",
];
/// What a caption begins with.
const SHOWN: [&str; 14] = [
    "图为",
    "圖為",
    "上图",
    "上圖",
    "下图",
    "下圖",
    "左图",
    "右图",
    "图①",
    "图1",
    "图片说明",
    "圖片說明",
    "资料图",
    "資料圖",
];
/// How a speech or a letter begins.
const CALLED: [&str; 12] = [
    "各位",
    "同志们",
    "女士们",
    "先生们",
    "朋友们",
    "同学们",
    "尊敬的",
    "亲爱的",
    "敬爱的",
    "各位代表",
    "親愛的",
    "同志們",
];
/// How the addressees of a notice begin.
const ADDRESSED: [&str; 8] = [
    "各",
    "致",
    "全体",
    "全體",
    "全市各",
    "全县各",
    "市政府各",
    "省政府各",
];
/// What the credit of a picture ends with, behind a name.
const TAKEN: [&str; 6] = ["摄影", "攝影", "摄", "攝", "制图", "製圖"];
/// The same behind an office or anybody.
const GIVEN: [&str; 8] = [
    "供图",
    "供圖",
    "资料图",
    "資料圖",
    "资料图片",
    "資料圖片",
    "提供图片",
    "图片提供",
];
/// What the credit of a picture begins with.
const CREDITED: [&str; 17] = [
    "摄影：",
    "摄影/",
    "摄影／",
    "攝影：",
    "攝影／",
    "图/",
    "图／",
    "圖/",
    "圖／",
    "图：",
    "圖：",
    "图片来源",
    "圖片來源",
    "图源",
    "图片由",
    "新华社发",
    "本版图片",
];
/// Whether the line is what every page of a site says.
pub(super) fn is_boilerplate(line: &str) -> bool {
    let bare = line.trim_start_matches([
        '-', '*', '•', '·', '>', '<', '［', '[', '（', '(', ' ', '\u{3000}',
    ]);
    let starts = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    if is_within(line, BOILERPLATE) {
        let button = bare.trim_end_matches([']', '］', '）', ')', '>', '》', ' ']);
        return BUTTONS.contains(&button)
            || starts(&BEGINNINGS)
            || starts(&NOTICES)
            || is_within(line, SHORT)
                && !is_sentence(line)
                && INSIDE.iter().any(|word| line.contains(word));
    }
    is_within(line, NOTICE) && starts(&NOTICES)
}

/// Whether the line is the words under a picture: by its credit, or because it says what the picture shows.
pub(super) fn is_caption(line: &str) -> bool {
    if !is_within(line, CAPTION) {
        return false;
    }
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if starts(&CREDITED) || starts(&SHOWN) && !line.ends_with(['：', ':']) {
        return true;
    }
    let bare = line.trim_end_matches(['）', ')', '】', ']', '。', ' ', '\u{3000}']);
    let credit = |words: &[&str]| words.iter().find_map(|word| bare.strip_suffix(word));
    if let Some(before) = credit(&GIVEN) {
        return is_within(behind_mark(before).1, CREDIT);
    }
    credit(&TAKEN).is_some_and(is_credit)
}

/// Whether what stands before 摄 ends with the name of somebody who takes pictures.
fn is_credit(before: &str) -> bool {
    let people = |text: &str| are_names(text) || behind_role(text).and_then(names_in).is_some();
    let (mark, last) = behind_mark(before);
    let ended = mark.is_some_and(|mark| "。！？".contains(mark))
        && is_within(last, NAME)
        && last.chars().all(is_han);
    let mut words = last.rsplitn(3, [' ', '\u{3000}']);
    let word = words.next().unwrap_or_default();
    let two = words
        .next()
        .and_then(|first| last.get(last.len() - word.len() - first.len() - 1..));
    !last.is_empty()
        && (ended
            || people(last)
            || people(word) && words.next().is_some()
            || two.is_some_and(people))
}

/// What follows the last mark of a text, and that mark.
fn behind_mark(text: &str) -> (Option<char>, &str) {
    let text = text.trim_end_matches(['/', '／', '：', ':', ' ', '\u{3000}']);
    let is_mark = |char: &char| "。！？（(/／：【◆▲".contains(*char);
    let at = text.char_indices().rev().find(|(_, char)| is_mark(char));
    let rest = at
        .and_then(|(at, char)| text.get(at + char.len_utf8()..))
        .unwrap_or(text);
    (at.map(|(_, char)| char), rest.trim())
}

/// Whether a text goes on elsewhere: （下转03版）
pub(super) fn jumps(line: &str) -> bool {
    let tail: String = {
        let mut last: Vec<char> = line.chars().rev().take(CREDIT).collect();
        last.reverse();
        last.into_iter().collect()
    };
    ["下转", "下轉", "紧接第", "緊接第"]
        .iter()
        .any(|word| tail.contains(word) && tail.contains(['版', '页', '頁']))
}

/// Whether a text goes on here: （上接01版）
pub(super) fn resumes(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '▲', '■', '[', '【']);
    bare.starts_with("上接")
        && line
            .chars()
            .take(CREDIT)
            .any(|char| "版页頁".contains(char))
}

/// Whether the line is the number of an official document: 临政办发〔2024〕17号
pub(super) fn is_number(line: &str) -> bool {
    if !is_within(line, SHORT) || !line.ends_with(['号', '號']) {
        return false;
    }
    let Some(open) = line.find(['〔', '[', '［', '（', '(', '【']) else {
        return false;
    };
    let rest = line.get(open..).unwrap_or_default();
    let mut inner = rest.chars().skip(1);
    let year = inner.by_ref().take(4).all(|char| char.is_ascii_digit());
    year && inner.next().is_some_and(|char| "〕]］）)】".contains(char))
        && inner.any(|char| char.is_ascii_digit())
}

/// Whether the whole line is in brackets: (传达稿)
pub(super) fn is_bracketed(line: &str) -> bool {
    line.starts_with(['（', '(', '〔', '['])
        && line.ends_with(['）', ')', '〕', ']'])
        && is_within(line, BOILERPLATE)
}

/// Whether the line says whom a letter, a notice or a speech is for: 各区县人民政府：, 同志们！
pub(super) fn is_address(line: &str) -> bool {
    let line = line.trim_end_matches(['\u{200B}', '\u{200C}', '\u{200D}', '\u{FEFF}']);
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let colon = line.ends_with(['：', ':']);
    let called = line.ends_with(['！', '!', '，', ',']) && is_within(line, CREDIT);
    is_within(line, NOTICE)
        && !is_sentence(line)
        && (starts(&CALLED) && (colon || called) || starts(&ADDRESSED) && colon)
}

/// Whether the line ends or holds sentences.
pub(super) fn is_sentence(line: &str) -> bool {
    line.contains(['。', '；'])
}

/// Whether the text has at most so many characters; what is behind them is not looked at.
pub(super) fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= most * 4 && text.chars().count() <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_the_same_at_their_end() {
        for line in [
            "相關鏈接：",
            "分享讓更多人看到",
            "- 評論",
            "责任编辑：沈知远",
            "[打印本页]",
            "上一篇：大桥通车",
            "来源：临澜网",
            "版权声明：本网所有文章",
            "© 2024 临澜网",
            "临ICP备05000001号",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "他在分享会上说，河水涨了。",
            "评论家沈知远来到河边",
            "打印机坏了，没有人修。",
            "",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn pictures_have_a_credit_or_say_what_they_show() {
        for line in [
            "昨天，孩子们在河边种树。 沈知远 摄",
            "河邊的老橋。臨瀾區宣傳部供圖",
            "图为新修的大桥。",
            "大桥通车（沈知远摄）",
            "摄影：沈知远",
            "沈知远 摄",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "这部片子在河边拍摄",
            "他喜欢摄影",
            "镇里统一制图。他说，图很清楚。大家都看。",
            "图书馆今天开放。",
            "",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }

    #[test]
    fn texts_go_on_elsewhere() {
        assert!(jumps("方见山主持会议。 （下转03版）") && jumps("（下轉A3版）"));
        assert!(!jumps("他下转弯处等车。"));
        assert!(resumes("（上接第1版）大桥") && !resumes("上接天，下接地"));
    }

    #[test]
    fn offices_number_their_documents() {
        assert!(is_number("临政办发〔2024〕17号") && is_number("临教字[2023]第5号"));
        assert!(!is_number("大桥2024年17号") && !is_number("根据临政办发〔2024〕17号，大桥通车。"));
        assert!(is_address("各区县人民政府，市政府各部门：") && !is_address("他说："));
    }
}
