//! Who writes: the pipeline that an output folder belongs to, kept in `_cihe/pipeline.json`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::layout::Layout;
use super::{Behind, SinkError, disk};
use crate::record::hex;
use crate::table::SCHEMA_VERSION;

/// Enough of a hash to name a vocabulary by.
const ID_BYTES: usize = 16;

/// What to do when the folder was written by another pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnConfigChange {
    /// Leave it alone: rows of two pipelines in one table mislead.
    #[default]
    Refuse,
    /// Go on; sources that are done stay as they are.
    Continue,
    /// Where nothing has changed but words and concepts: annotate the documents anew that have any of these, then go on.
    Update,
}

/// The pipeline that wants to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name, which the transactions of the Delta logs carry.
    pub pipeline: String,
    /// Hash of all that decides what rows come out: options, lexicons, versions.
    pub fingerprint: String,
    /// The resolved pipeline as JSON, for people and for `verify`.
    pub description: String,
    /// What of that is no vocabulary, by table and key.
    pub options: Value,
    /// The words and concepts that rows are written with, for a later run that has others.
    pub vocabulary: Vec<u8>,
    /// Hash of its words alone.
    pub words: String,
    /// What makes texts themselves depend on the words of lexicons, where something does.
    pub bound_by: Option<&'static str>,
    /// What it reads: absolute paths and patterns, those in the output folder relative to that.
    pub inputs: Vec<String>,
    /// What to do when the folder was written by another one.
    pub on_change: OnConfigChange,
}

/// The pipeline that wrote a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Stamp {
    /// The name in the transactions. It stays what it was when the folder was made: under another one, the Delta logs
    /// would not know what they hold.
    pub(super) pipeline: String,
    pub(super) fingerprint: String,
    pub(super) schema_version: String,
    pub(super) created_by: String,
    pub(super) description: serde_json::Value,
    /// All inputs that were ever read into the folder, in the order of their first use.
    #[serde(default)]
    pub(super) inputs: Vec<String>,
    /// What decided about rows, beside words and concepts.
    #[serde(default)]
    pub(super) options: Value,
    /// Names the file with words and concepts.
    #[serde(default)]
    pub(super) vocabulary: String,
    #[serde(default)]
    pub(super) words: String,
    /// Whether rows of several pipelines stand here.
    #[serde(default)]
    pub(super) mixed: bool,
    /// Set while documents are being annotated anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) updating: Option<Updating>,
}

/// A change of vocabulary that is under way: to that of the stamp.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Updating {
    /// The vocabulary that rows were written with.
    pub(super) from: String,
    /// The epochs before this one were written with it. Later ones have documents of theirs anew, and say of which.
    pub(super) below: i64,
}

impl Stamp {
    fn of(identity: &Identity) -> Self {
        let description = serde_json::from_str(&identity.description)
            .unwrap_or_else(|_| serde_json::Value::String(identity.description.clone()));
        Self {
            pipeline: identity.pipeline.clone(),
            fingerprint: identity.fingerprint.clone(),
            schema_version: SCHEMA_VERSION.to_owned(),
            created_by: created_by(),
            description,
            inputs: identity.inputs.clone(),
            options: identity.options.clone(),
            vocabulary: id_of(&identity.vocabulary),
            words: identity.words.clone(),
            mixed: false,
            updating: None,
        }
    }

    /// Puts the inputs of `was` before its own; false where that leaves those of `was`.
    fn go_on_from(&mut self, was: &Self) -> bool {
        let own = std::mem::replace(&mut self.inputs, was.inputs.clone());
        let known: HashSet<&String> = was.inputs.iter().collect();
        self.inputs
            .extend(own.into_iter().filter(|input| !known.contains(input)));
        self.inputs.len() > was.inputs.len()
    }

    pub(super) fn read(layout: &Layout) -> Result<Option<Self>, SinkError> {
        let path = layout.pipeline();
        disk::read(&path)?
            .map(|content| {
                serde_json::from_slice(&content).map_err(|error| SinkError::damaged(&path, error))
            })
            .transpose()
    }

