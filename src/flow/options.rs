//! What the flow can be told: part of the `[run]` table of a pipeline.

/// Bytes of input in flight at most.
pub(crate) const MEMORY: u64 = 256 << 20;

/// What a panic in a hop does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnPanic {
    /// Ends the run, naming hop and document.
    #[default]
    Fail,
    /// Turns the document away and goes on.
    Reject,
}

/// Options of the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowOptions {
    /// Workers of each map hop; at least 1.
    pub workers: usize,
    /// Budget for what is in flight, in bytes of memory (a batch counts as its input bytes times
    /// `flow::EXPANSION`).
    pub memory: u64,
    /// What a panic does.
    pub on_panic: OnPanic,
}

impl Default for FlowOptions {
    fn default() -> Self {
        Self {
            workers: 1,
            memory: MEMORY,
            on_panic: OnPanic::Fail,
        }
    }
}
