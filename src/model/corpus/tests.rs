//! Every form of a corpus, and what is no name in it.

use super::super::Kind;
use super::{Format, Sample, parse, to_json};

fn check(text: &str, format: Format, expected: &[(&str, Kind)]) -> Vec<Sample> {
    assert_eq!(Format::of(text), format);
    let samples = parse(text, format).unwrap();
    let mut names = Vec::new();
    for sample in &samples {
        let chars: Vec<char> = sample.text.chars().collect();
        for name in &sample.names {
            names.push((String::from_iter(&chars[name.start..name.end]), name.kind));
        }
    }
    let names: Vec<(&str, Kind)> = names
        .iter()
        .map(|(name, kind)| (name.as_str(), *kind))
        .collect();
    assert_eq!(names, expected);
    samples
}

#[test]
fn columns_are_bio_bioes_or_bmes() {
    let text = "林 B-PER\n远 I-PER\n舟 I-PER\n去 O\n云 B-NS\n溪 E-NS\n县 S-LOC\n\n青 B-ORG\n社 M-ORG\n会 E-ORG\n";
    let samples = check(
        text,
        Format::Columns,
        &[
            ("林远舟", Kind::Person),
            ("云溪", Kind::Location),
            ("县", Kind::Location),
            ("青社会", Kind::Organisation),
        ],
    );
    assert_eq!(samples[0].text, "林远舟去云溪县");
}

#[test]
fn digits_behind_characters_are_places_in_words_and_common_nouns_are_no_names() {
    let text =
        "林0\tB-PER.NAM\n舟1\tI-PER.NAM\n哥0\tB-PER.NOM\n在0\tO\n江0\tB-GPE.NAM\n洲1\tI-GPE.NAM\n";
    let samples = check(
        text,
        Format::Columns,
        &[("林舟", Kind::Person), ("江洲", Kind::Location)],
    );
    assert_eq!(samples[0].text, "林舟哥在江洲");
}

#[test]
fn words_of_conllu_keep_the_spaces_of_their_text() {
    let text = "# sent_id = 1\n# text = 见 Ann Lind 在江洲\n1\t见\tO\n2\tAnn\tB-PER\n3\tLind\tI-PER\n4\t在\tO\n5\t江洲\tB-LOC\n\n";
    let samples = check(
        text,
        Format::ConllU,
        &[("Ann Lind", Kind::Person), ("江洲", Kind::Location)],
    );
    assert_eq!(samples[0].text, "见 Ann Lind 在江洲");
}

#[test]
fn words_with_tags_are_names_where_the_tag_is_one() {
    check(
        "林远舟/PER 说/v ，/w 江洲/LOC 好/a",
        Format::Slash,
        &[("林远舟", Kind::Person), ("江洲", Kind::Location)],
    );
}

#[test]
fn json_lines_are_read_in_both_forms_and_written_in_ours() {
    let text = r#"{"text": "林远舟在云溪社", "label": {"name": {"林远舟": [[0, 2]]}, "company": {"云溪社": [[4, 6]]}, "book": {"在": [[3, 3]]}}}"#;
    let samples = check(
        text,
        Format::JsonLines,
        &[("林远舟", Kind::Person), ("云溪社", Kind::Organisation)],
    );
    let written = to_json(&samples[0]);
    assert_eq!(parse(&written, Format::JsonLines).unwrap(), samples);
    let error = parse("{\"text\": \"a\"}\n\n{", Format::JsonLines).unwrap_err();
    assert_eq!(error.0, 3);
}