    pub(super) fn write(&self, layout: &Layout) -> Result<(), SinkError> {
        let path = layout.pipeline();
        let content =
            serde_json::to_vec_pretty(self).map_err(|error| SinkError::damaged(&path, error))?;
        disk::write_atomically(&path, &content)
    }
}

/// What became of the folder's stamp.
pub(super) struct Stamped {
    /// The name in the transactions.
    pub(super) pipeline: String,
    /// Set when another pipeline goes on here: its stamp is written once the former's last epoch is settled.
    pub(super) change: Option<Stamp>,
    /// The change of vocabulary that is under way, or begins here.
    pub(super) updating: Option<Updating>,
    /// All inputs that were ever read into the folder, this run's included.
    pub(super) inputs: Vec<String>,
}

impl Stamped {
    /// Writes the new pipeline's stamp, if there is one. Epochs from `next` on are its own.
    pub(super) fn settle(&mut self, layout: &Layout, next: i64) -> Result<(), SinkError> {
        let Some(stamp) = &mut self.change else {
            return Ok(());
        };
        if let Some(begun) = &mut stamp.updating {
            begun.below = next;
            self.updating = Some(begun.clone());
        }
        stamp.write(layout)?;
        if stamp.mixed {
            // Rows of several pipelines are never brought up to date.
            forget(&layout.all_behind(), &[])?;
            forget(&layout.vocabularies(), &[])?;
        }
        Ok(())
    }
}

/// The name of a vocabulary.
fn id_of(vocabulary: &[u8]) -> String {
    let digest = Sha256::digest(vocabulary);
    hex(digest.get(..ID_BYTES).unwrap_or(&digest))
}

/// Keeps a vocabulary, unless it is kept.
fn keep(layout: &Layout, identity: &Identity) -> Result<(), SinkError> {
    let path = layout.vocabulary(&id_of(&identity.vocabulary));
    if disk::read(&path)?.as_ref() == Some(&identity.vocabulary) {
        return Ok(());
    }
    disk::make_folder(&layout.vocabularies())?;
    disk::write_atomically(&path, &identity.vocabulary)?;
    disk::sync_folder(&layout.control())
}

/// Ends a change of vocabulary: all rows are of the new one, but for those `behind`, and what no rows are of is forgotten.
pub(super) fn settle_update(layout: &Layout, behind: &Behind) -> Result<(), SinkError> {
    let Some(mut stamp) = Stamp::read(layout)? else {
        return Ok(());
    };
    behind.write(layout, &stamp.vocabulary)?;
    stamp.updating = None;
    stamp.write(layout)?;
    forget(&layout.all_behind(), &[layout.behind(&stamp.vocabulary)])?;
    let needed = behind.vocabularies();
    let needed = needed.iter().map(|name| layout.vocabulary(name));
    let needed = needed.chain([layout.vocabulary(&stamp.vocabulary)]);
    forget(&layout.vocabularies(), &needed.collect::<Vec<_>>())
}

/// Removes all files of a folder but those that are needed.
fn forget(folder: &Path, needed: &[PathBuf]) -> Result<(), SinkError> {
    for path in disk::list(folder)? {
        if !needed.contains(&path) {
            disk::remove(&path)?;
        }
    }
    Ok(())
}

/// Checks the folder's stamp against the pipeline at hand; a new folder gets one.
pub(super) fn stamp(layout: &Layout, identity: &Identity) -> Result<Stamped, SinkError> {
    let mut now = Stamp::of(identity);
    let Some(was) = Stamp::read(layout)? else {
        keep(layout, identity)?;
        now.write(layout)?;
        return Ok(Stamped {
            pipeline: now.pipeline,
            change: None,
            updating: None,
            inputs: now.inputs,
        });
    };
    check_schema(layout, &was)?;
    let has_new_inputs = now.go_on_from(&was);
    if was.fingerprint == now.fingerprint {
        let inputs = now.inputs;
        if has_new_inputs {
            Stamp {
                inputs: inputs.clone(),
                ..was.clone()
            }
            .write(layout)?;
        }
        return Ok(Stamped {
            pipeline: was.pipeline,
            change: None,
            updating: was.updating,
            inputs,
        });
    }
    change(layout, &was, &mut now, identity)?;
    now.mixed |= was.mixed;
    if now.mixed {
        now.vocabulary.clear();
    } else {
        keep(layout, identity)?;
    }
    now.pipeline = was.pipeline;
    Ok(Stamped {
        pipeline: now.pipeline.clone(),
        inputs: now.inputs.clone(),
        updating: None,
        change: Some(now),
    })
}

