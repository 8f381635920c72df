//! What a sentence's own words say against or for a person, where the model is in doubt.
//!
//! | rule | example |
//! |---|---|
//! | a doctrine is no person, nor is what a party's name has cut in two | 马克思主义, 云真 in 云真主党 |
//! | what a pair of quotation marks holds by itself is a work or a product | 发射“羲和” |
//! | what stands in a list beside what is no person and like none is no person | 投入少、成效著 |
//! | a Chinese name begins with a surname, a foreign one is made of the characters that sound is written with | 环瑞 |
//! | what is joined to a place and begins as one is none | 云溪区和青浦司 |
//! | behind an office stands a person | 主任顾远 |
//! | between an office and a given name stands the surname | 发言人寿秋水 |

use super::consistent::{Find, SURE, keep};
use super::names::{has_surname, is_surname};
use crate::lexicon::Lexicon;
use crate::model::{Kind, Listed};
use crate::text::is_han;

/// From here on the model's word is taken where nothing is known of a name.
pub(super) const LIKELY: f32 = 0.6;
/// From here on it is taken where a name has no surname and begins with a word.
pub(super) const CERTAIN: f32 = 0.98;
/// What places end with that another one may be joined to.
const GROUNDS: &str = "省市县区州镇乡村园岛港";
/// What joins names, and begins no sentence.
pub(super) const JOINS: &str = "和与及";
/// Characters of a place that a name may begin with.
const PLACE: usize = 2;
/// Characters behind a name in which the word ends that it is a part of.
const PARTY: usize = 6;
/// The score of what goes.
const NONE: f32 = 0.0;
/// Characters of a list's member that are looked at.
const MEMBER: usize = 16;

/// Characters that foreign names are written with.
const SOUNDS: &str = "阿艾安奥巴白拜班邦鲍贝本比彼毕别宾波伯博勃布查达戴丹道得德登迪蒂丁东杜顿多厄恩尔法凡范菲费芬丰佛弗夫福盖冈哥戈格\
根贡古圭哈海汉豪赫黑亨胡华怀惠霍基吉加嘉贾杰金卡凯坎康考科克肯孔库夸拉莱赖兰朗劳勒雷黎里利莉理立丽连列林龙卢鲁伦罗洛吕马玛迈麦曼芒毛梅门蒙\
孟米密缅明莫姆木穆拿纳娜南内尼涅宁纽农努诺帕潘庞佩彭蓬皮平泼珀普奇齐恰钱乔切琴琼丘让热日茹瑞若萨塞赛桑瑟森沙莎山绍舍申圣施什史士舒斯思苏索\
塔泰坦汤唐陶特腾提廷通图托瓦万旺威韦维温文翁沃乌武西希锡夏先香肖谢辛欣休许雅亚扬耶叶伊依易因英雍尤于约赞泽扎詹珍芝朱兹佐";

/// Offices behind which a person is named.
const OFFICES: [&str; 46] = [
    "书记",
    "主席",
    "总理",
    "总统",
    "首相",
    "市长",
    "省长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "村长",
    "州长",
    "部长",
    "局长",
    "厅长",
    "处长",
    "科长",
    "司长",
    "院长",
    "校长",
    "所长",
    "主任",
    "委员长",
    "秘书长",
    "议长",
    "大使",
    "发言人",
    "董事长",
    "总经理",
    "总裁",
    "总编辑",
    "主编",
    "记者",
    "通讯员",
    "教授",
    "院士",
    "博士",
    "研究员",
    "工程师",
    "导演",
    "教练",
    "队长",
    "会长",
    "理事长",
    "社长",
];
/// The longest of them.
const OFFICE: usize = 3;

/// Corrects the finds of a sentence, which stand in `finds` from `first` on.
pub(super) fn correct(chars: &[char], finds: &mut Vec<Find>, first: usize, lexicon: &Lexicon) {
    let mut free = 0;
    for find in finds.iter_mut().skip(first) {
        named_by_office(chars, find, free);
        free = find.end;
    }
    keep(finds, first, |find| {
        find.kind != Kind::Person || is_likely(chars, find, lexicon)
    });
    for at in first..finds.len() {
        let odd = finds
            .get(first..)
            .is_some_and(|own| is_odd(chars, own, at - first));
        if let Some(find) = finds.get_mut(at).filter(|_| odd) {
            find.score = NONE;
        }
    }
    keep(finds, first, |find| find.score > NONE);
}

/// Whether a find is a member of a list, and what stands before and behind it there is no person and like none.
fn is_odd(chars: &[char], finds: &[Find], number: usize) -> bool {
    let doubtful = |find: &&Find| find.kind == Kind::Person && find.score < SURE;
    let Some(find) = finds.get(number).filter(doubtful) else {
        return false;
    };
    let ends = |ch: &char| !is_han(*ch) && !matches!(ch, '·' | '“' | '”' | '"' | ' ');
    let person = |find: &Find| find.kind == Kind::Person && find.score > NONE;
    let before = chars.get(..find.start).and_then(|text| match text {
        [text @ .., '、'] => Some(text),
        _ => None,
    });
    let before = before.map(|text| {
        let length = text
            .iter()
            .rev()
            .take(MEMBER)
            .take_while(|ch| !ends(ch))
            .count();
        let start = text.len() - length;
        let mut near = finds.iter().take(number).rev().take(2);
        near.any(|other| person(other) && other.end > start) || is_like(&text[start..])
    });
    let behind = chars
        .get(find.end..)
        .and_then(|text| text.strip_prefix(&['、']));
    let behind = behind.map(|text| {
        let length = text.iter().take(MEMBER).take_while(|ch| !ends(ch)).count();
        let end = find.end + 1 + length;
        let mut near = finds.iter().skip(number + 1).take(2);
        near.any(|other| person(other) && other.start < end) || is_like(&text[..length])
    });
    let sides = [before, behind];
    sides.iter().flatten().count() > 0 && !sides.into_iter().flatten().any(|like| like)
}

