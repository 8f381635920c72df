//! What stands beside a space: the places where Chinese has spaces on purpose, and the characters that none stands beside.

use super::marks::{is_blank, is_figure, is_mark, is_opening};
use super::starts::is_item;
use crate::text::{han_prefix, is_han};

/// What a credit ends with.
const CREDITS: &[&str] = &[
    "摄", "文", "图", "绘", "供图", "摄影", "制图", "报道", "译", "编", "著",
];
/// Behind these stands a name.
const OFFICES: &[&str] = &[
    "记者",
    "通讯员",
    "编辑",
    "责编",
    "作者",
    "摄影",
    "主编",
    "校对",
    "实习生",
    "主播",
    "来源",
    "供稿",
];
/// Behind these stands the text of a dispatch.
const DATELINES: &[&str] = &["讯", "电", "消息", "报道", "综合"];
/// Characters of the number of an item.
const ITEM: usize = 12;
/// Characters of a dateline.
const DATELINE: usize = 30;

/// What the particles beside a space say: some can't end a clause, some can't begin one.
pub(super) fn particles(last: char, next: char) -> f32 {
    let before = matches!(
        last,
        '的' | '和'
            | '与'
            | '及'
            | '在'
            | '是'
            | '把'
            | '被'
            | '对'
            | '为'
            | '将'
            | '就'
            | '而'
            | '或'
            | '从'
            | '向'
            | '以'
            | '并'
            | '但'
            | '该'
            | '各'
            | '每'
            | '让'
            | '使'
            | '由'
            | '于'
    );
    let after = matches!(next, '的' | '了' | '着' | '们');
    let before = if before { 1.0 } else { 0.0 };
    before + if after { 2.0 } else { 0.0 }
}

/// Whether the space between `before` and `after`, which together are a line, separates.
pub(super) fn is_separator(before: &str, after: &str, prose: bool) -> bool {
    let left = Piece::behind(before);
    let right = Piece::ahead(after);
    let names = left.is_name() && right.is_name() || right.is_name() && right.between_spaces;
    // 张 三: a name, or a heading, set wide.
    let wide =
        left.is_single() && right.is_single() && (left.between_spaces || right.between_spaces);
    let short = !prose && before.chars().take(3).count() + after.chars().take(3).count() < 5;
    // A row of short pieces is a list, whatever they are.
    let row = !prose && left.is_short() && right.is_short();
    names && !prose
        || row
        || left.is_name() && right.is_name()
        || wide
        || short
        || is_credit(before, after)
        || !prose && is_date(before)
        || is_numbered(before)
        || is_dateline(before)
        || is_jump(after)
}

/// The text goes on elsewhere, or comes from there.
fn is_jump(after: &str) -> bool {
    let inner = after.strip_prefix(['（', '(']);
    inner.is_some_and(|inner| inner.starts_with("下转") || inner.starts_with("上接"))
}

/// Characters of a piece that are looked at.
const WHOLE: usize = 5;

/// What stands between a space and the next one, or a mark, or the line's edge.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its characters, up to five.
    chars: usize,
    han: bool,
    /// Nothing but spaces or edges on its sides.
    between_spaces: bool,
}

impl Piece {
    /// The piece that begins with `known` Han characters and goes on with `chars`.
    fn of(known: usize, chars: impl Iterator<Item = char>) -> Self {
        let mut piece = Self {
            chars: known,
            han: true,
            between_spaces: true,
        };
        for char in chars.take(WHOLE - known) {
            if is_blank(char) {
                return piece;
            }
            if !is_han(char) {
                piece.between_spaces = false;
                return piece;
            }
            piece.chars += 1;
        }
        piece.han = piece.chars < WHOLE;
        piece
    }

    fn behind(before: &str) -> Self {
        let mut rest = before.as_bytes();
        let mut known = 0;
        while known < WHOLE
            && let [ahead @ .., 0xE5..=0xE9, _, _] = rest
        {
            rest = ahead;
            known += 1;
        }
        let chars = before.get(..rest.len()).unwrap_or_default().chars();
        Self::of(known, chars.rev())
    }

    fn ahead(after: &str) -> Self {
        let known = han_prefix(after, WHOLE);
        let chars = after.get(known..).unwrap_or_default().chars();
        Self::of(known / 3, chars)
    }

    fn is_name(&self) -> bool {
        self.han && self.between_spaces && (2..=4).contains(&self.chars)
    }

    fn is_short(&self) -> bool {
        self.han && self.between_spaces && self.chars < 5
    }

    fn is_single(&self) -> bool {
        self.han && self.chars == 1
    }
}

/// 陈明 摄, 本报记者 李平, and the name between a caption and its credit.
fn is_credit(before: &str, after: &str) -> bool {
    let ends = |rest: &str| {
        let opens = |char| {
            matches!(
                char,
                '摄' | '文' | '图' | '绘' | '供' | '制' | '报' | '译' | '编' | '著'
            )
        };
        rest.starts_with(opens)
            && CREDITS.iter().any(|credit| {
                rest.strip_prefix(credit).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with([' ', '\u{3000}', '）', ')', '/'])
                })
            })
    };
    let office = matches!(
        before.chars().next_back(),
        Some('者' | '员' | '辑' | '编' | '影' | '对' | '生' | '播' | '源' | '稿')
    );
    let named = || {
        let name = after.chars().take_while(|char| is_han(*char)).take(WHOLE);
        let behind = after.get(name.map(char::len_utf8).sum()..);
        let behind = behind.filter(|behind| behind.starts_with(is_blank));
        behind.is_some_and(|behind| ends(behind.trim_start_matches(is_blank)))
    };
    let short = han_prefix(after, WHOLE + 1) <= 3 * WHOLE;
    ends(after)
        || short && named()
        || office && OFFICES.iter().any(|office| before.ends_with(office))
        || after.starts_with(['本', '通', '实'])
            && ["本报记者", "通讯员", "本报通讯员", "实习生"]
                .iter()
                .any(|office| after.starts_with(office))
}

/// A line may begin with the day.
fn is_date(before: &str) -> bool {
    let mut last = before.chars().rev();
    matches!(last.next(), Some('年' | '月' | '日')) && last.next().is_some_and(is_figure)
}

/// The space behind the number of an item: 第一条 …, （一） …, 一 ….
fn is_numbered(before: &str) -> bool {
    if !is_within(before, ITEM) {
        return false;
    }
    let bare = before
        .chars()
        .all(|char| "一二三四五六七八九十0123456789.".contains(char));
    bare || is_item(before) && !before.chars().any(|char| is_mark(char) || is_blank(char))
}

/// The space behind the words that open a dispatch.
fn is_dateline(before: &str) -> bool {
    let opened = || before.chars().filter(|char| is_opening(*char)).count();
    let ends = ['讯', '电', '息', '道', '合', '）', ')', '】'];
    before.ends_with(ends)
        && is_within(before, DATELINE)
        && (DATELINES.iter().any(|words| before.ends_with(words)) && !before.contains(is_mark)
            || before.ends_with(['）', ')', '】']) && opened() > 0 && before.contains("记者"))
}

/// Whether `text` has at most so many characters; of a long one none is looked at.
fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= most * 4 && text.chars().nth(most).is_none()
}
