//! Makes samples for `cihe train entities` of public corpora, one JSON object a line:
//!
//! ```text
//! prepare_names pfr   pfr199801.txt lac.tsv  > msra.jsonl   People's Daily, words with ICTCLAS tags; a teacher's view of the same text
//! prepare_names lac   lac.tsv 50000 25000    > news.jsonl   sentences labelled by LAC: source, tab, word/TAG; how many of news and of the rest
//! prepare_names other uner train.iob2        > uner.jsonl   any format that `cihe train` reads, under a name of a source
//! prepare_names quiet lac.tsv lists.txt reports > quiet.jsonl  sentences of these sources in which LAC finds no name; of a nation's they become a place's
//! ```
//!
//! Sentences that stand in a file of `--without FILE` (at the end) are left out, so that no development set is learned from.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::io::Write;
use std::path::Path;

use cihe::model::{self, Kind, Name, Sample, to_json};

/// Words at most in an organisation's name before its head.
const WORDS: usize = 7;

/// What an organisation's name ends with.
const HEADS: &str = "公司 集团 委员会 银行 大学 学院 中学 小学 学校 医院 研究所 研究院 中心 协会 学会 联合会 总会 基金会 出版社 报社 电视台 电台 法院 检察院 公安局 派出所 部队 军区 总部 总局 \
总公司 分公司 分行 支行 政府 党委 市委 省委 县委 区委 工委 党校 联盟 俱乐部 剧团 乐团 歌舞团 剧院 科学院 工厂 总厂 局 厅 厂 部 署 院 社 队 代表队 国家队 组织 议会 \
国会 理事会 董事会 总工会 工会 商会 联合国 办公厅 办公室 指挥部 司令部 机构 党 常委会 人大 政协 日报 晚报 通讯社 事务所 商场 饭店 宾馆 酒店 博物馆 图书馆";

/// Organisations that People's Daily's tags have for abbreviations.
const SHORT_ORGANISATIONS: &str = "政协 欧盟 人大 体委 北约 安理会 妇联 中共 独联体 特委会 全国人大 国家教委 全国政协 中宣部 团中央 民进 民革 民盟 九三学社 致公党 农工党 民建 台盟 世贸组织 证监会 中科院 \
社科院 国家经贸委 国家计委 教委 科委 经贸委 计委 纪委 中纪委 世行 东盟 国际奥委会 奥委会 全国总工会 全总 文联 作协 科协 贸促会 外经贸部";

/// Places that it has for abbreviations.
const SHORT_PLACES: &str = "中美俄京巴日英伊阿欧法哈港澳亚台泰德沪苏韩朝印意加粤津渝蒙藏新桂闽浙皖赣鄂湘川贵滇陕甘青宁琼辽吉黑晋冀鲁豫非拉以黎叙埃澳";

/// What verbs of two characters begin with that end with a place's abbreviation: 访华, 抵京.
const TOWARDS: &str = "访来驻对在旅援赴侵反抵返离进入留涉亲";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut without = HashSet::new();
    if let Some(at) = arguments
        .iter()
        .position(|argument| argument == "--without")
    {
        for path in arguments.split_off(at).iter().skip(1) {
            let samples = model::read(Path::new(path))?;
            without.extend(samples.into_iter().map(|sample| sample.text));
        }
    }
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let samples = match words.as_slice() {
        ["pfr", corpus, teacher] => pfr(
            &std::fs::read_to_string(corpus)?,
            &std::fs::read_to_string(teacher)?,
        ),
        ["lac", corpus, news, rest] => lac(
            &std::fs::read_to_string(corpus)?,
            news.parse()?,
            rest.parse()?,
        ),
        ["other", source, paths @ ..] => other(source, paths)?,
        ["quiet", corpus, lists, sources @ ..] => quiet(
            &std::fs::read_to_string(corpus)?,
            &std::fs::read_to_string(lists)?,
            sources,
            &without,
        ),
        _ => return Err("see the head of this file for what can be said".into()),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for sample in samples
        .iter()
        .filter(|sample| !without.contains(&sample.text))
    {
        writeln!(out, "{}", to_json(sample))?;
    }
    out.flush()?;
    Ok(())
}

fn other(source: &str, paths: &[&str]) -> Result<Vec<Sample>, model::CorpusError> {
    let mut samples = Vec::new();
    for path in paths {
        samples.extend(model::read(Path::new(path))?);
    }
    for sample in &mut samples {
        source.clone_into(&mut sample.source);
    }
    Ok(samples)
}

/// A word with its place in characters.
struct Word<'a> {
    text: &'a str,
    tag: &'a str,
    start: usize,
    end: usize,
}

fn words_of(line: &str) -> Vec<Word<'_>> {
    let mut end = 0;
    model::words(line)
        .map(|(text, tag)| {
            let start = end;
            end += text.chars().count();
            Word {
                text,
                tag,
                start,
                end,
            }
        })
        .collect()
}

