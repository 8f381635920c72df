//! `--set key=value`: flags laid over what the file says.

use std::sync::Arc;

use super::problem::{Origin, Problem, Site};
use super::raw::{Entry, Node, RawPipeline, Table, Value, value_of_flag};

/// Lays one flag over the pipeline.
///
/// The key is dotted (`run.workers`). The value is read as TOML; what is not TOML, such as a bare word or `64MiB`, is
/// a text.
///
/// # Errors
///
/// When the flag is not of the form `key=value`, or its key leads through something that is not a table.
pub(super) fn apply(raw: &mut RawPipeline, flag: &str) -> Result<(), Problem> {
    let origin = Origin::Flag(Arc::from(flag));
    let whole = Site {
        origin: origin.clone(),
        span: Some(0..flag.len()),
    };
    let Some((key, value)) = flag.split_once('=') else {
        return Err(Problem::at(&whole, "a setting needs a key and a value")
            .help("write it as key=value, such as run.workers=2"));
    };
    let key_site = Site {
        origin: origin.clone(),
        span: Some(0..key.len()),
    };
    let parts: Vec<&str> = key.trim().split('.').collect();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(
            Problem::at(&key_site, "a key has names with single dots between them")
                .help("write it as table.key, such as run.workers"),
        );
    }
    if parts.first() == Some(&"test") {
        return Err(Problem::at(&key_site, "test cases can't be set by a flag")
            .help("write them into a pipeline file"));
    }
    let node = read_value(value, &origin, key.len() + 1);
    put(&mut raw.root, &parts, &key_site, node)
}

fn read_value(value: &str, origin: &Origin, offset: usize) -> Node {
    value_of_flag(value, origin, offset).unwrap_or_else(|| Node {
        value: Value::Text(value.to_owned()),
        site: Site {
            origin: origin.clone(),
            span: Some(offset..offset + value.len()),
        },
    })
}

fn put(root: &mut Table, parts: &[&str], key_site: &Site, node: Node) -> Result<(), Problem> {
    let Some((last, tables)) = parts.split_last() else {
        return Ok(());
    };
    let mut table = root;
    for part in tables {
        let entry = slot(table, part, key_site);
        let Value::Table(inner) = &mut entry.node.value else {
            return Err(Problem::at(key_site, format!("`{part}` is not a table")));
        };
        table = inner;
    }
    let entry = slot(table, last, key_site);
    entry.key_site = key_site.clone();
    entry.node = node;
    Ok(())
}

/// The entry of a key, made as an empty table where there is none.
fn slot<'t>(table: &'t mut Table, key: &str, key_site: &Site) -> &'t mut Entry {
    let known = table.entries.iter().position(|entry| entry.key == key);
    let index = known.unwrap_or_else(|| {
        table.entries.push(Entry {
            key: key.to_owned(),
            key_site: key_site.clone(),
            node: Node {
                value: Value::Table(Table::default()),
                site: key_site.clone(),
            },
        });
        table.entries.len() - 1
    });
    &mut table.entries[index]
}
