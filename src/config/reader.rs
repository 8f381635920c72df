//! Reads a table key by key, and keeps account of what was asked for.
//!
//! Each question names the key, says what it is for, and what stands when it is not written. From the questions come
//! the answers, the list of known keys for "did you mean", and the JSON schema.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json, json};

use super::problem::{Problem, Site};
use super::raw::{Entry, Node, Table, Value};
use super::size::{format_size, parse_size};

/// How alike two names must be for the one to be taken for a slip of the other.
const ALIKE: f64 = 0.75;

/// A key and what it is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
}

/// A key, in one line.
pub(super) const fn key(name: &'static str, doc: &'static str) -> Key {
    Key { name, doc }
}

/// A value that can still turn out wrong, with its place.
#[derive(Clone, Debug)]
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) site: Site,
}

/// A table being read.
#[derive(Debug)]
pub(super) struct TableReader<'n> {
    path: String,
    table: Option<&'n Table>,
    site: Site,
    asked: Vec<(&'static str, Json)>,
    required: Vec<&'static str>,
    problems: &'n mut Vec<Problem>,
}

impl<'n> TableReader<'n> {
    /// Reads the outermost table.
    pub(super) fn root(table: &'n Table, site: &Site, problems: &'n mut Vec<Problem>) -> Self {
        Self {
            path: String::new(),
            table: Some(table),
            site: site.clone(),
            asked: Vec::new(),
            required: Vec::new(),
            problems,
        }
    }

    /// The table's own place.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// Tells of a fault.
    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether a key is written.
    pub(super) fn has(&self, name: &str) -> bool {
        self.table.is_some_and(|table| table.get(name).is_some())
    }

