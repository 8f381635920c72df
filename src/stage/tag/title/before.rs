//! Titles that stand before a name: 上海市委副书记、市长[…].

use crate::record::{Label, Token};

use super::piece::{Piece, is_space};
use super::words::office_before;

/// Characters that a title has at most before its office word.
const REACH: usize = 36;
/// Offices of one person in a row.
const ROW: usize = 8;
/// Characters that an office word has at most, ranks before it included.
const OFFICE: usize = 16;
/// Characters that end the name of a body.
const BODIES: [char; 21] = [
    '部', '局', '处', '室', '所', '院', '署', '司', '厅', '办', '委', '科', '系', '组', '队', '站',
    '台', '社', '会', '团', '库',
];
/// Bodies that the segmenter does not always keep together.
const WHOLE: [&str; 22] = [
    "中共",
    "市委",
    "省委",
    "区委",
    "县委",
    "州委",
    "镇委",
    "工委",
    "党委",
    "党组",
    "团委",
    "纪委",
    "政法委",
    "中央",
    "政府",
    "人大",
    "政协",
    "常委会",
    "全国",
    "我省",
    "中心",
    "国家",
];
/// Words that tell what happens around a title, not of it.
const OUTSIDE: &str = "嘉宾 会议 期间 现场 图片 同志 专访 报道 讯 电 主角 观众 听众 对话 访谈 视频 专题 消息 本期 主讲人 主讲 图 \
会见 会谈 会晤 接见 采访 任命 当选 担任 出任 现任 时任 曾任 拜会 拜访 慰问 看望 致电 祝贺 欢迎 邀请 访问 介绍 选举 推荐 聘请 特邀 授予 感谢 出席 陪同 参加 主持 \
接待 约见 视察 考察 调研 讲话 发言 致辞 方式 代表团成员 以来 消息人士 人称 夫人 妻子 丈夫 父亲 母亲 儿子 女儿 其中 身边 来自 支持 反对 批评 指控 会场";

/// The titles that end at `name`, in the order of the text.
pub(super) fn before(piece: &Piece, tokens: &[Token], name: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut end = name;
    while found.len() < ROW {
        while end > 0 && end + 2 > name && piece.at(end - 1).is_some_and(is_space) {
            end -= 1;
        }
        let Some(start) = title(piece, tokens, end) else {
            break;
        };
        found.push((start, end));
        let joined = start.checked_sub(1).filter(|at| {
            piece
                .at(*at)
                .is_some_and(|char| matches!(char, '、' | '兼' | '暨'))
        });
        let Some(at) = joined else { break };
        end = at;
    }
    found.reverse();
    found
}

/// Where the title that ends at `end` begins.
pub(super) fn title(piece: &Piece, tokens: &[Token], end: usize) -> Option<usize> {
    let from = end.saturating_sub(OFFICE);
    let office = from + office_before(piece.of(from, end))?;
    let start = reach(piece, tokens, office, end);
    // The segmenter may take a preposition for a part of the next word.
    let word = start < office && matches!(piece.at(start), Some('据' | '由' | '请' | '让'));
    Some(start + usize::from(word))
}

/// How far the modifiers of an office go to the left.
fn reach(piece: &Piece, tokens: &[Token], office: usize, end: usize) -> usize {
    let mut at = office;
    while at > 0 && office - at < REACH {
        let Some(start) = step(piece, tokens, at, (office, end)) else {
            break;
        };
        at = start;
    }
    // 前外交部长: the rank stands before the body.
    let former = at.checked_sub(1).filter(|before| {
        let open = before
            .checked_sub(1)
            .and_then(|at| piece.at(at))
            .is_none_or(|char| !char.is_alphanumeric());
        matches!(piece.at(*before), Some('原' | '前')) && open && at < office
    });
    former.unwrap_or(at)
}

/// Where the modifier begins that ends at `at`.
fn step(
    piece: &Piece,
    tokens: &[Token],
    at: usize,
    (office, end): (usize, usize),
) -> Option<usize> {
    if let Some(name) = piece.name_before(at) {
        return (name.label != Label::Person).then_some(name.start);
    }
    let from = at.saturating_sub(REACH);
    let left = piece.of(from, at);
    if let Some(length) = session(left) {
        return Some(at - length);
    }
    let (start, token) = piece.token_before(tokens, at)?;
    let whole = WHOLE.iter().find_map(|body| {
        let length = body.chars().count();
        let ends = left.len() >= length
            && left
                .iter()
                .rev()
                .zip(body.chars().rev())
                .take(length)
                .all(|(one, other)| *one == other);
        ends.then_some(length)
    });
    let inside = piece.of(start, at);
    let past = start + usize::try_from(token.span.char_len()).ok()?;
    if past != at {
        // 外交部长 is one word; but the segmenter may go from the office into the name, too: 市|长华源.
        let word = at == office && past <= end && past > at && is_nominal(token);
        return if word {
            Some(start)
        } else {
            whole.map(|length| at - length)
        };
    }
    if let Some(length) = whole.filter(|length| *length > inside.len()) {
        return Some(at - length);
    }
    let person = piece
        .names
        .get(piece.names.partition_point(|name| name.end <= start)..)
        .and_then(<[_]>::first)
        .is_some_and(|name| name.start < at && name.label == Label::Person);
    let body = |char: &char| BODIES.contains(char);
    let verb = token.pos.is_a("v") || token.pos.is_a("a") || token.pos.is_a("d");
    let fits = is_nominal(token)
        || inside.len() == 1 && inside.iter().all(body)
        || verb && at < office && piece.at(at).as_ref().is_some_and(body) && inside.len() > 1
        || whole == Some(inside.len());
    let outside = || {
        OUTSIDE
            .split(' ')
            .any(|word| inside.iter().copied().eq(word.chars()))
    };
    (fits && !person && !outside()).then_some(start)
}

/// Whether a word can be part of a title or of the name of a body.
pub(super) fn is_nominal(token: &Token) -> bool {
    let pos = token.pos.as_str();
    matches!(pos, "j" | "b" | "vn" | "an" | "eng" | "s" | "l" | "nz")
        || pos.starts_with('n') && !matches!(pos, "nr" | "nrfg" | "nrt")
}

/// Characters of 第十四届 or 14届 at the end of `left`.
fn session(left: &[char]) -> Option<usize> {
    let (last, rest) = left.split_last()?;
    if *last != '届' {
        return None;
    }
    let number = |char: &&char| char.is_ascii_digit() || "一二三四五六七八九十百".contains(**char);
    let digits = rest.iter().rev().take_while(number).count();
    let ordinal = rest
        .len()
        .checked_sub(digits + 1)
        .and_then(|at| rest.get(at))
        == Some(&'第');
    (digits > 0).then_some(1 + digits + usize::from(ordinal))
}
