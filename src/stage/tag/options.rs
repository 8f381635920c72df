//! What `tag` can be told: the `[tag]` table of a pipeline.

/// Options of the `tag` hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagOptions {
    /// Whether entities are looked for.
    pub entities: bool,
}

impl Default for TagOptions {
    fn default() -> Self {
        Self { entities: true }
    }
}
