//! What official language puts side by side and a model takes for a name: words that anyone may use, without anything that makes a name of them.
//!
//! | rule | example |
//! |---|---|
//! | a place's party committee is an organisation, and so are its 局 and 厅 | 云溪区 in 云溪区委书记 → 云溪区委 |
//! | white space between Han characters is the beginning | 本报讯 云溪县教育局 → 云溪县教育局 |
//! | a preposition before a name is no part of it | 以云溪航空 → 云溪航空 |
//! | 被 stands between two | 云溪商会被商务部 → 云溪商会, 商务部 |
//! | an office stands between a body and a person | 云溪区委书记金玉 → 云溪区委, 金玉 |
//! | common words are an organisation only if they end as organisations do | 绿色贸易 |
//! | behind a place likewise; what is left is the place | 上海大力促进科技 → 上海 |
//! | behind an organisation that is known, likewise; before it, a verb | 国务院进出口 → 国务院, 维护党中央 → 党中央 |
//! | common words are a place only if they end as places do, and not as 园区, 城区 and 中心 do, which any town has | 科技园区 |
//!
//! What the dictionary has for a name, or a list, is none of these, nor is what a user's lexicon has.

use std::collections::VecDeque;
use std::ops::Range;

use super::consistent::{Find, SURE};
use super::names::{is_no_organisation, is_no_place};
use super::persons::{CERTAIN, is_common, office_before};
use super::{before, common, country};
use crate::lexicon::Lexicon;
use crate::model::{Kind, Listed, is_surname};

/// Characters of the words that are looked at.
pub(super) const WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// Characters of the longest name that is looked for before a phrase.
const BEFORE: usize = 8;
/// Characters of what an authority behind its place is called: 人力资源和社会保障厅.
const FIELD: usize = 13;
/// Characters of a head, at most.
const HEAD: usize = 6;
/// What stands behind a 委 that is no committee: 委托, 委以重任, 委实.
pub(super) const IN_WORDS: &str = "员托派任屈婉以实身曲决靡罪";
/// What joins words to a phrase.
const LINKS: &str = "和与及或的";
/// What single characters of organisations end with, beside the list of heads.
const ENDINGS: &str = "局厅厂部署院社会党委馆团军所校站台报行店室组队协联司系网";
/// What other words they end with.
const BODIES: [&str; 8] = [
    "电子", "汽车", "人寿", "杂志", "妇联", "军队", "股份", "医药",
];
/// What names end with and phrases, too: common words alone, or behind a place, are no name then.
const TRADES: [&str; 5] = ["科技", "投资", "资本", "实业", "娱乐"];
/// What is a trade, and behind a place a company or a broadcaster of it.
const COMPANIES: [&str; 32] = [
    "卫视", "电信", "移动", "联通", "铁塔", "重工", "重汽", "铜业", "铝业", "矿业", "钢铁", "石化",
    "石油", "核电", "电力", "电网", "电建", "建筑", "航天", "航空", "证券", "信托", "置业", "药业",
    "制药", "化工", "乳业", "传媒", "影业", "奔驰", "大众", "现代",
];
/// What any town has several of: common words alone are no name then unless the model is certain.
const KINDS: [&str; 9] = [
    "中心",
    "机构",
    "组织",
    "基金",
    "公司",
    "集团",
    "学校",
    "中学",
    "研究院",
];
/// What places end with.
const GROUNDS: &str = "区县市省州镇乡村街路道山河江湖海岛湾港桥门站场园楼寺庙宫塔城馆国洲洋峡滩谷岭峰原带角厦里巷弄坊庄屯堡关口坡沟川泉池厅院堂校线星球居";
/// What any town has: of common words alone no name ends so.
const ANYWHERE: &str = "区村园心";

/// What becomes of a name.
#[derive(Debug, PartialEq, Eq)]
enum Made {
    /// It is one.
    Name,
    /// It is none.
    Phrase,
    /// A part of it is one; counted from its first character.
    Of(Kind, Range<usize>),
}

