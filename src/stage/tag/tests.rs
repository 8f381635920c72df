//! Entities from parts of speech.

use std::sync::Arc;

use super::consistent::{Find, lift};
use super::persons::correct;
use super::{PosTagger, Tag, TagOptions, Tagger};
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::record::{Document, Entity, Label, Method, Place, Pos, Segmented, Tagged, Token};
use crate::stage::segment::fixture::{document, only};
use crate::text::SpanWalker;

/// Words with given tags, such as `龚/nr 秋水/nr`; a word without tag is `x`. The text is the words without a gap.
fn words(tagged: &str) -> Segmented {
    let pairs: Vec<(&str, &str)> = tagged
        .split(' ')
        .map(|pair| pair.split_once('/').unwrap_or((pair, "x")))
        .collect();
    let text: String = pairs.iter().map(|(word, _)| *word).collect();
    let document = document(&Place::new("a.txt", 0), &text);
    let mut walker = SpanWalker::new(&text);
    let mut byte = 0;
    let mut tokens = Vec::new();
    for (word, tag) in pairs {
        let span = walker.span(byte..byte + word.len());
        byte += word.len();
        let within = |sentence: &&crate::record::Sentence| sentence.span.byte_end >= span.byte_end;
        let sentence = document
            .sentences
            .iter()
            .take_while(|it| !within(it))
            .count();
        tokens.push(Token {
            span,
            sentence: u32::try_from(sentence).unwrap(),
            pos: Pos::new(tag).unwrap(),
        });
    }
    Segmented {
        document,
        tokens,
        reconciled: Vec::new(),
    }
}

fn check(tagged: &str, expected: &[(&str, Label)]) {
    let found = only(&pos(), words(tagged));
    assert_eq!(entities(&found), expected);
}

/// The hop with the dictionary's parts of speech.
fn pos() -> Tag {
    Tag::with(Arc::new(PosTagger))
}

fn entities(tagged: &Tagged) -> Vec<(&str, Label)> {
    let text = &tagged.segmented.document.text;
    tagged
        .entities
        .iter()
        .map(|entity| (entity.span.of(text), entity.label))
        .collect()
}

#[test]
fn families_of_tags_are_labels() {
    check(
        "龚秋水/nr 在/p 云溪县/ns 的/uj 云溪大学/nt 见/v 玛丽亚/nrt",
        &[
            ("龚秋水", Label::Person),
            ("云溪县", Label::Location),
            ("云溪大学", Label::Organisation),
            ("玛丽亚", Label::Person),
        ],
    );
}

#[test]
fn surname_and_given_name_are_one_person() {
    check("龚/nr 秋水/nr 说/v", &[("龚秋水", Label::Person)]);
    check("龚/nr 某/r", &[]);
}

#[test]
fn common_words_that_the_dictionary_has_for_names_are_none() {
    for place in ["城市", "大都市", "深度", "新旧", "海洋", "南", "云", "石桥"] {
        check(&format!("在/p {place}/ns 。/x"), &[]);
    }
    check("新兴产业/nt 发展/v", &[]);
    for person in [
        "高水平",
        "智能化",
        "智慧",
        "建立健全",
        "宣传部",
        "鹿回头",
        "天文台",
        "望远镜",
        "今年夏天",
    ] {
        check(&format!("在/p {person}/nr 。/x"), &[]);
    }
    check("高/nr 水平/n 文明/nr 与/c 令人/nrt", &[]);
}

#[test]
fn chinese_persons_have_a_surname_and_foreign_ones_their_own_tag() {
    check(
        "欧阳/nr 修文/nr 和/c 司马云/nr 见/v 安·林德/nr 与/c 詹姆斯敦/nrt",
        &[
            ("欧阳修文", Label::Person),
            ("司马云", Label::Person),
            ("安·林德", Label::Person),
            ("詹姆斯敦", Label::Person),
        ],
    );
    check("沈知远/nr 智慧/nr", &[("沈知远", Label::Person)]);
}

#[test]
fn words_are_looked_up_in_the_simplified_view() {
    let mut segmented = words("陳秋水/nr 在/p 臺灣/ns 的/uj 城鎮/ns 裡/f");
    segmented.document.simplified = Some("陈秋水在台湾的城镇里".into());
    let found = only(&pos(), segmented);
    assert_eq!(
        entities(&found),
        [("陳秋水", Label::Person), ("臺灣", Label::Location)]
    );
}

#[test]
fn names_that_are_whole_stay_apart() {
    check(
        "龚秋水/nr 韩小满/nr",
        &[("龚秋水", Label::Person), ("韩小满", Label::Person)],
    );
}

#[test]
fn names_are_not_joined_over_a_gap_or_a_sentence_end() {
    check("龚/nr 、/x 韩/nr", &[]);
    let mut apart = words("龚/nr 。/x 韩满/nr");
    apart.tokens.remove(1);
    let found = only(&pos(), apart);
    assert_eq!(entities(&found), [("韩满", Label::Person)]);
    assert_eq!(found.entities[0].sentence, 1);
}

#[test]
fn without_entities_none_are_looked_for() {
    let options = TagOptions {
        entities: false,
        ..TagOptions::default()
    };
    let hop = Tag::new(&options, &Lexicon::default_shared());
    assert!(only(&hop, words("龚秋水/nr")).entities.is_empty());
}

#[test]
fn another_tagger_stands_in_and_its_answers_are_put_in_order() {
    /// The dictionary's answers backwards.
    #[derive(Debug)]
    struct Backwards;
    impl Tagger for Backwards {
        fn name(&self) -> &'static str {
            "backwards"
        }
        fn tag(&self, document: &Document, tokens: &mut [Token], entities: &mut Vec<Entity>) {
            PosTagger.tag(document, tokens, entities);
            entities.reverse();
        }
    }
    let found = only(
        &Tag::with(Arc::new(Backwards)),
        words("龚秋水/nr 在/p 云溪/ns"),
    );
    assert_eq!(
        entities(&found),
        [("龚秋水", Label::Person), ("云溪", Label::Location)]
    );
}

