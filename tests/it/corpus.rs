//! Generated corpora: the same text for the same seed, from sentences about places that do not exist.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::util::{Dice, write};

const PLACES: &[&str] = &[
    "临澜市",
    "青汀港",
    "云岬县",
    "沅浦区",
    "鹿回头湾",
    "望澜大道",
    "落霞桥",
    "石桥村",
];
const PEOPLE: &[&str] = &[
    "沈知远",
    "顾明棠",
    "秦若溪",
    "陆怀舟",
    "裴星野",
    "白露",
    "方见山",
    "任水生",
];
const GOODS: &[&str] = &[
    "茶叶",
    "陶器",
    "浮标",
    "水泵",
    "图书",
    "渔网",
    "连环画",
    "石狮子",
];
const UNITS: &[&str] = &["吨", "箱", "台", "册", "万标准箱", "公里"];

/// Documents in a `.jsonl.gz` file.
const RECORDS_PER_FILE: usize = 150;

/// A sentence with a full stop.
pub(crate) fn sentence(dice: &mut Dice) -> String {
    let (place, person) = (*dice.pick(PLACES), *dice.pick(PEOPLE));
    let (goods, unit) = (*dice.pick(GOODS), *dice.pick(UNITS));
    let number = 1 + dice.below(9_999);
    match dice.below(6) {
        0 => format!("记者{person}从{place}了解到，今年第一季度共运出{goods}{number}{unit}。"),
        1 => format!("“这批{goods}来得正是时候。”{person}在{place}说，“去年只有{number}{unit}。”"),
        2 => format!(
            "{place}将在年底前新增{goods}{number}{unit}，比上年增长3.{}%。",
            number % 10
        ),
        3 => format!("{person}表示，{goods}的事情要一件一件办，路要一步一步走！"),
        4 => format!(
            "从{place}到{}有多远？{person}算了算：大约{number}公里。",
            dice.pick(PLACES)
        ),
        _ => format!("大雨之后，{place}的{goods}少了{number}{unit}，{person}连夜清点……"),
    }
}

/// A few paragraphs.
pub(crate) fn text(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(3) {
        for _ in 0..=dice.below(4) {
            text.push_str(&sentence(dice));
        }
        text.push('\n');
    }
    text
}

/// Writes about `documents` documents: most in `.jsonl.gz` files, one in ten as a text file of its own, of which every
/// third is GBK. Returns how many records there are.
pub(crate) fn generate(root: &Path, documents: usize, seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let plain = documents / 10;
    for number in 0..plain {
        let text = text(&mut dice);
        let path = root.join(format!("texts/{:02}/{number:05}.txt", number % 7));
        if number % 3 == 0 {
            let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
            write(&path, bytes);
        } else {
            write(&path, &text);
        }
    }
    let mut left = documents - plain;
    for file in 0.. {
        let records = left.min(RECORDS_PER_FILE);
        if records == 0 {
            break;
        }
        let lines = (0..records).fold(String::new(), |mut lines, record| {
            json_line(&mut lines, &mut dice, file, record);
            lines
        });
        write(
            &root.join(format!("news/{file:04}.jsonl.gz")),
            gzip(lines.as_bytes()),
        );
        left -= records;
    }
    documents
}

fn json_line(lines: &mut String, dice: &mut Dice, file: usize, record: usize) {
    let line = serde_json::json!({
        "id": format!("{file}-{record}"),
        "title": format!("{}新闻", dice.pick(PLACES)),
        "published": format!("2024-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
        "collection": dice.pick(GOODS),
        "text": text(dice),
    });
    writeln!(lines, "{line}").expect("a string takes all");
}

/// A gzip stream.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}
