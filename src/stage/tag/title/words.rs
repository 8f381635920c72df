//! Office words, in simplified characters: what a title ends with, and what stands before that.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a title ends with.
const TITLES: &str = "书记 总书记 第一书记 支书 村支书 市长 区长 县长 镇长 乡长 村长 州长 省长 盟长 旗长 部长 局长 处长 科长 司长 厅长 署长 院长 \
校长 所长 站长 馆长 台长 社长 会长 理事长 董事长 行长 店长 厂长 队长 班长 组长 团长 连长 营长 排长 师长 旅长 军长 船长 舰长 机长 园长 室长 \
秘书长 检察长 审判长 庭长 议长 参谋长 总参谋长 裁判长 护士长 警长 关长 段长 场长 街道主任 主任 主席 总理 首相 总统 国王 女王 天皇 总督 大臣 \
外长 防长 财长 国务卿 国务委员 委员 委员长 资政 亲王 王子 公主 王储 总司令 大法官 审判员 常委 主委 专员 参赞 大使 公使 领事 总领事 代办 特使 特派员 协调员 发言人 代表 议员 参议员 众议员 干事 总干事 \
理事 监事 董事 秘书 参事 顾问 总裁 经理 总经理 总监 合伙人 创始人 创办人 牵头人 负责人 带头人 主理人 联席主席 首席执行官 执行官 首席运营官 首席财务官 CEO \
科学家 首席科学家 专家 学者 教授 研究员 讲师 院士 博士 工程师 总工程师 工程院院士 设计师 总设计师 总规划师 规划师 建筑师 会计师 经济师 分析师 策略师 \
医师 医生 主任医师 护士 教师 老师 教练 主教练 总教练 运动员 律师 法官 检察官 书记员 警官 民警 交警 作家 诗人 画家 书法家 艺术家 音乐家 作曲家 指挥家 \
导演 总导演 编剧 制片人 监制 主持人 主播 记者 编辑 主编 总编 总编辑 通讯员 摄影师 评论员 观察员 调查员 督导员 政委 司令 司令员 指挥 总指挥 指挥官 指挥长 \
上将 中将 少将 大校 上校 中校 少校 上尉 中尉 航天员 传承人 企业家 经济学家 历史学家 社会学家 考古学家 哲学家 教育家 天文学家 生物学家 物理学家 化学家 \
数学家 领导人 领导 馆员 预报员 讲解员 教官 导师 博士生导师 硕士生导师 博导 调研员 巡视员 督学 督查专员 帮办 议会议长";

/// What stands before an office word and belongs to it.
const RANKS: &str = "常务副 第一副 执行副 高级副 副 代理 代 原 前任 前 候任 当选 执行 首席 名誉 荣誉 助理 高级 资深 特级 特约 特聘 兼职 专职 客座 终身 联合 联席 一级 二级 三级 \
四级 当值 轮值 常驻 驻华 总";

/// Office words that are verbs or common words too: behind a name they tell nothing.
const VERBS: &str = "代表 指挥 领导 编辑 导演 理事 监事 干事 代办 监制 参事 顾问 总监 执行官 专家 负责人 编剧 帮办 记者 通讯员";

/// Endings of what only one can be at a time, unless 副 or the like stands before it.
const ALONE: &str = "书记 主席 总理 首相 总统 国王 女王 天皇 主任 总裁 首席执行官 外长 防长 财长 国务卿 主编 总编 总编辑 司令员 发言人 市长 区长 县长 镇长 乡长 村长 州长 省长 \
部长 局长 处长 司长 厅长 署长 院长 校长 所长 站长 馆长 台长 社长 会长 理事长 董事长 行长 厂长 秘书长 检察长 议长 船长 总经理";

/// What makes of such an office one of several.
const SEVERAL: [&str; 5] = ["副", "原", "前", "名誉", "联"];

/// Bodies that the segmenter does not always keep together.
const BODIES: &str = "中共 市委 省委 区委 县委 州委 镇委 工委 党委 党组 团委 纪委 政法委 中央 政府 人大 政协 常委会 全国 我省 中心 国家";

