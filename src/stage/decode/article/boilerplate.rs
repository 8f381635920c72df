//! What every page of a site says: who edited it, where to go from here, whose rights these are.
//!
//! Told by the first words of a line, in both scripts; by any words where the line is short.

use rustc_hash::FxHashSet;

use std::sync::LazyLock;

use super::phrase::{is_sentence, is_within};

/// Characters of a line of boilerplate at most; notices of copyright may be longer.
const BOILERPLATE: usize = 60;

/// The same for notices of copyright.
const NOTICE: usize = 300;

/// Characters of a short line that boilerplate may stand anywhere in.
const SHORT: usize = 40;

/// Beginnings of lines that every page of a site has.
const BEGINNINGS: [&str; 89] = [
    "来源 ：",
    "来源 :",
    "來源 ：",
    "來源 :",
    "更新时间：",
    "更新時間：",
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

/// What boilerplate begins with: most lines are seen to be none by their first character.
static OPENS: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let words = BEGINNINGS.iter().chain(&NOTICES).chain(&BUTTONS);
    words.filter_map(|word| word.chars().next()).collect()
});

/// Whether a word that tells boilerplate anywhere in a line can begin so.
fn hints_boilerplate(char: char) -> bool {
    matches!(char, '版' | 'I' | 'C' | '©' | '公' | '保' | '不' | '微')
}

/// Whether the line is what every page of a site says.
pub(super) fn is_boilerplate(line: &str) -> bool {
    let bare = line.trim_start_matches([
        '-', '*', '•', '·', '>', '<', '［', '[', '（', '(', ' ', '\u{3000}',
    ]);
    let hints = !line.ends_with('。')
        && line.len() <= SHORT * 4
        && line.contains(hints_boilerplate)
        && is_within(line, SHORT)
        && !is_sentence(line)
        && INSIDE.iter().any(|word| line.contains(word));
    if hints || !bare.starts_with(|first| OPENS.contains(&first)) {
        return hints;
    }
    let starts = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    if !is_within(line, BOILERPLATE) {
        return is_within(line, NOTICE) && starts(&NOTICES);
    }
    let button = bare.trim_end_matches([']', '］', '）', ')', '>', '》', ' ']);
    BUTTONS.contains(&button) || starts(&BEGINNINGS) || starts(&NOTICES)
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
    fn a_first_character_never_hides_a_phrase() {
        let first = |word: &&str| word.chars().next().unwrap();
        assert!(INSIDE.iter().all(|word| hints_boilerplate(first(word))));
    }
}