fn person(sentence: u32, start: usize, end: usize, score: f32) -> Find {
    Find {
        sentence,
        start,
        end,
        kind: Kind::Person,
        score,
        method: Method::Model,
    }
}

/// The persons that are left of doubtful ones at such places of a sentence.
fn left(text: &str, places: &[(usize, usize)]) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let persons = places
        .iter()
        .map(|(start, end)| person(0, *start, *end, 0.8));
    let mut finds: Vec<Find> = persons.collect();
    correct(&chars, &mut finds, 0, &Lexicon::default_shared());
    finds.len()
}

#[test]
fn a_doubtful_person_among_what_is_none_in_a_list_is_none() {
    assert_eq!(left("这一行投入少、周转长、不好做。", &[(7, 10)]), 0);
    assert_eq!(left("扩就业、顾众生，说到做到。", &[(4, 7)]), 0);
}

#[test]
fn a_doubtful_person_beside_a_person_in_a_list_stays() {
    assert_eq!(left("记者顾青山、周转长、不好做。", &[(2, 5), (6, 9)]), 2);
    assert_eq!(left("顾青山、周转长到会。", &[(4, 7)]), 1);
    assert_eq!(left("周转长说，不好做。", &[(0, 3)]), 1);
}

#[test]
fn a_place_joined_to_a_place_is_no_person() {
    assert_eq!(left("到云溪区和青浦司去。", &[(5, 8)]), 0);
    assert_eq!(left("到云溪区和顾青山去。", &[(5, 8)]), 1);
    assert_eq!(left("他和青浦司去。", &[(2, 5)]), 1);
}

#[test]
fn what_a_party_or_a_doctrine_is_called_by_is_no_person() {
    assert_eq!(left("云真主党称已经撤军。", &[(0, 2)]), 0);
    assert_eq!(left("学习马克思列宁主义的书。", &[(2, 5)]), 0);
    assert_eq!(left("云真说主力已经撤军。", &[(0, 2)]), 1);
    assert_eq!(left("云真和党员都到会。", &[(0, 2)]), 1);
}

#[test]
fn a_person_that_begins_as_a_place_of_the_document_is_none() {
    let kept = |text: &str, score: f32| {
        let document = document(&Place::new("a.txt", 0), text);
        let place = Find {
            kind: Kind::Location,
            ..person(0, 0, 5, 0.99)
        };
        let mut finds = vec![place, person(1, 1, 4, score)];
        let lexicon = Lexicon::default_shared();
        lift(&document, &lexicon, &mut finds, &mut Vec::new());
        finds.len()
    };
    assert_eq!(kept("青浦汀洲城很大。与青浦科投座谈。", 0.97), 1);
    assert_eq!(kept("青浦汀洲城很大。与青浦科投座谈。", 0.99), 2);
    assert_eq!(kept("霁澜汀洲城很大。与霁澜科投座谈。", 0.97), 2);
}

#[test]
fn what_stands_before_a_sentence_s_finds_is_not_looked_at() {
    let chars: Vec<char> = "扩就业、顾众生。".chars().collect();
    let mut finds = vec![person(0, 4, 7, 0.8), person(1, 4, 7, 0.8)];
    correct(&chars, &mut finds, 1, &Lexicon::default_shared());
    assert_eq!(finds.len(), 1);
}

#[test]
fn a_doubtful_name_that_is_longer_than_a_sure_one_by_a_character_is_the_sure_one() {
    let document = document(&Place::new("a.txt", 0), "陆远说不急。陆远仔细看了。");
    let mut finds = vec![person(0, 0, 2, 0.99), person(1, 0, 3, 0.5)];
    let lexicon = Lexicon::default_shared();
    lift(&document, &lexicon, &mut finds, &mut Vec::new());
    let ends: Vec<_> = finds.iter().map(|find| (find.sentence, find.end)).collect();
    assert_eq!(ends, [(0, 2), (1, 2)]);
}

#[test]
fn a_particle_behind_a_sure_name_is_no_part_of_it_though_the_model_thinks_so() {
    let document = document(
        &Place::new("a.txt", 0),
        "陆远说不急。陆远在看了。陆远仔看了。",
    );
    let mut finds = vec![
        person(0, 0, 2, 0.99),
        person(1, 0, 3, 0.8),
        person(2, 0, 3, 0.8),
    ];
    let lexicon = Lexicon::default_shared();
    lift(&document, &lexicon, &mut finds, &mut Vec::new());
    let ends: Vec<_> = finds.iter().map(|find| (find.sentence, find.end)).collect();
    assert_eq!(ends, [(0, 2), (1, 2), (2, 3)]);
}

#[test]
fn of_an_organisation_with_an_office_and_a_sure_person_both_stay() {
    let document = document(
        &Place::new("a.txt", 0),
        "陆远说不急。云溪区委书记陆远看了。",
    );
    let organisation = Find {
        kind: Kind::Organisation,
        ..person(1, 0, 8, 0.8)
    };
    let mut finds = vec![person(0, 0, 2, 0.99), organisation];
    let lexicon = Lexicon::default_shared();
    lift(&document, &lexicon, &mut finds, &mut Vec::new());
    let places: Vec<_> = finds
        .iter()
        .map(|find| (find.sentence, find.start, find.end, find.kind))
        .collect();
    let body = (1, 0, 4, Kind::Organisation);
    assert_eq!(
        places,
        [(0, 0, 2, Kind::Person), body, (1, 6, 8, Kind::Person)]
    );
}
