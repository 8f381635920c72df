//! Closed lists of words that the grammar of lists and names rests on. All in simplified characters.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words that govern a list but are no part of its first member: 推进|甲、乙, 在|甲、乙.
const GOVERNORS: &str = " 加上 粉碎 批判 揭发 指 是指 即指 分别指 壮大 推进 推动 促进 实现 完成 打造 实施 包括 聚焦 围绕 形成 成为 加强 提升 提高 做好 抓好 做强 做优 做大 做精 做实 \
用好 建好 办好 管好 落实 坚持 强化 优化 深化 完善 健全 培育 布局 集聚 聚集 涵盖 涉及 覆盖 来自 位于 分布 前往 深入 走访 赴 访问 抵达 举办 举行 开展 \
启动 推出 发布 出台 印发 签署 设立 成立 建立 组建 创建 建成 构建 构筑 营造 拓展 扩大 增强 巩固 保持 确保 引导 鼓励 吸引 汇聚 整合 突出 瞄准 立足 \
依托 根据 按照 通过 经过 针对 面对 面向 对标 把握 处理 处理好 解决 破解 应对 防范 化解 消除 淘汰 选择 确定 明确 提出 指出 强调 表示 要求 认为 获得 \
赢得 取得 荣获 拥有 具有 具备 存在 属于 等于 称为 作为 视为 列为 分为 划分 组成 构成 连接 贯穿 串联 沿着 承担 肩负 参与 参加 加入 出席 主持 担任 听取 \
审议 批准 发挥 培养 带动 引领 释放 激发 着眼 紧扣 紧盯 紧抓 抢抓 抓住 抓 建 做 搞 办 打 打好 打赢 打响 唱响 讲好 梳理 坐落 实行 采取 运用 利用 使用 \
采用 引进 引入 投入 投资 投向 开通 开设 增设 新设 新建 改建 扩建 修建 推行 推广 宣传 贯彻 执行 遵循 遵守 牢记 践行 突破 攻克 掌握 出现 发生 发现 \
看到 走进 走好 来到 回到 穿过 途经 流经 毗邻 联合 会同 携手 召集 邀请 组织 争夺 评出 评选 获评 入选 包含 含 即 涌现 涌现出 有 是 在 对 把 将 以 从 由 \
向 为 于 使 让 给 像 如 仅 到 至 了 着 过 被 按 据 跟 比 因 除 凭 靠 经 自 沿 往 朝 好 要 能 会 可 应 须 并 且 而 但 也 都 就 还 又 再 已 曾 正 更 我们 \
他们 它们 大家 这 其 该 其中 例如 比如 譬如 当前 目前 同时 此外 还有 还是 就是 正是 既是 乃是 不是 主要 特别是 尤其是 尤其 以及 重点 上 下 中 后 时 内 外 里 间 \
由于 对于 关于 就 严把 把好 调动 兼顾 顾及 反映 造就 促使 享受 负起 区分 区别 划清 分清 造成 开辟 我 那些 所谓 应当 应该 必须 必将 需要 大力发展 积极推进 深入推进 努力实现 加快发展 共同 同 年 月 日 ";

/// Verbs that are as often part of a member: they govern only behind an adverb or at the head of a clause.
const WEAK: &str = " 发展 建设 创新 服务 改造 升级 治理 融合 保障 支持 保护 改革 管理 统筹 协调 协同 谋划 规划 制定 研究 学习 设计 开发 维护 监管 调整 \
改善 推介 展示 分析 介绍 关注 支撑 补齐 筑牢 夯实 守护 守住 ";

/// Adverbs that stand before a verb that governs a list.
const ADVERBS: &str = " 我们 我 必须 应当 需要 应该 大力 加快 着力 积极 全力 全面 深入 持续 加速 优先 不断 努力 稳步 扎实 有序 进一步 率先 聚力 奋力 协力 逐步 切实 有效 认真 始终 继续 共同 同步 \
要 应 将 须 可 能 会 来 去 再 更好 更加 重点 坚决 坚定不移 坚定 充分 紧紧 牢牢 主动 高效 高质量 高水平 同时 一手 分别 先后 陆续 依次 ";