/// Corrects the finds of a sentence, which stand in `finds` from `first` on.
pub(super) fn correct(chars: &[char], finds: &mut Vec<Find>, first: usize, lexicon: &Lexicon) {
    if finds.len() <= first {
        return;
    }
    let mut own = VecDeque::from(finds.split_off(first));
    while let Some(find) = own.pop_front() {
        let Some(find) = common::weigh(chars, find, lexicon) else {
            continue;
        };
        let name = chars.get(find.start..find.end).unwrap_or_default();
        if let Some(two) = passive(name, &find, lexicon).or_else(|| officer(chars, &find)) {
            finds.extend(two);
            continue;
        }
        let bare = before::bare(chars, &find, lexicon);
        let start = find.end - bare.len();
        match made_of(bare, find.kind, find.score, lexicon) {
            Made::Name => {
                let bare = Find { start, ..find };
                let whole = authority(chars, bare, lexicon);
                // What was taken for an organisation by itself may be the end of this one: 改革委员会.
                let part = |next: &Find| next.end <= whole.end && next.kind == Kind::Organisation;
                let parts = own.iter().take_while(|next| part(next)).count();
                let next = own.get(parts);
                if next.is_none_or(|next| whole.end <= next.start) {
                    own.drain(..parts);
                    finds.push(whole);
                } else {
                    finds.push(bare);
                }
            }
            Made::Phrase => {}
            Made::Of(kind, part) => finds.push(Find {
                kind,
                start: start + part.start,
                end: start + part.end,
                ..find
            }),
        }
    }
}

/// Two organisations that were taken for one, with 被 between them, and not 被服 or another word.
fn passive(name: &[char], find: &Find, lexicon: &Lexicon) -> Option<[Find; 2]> {
    let cut = name.iter().position(|ch| *ch == '被')?;
    let (one, behind) = name.split_at_checked(cut)?;
    let other = behind.get(1..)?;
    let begins = |length: usize| {
        behind
            .get(..length)
            .is_some_and(|word| lexicon.has_word(&text(word)))
    };
    if WORDS.into_iter().any(begins) {
        return None;
    }
    let both = ends_as(Kind::Organisation, one) && ends_as(Kind::Organisation, other);
    let (end, start) = (find.start + cut, find.start + cut + 1);
    let two = [Find { end, ..*find }, Find { start, ..*find }];
    (find.kind == Kind::Organisation && both).then_some(two)
}

/// An organisation and a person that were taken for one, with an office between them.
fn officer(chars: &[char], find: &Find) -> Option<[Find; 2]> {
    let starts = [3, 2]
        .into_iter()
        .filter_map(|length| find.end.checked_sub(length));
    let mut offices = starts.filter_map(|start| {
        let surname = chars.get(start).is_some_and(|ch| is_surname(*ch));
        let office = office_before(chars, start).filter(|_| surname)?;
        let body = chars.get(find.start..office)?;
        ends_as(Kind::Organisation, body).then_some((office, start))
    });
    let (end, start) = offices.next().filter(|_| find.kind == Kind::Organisation)?;
    let person = Find {
        kind: Kind::Person,
        start,
        ..*find
    };
    Some([Find { end, ..*find }, person])
}

/// A place with the 委 behind it, which is its party committee, or with another authority.
pub(super) fn authority(chars: &[char], find: Find, lexicon: &Lexicon) -> Find {
    let last = find.end.checked_sub(1).and_then(|at| chars.get(at));
    let division = last.is_some_and(|last| "省市县区州旗镇乡".contains(*last));
    if find.kind != Kind::Location || !division {
        return country::body(chars, find, lexicon);
    }
    let longer = match chars.get(find.end..).unwrap_or_default() {
        ['委', '员', '会', ..] => 3,
        ['委', next, ..] if IN_WORDS.contains(*next) => 0,
        ['委', ..] => 1,
        behind => bureau(behind, lexicon).unwrap_or(0),
    };
    if longer == 0 {
        return find;
    }
    Find {
        kind: Kind::Organisation,
        end: find.end + longer,
        ..find
    }
}

/// Whether a list has a name, or the dictionary, for what it is.
pub(super) fn is_known(name: &[char], kind: Kind, lexicon: &Lexicon) -> bool {
    let word = text(name);
    Listed::of(name).is_known(kind) || lexicon.has_word(&word) && !is_common_word(&word, lexicon)
}

