//! The `[decode.quality]` table: which documents a pipeline drops.

use serde_json::{Value as Json, json};

use super::problem::Problem;
use super::reader::{TableReader, did_you_mean, key};
use crate::record::Language;
use crate::stage::decode::QualityOptions;

/// Reads the table.
pub(super) fn read(reader: &mut TableReader<'_>) -> QualityOptions {
    let default = QualityOptions::default();
    let chars = key("min-chars", "characters of a document, at least");
    let han = key(
        "min-han-ratio",
        "Han characters among the visible ones (0 to 1), at least",
    );
    let suspects = key(
        "max-suspects-per-thousand",
        "characters that look read wrongly, of every thousand, at most",
    );
    let boilerplate = key(
        "max-boilerplate-share",
        "boilerplate among the characters of all sentences (0 to 1), at most",
    );
    let chars = reader.integer(chars, default.min_chars.into(), 0..=u64::from(u32::MAX));
    QualityOptions {
        min_chars: u32::try_from(chars).unwrap_or(u32::MAX),
        min_han_ratio: reader.number(han, default.min_han_ratio, 0.0..=1.0),
        max_suspects_per_thousand: reader.number(
            suspects,
            default.max_suspects_per_thousand,
            0.0..=1000.0,
        ),
        max_boilerplate_share: reader.number(boilerplate, default.max_boilerplate_share, 0.0..=1.0),
        languages: languages(reader),
    }
}

fn languages(reader: &mut TableReader<'_>) -> Vec<Language> {
    let doc = "the languages that stay: zh, ja, ko, or und for any other; none means all";
    let codes = Language::ALL.map(Language::code);
    let mut languages = Vec::new();
    for written in reader.texts(key("languages", doc), &[]).unwrap_or_default() {
        let of = |language: &Language| language.code() == written.value;
        if let Some(language) = Language::ALL.into_iter().find(of) {
            languages.push(language);
        } else {
            let message = format!("the language \"{}\" can't be told", written.value);
            let problem = Problem::at(&written.site, message);
            reader.report(problem.help(did_you_mean(&written.value, &codes)));
        }
    }
    languages
}

/// The table with the values that a run will use.
pub(super) fn plan(options: &QualityOptions) -> Json {
    let languages = options.languages.iter().map(|language| language.code());
    json!({
        "min-chars": options.min_chars,
        "min-han-ratio": options.min_han_ratio,
        "max-suspects-per-thousand": options.max_suspects_per_thousand,
        "max-boilerplate-share": options.max_boilerplate_share,
        "languages": languages.collect::<Vec<_>>(),
    })
}
