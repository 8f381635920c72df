//! Kinds of damage: each makes as many different files as it is asked for, and knows how many records they hold.

use std::fmt::Write as _;

use crate::corpus::{gzip, text};
use crate::util::Dice;

/// A kind of damaged input.
pub(crate) struct Kind {
    /// What is wrong with it; the folder's name.
    pub(crate) name: &'static str,
    /// The ending of its files.
    pub(crate) ending: &'static str,
    /// The bytes of one file.
    pub(crate) make: fn(&mut Dice) -> Vec<u8>,
    /// Records of a file: all of them are documents or rejects, none is both. `None` where the damage decides.
    pub(crate) records: Option<usize>,
}

const fn kind(
    name: &'static str,
    ending: &'static str,
    records: Option<usize>,
    make: fn(&mut Dice) -> Vec<u8>,
) -> Kind {
    Kind {
        name,
        ending,
        make,
        records,
    }
}

/// Lines of the JSONL and CSV files.
const LINES: usize = 20;

/// All kinds. Files that are one record are exact; so are uncut lines.
pub(crate) const KINDS: &[Kind] = &[
    kind("random-bytes", "txt", Some(1), random_bytes),
    kind("random-bytes", "html", Some(1), random_bytes),
    kind("random-bytes", "md", Some(1), random_bytes),
    kind("random-bytes", "jsonl", None, random_bytes),
    kind("random-bytes", "csv", None, random_bytes),
    kind("random-bytes", "parquet", None, random_bytes),
    kind("random-bytes", "warc", None, random_bytes),
    kind("random-bytes", "txt.gz", None, random_bytes),
    kind("random-bytes", "txt.zst", None, random_bytes),
    kind("random-bytes", "txt.bz2", None, random_bytes),
    kind("random-bytes", "txt.xz", None, random_bytes),
    kind("random-bytes", "pdf", Some(1), random_bytes),
    kind("random-bytes", "docx", Some(1), random_bytes),
    kind("random-bytes", "epub.gz", None, random_bytes),
    kind("cut-utf8", "txt", Some(1), cut_utf8),
    kind("broken-utf8", "txt", Some(1), broken_utf8),
    kind("cut-gbk", "txt", Some(1), cut_gbk),
    kind("cut-utf16", "txt", Some(1), cut_utf16),
    kind("nuls", "txt", Some(1), nuls),
    kind("controls", "txt", Some(1), controls),
    kind("odd-characters", "txt", Some(1), odd_characters),
    kind("blank", "txt", Some(1), blank),
    kind("long-line", "txt", Some(1), long_line),
    kind("cut-gzip", "txt.gz", None, cut_gzip),
    kind("cut-gzip", "jsonl.gz", None, cut_gzip_lines),
    kind("flipped-gzip", "txt.gz", None, flipped_gzip),
    kind("trailing-garbage", "txt.gz", None, trailing_garbage),
    kind("cut-zstd", "txt.zst", None, cut_zstd),
    kind("lone-surrogates", "jsonl", Some(LINES), lone_surrogates),
    kind("broken-json", "jsonl", None, broken_json),
    kind("deep-json", "jsonl", Some(1), deep_json),
    kind("wrong-types", "jsonl", Some(LINES), wrong_types),
    kind("broken-csv", "csv", None, broken_csv),
    kind("broken-html", "html", Some(1), broken_html),
    kind("deep-html", "html", Some(1), deep_html),
    kind("false-charset", "html", Some(1), false_charset),
    kind("flipped-parquet", "parquet", None, flipped_parquet),
    kind("false-warc", "warc", None, false_warc),
];

fn random_bytes(dice: &mut Dice) -> Vec<u8> {
    (0..dice.below(4_096)).map(|_| dice.byte()).collect()
}

fn cut(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    bytes.truncate(1 + dice.below(bytes.len()));
    bytes
}

/// Changes one byte in `1/rate` of all.
fn flip(mut bytes: Vec<u8>, dice: &mut Dice, rate: usize) -> Vec<u8> {
    for _ in 0..=bytes.len() / rate {
        let at = dice.below(bytes.len());
        bytes[at] = dice.byte();
    }
    bytes
}

