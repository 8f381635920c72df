//! The JSON schema of pipelines, for editors: what an empty pipeline is asked for.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::problem::{Origin, Site};
use super::raw::Table;
use super::reader::TableReader;
use super::tables;

/// The JSON schema (2020-12) of a pipeline; `schemas/pipeline.schema.json` holds it.
pub fn json_schema() -> Json {
    let site = Site {
        origin: Origin::Flag("".into()),
        span: None,
    };
    let mut problems = Vec::new();
    let empty = Table::default();
    let mut root = TableReader::root(&empty, &site, &mut problems);
    tables::read(&mut root, Path::new(""));
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cihe pipeline",
    });
    if let (Json::Object(all), Json::Object(root)) = (
        &mut schema,
        root.finish("A pipeline of cihe: a table per hop, a test per fact."),
    ) {
        all.extend(root);
    }
    schema
}
