//! The `segment` hop.

mod options;

pub use options::{EngineKind, SegmentOptions};
