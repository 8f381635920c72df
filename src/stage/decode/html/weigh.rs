//! What a block is worth as running text of an article.
//!
//! Positive for sentences, by their length; negative for links, labels, and what a page says about itself. An element that
//! holds the article is then the one with the highest sum: what is added around it only costs.

use super::page::{Block, Page};
use super::tree::Aside;
use crate::record::SentenceKind;

/// Share of links above which a block is a link.
const LINKED: f64 = 0.6;
/// Characters from which a block without any mark is running text.
const LONG: usize = 60;
/// Characters up to which a block may be a remark about the page.
const REMARK: usize = 80;
/// Characters up to which even a sentence may be one.
const BRIEF: usize = 30;
/// What a block costs that is no text of the article for certain.
const FOREIGN: f64 = -12.0;

/// What kind of thing a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Sentences.
    Text,
    /// A heading or a caption: belongs to the text around it.
    Title,
    /// Short, without punctuation: a label, a cell, a line of a poem.
    Label,
    /// A link.
    Link,
    /// A remark of the page about itself: its source, its editor, its rights.
    Remark,
    /// Not shown, or in what calls itself a menu, a footer, comments.
    Beside,
}

impl Worth {
    /// Whether the block can stand in a main text.
    pub(super) fn is_content(self) -> bool {
        matches!(self, Self::Text | Self::Title | Self::Label)
    }
}

/// The worth of every block.
pub(super) fn weigh(page: &Page) -> Vec<Worth> {
    let beside = beside(page);
    let own = |block: &Block| {
        if beside.get(block.node) == Some(&true) {
            Worth::Beside
        } else {
            worth(page, block)
        }
    };
    page.blocks.iter().map(own).collect()
}

/// What a block of this worth adds to the element it stands in.
pub(super) fn value(worth: Worth, block: &Block) -> f64 {
    let chars = f64::from(u32::try_from(block.chars).unwrap_or(u32::MAX));
    match worth {
        Worth::Text => chars,
        Worth::Title => 0.0,
        Worth::Label if block.kind == SentenceKind::List => -2.0,
        Worth::Label => (0.3 * chars - 8.0).clamp(-8.0, -1.0),
        Worth::Link => -5.0 - chars.min(40.0),
        Worth::Remark | Worth::Beside => FOREIGN,
    }
}

fn worth(page: &Page, block: &Block) -> Worth {
    let text = page.text_of(block);
    let share = f64::from(u32::try_from(block.linked).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(block.chars.max(1)).unwrap_or(u32::MAX));
    if share > LINKED {
        Worth::Link
    } else if is_remark(text, block.chars) {
        Worth::Remark
    } else if matches!(block.kind, SentenceKind::Heading | SentenceKind::Caption) {
        Worth::Title
    } else if is_running(text, block.chars) {
        Worth::Text
    } else {
        Worth::Label
    }
}

/// Whether a block of so many characters reads as sentences.
fn is_running(text: &str, chars: usize) -> bool {
    let mut ends = 0;
    let mut pauses = 0;
    let mut last = ' ';
    for char in text.chars() {
        match char {
            '。' | '！' | '？' | '…' | '；' => ends += 1,
            '，' | '、' | '：' | '“' | '」' => pauses += 1,
            ' ' if matches!(last, '.' | '!' | '?') => ends += 1,
            ' ' if matches!(last, ',' | ';') => pauses += 1,
            _ => {}
        }
        last = char;
    }
    ends += usize::from(matches!(last, '.' | '!' | '?'));
    ends > 0 || pauses > 1 || chars >= LONG
}

/// How remarks of a page about itself begin, in either script.
const BEGINNINGS: [&str; 44] = [
    "责编",
    "責編",
    "责任编辑",
    "責任編輯",
    "编辑：",
    "编辑:",
    "編輯：",
    "来源：",
    "来源:",
    "来源 ",
    "來源：",
    "來源:",
    "更新时间",
    "更新時間",
    "更新日期",
    "发布时间",
    "發布時間",
    "发布日期",
    "发表时间",
    "稿源：",
    "版权所有",
    "版權所有",
    "版权声明",
    "免责声明",
    "免責聲明",
    "上一篇",
    "下一篇",
    "上一页",
    "下一页",
    "相关阅读",
    "相关新闻",
    "相关链接",
    "相關鏈接",
    "相关推荐",
    "延伸阅读",
    "分享到",
    "分享让更多",
    "分享讓更多",
    "扫一扫",
    "扫描二维码",
    "当前位置",
    "您的位置",
    "返回顶部",
    "举报",
];
/// What such remarks hold anywhere.
const INSIDE: [&str; 12] = [
    "ICP备",
    "ICP证",
    "公网安备",
    "©",
    "Copyright",
    "版权所有",
    "字号：",
    "字体大小",
    "打印本页",
    "关闭窗口",
    "阅读次数",
    "浏览次数",
];

/// Whether a short block is a remark of the page about itself. A sentence that happens to have such a word is none, unless it is
/// very short and begins with it.
fn is_remark(text: &str, chars: usize) -> bool {
    let bare = text.trim_start_matches(['[', '【', '（', '(', '●', '■', '▼', '>', ' ', '|']);
    let sentence = bare.ends_with(['。', '！', '？', '”']);
    let begins = || BEGINNINGS.iter().any(|word| bare.starts_with(word));
    let holds = || INSIDE.iter().any(|word| bare.contains(word));
    chars <= REMARK && (!sentence && (begins() || holds()) || chars <= BRIEF && begins())
}

/// Which elements stand beside the article, or in one that does. A name is no proof: where most of the page's sentences stand
/// in it, it is overruled.
fn beside(page: &Page) -> Vec<bool> {
    let nodes = &page.tree.nodes;
    let mut text = vec![0; nodes.len()];
    let mut all = 0;
    for block in &page.blocks {
        if worth(page, block) == Worth::Text {
            all += block.chars;
            if let Some(sum) = text.get_mut(block.node) {
                *sum += block.chars;
            }
        }
    }
    for at in (1..nodes.len()).rev() {
        let (sum, parent) = (
            text.get(at).copied().unwrap_or(0),
            nodes.get(at).map_or(0, |node| node.parent),
        );
        if let Some(outer) = text.get_mut(parent) {
            *outer += sum;
        }
    }
    let mut beside = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate().skip(1) {
        let most = text.get(at).is_some_and(|sum| sum * 2 > all);
        let own = node.unseen || node.aside == Aside::Tagged || node.aside == Aside::Named && !most;
        let outer = beside.get(node.parent).copied().unwrap_or(false);
        if let Some(mark) = beside.get_mut(at) {
            *mark = own || outer;
        }
    }
    beside
}
