//! Hops on threads: the one module that knows tokio and async-channel.
//!
//! `stage` and `io` are plain synchronous code. The flow gives them threads, carries batches from one to the next, and
//! answers for what no hop can see by itself: order, memory, panics, the end. It knows nothing of what is in a batch.
//!
//! ```text
//!            permits                workers              workers                one                  one
//!  source ──(budget)──▶ [edge] ──▶ map hop ──▶ [edge] ──▶ map hop ──▶ [edge] ──▶ order, fold ──▶ [edge] ──▶ order, last
//!                ▲                                                                                            │
//!                └───────────────────────── the batch's permits come back ────────────────────────────────────┘
//! ```
//!
//! # Threads
//!
//! A worker is a loop on a blocking thread of a tokio runtime that [`Flow::run`] owns; it uses the blocking ends of
//! async-channel, and owns its scratch memory from the first batch to the last. The reactor's threads never see a
//! document: all they do is wake who waits for memory, or for the end. Everything outside this module stays
//! synchronous, and a caller needs no runtime.
//!
//! What lost: a task per hop that spawns a blocking call per batch and keeps order by awaiting the calls in turn.
//! Scratch memory would have to travel between threads, each hop would stall behind its slowest batch although only a
//! fold needs the order, and a stack trace would not show which hop a thread belongs to.
//!
//! # Memory
//!
//! Before a batch enters the first edge it takes permits for its weight times [`EXPANSION`] (a batch over the whole
//! budget takes the whole budget, and travels alone), and gives them back when the closure at the end returns. So what
//! lies in all edges, workers and reorder buffers together is under `run.memory`; the source holds one more batch,
//! which it has read but not yet entered. Batches are bounded in number besides: in all ([`batches_in_flight`]), and on each
//! edge ([`EDGE_PER_WORKER`]), so that a slow hop holds the fast ones back before the budget has to.
//!
//! # Why it can't deadlock
//!
//! Only the source takes permits, one batch after another, and a batch asks for nothing further once it is in. So the
//! batches in flight always are consecutive, and the oldest of them waits for no other:
//!
//! - in a map worker it is worked on;
//! - in front of a fold it is the one whose turn it is, and goes in at once;
//! - in an edge it is taken as soon as the hop behind it is free. That hop is busy, and will be done; or blocked on its
//!   own full edge, where the same holds one hop later; or a fold that waits for an older batch, which there is not. A
//!   fold that waits for its turn never leaves its edge full: it takes whatever comes into the reorder buffer, which
//!   can't outgrow the budget.
//!
//! At the end stands a closure that waits for nobody. So the oldest batch always comes through, and its permits come
//! back to the source.
//!
//! # Ends
//!
//! The good end: the source drops its sender, each hop drains its edge and drops its own, the closure sees the end. The
//! bad one: the first failure closes the budget and every edge, which wakes whoever is blocked on one; workers finish
//! the item in hand and leave. Of several failures that with the lowest sequence number is reported. A source that is
//! blocked in a read can't be woken; a failed run does not wait for it longer than [`GRACE`].

mod budget;
mod chain;
mod edge;
mod error;
mod meters;
mod options;
mod panic;
mod report;
pub mod signals;
mod stop;
#[cfg(test)]
mod tests;
mod verdict;
mod worker;

pub use budget::{EXPANSION, batches_in_flight};
pub use chain::{EDGE_PER_WORKER, Flow, GRACE};
pub use error::FlowError;
pub use meters::{Meters, Reading};
pub use options::{FlowOptions, OnPanic};
pub use report::{HopReport, report};
pub use stop::Stop;