/// Verbs that only announce what members are about: 围绕|压实责任、强化保护.
const ANNOUNCING: &str = " 实现 提出 要求 强调 就 我 我们 到 至 对于 关于 由于 必须 应当 需要 应该 已 能 会 可 通过 贯彻 贯彻落实 贯彻执行 把握 处理好 做好 围绕 聚焦 包括 按照 根据 涵盖 涉及 实施 开展 完成 抓好 落实 启动 推出 在 从 以 对 把 将 为 是 有 即 于 由 向 要 瞄准 针对 形成 突出 坚持 ";

/// What members of an official count are called. A name ends with one of them where it has one.
const CLASSES: &str = "事 大事 实事 本领 含义 理由 原因 好处 错误 判断 关口 建议 意见 主张 要点 规律 经验 启示 结论 变化 原因 矛盾 奇迹 产业 中心 任务 行动 攻坚战 战略 工程 计划 体系 平台 领域 板块 方向 关系 关键词 集群 方面 问题 原则 机制  \
制度 环节 目标 举措 措施 工作 重点 优势 特色 品牌 基地 园区 区域 城市 地区 流域 水系 机场 港口 学校  \
高校 委员 支柱 主题 改造 差别 部类 石窟 指数 奖项 项目 片区 新区 示范区 试验区 走廊 经济体 城市群  \
都市圈 主线 方式 办法 形式 手段 途径 类别 因素 行业 要素 功能 理念 要求 阶段 步骤 维度 层面 角度 特点 特征 亮点 成果 倡议 转型 转变 改革 政策  \
条件 能力 标准 系统 模式 渠道 通道 抓手 场景 赛道 技术 产品 服务 企业 公司 单位 部门 部委 省份 国家  \
市场 战场 战役 歼灭战 阻击战 保卫战 革命运动 法宝 障碍 难题 短板 风险 挑战 机遇 指标 模块 专区 街道 社区  \
乡镇 车站 景区 展区 赛区 校区 实验室 研究院 联盟 协会 民族 语种 学科 专业 课程 课题 篇章 文章 同志 专家  \
教授 学者 选手 队员 运动员 代表团 院士 同学 老师 市民 居民 村民 自信 意识 维护 确立 融合 数据库 中学  \
小学 大学 医院 县城 河流 湖泊 岛屿 栏目 剧种 流派 系列 主体 载体 窗口 名片 引擎 动力 路径 圈 链 带 区  \
县 市 省 镇 村 港 站 厅 馆 馆藏 组";

/// Classes that as often describe another: 重点|产业, 新赛道|产业.
const DESCRIBING: &str = "重点 赛道 特色 优势 功能 技术 服务 专业 企业 市场 城市 区域 地区 国家 改革 政策 标准 系统 产品 主题  \
转型 战略 品牌 工作 问题 融合 项目 工程 平台 园区 社区 风险 民族 部门";

/// What goes on behind a class: 产业|集群, 产业|体系.
const AFTER_CLASS: &str = "集群 体系 基地 园区 带 群 圈 链 协会 商会";

/// Measure words of things that can be named one by one.
const MEASURES: &str = "套 方面 大类 个 项 位 名 家 种 类 组 条 件 所 座 支 点 门 部 款 只 处 场 张 本 道 层 对 步 艘 枚  \
册 篇 首 根 台 大";

/// What counts people.
const PEOPLE: &str = "位 名 人";

/// Places and bodies that are counted without a measure word: 沪苏浙皖四地.
const PLACES: &str =
    "省市 省区 市县 地 国 省 市 县 区 州 镇 乡 村 院 校 部门 部委 馆 站 港 人 岛 湖 河 江 山";

