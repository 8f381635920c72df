//! Tags of ICTCLAS as those of Universal Dependencies (version 2): one table, and who reads it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tagset::is_ictclas;
use crate::record::Pos;

/// The tags of Universal Dependencies, version 2.
pub const UNIVERSAL: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
];

/// What a row of the table asks of the neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Always,
    /// A verb, an adverb, a preposition or an adjective follows.
    BeforeVerb,
    /// What follows can be counted or named: a noun, a number, a measure word, an adjective.
    BeforeNoun,
    /// The word begins as 这座 does, and what it could determine follows.
    Determines,
    /// A noun or a name stands right before.
    BehindNoun,
    /// A verb or an adjective stands right before.
    BehindVerb,
}

/// A row: the tag (with all that are finer, `*` for any), words (all with the tag if there are none), the neighbours, and what it is then.
type Row = (&'static str, &'static str, When, &'static str);

/// The first row that fits counts; where Chinese can be seen in two ways, the treebanks of Chinese GSD decide.
#[rustfmt::skip]
const TABLE: &[Row] = {
    use When::{Always, BeforeNoun, BeforeVerb, BehindNoun, BehindVerb, Determines};
    &[
        // Copulas, modal verbs, the passive, aspect.
        ("v", "是 为 乃 系 就是 也是 不是 都是 并非 则是 而是", Always, "AUX"),
        ("v", "可以 能够 可能 不能 不会 未能 不可 可 能 应 应该 应当 须 必须 愿意 不应 欲 不得", Always, "AUX"),
        ("d", "可能 必须", Always, "AUX"),
        ("v", "会 要 想 需 需要 肯 敢 得 愿", BeforeVerb, "AUX"),
        ("*", "被", Always, "AUX"),
        ("u", "了 着 过", Always, "AUX"),
        // Particles. What makes a clause an attribute joins the two.
        ("u", "的 之", BehindVerb, "SCONJ"),
        ("u", "所", Always, "SCONJ"),
        ("u", "等 等等", Always, "NOUN"),
        ("u", "", Always, "PART"),
        ("k", "", Always, "PART"),
        ("h", "", Always, "PART"),
        ("y", "", Always, "PART"),
        // What nouns are made with, where it is a word by itself.
        ("n", "人 区 省 市 县 家 国 军 部 州 站 村 线 机 局 党 队 山 台 镇 器 街 路 河 室 权 号 城 岛 湖 量 力 乡 处 赛 科 版 级 语 教 员 馆 寺 院 物 式 文 派 率 性 者 界 度 会 署 厅 厂 校 社 团 店 园 港 桥 塔 宫 庙 奖 剧 片 费 业 品 型 类 组 族", BehindNoun, "PART"),
        ("v", "学 教 化 制 派 率", BehindNoun, "PART"),
        ("*", "者", Always, "PART"),
        ("ng", "", BehindNoun, "PART"),
        ("a", "大 总 新 小 副 古 老 旧", BeforeNoun, "PART"),
        ("b", "大 总 新 小 副 古 老 旧 主", BeforeNoun, "PART"),
        // jieba's `zg`, which is no class of words but what its makers did not look at: what is frequent by the word, all else a noun.
        ("zg", "您 祂 俺", Always, "PRON"),
        ("zg", "此", BeforeNoun, "DET"),
        ("zg", "此", Always, "PRON"),
        ("zg", "每", Always, "DET"),
        ("zg", "很 太 挺 颇 极 较 仍 甚 稍", Always, "ADV"),
        ("zg", "虽 往 逢 藉", Always, "ADP"),
        ("zg", "且", Always, "SCONJ"),
        ("zg", "啊 矣 乎", Always, "PART"),
        ("zg", "哦 唉 哟", Always, "INTJ"),
        ("zg", "县 村 员 物 湾 车 组 厂 园 症 剂 论 度", BehindNoun, "PART"),
        ("zg", "刘 孙", Always, "PROPN"),
        ("zg", "反 穿 曰 掉 选 奔 响 升 叹 够 失 寻 呼 止 挡 丢 护 怔 抵 休 盗 搜 抛 患 罚 刷 录 拐 砌 押 抖 吊 削 催 绑 判 备", Always, "VERB"),
        ("zg", "", Always, "NOUN"),
        // What joins words, and what joins clauses.
        ("c", "和 与 及 或 以及 或者 或是 兼 暨 跟 同 至 到", Always, "CCONJ"),
        ("c", "因为 由于 因 虽然 如果 若 尽管 即使 虽 如 为了 除了 只要 只有 无论 不管 不论 倘若 假如", Always, "ADP"),
        ("c", "", Always, "SCONJ"),
        ("d", "也 就 都 还 亦 又 便 却 才 则 并 遂 方 且 而 甚至", Always, "SCONJ"),
        // Pronouns, and what determines a noun.
        ("r", "该 各 每 某 这些 那些 其他 其它 所有 另 整个 任何 各种 每个 某些 有些 各类 一切 其余 某个 各个 某种 全体 有的 每年 每天", Always, "DET"),
        ("b", "所有 整个 全", Always, "DET"),
        ("a", "全 整个 全部 所有", BeforeNoun, "DET"),
        ("r", "这 那 此 本 何 哪", BeforeNoun, "DET"),
        ("r", "如何 怎么 怎样 怎么样 为何 为什么 为啥 这样 那样 这么 那么 多么", BeforeVerb, "ADV"),
        ("r", "这里 那里 这儿 那儿 哪里 哪儿 此处 各自 各地 各界", Always, "PRON"),
        ("r", "", Determines, "DET"),
        ("r", "其中", Always, "NOUN"),
        ("r", "", Always, "PRON"),
        // Places and times: before or behind a noun as prepositions are, or nouns themselves.
        ("n", "时", Always, "ADP"),
        ("f", "东 南 西 北 东南 西南 东北 西北 东部 西部 南部 北部 中部 内部 附近 期间 最后 周围 外面 里面 上面 下面 前面 后面 旁边 中间 早期 初期 中期 后期 末期 沿海 当中", Always, "NOUN"),
        ("f", "", Always, "ADP"),
        ("p", "", Always, "ADP"),
        ("m", "一些 许多 大量 不少 多数 少数 大多数 众多 若干", Always, "ADJ"),
        // What remains, the finer tags before those that they belong to.
        ("nr", "", Always, "PROPN"),
        ("ns", "", Always, "PROPN"),
        ("nt", "", Always, "PROPN"),
        ("nz", "", Always, "PROPN"),
        ("j", "", Always, "PROPN"),
        ("n", "", Always, "NOUN"),
        ("vn", "", Always, "NOUN"),
        ("vd", "", Always, "ADV"),
        ("v", "", Always, "VERB"),
        ("ad", "", Always, "ADV"),
        ("an", "", Always, "NOUN"),
        ("a", "", Always, "ADJ"),
        ("b", "", Always, "ADJ"),
        ("z", "", Always, "ADJ"),
        ("d", "", Always, "ADV"),
        ("m", "", Always, "NUM"),
        ("q", "", Always, "NOUN"),
        ("t", "", Always, "NOUN"),
        ("s", "", Always, "NOUN"),
        ("i", "", Always, "VERB"),
        ("l", "", Always, "NOUN"),
        ("g", "", Always, "NOUN"),
        ("eng", "", Always, "X"),
        ("e", "", Always, "INTJ"),
        ("o", "", Always, "INTJ"),
    ]
};

/// Marks that stand for words.
const SYMBOLS: [char; 26] = [
    '%', '％', '‰', '$', '＄', '￥', '¥', '€', '£', '+', '＋', '=', '＝', '×', '÷', '±', '<', '>',
    '°', '℃', '&', '＆', '@', '#', '^', '|',
];

/// The table, made ready.
struct Rows {
    each: Vec<(&'static str, When, Pos)>,
    /// The numbers of rows without words.
    all: Vec<usize>,
    /// Those of rows with a word.
    of: FxHashMap<&'static str, Vec<usize>>,
    mark: Pos,
    symbol: Pos,
    other: Pos,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let named = |name: &str| Pos::new(name).unwrap_or(Pos::UNKNOWN);
    let mut rows = Rows {
        each: Vec::new(),
        all: Vec::new(),
        of: FxHashMap::default(),
        mark: named("PUNCT"),
        symbol: named("SYM"),
        other: named("X"),
    };
    for (number, (tags, words, when, name)) in TABLE.iter().enumerate() {
        rows.each.push((tags, *when, named(name)));
        if words.is_empty() {
            rows.all.push(number);
        }
        for word in words.split_whitespace() {
            rows.of.entry(word).or_default().push(number);
        }
    }
    rows
});

/// The universal tag of `word`, which has the tag `tag` of ICTCLAS. `before` is the universal tag of the word before in the sentence, `next` the
/// other one of the word behind.
///
/// What has neither letter nor digit nor Chinese character is `PUNCT` or `SYM` whatever its tag; what no row of the table fits is `X`.
pub fn universal(word: &str, tag: Pos, before: Option<Pos>, next: Option<Pos>) -> Pos {
    let table = &*ROWS;
    if !word.contains(char::is_alphanumeric) {
        let symbol = word.chars().all(|ch| SYMBOLS.contains(&ch));
        return if symbol { table.symbol } else { table.mark };
    }
    if UNIVERSAL.contains(&tag.as_str()) {
        return tag;
    }
    if !is_ictclas(tag) {
        return table.other;
    }
    let fits = |number: &&usize| {
        table.each.get(**number).is_some_and(|(tags, when, _)| {
            (*tags == "*" || tag.is_a(tags)) && when.fits(word, before, next)
        })
    };
    let of_word = table.of.get(word).and_then(|rows| rows.iter().find(fits));
    let of_tag = table.all.iter().find(fits);
    let first = of_word.into_iter().chain(of_tag).min();
    let row = first.and_then(|first| table.each.get(*first));
    row.map_or(table.other, |(_, _, universal)| *universal)
}

impl When {
    fn fits(self, word: &str, before: Option<Pos>, next: Option<Pos>) -> bool {
        let before_is = |names: &[&str]| before.is_some_and(|tag| names.contains(&tag.as_str()));
        let next_is = |families: &[&str], but: &[&str]| {
            next.is_some_and(|tag| {
                families.iter().any(|family| tag.is_a(family)) && !but.contains(&tag.as_str())
            })
        };
        match self {
            Self::Always => true,
            Self::BeforeVerb => next_is(&["v", "d", "p", "a", "z"], &["vn", "an"]),
            Self::BeforeNoun => next_is(
                &["n", "q", "m", "a", "b", "j", "s", "t", "vn", "f"],
                &["ad"],
            ),
            Self::Determines => {
                word.starts_with(['这', '那', '此', '该', '每', '各', '某', '哪'])
                    && Self::BeforeNoun.fits(word, before, next)
            }
            Self::BehindNoun => before_is(&["NOUN", "PROPN"]) && word.chars().nth(1).is_none(),
            Self::BehindVerb => before_is(&["VERB", "ADJ", "ADV", "AUX"]),
        }
    }
}
