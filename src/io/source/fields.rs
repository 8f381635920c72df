//! From named values to a record's text and fields, the same for JSONL, CSV and Parquet.
//!
//! The text is the first of `source.text-fields` that the record has and that is not null. `title` and `collection` take
//! strings, `published` a date (or a time that begins with one); whatever does not fit stays in `meta` as it came.
//! Of two values with one name the last wins, as in Python's `json`.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::fault::Fault;
use crate::record::{Body, Fields, RejectCode};

/// Names up to which a list is searched; a longer one gets a map, so that a hostile record stays linear.
const SMALL: usize = 16;

/// A value of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// A string, decoded.
    Text(Cow<'a, str>),
    /// Anything, as JSON.
    Json(Cow<'a, str>),
}

impl Value<'_> {
    fn is_null(&self) -> bool {
        matches!(self, Self::Json(json) if json == "null")
    }

    /// What it is, as in messages.
    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Json(json) => match json.as_bytes().first() {
                Some(b'{') => "an object",
                Some(b'[') => "a list",
                Some(b't' | b'f') => "true or false",
                Some(b'"') => "a string",
                _ => "a number",
            },
        }
    }
}

/// A value with its name.
pub(super) type Entry<'a> = (Cow<'a, str>, Value<'a>);

/// Whether a field has a meaning, so that its string must be decoded.
pub(super) fn is_used(name: &str, text_fields: &[String]) -> bool {
    matches!(name, "title" | "published" | "collection")
        || text_fields.iter().any(|field| field == name)
}

/// Sorts the values of a record into text, fields and the rest.
///
/// # Errors
///
/// When there is no text.
pub(super) fn assemble(
    entries: Vec<Entry<'_>>,
    text_fields: &[String],
) -> Result<(Body, Fields), Fault> {
    let mut entries = last_wins(entries);
    let at = text_fields.iter().find_map(|field| {
        entries
            .iter()
            .position(|(name, value)| name == field && !value.is_null())
    });
    let Some(at) = at else {
        let wanted = text_fields.join("` or `");
        return Err(Fault::new(
            RejectCode::NoText,
            format!("no field `{wanted}`; name the text's field in `source.text-fields`"),
        ));
    };
    // Its neighbours' order matters, so it is taken out in place.
    let (name, value) = entries.remove(at);
    let Value::Text(text) = value else {
        return Err(Fault::new(
            RejectCode::NoText,
            format!("field `{name}` is {}, not a string", value.kind()),
        ));
    };
    let text = text.into_owned();
    Ok((Body::Text(text), fields(entries)))
}

fn fields(entries: Vec<Entry<'_>>) -> Fields {
    let mut fields = Fields::default();
    let mut meta = Meta::default();
    for (name, value) in entries {
        match (name.as_ref(), value) {
            ("title", Value::Text(text)) => fields.title = Some(text.into_owned()),
            ("collection", Value::Text(text)) => fields.collection = Some(text.into_owned()),
            ("published", Value::Text(text)) => match date(&text) {
                Some(day) => fields.published = Some(day),
                None => meta.push(&name, &Value::Text(text)),
            },
            (_, value) => meta.push(&name, &value),
        }
    }
    fields.meta = meta.finish();
    fields
}

/// An ISO date, alone or before a time.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let rest = text.get(10..)?;
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// Builds a JSON object from left to right.
#[derive(Debug, Default)]
pub(super) struct Meta(String);

impl Meta {
    pub(super) fn push(&mut self, name: &str, value: &Value<'_>) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        push_string(&mut self.0, name);
        self.0.push(':');
        match value {
            Value::Text(text) => push_string(&mut self.0, text),
            Value::Json(json) => self.0.push_str(json),
        }
    }

    /// The object; `None` when nothing was put in.
    pub(super) fn finish(mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        self.0.push('}');
        Some(self.0)
    }
}

/// A string as JSON.
pub(super) fn push_string(out: &mut String, text: &str) {
    let json = serde_json::to_string(text).expect("a string is always JSON");
    out.push_str(&json);
}

/// Drops all but the last value of each name; it stands where the first stood.
fn last_wins(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let mut kept: Vec<Entry<'_>> = Vec::with_capacity(entries.len());
    if entries.len() <= SMALL {
        for (name, value) in entries {
            match kept.iter_mut().find(|(known, _)| *known == name) {
                Some(slot) => slot.1 = value,
                None => kept.push((name, value)),
            }
        }
        return kept;
    }
    let mut known: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(entries.len());
    for (name, value) in entries {
        if let Some(&at) = known.get(&name) {
            kept[at].1 = value;
        } else {
            known.insert(name.clone(), kept.len());
            kept.push((name, value));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &'static str, value: &'static str) -> Entry<'static> {
        (name.into(), Value::Text(value.into()))
    }

    fn json(name: &'static str, value: &'static str) -> Entry<'static> {
        (name.into(), Value::Json(value.into()))
    }

    fn check(entries: Vec<Entry<'static>>) -> Result<(Body, Fields), Fault> {
        assemble(entries, &["text".to_owned(), "content".to_owned()])
    }

    #[test]
    fn the_first_text_field_that_is_not_null_wins_and_the_other_goes_to_meta() {
        let (body, fields) = check(vec![text("content", "乙"), text("text", "甲")]).unwrap();
        assert_eq!(body.as_bytes(), "甲".as_bytes());
        assert_eq!(fields.meta.as_deref(), Some(r#"{"content":"乙"}"#));
        let (body, fields) = check(vec![json("text", "null"), text("content", "乙")]).unwrap();
        assert_eq!(body.as_bytes(), "乙".as_bytes());
        assert_eq!(fields.meta.as_deref(), Some(r#"{"text":null}"#));
    }

    #[test]
    fn a_text_that_is_no_string_is_no_text() {
        let fault = check(vec![json("text", "[1]"), text("content", "乙")]).unwrap_err();
        assert_eq!(fault.code(), RejectCode::NoText);
        assert_eq!(fault.to_string(), "field `text` is a list, not a string");
        let fault = check(vec![text("body", "乙")]).unwrap_err();
        assert!(fault.to_string().contains("`text` or `content`"), "{fault}");
    }

    #[test]
    fn a_published_value_that_is_no_date_stays_in_meta() {
        for (value, day) in [
            ("2024-02-29", Some("2024-02-29")),
            ("2024-02-29T08:00:00+08:00", Some("2024-02-29")),
            ("2024-02-29 08:00", Some("2024-02-29")),
            ("2023-02-29", None),
            ("2024-02-29x", None),
            ("二〇二四年", None),
            ("", None),
        ] {
            let entries = vec![text("text", "甲"), text("published", value)];
            let (_, fields) = check(entries).unwrap();
            let found = fields.published.map(|found| found.to_string());
            assert_eq!(found.as_deref(), day, "{value}");
            assert_eq!(fields.meta.is_none(), day.is_some(), "{value}");
        }
    }

    #[test]
    fn of_two_values_with_one_name_the_last_wins_in_short_and_long_records() {
        for extra in [0, 40] {
            let mut entries = vec![text("text", "甲"), json("id", "1")];
            entries
                .extend((0..extra).map(|n| (Cow::from(format!("x{n}")), Value::Json("0".into()))));
            entries.extend([json("id", "2"), text("text", "乙")]);
            let (body, fields) = check(entries).unwrap();
            assert_eq!(body.as_bytes(), "乙".as_bytes());
            assert!(fields.meta.unwrap().starts_with(r#"{"id":2"#));
        }
    }
}
