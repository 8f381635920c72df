//! Which place is meant: a code for each place that is a division of China or a country.
//!
//! | the text has | the code is that of |
//! |---|---|
//! | a name that only one place has: 黄浦区 | that place |
//! | a name with what it is part of: 南京市鼓楼区, 北京朝阳, or right behind it | the part |
//! | a city's short form that counties elsewhere have, too: 西安 | the city, unless one of these or what it lies in is named as well |
//! | another short form of a county's: 黄浦, and what else is called so is not known | that one, if the text has its full name, too |
//! | a name of several, one of which lies right within a place that is named before or in the same sentence | that one |
//! | a name of several behind a province and 的: 福建的鼓楼区 | the only one that is in it |
//!
//! Where that leaves several, or none, or places that are named hold different ones, there is no code: a wrong one would be worse. Nor has a county's
//! short form that may be a mountain, a lake or a river: 杭州西湖 is the lake.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lexicon::{Gazetteer, Place};
use crate::record::{Document, Entity, Label};

/// A place's name, and what it may mean.
struct Mention {
    /// Its place among the entities.
    entity: usize,
    places: Vec<Place>,
    /// Whether what it is part of stands right before it, or in it.
    is_told: bool,
}

/// Gives places their codes. `entities` are in the order of the text.
pub(super) fn find(document: &Document, entities: &mut [Entity]) {
    // Who looks for no names shall not wait for the gazetteer.
    if !entities
        .iter()
        .any(|entity| entity.label == Label::Location)
    {
        return;
    }
    let gazetteer = Gazetteer::shared();
    let view = document.view();
    let located = |(_, entity): &(usize, &Entity)| entity.label == Label::Location;
    let mentions = entities.iter().enumerate().filter(located);
    let mentions = mentions.filter_map(|(number, entity)| {
        let name = entity.span.of(view);
        let places = gazetteer.read(name);
        (!places.is_empty()).then(|| Mention {
            entity: number,
            is_told: is_composed(gazetteer, &places, name),
            places,
        })
    });
    let mut mentions: Vec<Mention> = mentions.collect();
    beside(gazetteer, entities, &mut mentions);
    let surely = named(view, gazetteer, entities, &mentions);
    cities_first(gazetteer, &surely, &mut mentions);
    let named = named(view, gazetteer, entities, &mentions);
    by_others(view, gazetteer, entities, &named, &mut mentions);
    for mention in &mentions {
        let [only] = *mention.places else { continue };
        let entity = &mut entities[mention.entity];
        let name = entity.span.of(view);
        if is_sure(gazetteer, mention, only, name)
            || named.contains_key(&only) && !is_landscape(name)
        {
            entity.concept = gazetteer.uri(only).map(Arc::clone);
        }
    }
}

/// Whether a name that is none of a place's has before that one's a larger place's. That a place is in some country tells nothing.
fn is_composed(gazetteer: &Gazetteer, places: &[Place], name: &str) -> bool {
    // A single character is no part of a longer name.
    let mut splits = name.char_indices().skip(2);
    gazetteer.of(name).is_empty()
        && splits.any(|(at, _)| {
            let Some((first, rest)) = name.split_at_checked(at) else {
                return false;
            };
            let rest = gazetteer.of(rest);
            let part = places.iter().any(|place| rest.contains(place));
            part && holds(gazetteer, &gazetteer.read(first), places)
        })
}

/// Whether one of `larger`, which is no country, holds one of `places`.
fn holds(gazetteer: &Gazetteer, larger: &[Place], places: &[Place]) -> bool {
    let mut larger = larger
        .iter()
        .filter(|larger| gazetteer.parent(**larger).is_some());
    larger.any(|larger| {
        let mut places = places.iter();
        places.any(|place| gazetteer.is_within(*place, *larger))
    })
}

/// Of several places those that are within the one that is named right before.
fn beside(gazetteer: &Gazetteer, entities: &[Entity], mentions: &mut [Mention]) {
    for at in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let (Some(larger), Some(mention)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        let [end, start] = [
            entities[larger.entity].span.byte_end,
            entities[mention.entity].span.byte_start,
        ];
        if end == start && holds(gazetteer, &larger.places, &mention.places) {
            mention.is_told = true;
            mention.places.retain(|place| {
                let mut larger = larger.places.iter();
                larger.any(|larger| gazetteer.is_within(*place, *larger))
            });
        }
    }
}

/// Whether a name of a county does without its 县, 区 or 市. What is left may end so, too: 西市 of 西市区.
fn is_short(gazetteer: &Gazetteer, place: Place, name: &str) -> bool {
    gazetteer.is_county(place) && !name.ends_with(gazetteer.name(place))
}

/// Whether a county's short form may as well be a mountain's, a lake's or a river's.
fn is_landscape(name: &str) -> bool {
    name.ends_with(['山', '湖', '江', '河', '海'])
}

/// Cities and prefectures whose short forms are mountains and rivers in the first place.
const LANDSCAPES: [&str; 3] = ["黄山", "怒江", "红河"];