/// Words that tell what happens around a title, not of it.
const OUTSIDE: &str = "嘉宾 会议 期间 现场 图片 同志 专访 报道 讯 电 日电 日讯 方面 主角 观众 听众 对话 访谈 视频 专题 消息 本期 主讲人 主讲 图 \
纪念 悼念 缅怀 怀念 表彰 追授 会见 会谈 会晤 接见 采访 任命 当选 担任 出任 现任 时任 曾任 拜会 拜访 慰问 看望 致电 祝贺 欢迎 邀请 访问 介绍 选举 推荐 聘请 特邀 授予 感谢 出席 陪同 参加 主持 \
接待 约见 视察 考察 调研 讲话 发言 致辞 方式 代表团成员 以来 消息人士 人称 夫人 妻子 丈夫 父亲 母亲 儿子 女儿 其中 身边 来自 支持 反对 批评 指控 会场";

/// Words of one kind by their last and their first character.
struct Words {
    by_last: FxHashMap<char, Vec<Vec<char>>>,
    by_first: FxHashMap<char, Vec<Vec<char>>>,
}

impl Words {
    fn new(words: &str) -> Self {
        let (mut by_last, mut by_first) = (FxHashMap::default(), FxHashMap::default());
        for word in words.split(' ') {
            let chars: Vec<char> = word.chars().collect();
            let (Some(first), Some(end)) = (chars.first(), chars.last()) else {
                continue;
            };
            let put = |to: &mut FxHashMap<char, Vec<Vec<char>>>, key: char| {
                to.entry(key).or_default().push(chars.clone());
            };
            put(&mut by_last, *end);
            put(&mut by_first, *first);
        }
        Self { by_last, by_first }
    }

    /// Length of the longest word that `chars` ends with.
    fn ending(&self, chars: &[char]) -> Option<usize> {
        let words = self.by_last.get(chars.last()?)?.iter();
        let lengths = words.filter(|word| chars.ends_with(word)).map(Vec::len);
        lengths.max()
    }

    /// Length of the longest word that `chars` begins with.
    fn beginning(&self, chars: &[char]) -> Option<usize> {
        let words = self.by_first.get(chars.first()?)?.iter();
        let lengths = words.filter(|word| chars.starts_with(word)).map(Vec::len);
        lengths.max()
    }
}

static OFFICE: LazyLock<Words> = LazyLock::new(|| Words::new(TITLES));
static RANK: LazyLock<Words> = LazyLock::new(|| Words::new(RANKS));
static VERB: LazyLock<Words> = LazyLock::new(|| Words::new(VERBS));
static LONE: LazyLock<Words> = LazyLock::new(|| Words::new(ALONE));

static BODY: LazyLock<Words> = LazyLock::new(|| Words::new(BODIES));
static OUT: LazyLock<Words> = LazyLock::new(|| Words::new(OUTSIDE));

/// Length of the body that `chars` ends with.
pub(super) fn body_before(chars: &[char]) -> Option<usize> {
    BODY.ending(chars)
}

/// Whether a word tells what happens around a title.
pub(super) fn is_outside(word: &[char]) -> bool {
    OUT.ending(word) == Some(word.len())
}

/// Where the office word that `chars` ends with begins, ranks before it included.
pub(in crate::stage::tag) fn office_before(chars: &[char]) -> Option<usize> {
    let mut start = chars.len() - OFFICE.ending(chars)?;
    while let Some(length) = chars.get(..start).and_then(|rest| RANK.ending(rest)) {
        start -= length;
    }
    Some(start)
}

/// Characters of the office that `chars` begins with, ranks before the word included.
pub(in crate::stage::tag) fn office_at(chars: &[char]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = chars.get(at..)?;
        if let Some(length) = OFFICE.beginning(rest) {
            return Some(at + length);
        }
        at += RANK.beginning(rest)?;
    }
}

/// Whether an office behind a name may be a verb.
pub(super) fn may_be_verb(office: &[char]) -> bool {
    VERB.ending(office) == Some(office.len())
}

/// Whether several can hold an office at once.
pub(super) fn is_of_several(title: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    let alone = OFFICE.ending(&chars).is_some_and(|length| {
        let word = chars.get(chars.len() - length..).unwrap_or_default();
        LONE.ending(word) == Some(length) || word.ends_with(&['书', '记'])
    });
    !alone || SEVERAL.iter().any(|mark| title.contains(mark))
}