/// Whether a member of a list could be a person's name.
fn is_like(member: &[char]) -> bool {
    let word: String = member.iter().take(OFFICE + 1).collect();
    (2..=OFFICE).contains(&member.len()) && has_surname(&word)
}

/// Makes a person of what stands behind an office and looks like one.
fn named_by_office(chars: &[char], find: &mut Find, free: usize) {
    let length = find.end - find.start;
    let word: String = chars
        .iter()
        .take(find.end)
        .skip(find.start)
        .take(OFFICE + 1)
        .collect();
    if !(2..=OFFICE).contains(&length) {
        return;
    }
    if find.kind == Kind::Organisation && has_surname(&word) && follows_office(chars, find.start) {
        find.kind = Kind::Person;
    } else if find.kind == Kind::Person && length == 2 && !has_surname(&word) && find.start > free {
        let before = find.start - 1;
        let surname = chars.get(before).is_some_and(|ch| is_family(*ch));
        if surname && follows_office(chars, before) {
            find.start = before;
        }
    }
}

/// Rare surnames count: there is an office before them.
fn is_family(ch: char) -> bool {
    is_surname(ch.encode_utf8(&mut [0; 4])) || crate::model::is_surname(ch)
}

fn follows_office(chars: &[char], at: usize) -> bool {
    office_before(chars, at).is_some()
}

/// Where the office begins that ends right before a place.
pub(super) fn office_before(chars: &[char], at: usize) -> Option<usize> {
    let ends = |office: &&str| {
        let mut before = chars.iter().take(at).rev();
        office.chars().rev().all(|ch| before.next() == Some(&ch))
    };
    let office = OFFICES.iter().find(|office| ends(office))?;
    Some(at - office.chars().count())
}

/// Whether a name begins with a word that is no name: 传阅件.
fn begins_with_word(name: &[char], lexicon: &Lexicon) -> bool {
    is_common(&name.iter().take(2).collect::<String>(), lexicon)
}

/// Whether a name of three characters begins as a place that a list has, and is joined to a place: 云溪区和青浦司.
fn is_place_cut(chars: &[char], find: &Find) -> bool {
    let before = chars.get(..find.start).unwrap_or_default();
    find.end - find.start == PLACE + 1
        && matches!(before, [.., ground, join] if GROUNDS.contains(*ground) && JOINS.contains(*join))
        && begins_with_place(chars, find)
}

/// Whether the first two characters of a name are a place that a list has.
pub(super) fn begins_with_place(chars: &[char], find: &Find) -> bool {
    let place = chars.get(find.start..find.start + PLACE);
    place.is_some_and(|place| Listed::of(place).is_known(Kind::Location))
}

/// Whether the dictionary has a word, and not for a name.
pub(super) fn is_common(word: &str, lexicon: &Lexicon) -> bool {
    let pos = lexicon.pos(word);
    pos.is_some_and(|pos| !["nr", "ns", "nt", "nz"].iter().any(|tag| pos.is_a(tag)))
}

/// Whether a name is a part of what the dictionary calls a party or a doctrine: 云|真主党, 马克思|列宁主义.
fn is_inside(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let behind = chars.get(find.end..).unwrap_or_default();
    let behind = behind.get(..PARTY.min(behind.len())).unwrap_or_default();
    let party = behind.iter().position(|ch| *ch == '党').map(|at| at + 1);
    let doctrine = behind.windows(2).position(|pair| pair == ['主', '义']);
    let ends = party.into_iter().chain(doctrine.map(|at| at + 2));
    ends.into_iter().any(|length| {
        (find.start..find.end).any(|start| {
            let word = chars.get(start..find.end + length).unwrap_or_default();
            let word: String = word.iter().collect();
            lexicon.pos(&word).is_some()
        })
    })
}

/// Whether nothing speaks against a person.
fn is_likely(chars: &[char], find: &Find, lexicon: &Lexicon) -> bool {
    let behind = chars.get(find.end..).unwrap_or_default();
    if behind.starts_with(&['主', '义']) || is_inside(chars, find, lexicon) {
        return false;
    }
    let name = chars.get(find.start..find.end).unwrap_or_default();
    if find.score >= CERTAIN {
        return true;
    }
    if find.score < SURE && is_place_cut(chars, find) {
        return false;
    }
    let begins_with_word = begins_with_word(name, lexicon);
    if find.score >= LIKELY && !begins_with_word {
        return true;
    }
    let opened = find.start.checked_sub(1).and_then(|at| chars.get(at));
    let quotes = |ch: Option<&char>| ch.is_some_and(|ch| "“”\"「」『』《》".contains(*ch));
    if quotes(opened) && quotes(behind.first()) {
        return false;
    }
    let word: String = name.iter().collect();
    if word.contains('·') {
        return !name.iter().any(|ch| "之的与和".contains(*ch));
    }
    let han = name.iter().copied().any(is_han);
    let family = name.first().is_some_and(|ch| is_family(*ch));
    !han || has_surname(&word)
        || family && follows_office(chars, find.start)
        || name.iter().all(|ch| SOUNDS.contains(*ch))
}
