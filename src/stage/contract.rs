//! What a hop promises, and what it may rely on.

use crate::record::{Batch, BatchHead, Hop, Located, Reject};

/// Where a map puts what it makes.
#[derive(Debug)]
pub struct Output<T> {
    /// Made items, in the order of their inputs.
    pub items: Vec<T>,
    /// Inputs that were turned away.
    pub rejects: Vec<Reject>,
}

impl<T> Default for Output<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            rejects: Vec::new(),
        }
    }
}

/// A hop that treats each item by itself.
///
/// The contract: `map` is called for each item of a batch in order, then `close` once, always with the same scratch;
/// then the scratch serves another batch. Batches come in any order and on any thread. For every input there is at
/// least one output item or reject, except where `close` makes the item of a whole batch. What comes out depends on
/// the input and on `self` only, never on what the scratch held before. A panic in `map` loses that one item and the
/// scratch, both of which the caller accounts for.
pub trait Map: Send + Sync + 'static {
    /// What comes in.
    type In: Located + Send + 'static;
    /// What goes out.
    type Out: Send + 'static;
    /// A worker's own memory: buffers that are cleared, not freed.
    type Scratch: Send + 'static;
    /// Its place on the path.
    const HOP: Hop;
    /// Whether an item that panics can be left out of its batch; where rows are gathered in the scratch, it can't.
    const ISOLATES: bool = true;

    /// Fresh memory for a worker.
    fn scratch(&self) -> Self::Scratch;

    /// Treats one item.
    fn map(&self, item: Self::In, scratch: &mut Self::Scratch, out: &mut Output<Self::Out>);

    /// The batch is complete; emits what the scratch has gathered.
    fn close(&self, head: &BatchHead, scratch: &mut Self::Scratch, out: &mut Output<Self::Out>) {
        let _ = (head, scratch, out);
    }
}

/// A failure that ends the run: the disk is full, the output is not ours.
pub type FoldError = Box<dyn std::error::Error + Send + Sync>;

/// A hop with a memory: one owner, batches in the order of their numbers.
///
/// After an error it is dropped and never called again.
pub trait Fold: Send + 'static {
    /// What comes in.
    type In: Send + 'static;
    /// What goes out.
    type Out: Send + 'static;
    /// Its place on the path.
    const HOP: Hop;

    /// Takes the next batch.
    ///
    /// # Errors
    ///
    /// Only what makes going on pointless; a bad document is a reject.
    fn fold(&mut self, batch: Batch<Self::In>) -> Result<Batch<Self::Out>, FoldError>;
}
