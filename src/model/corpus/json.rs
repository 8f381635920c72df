//! JSON lines: our own form, and that of CLUENER.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Kind, Name};
use super::{Hint, Sample};

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
    #[serde(default)]
    hints: Vec<(usize, usize, String)>,
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
    let hints = line.hints.into_iter();
    let hints = hints.map(|(start, end, tag)| Hint { start, end, tag });
    Ok(Sample {
        text: line.text,
        names,
        source: line.source,
        hints: hints.collect(),
    })
}

/// A sample as a line of JSON.
pub fn to_json(sample: &Sample) -> String {
    let names = sample.names.iter();
    let entities: Vec<Value> = names
        .map(|name| json!([name.start, name.end, name.kind.name()]))
        .collect();
    let mut line = json!({"text": sample.text, "entities": entities, "source": sample.source});
    if !sample.hints.is_empty() {
        let hints = sample.hints.iter();
        line["hints"] = hints
            .map(|hint| json!([hint.start, hint.end, hint.tag]))
            .collect();
    }
    line.to_string()
}