/// Whether the dictionary has a word, and not for a name, or wrongly.
pub(super) fn is_common_word(word: &str, lexicon: &Lexicon) -> bool {
    let users = lexicon.origin(word).is_some();
    !users && is_common(word, lexicon) || is_no_place(word) || is_no_organisation(word)
}

/// The length of what a text begins with, if that is common words and 局, 厅 or 委员会: 交通运输局, 发展和改革委员会.
fn bureau(behind: &[char], lexicon: &Lexicon) -> Option<usize> {
    let near = behind.get(..FIELD).unwrap_or(behind);
    let ends = ["局", "厅", "委员会"].map(|end| end.chars().collect::<Vec<char>>());
    let mut found = (2..near.len()).filter_map(|field| {
        let rest = near.get(field..)?;
        let end = ends.iter().find(|end| rest.starts_with(end))?;
        Some((field, end.len()))
    });
    let (field, length) = found.next()?;
    is_phrase(near.get(..field)?, lexicon).then_some(field + length)
}

fn made_of(name: &[char], kind: Kind, score: f32, lexicon: &Lexicon) -> Made {
    match kind {
        Kind::Person => Made::Name,
        Kind::Organisation if common::is_doubtful(name, score, lexicon) => Made::Phrase,
        _ if is_known(name, kind, lexicon) => Made::Name,
        Kind::Organisation if lexicon.has_word(&text(name)) => Made::Name,
        _ if ends_as(kind, name) => {
            let enough = if kind == Kind::Location {
                SURE
            } else {
                CERTAIN
            };
            if is_anyones(kind, name) && score < enough && is_phrase(name, lexicon) {
                Made::Phrase
            } else {
                Made::Name
            }
        }
        _ if is_phrase(name, lexicon) => Made::Phrase,
        _ => match name_before_phrase(name, lexicon) {
            Some((kind, length)) => Made::Of(kind, 0..length),
            None => Made::Name,
        },
    }
}

/// Whether a name ends as those of its kind do.
pub(super) fn ends_as(kind: Kind, name: &[char]) -> bool {
    let Some((last, [_, ..])) = name.split_last() else {
        return false;
    };
    match kind {
        Kind::Person => true,
        Kind::Location => GROUNDS.contains(*last),
        Kind::Organisation => {
            let ends = (2..=HEAD).filter_map(|length| name.get(name.len().checked_sub(length)?..));
            let body = |end: &[char]| {
                let word = text(end);
                BODIES.contains(&word.as_str())
                    || Listed::of(end).is_head() && !TRADES.contains(&word.as_str())
            };
            ENDINGS.contains(*last) || ends.into_iter().any(body)
        }
    }
}

/// Whether what stands behind a place makes a company of it.
pub(super) fn is_company(behind: &[char]) -> bool {
    COMPANIES.contains(&text(behind).as_str())
}

/// Whether a name ends as what any town has does, too.
fn is_anyones(kind: Kind, name: &[char]) -> bool {
    match kind {
        Kind::Person => false,
        Kind::Location => name.last().is_some_and(|last| ANYWHERE.contains(*last)),
        Kind::Organisation => KINDS.iter().any(|kind| text(name).ends_with(kind)),
    }
}

/// The place or the organisation that a phrase stands behind, if one does, and its length.
fn name_before_phrase(name: &[char], lexicon: &Lexicon) -> Option<(Kind, usize)> {
    let lengths = (2..=BEFORE.min(name.len().saturating_sub(1))).rev();
    let found = lengths.filter_map(|length| {
        let before = name.get(..length)?;
        let listed = Listed::of(before);
        let organisation = listed.is_known(Kind::Organisation)
            && lexicon.pos(&text(before)).is_some_and(|pos| pos.is_a("nt"));
        if listed.is_division() {
            Some((Kind::Location, length))
        } else {
            organisation.then_some((Kind::Organisation, length))
        }
    });
    let (kind, length) = found.into_iter().next()?;
    let rest = name.get(length..)?;
    let company = kind == Kind::Location && is_company(rest);
    (!company && is_phrase(rest, lexicon)).then_some((kind, length))
}

