//! Names in four kinds of text, through the whole path: two hundred sentences with people, places and organisations that don't exist, held to the
//! figures that the default pipeline reaches, less what another model may cost.
//!
//! A sentence a line, names in brackets with their kind: `[PER 林远舟]来到[LOC 云溪县]`.

use cihe::config;
use cihe::model::{Kind, Name, Sample};
use cihe::pipeline::{self, Annotator};

/// A line without its brackets.
fn sample(line: &str) -> Sample {
    let mut sample = Sample::default();
    let mut chars = 0;
    for piece in line.split(['[', ']']) {
        let kind = piece
            .split_once(' ')
            .and_then(|(kind, name)| Some((Kind::named(kind)?, name)));
        let text = kind.map_or(piece, |(_, name)| name);
        let start = chars;
        chars += text.chars().count();
        sample.text.push_str(text);
        if let Some((kind, _)) = kind {
            sample.names.push(Name {
                start,
                end: chars,
                kind,
            });
        }
    }
    sample
}

/// Compares F1, in percent: of persons, places, organisations, all.
fn check(text: &str, least: [f64; 4]) {
    let samples: Vec<Sample> = text.lines().map(sample).collect();
    assert!(samples.len() > 45);
    let spec = config::load("default", &[]).expect("it is built in");
    let annotator = Annotator::new(&spec).expect("the pipeline needs no file");
    let report = pipeline::evaluate(&annotator, &samples);
    assert_eq!(report.rejects, 0);
    let [persons, places, organisations] = report.evaluation.kinds;
    let all = [persons, places, organisations, report.evaluation.micro()];
    let reached = all.map(|counts| counts.f1() * 100.0);
    assert!(
        reached
            .iter()
            .zip(&least)
            .all(|(reached, least)| reached >= least),
        "{reached:.1?}, at least {least:?}: {:?}",
        report.evaluation
    );
}

#[test]
fn a_newspaper_s_names_are_found() {
    check(include_str!("newspaper.txt"), [96.0, 90.0, 68.0, 88.5]);
}

#[test]
fn a_notice_s_names_are_found() {
    check(include_str!("notice.txt"), [92.0, 96.0, 85.0, 91.0]);
}

#[test]
fn names_on_the_web_are_found() {
    check(include_str!("web.txt"), [98.0, 87.0, 76.0, 88.0]);
}

#[test]
fn names_in_speech_are_found() {
    check(include_str!("speech.txt"), [88.0, 92.0, 98.0, 91.0]);
}