/// What is measured, not named: 三个|月.
const UNITS: &str = "月 小时 百分点 工作日 季度 年 世纪 星期 交易日 天 百分 五年 学期 赛季 钟头 礼拜 昼夜 自然日 多 亿 万  \
千 百 左右 以上 以下";

/// How quoted pieces go on that count time, money, ranks or nothing at all.
const MEASURED: &str = "年 月 日 天 小时 元 公里 米 号 级 分 次 届 周 岁 里 世 亿 万 季 维 连 人 度 倍 百 千 孩 胎 甲  \
手 星 角 岸 国 海 亩 成 折 点 期 寸 斤 吨 字经 秒 时 晚 夜 代 等 流 线 楼 层 口 口人 家人 家亲  \
伏 彩 胞 环 轮 栖 口之家 叶 合院 方会谈 两 川 峡 亚 寨 堡 姓 码 联 冠 强 佳 杰 下五除二 者 是 来  \
则 不像 侧 把手 刻 旬 脚 腿 只 边形 边 指 颗心 颗 股 滴 句 句话 声 个人 个月 个孩子 个小时 个百分点  \
个中国 个政府 个头 个字 个多 点半 点钟 点一线 条腿";

/// What such a name is followed by where it names a policy: “三农”工作.
const POLICY: &str = "建设 改造 工作 问题 战略 要求 精神 方针 原则 任务 行动 工程 政策 改革 机制 体系 产业 格局 布局 目标  \
思想 重要 攻坚 融合 重点 经费 事业 标准 模式 举措 措施 制度 方案 规划 计划 理念 发展 领域 活动 教育  \
专项";

/// Sayings with two numbers that count nothing.
const SAYINGS: &str = "三心二意 四面八方 五湖四海 一心一意 一五一十 三令五申 七上八下 一点一滴 一针一线 一草一木 一砖一瓦 一言一行  \
一举一动 一朝一夕 三三两两 五花八门 五颜六色 四通八达 三番五次 七嘴八舌 九死一生 三长两短 一问一答 一来一往  \
一唱一和 一分一秒 一生一世 一模一样 一来二去 一清二楚 一干二净 一穷二白 三言两语 三天两头 四分五裂 五光十色  \
六神无主 十全十美 十拿九稳 一丝一毫 一砖一石 一山一水 一人一票 一张一弛 一招一式 一板一眼 一步一个脚印 一石二鸟  \
一箭双雕 两全其美 一国两府 一字一句 一笔一划 一笔一画 一颦一笑 四平八稳 五味杂陈 七零八落 八九不离十 一波三折  \
一日三餐 一日千里 一而再 三七二十一 两岸一家亲 一人一策 一企一策 一分为二";

/// Verbs and nouns behind the number of a party congress: 九大|路线, 十大|以来.
const CONGRESS: &str = "以来 以后 以前 之后 之前 和 精神 报告 召开 胜利 代表大会 的 提出 通过 确立 作出 确定 制定 路线 党章  \
政治 闭幕 开幕 决定 选举 在 是 上 前 后 期间 明确 对 以 根据 文件 规定 决议 将 到 产生 新闻";

/// Quoted names of ones that count what they name; most only say *each*: 一人一策.
const ONES: &str = "一带一路 一老一小 一主一辅 一核一带";

/// Words that end the noun of a name though they may look like nouns.
const STOPS: &str = " 全面 相互 相互间 具有 起来 连结 联结 建设 深远 实施 之间 以来 期间 正 共同 均 一起 同时 分别 ";

/// What follows 做 and 抓: 做|大, 做|强.
const RESULTS: &str = " 大 强 优 精 实 好 细 深 ";

/// Words an item begins with that says where, when or whereby before it says what.
const CIRCUMSTANCES: &str = " 在 从 根据 对 对于 由于 通过 随着 当 为了 按照 针对 为 ";

