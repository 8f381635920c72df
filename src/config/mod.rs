//! Pipelines as written and as meant.
