//! The `[context]` table: where the documents of a pipeline come from.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::problem::{Problem, Site};
use super::reader::{Key, TableReader, key};
use crate::stage::tag::{ContextOptions, TagOptions};

/// The table.
pub(super) const KEY: Key = key("context", "what is known of all documents");

/// What the table says, and where it says anything.
pub(super) struct Known {
    pub(super) options: ContextOptions,
    site: Option<Site>,
}

impl Known {
    /// Tells that the table is for nothing where no names are looked for.
    pub(super) fn check(self, tag: &TagOptions, root: &mut TableReader<'_>) -> ContextOptions {
        if let Some(site) = self.site.filter(|_| !tag.entities) {
            let message = "`context` says whose names are meant, but none are looked for";
            let help = "set tag.entities = true, or leave city and publisher out";
            root.report(Problem::at(&site, message).help(help));
        }
        self.options
    }
}

/// Reads the table.
pub(super) fn read(reader: &mut TableReader<'_>) -> Known {
    let mut site = None;
    let city = key(
        "city",
        "the city whose 市委 and 市政府 are meant in documents that name no other city's, in full (上海市)",
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
        if known.is_some() {
            site.get_or_insert(written.site);
        }
        known
    };
    let options = ContextOptions {
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
    };
    Known { options, site }
}

/// The table with the values that a run will use.
pub(super) fn plan(options: &ContextOptions) -> Json {
    json!({
        "city": options.city.as_deref().unwrap_or_default(),
        "publisher": options.publisher.as_deref().unwrap_or_default(),
    })
}
