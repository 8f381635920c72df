//! A chain of hops, put together from the source to the end and then run.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::iter::repeat_n;
use std::sync::Arc;
use std::time::Duration;

use async_channel::{Receiver, Sender, bounded};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::budget::Budget;
use super::edge::{Parcel, Post, Shared};
use super::panic::caught;
use super::verdict::{Failure, Verdict};
use super::worker::{self, Outcome};
use super::{FlowError, FlowOptions, Meters};
use crate::record::{Batch, Hop};
use crate::stage::{Fold, FoldError, Map};

/// Batches that an edge holds for each worker of a map hop: one to take next. More would smooth nothing that the order of
/// batches does not undo, and cost memory.
pub const EDGE_PER_WORKER: usize = 1;

/// How long a failed run waits for a source that is blocked in a read.
pub const GRACE: Duration = Duration::from_secs(2);

/// How long all threads together may take to start.
const START: Duration = Duration::from_mins(1);

/// Threads of the reactor: it wakes who waits, and nothing else.
const REACTOR_THREADS: usize = 1;

/// Hops put together so far; `T` is what comes out of the last one.
///
/// ```
/// use cihe::flow::{Flow, FlowOptions, Meters};
/// use cihe::record::{Batch, BatchHead, Hop};
///
/// let head = |sequence| BatchHead { sequence, epoch: 0, weight: 1, closes: None };
/// let batches = (0..3).map(move |sequence| Ok(Batch {
///     head: head(sequence),
///     items: vec![sequence],
///     rejects: vec![],
/// }));
/// let meters = Meters::new();
/// let mut next = 0;
/// Flow::source(&FlowOptions::default(), meters.clone(), batches)
///     .run(move |batch: Batch<u64>| {
///         assert_eq!(batch.items, [next]);
///         next += 1;
///         Ok(())
///     })?;
/// assert_eq!(meters.reading(Hop::Sink).items, 3);
/// # Ok::<(), cihe::flow::FlowError>(())
/// ```
#[must_use = "a flow does nothing until it is run"]
pub struct Flow<T> {
    shared: Arc<Shared>,
    workers: usize,
    /// Threads of each hop.
    employed: HashMap<Hop, usize>,
    jobs: Vec<Job>,
    tail: Receiver<Parcel<T>>,
}

/// A worker that has not started.
type Job = Box<dyn FnOnce() + Send>;

