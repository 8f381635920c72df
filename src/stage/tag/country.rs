//! What a country has: its ministries, its forces, its teams. A model that never saw them stops behind the country.
//!
//! | rule | example |
//! |---|---|
//! | common words and 部 behind a country are its ministry | 挪威渔业部 in 挪威渔业部长 |
//! | so are its army, navy and air force | 挪威海军 |
//! | and its team | 挪威女队 |

use super::consistent::Find;
use super::phrases::is_phrase;
use crate::lexicon::Lexicon;
use crate::model::{Kind, Listed};
use crate::record::Method;

/// Characters of what a ministry is for.
const FIELD: std::ops::RangeInclusive<usize> = 2..=6;
/// What behind a field makes a part of the country of it, and no ministry: 东南部.
const SIDES: &str = "东西南北中上下内外前后左右";
/// What goes on behind 部 to another word: 部门, 部分.
const GOES_ON: &str = "门分队落署件位下族属类首部";
/// What is a country's own, and what goes on behind its last character to another word: 陆军棋, 空军一号, 队伍.
const OWN: [(&str, &str); 7] = [
    ("议会", ""),
    ("空军", "一部节号"),
    ("海军", "一部节"),
    ("陆军", "棋一部节"),
    ("女队", "员友"),
    ("男队", "员友"),
    ("队", "伍员友列形长旗服医里"),
];

/// A country with its ministry, force or team behind it.
pub(super) fn body(chars: &[char], find: Find, lexicon: &Lexicon) -> Find {
    let name = chars.get(find.start..find.end).unwrap_or_default();
    let behind = chars.get(find.end..).unwrap_or_default();
    if find.kind != Kind::Location || behind.is_empty() || !Listed::of(name).is_country() {
        return find;
    }
    match ministry(behind, lexicon).or_else(|| own(behind)) {
        Some(longer) => Find {
            kind: Kind::Organisation,
            end: find.end + longer,
            method: Method::Rule,
            ..find
        },
        None => find,
    }
}

/// The length of a country's own that a text begins with.
fn own(behind: &[char]) -> Option<usize> {
    OWN.iter().find_map(|(word, others)| {
        let length = word.chars().count();
        let begins = word.chars().eq(behind.iter().copied().take(length));
        let whole = behind
            .get(length)
            .is_none_or(|next| !others.contains(*next));
        (begins && whole).then_some(length)
    })
}

/// The length of the common words and the 部 that a text begins with.
fn ministry(behind: &[char], lexicon: &Lexicon) -> Option<usize> {
    let field = FIELD
        .into_iter()
        .find(|at| behind.get(*at) == Some(&'部'))?;
    let words = behind.get(..field)?;
    let side = words.last().is_some_and(|last| SIDES.contains(*last));
    let goes_on = behind
        .get(field + 1)
        .is_some_and(|next| GOES_ON.contains(*next));
    (!side && !goes_on && is_phrase(words, lexicon)).then_some(field + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the name between brackets becomes.
    fn check(marked: &str, expected: &str, kind: Kind) {
        let chars: Vec<char> = marked.chars().filter(|ch| !"[]".contains(*ch)).collect();
        let find = Find {
            sentence: 0,
            start: marked.chars().position(|ch| ch == '[').unwrap(),
            end: marked.chars().position(|ch| ch == ']').unwrap() - 1,
            kind: Kind::Location,
            score: 0.9,
            method: Method::Model,
        };
        let find = body(&chars, find, &Lexicon::default_shared());
        let name: String = chars[find.start..find.end].iter().collect();
        assert_eq!((name.as_str(), find.kind), (expected, kind), "{marked}");
    }

    #[test]
    fn a_country_has_ministries_forces_and_teams() {
        check("昨天[挪威]渔业部长说", "挪威渔业部", Kind::Organisation);
        check("[挪威]海军部长说", "挪威海军部", Kind::Organisation);
        check("[挪威]海军的船", "挪威海军", Kind::Organisation);
        check("[挪威]女队赢了", "挪威女队", Kind::Organisation);
        check("[挪威]队。", "挪威队", Kind::Organisation);
    }

    #[test]
    fn most_behind_a_country_is_not_its_own() {
        for (marked, name) in [
            ("[挪威]东南部的雨", "挪威"),
            ("[挪威]渔业部分关闭", "挪威"),
            ("[挪威]情报部门说", "挪威"),
            ("[挪威]电影部部精彩", "挪威"),
            ("[挪威]空军一号", "挪威"),
            ("[挪威]队员来了", "挪威"),
            ("[挪威]北部", "挪威"),
            ("[云溪]渔业部", "云溪"),
            ("[挪威]", "挪威"),
        ] {
            check(marked, name, Kind::Location);
        }
    }
}
