//! Samples once more with other names in them, for `cihe train entities`:
//!
//! ```text
//! vary_names lists.txt 1 uner.jsonl  > uner-varied.jsonl    each sentence that has names
//! vary_names lists.txt 2 msra.jsonl  > msra-varied.jsonl    every second one
//! ```
//!
//! Samples repeat the names of their time. With others in their places a model learns what names stand beside, how they are built, and
//! what it is worth that a list has them. `lists.txt` is what `src/lexicon/data/names.zst` holds. Persons are put together of the
//! surnames there and of given names in the samples, companies of places, brands and trades; at times one name becomes a list: A、B、C.
//! What comes out speaks for its source's conventions, not for its language (`uner~`).

use std::error::Error;
use std::io::Write;
use std::path::Path;

use cihe::model::{self, Kind, Name, Sample, to_json};

const TRADES: &[&str] = &[
    "科技",
    "电子",
    "实业",
    "投资",
    "建设",
    "置业",
    "医药",
    "机械",
    "食品",
    "网络",
    "传媒",
    "能源",
    "化工",
    "汽车",
    "电力",
    "信息技术",
    "房地产开发",
    "生物",
    "环保",
    "贸易",
    "物流",
    "文化",
    "证券",
    "保险",
    "矿业",
    "纺织",
    "航空",
    "旅游",
];
const FORMS: &[&str] = &[
    "有限公司",
    "股份有限公司",
    "集团",
    "集团有限公司",
    "有限责任公司",
    "公司",
    "集团公司",
    "股份",
];
const HOUSES: &[&str] = &[
    "大学",
    "师范大学",
    "中学",
    "第一中学",
    "实验小学",
    "人民医院",
    "中心医院",
    "教育局",
    "公安局",
    "财政局",
    "人民法院",
    "检察院",
    "博物馆",
    "图书馆",
    "日报社",
    "电视台",
    "商会",
    "人民政府",
    "民政局",
    "足球俱乐部",
    "出版社",
    "研究所",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [lists, every, paths @ ..] = arguments.as_slice() else {
        return Err("see the head of this file for what can be said".into());
    };
    let every: usize = every.parse()?;
    let mut samples = Vec::new();
    for path in paths {
        samples.extend(model::read(Path::new(path))?);
    }
    let mut maker = Maker::new(&std::fs::read_to_string(lists)?, &samples);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let named = samples.iter().filter(|sample| !sample.names.is_empty());
    for sample in named.step_by(every.max(1)) {
        writeln!(out, "{}", to_json(&maker.vary(sample)))?;
    }
    out.flush()?;
    Ok(())
}

/// Makes names.
struct Maker {
    surnames: Vec<String>,
    given: Vec<String>,
    persons: Vec<String>,
    places: Vec<String>,
    organisations: Vec<String>,
    random: u64,
}

impl Maker {
    fn new(lists: &str, samples: &[Sample]) -> Self {
        let words = |names: &[&str]| -> Vec<String> {
            let lines = lists.lines().filter_map(|line| line.split_once('\t'));
            let lines = lines.filter(|(name, _)| names.contains(name));
            lines
                .flat_map(|(_, words)| words.split(' '))
                .map(str::to_owned)
                .collect()
        };
        let surnames = words(&["surname"]);
        // Surnames as frequent as in the samples, given names of their characters.
        let (mut met, mut given) = (Vec::new(), Vec::new());
        for sample in samples {
            let chars: Vec<char> = sample.text.chars().collect();
            for name in sample.names.iter().filter(|name| name.kind == Kind::Person) {
                let name = chars.get(name.start..name.end).unwrap_or_default();
                if let [first, rest @ ..] = name
                    && (1..=2).contains(&rest.len())
                    && surnames.iter().any(|surname| surname.chars().eq([*first]))
                {
                    met.push(first.to_string());
                    given.push(rest.iter().collect());
                }
            }
        }
        met.extend(surnames);
        Self {
            surnames: met,
            given,
            persons: words(&["known-person", "read-person"]),
            places: words(&[
                "division",
                "place",
                "abroad",
                "known-place",
                "read-place",
                "taught-place",
            ]),
            organisations: words(&[
                "known-organisation",
                "read-organisation",
                "taught-organisation",
            ]),
            random: 1,
        }
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap_or(0) % end.max(1)
    }

    fn one<'w>(&mut self, words: &'w [impl AsRef<str>]) -> &'w str {
        let at = self.below(words.len());
        words.get(at).map_or("", AsRef::as_ref)
    }

    fn pick(&mut self, words: fn(&Self) -> &Vec<String>) -> String {
        let at = self.below(words(self).len());
        words(self).get(at).cloned().unwrap_or_default()
    }

    fn name(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Person if self.below(4) == 0 => self.pick(|maker| &maker.persons),
            Kind::Person => {
                let surname = self.pick(|maker| &maker.surnames);
                let mut given: Vec<char> = self.pick(|maker| &maker.given).chars().collect();
                let other: Vec<char> = self.pick(|maker| &maker.given).chars().collect();
                if let (Some(first), Some(last)) = (given.first_mut(), other.last()) {
                    *first = *last;
                }
                surname + &String::from_iter(given)
            }
            Kind::Location => self.pick(|maker| &maker.places),
            Kind::Organisation => match self.below(8) {
                0 => self.pick(|maker| &maker.places) + self.one(HOUSES),
                1 | 2 => {
                    let place = if self.below(2) == 0 {
                        self.pick(|maker| &maker.places)
                    } else {
                        String::new()
                    };
                    let brand = self.pick(|maker| &maker.organisations);
                    let brand: String = brand.chars().take(2).collect();
                    let trade = self.one(TRADES);
                    place + &brand + trade + self.one(FORMS)
                }
                _ => self.pick(|maker| &maker.organisations),
            },
        }
    }

    /// The sample with other names.
    fn vary(&mut self, sample: &Sample) -> Sample {
        let mut varied = Sample {
            source: format!("{}~", sample.source),
            ..Sample::default()
        };
        let chars: Vec<char> = sample.text.chars().collect();
        let mut at = 0;
        for name in &sample.names {
            varied.text.extend(chars.iter().take(name.start).skip(at));
            at = name.end;
            let kept = self.below(3) == 0;
            let old: String = chars.iter().take(name.end).skip(name.start).collect();
            let count = if !kept && self.below(20) == 0 {
                2 + self.below(4)
            } else {
                1
            };
            for number in 0..count {
                if number > 0 {
                    varied.text.push('、');
                }
                let new = if kept {
                    old.clone()
                } else {
                    self.name(name.kind)
                };
                let start = varied.text.chars().count();
                varied.text.push_str(&new);
                varied.names.push(Name {
                    start,
                    end: start + new.chars().count(),
                    kind: name.kind,
                });
            }
        }
        varied.text.extend(chars.iter().skip(at));
        varied
    }
}