/// Classes of what is done rather than named: a verb before them does not belong to the name.
const ACTIVITIES: &str = "工作 任务 问题 改革 要求 措施 举措";

/// Words that measure by the number behind them: 不少于|二人, 一至|二人. What stands before them is no list of what is counted.
const BOUNDS: &str = "少于 多于 低于 高于 大于 小于 等于 不足 不满 未满 满 超过 超 逾 达 达到 至 到 约 近 为 是 有 导致 造成 致 \
致使 委托 聘请 指定 增至 减至";

/// Words that make a bound of the number before them: 三人|以上.
const BOUNDED: &str = "以上 以下 以内 之内 及以上 及以下 (含本数 （含本数";

/// The same, but only where nothing goes on behind them: 三人|上下, but not 三个领域上|下功夫.
const ABOUT: &str = "左右 上下";

/// Characters that tell one of several waters or towns of one name from the others: 北|三河.
const SIDES: [char; 10] = ['东', '南', '西', '北', '上', '下', '大', '小', '老', '新'];

/// Characters of the longest class.
const LONGEST_CLASS: usize = 4;

/// The lists that are asked for whole words: every word around a count is, several times.
struct Lists {
    governors: FxHashSet<&'static str>,
    weak: FxHashSet<&'static str>,
    adverbs: FxHashSet<&'static str>,
    announcing: FxHashSet<&'static str>,
    stops: FxHashSet<&'static str>,
    results: FxHashSet<&'static str>,
    circumstances: FxHashSet<&'static str>,
    classes: FxHashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    governors: each(GOVERNORS).collect(),
    weak: each(WEAK).collect(),
    adverbs: each(ADVERBS).collect(),
    announcing: each(ANNOUNCING).collect(),
    stops: each(STOPS).collect(),
    results: each(RESULTS).collect(),
    circumstances: each(CIRCUMSTANCES).collect(),
    classes: each(CLASSES).collect(),
});

/// Whether the word governs a list wherever it stands.
pub(super) fn governs(word: &str) -> bool {
    let dated = word.starts_with(super::numeral::is_digit) && word.ends_with(['年', '月', '日']);
    dated
        || LISTS.governors.contains(word)
        || pair_at_end(word).is_some_and(|end| LISTS.governors.contains(end))
}

/// The last two characters of a longer word: 充分发挥 and 正确处理 are one word for some engines.
fn pair_at_end(word: &str) -> Option<&str> {
    let (at, _) = word.char_indices().rev().nth(1)?;
    word.get(at..).filter(|_| at > 0)
}

/// Whether the word governs a list where an adverb or nothing stands before it.
pub(super) fn may_govern(word: &str) -> bool {
    LISTS.weak.contains(word)
}

/// Whether the word is an adverb before a verb.
pub(super) fn is_adverb(word: &str) -> bool {
    LISTS.adverbs.contains(word)
}

/// Whether the verb only announces members that have verbs of their own.
pub(super) fn announces(word: &str) -> bool {
    LISTS.announcing.contains(word)
        || pair_at_end(word).is_some_and(|end| LISTS.announcing.contains(end))
}

/// Whether a word ends with what members are called.
pub(super) fn ends_with_class(word: &str) -> bool {
    // 区 or 链 end a name only as the end of a longer word.
    let one = word.chars().nth(1).is_none();
    let ends = word.char_indices().rev().take(LONGEST_CLASS).enumerate();
    let mut ends = ends.filter(|(number, _)| *number > 0 || !one);
    word == "事"
        || ends.any(|(_, (at, _))| {
            let end = word.get(at..);
            end.is_some_and(|end| LISTS.classes.contains(end))
        })
}

/// Whether the class at the end of a word may only describe the one behind it.
pub(super) fn describes(word: &str) -> bool {
    each(DESCRIBING).any(|class| word.ends_with(class))
}

/// Whether the word belongs to the class before it.
pub(super) fn extends_class(word: &str) -> bool {
    each(AFTER_CLASS).any(|one| one == word)
}

