//! The figures of a document, and the limits that a pipeline sets them.
//!
//! A document beyond a limit is a reject that names the figure and the limit. An article of several is dropped by itself: its record
//! is then in `documents` with the others and in `rejects` with this one, whose bytes tell which it is.

use super::options::QualityOptions;
use crate::record::{
    Document, Edit, EditRule, Hop, Language, Quality, RAW_LIMIT, Reject, RejectCode, Sentence,
    SentenceKind,
};
use crate::text::ScriptEvidence;

/// Letters of other languages' scripts that a text is allowed, in hundredths of its own.
const STRAY: u64 = 10;

/// The figures of a text.
pub(super) fn figures(
    text: &str,
    evidence: &ScriptEvidence,
    sentences: &[Sentence],
    edits: &[Edit],
    repaired_breaks: u32,
) -> Quality {
    let suspects = edits
        .iter()
        .filter(|edit| edit.rule == EditRule::OcrSuspect);
    let suspects = suspects.count();
    let chars = |sentence: &Sentence| u64::from(sentence.span.char_len());
    let boilerplate = sentences
        .iter()
        .filter(|sentence| sentence.kind == SentenceKind::Boilerplate);
    Quality {
        han_ratio: evidence.han_ratio(),
        repaired_breaks,
        ocr_suspects: u32::try_from(suspects).unwrap_or(u32::MAX),
        suspects_per_thousand: 1000.0 * share(suspects as u64, evidence.chars.into()),
        boilerplate_share: share(
            boilerplate.map(chars).sum(),
            sentences.iter().map(chars).sum(),
        ),
        language: language(text, evidence),
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a share needs no more digits"
)]
fn share(part: u64, whole: u64) -> f32 {
    if whole == 0 {
        return 0.0;
    }
    (part as f64 / whole as f64) as f32
}

/// What the scripts say. Kana among Han characters are Japanese; a text that is mostly neither is looked at for Hangul.
fn language(text: &str, evidence: &ScriptEvidence) -> Language {
    let (han, kana) = (u64::from(evidence.han), u64::from(evidence.kana));
    let visible = u64::from(evidence.visible);
    let asian = han + kana;
    let is_much = |part: u64| part * 100 > visible * STRAY;
    if is_much(asian) && kana * 100 > asian * STRAY {
        return Language::Japanese;
    }
    // A page of Chinese can be half figures and Latin names; Hangul is looked for only where it could be more than the Han.
    if asian * 2 < visible {
        let hangul = text
            .chars()
            .filter(|char| matches!(char, '\u{AC00}'..='\u{D7A3}'));
        let hangul = hangul.count() as u64;
        if is_much(hangul) && hangul > han {
            return Language::Korean;
        }
    }
    if is_much(han) {
        Language::Chinese
    } else {
        Language::Other
    }
}

/// The figure of a document that is beyond its limit, and the limit.
pub(super) fn fault(document: &Document, limits: &QualityOptions) -> Option<String> {
    let quality = &document.quality;
    let few = |name: &str, found: f64, limit: f64, key: &str| {
        (found < limit)
            .then(|| format!("{name} is {found:.3}, below `decode.quality.{key}` = {limit}"))
    };
    let many = |name: &str, found: f64, limit: f64, key: &str| {
        (found > limit)
            .then(|| format!("{name} is {found:.3}, above `decode.quality.{key}` = {limit}"))
    };
    let chars = || {
        (document.chars < limits.min_chars).then(|| {
            format!(
                "chars is {}, below `decode.quality.min-chars` = {}",
                document.chars, limits.min_chars
            )
        })
    };
    let language = || {
        let stays = limits.languages.is_empty() || limits.languages.contains(&quality.language);
        (!stays).then(|| {
            let codes: Vec<&str> = limits.languages.iter().map(|one| one.code()).collect();
            format!(
                "language is {}, not of `decode.quality.languages` = {codes:?}",
                quality.language.code()
            )
        })
    };
    chars()
        .or_else(language)
        .or_else(|| {
            few(
                "han_ratio",
                quality.han_ratio.into(),
                limits.min_han_ratio,
                "min-han-ratio",
            )
        })
        .or_else(|| {
            let found = quality.suspects_per_thousand.into();
            let limit = limits.max_suspects_per_thousand;
            many(
                "suspects_per_thousand",
                found,
                limit,
                "max-suspects-per-thousand",
            )
        })
        .or_else(|| {
            let found = quality.boilerplate_share.into();
            let limit = limits.max_boilerplate_share;
            many("boilerplate_share", found, limit, "max-boilerplate-share")
        })
}

/// The reject that a dropped document becomes; its raw bytes are the beginning of its text.
pub(super) fn refuse(document: &Document, fault: String) -> Reject {
    let bytes = document.source_extent();
    let head: Vec<u8> = document.text.bytes().take(RAW_LIMIT).collect();
    Reject::new(
        document.place.clone(),
        Hop::Decode,
        RejectCode::Quality,
        fault,
    )
    .at(bytes.start.get() as u64..bytes.end.get() as u64)
    .with_raw(&head)
}