/// Whether a mention tells of itself that `only` is meant.
fn is_sure(gazetteer: &Gazetteer, mention: &Mention, only: Place, name: &str) -> bool {
    if is_short(gazetteer, only, name) {
        return mention.is_told && !is_landscape(name);
    }
    mention.is_told || !LANDSCAPES.contains(&name)
}

/// For each place that is named for sure the sentence where it is first.
fn named(
    view: &str,
    gazetteer: &Gazetteer,
    entities: &[Entity],
    mentions: &[Mention],
) -> FxHashMap<Place, u32> {
    let mut named = FxHashMap::default();
    for mention in mentions {
        let entity = &entities[mention.entity];
        if let [only] = *mention.places
            && is_sure(gazetteer, mention, only, entity.span.of(view))
        {
            named.entry(only).or_insert(entity.sentence);
        }
    }
    named
}

/// A name that a city has with counties elsewhere is the city's, unless the document names one of these or what it lies right within.
fn cities_first(gazetteer: &Gazetteer, named: &FxHashMap<Place, u32>, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut() {
        let is_city = |place: &&Place| !gazetteer.is_county(**place);
        let mut cities = mention.places.iter().filter(is_city);
        let (Some(city), None) = (cities.next().copied(), cities.next()) else {
            continue;
        };
        let is_known = |county: &Place| {
            let parent = gazetteer.parent(*county);
            named.contains_key(county) || parent.is_some_and(|parent| named.contains_key(&parent))
        };
        let mut counties = mention.places.iter().filter(|place| **place != city);
        if !counties.any(is_known) {
            mention.places = vec![city];
        }
    }
}

