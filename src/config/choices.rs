//! The words that keys with a few choices take, and what each means.

use crate::flow::OnPanic;
use crate::io::sink::OnConfigChange;
use crate::model::Tagset;
use crate::record::MediaType;
use crate::stage::aggregate::Period;
use crate::stage::decode::{Articles, OcrSuspects, Repair};
use crate::stage::duplicates::Duplicates;
use crate::stage::segment::{EngineKind, WordConvention};
use crate::stage::tag::{Convention, PosMethod, TagMethod};

pub(super) const UNKNOWN: [(&str, Option<MediaType>); 4] = [
    ("refuse", None),
    ("text", Some(MediaType::Plain)),
    ("html", Some(MediaType::Html)),
    ("markdown", Some(MediaType::Markdown)),
];
pub(super) const ON_PANIC: [(&str, OnPanic); 2] =
    [("fail", OnPanic::Fail), ("reject", OnPanic::Reject)];
pub(super) const ON_CONFIG_CHANGE: [(&str, OnConfigChange); 3] = [
    ("refuse", OnConfigChange::Refuse),
    ("continue", OnConfigChange::Continue),
    ("update", OnConfigChange::Update),
];
pub(super) const REPAIR: [(&str, Repair); 2] = [("auto", Repair::Auto), ("off", Repair::Off)];
pub(super) const ARTICLES: [(&str, Articles); 2] =
    [("auto", Articles::Auto), ("off", Articles::Off)];
pub(super) const OCR_SUSPECTS: [(&str, OcrSuspects); 3] = [
    ("off", OcrSuspects::Off),
    ("report", OcrSuspects::Report),
    ("apply", OcrSuspects::Apply),
];
pub(super) const ENGINE: [(&str, EngineKind); 2] = [
    ("jieba", EngineKind::Jieba),
    ("trained", EngineKind::Trained),
];
pub(super) const WORD_CONVENTION: [(&str, WordConvention); 3] = [
    ("common", WordConvention::Common),
    ("pku", WordConvention::Pku),
    ("ud", WordConvention::Ud),
];
pub(super) const METHOD: [(&str, TagMethod); 2] =
    [("model", TagMethod::Model), ("lexicon", TagMethod::Lexicon)];
pub(super) const CONVENTION: [(&str, Convention); 5] = [
    ("auto", Convention::Auto),
    ("uner", Convention::Uner),
    ("msra", Convention::Msra),
    ("news", Convention::News),
    ("weibo", Convention::Weibo),
];
pub(super) const POS: [(&str, PosMethod); 2] =
    [("lexicon", PosMethod::Lexicon), ("model", PosMethod::Model)];
pub(super) const TAGSET: [(&str, Tagset); 2] =
    [("ictclas", Tagset::Ictclas), ("upos", Tagset::Universal)];
pub(super) const PERIOD: [(&str, Period); 3] = [
    ("day", Period::Day),
    ("month", Period::Month),
    ("year", Period::Year),
];

pub(super) const DUPLICATES: [(&str, Duplicates); 3] = [
    ("off", Duplicates::Off),
    ("exact", Duplicates::Exact),
    ("near", Duplicates::Near),
];