impl<T: Send + 'static> Flow<T> {
    /// Begins with batches, numbered from 0 without gaps, which are read on a thread of their own.
    pub fn source<I>(options: &FlowOptions, meters: Arc<Meters>, batches: I) -> Self
    where
        I: Iterator<Item = Result<Batch<T>, FoldError>> + Send + 'static,
    {
        let workers = options.workers.max(1);
        let shared = Arc::new(Shared {
            budget: Budget::new(options.memory, workers, Arc::clone(&meters)),
            verdict: Verdict::default(),
            on_panic: options.on_panic,
            meters,
        });
        let budget = Arc::downgrade(&shared);
        shared.verdict.on_failure(move || {
            if let Some(shared) = budget.upgrade() {
                shared.budget.close();
            }
        });
        let (to, tail) = edge(&shared, workers);
        let mut flow = Self {
            shared,
            workers,
            employed: HashMap::new(),
            jobs: Vec::new(),
            tail,
        };
        flow.add(Hop::Source, move |post| worker::source(post, batches, &to));
        flow
    }

    /// Adds a map hop, with as many workers as the options say.
    pub fn map<M: Map<In = T>>(mut self, stage: Arc<M>) -> Flow<M::Out> {
        let (to, tail) = edge(&self.shared, self.workers);
        for stage in repeat_n(stage, self.workers) {
            let (from, to) = (self.tail.clone(), to.clone());
            self.add(M::HOP, move |post| worker::map(post, &*stage, &from, &to));
        }
        self.followed_by(tail)
    }

    /// Adds a fold hop: one worker, which sees the batches in their order.
    pub fn fold<F: Fold<In = T>>(mut self, stage: F) -> Flow<F::Out> {
        let (to, tail) = edge(&self.shared, self.workers);
        let from = self.tail.clone();
        self.add(F::HOP, move |post| worker::fold(post, stage, &from, &to));
        self.followed_by(tail)
    }

    /// Ends the chain with the sink, which sees the batches in their order, and runs it to its end.
    ///
    /// When it returns all hops have been dropped; only after a failure a source that is blocked in a read may outlive
    /// it.
    ///
    /// # Errors
    ///
    /// The failure of the earliest batch that failed, with the hop it failed in.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous task.
    pub fn run<L>(mut self, last: L) -> Result<(), FlowError>
    where
        L: FnMut(Batch<T>) -> Result<(), FoldError> + Send + 'static,
    {
        let from = self.tail.clone();
        self.add(Hop::Sink, move |post| worker::last(post, last, &from));
        let Self { shared, jobs, .. } = self;
        // The receivers of `self` are gone: from here on an edge lives as long as its workers.
        let runtime = Builder::new_multi_thread()
            .worker_threads(REACTOR_THREADS)
            .max_blocking_threads(jobs.len())
            .thread_name("cihe-flow")
            .enable_time()
            .build()
            .map_err(FlowError::Threads)?;
        run_jobs(runtime, &shared.verdict, jobs);
        shared.verdict.pronounce()
    }

    fn followed_by<U>(self, tail: Receiver<Parcel<U>>) -> Flow<U> {
        Flow {
            shared: self.shared,
            workers: self.workers,
            employed: self.employed,
            jobs: self.jobs,
            tail,
        }
    }

    fn add(&mut self, hop: Hop, work: impl FnOnce(&Post) -> Outcome + Send + 'static) {
        let workers = self.employed.entry(hop).or_insert(0);
        *workers += 1;
        self.shared.meters.gauge(hop).employ(*workers);
        let post = Post {
            hop,
            shared: Arc::clone(&self.shared),
        };
        self.jobs.push(Box::new(move || {
            // Whatever a hop's drop, or a fresh scratch, may throw is caught here.
            let outcome = caught(|| work(&post))
                .unwrap_or_else(|message| Err(post.panicked(u64::MAX, None, message)));
            if let Err(failure) = outcome {
                post.shared.verdict.fail(failure);
            }
        }));
    }
}

impl<T> fmt::Debug for Flow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow")
            .field("shared", &self.shared)
            .field("threads", &self.jobs.len())
            .finish_non_exhaustive()
    }
}

/// A channel that closes when the run fails.
fn edge<T: Send + 'static>(
    shared: &Shared,
    workers: usize,
) -> (Sender<Parcel<T>>, Receiver<Parcel<T>>) {
    let (to, from) = bounded(workers.saturating_mul(EDGE_PER_WORKER));
    // A strong reference would keep the edge open when all its workers are gone.
    let door = from.downgrade();
    shared.verdict.on_failure(move || {
        if let Some(edge) = door.upgrade() {
            edge.close();
        }
    });
    (to, from)
}

/// Runs all jobs, the first of which is the source, and waits for them as the module's head says.
fn run_jobs(runtime: Runtime, verdict: &Verdict, jobs: Vec<Job>) {
    let threads = jobs.len();
    let (here, started) = bounded(threads.max(1));
    let mut handles: Vec<JoinHandle<()>> = jobs
        .into_iter()
        .map(|job| {
            let here = here.clone();
            runtime.spawn_blocking(move || {
                // There is room for everyone; a run that has given up waiting has no ear for it.
                here.try_send(()).ok();
                job();
            })
        })
        .collect();
    let source = handles.swap_remove(0);
    runtime.block_on(async {
        // Where the system refuses a thread, the runtime lets its job wait for another to end: here, for ever.
        for _ in 0..threads {
            if timeout(START, started.recv()).await.is_err() {
                let error = FlowError::Threads(io::ErrorKind::TimedOut.into());
                verdict.fail(Failure::of_run(error));
                break;
            }
        }
        for handle in handles {
            joined(verdict, handle).await;
        }
        if !verdict.has_failed() {
            joined(verdict, source).await;
        }
    });
    runtime.shutdown_timeout(GRACE);
}

/// Jobs catch their own panics; what is left is a runtime that could not run one.
async fn joined(verdict: &Verdict, handle: JoinHandle<()>) {
    if let Err(error) = handle.await {
        let error = FlowError::Threads(io::Error::other(error));
        verdict.fail(Failure::of_run(error));
    }
}