/// Of several places the only one that is within all the named ones that hold any, if one of these is right around it, or right before it with a
/// 的 between. A province that is named somewhere tells nothing of itself: who is from there may be anywhere.
fn by_others(
    view: &str,
    gazetteer: &Gazetteer,
    entities: &[Entity],
    named: &FxHashMap<Place, u32>,
    mentions: &mut [Mention],
) {
    for at in 0..mentions.len() {
        let mention = &mentions[at];
        if mention.places.len() < 2 {
            continue;
        }
        let entity = &entities[mention.entity];
        let before = at.checked_sub(1).map(|before| &mentions[before]);
        let before = before.filter(|before| {
            let end = entities[before.entity].span.byte_end;
            view.get(end.get()..entity.span.byte_start.get()) == Some("的")
        });
        let before = before.map_or(&[][..], |before| &before.places);
        let is_named = |place: &Place| {
            let first = named.get(place);
            first.is_some_and(|first| *first <= entity.sentence)
        };
        // The named ones that each lies in, or is; the country, which holds all, tells nothing.
        let around = |place: Place| {
            let around = std::iter::successors(Some(place), |place| gazetteer.parent(*place));
            let around = around.filter(|place| gazetteer.parent(*place).is_some());
            around.filter(is_named)
        };
        let is_in_all = |place: Place| {
            let mut others = mention.places.iter().flat_map(|other| around(*other));
            others.all(|other| place == other || gazetteer.is_within(place, other))
        };
        let is_near = |place: Place| {
            let parent = gazetteer.parent(place).filter(is_named);
            parent.is_some() || is_named(&place) || holds(gazetteer, before, &[place])
        };
        let told = mention.places.iter().copied();
        let mut told = told.filter(|place| is_in_all(*place));
        if let (Some(only), None) = (told.next(), told.next())
            && is_near(only)
        {
            mentions[at].places = vec![only];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Place as Origin;
    use crate::stage::segment::fixture::document;
    use crate::text::SpanWalker;

    /// The codes of the places between brackets.
    fn codes(marked: &str) -> Vec<String> {
        let text: String = marked.chars().filter(|ch| !"[]".contains(*ch)).collect();
        let document = document(&Origin::new("a.txt", 0), &text);
        let mut walker = SpanWalker::new(&text);
        let (mut byte, mut start) = (0, 0);
        let mut entities = Vec::new();
        for ch in marked.chars() {
            match ch {
                '[' => start = byte,
                ']' => {
                    let span = walker.span(start..byte);
                    let before =
                        |it: &&crate::record::Sentence| it.span.byte_end <= span.byte_start;
                    let sentence = document.sentences.iter().take_while(before).count();
                    let sentence = u32::try_from(sentence).unwrap();
                    entities.push(Entity::by_rule(sentence, Label::Location, span, 1.0));
                }
                _ => byte += ch.len_utf8(),
            }
        }
        find(&document, &mut entities);
        let code = |entity: &Entity| {
            let uri = entity.concept.as_deref().unwrap_or("-");
            uri.rsplit(':').next().unwrap_or_default().to_owned()
        };
        entities.iter().map(code).collect()
    }

    #[test]
    fn what_only_one_place_is_called_has_its_code() {
        assert_eq!(codes("从[黄浦区]到[法国]的船。"), ["310101", "FR"]);
        assert_eq!(codes("[云溪县]的茶。"), ["-"]);
        assert_eq!(codes("[江苏省南京市鼓楼区]的树。"), ["320106"]);
    }

    #[test]
    fn a_county_s_short_form_has_one_where_the_text_knows_it() {
        assert_eq!(codes("[瑞金]的茶。"), ["-"]);
        assert_eq!(codes("[瑞金]的茶。[江西]的山。"), ["-", "360000"]);
        assert_eq!(codes("[江西]的山。[瑞金]的茶。"), ["360000", "-"]);
        assert_eq!(codes("[江西][瑞金]的茶。"), ["360000", "360781"]);
        assert_eq!(codes("[江西瑞金]的茶。[瑞金]的山。"), ["360781", "360781"]);
        assert_eq!(codes("[瑞金]的茶。[瑞金市]的山。"), ["360781", "360781"]);
        // 西市区, of which 西市 is the short form.
        assert_eq!(codes("[西市]很热闹。"), ["-"]);
    }

    #[test]
    fn a_mountain_is_no_city() {
        assert_eq!(codes("他爬上[黄山]。"), ["-"]);
        assert_eq!(codes("[黄山市]的树。[黄山]的茶。"), ["341000", "-"]);
        assert_eq!(codes("[丽江]的茶。"), ["530700"]);
    }

    #[test]
    fn what_several_are_called_has_one_where_the_text_tells() {
        assert_eq!(codes("[鼓楼区]的树。"), ["-"]);
        assert_eq!(codes("[南京市][鼓楼区]的树。"), ["320100", "320106"]);
        assert_eq!(
            codes("[福州]的树很高。[鼓楼区]的也高。"),
            ["350100", "350102"]
        );
        assert_eq!(codes("[鼓楼区]在[福州]。"), ["350102", "350100"]);
        assert_eq!(codes("[鼓楼区]的树高。[福州]的也高。"), ["-", "350100"]);
    }

    #[test]
    fn a_province_tells_where_it_has_only_one() {
        assert_eq!(codes("[福建]的[鼓楼区]。"), ["350000", "350102"]);
        assert_eq!(codes("[江苏]的[鼓楼区]。"), ["320000", "-"]);
        assert_eq!(
            codes("[江苏]和[徐州]的[鼓楼区]。"),
            ["320000", "320300", "320302"]
        );
        assert_eq!(codes("[中国]的[鼓楼区]。"), ["CN", "-"]);
    }

    #[test]
    fn where_two_are_named_there_is_no_code() {
        assert_eq!(
            codes("[福州]和[南京]的[鼓楼区]。"),
            ["350100", "320100", "-"]
        );
        assert_eq!(
            codes("[福州]和[南京][鼓楼区]。"),
            ["350100", "320100", "320106"]
        );
    }

    #[test]
    fn a_city_has_the_name_that_counties_elsewhere_share() {
        assert_eq!(codes("[吉林省]的歌手到[西安]。"), ["220000", "610100"]);
        assert_eq!(codes("[黑龙江]的歌手爱[西安]。"), ["230000", "610100"]);
        assert_eq!(codes("[辽宁]的商人在[中山]。"), ["210000", "442000"]);
        assert_eq!(codes("[大连]的商人在[中山]。"), ["210200", "-"]);
        assert_eq!(codes("[长春][朝阳]的商人。"), ["220100", "220104"]);
    }

    #[test]
    fn a_province_tells_nothing_of_what_is_not_right_behind_it() {
        assert_eq!(codes("[吉林]的老师在[朝阳区]。"), ["220000", "-"]);
        assert_eq!(
            codes("[浙江]和[上海]的茶到了[普陀]。"),
            ["330000", "310000", "-"]
        );
        assert_eq!(
            codes("[浙江]和[上海]的茶到了[普陀区]。"),
            ["330000", "310000", "-"]
        );
        assert_eq!(
            codes("[舟山普陀区]的茶。[上海]的茶到了[普陀区]。"),
            ["330903", "310000", "-"]
        );
    }

    #[test]
    fn mountains_lakes_and_history_are_no_districts() {
        assert_eq!(codes("[安徽]的老师去[太湖]。"), ["340000", "-"]);
        assert_eq!(codes("[山东]的老师爬[泰山]。"), ["370000", "-"]);
        assert_eq!(codes("[杭州西湖]的水。[西湖区]的茶。")[0], "-");
        assert_eq!(codes("[杭州][西湖]的水。"), ["330100", "-"]);
        assert_eq!(codes("[福建]的老师写古代的[新罗]。"), ["350000", "-"]);
        assert_eq!(codes("[福建龙岩新罗]的茶。"), ["350802"]);
        assert_eq!(
            codes("[江西省]的[东湖]和[武汉]的[东湖]。"),
            ["360000", "-", "420100", "-"]
        );
    }

    #[test]
    fn a_short_form_with_what_it_is_part_of_needs_no_other_name() {
        assert_eq!(codes("[北京朝阳]的茶很多。"), ["110105"]);
        assert_eq!(codes("[中国瑞金]的茶很多。"), ["-"]);
        assert_eq!(codes("[中国江西瑞金]的茶很多。"), ["360781"]);
    }
}