fn cut_utf8(dice: &mut Dice) -> Vec<u8> {
    let bytes = text(dice).into_bytes();
    cut(bytes, dice)
}

fn broken_utf8(dice: &mut Dice) -> Vec<u8> {
    let rate = 4 + dice.below(400);
    let bytes = text(dice).into_bytes();
    flip(bytes, dice, rate)
}

fn cut_gbk(dice: &mut Dice) -> Vec<u8> {
    let text = text(dice);
    let bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
    cut(bytes, dice)
}

fn cut_utf16(dice: &mut Dice) -> Vec<u8> {
    let bytes = text(dice)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    cut(bytes, dice)
}

fn nuls(dice: &mut Dice) -> Vec<u8> {
    let every = 1 + dice.below(40);
    let text = text(dice);
    let chars = text.chars().enumerate();
    let with: String = chars
        .flat_map(|(i, c)| [Some(c), (i % every == 0).then_some('\0')])
        .flatten()
        .collect();
    with.into_bytes()
}

fn controls(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text(dice).into_bytes();
    bytes.extend((0..dice.below(200)).map(|_| dice.byte() % 32));
    bytes
}

/// Characters that are legal and rare: joiners, directions, private use, the last plane, non-characters.
fn odd_characters(dice: &mut Dice) -> Vec<u8> {
    const ODD: &[char] = &[
        '\u{200d}',
        '\u{202e}',
        '\u{feff}',
        '\u{fffd}',
        '\u{e000}',
        '\u{10ffff}',
        '\u{ffff}',
        '\u{20000}',
        '\u{301}',
        '\u{2028}',
        '\u{85}',
        '\u{ad}',
        '\u{3000}',
        '\u{1f468}',
        '\u{fe0f}',
        '\r',
        '\u{2060}',
    ];
    let mut odd = text(dice);
    for _ in 0..dice.below(300) {
        odd.push(*dice.pick(ODD));
    }
    odd.into_bytes()
}

fn blank(dice: &mut Dice) -> Vec<u8> {
    (0..dice.below(100))
        .map(|_| *dice.pick(b" \t\r\n"))
        .collect()
}

fn long_line(dice: &mut Dice) -> Vec<u8> {
    let piece = text(dice).replace(['\n', '。', '！', '？'], "，");
    piece.repeat(20_000 / piece.len() + 1).into_bytes()
}

fn cut_gzip(dice: &mut Dice) -> Vec<u8> {
    let bytes = gzip(text(dice).as_bytes());
    cut(bytes, dice)
}

fn cut_gzip_lines(dice: &mut Dice) -> Vec<u8> {
    let bytes = gzip(&json_lines(dice, |dice| {
        serde_json::Value::from(text(dice)).to_string()
    }));
    cut(bytes, dice)
}

fn flipped_gzip(dice: &mut Dice) -> Vec<u8> {
    let bytes = gzip(text(dice).as_bytes());
    flip(bytes, dice, 100)
}

fn trailing_garbage(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = gzip(text(dice).as_bytes());
    bytes.extend(random_bytes(dice));
    bytes
}

fn cut_zstd(dice: &mut Dice) -> Vec<u8> {
    let bytes = zstd::encode_all(text(dice).as_bytes(), 1).expect("a vector takes all");
    cut(bytes, dice)
}

