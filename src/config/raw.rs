//! A pipeline as written: the tree of its keys and values, each with its place.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{ConfigError, Origin, Problem, Site};

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) site: Site,
}

/// A TOML value. Dates are kept as text: no key of a pipeline is a date.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    /// Saturated: no key takes a number that large.
    Integer(i128),
    Number(f64),
    Boolean(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and values in the order of their names; TOML refuses a key that comes twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

/// A key of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_site: Site,
    pub(super) node: Node,
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Value {
    /// The value in a message: short, and never a whole list.
    pub(super) fn described(&self) -> String {
        const SHOWN: usize = 40;
        match self {
            Self::Text(text) if text.chars().count() <= SHOWN => format!("\"{text}\""),
            Self::Text(_) => "a long text".into(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
            Self::Date(date) => format!("the date {date}"),
            Self::List(_) => "a list".into(),
            Self::Table(_) => "a table".into(),
        }
    }
}

/// A pipeline as written, flags laid over the file.
#[derive(Clone, Debug)]
pub(super) struct RawPipeline {
    pub(super) root: Table,
    pub(super) site: Site,
}

impl RawPipeline {
    /// Reads the TOML of a file.
    ///
    /// # Errors
    ///
    /// All places where it is not TOML.
    pub(super) fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        let origin = Origin::File {
            path: Arc::from(path),
            text: Arc::from(text),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        let problems = errors.iter().map(|error| syntax(&origin, error));
        ConfigError::check(problems.collect())?;
        let site = Site { origin, span: None };
        Ok(Self {
            root: self::table(table.into_inner(), &site.origin, 0),
            site,
        })
    }
}

fn syntax(origin: &Origin, error: &toml::de::Error) -> Problem {
    let site = Site {
        origin: origin.clone(),
        span: error.span(),
    };
    Problem::at(&site, error.message())
}

/// A value of a flag; its spans are moved `offset` bytes on, to where the value stands in the flag.
pub(super) fn value_of_flag(text: &str, origin: &Origin, offset: usize) -> Option<Node> {
    let value = DeValue::parse(text).ok()?;
    Some(node(value, origin, offset))
}

fn table(table: DeTable<'_>, origin: &Origin, offset: usize) -> Table {
    let entries = table.into_iter().map(|(key, value)| Entry {
        key_site: site(&key, origin, offset),
        key: key.into_inner().into_owned(),
        node: node(value, origin, offset),
    });
    Table {
        entries: entries.collect(),
    }
}

fn node(spanned: Spanned<DeValue<'_>>, origin: &Origin, offset: usize) -> Node {
    let site = site(&spanned, origin, offset);
    let value = match spanned.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(digits) => Value::Integer(
            i128::from_str_radix(digits.as_str(), digits.radix()).unwrap_or(i128::MAX),
        ),
        DeValue::Float(digits) => Value::Number(digits.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Boolean(truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| node(item, origin, offset))
                .collect(),
        ),
        DeValue::Table(inner) => Value::Table(table(inner, origin, offset)),
    };
    Node { value, site }
}

fn site<T>(spanned: &Spanned<T>, origin: &Origin, offset: usize) -> Site {
    let span = spanned.span();
    Site {
        origin: origin.clone(),
        span: Some(span.start + offset..span.end + offset),
    }
}
