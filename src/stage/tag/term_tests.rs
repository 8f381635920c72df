//! Concepts in made-up texts.

use std::path::Path;

use super::term::Terms;
use crate::lexicon::Taxonomy;
use crate::record::{Entity, Evidence, Place};
use crate::stage::segment::fixture::{document, segmented};
use crate::stage::tag::Shorthand;
use crate::text::{ScriptEvidence, simplified_view};

const HARBOUR: &str = r#"
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <urn:x:> .
:业务 a skos:Concept ; skos:prefLabel "港口业务"@zh-Hans .
:装卸 a skos:Concept ; skos:prefLabel "装卸"@zh-Hans ; skos:broader :业务 .
:运输 a skos:Concept ; skos:prefLabel "运输"@zh-Hans ; skos:altLabel "運送"@zh-Hant ; skos:broader :业务 .
:机构 a skos:Concept ; skos:prefLabel "港口机构"@zh-Hans .
:运输处 a skos:Concept ; skos:prefLabel "运输处"@zh-Hans ; skos:altLabel "运输"@zh-Hans ; skos:broader :机构 .
:调度室 a skos:Concept ; skos:prefLabel "调度室"@zh-Hans ; skos:broader :机构 .
:规划 a skos:Concept ; skos:prefLabel "远航规划"@zh-Hans ; schema:validFrom "2024-01-01"^^xsd:date .
"#;

fn found(text: &str) -> String {
    found_on(text, None)
}

fn found_on(text: &str, day: Option<&str>) -> String {
    let taxonomy = Taxonomy::parse(&[(Path::new("harbour.ttl"), HARBOUR.as_bytes())]).unwrap();
    let mut document = document(&Place::new("a.txt", 0), text);
    document.simplified = simplified_view(text, &ScriptEvidence::of(text));
    document.published = day.map(|day| day.parse().unwrap());
    let segmented = segmented(document);
    let mut entities = Vec::new();
    Terms::new(taxonomy).find(&segmented.document, &segmented.tokens, &mut entities);
    let show = |entity: &Entity| {
        let concept = entity.concept.as_deref().unwrap_or_default();
        let concept = concept.trim_start_matches("urn:x:");
        let text = entity.span.of(&segmented.document.text);
        format!("{text}={concept}@{}", entity.score)
    };
    entities.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_longest_label_is_the_concept_in_either_script() {
    assert_eq!(found("他在运输处工作。"), "运输处=运输处@1");
    assert_eq!(found("港口負責貨物的裝卸。"), "裝卸=装卸@1");
}

#[test]
fn a_label_inside_a_word_is_no_mention() {
    assert_eq!(found("他们看到一架运输机。"), "");
    // The longer 运输处 ends inside of 处理, and the shorter one is there.
    assert_eq!(found("装卸和运输处理得快。"), "装卸=装卸@1 运输=运输@0.9");
}

#[test]
fn what_several_concepts_are_called_is_each_of_them_unless_the_document_tells() {
    assert_eq!(found("这里有运输。"), "运输=运输@0.5 运输=运输处@0.5");
    assert_eq!(found("这里有运输，也有装卸。"), "运输=运输@0.9 装卸=装卸@1");
    assert_eq!(
        found("运输归港口机构管。"),
        "运输=运输处@0.9 港口机构=机构@1"
    );
    assert_eq!(
        found("运输和装卸都归调度室管。"),
        "运输=运输@0.5 运输=运输处@0.5 装卸=装卸@1 调度室=调度室@1"
    );
}

#[test]
fn a_concept_has_its_days_and_on_a_day_that_is_not_known_all_have() {
    let text = "“远航规划”已经公布。";
    assert_eq!(found(text), "远航规划=规划@1");
    assert_eq!(found_on(text, Some("2024-01-01")), "远航规划=规划@1");
    assert_eq!(found_on(text, Some("2023-12-31")), "");
}

/// The members that the taxonomy gives to the enumerations of a text, by their names.
fn members(text: &str) -> Vec<String> {
    let turtle = r#"
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix : <urn:x:> .
        :业务 a skos:Concept ; skos:prefLabel "三大业务"@zh-Hans .
        :装卸 a skos:Concept ; skos:prefLabel "装卸"@zh-Hans ; skos:broader :业务 .
        :运输 a skos:Concept ; skos:prefLabel "运输"@zh-Hans ; skos:altLabel "运送"@zh-Hans ; skos:broader :业务 .
        :仓储 a skos:Concept ; skos:prefLabel "仓储"@zh-Hans ; skos:broader :业务 .
        :港口 a skos:Concept ; skos:prefLabel "两大港口"@zh-Hans .
        :青汀港 a skos:Concept ; skos:prefLabel "码头"@zh-Hans ; skos:broader :港口 ."#;
    let taxonomy = Taxonomy::parse(&[(Path::new("t.ttl"), turtle.as_bytes())]).unwrap();
    let terms = Terms::new(taxonomy);
    let mut document = document(&Place::new("a.txt", 0), text);
    document.simplified = simplified_view(text, &ScriptEvidence::of(text));
    let segmented = segmented(document);
    let mut entities = Vec::new();
    terms.find(&segmented.document, &segmented.tokens, &mut entities);
    let mut enumerations = Vec::new();
    Shorthand::new().find(&segmented, &entities, &mut enumerations);
    terms.support(&segmented.document, &entities, &mut enumerations);
    let row = |one: &crate::record::Enumeration| {
        let text = &segmented.document.text;
        let members: Vec<&str> = one.members.iter().map(|one| one.span.of(text)).collect();
        let told = one.evidence == Evidence::Taxonomy;
        assert!(!told || one.complete);
        let by = if told { "taxonomy" } else { "text" };
        format!("{} {by}: {}", one.span.of(text), members.join(" "))
    };
    enumerations.iter().map(row).collect()
}

#[test]
fn what_a_concept_counts_is_below_it_where_the_document_names_all_of_it() {
    assert_eq!(
        members("港口的三大业务发展很快。仓储靠新库。运送靠船，装卸靠吊车。"),
        ["三大业务 taxonomy: 仓储 运送 装卸"]
    );
    assert_eq!(
        members("港口的三大業務發展很快。倉儲靠新庫。運輸靠船，裝卸靠吊車。"),
        ["三大業務 taxonomy: 倉儲 運輸 裝卸"]
    );
    // One is not named.
    assert_eq!(
        members("港口的三大业务发展很快。仓储靠新库。运送靠船。"),
        ["三大业务 text: "]
    );
    // The text has the last word.
    assert_eq!(
        members("港口有三大业务：加油、供水、维修。仓储、运送、装卸也快。"),
        ["三大业务 text: 加油 供水 维修"]
    );
    // Fewer are below than it counts.
    assert_eq!(members("两大港口很忙，码头也忙。"), ["两大港口 text: "]);
}
