//! Sets of tags, and what makes one set's tags comparable.

use crate::record::Pos;

/// Whose tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tagset {
    /// Those of ICTCLAS as jieba's dictionary writes them. The People's Daily corpus (PFR) has some under other names: its `Ag`, `Bg`, `Dg`,
    /// `Mg`, `Ng`, `Rg`, `Tg`, `Vg`, `Yg` are `ag`, `b`, `dg`, `mg`, `ng`, `rg`, `tg`, `vg`, `y`, its `nx` and all else in Latin letters is `eng`, its `w` (punctuation) `x`, and its `u` is told apart
    /// by the word: `uj` 的, `ul` 了, `uz` 着, `ug` 过, `ud` 得, `uv` 地, `u` all others.
    #[default]
    Ictclas,
    /// Those of Universal Dependencies, version 2.
    Universal,
}

/// The tags that `tokens.pos` may have with the shipped model and `tag.tagset = "ictclas"`, user lexicons aside.
pub const ICTCLAS: [&str; 46] = [
    "a", "ad", "ag", "an", "b", "c", "d", "dg", "e", "eng", "f", "h", "i", "j", "k", "l", "m",
    "mg", "n", "ng", "nr", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "s", "t", "tg", "u", "ud",
    "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vn", "x", "y", "z",
];

/// Tags of ICTCLAS that are finer in jieba's dictionary than in any corpus.
const FINER: [(&str, &str); 9] = [
    ("nrt", "nr"),
    ("nrfg", "nr"),
    ("vi", "v"),
    ("vq", "v"),
    ("rr", "r"),
    ("rz", "r"),
    ("df", "d"),
    ("mq", "m"),
    ("w", "x"),
];

/// Tags of jieba's dictionary that no corpus has.
const ODD: [&str; 2] = ["g", "zg"];

/// The tag of a corpus as jieba writes it; `None` for what is no tag.
pub(super) fn ictclas(word: &str, tag: &str) -> Option<Pos> {
    let tag = match tag {
        _ if is_latin(word) => "eng",
        "w" => "x",
        "nx" => "eng",
        "Bg" => "b",
        "Yg" => "y",
        "na" => "n",
        "vvn" => "vn",
        "u" => particle(word),
        _ => tag,
    };
    Pos::new(&tag.to_ascii_lowercase())
}

/// Whether a word has Latin letters, and no others.
fn is_latin(word: &str) -> bool {
    let mut letters = word.chars().filter(|ch| ch.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|ch| matches!(ch, 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
}

/// What jieba calls a particle.
fn particle(word: &str) -> &'static str {
    match word {
        "的" => "uj",
        "了" => "ul",
        "着" => "uz",
        "过" => "ug",
        "得" => "ud",
        "地" => "uv",
        _ => "u",
    }
}

/// Whether a tag is one of ICTCLAS, or of jieba's dictionary.
pub(super) fn is_ictclas(tag: Pos) -> bool {
    let finer = FINER.iter().map(|(finer, _)| *finer);
    let mut all = ICTCLAS.into_iter().chain(finer).chain(ODD);
    all.any(|known| known == tag.as_str())
}

/// A tag as the corpora have it: jieba's dictionary tells names of foreigners from other persons', and more such, which is neither right nor wrong.
pub fn coarse(tag: Pos) -> Pos {
    let finer = FINER.iter().find(|(finer, _)| *finer == tag.as_str());
    finer
        .and_then(|(_, coarse)| Pos::new(coarse))
        .unwrap_or(tag)
}
