//! The words by which subjects are told, in simplified characters.

/// Adverbs and openings that a clause begins with before its subject.
pub(super) const OPENINGS: &str = "对此 同时 此外 另外 随后 最后 接着 因此 所以 但 而 不过 其中 例如 比如 据 并 此前 日前 近日 当天 当日 当晚 今天 昨天 \
昨日 今日 会上 会后 采访中 座谈中 现场 连日来 本报讯";
/// Those who speak and have no name, by their ends.
pub(super) const ROLES: &str = "友人 学员 党员 干部 民众 选民 军方 部队 反对派 武装 司机 负责人 大家 双方 各方 三方 中方 美方 俄方 日方 欧方 法方 警方 \
校方 院方 厂方 官方 方面 人士 人员 嘉宾 居民 市民 村民 群众 网友 网民 读者 观众 媒体 会议 全会 大会 会谈 文章 社论 \
公报 公告 声明 通知 通报 报告 意见 决定 信 贺信 部门 单位 机构 团队 法院 检察院 政府 学生 同学 家长 患者 游客 商户 \
农户 渔民 农民 工人 官员 同志 员工 老人 乘客 顾客 消费者 志愿者 船东";
/// Words of a role that the segmenter takes for pronouns or counts.
pub(super) const COUNTS: &str = "们 该 多位 多名 一位 一名 有关 各 两位 几位 部分 不少";
/// Nouns behind a name that make others of it.
pub(super) const GROUPS: &str = "团队 夫妇 夫妻 一家 武装 组织 集团 课题组 研究组 小组 工作室 家属 家人 父子 母子 兄弟 姐妹 政府 政权 方面";
/// Nouns behind a name that leave it the same person.
pub(super) const COURTESY: &str =
    "同志 先生 女士 小姐 夫人 老人 同学 大妈 大爷 阿姨 师傅 本人 阁下 殿下";
/// What a body does before it says something: 发布公告说.
pub(super) const TELLS: &str = "发布 发表 发出 来信 致电 致函 去信 撰文 发文 发帖";

/// Ends of a clause that tells when or where something is said.
pub(super) const SCENES: &str =
    "时 后 中 上 之际 期间 问题 时候 之余 里 会议 当天 昨天 今天 对此 现场 不久";
/// Ends of what tells how often.
pub(super) const TIMES: &str = "次 回 遍 再 番";

/// The word of a list that `chars` begins with: how many characters it has.
pub(super) fn beginning(chars: &[char], list: &str) -> Option<usize> {
    let mut words = list.split(' ').filter(|word| begins(chars, word));
    words.next().map(|word| word.chars().count())
}

/// Whether `chars` ends with a word of a list.
pub(super) fn ending(chars: &[char], list: &str) -> bool {
    list.split(' ').any(|word| ends(chars, word))
}

/// Whether `chars` begins with a word.
pub(super) fn begins(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|char| rest.next() == Some(&char))
}

fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|char| rest.next() == Some(&char))
}
