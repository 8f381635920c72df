//! Which place is meant: a code for each place that is a division of China or a country.
//!
//! | the text has | the code is that of |
//! |---|---|
//! | a name that only one place has: 黄浦区 | that place |
//! | the short form of a county's that only one has, 黄浦: what else is called so is not known | that one, if its full name is in the text, or what it is part of before or in the same sentence |
//! | a name with what it is part of: 南京市鼓楼区 | the part |
//! | a name of several, right behind what one of them is part of | that one |
//! | a name of several, one of which is right within a place that is named before or in the same sentence | that one |
//!
//! Where that leaves several, or none, there is no code: a wrong one would be worse.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lexicon::{Gazetteer, Place};
use crate::record::{Document, Entity, Label};

/// A place's name, and what it may mean.
struct Mention {
    /// Its place among the entities.
    entity: usize,
    places: Vec<Place>,
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
        let places = gazetteer.read(entity.span.of(view));
        (!places.is_empty()).then_some(Mention {
            entity: number,
            places,
        })
    });
    let mut mentions: Vec<Mention> = mentions.collect();
    beside(gazetteer, entities, &mut mentions);
    let named = named(document, gazetteer, entities, &mentions);
    by_others(gazetteer, entities, &named, &mut mentions);
    for mention in &mentions {
        let [only] = *mention.places else { continue };
        let entity = &mut entities[mention.entity];
        let told = || {
            let above =
                std::iter::successors(gazetteer.parent(only), |place| gazetteer.parent(*place));
            let mut above = above.filter(|place| gazetteer.parent(*place).is_some());
            let before = |place| {
                named
                    .get(&place)
                    .is_some_and(|first| *first <= entity.sentence)
            };
            named.contains_key(&only) || above.any(before)
        };
        if !is_short(gazetteer, only, entity.span.of(view)) || told() {
            entity.concept = gazetteer.uri(only).map(Arc::clone);
        }
    }
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
        if mention.places.len() > 1 && end == start {
            let within = |place: &Place| {
                let mut larger = larger.places.iter();
                larger.any(|larger| gazetteer.is_within(*place, *larger))
            };
            if mention.places.iter().any(within) {
                mention.places.retain(within);
            }
        }
    }
}

/// Whether a name of a county does without its 县, 区 or 市.
fn is_short(gazetteer: &Gazetteer, place: Place, name: &str) -> bool {
    gazetteer.is_county(place) && !name.ends_with(['县', '区', '市', '旗'])
}

/// For each place that is named for sure the sentence where it is first.
fn named(
    document: &Document,
    gazetteer: &Gazetteer,
    entities: &[Entity],
    mentions: &[Mention],
) -> FxHashMap<Place, u32> {
    let mut named = FxHashMap::default();
    for mention in mentions {
        let entity = &entities[mention.entity];
        if let [only] = *mention.places
            && !is_short(gazetteer, only, entity.span.of(document.view()))
        {
            named.entry(only).or_insert(entity.sentence);
        }
    }
    named
}

/// Of several places the only one that is right within a place that is named before or in the same sentence; or else the only one that is
/// anyhow within one, but for the country.
fn by_others(
    gazetteer: &Gazetteer,
    entities: &[Entity],
    named: &FxHashMap<Place, u32>,
    mentions: &mut [Mention],
) {
    for mention in mentions
        .iter_mut()
        .filter(|mention| mention.places.len() > 1)
    {
        let sentence = entities[mention.entity].sentence;
        let is_named = |place: Place| named.get(&place).is_some_and(|first| *first <= sentence);
        let parent = |place: &Place| gazetteer.parent(*place);
        let right_within = |place: &Place| parent(place).is_some_and(is_named);
        let anyhow_within = |place: &Place| {
            let above = std::iter::successors(parent(place), parent);
            let mut above = above.filter(|above| parent(above).is_some());
            above.any(is_named)
        };
        for tells in [&right_within as &dyn Fn(&Place) -> bool, &anyhow_within] {
            let mut told = mention.places.iter().copied().filter(tells);
            if let (Some(only), None) = (told.next(), told.next()) {
                mention.places = vec![only];
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Method, Place as Origin};
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
                    entities.push(Entity {
                        sentence: u32::try_from(sentence).unwrap(),
                        label: Label::Location,
                        span,
                        quantity: None,
                        titles: Vec::new(),
                        full: None,
                        concept: None,
                        method: Method::Model,
                        score: 1.0,
                    });
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
        assert_eq!(codes("[江西]的山。[瑞金]的茶。"), ["360000", "360781"]);
        assert_eq!(codes("[瑞金]的茶。[瑞金市]的山。"), ["360781", "360781"]);
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
}