/// Whether `chars` are common words and what joins them; the first may be of one character, if it is a verb or a preposition.
pub(super) fn is_phrase(chars: &[char], lexicon: &Lexicon) -> bool {
    let mut reached = vec![false; chars.len() + 1];
    reached[0] = true;
    for at in 0..chars.len() {
        if !reached[at] {
            continue;
        }
        let rest = &chars[at..];
        let single = rest.first().is_some_and(|ch| {
            if at == 0 {
                chars.len() > 1 && is_verb_like(*ch, lexicon)
            } else {
                LINKS.contains(*ch)
            }
        });
        if single {
            reached[at + 1] = true;
        }
        for length in WORDS {
            let word = rest.get(..length);
            if word.is_some_and(|word| is_common_word(&text(word), lexicon)) {
                reached[at + length] = true;
            }
        }
    }
    !chars.is_empty() && reached.last().is_some_and(|end| *end)
}

fn is_verb_like(ch: char, lexicon: &Lexicon) -> bool {
    let pos = lexicon.pos(ch.encode_utf8(&mut [0; 4]));
    pos.is_some_and(|pos| ["v", "p", "d", "c"].contains(&pos.as_str()))
}

pub(super) fn text(chars: &[char]) -> String {
    chars.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Method;

    /// What the names between brackets become.
    fn check(marked: &str, kind: Kind, score: f32, expected: &[(&str, Kind)]) {
        let chars: Vec<char> = marked.chars().filter(|ch| !"[]".contains(*ch)).collect();
        let start = marked.chars().position(|ch| ch == '[').unwrap();
        let end = marked.chars().position(|ch| ch == ']').unwrap() - 1;
        let mut finds = vec![Find {
            sentence: 0,
            start,
            end,
            kind,
            score,
            method: Method::Model,
        }];
        correct(&chars, &mut finds, 0, &Lexicon::default_shared());
        let left: Vec<(String, Kind)> = finds
            .iter()
            .map(|find| (text(&chars[find.start..find.end]), find.kind))
            .collect();
        let left: Vec<(&str, Kind)> = left
            .iter()
            .map(|(name, kind)| (name.as_str(), *kind))
            .collect();
        assert_eq!(left, expected, "{marked}");
    }

    #[test]
    fn what_the_user_has_for_a_word_is_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("own.tsv");
        std::fs::write(&own, "霁澜\n").unwrap();
        let lexicon = Lexicon::load(&[own]).unwrap();
        assert!(is_phrase(&['贸', '易'], &lexicon));
        assert!(!is_phrase(&['霁', '澜'], &lexicon));
    }

    fn organisation(marked: &str, expected: &[(&str, Kind)]) {
        check(marked, Kind::Organisation, 0.9, expected);
    }

    fn place(marked: &str, score: f32, expected: &[(&str, Kind)]) {
        check(marked, Kind::Location, score, expected);
    }

    #[test]
    fn common_words_are_no_organisation() {
        organisation("发展[绿色贸易]和航运", &[]);
        organisation("[科技保险]的产品", &[]);
        organisation("[国际贸易和国际金融]的", &[]);
        organisation("[霁澜贸易]的", &[("霁澜贸易", Kind::Organisation)]);
        organisation("[微软]的", &[("微软", Kind::Organisation)]);
        organisation("[全国科技大学]的", &[("全国科技大学", Kind::Organisation)]);
    }

    #[test]
    fn of_a_place_and_common_words_the_place_is_left() {
        organisation("[上海大力促进科技]与", &[("上海", Kind::Location)]);
        organisation("[苏州市产业]的", &[("苏州市", Kind::Location)]);
        organisation("[苏州市教育局]的", &[("苏州市教育局", Kind::Organisation)]);
        place(
            "[苏州市]发展和改革委员会的",
            0.9,
            &[("苏州市发展和改革委员会", Kind::Organisation)],
        );
        organisation("[苏州卫视]的", &[("苏州卫视", Kind::Organisation)]);
        organisation("[西藏矿业]的", &[("西藏矿业", Kind::Organisation)]);
        organisation("[上海云溪]的", &[("上海云溪", Kind::Organisation)]);
        place("[苏州街景]的", 0.6, &[("苏州", Kind::Location)]);
    }

    #[test]
    fn any_town_has_a_park() {
        place("成为[科技园区]的", 0.8, &[]);
        place("成为[科技园区]的", 0.99, &[("科技园区", Kind::Location)]);
        place("在[世纪公园]的", 0.95, &[("世纪公园", Kind::Location)]);
        place("在[云溪园区]的", 0.8, &[("云溪园区", Kind::Location)]);
        place("在[时代广场]的", 0.7, &[("时代广场", Kind::Location)]);
        place("站在[科技前沿]的", 0.8, &[]);
    }

    #[test]
    fn a_preposition_is_outside() {
        organisation("[以云溪航空]为", &[("云溪航空", Kind::Organisation)]);
        organisation("[和平银行]的", &[("和平银行", Kind::Organisation)]);
        organisation("[按照国务院]的", &[("国务院", Kind::Organisation)]);
        organisation("[会同国务院]的", &[("国务院", Kind::Organisation)]);
        place("[以色列]的", 0.9, &[("以色列", Kind::Location)]);
    }

    #[test]
    fn a_name_may_begin_as_a_preposition_or_a_verb_does() {
        let certain = |marked, name| {
            check(
                marked,
                Kind::Organisation,
                1.0,
                &[(name, Kind::Organisation)],
            );
        };
        certain("[解放日报社]的", "解放日报社");
        certain("去[以霁航空]的", "以霁航空");
        certain("[会同国务院]的", "国务院");
        organisation("[和霁时集团]的", &[("和霁时集团", Kind::Organisation)]);
        organisation("他[和霁时集团]的", &[("霁时集团", Kind::Organisation)]);
    }

    #[test]
    fn one_and_another_are_two() {
        organisation(
            "[云溪商会被商务部]选中",
            &[
                ("云溪商会", Kind::Organisation),
                ("商务部", Kind::Organisation),
            ],
        );
        organisation(
            "[霁澜总部被服厂]建于",
            &[("霁澜总部被服厂", Kind::Organisation)],
        );
    }

    #[test]
    fn a_place_s_committee_is_an_organisation() {
        let committee = &[("苏州市委", Kind::Organisation)];
        place("[苏州市]委书记", 0.9, committee);
        place("[苏州市]委托他", 0.9, &[("苏州市", Kind::Location)]);
        place("[苏州市]委以重任", 0.9, &[("苏州市", Kind::Location)]);
        place("[苏州]委员", 0.9, &[("苏州", Kind::Location)]);
        organisation(
            "[本报讯 苏州市教育局]说",
            &[("苏州市教育局", Kind::Organisation)],
        );
    }

    #[test]
    fn a_place_s_bureau_is_an_organisation() {
        let bureau = &[("苏州市交通运输局", Kind::Organisation)];
        place("[苏州市]交通运输局局长", 0.9, bureau);
        place("[苏州市]的局", 0.9, &[("苏州市", Kind::Location)]);
    }

    #[test]
    fn an_officer_is_a_person() {
        let two = &[("霁澜区委", Kind::Organisation), ("金玉", Kind::Person)];
        organisation("[霁澜区委书记金玉]说", two);
        organisation("[霁澜书记处]说", &[("霁澜书记处", Kind::Organisation)]);
    }

    #[test]
    fn a_known_organisation_is_cut_out_of_a_phrase() {
        organisation("[国务院进出口]的", &[("国务院", Kind::Organisation)]);
        organisation("[维护联合国]的", &[("联合国", Kind::Organisation)]);
        organisation("[全国人大]的", &[("全国人大", Kind::Organisation)]);
        organisation("[信息技术公司]的", &[]);
        organisation("[霁澜技术公司]的", &[("霁澜技术公司", Kind::Organisation)]);
    }

    #[test]
    fn a_person_stays() {
        check("[高远]说", Kind::Person, 0.5, &[("高远", Kind::Person)]);
    }
}