/// The measure word at the head of `text`.
pub(super) fn measure(text: &str) -> Option<&'static str> {
    longest(MEASURES, text)
}

/// Whether the measure word counts people.
pub(super) fn counts_people(measure: &str) -> bool {
    each(PEOPLE).any(|one| one == measure)
}

/// The kind of place or body at the head of `text`.
pub(super) fn place(text: &str) -> Option<&'static str> {
    longest(PLACES, text)
}

fn longest(list: &'static str, text: &str) -> Option<&'static str> {
    each(list)
        .filter(|one| text.starts_with(one))
        .max_by_key(|one| one.len())
}

fn each(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}

/// Whether `text` begins with what is measured and not named.
pub(super) fn is_unit(text: &str) -> bool {
    // 千亿级 describes, 千亿 measures.
    let level = text.chars().take(4).any(|char| char == '级');
    !level && each(UNITS).any(|unit| text.starts_with(unit))
}

/// Whether what stands behind a quoted number makes it no shorthand.
pub(super) fn is_measured(text: &str) -> bool {
    each(MEASURED).any(|unit| text.starts_with(unit))
}

/// Whether what stands behind a quoted piece takes it for the name of a policy.
pub(super) fn takes_policy(text: &str) -> bool {
    each(POLICY).any(|noun| text.starts_with(noun))
}

/// Whether the piece is a saying.
pub(super) fn is_saying(text: &str) -> bool {
    each(SAYINGS).any(|one| one == text)
}

/// Whether `text` goes on as behind the number of a congress.
pub(super) fn tells_congress(text: &str) -> bool {
    each(CONGRESS).any(|word| text.starts_with(word))
}

/// Whether the piece is a name though all its numbers are one.
pub(super) fn is_name_of_ones(text: &str) -> bool {
    each(ONES).any(|one| one == text)
}

/// Whether a number whose last word before it is `word` is a bound, or is what the words before it do to so many: 不少于|二人.
pub(super) fn bounds(word: &str) -> bool {
    let long = |bound: &str| bound.chars().nth(1).is_some() && word.ends_with(bound);
    // 一至|二人 may be one word.
    let range = word.strip_suffix(['至', '到']);
    range.is_some_and(|number| number.ends_with(super::numeral::is_digit))
        || each(BOUNDS).any(|bound| word == bound || long(bound))
}

/// The bytes of the word at the head of `text` that makes a bound of the number before it.
pub(super) fn bounded(text: &str) -> Option<usize> {
    // （含三人） repeats the number; （含丙区） adds to the list.
    let with = text
        .strip_prefix(['(', '（'])
        .and_then(|text| text.strip_prefix('含'));
    if let Some(rest) = with.filter(|rest| rest.starts_with(super::numeral::is_digit)) {
        return Some(text.len() - rest.len());
    }
    let about = longest(ABOUT, text).filter(|word| {
        let next = text.get(word.len()..).and_then(|rest| rest.chars().next());
        next.is_none_or(|char| char == '的' || !crate::text::is_han(char))
    });
    longest(BOUNDED, text).or(about).map(str::len)
}

/// Whether the character tells things of one name from each other.
pub(super) fn is_side(char: char) -> bool {
    SIDES.contains(&char)
}

/// Whether the noun of a name ends before the word.
pub(super) fn stops(word: &str) -> bool {
    LISTS.stops.contains(word)
}

/// Whether the word completes the verb before it.
pub(super) fn completes(word: &str) -> bool {
    LISTS.results.contains(word)
}

/// Whether an item that begins with the word has not yet said what it is.
pub(super) fn is_circumstance(word: &str) -> bool {
    LISTS.circumstances.contains(word)
}

/// Whether the word is of what is done with things that have names.
pub(super) fn is_activity(word: &str) -> bool {
    each(ACTIVITIES).any(|one| word.ends_with(one))
}
