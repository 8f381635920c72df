//! The `[context]` table: where the documents of a pipeline come from.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::problem::Problem;
use super::reader::{Key, TableReader, key};
use crate::stage::tag::ContextOptions;

/// The table.
pub(super) const KEY: Key = key("context", "what is known of all documents");

/// Reads the table.
pub(super) fn read(reader: &mut TableReader<'_>) -> ContextOptions {
    let city = key(
        "city",
        "the city whose 市委 and 市政府 are meant where a document names none, in full (上海市)",
    );
    let publisher = key(
        "publisher",
        "the paper, magazine, station, agency or site that 本报 and the like stand for",
    );
    let mut read = |key: Key, of: fn(&str) -> Option<Arc<str>>, help: &str| {
        let written = reader.written_text(key, "")?;
        let known = of(&written.value);
        if known.is_none() && !written.value.is_empty() {
            let message = format!("`context.{}` can't be \"{}\"", key.name, written.value);
            reader.report(Problem::at(&written.site, message).help(help));
        }
        known
    };
    ContextOptions {
        city: read(
            city,
            ContextOptions::city_of,
            "name a city in full, such as 上海市",
        ),
        publisher: read(
            publisher,
            ContextOptions::publisher_of,
            "give a name that ends with 报, 报社, 刊, 杂志, 杂志社, 台, 社 or 网",
        ),
    }
}

/// The table with the values that a run will use.
pub(super) fn plan(options: &ContextOptions) -> Json {
    json!({
        "city": options.city.as_deref().unwrap_or_default(),
        "publisher": options.publisher.as_deref().unwrap_or_default(),
    })
}
