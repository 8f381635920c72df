//! JSON lines: our own form, and that of CLUENER.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Kind, Name};
use super::Sample;

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    entities: Vec<(usize, usize, String)>,
    /// Kinds, texts, and first and last characters.
    #[serde(default)]
    label: serde_json::Map<String, Value>,
    #[serde(default)]
    source: String,
}

/// Reads a line.
pub(super) fn line(text: &str) -> Result<Sample, serde_json::Error> {
    let line: Line = serde_json::from_str(text)?;
    let own = line.entities.iter().filter_map(|(start, end, kind)| {
        Some(Name {
            start: *start,
            end: *end,
            kind: Kind::named(kind)?,
        })
    });
    let mut names: Vec<Name> = own.collect();
    for (kind, texts) in &line.label {
        let Some(kind) = Kind::named(kind) else {
            continue;
        };
        let texts = texts
            .as_object()
            .into_iter()
            .flat_map(|texts| texts.values());
        for place in texts.filter_map(Value::as_array).flatten() {
            let at = |end: usize| usize::try_from(place.get(end)?.as_u64()?).ok();
            let end = at(1).and_then(|last| last.checked_add(1));
            if let (Some(start), Some(end)) = (at(0), end) {
                names.push(Name { start, end, kind });
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    Ok(Sample {
        text: line.text,
        names,
        source: line.source,
    })
}

/// A sample as a line of JSON.
pub fn to_json(sample: &Sample) -> String {
    let names = sample.names.iter();
    let entities: Vec<Value> = names
        .map(|name| json!([name.start, name.end, name.kind.name()]))
        .collect();
    json!({"text": sample.text, "entities": entities, "source": sample.source}).to_string()
}
