//! Verbs of saying, in simplified characters.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// How much a verb tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    /// Speech, wherever a subject stands before it.
    Says,
    /// A noun, too: speech only where its subject or an adverb stands at once before it.
    Noun,
    /// Speech only beside quotation marks.
    Quotes,
}

const SAYS: &str = "说 说道 表示 指出 强调 认为 坦言 透露 称 直言 重申 宣布 解释说 解释称 解释道 介绍说 介绍道 介绍称 补充 补充说 补充道 补充称 谈到 谈道 提到 讲到 讲道 写道 写到 \
强调指出 明确指出 深刻指出 深情地说 感慨 感叹 感叹道 感慨道 感慨地说 回忆 回忆说 回忆道 回应称 回应说 回应道 答复称 回答说 回答道 声称 宣称 坚称 辩称 诉称 自称 否认称 \
提出 坚信 深信 披露 证实 笑言 笑着说 分析说 分析称 分析认为 评价说 评价道 评论说 评论称 总结说 总结道 表态说 表态称 反映说 建议说 提醒说 提醒道 警告说 警告称 \
告诉记者 告诉我们 断言 预言 明言 断定 勉励 讲述 报道称 报道说 报道指出 强调说 指出说 表示说 告诉说 普遍认为 一致认为";
const NOUN: &str = "呼吁 主张 倡议 号召 寄语 嘱咐 叮嘱 介绍 建议 要求 解释 回应 评价 评论 总结 警告 希望 相信 预计 预测 估计 判断 承诺 保证 反映 答复 期待 表态 通报 批评 谴责 承认 否认 明确 指示 感言";
const QUOTES: &str = "道 问 问道 答 答道 笑道 喊 喊道 叫道 叹道 反问 反问道 追问 追问道 追问说 提问 提问说 回答 怒斥 质问 感言 称赞 称赞道 赞叹 赞叹道 赞道 夸 夸道 念道 吟道 唱道 自语 喃喃自语 \
嘀咕 抱怨 抱怨说 抱怨道 安慰 安慰道 安慰说 鼓励 鼓励说 打趣 打趣道 打趣说 调侃 调侃道 调侃说 笑称 戏称 直呼 惊呼 高呼 大喊 留言 留言说 留言道 写下 批示 答记者问时说 开玩笑说 点评 点评道 嘱托 \
题词 致辞 祝福 祝福道 说起 介绍起";
/// Words that end as a verb does and are none, or have no subject.
const OTHERS: &str = "小说 传说 学说 据说 听说 来说 话说 再说 胡说 解说 难说 不说 虽说 是说 可说 所说 一说 先说 就说 没说 未说 俗话说 老话说 常说 名称 简称 全称 俗称 职称 对称 统称 据称 尊称 \
并称 又称 被称 也称 合称 通称 别称 人称 总称 改称 更称 堪称 号称 代称 官称 美称 雅称 道说 知道 街道 渠道 管道 隧道 轨道 报道 频道 通道 味道 力道 跑道 车道 河道 航道 霸道 \
被认为 不认为 所表示 没有表示 意见建议 没有说 可以说 应该说 不能说 怎么说 这么说 换句话说 也就是说 比如说 例如说 所谓说 说不说 访问 学问 疑问 顾问 慰问 询问 请问 不问 过问 解答 问答 应答 \
对答 回应说明 未介绍 自我介绍 作介绍 作评价 明确表示";
/// Characters of the object of 告诉 at most.
const OBJECT: usize = 16;

/// A word and its force; none where it is no verb of saying after all.
type Word = (Vec<char>, Option<Force>);

struct Verbs {
    by_last: FxHashMap<char, Vec<Word>>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut by_last: FxHashMap<char, Vec<Word>> = FxHashMap::default();
    let kinds = [
        (SAYS, Some(Force::Says)),
        (NOUN, Some(Force::Noun)),
        (QUOTES, Some(Force::Quotes)),
        (OTHERS, None),
    ];
    for (list, force) in kinds {
        for word in list.split(' ') {
            let chars: Vec<char> = word.chars().collect();
            if let Some(last) = chars.last() {
                by_last.entry(*last).or_default().push((chars, force));
            }
        }
    }
    // The longest of those with the same end counts.
    for words in by_last.values_mut() {
        words.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len()));
    }
    Verbs { by_last }
});

/// The verb that `chars` ends with: where it begins, and its force.
pub(super) fn verb_before(chars: &[char]) -> Option<(usize, Force)> {
    let last = chars.last()?;
    let words = VERBS.by_last.get(last);
    let known = words.and_then(|words| words.iter().find(|(word, _)| chars.ends_with(word)));
    match known {
        Some((word, force)) => force.map(|force| (chars.len() - word.len(), force)),
        None if told(*last) => tells(chars),
        None => None,
    }
}

/// Whether a verb of saying may end with a character.
pub(super) fn ends_verb(last: char) -> bool {
    told(last) || VERBS.by_last.contains_key(&last)
}

/// What those who are told something may end with.
fn told(last: char) -> bool {
    matches!(last, '者' | '们' | '人' | '友' | '我' | '他' | '她')
}

/// 告诉 with whom it tells behind: 告诉本报记者.
fn tells(chars: &[char]) -> Option<(usize, Force)> {
    let from = chars.len().saturating_sub(OBJECT);
    let near = chars.get(from..)?;
    let at = near.windows(2).rposition(|pair| pair == ['告', '诉'])?;
    let object = near.get(at + 2..)?;
    let plain = |char: &char| char.is_alphanumeric() || matches!(char, '《' | '》' | '“' | '”');
    object.iter().all(plain).then_some((from + at, Force::Says))
}

/// Demands and announcements: what such a verb may be followed by without a mark (强调要, 认为).
pub(super) fn runs_on(verb: &[char], next: char) -> bool {
    match verb {
        ['认', '为'] => !matches!(next, '是' | '的' | '自'),
        ['强', '调'] | ['指', '出'] | ['表', '示'] | ['要', '求'] | ['建', '议'] | ['呼', '吁'] =>
        {
            matches!(next, '要' | '将' | '应' | '必')
        }
        _ => false,
    }
}
