//! What ends as a name does and is none: kinds of things, aims, words in quotation marks, and what begins inside a word.
//!
//! | rule | example |
//! |---|---|
//! | a kind of bodies is no body | 应用型大学 |
//! | a place that is to do something is a place | 云溪深化科创中心 → 云溪 |
//! | what the model only leans towards and nothing else tells of is no body | 聚力打通 |
//! | of common words, a preposition and a body the body is left | 被告向霁澜法院 → 霁澜法院 |
//! | a common word by itself in quotation marks is a figure of speech, or a kind | “先锋队” |
//! | what begins inside a word, common words behind that, is a sentence's middle | 回 归都市城区 |

use super::consistent::Find;
use super::persons::{CERTAIN, is_common};
use super::phrases::{ends_as, is_common_word, is_company, is_phrase};
use crate::lexicon::Lexicon;
use crate::model::{Kind, Listed};

/// From here on the model's word is taken for an organisation that ends as none does.
const HEADLESS: f32 = 0.7;
/// What officials do with things; no body is called after it.
const AIMS: [&str; 15] = [
    "深化", "推进", "推动", "加快", "打造", "提升", "增强", "助力", "加强", "完善", "构建", "强化",
    "聚焦", "落实", "贯彻",
];
/// Characters of a word of this kind.
const AIM: usize = 2;
/// What is said of things of both kinds, and no word of the dictionary.
const PAIRS: [&str; 4] = ["新老", "新旧", "大小", "中小"];
/// What there are kinds of, which no name tells of: 重型机器厂 is one.
const HEADS: [&str; 10] = [
    "大学", "高校", "院校", "学校", "企业", "机构", "组织", "政府", "政党", "城市",
];
/// Characters of each.
const HEAD: usize = 2;
/// Who heads a body: “作协”主席 names one.
const LEADERS: [&str; 5] = ["主席", "会长", "主任", "书记", "理事"];
/// What stands between words and a body that is not called after them.
const BETWEEN: &str = "向被经由";
/// Characters of a body behind one, at least.
const BODY: usize = 4;
/// Characters of a place before its aim.
const PLACE: std::ops::RangeInclusive<usize> = 2..=6;

/// What is left of a name, if it is one.
pub(super) fn weigh(chars: &[char], find: Find, lexicon: &Lexicon) -> Option<Find> {
    if is_no_name(chars, &find, lexicon) {
        return None;
    }
    let name = chars.get(find.start..find.end).unwrap_or_default();
    let place = place_with_aim(name, &find).map(|length| Find {
        kind: Kind::Location,
        end: find.start + length,
        ..find
    });
    let behind = behind_preposition(name, find.kind, lexicon).map(|from| Find {
        start: find.start + from,
        ..find
    });
    Some(place.or(behind).unwrap_or(find))
}

/// Whether of an organisation no ending, no dictionary and no list but what was taught tells, and the model only leans towards it: that is for those
/// that end as organisations do.
pub(super) fn is_doubtful(name: &[char], score: f32, lexicon: &Lexicon) -> bool {
    let word: String = name.iter().collect();
    score < HEADLESS
        && !ends_as(Kind::Organisation, name)
        && !Listed::of(name).is_found(Kind::Organisation)
        && (!lexicon.has_word(&word) || is_common_word(&word, lexicon))
}

/// Whether nothing is named.
fn is_no_name(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let name = chars.get(find.start..find.end).unwrap_or_default();
    find.kind != Kind::Person
        && (is_kind(name)
            || find.score < CERTAIN
                && (is_quoted_word(chars, find, lexicon) || is_middle(chars, find, lexicon)))
}

/// Where the organisation begins that stands behind a preposition, and that behind common words or the end of one.
fn behind_preposition(name: &[char], kind: Kind, lexicon: &Lexicon) -> Option<usize> {
    let is_word = |from: usize| {
        let pair = name.get(from..from + 2);
        pair.is_none_or(|pair| lexicon.has_word(&pair.iter().collect::<String>()))
    };
    let alone = |at: &usize| BETWEEN.contains(name[*at]) && !is_word(at - 1) && !is_word(*at);
    let at = (1..name.len()).find(alone)?;
    let (before, body) = (name.get(..at)?, name.get(at + 1..)?);
    let words = before.len() == 1 || is_phrase(before, lexicon);
    let whole = kind == Kind::Organisation && body.len() >= BODY && ends_as(kind, body);
    (whole && words).then_some(at + 1)
}

/// The length of the place that is to do something.
fn place_with_aim(name: &[char], find: &Find) -> Option<usize> {
    let mut lengths = PLACE.rev();
    let found = lengths.find(|length| {
        let place = name.get(..*length);
        let aim = name.get(*length..*length + AIM);
        let aim = aim.map(|aim| aim.iter().collect::<String>());
        aim.is_some_and(|aim| AIMS.contains(&aim.as_str()))
            && place.is_some_and(|place| Listed::of(place).is_division())
            && !is_company(name.get(*length + AIM..).unwrap_or_default())
    });
    found.filter(|_| find.kind == Kind::Organisation && find.score < CERTAIN)
}

/// Whether a name ends with a word that ends with 型, and what there are kinds of, or is a grade of hospitals: 三甲医院.
fn is_kind(name: &[char]) -> bool {
    let parts = name
        .len()
        .checked_sub(HEAD)
        .and_then(|at| name.split_at_checked(at));
    parts.is_some_and(|(before, head)| {
        let head: String = head.iter().collect();
        let grade = matches!(before, ['一' | '二' | '三', '甲' | '乙' | '丙']);
        matches!(before, [_, .., '型']) && HEADS.contains(&head.as_str()) || grade && head == "医院"
    })
}