/// People's Daily, a sentence a line.
fn pfr(corpus: &str, teacher: &str) -> Vec<Sample> {
    let mut teachings: HashMap<String, Vec<Name>> = HashMap::new();
    for line in teacher.lines() {
        let Some(("pfr199801", line)) = line.split_once('\t') else {
            continue;
        };
        let sample = teacher_sample(line);
        teachings.insert(sample.text, sample.names);
    }
    let mut samples = Vec::new();
    for line in corpus.lines() {
        for sentence in sentences(&words_of(line.trim())) {
            let text: String = sentence.iter().map(|word| word.text).collect();
            let from = sentence.first().map_or(0, |word| word.start);
            let taught = teachings.get(&text).map_or(&[][..], Vec::as_slice);
            let names = pfr_names(sentence, from, taught);
            samples.push(Sample {
                text,
                names,
                source: "msra".to_owned(),
            });
        }
    }
    samples
}

/// A line at its full stops.
fn sentences<'a, 'w>(words: &'a [Word<'w>]) -> impl Iterator<Item = &'a [Word<'w>]> {
    words.split_inclusive(|word| matches!(word.text, "。" | "！" | "？"))
}

/// What a sentence's tags, and a teacher's answers, say is a name.
fn pfr_names(words: &[Word<'_>], from: usize, taught: &[Name]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = &words[at..];
        let organisation = organisation(rest).max(taught_organisation(rest, from, taught));
        let (count, kind) = if organisation > 0 {
            (organisation, Some(Kind::Organisation))
        } else {
            simple(word, rest)
        };
        if kind.is_none()
            && let Some((from_char, to_char, kind)) = inner(word)
        {
            names.push(Name {
                start: word.start - from + from_char,
                end: word.start - from + to_char,
                kind,
            });
        }
        if let (Some(kind), Some(last)) = (kind, rest.get(count - 1)) {
            names.push(Name {
                start: word.start - from,
                end: last.end - from,
                kind,
            });
        }
        at += count;
    }
    names
}

/// A name of one tag: how many words, and its kind.
fn simple(word: &Word<'_>, rest: &[Word<'_>]) -> (usize, Option<Kind>) {
    match word.tag {
        "nr" => (person(rest), Some(Kind::Person)),
        "ns" => (1, Some(Kind::Location)),
        "nt" => (1, Some(Kind::Organisation)),
        "j" if SHORT_ORGANISATIONS
            .split(' ')
            .any(|short| short == word.text) =>
        {
            (1, Some(Kind::Organisation))
        }
        "j" if word.text.chars().count() == 1 && SHORT_PLACES.contains(word.text) => {
            (1, Some(Kind::Location))
        }
        _ => (1, None),
    }
}

/// A name in a word that is none: 华 in 访华, who founded a doctrine. By its first character and the one behind its last.
fn inner(word: &Word<'_>) -> Option<(usize, usize, Kind)> {
    let chars: Vec<char> = word.text.chars().collect();
    if let ("v" | "vn", [verb, place]) = (word.tag, chars.as_slice())
        && TOWARDS.contains(*verb)
        && (*place == '华' || SHORT_PLACES.contains(*place))
    {
        return Some((1, 2, Kind::Location));
    }
    let founder = ["邓小平", "毛泽东"];
    let founder = founder.iter().find(|name| word.text.starts_with(**name))?;
    let length = founder.chars().count();
    (chars.len() > length).then_some((0, length, Kind::Person))
}

