//! Taxonomies in made-up files.

use std::path::{Path, PathBuf};

use super::{
    Passage, Scheme, Taxonomy, TaxonomyError, TaxonomyProblem, shipped_taxonomies, write_schemes,
};

const HEAD: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <urn:x:> .
";

fn parse(bodies: &[&str]) -> Result<Taxonomy, TaxonomyError> {
    let texts: Vec<String> = bodies.iter().map(|body| format!("{HEAD}{body}")).collect();
    let files: Vec<_> = texts
        .iter()
        .map(|text| (Path::new("t.ttl"), text.as_bytes()))
        .collect();
    Taxonomy::parse(&files)
}

/// The labels in `text`, each with the concepts that have it.
fn mentions(taxonomy: &Taxonomy, text: &str) -> String {
    let mut found = Vec::new();
    taxonomy.each_mention(text, |bytes, concepts| {
        let iris = concepts
            .iter()
            .map(|at| taxonomy.concepts()[*at].iri.trim_start_matches("urn:x:"));
        found.push(format!(
            "{}={}",
            &text.get(bytes).unwrap(),
            iris.collect::<Vec<_>>().join("/")
        ));
        true
    });
    found.join(" ")
}

#[test]
fn labels_of_all_kinds_and_scripts_are_found_the_longest_first() {
    let taxonomy = parse(&[":a a skos:Concept ; skos:prefLabel '港口'@zh-Hans, 'harbour'@en ; skos:altLabel '碼頭'@zh-Hant .
         :b a skos:Concept ; skos:prefLabel '港口经济' ; skos:hiddenLabel '临港经济' ."])
    .unwrap();
    assert_eq!(
        mentions(&taxonomy, "港口经济、码头和harbour"),
        "港口经济=b 码头=a harbour=a"
    );
    assert_eq!(mentions(&taxonomy, "临港经济"), "临港经济=b");
    assert!(taxonomy.warnings().is_empty());
}

#[test]
fn the_hierarchy_is_told_from_either_end_and_over_several_files() {
    let taxonomy = parse(&[
        ":a skos:narrower :b . :b skos:prefLabel '乙' .",
        ":c skos:broader :b ; skos:prefLabel '丙' . :a skos:prefLabel '甲' .",
    ])
    .unwrap();
    let within = |iri: &str| {
        let concept = &taxonomy.concepts()[taxonomy.place_of(iri).unwrap()];
        concept
            .within
            .iter()
            .map(|at| &*taxonomy.concepts()[*at].iri)
            .collect::<Vec<_>>()
    };
    assert_eq!(within("urn:x:c"), ["urn:x:b", "urn:x:a", "urn:x:c"]);
    assert_eq!(within("urn:x:a"), ["urn:x:a"]);
}

#[test]
fn what_is_no_concept_or_no_longer_one_is_not_found() {
    let taxonomy = parse(&[":s a skos:ConceptScheme ; skos:prefLabel '方案' .
         :a a skos:Concept ; skos:prefLabel '甲港' ; skos:inScheme :s .
         :b a skos:Concept ; skos:prefLabel '乙港' ; owl:deprecated true ."])
    .unwrap();
    assert_eq!(mentions(&taxonomy, "方案、甲港、乙港"), "甲港=a");
    assert_eq!(taxonomy.concepts().len(), 2);
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let error = parse(&[
        ":a skos:prefLabel '甲' ;; . :b a skos:Concept ; schema:validFrom '去年' .",
        "  <urn:x:c> a .",
    ]);
    let Err(TaxonomyError::Bad(problems)) = error else {
        panic!("{error:?}")
    };
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(
        said[1].starts_with("t.ttl: <urn:x:b> is valid from or through `去年`, which is no date"),
        "{said:?}"
    );
    assert!(said[0].starts_with("t.ttl:5:"), "{said:?}");
    assert_eq!(said.len(), 2);
    let error = parse(&[""]).unwrap_err();
    assert!(error.to_string().contains("no concept in it"), "{error}");
    let missing = Taxonomy::load(&[PathBuf::from("no-such.ttl")]).unwrap_err();
    assert_eq!(missing.to_string(), "cannot read the taxonomy no-such.ttl");
}

#[test]
fn labels_may_come_in_one_file_and_what_they_are_labels_of_in_another() {
    let taxonomy = parse(&[":a skos:prefLabel '甲港' .", ":a a skos:Concept ."]).unwrap();
    assert_eq!(mentions(&taxonomy, "甲港"), "甲港=a");
    let other = ":a a skos:Concept ; skos:prefLabel '甲港' . :x schema:validFrom '不详' .";
    assert!(
        parse(&[other]).unwrap().warnings().is_empty(),
        "what is no concept has any date"
    );
}

#[test]
fn of_a_hierarchy_too_deep_to_follow_the_nearest_count() {
    let chain = (0..2_000).map(|at| {
        format!(
            ":c{at} skos:broader :c{} ; skos:prefLabel '名{at}' .\n",
            at + 1
        )
    });
    let taxonomy = parse(&[&chain.collect::<String>()]).unwrap();
    let most = taxonomy.concepts().iter().map(|one| one.within.len()).max();
    assert_eq!(most, Some(257));
    let deep = |one: &&TaxonomyProblem| matches!(one, TaxonomyProblem::Deep(_));
    assert!(taxonomy.warnings().iter().filter(deep).count() > 1_000);
}

#[test]
fn circles_and_nameless_concepts_are_warnings() {
    let taxonomy =
        parse(&[":a skos:broader :b ; skos:prefLabel '甲' . :b skos:broader :a ."]).unwrap();
    let circle = |iri: &str| TaxonomyProblem::Circle(iri.to_owned());
    let nameless = TaxonomyProblem::NoLabel("urn:x:b".to_owned());
    assert_eq!(
        taxonomy.warnings(),
        [circle("urn:x:a"), circle("urn:x:b"), nameless]
    );
    assert!(taxonomy.warnings().iter().all(TaxonomyProblem::is_warning));
}

#[test]
fn the_shipped_ones_are_sound_and_each_concept_has_its_source() {
    for (name, text) in shipped_taxonomies() {
        let taxonomy = Taxonomy::load(&[PathBuf::from(name)]).unwrap();
        assert_eq!(taxonomy.warnings(), [], "{name}");
        let concepts = taxonomy.concepts().len();
        assert!(concepts > 20, "{name}");
        assert_eq!(
            text.matches("    dcterms:source \"").count(),
            concepts,
            "{name}"
        );
    }
}

fn scheme(name: &str, variant: usize, members: &[&str]) -> Scheme {
    Scheme {
        name: name.into(),
        variant,
        members: members.iter().map(ToString::to_string).collect(),
        documents: 1,
        passages: vec![Passage {
            doc_id: "ab12".into(),
            source: "港口.txt".into(),
            title: Some("港口的一年".into()),
            text: "港口建好了\"两港一路\"。".into(),
        }],
    }
}

#[test]
fn what_is_written_reads_back_with_names_members_and_hierarchy() {
    let schemes = [
        scheme("1+2", 0, &["主港", "两翼"]),
        scheme("两翼", 0, &["东翼", "西翼"]),
        scheme("两翼", 1, &["左舷 <门>", "右舷"]),
    ];
    let mut text = Vec::new();
    write_schemes(&mut text, "urn:x:", &schemes).unwrap();
    let taxonomy = Taxonomy::parse(&[(Path::new("draft.ttl"), &text)]).unwrap();
    assert_eq!(taxonomy.warnings(), []);
    assert_eq!(mentions(&taxonomy, "1+2、西翼"), "1+2=1+2 西翼=西翼");
    assert_eq!(mentions(&taxonomy, "两翼"), "两翼=两翼/两翼-2");
    let above = |iri: &str| {
        let concept = &taxonomy.concepts()[taxonomy.place_of(iri).unwrap()];
        let iris = concept
            .within
            .iter()
            .map(|at| &*taxonomy.concepts()[*at].iri);
        iris.filter(|one| *one != iri).collect::<Vec<_>>()
    };
    assert_eq!(above("urn:x:东翼"), ["urn:x:1+2", "urn:x:两翼"]);
    assert_eq!(above("urn:x:右舷"), ["urn:x:两翼-2"]);
    assert_eq!(above("urn:x:左舷%20%3C门%3E"), ["urn:x:两翼-2"]);
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("prov:wasDerivedFrom <urn:cihe:document:ab12>"),
        "{text}"
    );
    assert!(text.contains("dcterms:source \"港口.txt\""), "{text}");
}

#[test]
fn a_base_that_begins_no_iri_is_refused() {
    let error = write_schemes(Vec::new(), "no iri ", &[]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}