/// Whether a name is a common word, and all that a pair of quotation marks holds.
fn is_quoted_word(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let before = find.start.checked_sub(1).and_then(|at| chars.get(at));
    let quotes =
        |ch: Option<&char>| ch.is_some_and(|ch| matches!(ch, '“' | '”' | '"' | '「' | '」'));
    let name = chars.get(find.start..find.end).unwrap_or_default();
    let behind = chars.get(find.end + 1..).unwrap_or_default();
    let office = |office: &str| office.chars().eq(behind.iter().copied().take(2));
    quotes(before)
        && quotes(chars.get(find.end))
        && !LEADERS.iter().any(|one| office(one))
        && !Listed::of(name).is_found(find.kind)
        && is_common_word(&name.iter().collect::<String>(), lexicon)
}

/// Whether a place's first character is the end of a word, and common words are behind it.
fn is_middle(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let Some([before, first, rest @ ..]) = find
        .start
        .checked_sub(1)
        .and_then(|before| chars.get(before..find.end))
    else {
        return false;
    };
    let word: String = [*before, *first].iter().collect();
    find.kind == Kind::Location
        && rest.len() >= 2
        && !rest.ends_with(&['镇'])
        && !rest.ends_with(&['乡'])
        && (PAIRS.contains(&word.as_str()) || is_common(&word, lexicon))
        && is_phrase(rest, lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Method;

    fn find(marked: &str, kind: Kind, score: f32) -> (Vec<char>, Find) {
        let chars = marked.chars().filter(|ch| !"[]".contains(*ch)).collect();
        let find = Find {
            sentence: 0,
            start: marked.chars().position(|ch| ch == '[').unwrap(),
            end: marked.chars().position(|ch| ch == ']').unwrap() - 1,
            kind,
            score,
            method: Method::Model,
        };
        (chars, find)
    }

    fn is_none(marked: &str, kind: Kind, score: f32) -> bool {
        let (chars, find) = find(marked, kind, score);
        is_no_name(&chars, &find, &Lexicon::default_shared())
    }

    #[test]
    fn kinds_and_figures_of_speech_are_no_names() {
        assert!(is_none("一批[应用型大学]的", Kind::Organisation, 0.999));
        assert!(!is_none("一批[云溪大学]的", Kind::Organisation, 0.5));
        assert!(is_none("两家[二甲医院]的", Kind::Organisation, 0.999));
        assert!(!is_none("两家[云甲医院]的", Kind::Organisation, 0.999));
        assert!(is_none("做好“[先锋队]”的事", Kind::Organisation, 0.7));
        assert!(!is_none("做好“[先锋队]”的事", Kind::Organisation, 0.99));
        assert!(!is_none("做好“[先锋队”]的事", Kind::Organisation, 0.7));
        assert!(!is_none("在[霁澜重型机器厂]的", Kind::Organisation, 0.7));
        assert!(!is_none("把“[四人帮]”的", Kind::Organisation, 0.7));
        assert!(!is_none("“[作协]”主席说", Kind::Organisation, 0.7));
        assert!(!is_none("在“[云溪队]”的", Kind::Organisation, 0.7));
    }

    #[test]
    fn an_organisation_that_only_the_model_tells_of_is_one_if_it_is_likely() {
        let doubtful = |name: &str, score: f32| {
            let name: Vec<char> = name.chars().collect();
            is_doubtful(&name, score, &Lexicon::default_shared())
        };
        assert!(doubtful("霁澜澄", 0.6) && !doubtful("霁澜澄", 0.8));
        assert!(!doubtful("霁澜银行", 0.6) && !doubtful("欧盟", 0.6));
    }

    #[test]
    fn what_begins_inside_a_word_is_no_place() {
        assert!(is_none("人们回[归都市]的", Kind::Location, 0.8));
        assert!(is_none("新[老城区]的", Kind::Location, 0.9));
        assert!(!is_none("在[老城区]的", Kind::Location, 0.9));
        assert!(!is_none("人们去[归都市]的", Kind::Location, 0.8));
        assert!(!is_none("人们回[归云溪]的", Kind::Location, 0.8));
        assert!(!is_none("从老[城关镇]来", Kind::Location, 0.9));
        assert!(!is_none("[归都市]的", Kind::Location, 0.8));
    }

    #[test]
    fn a_place_with_an_aim_is_a_place() {
        let left = |marked: &str| {
            let (chars, find) = find(marked, Kind::Organisation, 0.8);
            let find = weigh(&chars, find, &Lexicon::default_shared()).unwrap();
            (
                chars[find.start..find.end].iter().collect::<String>(),
                find.kind,
            )
        };
        assert_eq!(
            left("服务[苏州深化科创中心]的"),
            ("苏州".to_owned(), Kind::Location)
        );
        let court = ("霁澜法院".to_owned(), Kind::Organisation);
        assert_eq!(left("为[被告向霁澜法院]的"), court);
        assert_eq!(left("或[者被霁澜法院]的"), court);
        for name in [
            "苏州科创中心",
            "苏州聚焦影业",
            "霁澜深化中心",
            "东方向阳学校",
            "财政经济委员会",
        ] {
            assert_eq!(
                left(&format!("服务[{name}]的")),
                (name.to_owned(), Kind::Organisation)
            );
        }
    }
}
