//! Makes the embedded list of China's administrative divisions of the tables of the project `division`:
//! `cargo run --release --example pack_divisions -- areas.csv cities.json src/lexicon/data/divisions.zst`.
//!
//! A line each: the code of GB/T 2260, a tab, the official name, a tab, short forms with spaces between. A short form that is a common word of
//! the dictionary, as 和平 of 和平区 is, is left out. So is what the tables have beside the standard: development zones, and headings such as 市辖区.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;

use cihe::lexicon::Lexicon;
use cihe::model::Listed;

/// Which the tables have no names of: code, name, short form and abbreviation. Of 苏, 蒙 and others that mean more than one thing there is none.
const PROVINCES: &[(&str, &str, &str)] = &[
    ("11", "北京市", "北京 京"),
    ("12", "天津市", "天津 津"),
    ("13", "河北省", "河北 冀"),
    ("14", "山西省", "山西 晋"),
    ("15", "内蒙古自治区", "内蒙古 内蒙"),
    ("21", "辽宁省", "辽宁 辽"),
    ("22", "吉林省", "吉林"),
    ("23", "黑龙江省", "黑龙江"),
    ("31", "上海市", "上海 沪"),
    ("32", "江苏省", "江苏"),
    ("33", "浙江省", "浙江 浙"),
    ("34", "安徽省", "安徽 皖"),
    ("35", "福建省", "福建 闽"),
    ("36", "江西省", "江西 赣"),
    ("37", "山东省", "山东 鲁"),
    ("41", "河南省", "河南 豫"),
    ("42", "湖北省", "湖北 鄂"),
    ("43", "湖南省", "湖南 湘"),
    ("44", "广东省", "广东 粤"),
    ("45", "广西壮族自治区", "广西 桂"),
    ("46", "海南省", "海南 琼"),
    ("50", "重庆市", "重庆 渝"),
    ("51", "四川省", "四川 川"),
    ("52", "贵州省", "贵州 黔"),
    ("53", "云南省", "云南 滇"),
    ("54", "西藏自治区", "西藏"),
    ("61", "陕西省", "陕西 陕"),
    ("62", "甘肃省", "甘肃 陇"),
    ("63", "青海省", "青海"),
    ("64", "宁夏回族自治区", "宁夏"),
    ("65", "新疆维吾尔自治区", "新疆"),
    ("71", "台湾省", "台湾"),
    ("81", "香港特别行政区", "香港"),
    ("82", "澳门特别行政区", "澳门"),
];

/// Peoples whose names stand in those of autonomous divisions.
const PEOPLES: &str = "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 \
毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 保安 裕固 独龙 各";

/// What the names of divisions end with, longer ones before those that they end with.
const ENDINGS: &[&str] = &[
    "自治州",
    "自治县",
    "自治旗",
    "新区",
    "林区",
    "特区",
    "矿区",
    "地区",
    "市",
    "县",
    "区",
    "旗",
    "盟",
];

/// A district of one city, and what is said of any other's.
const OLD_TOWN: &str = "老城区";

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [areas, cities, to] = paths.as_slice() else {
        return Err("expected three paths: areas.csv, cities.json, and the file to write".into());
    };
    let lexicon = Lexicon::default_shared();
    let mut lines = BTreeMap::new();
    for (code, name, short) in PROVINCES {
        lines.insert(format!("{code}0000"), format!("{name}\t{short}"));
    }
    let cities: Vec<BTreeMap<String, String>> = serde_json::from_str(&fs::read_to_string(cities)?)?;
    let cities = cities
        .iter()
        .filter_map(|city| Some((city.get("code")?.as_str(), city.get("name")?.as_str())));
    let areas = fs::read_to_string(areas)?;
    let areas = areas.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        Some((fields.next()?, fields.next()?.trim_matches('"')))
    });
    for (code, name) in cities.chain(areas) {
        let anywhere = name == OLD_TOWN || is_common(name, &lexicon);
        if is_standard(code, name) && !anywhere {
            let short = short(name).filter(|short| !is_common(short, &lexicon));
            lines.insert(
                format!("{code:0<6}"),
                format!("{name}\t{}", short.unwrap_or_default()),
            );
        }
    }
    let mut text = String::new();
    for (code, line) in &lines {
        writeln!(text, "{code}	{line}")?;
    }
    fs::write(to, zstd::encode_all(text.as_bytes(), 22)?)?;
    Ok(())
}

/// Whether the standard has a division, and not the statisticians' tables alone.
fn is_standard(code: &str, name: &str) -> bool {
    let last = code
        .get(code.len().saturating_sub(2)..)
        .and_then(|last| last.parse().ok());
    let zone = match code.len() {
        6 => last.is_none_or(|last: u8| (71..=80).contains(&last)),
        _ => last.is_none_or(|last: u8| last == 90),
    };
    !zone && !["市辖区", "县"].contains(&name) && name.chars().count() > 1
}

/// A name without what it ends with and the peoples before that, if it is still one of two characters.
fn short(name: &str) -> Option<&str> {
    let ending = ENDINGS.iter().find(|ending| name.ends_with(**ending))?;
    let mut rest = name.strip_suffix(ending)?;
    if ending.starts_with("自治") || rest.ends_with('族') {
        while let Some(shorter) = without_people(rest) {
            rest = shorter;
        }
    }
    (rest.chars().count() >= 2 && !rest.ends_with('族')).then_some(rest)
}

/// A name without the people that it ends with, be it without 族: 巴里坤哈萨克.
fn without_people(name: &str) -> Option<&str> {
    let whole = name.strip_suffix('族');
    let named = whole.unwrap_or(name);
    let peoples = PEOPLES.split(' ');
    let peoples = peoples.filter(|people| whole.is_some() || people.chars().count() > 1);
    let shorter = peoples.filter_map(|people| named.strip_suffix(people));
    shorter
        .min_by_key(|rest| rest.len())
        .filter(|rest| !rest.is_empty())
}

/// Whether the dictionary has a word for something else than a place; which are places in spite of that a list tells that the model reads.
fn is_common(word: &str, lexicon: &Lexicon) -> bool {
    let chars: Vec<char> = word.chars().collect();
    !Listed::of(&chars).is_division() && lexicon.pos(word).is_some_and(|pos| !pos.is_a("ns"))
}