/// How many words make a person: a surname and a given name, parts of a foreign name.
fn person(rest: &[Word<'_>]) -> usize {
    let chars = |at: usize| {
        rest.get(at)
            .map_or(0, |word: &Word<'_>| word.end - word.start)
    };
    let tag = |at: usize| rest.get(at).map_or("", |word: &Word<'_>| word.tag);
    let mut count = 1;
    if tag(1) == "nr" && chars(0) <= 2 && chars(1) <= 2 && chars(0) + chars(1) <= 4 {
        count = 2;
    }
    while rest.get(count).is_some_and(|word| word.text == "·") && tag(count + 1).starts_with('n') {
        count += 2;
    }
    count
}

/// How many words make an organisation by their tags, 0 if none do.
fn organisation(rest: &[Word<'_>]) -> usize {
    let begins = rest.first().is_some_and(|word| {
        matches!(word.tag, "ns" | "nt" | "nz")
            || word.tag == "j" && !matches!(word.text, "党政" | "人均" | "双拥" | "一国两制")
    });
    if !begins {
        return 0;
    }
    let mut longest = 0;
    for (at, word) in rest.iter().enumerate().skip(1).take(WORDS) {
        let noun = matches!(
            word.tag,
            "n" | "nz" | "ns" | "nt" | "j" | "vn" | "b" | "Ng" | "an" | "f" | "nx" | "m"
        ) && (word.tag != "f" || "东西南北中".contains(word.text));
        if !noun {
            break;
        }
        let head = matches!(word.tag, "n" | "nt" | "j" | "Ng") && is_head(word.text);
        if head && !is_country_s(&rest[..=at]) {
            longest = at + 1;
        }
    }
    longest
}

/// 美国政府 is a country before a common noun, 上海市政府 an organisation.
fn is_country_s(words: &[Word<'_>]) -> bool {
    let [place, government] = words else {
        return false;
    };
    let country = !place
        .text
        .ends_with(['省', '市', '县', '区', '州', '镇', '乡']);
    place.tag == "ns" && country && government.text == "政府"
}

fn is_head(word: &str) -> bool {
    let mut heads = HEADS.split(' ');
    heads.any(|head| head == word || head.chars().count() > 1 && word.ends_with(head))
}

/// How many words the teacher takes for an organisation that begins here and ends at the end of a word.
fn taught_organisation(rest: &[Word<'_>], from: usize, taught: &[Name]) -> usize {
    let Some(first) = rest.first() else { return 0 };
    let begins = |name: &&Name| name.kind == Kind::Organisation && name.start + from == first.start;
    let Some(name) = taught.iter().find(begins) else {
        return 0;
    };
    let Some(last) = rest.iter().position(|word| word.end == name.end + from) else {
        return 0;
    };
    let bare = rest[..=last]
        .iter()
        .all(|word| matches!(word.tag, "ns" | "nr"));
    if bare || is_country_s(&rest[..=last]) {
        0
    } else {
        last + 1
    }
}

/// A sentence that LAC labelled. Parts of a place's official name that it took apart are joined.
fn teacher_sample(line: &str) -> Sample {
    let mut sample = Sample::default();
    for word in words_of(line) {
        sample.text.push_str(word.text);
        let Some(kind) =
            Kind::named(word.tag).filter(|_| matches!(word.tag, "PER" | "LOC" | "ORG"))
        else {
            continue;
        };
        let suffix = matches!(word.text, "特别行政区" | "特区" | "省" | "市" | "县" | "区");
        match sample.names.last_mut() {
            Some(last) if suffix && last.end == word.start && last.kind == Kind::Location => {
                last.end = word.end;
            }
            _ => sample.names.push(Name {
                start: word.start,
                end: word.end,
                kind,
            }),
        }
    }
    sample
}

/// Sentences labelled by LAC, evenly drawn.
fn lac(corpus: &str, news: usize, rest: usize) -> Vec<Sample> {
    let lines = corpus.lines().filter_map(|line| line.split_once('\t'));
    let (of_news, of_rest): (Vec<_>, Vec<_>) = lines
        .filter(|(source, _)| *source != "pfr199801")
        .partition(|(source, _)| *source == "news");
    let mut samples = Vec::new();
    for (lines, wanted) in [(of_news, news), (of_rest, rest)] {
        let step = (lines.len() / wanted.max(1)).max(1);
        for (_, line) in lines.into_iter().step_by(step).take(wanted) {
            let mut sample = teacher_sample(line);
            "news".clone_into(&mut sample.source);
            samples.push(sample);
        }
    }
    samples
}

/// Whom reports to a nation speak of, where those of a place have its name.
const WE: [&str; 2] = ["我国", "我们"];

/// Sentences in which LAC finds no name. There is none by any convention, so that those of official text are told of in turn. What speaks of
/// the nation comes once more and speaks of places, which are all of its names.
fn quiet(corpus: &str, lists: &str, sources: &[&str], without: &HashSet<String>) -> Vec<Sample> {
    let list = |name: &str| {
        let mut lines = lists.lines().filter_map(|line| line.split_once('\t'));
        let words = lines.find(|(list, _)| *list == name);
        words.map_or(Vec::new(), |(_, words)| words.split(' ').collect())
    };
    let kinds = [list("place"), list("division")];
    // Far apart in the lists, which are in the order of the provinces.
    let mut places = (0..).map_while(|number: usize| {
        let kind = &kinds[number % kinds.len()];
        kind.get(number * 7919 % kind.len().max(1)).copied()
    });
    let lines = corpus.lines().filter_map(|line| line.split_once('\t'));
    let chosen = lines.filter(|(source, _)| sources.contains(source));
    let silent = chosen.map(|(_, line)| teacher_sample(line));
    let silent = silent.filter(|sample| sample.names.is_empty() && !without.contains(&sample.text));
    let mut samples = Vec::new();
    for (mut sample, source) in silent.zip(["msra~", "msra~", "msra~", "uner~"].into_iter().cycle())
    {
        source.clone_into(&mut sample.source);
        let of_a_place = speak_of(&sample, &mut places);
        samples.push(sample);
        samples.extend(of_a_place);
    }
    samples
}

/// A sentence with places where it has [`WE`], if it has.
fn speak_of<'p>(sample: &Sample, places: &mut impl Iterator<Item = &'p str>) -> Option<Sample> {
    let mut other = Sample {
        source: sample.source.clone(),
        ..Sample::default()
    };
    let mut rest = sample.text.as_str();
    while let Some((at, we)) = WE.iter().filter_map(|we| Some((rest.find(we)?, *we))).min() {
        other.text.push_str(rest.get(..at)?);
        let start = other.text.chars().count();
        other.text.push_str(places.next()?);
        other.names.push(Name {
            start,
            end: other.text.chars().count(),
            kind: Kind::Location,
        });
        rest = rest.get(at + we.len()..)?;
    }
    other.text.push_str(rest);
    (!other.names.is_empty()).then_some(other)
}