    /// Ends the reading: tells of keys nobody asked for, and gives the table's JSON schema.
    pub(super) fn finish(self, doc: &str) -> Json {
        for entry in self.table.iter().flat_map(|table| &table.entries) {
            if !self.asked.iter().any(|(name, _)| *name == entry.key) {
                let names: Vec<&str> = self.asked.iter().map(|(name, _)| *name).collect();
                self.problems.push(unknown(&self.path, entry, &names));
            }
        }
        let mut schema =
            json!({"type": "object", "description": doc, "additionalProperties": false});
        let properties: Map<String, Json> = self
            .asked
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema))
            .collect();
        schema["properties"] = Json::Object(properties);
        if !self.required.is_empty() {
            schema["required"] = json!(self.required);
        }
        schema
    }

    /// A table inside this one; `read` runs on an empty one when it is not written.
    pub(super) fn table<T>(&mut self, key: Key, read: impl FnOnce(&mut TableReader<'_>) -> T) -> T {
        let written = self.written(key);
        let (table, site) = match written.map(|entry| &entry.node) {
            Some(Node {
                value: Value::Table(table),
                site,
            }) => (Some(table), site.clone()),
            Some(node) => {
                self.mismatch(key, "a table", node, &format!("write it as [{}]", key.name));
                (None, node.site.clone())
            }
            None => (None, self.site.clone()),
        };
        let mut inner = TableReader {
            path: self.path_of(key),
            table,
            site,
            asked: Vec::new(),
            required: Vec::new(),
            problems: self.problems,
        };
        let answer = read(&mut inner);
        let schema = inner.finish(key.doc);
        self.asked.push((key.name, schema));
        answer
    }

    /// A list of tables, `[[name]]`.
    pub(super) fn tables<T>(
        &mut self,
        key: Key,
        read: impl Fn(&mut TableReader<'_>) -> Option<T>,
    ) -> Vec<T> {
        let written = self.written(key);
        // The items' keys are known only by asking for them, also where no item is written.
        let (nothing, mut unheard) = (Table::default(), Vec::new());
        let mut blank = TableReader::root(&nothing, &self.site, &mut unheard);
        read(&mut blank);
        let items = blank.finish(key.doc);
        self.asked.push((
            key.name,
            json!({"type": "array", "description": key.doc, "items": items}),
        ));
        let Some(entry) = written else {
            return Vec::new();
        };
        let help = format!("write it as [[{}]]", key.name);
        let Value::List(nodes) = &entry.node.value else {
            self.mismatch(key, "a list of tables", &entry.node, &help);
            return Vec::new();
        };
        let mut answers = Vec::new();
        for node in nodes {
            let Value::Table(table) = &node.value else {
                self.mismatch(key, "a list of tables", node, &help);
                continue;
            };
            let path = self.path_of(key);
            let mut inner = TableReader::root(table, &node.site, self.problems);
            inner.path = path;
            answers.extend(read(&mut inner));
            inner.finish(key.doc);
        }
        answers
    }

    /// A text.
    pub(super) fn text(&mut self, key: Key, default: &str) -> String {
        self.written_text(key, default)
            .map_or_else(|| default.to_owned(), |written| written.value)
    }

    /// A text with its place, for further checks.
    pub(super) fn written_text(&mut self, key: Key, default: &str) -> Option<Written<String>> {
        let schema = json!({"type": "string", "default": default});
        self.value(key, schema, "a text", |node| match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A text that must be written.
    pub(super) fn required_text(&mut self, key: Key) -> Option<Written<String>> {
        self.required.push(key.name);
        if !self.has(key.name) {
            let message = format!("`{}` is missing", self.path_of(key));
            self.report(Problem::at(&self.site, message).help(key.doc));
        }
        self.value(
            key,
            json!({"type": "string"}),
            "a text",
            |node| match &node.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            },
        )
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: Key, default: bool) -> bool {
        let schema = json!({"type": "boolean", "default": default});
        self.value(key, schema, "true or false", |node| match node.value {
            Value::Boolean(truth) => Some(truth),
            _ => None,
        })
        .map_or(default, |written| written.value)
    }

    /// A whole number.
    pub(super) fn integer(&mut self, key: Key, default: u64, range: RangeInclusive<u64>) -> u64 {
        let schema = json!({
            "type": "integer", "default": default, "minimum": range.start(), "maximum": range.end(),
        });
        let expected = format!("a whole number {}", limits(&range));
        self.value(key, schema, &expected, |node| match node.value {
            Value::Integer(number) => u64::try_from(number).ok().filter(|n| range.contains(n)),
            _ => None,
        })
        .map_or(default, |written| written.value)
    }

    /// A number with a fraction. The bounds are written so that NaN is refused.
    pub(super) fn number(&mut self, key: Key, default: f64, range: RangeInclusive<f64>) -> f64 {
        let schema = json!({
            "type": "number", "default": default, "minimum": range.start(), "maximum": range.end(),
        });
        let expected = format!("a number {}", limits(&range));
        self.value(key, schema, &expected, |node| {
            match node.value {
                // 32 bits are more than any bounded number here needs, and they convert without loss.
                Value::Integer(number) => i32::try_from(number).ok().map(f64::from),
                Value::Number(number) => Some(number),
                _ => None,
            }
            .filter(|number| range.contains(number))
        })
        .map_or(default, |written| written.value)
    }

    /// A number of bytes.
    pub(super) fn size(&mut self, key: Key, default: u64, range: RangeInclusive<u64>) -> u64 {
        let schema = json!({
            "type": ["integer", "string"], "default": format_size(default),
            "minimum": range.start(), "maximum": range.end(),
            "pattern": "^\\s*[0-9]+\\s*([kKMG]?B|[KMGT]iB)?\\s*$",
        });
        let expected = format!(
            "a size from {} to {}, in bytes or as \"64MiB\"",
            format_size(*range.start()),
            format_size(*range.end())
        );
        self.value(key, schema, &expected, |node| {
            match &node.value {
                Value::Integer(number) => u64::try_from(*number).ok(),
                Value::Text(text) => parse_size(text),
                _ => None,
            }
            .filter(|bytes| range.contains(bytes))
        })
        .map_or(default, |written| written.value)
    }

    /// One of some words.
    pub(super) fn choice<T: Copy + PartialEq>(
        &mut self,
        key: Key,
        default: T,
        options: &[(&'static str, T)],
    ) -> T {
        let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
        let shown = options.iter().find(|(_, option)| *option == default);
        let schema = json!({"enum": names, "default": shown.map(|(name, _)| *name)});
        let expected = format!("one of {}", quoted(&names));
        self.value(key, schema, &expected, |node| match &node.value {
            Value::Text(text) => options.iter().find(|(name, _)| name == text),
            _ => None,
        })
        .map_or(default, |written| written.value.1)
    }

    /// A list of texts; one text stands for a list of one.
    pub(super) fn texts(&mut self, key: Key, default: &[&str]) -> Option<Vec<Written<String>>> {
        let schema = json!({
            "type": ["array", "string"], "items": {"type": "string"}, "default": default,
        });
        self.value(
            key,
            schema,
            "a text or a list of texts",
            |node| match &node.value {
                Value::List(nodes) => nodes.iter().map(written_text_of).collect(),
                _ => written_text_of(node).map(|text| vec![text]),
            },
        )
        .map(|written| written.value)
    }

    /// A list of texts that may be absent, which means something else than an empty list.
    pub(super) fn optional_texts(&mut self, key: Key) -> Option<Vec<Written<String>>> {
        let schema = json!({"type": ["array", "string"], "items": {"type": "string"}});
        self.value(
            key,
            schema,
            "a text or a list of texts",
            |node| match &node.value {
                Value::List(nodes) => nodes.iter().map(written_text_of).collect(),
                _ => written_text_of(node).map(|text| vec![text]),
            },
        )
        .map(|written| written.value)
    }

    /// A text that may be absent.
    pub(super) fn optional_text(&mut self, key: Key) -> Option<String> {
        self.value(
            key,
            json!({"type": "string"}),
            "a text",
            |node| match &node.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            },
        )
        .map(|written| written.value)
    }

    fn value<T>(
        &mut self,
        key: Key,
        mut schema: Json,
        expected: &str,
        parse: impl FnOnce(&Node) -> Option<T>,
    ) -> Option<Written<T>> {
        schema["description"] = json!(key.doc);
        self.asked.push((key.name, schema));
        let node = &self.written(key)?.node;
        let Some(value) = parse(node) else {
            self.mismatch(key, expected, node, key.doc);
            return None;
        };
        let site = node.site.clone();
        Some(Written { value, site })
    }

    fn written(&self, key: Key) -> Option<&'n Entry> {
        self.table?.get(key.name)
    }

    fn mismatch(&mut self, key: Key, expected: &str, node: &Node, help: &str) {
        let message = format!(
            "`{}` must be {expected}, not {}",
            self.path_of(key),
            node.value.described()
        );
        self.report(Problem::at(&node.site, message).help(help));
    }

    fn path_of(&self, key: Key) -> String {
        join(&self.path, key.name)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn written_text_of(node: &Node) -> Option<Written<String>> {
    let Value::Text(text) = &node.value else {
        return None;
    };
    Some(Written {
        value: text.clone(),
        site: node.site.clone(),
    })
}

fn limits<T: Display>(range: &RangeInclusive<T>) -> String {
    format!("from {} to {}", range.start(), range.end())
}

/// Words in quotation marks with commas between.
pub(super) fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

fn unknown(path: &str, entry: &Entry, names: &[&str]) -> Problem {
    let message = format!("unknown key `{}`", join(path, &entry.key));
    Problem::at(&entry.key_site, message).help(did_you_mean(&entry.key, names))
}

/// The name that a slip stands for, or all names.
pub(super) fn did_you_mean(slip: &str, names: &[&str]) -> String {
    // Snake case is the slip most often made.
    let slip = slip.replace('_', "-");
    let alike = |name: &str| strsim::normalized_damerau_levenshtein(&slip, name);
    let best = names
        .iter()
        .max_by(|a, b| alike(a).total_cmp(&alike(b)))
        .filter(|name| slip.len() < 64 && alike(name) >= ALIKE);
    match best {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", names.join(", ")),
    }
}
