//! The resolved plan: every key with the value that a run will use, and what of it decides about rows.

use std::fmt::Write;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::choices::{
    ARTICLES, CONVENTION, DUPLICATES, ENGINE, METHOD, OCR_SUSPECTS, ON_CONFIG_CHANGE, ON_PANIC,
    PERIOD, POS, REPAIR, TAGSET, UNKNOWN, WORD_CONVENTION,
};
use super::context;
use super::load::parse;
use super::problem::ConfigError;
use super::quality;
use super::size::format_size;
use super::spec::PipelineSpec;
use crate::stage::tag::TagOptions;

/// The tables of the plan that decide which rows come out, with the keys in them that don't.
const DECIDING: [(&str, &[&str]); 7] = [
    ("source", &[]),
    ("context", &[]),
    ("decode", &[]),
    // A lexicon is known by its words, not by its path: whoever reads it hashes it in.
    ("segment", &["lexicons"]),
    // Nor a taxonomy.
    ("tag", &["taxonomies"]),
    // Partial sums add up to the same figures however often they are flushed.
    ("aggregate", &["flush-items"]),
    (
        "sink",
        &["compression-level", "row-group-rows", "row-group-bytes"],
    ),
];

impl PipelineSpec {
    /// The pipeline with all its keys in the order of the documentation; as TOML it is a pipeline again.
    pub fn plan(&self) -> Json {
        json!({
            "name": self.name,
            "description": self.description,
            "run": {
                "workers": self.flow.workers,
                "memory": format_size(self.flow.memory),
                "epoch-bytes": format_size(self.epoch_bytes),
                "epoch-seconds": self.epoch_seconds,
                "on-panic": named(&ON_PANIC, self.flow.on_panic),
                "on-config-change": named(&ON_CONFIG_CHANGE, self.on_config_change),
                "input": self.inputs,
                "output": self.output,
            },
            "source": {
                "text-fields": self.source.text_fields,
                "max-record-bytes": format_size(self.source.max_record_bytes),
                "max-ratio": self.source.max_ratio,
                "max-unpacked-bytes": format_size(self.source.max_unpacked_bytes),
                "unknown": named(&UNKNOWN, self.source.unknown),
            },
            "context": context::plan(&self.context),
            "decode": {
                "encoding": self.decode.encoding.as_deref().unwrap_or("auto"),
                "max-undecodable": self.decode.max_undecodable,
                "repair": named(&REPAIR, self.decode.repair),
                "articles": named(&ARTICLES, self.decode.articles),
                "ocr-suspects": named(&OCR_SUSPECTS, self.decode.ocr_suspects),
                "quality": quality::plan(&self.decode.quality),
            },
            "segment": {
                "engine": named(&ENGINE, self.segment.engine),
                "convention": named(&WORD_CONVENTION, self.segment.convention),
                "hmm": self.segment.hmm,
                "lexicons": self.segment.lexicons,
            },
            "tag": tag(&self.tag),
            "aggregate": {
                "terms": self.aggregate.terms,
                "period": named(&PERIOD, self.aggregate.period),
                "flush-items": self.aggregate.flush_items,
                "duplicates": named(&DUPLICATES, self.aggregate.duplicates),
                "duplicate-window": self.aggregate.duplicate_window,
            },
            "sink": {
                "tables": self.sink.tables.iter().map(|table| table.name()).collect::<Vec<_>>(),
                "compression-level": self.sink.compression_level,
                "row-group-rows": self.sink.row_group_rows,
                "row-group-bytes": format_size(self.sink.row_group_bytes.try_into().unwrap_or(u64::MAX)),
            },
        })
    }

    /// The pipeline that [`plan`](Self::plan) tells of, without its test cases.
    ///
    /// # Errors
    ///
    /// `plan` is not one: everything that is wrong with it.
    pub fn from_plan(plan: &Json) -> Result<Self, ConfigError> {
        // What can't be written as TOML has no keys of a pipeline, and is told to be one without them.
        let text = toml::to_string(plan).unwrap_or_default();
        parse("pipeline.json", &text, &[])
    }

    /// SHA-256, in hex, over what decides about rows: two pipelines with the same fingerprint make the same rows of
    /// the same input. Not in it: workers, memory, epochs, inputs, output, how files are packed, and the words of
    /// lexicons, which whoever reads them adds.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.deciding().to_string());
        digest.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing to a string can't fail");
            hex
        })
    }

    /// What decides about rows, by table and key.
    pub fn deciding(&self) -> Json {
        let mut plan = self.plan();
        let mut deciding = json!({});
        for (name, others) in DECIDING {
            let mut table = plan[name].take();
            if let Json::Object(keys) = &mut table {
                keys.retain(|key, _| !others.contains(&key.as_str()));
            }
            deciding[name] = table;
        }
        deciding
    }
}

/// The `[tag]` table.
fn tag(options: &TagOptions) -> Json {
    json!({
        "entities": options.entities,
        "values": options.values,
        "titles": options.titles,
        "enumerations": options.enumerations,
        "quotes": options.quotes,
        "reconcile": options.reconcile,
        "taxonomies": options.taxonomies,
        "method": named(&METHOD, options.method),
        "convention": named(&CONVENTION, options.convention),
        "pos": named(&POS, options.pos),
        "tagset": named(&TAGSET, options.tagset),
    })
}

/// The word for a value.
fn named<T: Copy + PartialEq>(options: &[(&'static str, T)], value: T) -> &'static str {
    options
        .iter()
        .find(|(_, option)| *option == value)
        .map_or("", |(name, _)| name)
}