/// Lines with a field `text` whose JSON is given as it is.
fn json_lines(dice: &mut Dice, value: impl Fn(&mut Dice) -> String) -> Vec<u8> {
    let mut lines = String::new();
    for number in 0..LINES {
        let value = value(dice);
        writeln!(lines, r#"{{"id": {number}, "text": {value}}}"#).expect("a string takes all");
    }
    lines.into_bytes()
}

fn lone_surrogates(dice: &mut Dice) -> Vec<u8> {
    json_lines(dice, |dice| match dice.below(3) {
        0 => r#""青汀港\ud83d开港""#.to_owned(),
        1 => r#""青汀港\udc00开港""#.to_owned(),
        _ => serde_json::Value::from(text(dice)).to_string(),
    })
}

fn broken_json(dice: &mut Dice) -> Vec<u8> {
    let lines = json_lines(dice, |dice| serde_json::Value::from(text(dice)).to_string());
    flip(lines, dice, 300)
}

fn deep_json(dice: &mut Dice) -> Vec<u8> {
    let depth = 1_000 + dice.below(20_000);
    let (open, close) = *dice.pick(&[("[", "]"), (r#"{"a":"#, "}")]);
    let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
    format!("{{\"text\": \"深\", \"meta\": {deep}}}\n").into_bytes()
}

fn wrong_types(dice: &mut Dice) -> Vec<u8> {
    const VALUES: &[&str] = &[
        "1",
        "null",
        "[]",
        "{}",
        "true",
        "-1e999",
        "\"\"",
        "\" \"",
        "[\"云岬\"]",
    ];
    json_lines(dice, |dice| (*dice.pick(VALUES)).to_owned())
}

fn broken_csv(dice: &mut Dice) -> Vec<u8> {
    let mut csv = String::from("id,text,title\n");
    for number in 0..LINES {
        let text = text(dice).replace('\n', " ");
        let quote = *dice.pick(&["", "\"", "\"\"", "\"x\""]);
        let tail = ",".repeat(dice.below(5));
        writeln!(csv, "{number},{quote}{text}{quote}{tail}").expect("a string takes all");
    }
    csv.into_bytes()
}

fn broken_html(dice: &mut Dice) -> Vec<u8> {
    const TAGS: &[&str] = &[
        "<p>",
        "</p>",
        "<div",
        "</",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<table><tr><td>",
        "<![CDATA[",
        "&#x110000;",
        "&#0;",
        "&nbsp",
        "<a href='",
        "\"",
        ">",
        "<svg><p>",
        "<title>",
        "<template>",
        "<!DOCTYPE",
        "<plaintext>",
    ];
    let mut page = String::new();
    for _ in 0..dice.below(400) {
        page.push_str(dice.pick::<&str>(TAGS));
        if dice.below(4) == 0 {
            page.push_str(&crate::corpus::sentence(dice));
        }
    }
    page.into_bytes()
}

fn deep_html(dice: &mut Dice) -> Vec<u8> {
    let tag = *dice.pick(&["div", "b", "table", "blockquote", "ul"]);
    let depth = 10_000 + dice.below(1_000);
    let text = text(dice);
    format!("<html><body>{}{text}", format!("<{tag}>").repeat(depth)).into_bytes()
}

fn false_charset(dice: &mut Dice) -> Vec<u8> {
    let label = *dice.pick(&[
        "big5",
        "utf-16",
        "iso-2022-jp",
        "no-such-charset",
        "utf-7",
        "shift_jis",
    ]);
    let text = text(dice);
    let page =
        format!("<html><head><meta charset=\"{label}\"></head><body><p>{text}</p></body></html>");
    if dice.below(2) == 0 {
        return page.into_bytes();
    }
    encoding_rs::GB18030.encode(&page).0.into_owned()
}

fn flipped_parquet(dice: &mut Dice) -> Vec<u8> {
    use std::sync::Arc;

    use arrow::array::{RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;

    let texts: StringArray = (0..LINES).map(|_| Some(text(dice))).collect();
    let rows = RecordBatch::try_from_iter([("text", Arc::new(texts) as _)]).expect("one column");
    let mut writer =
        ArrowWriter::try_new(Vec::new(), rows.schema(), None).expect("a vector takes all");
    writer.write(&rows).expect("a vector takes all");
    let bytes = writer.into_inner().expect("a vector takes all");
    if dice.below(2) == 0 {
        cut(bytes, dice)
    } else {
        flip(bytes, dice, 500)
    }
}

fn false_warc(dice: &mut Dice) -> Vec<u8> {
    let length = *dice.pick(&["10", "-1", "99999999999999999999", "1000000000", "x", ""]);
    let text = text(dice);
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>");
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n";
    format!("{head}Content-Length: {length}\r\n\r\n{page}\r\n\r\n").into_bytes()
}