/// Goes over from one pipeline to another, if it may.
fn change(
    layout: &Layout,
    was: &Stamp,
    now: &mut Stamp,
    identity: &Identity,
) -> Result<(), SinkError> {
    let path = layout.root().to_owned();
    if was.updating.is_some() {
        return Err(SinkError::Updating { path });
    }
    match identity.on_change {
        OnConfigChange::Refuse => {
            return Err(SinkError::Changed {
                path,
                was: was.fingerprint.clone(),
                now: now.fingerprint.clone(),
            });
        }
        OnConfigChange::Continue => now.mixed = true,
        OnConfigChange::Update => {
            if let Some(reason) = obstacle(was, now, identity.bound_by) {
                return Err(SinkError::NoUpdate { path, reason });
            }
            now.updating = Some(Updating {
                from: was.vocabulary.clone(),
                below: 0,
            });
        }
    }
    Ok(())
}

/// The change of vocabulary that a run would begin or go on with; nothing is written.
pub(super) fn preview(
    layout: &Layout,
    was: &Stamp,
    identity: &Identity,
    next: i64,
) -> Result<Option<Updating>, SinkError> {
    check_schema(layout, was)?;
    let now = Stamp::of(identity);
    if was.fingerprint == now.fingerprint {
        return Ok(was.updating.clone());
    }
    if identity.on_change != OnConfigChange::Update {
        return Ok(None);
    }
    let path = layout.root().to_owned();
    if was.updating.is_some() {
        return Err(SinkError::Updating { path });
    }
    if let Some(reason) = obstacle(was, &now, identity.bound_by) {
        return Err(SinkError::NoUpdate { path, reason });
    }
    Ok(Some(Updating {
        from: was.vocabulary.clone(),
        below: next,
    }))
}

fn check_schema(layout: &Layout, was: &Stamp) -> Result<(), SinkError> {
    if was.schema_version == SCHEMA_VERSION {
        return Ok(());
    }
    let reason = format!(
        "its tables have schema version {}, this program writes {SCHEMA_VERSION}",
        was.schema_version
    );
    Err(SinkError::damaged(&layout.pipeline(), reason))
}

/// Why rows can't be brought up to date, where they can't.
fn obstacle(was: &Stamp, now: &Stamp, bound_by: Option<&'static str>) -> Option<String> {
    if was.mixed {
        return Some("it holds rows of several pipelines since it went on with another one".into());
    }
    if was.vocabulary.is_empty() {
        return Some("the words and concepts that it was written with were not kept".into());
    }
    let mut keys = Vec::new();
    differing(&was.options, &now.options, "", &mut keys);
    if !keys.is_empty() {
        let keys = keys.join(", ");
        return Some(format!(
            "more has changed than lexicons and taxonomies: {keys}"
        ));
    }
    let key = bound_by.filter(|_| was.words != now.words)?;
    Some(format!(
        "with `{key}` a lexicon decides about texts, too, and not about words alone"
    ))
}

/// The keys, with those of the tables they are in, that have another value.
fn differing(was: &Value, now: &Value, at: &str, keys: &mut Vec<String>) {
    let (Value::Object(before), Value::Object(after)) = (was, now) else {
        if was != now {
            keys.push(format!("`{at}`"));
        }
        return;
    };
    let names = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(*key)));
    for name in names {
        let below = if at.is_empty() {
            name.clone()
        } else {
            format!("{at}.{name}")
        };
        let value = |table: &serde_json::Map<String, Value>| table.get(name).cloned();
        let (was, now) = (value(before), value(after));
        differing(
            &was.unwrap_or_default(),
            &now.unwrap_or_default(),
            &below,
            keys,
        );
    }
}

/// The program and its version, as files and logs name it.
pub(super) fn created_by() -> String {
    concat!("cihe ", env!("CARGO_PKG_VERSION")).to_owned()
}
