//! Who writes: the pipeline that an output folder belongs to, kept in `_cihe/pipeline.json`.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::{SinkError, disk};
use crate::table::SCHEMA_VERSION;

/// What to do when the folder was written by another pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnConfigChange {
    /// Leave it alone: rows of two pipelines in one table mislead.
    #[default]
    Refuse,
    /// Go on; sources that are done stay as they are.
    Continue,
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

    fn read(layout: &Layout) -> Result<Option<Self>, SinkError> {
        let path = layout.pipeline();
        disk::read(&path)?
            .map(|content| {
                serde_json::from_slice(&content).map_err(|error| SinkError::damaged(&path, error))
            })
            .transpose()
    }

    fn write(&self, layout: &Layout) -> Result<(), SinkError> {
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
}

impl Stamped {
    /// Writes the new pipeline's stamp, if there is one.
    pub(super) fn settle(&self, layout: &Layout) -> Result<(), SinkError> {
        self.change
            .as_ref()
            .map_or(Ok(()), |stamp| stamp.write(layout))
    }
}

/// Checks the folder's stamp against the pipeline at hand; a new folder gets one.
pub(super) fn stamp(layout: &Layout, identity: &Identity) -> Result<Stamped, SinkError> {
    let mut now = Stamp::of(identity);
    let Some(was) = Stamp::read(layout)? else {
        now.write(layout)?;
        return Ok(Stamped {
            pipeline: now.pipeline,
            change: None,
        });
    };
    if was.schema_version != SCHEMA_VERSION {
        let reason = format!(
            "its tables have schema version {}, this program writes {SCHEMA_VERSION}",
            was.schema_version
        );
        return Err(SinkError::damaged(&layout.pipeline(), reason));
    }
    let has_new_inputs = now.go_on_from(&was);
    if was.fingerprint == now.fingerprint {
        if has_new_inputs {
            let inputs = now.inputs;
            Stamp {
                inputs,
                ..was.clone()
            }
            .write(layout)?;
        }
        return Ok(Stamped {
            pipeline: was.pipeline,
            change: None,
        });
    }
    if identity.on_change == OnConfigChange::Refuse {
        return Err(SinkError::Changed {
            path: layout.root().to_owned(),
            was: was.fingerprint,
            now: now.fingerprint,
        });
    }
    let pipeline = was.pipeline;
    let change = Some(Stamp {
        pipeline: pipeline.clone(),
        ..now
    });
    Ok(Stamped { pipeline, change })
}

/// The program and its version, as files and logs name it.
pub(super) fn created_by() -> String {
    concat!("cihe ", env!("CARGO_PKG_VERSION")).to_owned()
}
